// What each study's numbers say: the parameters and a page for each of them, the best configurations, and where they came from.

import { renderBest } from "../../site/pages/best.tsx";
import { renderParameter } from "../../site/pages/parameter.tsx";
import { renderParameters } from "../../site/pages/parameters.tsx";
import type { Group } from "../analysis/study.ts";
import { chartSlug, parameterAddress } from "../base/address.ts";
import { type Dict, find } from "../record/tree.ts";
import { bestPage } from "../report/best-page.ts";
import type { Chart } from "../report/chart.ts";
import { frontRows, noTradeOff, tradeOffOf } from "../report/front-rows.ts";
import { parallelChart } from "../report/parallel-chart.ts";
import { bestRows, type Parallel, parallelOf } from "../report/parallel-rows.ts";
import { indexNotes } from "../report/parameter-notes.ts";
import { parameterPage } from "../report/parameter-page.ts";
import { usesOf } from "../report/parameter-values.ts";
import { parametersPage } from "../report/parameters-page.ts";
import { stripChart } from "../report/strip-chart.ts";
import { tradeOffChart } from "../report/tradeoff-chart.ts";
import type { SiteContext, StudySite } from "./context.ts";
import { type Entry, keyOf } from "./plan.ts";
import { planChart } from "./plan-chart.ts";

export function planEvidence(site: SiteContext): readonly Entry[] {
  return site.studies.flatMap((at) => [...planParameters(site, at), ...planEachParameter(site, at), ...planBest(site, at)]);
}

function planParameters(site: SiteContext, at: StudySite): readonly Entry[] {
  const { study, folder } = at;
  const path = `${folder}parameters.html`;
  const slug = chartSlug(folder, "parallel");
  const parallel = once(() => parallelOf(study));
  const chart = once(() => drawn(parallel(), at, slug));
  const make = async (): Promise<string> => {
    const page = parametersPage(study, site.frame({ path, title: "Parameters", study: at, tab: "parameters", scripts: ["chart"] }));
    const shown = chart();
    const lines = parallel();
    if (shown === undefined || lines === undefined || study.primary === undefined) return renderParameters(page);
    return renderParameters({ ...page, parallel: { figure: await site.figure(shown), rows: bestRows(lines, study.primary) } });
  };
  return [[path, { make }], planChart(site, slug, chart)];
}

/** A page for each parameter that varied. */
function planEachParameter(site: SiteContext, at: StudySite): readonly Entry[] {
  const { study, folder } = at;
  const notes = once(() => indexNotes(study));
  return study.impact.map((impact): Entry => {
    const path = parameterAddress(folder, impact.parameter);
    const facts = once(() => ({ impact, uses: usesOf(study, impact.parameter), notes: notes() }));
    const page = once(() =>
      parameterPage(facts(), study, site.frame({ path, title: impact.parameter, study: at, tab: "parameters", scripts: ["chart"] })),
    );
    const chart = once(() => stripChart(impact, facts().uses, study, chartSlug(folder, path.slice(folder.length, -5).replace("/", "."))));
    const make = async (): Promise<string> => {
      const shown = chart();
      if (shown === undefined) return renderParameter(page());
      return renderParameter({ ...page(), figure: await site.figure(shown) });
    };
    return [path, { key: () => keyOf(page(), chart()), make }];
  });
}

function planBest(site: SiteContext, at: StudySite): readonly Entry[] {
  const { study, folder } = at;
  const path = `${folder}best.html`;
  const make = async (): Promise<string> => {
    const read = (group: Group): Dict | undefined => configOf(site, group);
    const page = bestPage(study, site.frame({ path, title: "Best configurations", study: at, tab: "best", scripts: ["chart"] }), read);
    const trade = page.goals.length === 0 ? undefined : tradeOffOf(study);
    if (trade === undefined) return renderBest(page.goals.length === 0 ? page : { ...page, figureMissing: noTradeOff(study) });
    const figure = await site.figure(tradeOffChart(trade, study, chartSlug(folder, "trade-off")));
    return renderBest({ ...page, figure, front: frontRows(trade, study) });
  };
  return [[path, { make }]];
}

/** As the file nests it. */
function configOf({ journal }: SiteContext, { first }: Group): Dict | undefined {
  try {
    const found = find(journal.read(first.path).parsed.tree, "config");
    return found?.kind === "dict" ? found : undefined;
  } catch {
    return undefined;
  }
}

function drawn(parallel: Parallel | undefined, { study }: StudySite, slug: string): Chart | undefined {
  return parallel === undefined ? undefined : parallelChart(parallel, study, slug);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
