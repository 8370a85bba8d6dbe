// The result of a run into its file: spliced into whatever the file says by now. Used when the command ends, and later by
// `check --fix` for a run that nobody saw end.

import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { exits, JournalError, type Problem } from "../base/problem.ts";
import { freezeFile } from "../capture/facts.ts";
import { archive, type LiveRun, type LiveState } from "../capture/live.ts";
import { readPoints } from "../capture/points.ts";
import type { Recorder } from "../capture/recorder.ts";
import { redactParameter } from "../capture/secret-words.ts";
import type { UsagePoint } from "../capture/usage.ts";
import { usageTable } from "../capture/usage-table.ts";
import { curveTables, type Table } from "../formats/curve-tables.ts";
import { guessPattern } from "../formats/guess-pattern.ts";
import type { Parameter } from "../formats/item.ts";
import { type Picked, pickResults } from "../formats/results.ts";
import { type Edit, edit } from "../markdown/edit.ts";
import type { RunFile, Status } from "../record/experiment.ts";
import { shareWords, type Usual, usualIn } from "../record/share.ts";
import type { Json } from "../record/tree.ts";
import { sameValue } from "../record/value.ts";
import { attachmentFolder } from "../store/ids.ts";
import type { Journal } from "../store/journal.ts";
import { overwrite } from "../store/writer.ts";
import { codeEdits, parameterEdits } from "./captured-edits.ts";
import { nothingMeasured, partlyRecorded, repeatsFailed, resultRefused, resultWaits, shareGuessed } from "./messages-run.ts";
import { metricEdits } from "./metric-edit.ts";
import { metricNameIn } from "./metric-name.ts";
import { withUnitOf } from "./metric-text.ts";
import { artifactEdits } from "./run-artifacts.ts";
import { studyOfRun } from "./study.ts";

export interface Finished {
  readonly status: Status;
  readonly exit: number;
  readonly picked: readonly Picked[];
  /** Nothing where the result could not be written into the file. */
  readonly file?: RunFile;
  readonly problems: readonly Problem[];
}

export interface Extras {
  /** Takes secrets out of what is written. */
  readonly redact: (text: string) => string;
  readonly usage: readonly UsagePoint[];
  /** Everything installed. */
  readonly freeze?: string;
}

export function finishRun(journal: Journal, live: LiveRun, recorder: Recorder, extras: Extras): Finished {
  const { state } = live;
  const summary = { status: statusOf(state), exit: exitOf(state) };
  let file: RunFile;
  try {
    file = journal.find(state.id);
  } catch (reason) {
    if (!(reason instanceof JournalError)) throw reason;
    const known = pick(journal, live, recorder, undefined);
    return { ...summary, picked: known, problems: [waiting(state, reason)] };
  }
  const picked = pick(journal, live, recorder, file);
  try {
    attachCurves(journal.root, file, recorder, picked);
    attachAll(journal.root, file, textsOf(recorder, extras));
  } catch {
    // The numbers count more than the pictures; the points stay in `.journal/`.
  }
  let left: readonly Problem[];
  try {
    left = writeResult(journal, file.path, resultEdits(journal, file, state, sharedParameters(recorder.told, extras), picked));
  } catch (reason) {
    if (!(reason instanceof JournalError)) throw reason;
    return { ...summary, picked, problems: [waiting(state, reason), ...reason.problems] };
  }
  const problems = [
    ...left,
    ...damaged(recorder, file.path),
    ...failedRepeats(file, state),
    ...nothingSeen(journal, state, recorder, picked),
    ...guessed(picked, file.path),
  ];
  try {
    archive(journal.root, live, redacted(recorder, extras));
  } catch {
    // it is found again, and written again without a difference
  }
  return { ...summary, picked, file: journal.find(file.path), problems };
}

/** What a logger wrote that could not be read; once each, however many repetitions say it. */
function damaged({ told }: Recorder, path: string): readonly Problem[] {
  return [...new Set(told.flatMap(({ faults }) => faults))].map((fault) => partlyRecorded(fault, path));
}

/** Some went well, some did not. */
function failedRepeats({ path, run }: RunFile, { parts }: LiveState): readonly Problem[] {
  const failed = parts.flatMap(({ ended }, at) => (ended?.exit === 0 ? [] : [{ number: at + 1, exit: ended?.exit }]));
  return failed.length === 0 || failed.length === parts.length ? [] : [repeatsFailed(run.id, failed, parts.length, path)];
}

/** Where time and memory are not what counts, a run that told nothing else is mostly a mistake, and silent until it is read. */
function nothingSeen(journal: Journal, state: LiveState, { tail }: Recorder, picked: readonly Picked[]): readonly Problem[] {
  if (picked.length > 0 || statusOf(state) !== "finished") return [];
  const primary = studyOfRun(journal, state).primary;
  return primary !== undefined && ownMetrics.has(primary) ? [] : [nothingMeasured(state.id, guessPattern(tail))];
}

const guessed = (picked: readonly Picked[], path?: string): readonly Problem[] =>
  picked.flatMap(({ name, guess }) => (guess?.doubt === undefined ? [] : [shareGuessed(shareWords(name, guess), path)]));

const ownMetrics: ReadonlySet<string> = new Set(["training_time", "peak_memory", "peak_gpu_memory"]);

/** A name that no file can hold costs its own value only; what was left out is told. */
function writeResult(journal: Journal, path: string, edits: readonly Edit[]): readonly Problem[] {
  try {
    journal.edit(path, edits);
    return [];
  } catch (reason) {
    if (!(reason instanceof JournalError) || reason.exit === exits.notFound) throw reason;
    let { text } = journal.read(path);
    const problems: Problem[] = [];
    const possible = edits.filter((one) => {
      try {
        ({ text } = edit(text, [one]));
        return true;
      } catch (refused) {
        if (!(refused instanceof JournalError)) throw refused;
        problems.push(partlyRecorded(refused.message, path));
        return false;
      }
    });
    // Not without its first, the status.
    if (possible[0] !== edits[0] || problems.length === 0) throw reason;
    journal.edit(path, possible);
    return problems;
  }
}

/** What would be written. */
export function previewRun(journal: Journal, live: LiveRun, recorder: Recorder): Finished {
  const { state } = live;
  const picked = pick(journal, live, recorder, undefined);
  const problems = [...nothingSeen(journal, { ...state, id: "the command" }, recorder, picked), ...guessed(picked)];
  return { status: statusOf(state), exit: exitOf(state), picked, problems };
}

const redacted = ({ tail }: Recorder, { redact }: Extras): string => redact(tail.join("\n"));

function waiting(state: LiveState, reason: JournalError): Problem {
  const gone = reason.exit === exits.notFound;
  return gone ? resultWaits(state.id, state.path) : resultRefused(state.id, state.path, reason.message);
}

/** A repetition that went well makes the run one that finished; nobody saw the end of a lost one. */
function statusOf({ parts }: LiveState): Status {
  const ends = parts.map(({ ended }) => ended?.exit);
  const last = ends.at(-1);
  if (last === undefined) return "lost";
  return last === 0 || (ends.length > 1 && ends.includes(0) && isRepeated(parts)) ? "finished" : "failed";
}

const isRepeated = (parts: LiveState["parts"]): boolean => parts.every(({ seed }) => seed !== undefined);

/** Of the command as a whole: the first that went wrong. */
function exitOf({ parts, repeats }: LiveState): number {
  const ends = (repeats > 1 ? parts : parts.slice(-1)).map(({ ended }) => ended?.exit ?? 1);
  return ends.find((exit) => exit !== 0) ?? 0;
}

function pick(journal: Journal, { folder, state }: LiveRun, recorder: Recorder, file: RunFile | undefined): readonly Picked[] {
  const study = file?.study ?? state.study;
  const settings = journal.studies.get(study) ?? journal.settings;
  const usual = usualIn(journal.files(), { study, id: state.id, base: file?.run.base ?? [] });
  const picked = pickResults(recorder.told, {
    declared: settings.metrics,
    known: new Set(file?.run.metrics.map(({ name }) => name)),
    usual: (name) => withOwnUnit(usual(name), file, name),
    valueAt: (repeat, name, x) => {
      let found: number | undefined;
      for (const point of readPoints(folder))
        if (point.name === name && (point.part ?? 1) === repeat && (point.step ?? point.epoch) === x) found = Number(point.value);
      return found;
    },
  });
  return counted(picked, state);
}

/** Where no other run says the unit, the run's own file may: a plan with a value from elsewhere as `before`. */
function withOwnUnit(usual: Usual | undefined, file: RunFile | undefined, name: string): Usual | undefined {
  const { before, after } = file?.run.metrics.find((metric) => metric.name === name) ?? {};
  const { mean, unit } = before ?? after ?? {};
  return usual?.unit !== undefined || mean === undefined || unit === undefined ? usual : { value: Math.abs(mean), unit };
}

/** A repetition that failed measured another thing than those that went well: its slot stays empty. Where all failed, each says how far it came. */
function counted(picked: readonly Picked[], { parts, repeats }: LiveState): readonly Picked[] {
  const went = parts.map(({ ended }) => ended?.exit === 0);
  if (repeats === 1) return picked;
  return picked
    .map((one) => ({ ...one, values: went.map((well, at) => (well || !went.includes(true) ? one.values[at] : undefined)) }))
    .filter(({ values }) => values.some((value) => value !== undefined));
}

function resultEdits(
  journal: Journal,
  file: RunFile,
  state: LiveState,
  parameters: readonly Parameter[],
  picked: readonly Picked[],
): readonly Edit[] {
  const set = (path: readonly string[], value: Json): Edit => ({ kind: "set", path, value });
  const last = state.parts.at(-1);
  const seconds = sum(state.parts.map(({ ended }) => ended?.seconds));
  const user = sum(state.parts.map(({ ended }) => ended?.user));
  const system = sum(state.parts.map(({ ended }) => ended?.system));
  return [
    set(["status"], statusOf(state)),
    ...parameterEdits(journal, file, parameters),
    ...(state.edits ?? []),
    ...codeEdits(journal, file, state.edits ?? []),
    ...artifactEdits(journal, file, state.made ?? []),
    ...metricsOf(journal, file, counted(withOwn(picked, state), state)),
    ...(state.repeats > 1 || isRepeated(state.parts) ? [set(["repeats"], repeatsOf(state))] : []),
    ...(seconds === undefined ? [] : [set(["run", "seconds"], rounded(seconds))]),
    ...(user === undefined ? [] : [set(["run", "user_seconds"], rounded(user))]),
    ...(system === undefined ? [] : [set(["run", "system_seconds"], rounded(system))]),
    ...(last?.ended?.exit === undefined ? [] : [set(["run", "exit"], statusOf(state) === "finished" ? 0 : exitOf(state))]),
    ...(state.again === true && last !== undefined ? [attempt(last)] : []),
  ];
}

/** A seed that the command tells by itself is of its repetition, not of the configuration. */
function sharedParameters([first, ...others]: Recorder["told"], { redact }: Extras): readonly Parameter[] {
  return [...(first?.parameters.values() ?? [])]
    .filter(({ name, value }) => others.every(({ parameters }) => sameValue(parameters.get(name)?.value ?? value, value)))
    .map((parameter) => redactParameter(parameter, redact));
}

const rounded = (value: number): number => Number(value.toFixed(3));

function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0);
}

function repeatsOf({ parts }: LiveState): Json {
  return parts.map(({ seed, ended }) => ({
    ...(seed === undefined ? {} : { seed: /^\d{1,15}$/.test(seed) ? Number(seed) : seed }),
    ...(ended === undefined ? {} : { seconds: rounded(ended.seconds) }),
    ...(ended?.exit === undefined ? {} : { exit: ended.exit }),
  }));
}

function attempt({ started, ended, snapshot }: LiveState["parts"][number]): Edit {
  const value = {
    started,
    ...(ended === undefined ? {} : { seconds: rounded(ended.seconds) }),
    ...(ended?.exit === undefined ? {} : { exit: ended.exit }),
    ...(snapshot === undefined ? {} : { snapshot }),
  };
  return { kind: "push", path: ["attempts"], value };
}

/** What is measured whatever the command says, unless it says so itself. */
function withOwn(picked: readonly Picked[], { parts, repeats }: LiveState): readonly Picked[] {
  const times = repeats > 1 ? parts : parts.slice(-1);
  const all = repeats > 1 ? undefined : sum(parts.map(({ ended }) => ended?.seconds));
  const own: readonly Picked[] = [
    // Only a run that came to its end took the time it takes.
    { name: "training_time", values: times.map(({ ended }) => (ended?.exit === 0 ? timeText(all ?? ended.seconds) : undefined)) },
    { name: "peak_memory", values: times.map(({ ended }) => sizeText(ended?.peakMemory)) },
    { name: "peak_gpu_memory", values: times.map(({ ended }) => sizeText(ended?.peakGpuMemory)) },
  ];
  const missing = own.filter(({ name, values }) => values.some((value) => value !== undefined) && !picked.some((one) => one.name === name));
  return [...picked, ...missing];
}

function sizeText(bytes: number | undefined): string | undefined {
  if (bytes === undefined || bytes <= 0) return undefined;
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${Number((bytes / 1e9).toPrecision(3))} GB`;
}

const scales = [
  [7200, 3600, "h"],
  [120, 60, "min"],
  [0, 1, "s"],
] as const;

/** Four digits are more than a clock of a busy machine can promise. */
function timeText(seconds: number): string {
  const [, per, unit] = scales.find(([from]) => seconds >= from) ?? [0, 1, "s"];
  return `${Number((seconds / per).toPrecision(4))} ${unit}`;
}

function metricsOf(journal: Journal, file: RunFile, picked: readonly Picked[]): readonly Edit[] {
  const { text, parsed } = journal.read(file.path);
  return picked.flatMap(({ name: own, values: told, pick: how, step, from }): readonly Edit[] => {
    const name = metricNameIn(journal, file, own);
    const values = withUnitOf(told, file.run.metrics.find((metric) => metric.name === name) ?? {});
    const source = values.length > 1 ? `[${values.map((value) => value ?? "~").join(", ")}]` : (values[0] ?? "~");
    // Under which name the command logged it is part of how it was picked.
    const chosen = from === undefined ? how : `${how ?? "last"} of ${from}`;
    const details = { ...(step === undefined ? {} : { step }), ...(chosen === undefined ? {} : { pick: chosen }) };
    const words = Object.entries(details);
    if (words.length > 0 && !file.run.metrics.some((metric) => metric.name === name)) {
      const inner = [
        `after: ${source}`,
        ...words.map(([key, value]) => `${key}: ${typeof value === "number" ? value : inlineText(value)}`),
      ];
      return [{ kind: "set", path: ["metrics", name], value: { source: `{ ${inner.join(", ")} }` } }];
    }
    const edits = metricEdits(name, source, "after", parsed.tree, text);
    const sided = edits.every((edit) => edit.kind === "set" && edit.path.at(-1) === "after" && edit.path.length > 2);
    return [...edits, ...(sided ? words.map(([key, value]): Edit => ({ kind: "set", path: ["metrics", name, key], value })) : [])];
  });
}

const inlineText = (text: string): string => (/^[A-Za-z_][\w ./-]*$/.test(text) ? text : JSON.stringify(text));

/** Only where the run's file is: attachments without a run belong to nobody. Whether anything was written. */
export function attachCurves(
  root: string,
  file: Pick<RunFile, "path"> & { readonly run: { readonly id: string } },
  recorder: Recorder,
  picked: readonly Picked[],
): boolean {
  const tables = curveTables(
    recorder.told,
    picked.map(({ name, from }) => from ?? name),
  );
  return attachAll(root, file, tables);
}

/** What the output said last, everything installed, and what it used over time. */
function textsOf(recorder: Recorder, { redact, usage, freeze }: Extras): readonly Table[] {
  const text = redact(recorder.tail.join("\n")).slice(-longestTail);
  return [
    ...(text.trim() === "" ? [] : [{ name: "output.log", text: text.endsWith("\n") ? text : `${text}\n` }]),
    ...(freeze === undefined ? [] : [{ name: freezeFile, text: freeze.endsWith("\n") ? freeze : `${freeze}\n` }]),
    ...(isLong(usage) ? [usageTable(usage)] : []),
  ];
}

/** What a moment used is no curve. */
const isLong = (usage: readonly UsagePoint[]): boolean => (usage.at(-1)?.time ?? 0) - (usage[0]?.time ?? 0) > 10_000;

const longestTail = 16_000;

function attachAll(
  root: string,
  { path, run }: { readonly path: string; readonly run: { readonly id: string } },
  texts: readonly { readonly name: string; readonly text: string }[],
): boolean {
  const folder = attachmentFolder(path, run.id);
  if (folder === undefined || texts.length === 0 || statSync(join(root, path), { throwIfNoEntry: false }) === undefined) return false;
  mkdirSync(join(root, folder), { recursive: true });
  for (const { name, text } of texts) overwrite(join(root, folder, name), text);
  return true;
}
