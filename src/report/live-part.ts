// A live block or a chart of one's own as it stands on a page, ready to be shown.

import type { Problem } from "../base/problem.ts";
import type { LiveView, Word } from "./live-view.ts";
import type { Figure } from "./page.ts";
import type { Table } from "./table.ts";

export interface LivePart {
  readonly title?: string;
  readonly problems: readonly Said[];
  readonly figure?: Figure;
  readonly table?: Table;
  readonly said: readonly (readonly Word[])[];
  readonly link?: { readonly text: string; readonly address: string };
  /** As its author typed it, where it could not be shown. */
  readonly source?: string;
}

/** What is wrong, where, and what to write instead. */
export interface Said {
  readonly text: string;
  readonly severe: boolean;
  readonly place?: string;
  readonly hint?: string;
  /** What was typed, with a line of carets below the place that is meant. */
  readonly pointed?: string;
}

export interface PartOptions {
  /** The log page of the block's study. */
  readonly log?: string;
  readonly figure?: Figure;
  /** Of the fence. */
  readonly source: string;
}

export function livePart(view: LiveView, { log, figure, source }: PartOptions): LivePart {
  const shown = view.table !== undefined || figure !== undefined;
  return {
    ...(view.title === undefined ? {} : { title: view.title }),
    problems: view.problems.map(saidOf),
    said: view.said,
    ...(view.table === undefined ? {} : { table: apartFrom(view.table) }),
    ...(figure === undefined ? {} : { figure }),
    ...(log === undefined || !shown || view.log === undefined
      ? {}
      : { link: { text: "Open in the log", address: view.log.hash === "" ? log : `${log}#${view.log.hash}` } }),
    ...(shown ? {} : { source }),
  };
}

/** Keys of columns become classes, and a run may name a metric `notice`: none of them means a part of the page. */
export function apartFrom(table: Table): Table {
  return { ...table, columns: table.columns.map((column) => ({ ...column, key: `c-${column.key.replace(/[^\w-]/g, "-")}` })) };
}

export function saidOf({ message, hint = "", path, line, severity }: Problem): Said {
  const place = path === undefined ? undefined : line === undefined ? path : `${path}, line ${line}`;
  const [, pointed, advice = ""] = /^([^\n]*\n *\^+)(?:\n([\s\S]*))?$/.exec(hint) ?? ["", undefined, hint];
  return {
    text: `${capital(message)}.`,
    severe: severity === "error",
    ...(place === undefined ? {} : { place }),
    ...(pointed === undefined ? {} : { pointed }),
    ...(advice === "" ? {} : { hint: capital(advice) }),
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
