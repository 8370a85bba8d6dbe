// The list of reports, and the charts of the journal below it.

import type { LivePart } from "./live-part.ts";
import type { PageFrame } from "./page.ts";

export interface ReportLine {
  readonly title: string;
  readonly address: string;
  readonly date?: string;
  readonly author?: string;
  /** Its first sentence. */
  readonly lead?: string;
}

export interface ReportsPage {
  readonly frame: PageFrame;
  /** Newest first. */
  readonly reports: readonly ReportLine[];
  readonly charts: readonly ChartPart[];
  /** By study; its title where there are several. */
  readonly views: readonly { readonly study?: string; readonly links: readonly ViewLink[] }[];
}

/** A chart of `charts/`. */
export interface ChartPart {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  readonly part: LivePart;
}

export interface ViewLink {
  readonly name: string;
  readonly address: string;
}

const longestLead = 240;

/** What a report begins with: the first sentence of plain text, cut where it is long. */
export function firstSentence(text: string): string | undefined {
  const line = text.replace(/\s+/g, " ").trim();
  const end = /[.!?](?=\s+[\p{Lu}\p{N}"“(]|$)/u.exec(line);
  const sentence = end === null ? line : line.slice(0, end.index + 1);
  if (sentence === "") return undefined;
  return sentence.length > longestLead ? `${sentence.slice(0, longestLead - 1).trimEnd()}…` : sentence;
}
