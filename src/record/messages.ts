// Everything the record has to say about a run or its settings, each with a permanent code and something to paste.

import type { Problem, Severity } from "../base/problem.ts";
import { shellWord } from "../base/shell.ts";
import { commaInBraces } from "./messages-values.ts";

/** Where a problem lies: an offset from the tree, or the path of keys when only values are known. */
export interface Spot {
  readonly offset?: number;
  readonly key?: readonly string[];
  readonly path?: string;
}

function say(severity: Severity, code: string, spot: Spot, message: string, hint?: string, fix?: string): Problem {
  return {
    code: `record/${code}`,
    severity,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...spot,
    ...(fix === undefined ? {} : { fix }),
  };
}

/** Text of a user inside a message: short and on one line. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return `\`${line.length > 60 ? `${line.slice(0, 59)}…` : line}\``;
}

/** `\r` for what a screen does not show. */
export const visible = (text: string): string => text.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));

// --- what normalising meets ---

export const unknownKey = (spot: Spot, key: string, where: string, guess?: string): Problem =>
  say(
    "warning",
    "unknown-key",
    spot,
    `unknown key ${quote(key)}${where === "" ? "" : ` in ${quote(where)}`}, kept as it is`,
    guess === undefined ? ownKey(key) : `did you mean ${quote(`${guess}:`)}?`,
  );

const ownKey = (key: string): string =>
  /\s/.test(key) ? commaInBraces : "a key of your own is fine; `journal schema` lists the known ones";

export const forbiddenKey = (spot: Spot, key: string): Problem =>
  say(
    "error",
    "forbidden-key",
    spot,
    `key ${quote(key)} is left out: the name has a meaning of its own in programs`,
    `rename it, for example to ${quote(`my_${key.replaceAll("_", "")}:`)}`,
  );

export const wrongType = (spot: Spot, key: string, expected: string, got: string, example: string): Problem =>
  say("error", "wrong-type", spot, `${quote(key)} wants ${expected}, got ${got}`, `write \`${key}: ${example}\``);

export const placeholder = (spot: Spot, text: string): Problem =>
  say("warning", "placeholder", spot, `placeholder ${quote(text)} stands where a value belongs`, "replace it with the value, or delete it");

export const listWithoutSpace = (spot: Spot, key: string, items: readonly string[]): Problem =>
  say(
    "warning",
    "list-without-space",
    spot,
    `the items of ${quote(key)} have no space after their dash, so YAML reads one text`,
    `write \`${key}: [${items.join(", ")}]\`, or a space after each \`-\``,
  );

export const notIndented = (spot: Spot, key: string, above: string): Problem =>
  say(
    "warning",
    "not-indented",
    spot,
    `${quote(key)} is not a key of a run, and ${quote(above)} above it is empty`,
    `two spaces before \`${key}:\` put it under \`${above}:\``,
  );

export const unknownDecision = (spot: Spot, word: string): Problem =>
  say(
    "error",
    "unknown-decision",
    spot,
    `decision ${quote(word)} is not one of \`keep\` and \`discard\`, so the run counts as undecided`,
    "write `decision: keep` or `decision: discard`, and the rest under `reason:`",
  );

export const unknownStatus = (spot: Spot, word: string, known: readonly string[], taken: string): Problem =>
  say(
    "error",
    "unknown-status",
    spot,
    `status ${quote(word)} is not one of ${known.map(quote).join(", ")}; read as ${quote(taken)}`,
    `write \`status: ${taken}\``,
  );

export const statusWord = (spot: Spot, word: string, taken: string): Problem =>
  say("note", "status-word", spot, `status ${quote(word)} is read as ${quote(taken)}`, `write \`status: ${taken}\``);

export const unreadableChange = (spot: Spot, text: string): Problem =>
  say(
    "warning",
    "unreadable-change",
    spot,
    `change ${quote(text)} is not old → new`,
    "write `batch_size: { from: 32, to: 64 }` or `batch_size: 32 -> 64`",
  );

export const unreadableNumber = (spot: Spot, key: string, text: string, example: string): Problem =>
  say("warning", "unreadable-number", spot, `${quote(key)} wants a number, got ${quote(text)}`, `write \`${key}: ${example}\``);

export const tooMany = (spot: Spot, key: string, count: number, limit: number): Problem =>
  say("error", "too-many", spot, `${quote(key)} says ${count}, more than the ${limit} that are read`, `write \`${key}: ${limit}\` at most`);

export const unreadableGoal = (spot: Spot, name: string, text: string): Problem =>
  say(
    "error",
    "unreadable-goal",
    spot,
    `goal ${quote(name)} says ${quote(text)}, which names no direction and metric`,
    `write \`${name}: max val_accuracy\` or \`${name}: { min: training_time, where: val_accuracy >= 87% }\``,
  );

export const unknownChoice = (spot: Spot, key: string, word: string, known: readonly string[], guess?: string): Problem =>
  say(
    "error",
    "unknown-choice",
    spot,
    `${quote(key)} is one of ${known.map(quote).join(", ")}, got ${quote(word)}`,
    `write \`${key}: ${guess ?? known[0] ?? ""}\``,
  );

// --- what one run says against itself ---

/** `rest` is what the decision itself goes on to say. */
export const missingReason = (decision: string, rest?: string): Problem =>
  say(
    "warning",
    "decision-without-reason",
    { key: ["decision"] },
    `decision \`${decision}\` has no reason`,
    rest === undefined
      ? "write `reason: +1.7 points for no extra cost.`"
      : `write \`decision: ${decision}\`, and below it \`reason: ${/^[\p{L}\p{N}][^:#"]*$/u.test(rest) ? rest : JSON.stringify(rest)}\``,
  );

export const keepOnUnfinished = (status: string): Problem =>
  say(
    "warning",
    "keep-unfinished",
    { key: ["decision"] },
    `a run that is ${quote(status)} is kept`,
    "write `status: finished`, or take the decision back",
  );

export const leftInProse = (text: string, where: string, spot: Spot & { readonly line?: number }): Problem => ({
  ...say("warning", "placeholder", spot, `placeholder ${quote(text)} is left in ${where}`, "replace it with what you saw, or delete it"),
  ...(spot.line === undefined ? {} : { line: spot.line }),
});

const keyOf = (key: readonly string[]): string => key.at(-1) ?? "date";

export const futureDate = (key: readonly string[], text: string, today: string): Problem =>
  say("warning", "future-date", { key }, `date ${quote(text)} lies after today, ${today}`, `write \`${keyOf(key)}: ${today}\``);

export const dateOrder = (key: readonly string[], text: string, day: string): Problem =>
  say("note", "date-order", { key }, `date ${quote(text)} is read as ${day}`, `write year, month, day: \`${keyOf(key)}: ${day}\``);

export const changeNotInConfig = (name: string, guess?: string): Problem =>
  say(
    "warning",
    "change-not-in-config",
    { key: ["changes", name] },
    `${quote(name)} is changed but not in \`config\`, which holds the whole resulting configuration`,
    guess === undefined ? "add it under `config:`" : `did you mean ${quote(`${guess}:`)}?`,
  );

export const changeDiffers = (name: string, to: string, value: string): Problem =>
  say(
    "warning",
    "change-differs",
    { key: ["changes", name] },
    `${quote(name)} is changed to ${quote(to)} but \`config\` says ${quote(value)}`,
    "`config` is believed, and `journal check --fix` corrects the copy; if `config` is wrong, mend it first",
    "stale-change",
  );

/** `before` shows the unit that is expected. */
export const missingAfter = (name: string, id: string, before?: string): Problem =>
  say(
    "warning",
    "missing-after",
    { key: ["metrics", name] },
    `the run is finished but ${quote(name)} has no value after`,
    `\`journal log ${shellWord(id)} ${shellWord(`${name}=`)}…\` writes it${before === undefined ? "" : `, like ${quote(before)} before`}; where there is none, delete the line`,
  );

export const exitAgainstStatus = (exit: number): Problem =>
  say(
    "warning",
    "exit-against-status",
    { key: ["status"] },
    `the command ended with exit code ${exit} but the run says it finished`,
    "write `status: failed`, or correct `run.exit`",
  );

export const negativeDuration = (key: readonly string[], text: string): Problem =>
  say(
    "warning",
    "negative-duration",
    { key },
    `${quote(key.at(-1) ?? "")} is ${quote(text)}, and a time or a size below 0 would be the best of all`,
    "correct the sign; a difference is better named as one: `time_change: -5 s`",
  );

export const repeatSlots = (name: string, slots: number, repeats: number): Problem =>
  say(
    "warning",
    "repeat-slots",
    { key: ["metrics", name] },
    `${quote(name)} has ${slots} value${slots === 1 ? "" : "s"} for ${repeats} repeats`,
    "write one value per repeat, `~` where there is none",
  );

export const metricName = (name: string, why: string, better: string): Problem =>
  say(
    "warning",
    "metric-name",
    { key: ["metrics", name] },
    `metric name ${quote(visible(name))} ${why}, so filters cannot name it`,
    `write \`${better}:\``,
  );

export const badId = (id: string): Problem =>
  say(
    "error",
    "bad-id",
    { key: ["id"] },
    `id ${quote(id)} cannot be part of a file name or a link`,
    "use letters, digits, `-`, `_` and `.`, as in `id: EXP042-k7f3`",
  );

export const secretLike = (key: readonly string[], kind: string): Problem =>
  say(
    "error",
    "secret",
    { key },
    `${quote(key.join("."))} looks like ${kind}, and this file is committed`,
    "delete the value and revoke the secret",
  );

export const selfBase = (id: string): Problem =>
  say("error", "base-is-itself", { key: ["base"] }, `${quote(id)} is its own base`, "write the id of the run it changes, or delete `base`");

// --- what the files say against each other ---

export const unknownBase = (path: string, key: readonly string[], reference: string, guess?: string): Problem =>
  say(
    "error",
    "unknown-base",
    { path, key },
    `\`${key.join(".")}\` names ${quote(reference)}, which no run is called`,
    guess === undefined ? "see `journal list` for the ids there are" : `did you mean \`${keyOf(key)}: ${guess}\`?`,
  );

export const ambiguousReference = (path: string, key: readonly string[], reference: string, candidates: readonly string[]): Problem =>
  say(
    "error",
    "ambiguous-reference",
    { path, key },
    `${quote(reference)} fits ${candidates.length} runs: ${candidates.slice(0, 5).map(quote).join(", ")}${candidates.length > 5 ? ", …" : ""}`,
    `write the full id: \`${key[0] ?? "base"}: ${candidates[0] ?? ""}\``,
  );

export const baseCycle = (path: string, ids: readonly string[]): Problem =>
  say(
    "error",
    "base-cycle",
    { path, key: ["base"] },
    `the bases lead in a circle: ${ids.join(" → ")}`,
    "correct the `base:` of one of them",
  );

export const staleBefore = (path: string, metric: string, written: string, current: string, base: string): Problem =>
  say(
    "warning",
    "stale-before",
    { path, key: ["metrics", metric, "before"] },
    `\`before\` says ${quote(written)} but ${base} now has ${quote(current)}`,
    "the base's current value is used anyway; `journal check --fix` corrects the copy",
    "stale-before",
  );

export const staleChange = (path: string, name: string, written: string, current: string, base: string): Problem =>
  say(
    "warning",
    "stale-change",
    { path, key: ["changes", name] },
    `the change says from ${quote(written)} but ${base} has ${quote(current)}`,
    "the base's own value is used anyway; `journal check --fix` corrects the copy",
    "stale-change",
  );

export const duplicateId = (path: string, id: string, first: string): Problem =>
  say(
    "error",
    "duplicate-id",
    { path, key: ["id"] },
    `id ${quote(id)} is taken by ${first} too`,
    "give one of them another id and correct the references to it",
  );

/** No new name for an id that cannot be part of one. */
export const fileName = (path: string, id: string, better: string | undefined): Problem =>
  say(
    "warning",
    "file-name",
    { path, key: ["id"] },
    `the file name does not begin with the id ${quote(id)}`,
    better === undefined
      ? "give the run a plain id first, as in `id: EXP042-k7f3`"
      : `rename it: \`git mv ${shellWord(path)} ${shellWord(better)}\``,
    better === undefined ? undefined : "file-name",
  );

export const missingId = (spot: Spot, id: string): Problem =>
  say(
    "note",
    "missing-id",
    spot,
    "the run has no `id:`, so it is called after its file and a new file name would break references to it",
    `write \`id: ${id}\``,
  );

export const unknownStudy = (path: string, study: string, guess?: string): Problem =>
  say(
    "warning",
    "unknown-study",
    { path, key: ["study"] },
    `no folder under \`experiments/\` is the study ${quote(study)}`,
    guess === undefined ? `make \`experiments/${study}/study.yaml\`` : `did you mean \`study: ${guess}\`?`,
  );

export const slip = (path: string, metric: string, written: string, factor: number, below: boolean, usual: string): Problem =>
  say(
    "warning",
    "scale-slip",
    { path, key: ["metrics", metric, "after"] },
    `${quote(metric)} is ${quote(written)}, about ${below ? `1/${factor} of` : `${factor}×`} the usual ${quote(usual)} of this study`,
    factor === 100 ? "a forgotten or a doubled percent sign?" : "another unit than in the other runs?",
  );

export const unknownProtocol = (path: string, protocol: string, known: readonly string[]): Problem =>
  say(
    "warning",
    "unknown-protocol",
    { path, key: ["protocol"] },
    `protocol ${quote(protocol)} is not one of the study's: ${known.length === 0 ? "none is declared" : known.map(quote).join(", ")}`,
    known.length === 0
      ? `declare it in the study's settings: \`protocols: { ${protocol}: { what: … } }\``
      : `write \`protocol: ${known.at(-1)}\`, or declare it in the study's settings`,
  );

export const unknownMetric = (path: string, key: readonly string[], metric: string, guess?: string): Problem =>
  say(
    "warning",
    "unknown-metric",
    { path, key },
    `no run has a metric ${quote(metric)}`,
    guess === undefined ? "write the name of a metric as the runs spell it" : `did you mean ${quote(guess)}?`,
  );

export const repeatDiffers = (path: string, original: string, names: readonly string[]): Problem =>
  say(
    "error",
    "repeat-differs",
    { path, key: ["repeat_of"] },
    `it repeats ${original} but its config differs in ${names.slice(0, 4).map(quote).join(", ")}${names.length > 4 ? ", …" : ""}`,
    `delete \`repeat_of\` and write \`base: ${original}\`, or correct the config`,
  );

export const similarName = (path: string, key: readonly string[], name: string, usual: string): Problem =>
  say(
    "note",
    "similar-name",
    { path, key },
    `${quote(name)} is written ${quote(usual)} in other runs, so the two never meet in a table`,
    `write \`${usual}:\``,
  );
