// journal.yaml and study.yaml → settings. Everything has a default; what cannot be read is named and left out.

import type { Draft } from "../base/draft.ts";
import type { Problem } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import type { Direction } from "./experiment.ts";
import * as say from "./messages.ts";
import {
  checkKeys,
  dict,
  entriesOf,
  flag,
  fold,
  got,
  isEmpty,
  json,
  type Known,
  known,
  type Problems,
  text,
  texts,
  unknown,
} from "./normalize-values.ts";
import { parseQuantity } from "./quantity.ts";
import type { Goal, MetricSettings, ParameterSettings, Protocol, Settings, StudySettings, View } from "./settings.ts";
import { directions, goalFields, metricFields, parameterFields, protocolFields, settingsFields, studyFields } from "./settings-template.ts";
import type { Dict, Entry, Json, Tree } from "./tree.ts";
import { find } from "./tree.ts";

const defaultTitle = "Experiment journal";

export function normalizeSettings(tree: Tree | undefined): { readonly settings: Settings; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const draft: Draft<Settings> = {
    title: defaultTitle,
    metrics: {},
    parameters: {},
    ignore: [],
    code: [],
    data: {},
    protected: [],
    capture: { env: [], packages: [], patterns: [], artifacts: [] },
    site: { private: false },
    views: {},
    study: emptyStudy(""),
    other: {},
  };
  const map = tree === undefined ? undefined : dict(tree, "journal.yaml", problems, "\ntitle: My experiments");
  if (map !== undefined) {
    checkKeys(map, problems);
    const other: Record<string, Json> = {};
    for (const entry of entriesOf(map)) {
      const read = settingsReaders.get(entry.key);
      if (read !== undefined) read(draft, entry.value, problems);
      else {
        problems.push(unknown(entry, settingsKeys));
        other[entry.key] = json(entry.value);
      }
    }
    draft.other = other;
  }
  draft.study = readStudy(find(map, "study"), "", draft, problems);
  return { settings: draft, problems };
}

/** `study.yaml` of a folder, over the journal's own settings. */
export function normalizeStudy(
  tree: Tree | undefined,
  name: string,
  journal: Settings,
): { readonly study: StudySettings; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  if (tree !== undefined) checkKeys(tree, problems);
  return { study: readStudy(tree, name, journal, problems), problems };
}

function emptyStudy(name: string): StudySettings {
  return { name, goals: [], protocols: [], metrics: {}, parameters: {}, ignore: [], code: [] };
}

const settingsKeys = known(settingsFields, "journal.yaml");
const studyKeys = known(studyFields, "study");
const metricKeys = known(metricFields, "metrics");
const parameterKeys = known(parameterFields, "parameters");
const nested = (key: string): Known => known(settingsFields.find((field) => field.key === key)?.fields ?? [], key);
const captureKeys = nested("capture");
const siteKeys = nested("site");
const viewKeys = nested("views");
const dataKeys = nested("data");
const goalKeys = known(goalFields, "goals");
const protocolKeys = known(protocolFields, "protocols");

type SettingsReader = (draft: Draft<Settings>, tree: Tree, problems: Problems) => void;
const settingsReaders: ReadonlyMap<string, SettingsReader> = new Map<string, SettingsReader>([
  ["title", (draft, tree, problems) => (draft.title = text(tree, "title", problems, "Cats and dogs") ?? defaultTitle)],
  ["metrics", (draft, tree, problems) => (draft.metrics = named(tree, "metrics", problems, readMetricSettings))],
  ["parameters", (draft, tree, problems) => (draft.parameters = named(tree, "parameters", problems, readParameterSettings))],
  ["ignore", (draft, tree, problems) => (draft.ignore = texts(tree, "ignore", problems, { split: true, example: "[seed, out]" }))],
  ["code", (draft, tree, problems) => (draft.code = texts(tree, "code", problems, { split: true, example: "[train, lib]" }))],
  ["data", (draft, tree, problems) => (draft.data = named(tree, "data", problems, readDataSettings))],
  ["protected", (draft, tree, problems) => (draft.protected = texts(tree, "protected", problems, { example: '["eval/**"]' }))],
  ["capture", (draft, tree, problems) => (draft.capture = { ...draft.capture, ...listsOf(tree, captureKeys, problems) })],
  ["site", (draft, tree, problems) => (draft.site = readSite(tree, problems))],
  ["views", (draft, tree, problems) => (draft.views = named(tree, "views", problems, readView))],
  ["study", () => {}], // read last: it is merged over the rest
]);

/** A map of names, each read by `read`; `name: text` reaches it too. */
function named<T>(
  tree: Tree,
  key: string,
  problems: Problems,
  read: (entry: Entry, problems: Problems) => T | undefined,
): Readonly<Record<string, T>> {
  const out: Record<string, T> = {};
  const map = dict(tree, key, problems, settingsKeys.fields.get(key)?.example ?? studyKeys.fields.get(key)?.example ?? "{}");
  for (const entry of map === undefined ? [] : entriesOf(map)) {
    const value = read(entry, problems);
    if (value !== undefined) out[entry.key] = value;
  }
  return out;
}

/** Calls `read` for each known key with a value, names the others. */
function eachKnown(tree: Tree, keys: Known, problems: Problems, read: (entry: Entry) => void): void {
  const map = dict(tree, keys.where, problems, "{}");
  for (const entry of map === undefined ? [] : entriesOf(map)) {
    if (!keys.fields.has(entry.key)) problems.push(unknown(entry, keys));
    else if (!isEmpty(entry.value)) read(entry);
  }
}

function textsOf(tree: Tree, keys: Known, problems: Problems): Record<string, string> {
  const out: Record<string, string> = {};
  eachKnown(tree, keys, problems, (entry) => {
    const read = text(entry.value, entry.key, problems, keys.fields.get(entry.key)?.example);
    if (read !== undefined) out[entry.key] = read;
  });
  return out;
}

function listsOf(tree: Tree, keys: Known, problems: Problems): Record<string, readonly string[]> {
  const out: Record<string, readonly string[]> = {};
  eachKnown(tree, keys, problems, (entry) => {
    out[entry.key] = texts(entry.value, entry.key, problems, { example: keys.fields.get(entry.key)?.example ?? "[]" });
  });
  return out;
}

function direction(word: string): Direction | undefined {
  const found = /^(max|min)(?:imi[sz]e|imum)?$/.exec(word.toLowerCase())?.[1];
  if (found !== undefined) return found === "max" ? "max" : "min";
  if (["up", "higher", "larger"].includes(word.toLowerCase())) return "max";
  return ["down", "lower", "smaller"].includes(word.toLowerCase()) ? "min" : undefined;
}

function readMetricSettings(entry: Entry, problems: Problems): MetricSettings {
  const settings: Draft<MetricSettings> = { name: entry.key, from: [] };
  if (isEmpty(entry.value)) return settings;
  const short = entry.value.kind === "scalar" ? direction(entry.value.source) : undefined; // `val_loss: min`
  if (short !== undefined) return { ...settings, goal: short };
  eachKnown(entry.value, metricKeys, problems, ({ key, value, keyStart }) => {
    if (key === "from") settings.from = texts(value, key, problems, { example: "[val_acc]" });
    else if (key === "pick") {
      const pick = readPick(value, problems);
      if (pick !== undefined) settings.pick = pick;
    } else {
      const read = text(value, key, problems, metricKeys.fields.get(key)?.example);
      if (read === undefined) return;
      if (key === "goal") {
        const goal = direction(read);
        if (goal !== undefined) settings.goal = goal;
        else problems.push(say.unknownChoice({ offset: keyStart }, "goal", read, directions));
      } else if ((key === "min_effect" || key === "guard") && parseQuantity(read) === undefined)
        problems.push(say.unreadableNumber({ offset: value.start }, key, read, metricKeys.fields.get(key)?.example ?? ""));
      else if (key === "min_effect") settings.minEffect = read;
      else if (key === "unit" || key === "guard" || key === "label") settings[key] = read;
    }
  });
  return settings;
}

const picks = ["best", "last", "first", "min", "max"] as const;

/** `best`, `last`, … or `{ at: best val_accuracy }`, which is kept as `at best val_accuracy`. */
function readPick(tree: Tree, problems: Problems): string | undefined {
  const at = find(tree, "at");
  const word = at === undefined ? text(tree, "pick", problems, "best") : `at ${text(at, "at", problems, "best val_accuracy") ?? ""}`;
  if (word === undefined) return undefined;
  const plain = word.trim().replace(/\s+/g, " ");
  if (/^at (?:best|last|first|min|max) \S/.test(plain)) return plain;
  const known = picks.find((pick) => pick === plain.toLowerCase());
  if (known === undefined)
    problems.push(say.unknownChoice({ offset: tree.start }, "pick", word, [...picks, "{ at: best val_accuracy }"], suggest(plain, picks)));
  return known;
}

function readParameterSettings(entry: Entry, problems: Problems): ParameterSettings {
  if (isEmpty(entry.value)) return { name: entry.key };
  if (entry.value.kind === "scalar") return { name: entry.key, category: entry.value.source.trim() }; // `batch_size: Batch Size`
  const { scale, ...read } = textsOf(entry.value, parameterKeys, problems);
  if (scale === undefined) return { name: entry.key, ...read };
  if (scale === "log" || scale === "linear") return { name: entry.key, ...read, scale };
  problems.push(say.unknownChoice({ offset: entry.value.start }, "scale", scale, ["log", "linear"]));
  return { name: entry.key, ...read };
}

function readDataSettings(entry: Entry, problems: Problems): { readonly path?: string; readonly role?: string } {
  return entry.value.kind === "scalar" && !isEmpty(entry.value)
    ? { path: entry.value.source.trim() }
    : isEmpty(entry.value)
      ? {}
      : textsOf(entry.value, dataKeys, problems);
}

function readSite(tree: Tree, problems: Problems): Settings["site"] {
  const site: Draft<Settings["site"]> = { private: false };
  if (isEmpty(tree)) return site;
  eachKnown(tree, siteKeys, problems, ({ key, value }) => {
    if (key === "private") site.private = flag(value, key, problems);
    else {
      const read = text(value, key, problems, siteKeys.fields.get(key)?.example);
      if (read !== undefined && (key === "url" || key === "repository")) site[key] = read;
    }
  });
  return site;
}

function readView(entry: Entry, problems: Problems): View {
  const view: Draft<View> = { columns: [] };
  if (entry.value.kind === "scalar") return isEmpty(entry.value) ? view : { where: entry.value.source.trim(), columns: [] };
  eachKnown(entry.value, viewKeys, problems, ({ key, value }) => {
    if (key === "columns") view.columns = texts(value, key, problems, { split: true, example: "[title, changes]" });
    else {
      const read = text(value, key, problems, viewKeys.fields.get(key)?.example);
      if (read !== undefined && (key === "where" || key === "sort")) view[key] = read;
    }
  });
  return view;
}

function merged<T>(base: Readonly<Record<string, T>>, over: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const out: Record<string, T> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const below = Object.hasOwn(base, name) ? base[name] : undefined;
    // An empty `from` says nothing, so the journal's stays.
    out[name] = { ...below, ...value, ...(isList(below, "from") && !isList(value, "from") ? { from: below.from } : {}) };
  }
  return out;
}

function isList<T>(value: T | undefined, key: string): value is T & { readonly from: readonly string[] } {
  const list: unknown = value === undefined || value === null ? undefined : Reflect.get(Object(value), key);
  return Array.isArray(list) && list.length > 0;
}

function readStudy(
  tree: Tree | undefined,
  name: string,
  journal: Pick<Settings, "metrics" | "parameters" | "ignore" | "code">,
  problems: Problems,
): StudySettings {
  const study: Draft<StudySettings> = {
    ...emptyStudy(name),
    metrics: journal.metrics,
    parameters: journal.parameters,
    ignore: journal.ignore,
    code: journal.code,
  };
  const keys = name === "" ? studyKeys : { ...studyKeys, where: "study.yaml" };
  const map = tree === undefined ? undefined : dict(tree, keys.where, problems, "{ primary: val_accuracy }");
  for (const entry of map === undefined ? [] : entriesOf(map)) {
    const { key, value } = entry;
    if (!keys.fields.has(key)) problems.push(unknown(entry, keys));
    else if (isEmpty(value)) continue;
    else if (key === "goals") study.goals = readGoals(value, problems);
    else if (key === "protocols") study.protocols = readProtocols(value, problems);
    else if (key === "target")
      study.target = named(value, key, problems, (target) => text(target.value, target.key, problems, '"<= 3.28"'));
    else if (key === "metrics") study.metrics = merged(journal.metrics, named(value, key, problems, readMetricSettings));
    else if (key === "parameters") study.parameters = merged(journal.parameters, named(value, key, problems, readParameterSettings));
    else if (key === "code") study.code = texts(value, key, problems, { split: true });
    else if (key === "ignore") study.ignore = [...new Set([...journal.ignore, ...texts(value, key, problems, { split: true })])];
    else {
      const read = text(value, key, problems, keys.fields.get(key)?.example);
      if (read !== undefined && (key === "title" || key === "question" || key === "primary" || key === "baseline")) study[key] = read;
    }
  }
  return study;
}

/** `accuracy: max val_accuracy`, `speed: { min: training_time, where: … }`, or a list of such, named by their metrics. */
function readGoals(tree: Tree, problems: Problems): readonly Goal[] {
  const goals: Goal[] = [];
  const add = (name: string | undefined, value: Tree): void => {
    const goal =
      value.kind === "scalar"
        ? goalOfText(value.source)
        : value.kind === "dict"
          ? goalOfMap(value, name === undefined, problems)
          : undefined;
    if (goal !== undefined) goals.push({ name: name ?? goal.metric, ...goal });
    else problems.push(say.unreadableGoal({ offset: value.start }, name ?? "goals", value.kind === "scalar" ? value.source : got(value)));
  };
  if (tree.kind === "dict" && !tree.entries.some((entry) => direction(entry.key) !== undefined))
    for (const entry of entriesOf(tree)) add(entry.key, entry.value);
  else if (tree.kind === "list") for (const item of tree.items) add(undefined, item);
  else add(undefined, tree);
  return goals;
}

type Aim = Omit<Goal, "name">;

function goalOfText(source: string): Aim | undefined {
  const words = source.trim().split(/\s+/);
  const way = direction(words[0] ?? "");
  const metric = words[1];
  if (way === undefined || metric === undefined) return undefined;
  if (words.length === 2) return { direction: way, metric };
  const where = words[2] === "where" || words[2] === "with" || words[2] === "if" ? words.slice(3).join(" ") : "";
  return where === "" ? undefined : { direction: way, metric, where };
}

function goalOfMap(map: Dict, unnamed: boolean, problems: Problems): Aim | undefined {
  const aim = entriesOf(map).find((entry) => direction(entry.key) !== undefined);
  const way = aim === undefined ? undefined : direction(aim.key);
  const metric = aim === undefined ? undefined : text(aim.value, aim.key, problems, "val_accuracy");
  for (const entry of map.entries)
    if (entry !== aim && entry.key !== "where" && !(unnamed && fold(entry.key) === "name")) problems.push(unknown(entry, goalKeys));
  if (way === undefined || metric === undefined) return undefined;
  const where = find(map, "where");
  const filter = where === undefined ? undefined : text(where, "where", problems, "val_accuracy >= 87%");
  return { direction: way, metric, ...(filter === undefined ? {} : { where: filter }) };
}

/** In the order written; `v2: split by document` and `- v2` too. */
function readProtocols(tree: Tree, problems: Problems): readonly Protocol[] {
  const protocols: Protocol[] = [];
  const add = ({ key, value }: Pick<Entry, "key" | "value">): void => {
    const protocol: Draft<Protocol> = { name: key, invalid: [] };
    if (value.kind === "scalar" && !isEmpty(value)) protocol.what = value.source.trim();
    else if (!isEmpty(value)) {
      eachKnown(value, protocolKeys, problems, (entry) => {
        if (entry.key === "invalid") protocol.invalid = texts(entry.value, "invalid", problems, { split: true, example: "[val_loss]" });
        else {
          const read = text(entry.value, entry.key, problems);
          if (read !== undefined && (entry.key === "what" || entry.key === "reason")) protocol[entry.key] = read;
        }
      });
    }
    protocols.push(protocol);
  };
  if (tree.kind === "dict") for (const entry of entriesOf(tree)) add(entry);
  else
    for (const item of tree.kind === "list" ? tree.items : [tree]) {
      if (item.kind === "dict") for (const entry of entriesOf(item)) add(entry);
      else {
        const name = text(item, "protocols", problems, "{ v1: { what: first split } }");
        if (name !== undefined) add({ key: name, value: { kind: "scalar", value: null, source: "", style: "plain", start: 0, end: 0 } });
      }
    }
  return protocols;
}
