// What ran, on which machine, with which files.

import type { Draft } from "../base/draft.ts";
import type { Artifact, Attempt, CodeChange, DataItem, Execution, Hardware, Repeat } from "./experiment.ts";
import * as say from "./messages.ts";
import {
  dict,
  entriesOf,
  got,
  isEmpty,
  isRestOfText,
  json,
  type Known,
  known,
  meant,
  number,
  type Problems,
  text,
  unknown,
} from "./normalize-values.ts";
import { splitArrow } from "./quantity.ts";
import { fieldsByKey } from "./template.ts";
import type { Dict, Entry, Json, Tree } from "./tree.ts";

const knownIn = (key: string): Known => known(fieldsByKey.get(key)?.fields ?? [], key);
const keysOf = {
  code: knownIn("code"),
  repeats: knownIn("repeats"),
  data: knownIn("data"),
  run: knownIn("run"),
  attempts: knownIn("attempts"),
  artifacts: knownIn("artifacts"),
};

/** Reads the known keys of one map by the types the template gives them; the others are handed over. */
function facts(map: Dict, keys: Known, problems: Problems, other?: (entry: Entry) => boolean): Record<string, string | number> {
  const out: Record<string, string | number> = {};
  for (const entry of entriesOf(map)) {
    const field = keys.fields.get(entry.key);
    if (other?.(entry)) continue;
    if (field === undefined) {
      problems.push(unknown(entry, keys));
      continue;
    }
    const numeric = field.type === "number" || field.type === "duration" || field.type === "size";
    const read = numeric
      ? number(entry.value, entry.key, problems, { time: field.type === "duration", size: field.type === "size" }, field.example)
      : text(entry.value, entry.key, problems, field.example);
    if (read !== undefined) out[entry.key] = read;
  }
  return out;
}

/** `from` and `to` of the code, counts of files and lines; `3f2a -> 0f3a` too. */
export function readCode(tree: Tree, problems: Problems): CodeChange | undefined {
  const arrow = tree.kind === "scalar" ? splitArrow(tree.source) : undefined;
  if (arrow !== undefined) return { from: arrow.from.trim(), to: arrow.to.trim() };
  const map = dict(tree, "code", problems, '{ from: "3f2a…", to: "0f3a…" }');
  return map === undefined ? undefined : facts(map, keysOf.code, problems);
}

const mostRepeats = 1000;

/** A list of maps, a list of seeds, or how many there were. */
export function readRepeats(tree: Tree, problems: Problems): readonly Repeat[] {
  if (isEmpty(tree)) return [];
  if (tree.kind === "scalar") {
    const count = number(tree, "repeats", problems, undefined, "3");
    if (count === undefined) return [];
    if (!Number.isInteger(count) || count < 0 || count > mostRepeats) {
      problems.push(say.tooMany({ offset: tree.start }, "repeats", count, mostRepeats));
      return [];
    }
    return Array.from({ length: count }, () => ({}));
  }
  const items = tree.kind === "list" ? tree.items : [tree];
  if (items.length > mostRepeats) problems.push(say.tooMany({ offset: tree.start }, "repeats", items.length, mostRepeats));
  return items.slice(0, mostRepeats).map((item) => {
    if (item.kind === "dict") return facts(item, keysOf.repeats, problems);
    const seed = text(item, "repeats", problems, "[ { seed: 1 } ]");
    return seed === undefined ? {} : { seed };
  });
}

/** By name, or a list of maps or paths; a path alone is named by itself. */
export function readData(tree: Tree, problems: Problems): readonly DataItem[] {
  const out: DataItem[] = [];
  const add = (name: string | undefined, value: Tree): void => {
    if (value.kind !== "dict") {
      const path = text(value, name ?? "data", problems, "data/val");
      if (path !== undefined || name !== undefined) out.push({ name: name ?? path ?? "", ...(path === undefined ? {} : { path }) });
      return;
    }
    let called = name;
    const read = facts(value, keysOf.data, problems, (entry) => {
      if (entry.key !== "name" || name !== undefined) return false;
      called = text(entry.value, "name", problems, "val");
      return true;
    });
    const label = called ?? read["path"];
    if (label !== undefined) out.push({ name: String(label), ...read });
  };
  if (tree.kind === "dict") for (const entry of entriesOf(tree)) add(entry.key, entry.value);
  else if (tree.kind === "list") for (const item of tree.items) add(undefined, item);
  else if (!isEmpty(tree)) add(undefined, tree);
  return out;
}

export function readArtifacts(tree: Tree, problems: Problems): readonly Artifact[] {
  if (isEmpty(tree)) return [];
  const out: Artifact[] = [];
  const one = tree.kind !== "list" && (tree.kind === "scalar" || tree.entries.some((entry) => entry.key === "path"));
  const items: readonly Tree[] = tree.kind === "list" ? tree.items : one ? [tree] : [];
  for (const item of items) {
    if (item.kind !== "dict") {
      const path = text(item, "artifacts", problems, "[ { path: out/best.pt } ]");
      if (path !== undefined) out.push({ path });
      continue;
    }
    const read = facts(item, keysOf.artifacts, problems);
    if (typeof read["path"] === "string") out.push({ ...read, path: read["path"] });
    else problems.push(say.wrongType({ offset: item.start }, "artifacts", "a `path` in each entry", "none", "[ { path: out/best.pt } ]"));
  }
  if (tree.kind === "dict" && !one) {
    for (const entry of entriesOf(tree)) {
      const path = text(entry.value, entry.key, problems, "out/best.pt");
      if (path !== undefined) out.push({ role: entry.key, path });
    }
  }
  return out;
}

const hardwareKeys: ReadonlyMap<string, "gpu" | "ram" | "cpu" | "class"> = new Map([
  ["gpu", "gpu"],
  ["gpus", "gpu"],
  ["ram", "ram"],
  ["memory", "ram"],
  ["cpu", "cpu"],
  ["class", "class"],
]);

/** A map, or one text, which then names the class of the machine. Case of the keys is free: people write `GPU`. */
export function readHardware(tree: Tree, problems: Problems): Hardware | undefined {
  if (isEmpty(tree)) return undefined;
  if (tree.kind === "scalar") return { class: tree.source.trim(), other: {} };
  if (tree.kind === "list") {
    const class_ = tree.items
      .map((item) => part(item) ?? "")
      .filter((item) => item !== "")
      .join(", ");
    return class_ === "" ? undefined : { class: class_, other: {} };
  }
  const out: Draft<Hardware> = { other: {} };
  const other: Record<string, Json> = {};
  for (const entry of entriesOf(tree)) {
    if (isRestOfText(entry, "hardware", problems)) continue;
    const key = hardwareKeys.get(entry.key.toLowerCase());
    const read = key === undefined || out[key] !== undefined ? undefined : part(entry.value);
    if (key !== undefined && read !== undefined) out[key] = read;
    else if (!isEmpty(entry.value)) other[entry.key] = json(entry.value);
  }
  return { ...out, other };
}

/** `NVIDIA T4`, `[A100, A100]` → `2 × A100`, `{ model: A100, count: 2 }` → `2 × A100`. */
function part(tree: Tree): string | undefined {
  if (isEmpty(tree)) return undefined;
  if (tree.kind === "scalar") return tree.source.trim();
  if (tree.kind === "list") {
    const names = tree.items.map((item) => part(item)).filter((name) => name !== undefined);
    const distinct = [...new Set(names)];
    return distinct.map((name) => times(names.filter((other) => other === name).length, name)).join(", ") || undefined;
  }
  const value = (key: string): string | undefined => {
    const found = tree.entries.find((entry) => entry.key === key)?.value;
    return found?.kind === "scalar" && found.value !== null ? found.source.trim() : undefined;
  };
  const name = value("model") ?? value("name") ?? value("type");
  return name === undefined ? undefined : times(Number(value("count") ?? 1), name);
}

const times = (count: number, name: string): string => (count > 1 ? `${count} × ${name}` : name);

/** name → version as written; `- python 3.11.7` and `- torch==2.1` in a list too. */
export function readSoftware(tree: Tree, problems: Problems): Readonly<Record<string, string>> {
  const out: Record<string, string> = {};
  const put = (name: string, version: string): void => {
    if (name !== "" && !["__proto__", "constructor", "prototype"].includes(name)) out[name] = version;
  };
  if (tree.kind === "dict") {
    for (const entry of entriesOf(tree)) {
      const version = text(entry.value, `software.${entry.key}`, problems, '"3.11.7"');
      if (version !== undefined) put(entry.key, version);
    }
    return out;
  }
  if (isEmpty(tree)) return out;
  for (const item of tree.kind === "list" ? tree.items : tree.source.split(",").map((source) => ({ ...tree, source: source.trim() }))) {
    if (item.kind === "dict") Object.assign(out, readSoftware(item, problems));
    else if (item.kind === "list")
      problems.push(say.wrongType({ offset: item.start }, "software", "names with versions", got(item), "{ python: 3.11.7 }"));
    else {
      const cut = item.source.search(/==|[\s=@]/);
      if (cut < 1) put(item.source, "");
      else put(item.source.slice(0, cut), item.source.slice(cut).replace(/^[=@\s]{1,4}/, ""));
    }
  }
  return out;
}

/** How it was executed; a text or a list alone is the command. */
export function readExecution(tree: Tree, problems: Problems): Execution | undefined {
  if (isEmpty(tree)) return undefined;
  if (tree.kind !== "dict") {
    const command = readCommand(tree, problems);
    return command === undefined ? undefined : { command, other: {} };
  }
  const other: Record<string, Json> = {};
  let command: readonly string[] | undefined;
  const read = facts(tree, keysOf.run, problems, (entry) => {
    if (entry.key === "command") command = readCommand(entry.value, problems);
    else if (keysOf.run.fields.has(entry.key)) return false;
    else {
      if (meant(entry.key, keysOf.run) !== undefined) problems.push(unknown(entry, keysOf.run));
      other[entry.key] = json(entry.value);
    }
    return true;
  });
  return command === undefined ? { ...read, other } : { command, ...read, other };
}

export function readAttempts(tree: Tree, problems: Problems): readonly Attempt[] {
  const out: Attempt[] = [];
  for (const item of tree.kind === "list" ? tree.items : [tree]) {
    const map = dict(item, "attempts", problems, "[ { started: 2026-11-20T10:15:00+01:00, exit: 1 } ]");
    if (map !== undefined) out.push(facts(map, keysOf.attempts, problems));
  }
  return out;
}

function readCommand(tree: Tree, problems: Problems): readonly string[] | undefined {
  if (tree.kind === "list") {
    const words = tree.items.map((item) => (item.kind === "scalar" ? item.source : undefined)).filter((word) => word !== undefined);
    return words.length === 0 ? undefined : words;
  }
  const line = text(tree, "command", problems, "[python, train.py]");
  return line === undefined ? undefined : shellWords(line);
}

/** Takes a command line apart as a shell would; one that needs a shell is given to one. */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let mark = "";
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (mark === "" && /[|&;<>$`*?()\n]/.test(char)) return ["sh", "-c", line];
    if (mark === '"' && /[$`]/.test(char)) return ["sh", "-c", line];
    if (char === mark) mark = "";
    else if (mark === "" && (char === '"' || char === "'")) {
      mark = char;
      word ??= "";
    } else if (char === "\\" && mark !== "'" && at + 1 < line.length) {
      at += 1;
      word = (word ?? "") + line.charAt(at);
    } else if (mark === "" && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + char;
  }
  if (word !== undefined) words.push(word);
  return words;
}
