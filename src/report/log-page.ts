// The log of a study as static pages: the newest 200 configurations, and fixed blocks of 200 counted from the oldest, so that a new run
// changes the first page and the last block only.

import type { StudyAnalysis } from "../analysis/study.ts";
import type { Settings } from "../record/settings.ts";
import { showValue } from "../record/value.ts";
import { countRuns, countText, plural } from "./counts.ts";
import { type LogFacts, type LogSetting, logFacts, usualColumns } from "./log-columns.ts";
import { type LogEntry, logEntries } from "./log-data.ts";
import { type LogColumn, type LogPart, type LogRow, logParts, logRow, noteOf, type Show } from "./log-row.ts";
import type { Notice, PageFrame } from "./page.ts";
import { publicValue, publicWords } from "./private-facts.ts";

export const blockRows = 200;

export interface LogPage {
  readonly frame: PageFrame;
  readonly heading: string;
  /** `46 runs`, `4 failed`, `newest first` */
  readonly counts: readonly LogCount[];
  readonly same?: LogSame;
  readonly notices: readonly Notice[];
  readonly columns: readonly LogColumn[];
  readonly rows: readonly (LogRow & { readonly parts: number; readonly inside: readonly LogPart[] })[];
  /** Under the table: what was guessed. */
  readonly notes: readonly string[];
  /** Other pages of the log. */
  readonly blocks: readonly LogLink[];
  /** Name of the study, for the script that replaces the table; absent on archive pages. */
  readonly study?: string;
}

export interface LogCount {
  readonly text: string;
  readonly address?: string;
}

export interface LogLink {
  readonly text: string;
  readonly address: string;
}

/** Parameters that are the same in all rows. */
export interface LogSame {
  /** `Same in all 31` */
  readonly title: string;
  readonly values: readonly { readonly name: string; readonly text: string }[];
}

/** What all pages of one log share. */
export interface Log {
  readonly study: StudyAnalysis;
  readonly setting: LogSetting;
  readonly columns: readonly LogColumn[];
  /** Oldest first. */
  readonly entries: readonly LogEntry[];
  /** Of the study's pages, with a slash at its end. */
  readonly folder: string;
  readonly show: Show;
}

export function openLog(study: StudyAnalysis, folder: string, asked: Pick<Settings, "site">, facts: LogFacts = logFacts(study)): Log {
  const entries = logEntries(study);
  const { metrics, primary, settings } = study;
  const setting: LogSetting = {
    ...facts,
    metrics,
    settings,
    entries,
    ...(primary === undefined ? {} : { primary: primary.name }),
  };
  return { study, setting, columns: usualColumns(setting), entries, folder, show: publicly(asked) };
}

/** Without what a published page leaves out. */
export function publicly(asked: Pick<Settings, "site">): Show {
  return { prose: (text) => publicWords(text, asked), value: (text) => publicValue(text, asked) };
}

export function logPage(log: Log, frame: PageFrame): LogPage {
  return { ...logHead(log, frame), ...table(log, newestEntries(log)) };
}

export const newestEntries = ({ entries }: Log): readonly LogEntry[] => entries.slice(-blockRows);

/** All but its rows. */
export function logHead(log: Log, frame: PageFrame): Omit<LogPage, "rows"> {
  const { study, entries, show, columns } = log;
  const same = sameInAll(entries, show);
  return {
    frame,
    heading: "Log",
    counts: counts(log),
    ...(same === undefined ? {} : { same }),
    notices: notices(study, entries, show),
    columns,
    notes: guesses(study),
    blocks: blocksOf(log).toReversed(),
    study: study.settings.name,
  };
}

/** The `number`th block, from 1. */
export function blockPage(log: Log, number: number, frame: PageFrame): LogPage {
  const blocks = blocksOf(log);
  const around = [
    { text: "Newest", block: { address: `${log.folder}log.html` } },
    { text: "Newer", block: blocks[number] },
    { text: "Older", block: blocks[number - 2] },
  ];
  return {
    frame,
    heading: `Log, ${blocks[number - 1]?.text ?? ""}`,
    counts: [{ text: "newest first" }],
    notices: [],
    ...table(log, blockEntries(log, number)),
    blocks: around.flatMap(({ text, block }) => (block === undefined ? [] : [{ text, address: block.address }])),
  };
}

export function blockEntries({ entries }: Log, number: number): readonly LogEntry[] {
  return entries.slice((number - 1) * blockRows, number * blockRows);
}

/** Oldest first; none where one page holds all. */
export function blocksOf({ entries, folder }: Log): readonly LogLink[] {
  if (entries.length <= blockRows) return [];
  return Array.from({ length: Math.ceil(entries.length / blockRows) }, (_, block) => {
    const from = block * blockRows + 1;
    return {
      text: `${from}–${Math.min(from + blockRows - 1, entries.length)}`,
      address: `${folder}log/${from}-${from + blockRows - 1}.html`,
    };
  });
}

/** Newest first. */
function table({ study, columns, show }: Log, entries: readonly LogEntry[]): Pick<LogPage, "columns" | "rows" | "notes"> {
  const setting = { columns, settings: study.settings, show };
  const rows = entries.toReversed().map((entry) => ({ ...logRow(entry, setting), inside: logParts(entry, setting) }));
  return { columns, rows, notes: guesses(study) };
}

function counts({ study, entries }: Log): readonly LogCount[] {
  const shown = study.files.filter(({ run }) => !run.hidden);
  const waiting = shown.filter(({ run }) => run.status === "planned");
  const unread = waiting.filter(({ broken }) => broken === true).length;
  const planned = waiting.length - unread;
  const runs = shown.length - waiting.length;
  const failed = shown.filter(({ run }) => run.status === "failed" || run.status === "lost").length;
  const all = runs === entries.length ? plural(runs, "run") : `${plural(runs, "run")} in ${plural(entries.length, "configuration")}`;
  return [
    { text: entries.length > blockRows ? `newest ${blockRows} of ${all}` : all },
    ...(failed === 0 ? [] : [{ text: `${failed} failed` }]),
    ...(planned === 0 ? [] : [{ text: `${planned} planned in Next`, address: "next.html" }]),
    ...(unread === 0 ? [] : [{ text: `${unread} cannot be read`, address: "problems.html" }]),
    ...(entries.length > 1 ? [{ text: "newest first" }] : []),
  ];
}

/** What every row recorded with one and the same value; nothing for a single row, which has nothing to be the same as. */
export function sameInAll(entries: readonly LogEntry[], show: Show): LogSame | undefined {
  const [first, ...rest] = entries;
  if (first === undefined || rest.length === 0) return undefined;
  const { config } = first.group.first.run;
  const isSame = (name: string): boolean =>
    rest.every(({ group }) => {
      const other = group.first.run.config;
      return Object.hasOwn(other, name) && isWrittenAs(other[name], config[name]);
    });
  const same = Object.keys(config).filter(isSame);
  if (same.length === 0) return undefined;
  const values = same.map((name) => ({ name, text: show.value(showValue(config[name])) }));
  return { title: `Same in all ${countText(entries.length)}`, values };
}

/** Whether both are the same JSON; most values are texts and numbers. */
const isWrittenAs = (one: unknown, other: unknown): boolean =>
  one === other || (!(isPlain(one) && isPlain(other)) && JSON.stringify(one) === JSON.stringify(other));

const isPlain = (value: unknown): boolean => typeof value === "string" || Number.isFinite(value);

function notices(study: StudyAnalysis, entries: readonly LogEntry[], show: Show): readonly Notice[] {
  const { primary, primaryGuessed, metrics } = study;
  const last = entries.at(-1);
  if (last === undefined) return [nothingRun(study)];
  const failed = entries.every(({ group }) => group.status === "failed" || group.status === "lost");
  if (failed) return [{ kind: "bad", text: allFailed(countRuns(entries.map(({ group }) => group)), noteOf(last.group, show)) }];
  if (metrics.length === 0)
    return [{ kind: "info", text: "No run has a metric yet.", command: `journal log ${last.group.key} val_accuracy=85.5%` }];
  if (primary !== undefined && primaryGuessed)
    return [{ kind: "info", text: `Showing ${primary.label}; name one under primary in journal.yaml.` }];
  return [];
}

function nothingRun({ files }: StudyAnalysis): Notice {
  const planned = files.filter(({ run }) => !run.hidden).length;
  if (planned === 0) return { kind: "info", text: "Nothing here yet. Write the first run:", command: 'journal new "Baseline"' };
  const text = `Nothing has run yet; ${plural(planned, "run")} ${planned === 1 ? "is" : "are"} planned.`;
  return { kind: "info", text, link: { text: "See what is next", address: "next.html" } };
}

function allFailed(count: number, why: string | undefined): string {
  const all = count === 1 ? "The only run failed" : `All ${count} runs failed`;
  return why === undefined ? `${all}.` : `${all}; ${count === 1 ? "it says" : "the last"}: ${why}`;
}

/** What nobody declared is said once. */
function guesses({ primary }: StudyAnalysis): readonly string[] {
  if (primary?.guessed !== true) return [];
  return [`${primary.label}: ${primary.direction === "min" ? "lower" : "higher"} is better, guessed from its name.`];
}
