// The prose of a run: its sections by the template's headings, in any order and level, and the facts tables need from it.

import type { BodyFacts, Task } from "../record/experiment.ts";
import { findSection } from "../record/template.ts";
import { type Blocks, type Heading, type Paragraph, scanBlocks } from "./blocks.ts";
import { findLinks } from "./body-links.ts";
import { joinLines } from "./lines.ts";
import { hasLiveFence } from "./live-fences.ts";

/** Sections cut the body at every heading: each holds the text up to the next heading of any level. */
export interface Section {
  /** Of the template; absent for headings of the author's own and for a repeated one (the first wins). */
  readonly key?: string;
  readonly heading: string;
  readonly level: number;
  /** Start of the heading's line. */
  readonly start: number;
  /** After the heading's line end. */
  readonly bodyStart: number;
  /** Start of the next heading, or the end of the text. */
  readonly end: number;
}

export interface Duplicate {
  readonly key: string;
  readonly heading: string;
  readonly start: number;
}

export interface ScannedBody {
  readonly sections: readonly Section[];
  readonly facts: BodyFacts;
  /** Repeated template headings: what stands under them is not read. */
  readonly duplicates: readonly Duplicate[];
}

const listed = ["worked", "failed", "unexpected", "questions"] as const;
type Listed = (typeof listed)[number];

/** `start` is where the body begins, so that all offsets are those of the file. */
export function scanBody(text: string, start: number): ScannedBody {
  const blocks = scanBlocks(text, start);
  const { sections, duplicates } = findSections(blocks.headings, text.length);
  return { sections, facts: readFacts(text, start, blocks, inheritedKeys(sections, duplicates), sections), duplicates };
}

export function findSections(
  headings: readonly Heading[],
  end: number,
): { readonly sections: readonly Section[]; readonly duplicates: readonly Duplicate[] } {
  const seen = new Set<string>();
  const duplicates: Duplicate[] = [];
  const sections = headings.map((heading, index): Section => {
    const key = findSection(plainText(heading.text))?.key;
    const repeated = key !== undefined && seen.has(key);
    if (key !== undefined && repeated) duplicates.push({ key, heading: heading.text, start: heading.start });
    if (key !== undefined) seen.add(key);
    const place = {
      heading: heading.text,
      level: heading.level,
      start: heading.start,
      bodyStart: heading.bodyStart,
      end: headings[index + 1]?.start ?? end,
    };
    return key === undefined || repeated ? place : { key, ...place };
  });
  return { sections, duplicates };
}

function readFacts(
  text: string,
  start: number,
  blocks: Blocks,
  keys: readonly (string | undefined)[],
  sections: readonly Section[],
): BodyFacts {
  const facts: Record<Listed, string[]> = { worked: [], failed: [], unexpected: [], questions: [] };
  let section = -1;
  let item: Paragraph["item"];
  for (const paragraph of blocks.paragraphs) {
    while (section + 1 < sections.length && (sections[section + 1]?.start ?? 0) <= paragraph.start) section += 1;
    const texts = facts[keys[section] as Listed] as string[] | undefined;
    if (texts === undefined) continue;
    const said = plainText(
      joinLines(text.slice(paragraph.item?.box !== undefined && paragraph.first ? paragraph.item.box + 2 : paragraph.start, paragraph.end)),
    );
    if (isBlank(said)) continue;
    const last = texts.at(-1);
    // A further paragraph of the same item belongs to it.
    if (paragraph.item !== undefined && paragraph.item === item && !paragraph.first && last !== undefined)
      texts[texts.length - 1] = `${last} ${said}`;
    else texts.push(said);
    item = paragraph.item;
  }
  const live = hasLiveFence(text) ? ({ live: true } as const) : {};
  return { ...facts, ...live, tasks: readTasks(text, blocks), links: findLinks(text, start, blocks.paragraphs) };
}

/** Key of each section; one of the author's own below a template section counts as part of that, a repeated one does not. */
function inheritedKeys(sections: readonly Section[], duplicates: readonly Duplicate[]): readonly (string | undefined)[] {
  const repeated = new Set(duplicates.map((duplicate) => duplicate.start));
  const above: { readonly level: number; readonly key: string | undefined }[] = [];
  return sections.map((section) => {
    while ((above.at(-1)?.level ?? 0) >= section.level) above.pop();
    const key = section.key ?? (repeated.has(section.start) ? undefined : above.at(-1)?.key);
    above.push({ level: section.level, key });
    return key;
  });
}

function readTasks(text: string, blocks: Blocks): readonly Task[] {
  const tasks: Task[] = [];
  let line = 1;
  let counted = 0;
  const paragraphs = new Map(
    blocks.paragraphs.flatMap((paragraph) => (paragraph.first && paragraph.item?.box !== undefined ? [[paragraph.item, paragraph]] : [])),
  );
  for (const item of blocks.items) {
    if (item.box === undefined) continue;
    for (let at = text.indexOf("\n", counted); at !== -1 && at < item.box; at = text.indexOf("\n", at + 1)) {
      line += 1;
      counted = at + 1;
    }
    const end = paragraphs.get(item)?.end ?? item.end;
    tasks.push({
      text: plainText(joinLines(text.slice(item.box + 2, end))),
      done: text.charCodeAt(item.box) > 32,
      index: tasks.length,
      line,
    });
  }
  return tasks;
}

/** What a template leaves to be filled in says nothing. */
export function isBlank(text: string): boolean {
  return text === "" || (text.length <= 12 && /^(?:[.…_\-–—?]+|tbd|tba|todo|n\/a|none|\[[^\]]*\])$/i.test(text));
}

/** Longer paragraphs are cut in tables; it also bounds the work on hostile text. */
const longestText = 4000;

/** Markdown of one paragraph without its marks; for tables and lists, never written back. */
export function plainText(markdown: string): string {
  if (!/[*_`[<\\~&]/.test(markdown)) return markdown;
  return markdown
    .slice(0, longestText)
    .replace(/<!--[^>]*-->/g, "")
    .replace(/!?\[([^[\]]*)\](?:\([^()\s]*(?:\s[^()]*)?\)|\[[^[\]]*\])/g, "$1")
    .replace(/(`+)([^`]+)\1/g, "$2")
    .replace(/(\*{1,3}|~~)(?=[^\s*~])([^*~]*[^\s*~])\1/g, "$2")
    .replace(/(^|[\s(])_{1,2}(?=[^\s_])([^_]*[^\s_])_{1,2}(?=$|[\s).,;:!?])/g, "$1$2")
    .replace(/<(https?:[^\s<>]*)>/g, "$1")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .trim();
}
