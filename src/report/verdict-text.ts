// A verdict in words: the answer, why there is none, what it rests on, and what to do.

import type { Delta, MetricView } from "../analysis/study.ts";
import type { Verdict } from "../analysis/verdict.ts";
import { shellWord } from "../base/shell.ts";
import type { RunFile } from "../record/experiment.ts";
import { formatDelta } from "../record/format.ts";
import { plural } from "./counts.ts";
import { deltaView } from "./view.ts";

/** `improved (grade B)`, `inconclusive`, `cannot be compared` */
export function answerText({ word, grade, small, guards }: Verdict): string {
  const notes = [
    ...(small === true ? ["perhaps by less than is worth having"] : []),
    ...(word === "improved" && guards.some((guard) => guard.word === "broken") ? ["a guard rail is broken"] : []),
    ...(word === "improved" && !guards.some((guard) => guard.word === "broken") && guards.some((guard) => guard.word !== "holds")
      ? ["a guard rail is unproven"]
      : []),
    ...(grade === undefined ? [] : [`grade ${grade}`]),
  ];
  return notes.length === 0 ? word : `${word} (${notes.join(", ")})`;
}

/** Why it cannot be concluded; nothing where it can. */
export function reasonText(verdict: Verdict): string | undefined {
  const { why, metric, tries, looks, corrected, base } = verdict;
  if (why === undefined) return undefined;
  const label = metric?.label ?? "metric";
  const other = base?.file.run.id ?? "its base";
  const p = (value: number | undefined): string => String(Number((value ?? 1).toPrecision(2)));
  const raw = p(verdict.delta?.evidence.p);
  const texts: Readonly<Record<typeof why, string>> = {
    protocol: `${other} was measured under another protocol`,
    data: `${other} was measured on other evaluation data`,
    hardware: `${other} ran on another machine, and ${label} is a time`,
    invalid: `${label} of one of the two is declared invalid`,
    scale: `${label} of one of the two cannot be meant: a sign or a unit is missing`,
    protected: `protected files differ from those of ${other}`,
    "no base": "it has no base in this journal to be held against",
    repeat: `it repeats ${other} and changes nothing`,
    "no metric": "the study has no metric to judge by",
    "no direction": `nothing says whether more or less ${label} is better`,
    "no value": `${label} is missing on one of the two sides`,
    "not finished": "it is not finished",
    failed: "it failed",
    single: "a single run on each side and nothing repeated in this protocol, so its noise is unknown",
    identical: "all repeats gave the same numbers, so they count as one and its noise is unknown",
    numbers: "the numbers allow no estimate of noise",
    interval: "the interval holds both better and worse",
    tries: `the best of ${plural(tries, "try", "tries")} on ${other} looks as good by luck: p = ${raw} counts as ${p(corrected?.holm)}`,
    looks: `it was looked at ${plural(looks.count, "time")}${plannedText(verdict)}: p = ${raw} counts as ${p(corrected?.p)}`,
  };
  return texts[why];
}

const plannedText = ({ looks: { count, planned } }: Verdict): string =>
  planned === undefined ? " without a plan" : count > planned ? `, planned were ${planned}` : ` of ${planned} planned`;

/** What to do to know; nothing where it is known or nothing can be done. */
export function cureText({ why, more, base, file, metric }: Verdict): string | undefined {
  if (why === "scale" && metric !== undefined) return scaleCure(base === undefined ? [file] : [file, base.file], metric);
  if (why === "single" || why === "identical")
    return `run ${base?.file.run.id ?? "the base"} and ${file.run.id} with 2 more seeds each; the repeats of any run of the study help all others`;
  if (why === "no base") return `journal set ${file.run.id} base=ID`;
  if (why === "no metric") return "name it in journal.yaml: study: { primary: val_accuracy }";
  if (why === "no direction") return "say so in journal.yaml: metrics: { val_accuracy: { goal: max } }";
  if (why !== "interval" && why !== "tries" && why !== "looks") return undefined;
  return more === undefined ? "more than 50 repeats a side would be needed" : `about ${plural(more, "more repeat")} a side would tell`;
}

/** The value with the sign or the unit that the others have. */
function scaleCure(files: readonly RunFile[], { name, unit = "%" }: MetricView): string | undefined {
  const bare = files.flatMap(({ run }) => {
    const after = run.metrics.find((metric) => metric.name === name)?.after;
    return after === undefined || after.unit !== undefined ? [] : [{ id: run.id, after }];
  });
  const [worst] = bare.sort((one, other) => (other.after.mean ?? 0) - (one.after.mean ?? 0));
  if (worst === undefined) return undefined;
  const values = worst.after.text.split(", ").map((text) => (unit === "%" ? `${text}%` : `${text} ${unit}`));
  return `journal log ${worst.id} ${shellWord(`${name}=${values.join(", ")}`)}`;
}

/** `+1.7 pp, +2.0% rel, 95% [+0.9, +2.5]`. */
export function changeText(verdict: Pick<Verdict, "delta" | "metric">): string | undefined {
  const view = verdict.metric === undefined ? undefined : deltaView(verdict.delta, verdict.metric);
  if (view === undefined) return undefined;
  return [view.text, view.relative, view.interval === undefined ? undefined : `95% ${view.interval}`].filter(Boolean).join(", ");
}

/** How far two runs of one thing usually lie apart. */
export function noiseText({ evidence }: Delta, { unit, decimals }: MetricView): string {
  return formatDelta(0, (evidence.spread ?? 0) * Math.SQRT2, unit, { decimals, screen: true }).absolute.replace(/^\+/, "± ");
}

/** `Welch t, p = 0.0031, n = 3 v 3; one of 4 tries: p = 0.012 (Holm), q = 0.006` */
export function groundText({ delta, corrected, tries, metric, looks }: Verdict): string | undefined {
  const method = metric === undefined ? undefined : deltaView(delta, metric)?.method;
  if (method === undefined) return undefined;
  const p = (value = 1): string => String(Number(value.toPrecision(2)));
  return [
    method,
    ...(looks.count > 1 ? [`${looks.count} looks: p = ${p(corrected?.p)}`] : []),
    ...(tries > 1 ? [`one of ${tries} tries: p = ${p(corrected?.holm)} (Holm), q = ${p(corrected?.q)}`] : []),
  ].join("; ");
}

/** Of one guard rail: `+4.0% of +10%`. */
export function guardText({ delta, text, word, metric, allowed, worse }: Verdict["guards"][number]): string {
  if (delta === undefined || allowed === undefined || worse === undefined) return `${word}: not compared with the baseline`;
  const change = formatDelta(delta.before.mean ?? 0, delta.after.mean ?? 0, metric.unit, { decimals: metric.decimals, screen: true });
  const unproven = word === "unproven" ? (delta.evidence.low === undefined ? ", by one value" : ", but its interval reaches beyond") : "";
  return `${word}: ${[change.absolute, change.relative].filter(Boolean).join(", ")}, allowed ${text}${unproven}`;
}

export function decisionText({ disagreement, group }: Verdict): string {
  const decided = group.decision === undefined ? "undecided" : group.decision === "keep" ? "kept" : "discarded";
  return disagreement === undefined ? decided : `${disagreement}; the decision is the author's and stands`;
}
