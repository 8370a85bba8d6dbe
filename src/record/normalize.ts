// Front matter as somebody wrote it → a Run. Whatever cannot be read costs one problem; the rest of the run is still read. Never throws.

import type { Draft } from "../base/draft.ts";
import type { Problem } from "../base/problem.ts";
import type { Run, Status } from "./experiment.ts";
import { missingId, notIndented } from "./messages.ts";
import { readChanges, readConfig } from "./normalize-config.ts";
import { readDecision, readEarlier, readInvalid, readStatus } from "./normalize-decision.ts";
import {
  readArtifacts,
  readAttempts,
  readCode,
  readData,
  readExecution,
  readHardware,
  readRepeats,
  readSoftware,
} from "./normalize-execution.ts";
import { isUnmeasured, readMetrics, readRemeasured } from "./normalize-metrics.ts";
import { checkPlaceholders } from "./normalize-placeholders.ts";
import {
  checkKeys,
  flag,
  isEmpty,
  json,
  known,
  meant,
  type Problems,
  number as readNumber,
  text,
  texts,
  unknown,
} from "./normalize-values.ts";
import { isAbsent, isPlaceholder } from "./quantity.ts";
import { fields, fieldsByKey } from "./template.ts";
import type { Dict, Entry, Json, Tree } from "./tree.ts";

export interface Normalized {
  readonly run: Run;
  readonly problems: readonly Problem[];
}

/** `fallback` names a run whose front matter does not: id from the file name, title from it or the first heading. */
export function normalize(tree: Dict | undefined, fallback: { readonly id: string; readonly title: string }): Normalized {
  const problems: Problem[] = [];
  const draft = empty(fallback.id);
  if (tree === undefined) return { run: { ...draft, title: fallback.title }, problems };
  checkKeys(tree, problems);
  const other: Record<string, Json> = {};
  let status: Entry | undefined;
  let above: string | undefined; // the last known key, when it holds names and is empty
  for (const entry of tree.entries) {
    const read = readers.get(entry.key);
    if (read !== undefined) above = holders.has(entry.key) && isEmpty(entry.value) ? entry.key : undefined;
    if (entry.key === "status") status = entry;
    else if (read !== undefined) read(draft, entry.value, problems);
    else if (!hostile.has(entry.key)) {
      problems.push(
        above === undefined || meant(entry.key, topLevel) !== undefined
          ? unknown(entry, topLevel)
          : notIndented({ offset: entry.keyStart }, entry.key, above),
      );
      other[entry.key] = json(entry.value);
    }
  }
  if (tree.entries.length > 0 && !tree.entries.some((entry) => entry.key === "id" && !isEmpty(entry.value)))
    problems.push(missingId({ offset: tree.start }, fallback.id));
  draft.other = other;
  draft.title ||= fallback.title;
  draft.status = (status === undefined ? undefined : readStatus(status.value, problems, () => guessStatus(draft))) ?? guessStatus(draft);
  checkPlaceholders(
    tree,
    fieldsByKey,
    new Set(draft.status === "finished" ? draft.metrics.filter(isUnmeasured).map(({ name }) => name) : []),
    problems,
  );
  return { run: draft, problems };
}

const hostile: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
const topLevel = known(fields);
const holders: ReadonlySet<string> = new Set(
  fields.filter((field) => field.type === "map" || field.type === "fields").map((field) => field.key),
);

function empty(id: string): Draft<Run> {
  return {
    id,
    title: "",
    status: "planned",
    tags: [],
    assumptions: [],
    aliases: [],
    base: [],
    config: {},
    configText: {},
    changes: [],
    metrics: [],
    repeats: [],
    data: [],
    software: {},
    artifacts: [],
    earlier: [],
    hidden: false,
    invalid: {},
    remeasured: {},
    attempts: [],
    other: {},
  };
}

/** A run without a status: what it holds tells how far it came. */
function guessStatus(run: Draft<Run>): Status {
  if (run.run?.exit !== undefined && run.run.exit !== 0) return "failed";
  const measured = run.metrics.some((metric) => metric.after !== undefined && (metric.after.n > 0 || metric.after.diverged > 0));
  return measured || run.run?.exit === 0 || run.decision !== undefined ? "finished" : "planned";
}

type Reader = (draft: Draft<Run>, tree: Tree, problems: Problems) => void;
type TextKey = "id" | "title" | "date" | "experimenter" | "hypothesis" | "protocol" | "study" | "reason" | "repeatOf" | "rerunOf";

/** One text; a placeholder somebody left is no text. */
function prose(name: TextKey, key: string = name): Reader {
  const example = fieldsByKey.get(key)?.example ?? "some text";
  return (draft, tree, problems) => {
    const joined =
      tree.kind === "list" && key === "hypothesis"
        ? texts(tree, key, problems).join("; ") || undefined
        : text(tree, key, problems, example);
    if (joined !== undefined && !(name !== "title" && isPlaceholder(joined))) draft[name] = joined;
  };
}

function words(name: "tags" | "assumptions" | "aliases" | "base", split: boolean): Reader {
  const example = fieldsByKey.get(name)?.example ?? "[one, two]";
  return (draft, tree, problems) => {
    draft[name] = texts(tree, name, problems, { split, example }).filter((word) => !isAbsent(word));
  };
}

/** A value that may be absent, kept only where there is one. */
function maybe<K extends "code" | "hardware" | "run">(key: K, read: (tree: Tree, problems: Problems) => Draft<Run>[K]): Reader {
  return (draft, tree, problems) => {
    const value = read(tree, problems);
    if (value !== undefined) draft[key] = value;
  };
}

function anything(key: "source" | "verdict"): Reader {
  return (draft, tree) => {
    if (!isEmpty(tree)) draft[key] = json(tree);
  };
}

/** A whole number from one on. */
function readMaxLooks(draft: Draft<Run>, tree: Tree, problems: Problems): void {
  const looks = readNumber(tree, "max_looks", problems, {}, "3");
  if (looks !== undefined && looks >= 1) draft.maxLooks = Math.floor(looks);
}

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["id", prose("id")],
  ["title", prose("title")],
  ["date", prose("date")],
  ["experimenter", prose("experimenter")],
  ["hypothesis", prose("hypothesis")],
  ["protocol", prose("protocol")],
  ["study", prose("study")],
  ["reason", prose("reason")],
  ["repeat_of", prose("repeatOf", "repeat_of")],
  ["rerun_of", prose("rerunOf", "rerun_of")],
  ["status", () => {}], // read last: it may have to be guessed from the rest
  [
    "tags",
    (draft, tree, problems) =>
      (draft.tags = texts(tree, "tags", problems, { split: true, example: "[batch-size]" })
        .map((tag) => tag.replace(/^#/, ""))
        .filter((tag) => tag !== "" && !isAbsent(tag))),
  ],
  ["assumptions", words("assumptions", false)],
  ["aliases", words("aliases", true)],
  [
    "base",
    (draft, tree, problems) =>
      (draft.base = texts(tree, "base", problems, { split: true, example: "EXP041-9qd2" }).filter(
        (reference) => !isAbsent(reference) && reference.toLowerCase() !== "none",
      )),
  ],
  ["config", (draft, tree, problems) => Object.assign(draft, readConfig(tree, problems))],
  ["changes", (draft, tree, problems) => (draft.changes = readChanges(tree, problems))],
  ["code", maybe("code", readCode)],
  ["metrics", (draft, tree, problems) => (draft.metrics = readMetrics(tree, problems))],
  ["repeats", (draft, tree, problems) => (draft.repeats = readRepeats(tree, problems))],
  ["data", (draft, tree, problems) => (draft.data = readData(tree, problems))],
  ["hardware", maybe("hardware", readHardware)],
  ["software", (draft, tree, problems) => (draft.software = readSoftware(tree, problems))],
  ["run", maybe("run", readExecution)],
  ["attempts", (draft, tree, problems) => (draft.attempts = readAttempts(tree, problems))],
  ["artifacts", (draft, tree, problems) => (draft.artifacts = readArtifacts(tree, problems))],
  ["decision", (draft, tree, problems) => Object.assign(draft, readDecision(tree, problems))],
  ["earlier", (draft, tree, problems) => (draft.earlier = readEarlier(tree, problems))],
  ["max_looks", readMaxLooks],
  ["hidden", (draft, tree, problems) => (draft.hidden = flag(tree, "hidden", problems))],
  ["invalid", (draft, tree, problems) => (draft.invalid = readInvalid(tree, problems))],
  ["remeasured", (draft, tree, problems) => (draft.remeasured = readRemeasured(tree, problems))],
  ["source", anything("source")],
  ["verdict", anything("verdict")],
]);
