// The fields of a run that a filter, a sort and a column can name.

import { parseDate } from "../base/time.ts";
import { decisions, statuses } from "../record/choices.ts";
import type { Change, Run, RunFile } from "../record/experiment.ts";
import { showValue } from "../record/value.ts";

/** How its values compare. */
export type FieldKind = "text" | "prose" | "number" | "duration" | "date" | "run" | "version" | "status" | "decision" | "era";

/** A parameter of a run beside that of its base, as their authors wrote it. */
export interface Difference {
  readonly name: string;
  readonly fromText: string;
  readonly toText: string;
}

/** Computed from the configurations, for the list of changes in a file is a copy for readers. */
export type FindDifferences = (file: RunFile) => {
  readonly changes: readonly Difference[];
  /** Known on one side only: no change. */
  readonly unrecorded: readonly Difference[];
};

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  /** Empty when not recorded. Without `find` the changes are the ones that the file lists. */
  readonly read: (file: RunFile, find?: FindDifferences) => readonly string[];
}

const some = (value: string | number | undefined): readonly string[] => (value === undefined || value === "" ? [] : [String(value)]);

/** `batch_size 32 → 64`, as the author wrote it. */
export function changeText({ name, fromText, toText }: Difference): string {
  return `${name} ${fromText} → ${toText}`;
}

const writtenChange = ({ name, from, to }: Change): Difference => ({ name, fromText: showValue(from), toText: showValue(to) });
const changesOf = (file: RunFile, find: FindDifferences | undefined): readonly Difference[] =>
  find === undefined ? file.run.changes.map(writtenChange) : find(file).changes;

/** The author's own word for a decision, where it says more than keep or discard. */
export function decisionText({ decision, decisionWord }: Pick<Run, "decision" | "decisionWord">): string | undefined {
  if (decision === undefined || decisionWord === undefined) return decisionWord ?? decision;
  return decisionWord.toLowerCase().startsWith(decision) ? decisionWord : `${decision}, ${decisionWord}`;
}

/** EXP042-k7f3 → 42; a run whose id holds no number has none. */
export function numberOf(id: string): number | undefined {
  const digits = /\d{1,15}/.exec(id)?.[0];
  return digits === undefined ? undefined : Number(digits);
}

function prose({ run, body }: RunFile): readonly string[] {
  const notes = [...body.worked, ...body.failed, ...body.unexpected, ...body.questions, ...body.tasks.map((task) => task.text)];
  return [
    run.title,
    run.hypothesis,
    run.reason,
    run.decisionWord,
    ...run.assumptions,
    ...run.earlier.map((past) => past.reason),
    ...notes,
  ].filter((text) => text !== undefined);
}

const field = (name: string, kind: FieldKind, read: (run: Run, file: RunFile, find?: FindDifferences) => readonly string[]): Field => ({
  name,
  kind,
  read: (file, find) => read(file.run, file, find),
});

const fields: readonly Field[] = [
  field("id", "run", (run) => [run.id]),
  field("number", "number", (run) => some(numberOf(run.id))),
  field("title", "text", (run) => some(run.title)),
  field("date", "date", (run) => some(run.date ?? run.run?.started)),
  field("experimenter", "text", (run) => some(run.experimenter)),
  field("status", "status", (run) => [run.status]),
  field("decision", "decision", (run) => [...some(run.decision), ...some(run.decisionWord)]),
  field("reason", "text", (run) => some(run.reason)),
  field("tag", "text", (run) => run.tags),
  field("tags", "text", (run) => run.tags),
  field("base", "run", (run) => run.base),
  field("repeat_of", "run", (run) => some(run.repeatOf)),
  field("rerun_of", "run", (run) => some(run.rerunOf)),
  field("protocol", "era", (run) => some(run.protocol)),
  field("study", "text", (_, file) => some(file.study)),
  field("path", "text", (_, file) => [file.path]),
  field("aliases", "text", (run) => run.aliases),
  field("hypothesis", "text", (run) => some(run.hypothesis)),
  field("assumptions", "text", (run) => run.assumptions),
  field("changes", "text", (_, file, find) => changesOf(file, find).map(changeText)),
  field("changed", "text", (_, file, find) => changesOf(file, find).map((change) => change.name)),
  field("invalid", "text", (run) => Object.keys(run.invalid)),
  field("hidden", "text", (run) => [String(run.hidden)]),
  field("repeats", "number", (run) => some(run.repeats.length || undefined)),
  field("text", "prose", (_, file) => prose(file)),
  field("worked", "prose", (_, file) => file.body.worked),
  field("failed", "prose", (_, file) => file.body.failed),
  field("unexpected", "prose", (_, file) => file.body.unexpected),
  field("questions", "prose", (_, file) => file.body.questions),
  field("next", "prose", (_, file) => file.body.tasks.filter((task) => !task.done).map((task) => task.text)),
  field("hardware.class", "text", (run) => some(run.hardware?.class)),
  field("hardware.gpu", "text", (run) => some(run.hardware?.gpu)),
  field("hardware.cpu", "text", (run) => some(run.hardware?.cpu)),
  field("hardware.ram", "text", (run) => some(run.hardware?.ram)),
  field("run.command", "text", (run) => some(run.run?.command?.join(" "))),
  field("run.branch", "text", (run) => some(run.run?.branch)),
  field("run.commit", "text", (run) => some(run.run?.commit)),
  field("run.snapshot", "text", (run) => some(run.run?.snapshot)),
  field("run.seconds", "duration", (run) => some(run.run?.seconds)),
  field("run.exit", "number", (run) => some(run.run?.exit)),
];

const byName: ReadonlyMap<string, Field> = new Map(fields.map((known) => [known.name, known]));

export const fieldNames: readonly string[] = [...byName.keys(), "has"];

const softwareScope = "software.";

/** `software.torch` is a field of its own: versions compare as versions. */
export function fieldNamed(name: string): Field | undefined {
  const known = byName.get(name);
  if (known !== undefined || !name.startsWith(softwareScope) || name.length === softwareScope.length) return known;
  const key = name.slice(softwareScope.length);
  return field(name, "version", (run) => (Object.hasOwn(run.software, key) ? some(run.software[key]) : []));
}

/** Words a choice can be, for the fields that have them. */
export const choices: Readonly<Record<"status" | "decision", readonly string[]>> = { status: statuses, decision: decisions };

/** Milliseconds since 1970; a plain day, or a time without a zone, counts from its midnight in UTC. */
export function instantOf(date: string): number | undefined {
  const read = parseDate(date);
  return read === undefined ? undefined : (read.instant ?? Date.parse(`${read.day}T00:00:00Z`));
}
