// The whole analysis: files and settings in, what the tables and pages need out. The same input gives the same output.

import { lazyMap } from "../base/lazy-map.ts";
import { once } from "../base/once.ts";
import { type Vocabulary, vocabulary } from "../query/vocabulary.ts";
import type { Reading, RunFile } from "../record/experiment.ts";
import type { Settings, StudySettings } from "../record/settings.ts";
import { findBaseline } from "./baseline.ts";
import { findBest, goalsOf } from "./best.ts";
import { type Changes, findChanges } from "./changes.ts";
import { countsOnce } from "./copies.ts";
import { compareWithBase, type Side } from "./deltas.ts";
import { differencesIn } from "./differences.ts";
import { logReading, poolNoise } from "./evidence.ts";
import { groupFiles } from "./groups.ts";
import { listMachines } from "./hardware.ts";
import { findImpact } from "./impact.ts";
import { type Lineage, trace } from "./lineage.ts";
import { type Metrics, viewMetrics } from "./metrics.ts";
import type { AnalysedRun, Analysis, Group, Kin, Noise, StudyAnalysis } from "./study.ts";
import { makeTable, type Row, type Table } from "./table.ts";

/** One study, grouped but not yet compared. */
interface Draft {
  readonly study: StudySettings;
  readonly files: readonly RunFile[];
  readonly metrics: Metrics;
  readonly table: Table;
  readonly rows: ReadonlyMap<RunFile, Row>;
  readonly groups: readonly Group[];
}

export function analyse(files: readonly RunFile[], settings: Settings, studies: ReadonlyMap<string, StudySettings>): Analysis {
  const lineage = trace(files);
  const drafts = studyNames(files, studies).map((name) => draftStudy(studyOf(name, settings, studies), lineage, settings));
  const homes = new Map<RunFile, { readonly draft: Draft; readonly group: Group }>();
  for (const draft of drafts) for (const group of draft.groups) for (const file of group.files) homes.set(file, { draft, group });
  let words: Vocabulary | undefined;
  const known = (): Vocabulary => (words ??= vocabulary(lineage.order, settings, studies, differencesIn(lineage.order, settings, studies)));
  return { studies: drafts.map((draft) => finish(draft, { lineage, settings, homes, vocabulary: known })) };
}

export type StudyGroups = Pick<StudyAnalysis, "settings" | "groups" | "primary" | "baseline">;

/** Of one study's files its groups and what they are measured against, as in the whole analysis but without comparing anything. */
export function analyseGroups(
  all: readonly RunFile[],
  settings: Settings,
  studies: ReadonlyMap<string, StudySettings>,
  name: string,
): StudyGroups {
  const lineage = trace(all);
  const { study, files, groups, metrics } = draftStudy(studyOf(name, settings, studies), lineage, settings);
  const { baseline } = findBaseline(groups, study, eraOf(study, files), lineage);
  return {
    settings: study,
    groups,
    ...(metrics.primary === undefined ? {} : { primary: metrics.primary }),
    ...(baseline === undefined ? {} : { baseline }),
  };
}

function studyNames(files: readonly RunFile[], studies: ReadonlyMap<string, StudySettings>): readonly string[] {
  return [...new Set(["", ...studies.keys(), ...files.map((file) => file.study)])].sort();
}

function studyOf(name: string, settings: Settings, studies: ReadonlyMap<string, StudySettings>): StudySettings {
  return studies.get(name) ?? { ...settings.study, name, goals: [], protocols: [] };
}

function draftStudy(study: StudySettings, lineage: Lineage, settings: Settings): Draft {
  const files = lineage.order.filter((file) => file.study === study.name);
  const metrics = viewMetrics(files, study);
  const table = makeTable(study, settings);
  const rows = new Map(files.map((file) => [file, table.row(file)]));
  return { study, files, metrics, table, rows, groups: groupFiles(files, { study, settings, lineage, rows, metrics }) };
}

interface Context {
  readonly lineage: Lineage;
  readonly settings: Settings;
  readonly homes: ReadonlyMap<RunFile, { readonly draft: Draft; readonly group: Group }>;
  readonly vocabulary: () => Vocabulary;
}

function finish(draft: Draft, context: Context): StudyAnalysis {
  const { study, files, metrics, groups, table, rows } = draft;
  const era = eraOf(study, files);
  const noise = noiseOf(groups, metrics, era);
  const { runs, analysed, kin } = compareWhenAsked(draft, noise, context);
  const wanted = { study, era, metrics, vocabulary: context.vocabulary };
  const best = once(() => findBest(groups, goalsOf(study, metrics), wanted));
  const kept = once(() => findBest(groups, goalsOf(study, metrics), { ...wanted, kept: true }));
  const impact = once(() => findImpact(groups, { study, metrics, table, rows, analysed }));
  const time = metrics.views.find((metric) => metric.duration);
  const machines = once(() => listMachines(files, time));
  return {
    settings: study,
    files,
    era,
    ...(metrics.primary === undefined ? {} : { primary: metrics.primary }),
    primaryGuessed: metrics.primaryGuessed,
    metrics: metrics.views,
    noise,
    runs,
    kin,
    groups,
    ...findBaseline(groups, study, era, context.lineage),
    goalsGuessed: study.goals.length === 0,
    between: (run, base) =>
      compareWithBase(run, base, { study, settings: context.settings, metrics, baseStudy: homeStudy(base.file, study, context), noise }),
    get best() {
      return best();
    },
    get bestKept() {
      return kept();
    },
    get impact() {
      return impact();
    },
    ground: { table, rows, settings: context.settings },
    get machines() {
      return machines();
    },
  };
}

const homeStudy = (file: RunFile, study: StudySettings, { homes }: Context): StudySettings => homes.get(file)?.draft.study ?? study;

/** Most pages ask about a few of 10,000 runs: what nobody asks for is not compared with its base. */
function compareWhenAsked(draft: Draft, noise: ReadonlyMap<string, Noise>, context: Context) {
  const homes = new Map<RunFile, Group>();
  for (const file of draft.files) {
    const home = context.homes.get(file);
    if (home !== undefined) homes.set(file, home.group);
  }
  const analysed = lazyMap(homes, (file, group) => analyseRun(file, group, draft, noise, context));
  const firsts = new Map<string, RunFile>();
  for (const file of homes.keys()) if (!firsts.has(file.run.id)) firsts.set(file.run.id, file);
  const kin = (id: string): Kin | undefined => {
    const file = firsts.get(id);
    const group = file === undefined ? undefined : homes.get(file);
    return file === undefined || group === undefined ? undefined : kinOf(file, group, context);
  };
  return { analysed, kin, runs: lazyMap(firsts, (_, file) => analysed.get(file) ?? unknown(file)) };
}

function kinOf(file: RunFile, group: Group, { lineage, homes }: Context): Kin {
  const bases = lineage.bases.get(file) ?? none;
  const [base] = bases;
  const home = base === undefined ? undefined : homes.get(base);
  return {
    file,
    group,
    bases,
    cut: lineage.cut.get(file) ?? none,
    children: lineage.children.get(file) ?? none,
    ...(home === undefined ? {} : { against: { group: home.group, study: home.draft.study } }),
  };
}

function unknown(file: RunFile): never {
  throw new Error(`${file.path} is in no group`);
}

/** Where runs name protocols that the study does not, the newest finished run's counts. */
function eraOf({ protocols }: StudySettings, files: readonly RunFile[]): string {
  return protocols.at(-1)?.name ?? files.findLast((file) => file.run.status === "finished")?.run.protocol ?? "";
}

/** How much each metric scatters where configurations were repeated in this era. */
function noiseOf(groups: readonly Group[], { views }: Metrics, era: string): ReadonlyMap<string, Noise> {
  const noise = new Map<string, Noise>();
  for (const metric of views) {
    const repeated = groups.flatMap((group) => {
      const reading = group.era === era ? group.readings.get(metric.name) : undefined;
      return reading === undefined || reading.n < 2 ? [] : [{ reading, identical: countsOnce(group, metric, reading) }];
    });
    const known = poolNoise(repeated);
    const logs = metric.duration ? poolNoise(repeated.flatMap(onLogs)) : undefined;
    if (known !== undefined) noise.set(metric.name, { ...rounded(known), ...(logs === undefined ? {} : { logs: rounded(logs) }) });
  }
  return noise;
}

function onLogs({ reading, identical }: { readonly reading: Reading; readonly identical: boolean }) {
  const logs = logReading(reading);
  return logs === undefined ? [] : [{ reading: logs, identical }];
}

/** As precise as anybody needs it, so that one more repeat among thousands does not change what every other run page says. */
function rounded({ sd, df, groups }: Noise): Noise {
  return { sd: Number(sd.toPrecision(3)), df: df < 100 ? df : Number(df.toPrecision(2)), groups };
}

/** Who was made from whom is known at once; what differs and by how much is found when somebody asks. */
function analyseRun(file: RunFile, group: Group, draft: Draft, noise: ReadonlyMap<string, Noise>, context: Context): AnalysedRun {
  const { against: _, ...kin } = kinOf(file, group, context);
  const [base] = kin.bases;
  const found = once(() => changesOf(file, base, draft, context));
  const compared = once(() => comparedWith({ file, group }, base, { draft, noise, context }));
  return {
    ...kin,
    missing: context.lineage.missing.get(file) ?? none,
    ...(base === undefined ? {} : { base }),
    get changes() {
      return found().changes;
    },
    get unrecorded() {
      return found().unrecorded;
    },
    get environment() {
      return found().environment;
    },
    get code() {
      return found().code;
    },
    get deltas() {
      return compared().deltas;
    },
    get notCompared() {
      return compared().notCompared;
    },
  };
}

const none: readonly never[] = [];

/** The row of a base in another study is made with this study's table, or its numbers would mean other names. */
function changesOf(file: RunFile, base: RunFile | undefined, { study, table, rows }: Draft, { settings }: Context): Changes {
  const side = (one: RunFile) => ({ file: one, row: rows.get(one) ?? table.row(one) });
  return findChanges({ ...side(file), ...(base === undefined ? {} : { base: side(base) }) }, table, study, settings);
}

interface Comparing {
  readonly draft: Draft;
  readonly noise: ReadonlyMap<string, Noise>;
  readonly context: Context;
}

function comparedWith(run: Side, base: RunFile | undefined, { draft: { study, metrics }, noise, context }: Comparing) {
  const home = base === undefined ? undefined : context.homes.get(base);
  const side: Side | undefined = base === undefined || home === undefined ? undefined : { file: base, group: home.group };
  const baseStudy = base === undefined ? study : homeStudy(base, study, context);
  return compareWithBase(run, side, { study, settings: context.settings, metrics, baseStudy, noise });
}
