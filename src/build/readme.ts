// The README of a study as its overview shows it: prose without what `journal index` writes, and the conclusion apart.

import type { Problem } from "../base/problem.ts";
import { type Heading, scanBlocks } from "../markdown/blocks.ts";
import { decode } from "../markdown/decode.ts";
import { blank } from "../markdown/empty-sections.ts";
import { removeBlocks } from "../markdown/markers.ts";
import { publicText } from "../report/private.ts";
import { readBytes } from "../store/read.ts";
import type { SiteContext, StudySite } from "./context.ts";
import { renderProse } from "./prose.ts";
import type { Prose } from "./prose-options.ts";
import { readmePath } from "./report-files.ts";

export interface Readme {
  /** HTML, "" when nothing is left. */
  readonly prose: string;
  /** HTML of the section `Conclusion`, without its heading. */
  readonly conclusion?: string;
  readonly problems: readonly Problem[];
}

/** What the prose follows from, besides all that the runs say; nothing where it holds tables and figures, which may follow from more. */
export function readmeKey(site: SiteContext, study: StudySite): string | undefined {
  const text = readText(site.journal.root, readmePath(study.study.settings.name)) ?? "";
  return /(?:```|~~~)/.test(text) ? undefined : text;
}

/** Nothing where there is no README, or none that can be read. `path` is the page's. */
export async function renderReadme(site: SiteContext, study: StudySite, path: string): Promise<Readme | undefined> {
  const source = readmePath(study.study.settings.name);
  const text = readText(site.journal.root, source);
  if (text === undefined) return undefined;
  const { prose, conclusion } = splitReadme(text);
  const render = async (markdown: string): Promise<Prose> => {
    const { html, problems } = await renderProse(site, markdown, { path, source, study, ids: true });
    return { html: publicText(html, site.journal.settings), problems };
  };
  const rest = await render(prose);
  const end = conclusion === undefined ? undefined : await render(conclusion);
  return {
    prose: rest.html.trim(),
    ...(end === undefined || end.html.trim() === "" ? {} : { conclusion: end.html.trim() }),
    problems: [...rest.problems, ...(end?.problems ?? [])],
  };
}

function readText(root: string, path: string): string | undefined {
  const { bytes } = readBytes(root, path);
  return bytes === undefined ? undefined : decode(bytes).text;
}

/** What is taken away leaves its line ends, so that line numbers stay true. */
export function splitReadme(text: string): { readonly prose: string; readonly conclusion?: string } {
  const whole = removeBlocks(text.replace(/^\ufeff/, ""));
  const { headings } = scanBlocks(whole, 0);
  const title = headings.find(({ level }) => level === 1);
  const own = headings.findIndex(({ text }) => /^conclusions?$/i.test(text.trim()));
  const at = headings[own];
  const titled = title === undefined ? whole : blank(whole, title.start, title.bodyStart);
  if (at === undefined) return { prose: titled };
  const end = endOf(headings, own, whole.length);
  return {
    prose: blank(titled, at.start, end),
    conclusion: blank(blank(titled, 0, at.bodyStart), end, whole.length),
  };
}

/** A section goes on to the next heading of its level or a higher one. */
function endOf(headings: readonly Heading[], own: number, length: number): number {
  const level = headings[own]?.level ?? 1;
  return headings.slice(own + 1).find((next) => next.level <= level)?.start ?? length;
}
