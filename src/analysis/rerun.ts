// Whether a run that was executed again came out as before: the same numbers, nearly, as much as repeats differ, or not.

import { eraOf, measured } from "../query/validity.ts";
import type { DataItem, Reading, Run, RunFile } from "../record/experiment.ts";
import { isSize } from "../record/guess.ts";
import type { Settings } from "../record/settings.ts";
import { minEffectOf, sampleOfGroup } from "./deltas.ts";
import { judge, type Sample } from "./evidence.ts";
import type { Group, MetricView, StudyAnalysis } from "./study.ts";
import { isEvaluation } from "./table.ts";

export type RerunWord = "identical" | "within tolerance" | "statistically consistent" | "differs" | "not comparable";

export interface RerunMetric {
  readonly name: string;
  readonly word: RerunWord;
  readonly before: Reading;
  readonly after: Reading;
  /** How it was judged, where numbers alone did not tell. */
  readonly method?: string;
  /** What a difference of nothing but chance would be within, after minus before. */
  readonly low?: number;
  readonly high?: number;
}

export interface RerunVerdict {
  readonly word: RerunWord;
  /** Phrases, the first says most. */
  readonly reasons: readonly string[];
  readonly metrics: readonly RerunMetric[];
}

export interface RerunQuestion {
  readonly original: RunFile;
  readonly rerun: Run;
  /** Of the original, as it was before the rerun and without earlier ones (`withoutReruns`): what it pooled, and how much its metrics scatter. */
  readonly study: Pick<StudyAnalysis, "metrics" | "noise" | "settings">;
  readonly group: Group;
  /** Relative. */
  readonly tolerance: number;
  /** Software that was not as it was then: `torch 2.1.0 → 2.2.0`. */
  readonly changed: readonly string[];
  /** The same of the machine. */
  readonly machine: readonly string[];
  /** Data that is not what it was. */
  readonly data: readonly DataItem[];
  readonly settings: Settings;
  /** Parameters that were set anew. */
  readonly set: readonly string[];
}

/** What a rerun is held against: a reproduction that failed is no noise that lets the next one pass. */
export function withoutReruns(files: readonly RunFile[], original: RunFile): readonly RunFile[] {
  const source = original.run.rerunOf?.toLowerCase();
  return files.filter((file) => file === original || (file.run.rerunOf === undefined && file.run.id.toLowerCase() !== source));
}

/** From the best to the worst. */
const order: readonly RerunWord[] = ["identical", "within tolerance", "statistically consistent", "differs", "not comparable"];

export function judgeRerun(question: RerunQuestion): RerunVerdict {
  const { original, rerun, study } = question;
  const obstacles = obstaclesOf(question);
  if (obstacles.length > 0) return { word: "not comparable", reasons: obstacles, metrics: [] };
  const shared = study.metrics.filter((metric) => !metric.duration && !isSize(metric.name) && bothMeasured(metric, question));
  if (shared.length === 0) return { word: "not comparable", reasons: ["no quality was measured by both"], metrics: [] };
  const metrics = shared.map((metric) => judgeMetric(metric, question, 1 - 0.05 / shared.length));
  const worst = metrics.reduce<RerunWord>(
    (word, metric) => (order.indexOf(metric.word) > order.indexOf(word) ? metric.word : word),
    "identical",
  );
  const artifacts = differingArtifacts(original.run, rerun);
  const word = worst === "identical" && artifacts.length > 0 ? "within tolerance" : worst;
  const reasons = [
    ...metrics.filter((metric) => metric.word === worst && worst !== "identical").map(reasonOf),
    ...(worst === "identical" ? [`${counted(metrics.length)} to the last digit`] : []),
    ...artifacts.map((path) => `\`${path}\` has other bytes`),
  ];
  const changed = [...question.changed, ...question.data.map(({ name }) => `the data \`${name}\` is not what it was`)];
  // Equal numbers speak for themselves; near ones do not where something else may have moved them.
  const all = [...changed, ...question.machine];
  const doubts = word === "differs" ? all : word === "statistically consistent" ? changed : [];
  if (doubts.length === 0) return { word, reasons: [...reasons, ...all], metrics };
  return { word: "not comparable", reasons: [`${reasons[0]}, and not everything was as it was`, ...all], metrics };
}

const counted = (count: number): string => (count === 1 ? "one metric is equal" : `${count} metrics are equal`);

function obstaclesOf({ original: { run }, rerun, data, settings, set, study }: RerunQuestion): readonly string[] {
  const evaluation = data.filter((item) => isEvaluation(item, settings));
  return [
    ...(rerun.status === "finished" ? [] : [`the rerun ${rerun.status === "failed" ? "failed" : `is ${rerun.status}`}`]),
    ...set.map((name) => `\`${name}\` was set anew`),
    ...(eraOf(run, study.settings) === eraOf(rerun, study.settings) ? [] : ["it belongs to another protocol"]),
    ...evaluation.map(({ name }) => `the evaluation data \`${name}\` is not what it was`),
  ];
}

const namesOf = (metric: MetricView, { study }: RerunQuestion): readonly string[] => [
  metric.name,
  ...(Object.hasOwn(study.settings.metrics, metric.name) ? (study.settings.metrics[metric.name]?.from ?? []) : []),
];

function bothMeasured(metric: MetricView, question: RerunQuestion): boolean {
  const names = namesOf(metric, question);
  return [question.original.run, question.rerun].every((run) => measured(run.metrics, names)?.mean !== undefined);
}

const none: Reading = { values: [], n: 0, diverged: 0, text: "" };

function judgeMetric(metric: MetricView, question: RerunQuestion, level: number): RerunMetric {
  const names = namesOf(metric, question);
  const before = measured(question.original.run.metrics, names) ?? none;
  const after = measured(question.rerun.metrics, names) ?? none;
  const base = { name: metric.name, before, after };
  const pairs = pairsOf(question.original.run, before, question.rerun, after);
  const within = (most: number): boolean => pairs.length > 0 && pairs.every(([old, now]) => Math.abs(now - old) <= most * Math.abs(old));
  if (within(0)) return { ...base, word: "identical" };
  if (within(question.tolerance)) return { ...base, word: "within tolerance" };
  return { ...base, ...byStatistics(metric, question, after, level) };
}

/** Values of the same seed, else of the same place; nothing where the seeds are others. */
function pairsOf(original: Run, before: Reading, rerun: Run, after: Reading): readonly (readonly [number, number])[] {
  const seed = (run: Run, at: number): string | undefined => run.repeats[at]?.seed;
  return after.values.flatMap((now, at): readonly (readonly [number, number])[] => {
    const own = seed(rerun, at);
    const place = own === undefined ? at : before.values.findIndex((_, index) => seed(original, index) === own);
    const old = before.values[place];
    return now === null || old === null || old === undefined ? [] : [[old, now]];
  });
}

function byStatistics(
  metric: MetricView,
  { group, study }: RerunQuestion,
  after: Reading,
  level: number,
): Pick<RerunMetric, "word" | "method" | "low" | "high"> {
  const before: Sample = sampleOfGroup(group, metric);
  const noise = study.noise.get(metric.name);
  const minEffect = minEffectOf(metric, before.reading, study.settings);
  const { word, low, high, method } = judge(
    before,
    { reading: after },
    {
      metric,
      level,
      ...(noise === undefined ? {} : { noise }),
      ...(minEffect === undefined ? {} : { minEffect }),
    },
  );
  if (low === undefined || high === undefined) return { word: "differs" };
  const consistent = word === "same" || (low <= 0 && high >= 0);
  return { word: consistent ? "statistically consistent" : "differs", low, high, ...(method === undefined ? {} : { method }) };
}

function reasonOf({ name, word, before, after, method }: RerunMetric): string {
  const values = `\`${name}\` ${before.text} → ${after.text}`;
  if (word === "within tolerance") return values;
  if (word === "statistically consistent") return `${values}: no more than repeats differ (${method ?? "repeats"})`;
  return method === undefined ? `${values}: how much it differs by itself is not known` : `${values}: more than repeats differ (${method})`;
}

function differingArtifacts(original: Run, rerun: Run): readonly string[] {
  const now = new Map(rerun.artifacts.map(({ path, sha256 }) => [path, sha256]));
  return original.artifacts.flatMap(({ path, sha256 }) => {
    const other = now.get(path);
    return sha256 === undefined || other === undefined || other === sha256 ? [] : [path];
  });
}
