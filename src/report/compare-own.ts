// Runs of one configuration among those that are compared: pooled they would show the same values and differ in nothing.

import type { MetricView } from "../analysis/study.ts";
import type { CompareMetric, CompareRun, CompareStudy } from "./compare-data.ts";
import type { Notice } from "./page.ts";

/** Those that share their configuration with another one here show what they measured alone; the others stay pooled. */
export function withOwnValues(runs: readonly CompareRun[], studies: readonly CompareStudy[]): readonly CompareRun[] {
  const shared = new Set(sharing(runs).flat());
  return runs.map((run) => {
    if (run.repeated === undefined || !shared.has(run)) return run;
    const metrics = run.repeated.own;
    const views = studies.find(({ name }) => name === run.study)?.metrics ?? [];
    return { ...run, metrics, identical: isIdentical(metrics, views) };
  });
}

/** What they measured together stands beside it. */
export function ownNotices(
  runs: readonly CompareRun[],
  metric: MetricView | undefined,
  show: (pooled: CompareMetric, metric: MetricView) => string | undefined,
): readonly Notice[] {
  return sharing(runs).map((group) => {
    const [first] = group;
    const pooled = metric === undefined ? undefined : first?.metrics[metric.name];
    const value = metric === undefined || pooled === undefined ? undefined : show(pooled, metric);
    const names = group.slice(0, 5).map(({ run }) => run.id);
    const more = group.length > names.length ? [`${group.length - names.length} more`] : [];
    const together = value === undefined ? "" : `; ${metric?.label} of all ${first?.repeated?.runs} runs of it: ${value}`;
    return {
      kind: "info",
      text: `${listed([...names, ...more])} have the same configuration, so each shows what it measured alone${together}.`,
    };
  });
}

const listed = (names: readonly string[]): string => `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** Two or more of one configuration. */
function sharing(runs: readonly CompareRun[]): readonly (readonly CompareRun[])[] {
  const groups = new Map<string, CompareRun[]>();
  for (const run of runs) if (run.repeated !== undefined) groups.set(run.repeated.key, [...(groups.get(run.repeated.key) ?? []), run]);
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** Every quality the same to the last digit in all repeats of one run: they repeated nothing. */
function isIdentical(metrics: CompareRun["metrics"], views: readonly MetricView[]): boolean {
  const repeats = views.flatMap(({ name, duration }) => {
    const values = metrics[name]?.values ?? [];
    return duration || values.length < 2 ? [] : [values];
  });
  return repeats.length > 0 && repeats.every((values) => values.every((value) => value !== null && value === values[0]));
}
