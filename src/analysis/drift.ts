// Whether results of one and the same configuration moved as time went by: then early runs and late ones are not to be compared.

import { type Association, associate, type NoAssociation } from "./association.ts";
import type { Group, MetricView } from "./study.ts";

const mostSteps = 2e5;

/** In the order in which the values were measured, within each configuration; positive where later ones are larger. */
export function findDrift(groups: readonly Group[], { name }: MetricView, era: string): Association | NoAssociation {
  const results: number[] = [];
  const strata: number[] = [];
  for (const group of groups) {
    if (group.era !== era || group.identical) continue;
    const values = group.files.flatMap(({ run }) =>
      run.status === "finished" ? (run.metrics.find((metric) => metric.name === name)?.after?.values ?? []) : [],
    );
    const known = values.filter((value) => value !== null);
    if (known.length < 2) continue;
    const stratum = (strata.at(-1) ?? -1) + 1;
    for (const value of known) {
      results.push(value);
      strata.push(stratum);
    }
  }
  const order = Int32Array.from(results.keys());
  const subjects = { results: Float64Array.from(results), strata: Int32Array.from(strata), seed: `order ${name} ${results.length}` };
  const column = { name, codes: order, count: results.length, numbers: [...order] };
  return associate([column], subjects, mostSteps).get(name) ?? { cannot: "few", n: results.length, needs: 8 };
}
