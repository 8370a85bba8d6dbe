// What each study's numbers say: the parameters and a page for each of them, the best configurations, and where they came from.

import { renderBest } from "../../site/pages/best.tsx";
import { renderLineage } from "../../site/pages/lineage.tsx";
import { renderParameter } from "../../site/pages/parameter.tsx";
import { renderParameters } from "../../site/pages/parameters.tsx";
import { answersOf } from "../analysis/answers.ts";
import { descentOf } from "../analysis/descent.ts";
import type { Group, Impact, StudyAnalysis } from "../analysis/study.ts";
import { variedNames } from "../analysis/varied.ts";
import { chartSlug, parameterAddress } from "../base/address.ts";
import { sha256 } from "../base/hash.ts";
import { once } from "../base/once.ts";
import { categoryOf } from "../record/guess.ts";
import { type Dict, find } from "../record/tree.ts";
import { bestPage } from "../report/best-page.ts";
import { descentChart } from "../report/descent-chart.ts";
import { frontRows, noTradeOff, tradeOffOf } from "../report/front-rows.ts";
import { lineagePage } from "../report/lineage-page.ts";
import type { Figure, PageFrame, Tab } from "../report/page.ts";
import { axesOf, parallelChart } from "../report/parallel-chart.ts";
import { bestRows, noParallel, type ParallelRows, parallelOf } from "../report/parallel-rows.ts";
import { indexNotes, type NoteReader, noteReader } from "../report/parameter-notes.ts";
import { parameterPage } from "../report/parameter-page.ts";
import { resultsOf, usesOf } from "../report/parameter-values.ts";
import { parametersPage } from "../report/parameters-page.ts";
import { publicConfig, publicEvidence, publicStudy, publishes } from "../report/private-evidence.ts";
import { noStrip, stripChart } from "../report/strip-chart.ts";
import { tradeOffChart } from "../report/tradeoff-chart.ts";
import type { SiteContext, StudySite } from "./context.ts";
import { bestKey, weighedKey } from "./inputs-evidence.ts";
import { begun, type Entry, keyOf } from "./plan.ts";
import { textsOfRuns } from "./run-texts.ts";

export function planEvidence(site: SiteContext): readonly Entry[] {
  return site.studies.flatMap((at) => {
    const here = placeOf(site, at);
    return [planParameters(here), ...planEachParameter(here), planBest(here), planLineage(here)];
  });
}

/** A study and what its pages share. */
interface Place {
  readonly site: SiteContext;
  readonly at: StudySite;
  readonly folder: string;
  /** As published. */
  readonly study: () => StudyAnalysis;
  /** Addresses need no analysis. */
  readonly names: readonly string[];
  /** Those that an impact is about, whose names are looked for in prose. */
  readonly varied: () => readonly Pick<Impact, "parameter">[];
  /** `inputs` besides what all of these pages weigh. */
  readonly entry: (path: string, title: string, tab: Tab, make: (frame: PageFrame) => Promise<string>, asked: Asked) => Entry;
  /** Without what is private. */
  readonly clean: <T>(model: T) => T;
}

interface Asked {
  readonly scripts?: readonly string[];
  readonly inputs: () => unknown;
}

function placeOf(site: SiteContext, at: StudySite): Place {
  const { settings } = site.journal;
  const { name } = at.study.settings;
  const weighed = weighedKey(site, at.study);
  const study = once(() => publicStudy(at.study, settings));
  return {
    site,
    at,
    folder: at.folder,
    study,
    names: site.known(`varied ${name}`, weighed, () => variedNames(at.study)).filter((one) => publishes(one, settings)),
    varied: once(() => site.known(`impact ${name}`, weighed, () => study().impact.map(({ parameter }) => ({ parameter })))),
    entry: (path, title, tab, make, { scripts = ["chart"], inputs }) => {
      const frame = once(() => site.frame({ path, title, study: at, tab, scripts }));
      return [path, { key: () => keyOf(path, [weighed, inputs()], frame()), ...begun(() => make(frame())) }];
    },
    clean: (model) => publicEvidence(model, settings),
  };
}

const nothingElse = (): unknown => undefined;

function planParameters({ site, folder, study: asked, entry, clean }: Place): Entry {
  const make = async (frame: PageFrame): Promise<string> => {
    const study = asked();
    const page = { ...clean(parametersPage(study, frame)), frame };
    const lines = parallelOf(study);
    if (lines === undefined || study.primary === undefined) {
      const missing = page.rows.length + page.weak.length === 0 ? undefined : noParallel(study);
      return renderParameters(missing === undefined ? page : { ...page, parallelMissing: missing });
    }
    const figure: Figure = await site.figure(clean(parallelChart(lines, study, chartSlug(folder, "parallel"))));
    const rows: ParallelRows = clean(bestRows(lines, study.primary));
    return renderParameters({ ...page, parallel: { figure, rows, frame: axesOf(lines), lines: lines.lines.length } });
  };
  return entry(`${folder}parameters.html`, "Parameters", "parameters", make, { scripts: ["chart", "parallel"], inputs: nothingElse });
}

/** A page for each parameter that varied. */
function planEachParameter(place: Place): readonly Entry[] {
  const { site, folder, study, names, varied, entry, clean } = place;
  const read = once(() => noteReader(varied()));
  const notes = once(() => indexNotes({ files: study().files, impact: varied() }, read()));
  const results = once(() => resultsOf(study()));
  const answers = once(() => new Map(answersOf(study()).map((answer) => [answer.impact.parameter, answer])));
  const noted = once(() => notedBy(place, read));
  return names.map((name) => {
    const path = parameterAddress(folder, name);
    const make = async (frame: PageFrame): Promise<string> => {
      const answer = answers().get(name);
      const impact = answer?.impact ?? unmoved(name);
      const uses = usesOf(study(), name, results());
      const page = {
        ...clean(parameterPage({ impact, uses, notes: notes(), ...(answer === undefined ? {} : { answer }) }, study(), frame)),
        frame,
      };
      const slug = chartSlug(folder, path.slice(folder.length, -".html".length).replace("/", "."));
      const chart = stripChart({ impact, uses, range: results().range }, study(), slug);
      if (chart === undefined) return renderParameter({ ...page, figureMissing: noStrip(impact, study()) });
      return renderParameter({ ...page, figure: await site.figure(clean(chart)) });
    };
    return entry(path, name, "parameters", make, { inputs: () => noted().get(name) });
  });
}

/** Parameter → where it is named, and by what notes. */
function notedBy({ site, at, varied }: Place, read: () => NoteReader): ReadonlyMap<string, readonly string[]> {
  const { files, settings } = at.study;
  const texts = textsOfRuns(site, files, {
    name: `notes ${settings.name}`,
    ground: JSON.stringify(varied()),
    tell: (file) => {
      const notes = read()(file);
      const names = new Set(notes.flatMap(({ named }) => named));
      return names.size === 0 ? "" : JSON.stringify([sha256(JSON.stringify(notes)).slice(0, 16), ...names]);
    },
  });
  const noted = new Map<string, string[]>();
  for (const [place, text] of texts.entries()) {
    if (text === "") continue;
    const [notes = "", ...names] = JSON.parse(text) as readonly string[];
    for (const name of names) {
      const own = `${notes} ${files[place]?.path}`;
      const known = noted.get(name);
      if (known === undefined) noted.set(name, [own]);
      else known.push(own);
    }
  }
  return noted;
}

/** Two values, but in no two configurations that count. */
const unmoved = (parameter: string): Impact => ({
  parameter,
  category: categoryOf(parameter),
  tested: [],
  untold: 0,
  effects: [],
  confounded: 0,
});

function planBest({ site, at, folder, study: asked, entry, clean }: Place): Entry {
  const make = async (frame: PageFrame): Promise<string> => {
    const study = asked();
    const page = { ...clean(bestPage(study, frame, (group) => configOf(site, group))), frame };
    if (page.goals.length === 0) return renderBest(page);
    const trade = tradeOffOf(study);
    if (trade === undefined) return renderBest({ ...page, figureMissing: noTradeOff(study) });
    const figure = await site.figure(clean(tradeOffChart(trade, study, chartSlug(folder, "trade-off"))));
    return renderBest({ ...page, figure, front: clean(frontRows(trade, study)) });
  };
  return entry(`${folder}best.html`, "Best configurations", "best", make, { inputs: () => bestKey(site, at.study) });
}

/** As the file nests it. */
function configOf({ journal }: SiteContext, { first }: Group): Dict | undefined {
  try {
    const found = find(journal.read(first.path).parsed.tree, "config");
    return found?.kind === "dict" ? publicConfig(found, journal.settings) : undefined;
  } catch {
    return undefined;
  }
}

function planLineage({ site, folder, study: asked, entry, clean }: Place): Entry {
  const make = async (frame: PageFrame): Promise<string> => {
    const study = asked();
    const descent = descentOf(study);
    const page = { ...clean(lineagePage(study, frame, descent)), frame };
    const chart = descentChart(descent, study, chartSlug(folder, "descent"));
    return renderLineage(chart === undefined ? page : { ...page, figure: await site.figure(clean(chart)) });
  };
  return entry(`${folder}lineage.html`, "Lineage", "lineage", make, { inputs: nothingElse });
}
