// The newest runs as an Atom feed. Dates are the runs' own, so that the same journal gives the same bytes.

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import { instantOf } from "../query/fields.ts";
import type { Settings } from "../record/settings.ts";
import { writtenDay } from "./day.ts";
import { publicName, publicText } from "./private.ts";
import { newestOfAll, type RunLine, runLines } from "./run-line.ts";

export interface Feed {
  readonly title: string;
  /** Of the site, with a slash at its end; without one every address is relative. */
  readonly url?: string;
  readonly entries: readonly FeedEntry[];
}

export interface FeedEntry {
  /** Stays when the title, the study or the address changes. */
  readonly id: string;
  readonly title: string;
  readonly address: string;
  /** Milliseconds since 1970. */
  readonly updated: number;
  readonly author?: string;
  readonly summary: string;
  readonly tags: readonly string[];
}

const most = 50;

/** Runs without a date have no place in time, and plans are no news: both stay out. */
export function feedOf(
  studies: readonly { readonly study: StudyAnalysis; readonly title: string }[],
  settings: Pick<Settings, "site" | "title">,
): Feed {
  const { url } = settings.site;
  const titles = new Map(studies.map(({ study, title }) => [study, title]));
  const newest = newestOfAll([...titles.keys()], most, isDated).flatMap(({ group, study }) => {
    const entry = entryOf(group, study, studies.length > 1 ? titles.get(study) : undefined, settings);
    return entry === undefined ? [] : [entry];
  });
  return {
    title: publicText(settings.title, settings),
    ...(url === undefined ? {} : { url: `${url.replace(/\/+$/, "")}/` }),
    entries: newest,
  };
}

const isDated = ({ first, status }: Group): boolean => status !== "planned" && instantOf(writtenDay(first.run) ?? "") !== undefined;

function entryOf(group: Group, study: StudyAnalysis, home: string | undefined, settings: Pick<Settings, "site">): FeedEntry | undefined {
  const { run } = group.first;
  const written = writtenDay(run);
  const updated = written === undefined ? undefined : instantOf(written);
  const [line] = runLines([group], study);
  if (updated === undefined || line?.run.address === undefined) return undefined;
  const author = run.experimenter === undefined ? "" : publicName(run.experimenter, settings);
  return {
    id: run.id,
    title: publicText(`${run.id} ${line.run.title}`, settings),
    address: line.run.address,
    updated,
    ...(author === "" ? {} : { author }),
    summary: publicText(summaryOf(line, study, home, run.reason), settings),
    tags: run.tags.map((tag) => publicText(tag, settings)),
  };
}

function summaryOf({ run, chips, result, delta }: RunLine, { primary }: StudyAnalysis, home: string | undefined, reason?: string): string {
  const change = chips.map(({ text, title }) => title ?? text).join(", ");
  const text = [result?.value, result?.spread].filter(Boolean).join(" ");
  const value = result === undefined || result.word ? text : `${primary?.label ?? ""} ${text}`.trim();
  const gain = delta === undefined ? "" : `${delta.text} on its base (${delta.evidence})`;
  return [home, run.glyph.word, change, value, gain, reason].filter(Boolean).join(" · ");
}

/** The feed as XML. `idOf` makes a lasting name of an id. */
export function renderFeed(feed: Feed, idOf: (name: string) => string): string {
  const { title, url = "", entries } = feed;
  const updated = entries.reduce((latest, entry) => Math.max(latest, entry.updated), 0);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <title>${xml(title)}</title>`,
    `  <id>${xml(url === "" ? idOf(`feed ${title}`) : url)}</id>`,
    `  <updated>${instant(updated)}</updated>`,
    `  <author><name>${xml(title)}</name></author>`,
    `  <link rel="self" type="application/atom+xml" href="${xml(`${url}feed.xml`)}"/>`,
    `  <link rel="alternate" type="text/html" href="${xml(`${url}index.html`)}"/>`,
    ...entries.flatMap((entry) => [
      "  <entry>",
      `    <title>${xml(entry.title)}</title>`,
      `    <id>${xml(idOf(`run ${entry.id}`))}</id>`,
      `    <updated>${instant(entry.updated)}</updated>`,
      ...(entry.author === undefined ? [] : [`    <author><name>${xml(entry.author)}</name></author>`]),
      `    <link rel="alternate" type="text/html" href="${xml(url + entry.address)}"/>`,
      ...entry.tags.map((tag) => `    <category term="${xml(tag)}"/>`),
      `    <summary type="text">${xml(entry.summary)}</summary>`,
      "  </entry>",
    ]),
    "</feed>",
    "",
  ].join("\n");
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/\.000Z$/, "Z");

const signs: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** What XML cannot hold at all is left out, lone halves of a pair among it. */
export function xml(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "").replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}
