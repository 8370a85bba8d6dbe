// What the files of one run say → the facts of a run file. Nothing is read or written here.

import { parseDate } from "../base/time.ts";
import { curveTables } from "../formats/curve-tables.ts";
import type { FactName, Parameter } from "../formats/item.ts";
import { pickResults } from "../formats/results.ts";
import type { Status } from "../record/experiment.ts";
import type { ConfigValue, NewMetric, NewRun } from "../record/new-run.ts";
import { secretIn } from "../record/secret.ts";
import type { StudySettings } from "../record/settings.ts";
import { shareWords, type Usual } from "../record/share.ts";
import type { Json } from "../record/tree.ts";
import type { ReadLog } from "./read-log.ts";

export interface ImportPlan {
  readonly run: Omit<NewRun, "id">;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly source: Source;
  /** Names of parameters that were left out, because their values look like secrets. */
  readonly secrets: readonly string[];
  /** Percent or part of 1 that nobody wrote: how each was read. */
  readonly guesses: readonly ReturnType<typeof shareWords>[];
}

export interface Source {
  readonly tool: string;
  /** From the journal's root. */
  readonly path: string;
  readonly sha256: string;
  /** What the tool calls the run. */
  readonly id?: string;
}

export interface ImportContext {
  readonly study: StudySettings;
  /** Names of the metrics the study has already. */
  readonly known: ReadonlySet<string>;
  readonly usual: (name: string) => Usual | undefined;
  /** The path as the source says it. */
  readonly shown: string;
  /** The place as a title, where the tool has none. */
  readonly place: string;
  readonly now: number;
}

const mostParameters = 500;
const longestText = 500;
const mostItems = 200;
const day = 86_400_000;

/** Why nothing is made of the files, or what is made. */
export function planImport(log: ReadLog, context: ImportContext): ImportPlan | { readonly why: string } {
  const { told } = log;
  const text = (name: FactName): string | undefined => textOf(told.facts.get(name));
  if (told.facts.get("deleted") === true) return { why: "it was deleted in its tool" };
  if (told.series.size === 0) return { why: told.parameters.size > 0 ? "a configuration without a measurement" : "no measurement in it" };
  const status = statusOf(log, context.now);
  if (status === "running") return { why: "it is still being written; import it when it has ended" };
  const secrets = [...told.parameters.values()].filter(isSecret).map(({ name }) => name);
  const id = text("id");
  const source: Source = { tool: log.tool, path: context.shown, sha256: log.sha256, ...(id === undefined ? {} : { id }) };
  const results = pickResults([told], {
    declared: context.study.metrics,
    known: context.known,
    usual: context.usual,
    valueAt: (_, name, x) => told.valueAt(name, x),
  });
  const metrics = results.map(
    ({ name, values: [after], step, pick }): NewMetric => ({
      name,
      ...(after === undefined ? {} : { after }),
      ...(step === undefined ? {} : { step }),
      ...(pick === undefined ? {} : { pick }),
    }),
  );
  const notes = text("notes")?.replace(/\s+/g, " ").slice(0, 2000);
  const tags = told.facts.get("tags");
  const user = text("user");
  const run: Omit<NewRun, "id"> = {
    title: (text("title") ?? context.place.slice(-100)).replace(/\s+/g, " "),
    date: dateOf(log),
    ...(user === undefined ? {} : { experimenter: user }),
    status,
    ...(Array.isArray(tags) ? { tags: tags.map(String) } : {}),
    config: configOf([...told.parameters.values()].filter((one) => !isSecret(one))),
    metrics: withTime(metrics, secondsOf(told.facts), status),
    ...machineOf(told.facts),
    more: { ...ranOf(told.facts), source: { ...source } },
    ...(notes === undefined || notes.trim() === "" ? {} : { prose: { motivation: [notes] } }),
  };
  return {
    run,
    files: curveTables(
      [told],
      metrics.map(({ name }) => name),
    ),
    source,
    secrets,
    guesses: results.flatMap(({ name, guess }) => (guess?.doubt === undefined ? [] : [shareWords(name, guess)])),
  };
}

const textOf = (value: Json | undefined): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
const numberOf = (value: Json | undefined): number | undefined => (typeof value === "number" && Number.isFinite(value) ? value : undefined);
const isoSecond = (moment: number): string => `${new Date(moment).toISOString().slice(0, 19)}Z`;
const isSecret = ({ name, value }: Parameter): boolean => typeof value === "string" && secretIn(value, name) !== undefined;

const words: Readonly<Record<string, Status>> = { finished: "finished", failed: "failed", lost: "lost", running: "running" };

/** A log that says it runs, and that nobody wrote to for a day, ended without a word. */
function statusOf({ told, written }: ReadLog, now: number): Status {
  const said = words[String(told.facts.get("status") ?? "finished")] ?? "finished";
  return said === "running" && now - written > day ? "lost" : said;
}

function dateOf({ told, path, written }: ReadLog): string {
  const stated = numberOf(told.facts.get("started")) ?? told.began;
  return stated === undefined ? (dateInPath(path) ?? isoSecond(written)) : isoSecond(stated);
}

/** `outputs/2026-01-02/03-04-05`, `run-20260102_030405-a1b2c3d4`. No zone is known. */
function dateInPath(path: string): string | undefined {
  const found = /(?:^|\D)(20\d\d)-?(\d\d)-?(\d\d)(?:[T_/ -]+(\d\d)[-:_]?(\d\d)[-:_]?(\d\d))?(?!\d)/.exec(path);
  if (found === null) return undefined;
  const [, year, month, date, hour, minute, second] = found;
  const time = hour === undefined ? "" : `T${hour}:${minute}:${second}`;
  const text = `${year}-${month}-${date}${time}`;
  return parseDate(text) === undefined ? undefined : text;
}

function secondsOf(facts: ReadonlyMap<FactName, Json>): number | undefined {
  const [started, ended] = [numberOf(facts.get("started")), numberOf(facts.get("ended"))];
  const seconds = numberOf(facts.get("seconds")) ?? (started === undefined || ended === undefined ? undefined : (ended - started) / 1000);
  return seconds === undefined || seconds < 0 ? undefined : Number(seconds.toFixed(3));
}

/** Only a run that came to its end took the time it takes. */
function withTime(metrics: readonly NewMetric[], seconds: number | undefined, status: Status): readonly NewMetric[] {
  if (seconds === undefined || status !== "finished" || metrics.some(({ name }) => name === "training_time")) return metrics;
  return [...metrics, { name: "training_time", after: `${Number(seconds.toPrecision(4))} s` }];
}

function machineOf(facts: ReadonlyMap<FactName, Json>): Pick<NewRun, "hardware" | "software"> {
  const [gpu, cpu, python] = [textOf(facts.get("gpu")), textOf(facts.get("cpu")), textOf(facts.get("python"))];
  const hardware = { ...(gpu === undefined ? {} : { gpu }), ...(cpu === undefined ? {} : { cpu }) };
  return {
    ...(Object.keys(hardware).length === 0 ? {} : { hardware }),
    ...(python === undefined ? {} : { software: { python: /^\d[\w.]*/.exec(python)?.[0] ?? python } }),
  };
}

/** Of the command no folders: they say who ran it and where, and nothing about the experiment. */
function ranOf(facts: ReadonlyMap<FactName, Json>): Readonly<Record<string, Json>> {
  const [commit, command, exit] = [textOf(facts.get("commit")), facts.get("command"), numberOf(facts.get("exit"))];
  const [started, seconds] = [numberOf(facts.get("started")), secondsOf(facts)];
  const ran: Readonly<Record<string, Json>> = {
    ...(Array.isArray(command) ? { command: command.map((word) => String(word).replace(/^(?:\/|[A-Za-z]:[\\/]).*[\\/]/, "")) } : {}),
    ...(commit === undefined ? {} : { commit }),
    ...(started === undefined ? {} : { started: isoSecond(started) }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(exit === undefined ? {} : { exit }),
  };
  return Object.keys(ran).length === 0 ? {} : { run: ran };
}

type Config = { [key: string]: ConfigValue };

/** Nested by the dots of the names; a name that is both a value and a group (Hydra's `model=resnet`) stays the group. */
function configOf(parameters: readonly Parameter[]): Config {
  const config: Config = Object.create(null);
  const groups = new Set(parameters.flatMap(({ name }) => prefixesOf(name)));
  for (const parameter of parameters.slice(0, mostParameters)) {
    const { name } = parameter;
    const value = writtenValue(parameter);
    if (value === undefined || groups.has(name)) continue;
    const keys = name.split(".");
    if (keys.some((key) => key.trim() === "" || reserved.has(key))) continue;
    let inner = config;
    for (const key of keys.slice(0, -1)) {
      inner[key] ??= Object.create(null) as Config;
      inner = inner[key] as Config;
    }
    inner[keys.at(-1) ?? ""] = value;
  }
  return config;
}

const reserved: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

const prefixesOf = (name: string): readonly string[] => {
  const keys = name.split(".");
  return keys.slice(1).map((_, index) => keys.slice(0, index + 1).join("."));
};

/** As it was written where that is plain; long texts are cut, longer lists left out. */
function writtenValue({ value, text }: Parameter): ConfigValue | undefined {
  if (value === null) return { source: "null" };
  if (typeof value === "number" && text !== undefined && /^[\w.+-]{1,40}$/.test(text)) return { source: text };
  if (typeof value === "string") return value.length > longestText ? `${value.slice(0, longestText)}…` : value;
  return Array.isArray(value) && value.length > mostItems ? undefined : value;
}

/** The place of a source in the front matter, if it is one of ours. */
export function sourceIn(value: Json | undefined): Partial<Source> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === "string"));
}
