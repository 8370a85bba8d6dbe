// The facts of one run as lines of label and value, in the order in which a reader asks for them: every key of the front matter
// that says something, but for title, config and metrics, which have their own places.

import type { AnalysedRun } from "../analysis/study.ts";
import { formatDuration } from "../base/time.ts";
import { decisionText } from "../query/fields.ts";
import type { Attempt, Repeat, Run } from "../record/experiment.ts";
import { formatQuantity, formatReading, sizeUnit } from "../record/format.ts";
import { showValue } from "../record/value.ts";
import { changeText, differences } from "../report/words.ts";

export type Fact = readonly [string, string];
type Facts = readonly (readonly [string, string | undefined])[];

export function facts(run: Run, analysed: AnalysedRun | undefined): readonly Fact[] {
  return [...identity(run), ...lineage(run, analysed), ...circumstances(run), ...reservations(run), ...unknown(run)].flatMap(
    ([label, value]) => (value === undefined || value === "" ? [] : [[label, value] as const]),
  );
}

const identity = (run: Run): Facts => [
  ["date", run.date],
  ["experimenter", run.experimenter],
  ["status", run.status],
  ["decision", [decisionText(run) ?? "undecided", run.reason].filter(Boolean).join(": ")],
  ...run.earlier.map((past) => ["earlier", sentence([past.decision, past.reason, past.date, past.by])] as const),
  ["verdict", run.verdict === undefined ? undefined : showValue(run.verdict)],
  ["tags", run.tags.join(", ")],
  ["aliases", run.aliases.join(", ")],
  ["hidden", run.hidden ? "true" : undefined],
  ["hypothesis", run.hypothesis],
  ["assumptions", run.assumptions.join("; ")],
];

function lineage(run: Run, analysed: AnalysedRun | undefined): Facts {
  const base = run.base.map((reference, index) =>
    index === 0 && analysed?.base !== undefined ? `${analysed.base.run.id} ${analysed.base.run.title}` : reference,
  );
  const changes = analysed === undefined ? [] : differences(analysed).map(changeText);
  return [
    ["study", run.study],
    ["base", base.join(", ")],
    ["protocol", run.protocol],
    ["repeat of", run.repeatOf],
    ["rerun of", run.rerunOf],
    ["source", run.source === undefined ? undefined : showValue(run.source)],
    ["changes", changes.join(", ")],
    ["code", codeText(run)],
  ];
}

const circumstances = (run: Run): Facts => [
  ["repeats", run.repeats.length === 0 ? undefined : `${run.repeats.length}: ${run.repeats.map(repeatText).join("; ")}`],
  ["attempts", run.attempts.map(attemptText).join("; ")],
  ...run.data.map((item) => [`data.${item.name}`, sentence([item.path, item.role, short(item.sha256)])] as const),
  ["hardware", sentence([run.hardware?.gpu, run.hardware?.cpu, run.hardware?.ram, run.hardware?.class])],
  [
    "software",
    Object.entries(run.software)
      .map(([name, version]) => `${name} ${version}`)
      .join(", "),
  ],
  ["command", run.run?.command?.join(" ")],
  ["commit", run.run?.commit],
  ["time", seconds(run.run?.seconds)],
  ["exit code", run.run?.exit === undefined ? undefined : String(run.run.exit)],
  ...run.artifacts.map((item) => ["artifact", sentence([item.path, item.role, size(item.bytes), short(item.sha256)])] as const),
];

const reservations = (run: Run): Facts => [
  ...Object.entries(run.invalid).map(
    ([metric, why]) => [metric === "*" ? "invalid" : `invalid ${metric}`, why || "no reason given"] as const,
  ),
  ...Object.entries(run.remeasured).flatMap(([protocol, metrics]) =>
    metrics.map(({ name, after }) => [`${name} under ${protocol}`, after === undefined ? undefined : formatReading(after)] as const),
  ),
];

/** Keys of the author's own. */
const unknown = (run: Run): Facts => Object.entries(run.other).map(([key, value]) => [key, showValue(value)] as const);

function codeText({ code }: Run): string | undefined {
  if (code === undefined) return undefined;
  const { from, to, files, added, removed } = code;
  return sentence([
    from === undefined && to === undefined ? undefined : `${short(from) ?? "?"} → ${short(to) ?? "?"}`,
    files === undefined ? undefined : `${files} ${files === 1 ? "file" : "files"}`,
    added === undefined ? undefined : `+${added}`,
    removed === undefined ? undefined : `-${removed}`,
  ]);
}

const repeatText = (one: Repeat): string =>
  sentence([one.seed === undefined ? undefined : `seed ${one.seed}`, seconds(one.seconds), exitText(one.exit)]);

const attemptText = (one: Attempt): string => sentence([one.started, seconds(one.seconds), exitText(one.exit), short(one.snapshot)]);

const sentence = (parts: readonly (string | undefined)[]): string => parts.filter((part) => part !== undefined && part !== "").join(", ");
const seconds = (value: number | undefined): string | undefined => (value === undefined ? undefined : formatDuration(value));
const size = (bytes: number | undefined): string | undefined =>
  bytes === undefined ? undefined : formatQuantity(bytes, sizeUnit([bytes]));
const exitText = (code: number | undefined): string | undefined => (code === undefined || code === 0 ? undefined : `exit ${code}`);
const short = (hash: string | undefined): string | undefined => hash?.slice(0, 12);
