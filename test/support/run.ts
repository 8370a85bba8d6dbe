// Small literal runs for tests: `run({ id: "EXP002", base: "EXP001", config: { lr: 0.1 }, metrics: { val_accuracy: "87.2%" } })`.

import type { BodyFacts, Change, DataItem, Hardware, Metric, Reading, Run, RunFile, Status, Task } from "../../src/record/experiment.ts";
import { parseReading, readingOf } from "../../src/record/reading.ts";
import type { Settings, StudySettings } from "../../src/record/settings.ts";
import { type Json, tree } from "../../src/record/tree.ts";

/** As somebody would write it, one number per repeat, or before and after. */
export type Measured = string | number | readonly (number | null)[] | { readonly before?: string; readonly after?: string };

export interface RunWords extends Partial<Omit<Run, "base" | "metrics" | "hardware" | "remeasured">> {
  readonly base?: string | readonly string[];
  readonly metrics?: Readonly<Record<string, Measured>>;
  readonly hardware?: string | Hardware;
  readonly remeasured?: Readonly<Record<string, Readonly<Record<string, Measured>>>>;
  /** Folder of the study; "" is the default one. */
  readonly in?: string;
  readonly path?: string;
  readonly worked?: readonly string[];
  readonly failed?: readonly string[];
  readonly unexpected?: readonly string[];
  readonly questions?: readonly string[];
  /** `- [ ]` items; one that starts with `x ` is done. */
  readonly next?: readonly string[];
  /** Short for `run: { snapshot }`. */
  readonly snapshot?: string;
}

function reading(name: string, value: Measured): Reading | undefined {
  if (typeof value === "string") return parseReading(tree(value), name).reading;
  return readingOf(typeof value === "number" ? [value] : Array.isArray(value) ? value : []);
}

function metric(name: string, value: Measured): Metric {
  const sides =
    typeof value === "object" && !Array.isArray(value) ? (value as { readonly before?: string; readonly after?: string }) : undefined;
  const before = sides?.before === undefined ? undefined : reading(name, sides.before);
  const after = sides === undefined ? reading(name, value) : sides.after === undefined ? undefined : reading(name, sides.after);
  return { name, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

const metricsOf = (record: Readonly<Record<string, Measured>>): readonly Metric[] =>
  Object.entries(record).map(([name, value]) => metric(name, value));

function body(words: RunWords): BodyFacts {
  const tasks = (words.next ?? []).map(
    (text, index): Task => ({ text: text.replace(/^x /, ""), done: text.startsWith("x "), index, line: index + 1 }),
  );
  const { worked = [], failed = [], unexpected = [], questions = [] } = words;
  return { worked, failed, unexpected, questions, tasks, links: [] };
}

/** A finished run, unless the words say otherwise. */
export function run(words: RunWords = {}): RunFile {
  const {
    base = [],
    metrics = {},
    hardware,
    remeasured = {},
    in: study = "",
    path,
    snapshot,
    worked,
    failed,
    unexpected,
    questions,
    next,
    ...rest
  } = words;
  const id = words.id ?? "EXP001";
  const facts: Run = {
    title: "A run",
    status: "finished" satisfies Status,
    tags: [],
    assumptions: [],
    aliases: [],
    config: {},
    configText: {},
    changes: [] satisfies readonly Change[],
    repeats: [],
    data: [] satisfies readonly DataItem[],
    software: {},
    artifacts: [],
    earlier: [],
    hidden: false,
    invalid: {},
    attempts: [],
    other: {},
    ...rest,
    id,
    base: typeof base === "string" ? [base] : base,
    metrics: metricsOf(metrics),
    remeasured: Object.fromEntries(Object.entries(remeasured).map(([era, record]) => [era, metricsOf(record)])),
    ...(hardware === undefined ? {} : { hardware: typeof hardware === "string" ? { class: hardware, other: {} } : hardware }),
    ...(snapshot === undefined ? {} : { run: { snapshot, other: {} } }),
  };
  return { path: path ?? `experiments/${study === "" ? "" : `${study}/`}${id}.md`, study, hash: "", run: facts, body: body(words) };
}

export function study(words: Partial<StudySettings> = {}): StudySettings {
  return { name: "", goals: [], protocols: [], metrics: {}, parameters: {}, ignore: [], code: [], ...words };
}

/** Settings whose default study is made of the same words. */
export function settings(words: Partial<Settings> = {}): Settings {
  const { metrics = {}, parameters = {}, ignore = [] } = words;
  return {
    title: "Journal",
    metrics,
    parameters,
    code: [],
    ignore,
    data: {},
    protected: [],
    capture: { env: [], packages: [], patterns: [], artifacts: [] },
    site: { private: false },
    views: {},
    study: study({ metrics, parameters, ignore }),
    other: {},
    ...words,
  };
}

/** `{ lr: 0.1 }` as `Run.config` has it. */
export type Config = Readonly<Record<string, Json>>;
