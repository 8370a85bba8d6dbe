// The words people decide with, and what was decided before.

import { statuses } from "./choices.ts";
import type { Decision, PastDecision, Status } from "./experiment.ts";
import * as say from "./messages.ts";
import { dict, entriesOf, isEmpty, json, known, type Problems, text, unknown } from "./normalize-values.ts";
import { isAbsent } from "./quantity.ts";
import { fieldsByKey } from "./template.ts";
import type { Tree } from "./tree.ts";

const keepWords = [
  "keep",
  "kept",
  "keeping",
  "adopt",
  "adopted",
  "accept",
  "accepted",
  "promote",
  "promoted",
  "merge",
  "merged",
  "retain",
  "retained",
];
const discardWords = [
  "discard",
  "discarded",
  "drop",
  "dropped",
  "revert",
  "reverted",
  "reject",
  "rejected",
  "abandon",
  "abandoned",
  "revoke",
  "revoked",
  "kill",
  "killed",
  "undo",
  "undone",
];
const discardPhrases = ["not adopted", "not merged", "not kept", "not keep", "do not keep", "dont keep", "throw away"];
const openWords = [
  "pending",
  "undecided",
  "maybe",
  "later",
  "park",
  "parked",
  "wip",

  "open",
  "unclear",
];

const words: ReadonlyMap<string, Decision | "open"> = new Map([
  ...keepWords.map((word) => [word, "keep"] as const),
  ...[...discardWords, ...discardPhrases].map((word) => [word, "discard"] as const),
  ...openWords.map((word) => [word, "open"] as const),
]);

/** For the docs. */
export function decisionWordsFor(decision: Decision): readonly string[] {
  return [...words].flatMap(([word, means]) => (means === decision ? [word] : []));
}

/** `REVERT (noise)`, `kept behind a flag` and `keep: simpler` are decided by their first words. */
function decide(word: string): Decision | "open" | undefined {
  const plain = word.toLowerCase().replace(/[_'’]/g, (mark) => (mark === "_" ? " " : ""));
  const whole = words.get(plain) ?? words.get(plain.replace(/[.!,]$/, ""));
  if (whole !== undefined) return whole;
  if (plain.includes("keep") && plain.includes("discard")) return undefined; // `keep | discard`, a choice nobody made
  const first = plain.split(/[\s(,:;.!/–—-]/, 4).filter((part) => part !== "");
  return words.get(first.slice(0, 3).join(" ")) ?? words.get(first.slice(0, 2).join(" ")) ?? words.get(first[0] ?? "");
}

export interface Decided {
  readonly decision?: Decision;
  readonly decisionWord?: string;
}

/** keep, discard or undecided, with the author's own word where it says more. */
export function readDecision(tree: Tree, problems: Problems): Decided {
  const word = text(tree, "decision", problems, "keep");
  if (word === undefined || isAbsent(word)) return {};
  const decision = decide(word);
  if (decision === undefined) {
    problems.push(say.unknownDecision({ offset: tree.start }, word));
    return { decisionWord: word };
  }
  if (decision === "open") return { decisionWord: word };
  return word.toLowerCase() === decision ? { decision } : { decision, decisionWord: word };
}

const statusWords: ReadonlyMap<string, Status> = new Map<string, Status>([
  ...statuses.map((status) => [status, status] as const),
  ...["done", "complete", "completed", "finish", "ok", "success", "succeeded", "successful", "ended"].map(
    (word) => [word, "finished"] as const,
  ),
  ...["crash", "crashed", "fail", "error", "errored", "killed", "oom", "aborted", "stopped", "diverged"].map(
    (word) => [word, "failed"] as const,
  ),
  ...["in progress", "inprogress", "active", "started", "ongoing", "training", "wip"].map((word) => [word, "running"] as const),
  ...["plan", "todo", "to do", "draft", "queued", "pending", "idea", "new", "not started", "scheduled"].map(
    (word) => [word, "planned"] as const,
  ),
  ...["missing", "gone", "vanished"].map((word) => [word, "lost"] as const),
]);

/** Absent and unknown words give nothing: the facts decide then. */
export function readStatus(tree: Tree, problems: Problems, guess: () => Status): Status | undefined {
  const word = text(tree, "status", problems, "finished");
  if (word === undefined) return undefined;
  const status = statusWords.get(word.toLowerCase().replace(/[_-]/g, " "));
  if (status === undefined) problems.push(say.unknownStatus({ offset: tree.start }, word, statuses, guess()));
  else if (status !== word) problems.push(say.statusWord({ offset: tree.start }, word, status));
  return status;
}

const earlierKeys = known(fieldsByKey.get("earlier")?.fields ?? [], "earlier");

export function readEarlier(tree: Tree, problems: Problems): readonly PastDecision[] {
  const out: PastDecision[] = [];
  for (const item of tree.kind === "list" ? tree.items : [tree]) {
    if (isEmpty(item)) continue;
    if (item.kind === "scalar") {
      const decision = decide(item.source);
      out.push(decision === "keep" || decision === "discard" ? { decision } : { reason: item.source });
      continue;
    }
    const map = dict(item, "earlier", problems, "[ { decision: discard, reason: looked like noise } ]");
    const past: { decision?: Decision; reason?: string; date?: string; by?: string } = {};
    for (const entry of map === undefined ? [] : entriesOf(map)) {
      if (entry.key === "decision") {
        const read = readDecision(entry.value, problems);
        if (read.decision !== undefined) past.decision = read.decision;
      } else if (entry.key === "reason" || entry.key === "date" || entry.key === "by") {
        const read = text(entry.value, entry.key, problems);
        if (read !== undefined) past[entry.key] = read;
      } else problems.push(unknown(entry, earlierKeys));
    }
    if (map !== undefined) out.push(past);
  }
  return out;
}

/** metric → why; one text or `true` is the whole run, under `*`. */
export function readInvalid(tree: Tree, problems: Problems): Readonly<Record<string, string>> {
  const out: Record<string, string> = {};
  if (isEmpty(tree)) return out;
  if (tree.kind === "list") {
    for (const item of tree.items) {
      if (item.kind === "dict") Object.assign(out, readInvalid(item, problems));
      else {
        const name = text(item, "invalid", problems, "{ val_accuracy: leaked pages }");
        if (name !== undefined && !["__proto__", "constructor", "prototype"].includes(name)) out[name] = "";
      }
    }
    return out;
  }
  if (tree.kind === "dict") {
    for (const entry of entriesOf(tree)) {
      const why = json(entry.value);
      if (why !== false)
        out[entry.key] = why === true || why === null ? "" : (text(entry.value, `invalid.${entry.key}`, problems, "leaked pages") ?? "");
    }
    return out;
  }
  if (tree.value !== false) out["*"] = tree.value === true ? "" : tree.source.trim();
  return out;
}
