// An edit of the prose as one splice: an item or paragraph at the end of a section, a task ticked. The section's own marker,
// spacing and line ends are copied.

import { JournalError } from "../base/problem.ts";
import { type Item, scanBlocks } from "./blocks.ts";
import { findSections, isBlank, plainText, type Section } from "./body.ts";
import { asTyped } from "./edit-escape.ts";
import { placeOfSection } from "./edit-section.ts";
import type { Splice } from "./edit-splice.ts";
import { endOfLine, eolNear, nextLine } from "./lines.ts";
import { emptyText, noTask, unsafeText } from "./messages-edit.ts";

export interface BodyPlan {
  readonly splice: Splice;
  /** Headings that the splice adds, as `level text`. */
  readonly made: readonly string[];
  /** List items that the splice adds; absent where any number is in order. */
  readonly items?: number;
}

export function planAppend(text: string, bodyStart: number, name: string, item: string, task: boolean): BodyPlan {
  const typed = cleanLines(item);
  // Behind a task's box its first line is plain text whatever it says.
  const lines = task ? [typed[0] ?? "", ...asTyped(["", ...typed.slice(1)], "item").slice(1)] : asTyped(typed, "item");
  const blocks = scanBlocks(text, bodyStart);
  const { sections } = findSections(blocks.headings, text.length);
  const target = placeOfSection(text, bodyStart, sections, name);
  if (target.section === undefined)
    return {
      splice: insertBlock(text, target.at, target.headings, listItem("-", " ", lines, task, eolNear(text, target.at), "")),
      made: target.made,
      items: 1,
    };
  const { section } = target;
  const items = blocks.items.filter(
    (candidate) => candidate.depth === 0 && candidate.start >= section.bodyStart && candidate.start < section.end,
  );
  const empty = items.find((candidate) => isPlaceholder(text, candidate));
  if (empty !== undefined) return { splice: fill(text, empty, lines, task), made: [], items: 0 };
  const last = items.at(-1);
  const splice =
    last === undefined
      ? afterContent(text, section, listItem("-", " ", lines, task, eolNear(text, section.bodyStart), ""))
      : afterItem(text, items, last, lines, task);
  return { splice, made: [], items: 1 };
}

export function planText(text: string, bodyStart: number, name: string, prose: string): BodyPlan {
  const eol = eolNear(text, bodyStart);
  const paragraph = asTyped(cleanLines(prose), "text").join(eol);
  const { sections } = findSections(scanBlocks(text, bodyStart).headings, text.length);
  const target = placeOfSection(text, bodyStart, sections, name);
  if (target.section === undefined) return { splice: insertBlock(text, target.at, target.headings, paragraph), made: target.made };
  return { splice: afterContent(text, target.section, paragraph), made: [] };
}

export function planTick(
  text: string,
  bodyStart: number,
  task: number,
  done: boolean,
): { readonly splice?: Splice; readonly text: string } {
  const { items, paragraphs } = scanBlocks(text, bodyStart);
  const tasks = items.filter((item) => item.box !== undefined);
  const item = tasks[task];
  if (item?.box === undefined) throw new JournalError(noTask(task, tasks.length));
  const said = plainText(text.slice(item.box + 2, paragraphs.find((paragraph) => paragraph.item === item)?.end ?? item.end).trim());
  const ticked = text.charCodeAt(item.box) > 32;
  return ticked === done ? { text: said } : { text: said, splice: { start: item.box, end: item.box + 1, text: done ? "x" : " " } };
}

/** The text of a note: no blank ends, no blank lines that would end a list, tabs and line ends made plain. */
function cleanLines(typed: string): readonly string[] {
  const lines = typed
    .replace(/\r\n?/g, "\n")
    .trim()
    .split("\n")
    .map((line) => line.trimEnd());
  if (lines[0] === "") throw new JournalError(emptyText());
  return lines;
}

function listItem(marker: string, gap: string, lines: readonly string[], task: boolean, eol: string, indent: string): string {
  const deep = indent + " ".repeat(marker.length + gap.length);
  return lines
    .map((line, index) => (index === 0 ? `${indent}${marker}${gap}${task ? "[ ] " : ""}${line}` : line === "" ? "" : deep + line))
    .join(eol);
}

/** `- …`, `-`, `- [ ]`: an item a template left to be filled. */
function isPlaceholder(text: string, item: Item): boolean {
  const content = text.slice(item.start + item.marker.length, item.end).trim();
  return isBlank(content.replace(/^\[[ \t]?\]/, "").trim());
}

function fill(text: string, item: Item, lines: readonly string[], task: boolean): Splice {
  const markerEnd = item.start + item.marker.length;
  const box = /^[ \t]+\[[ \t]\]/.exec(text.slice(markerEnd, item.end))?.[0];
  const start = markerEnd + (box?.length ?? 0);
  const gap = /^[ \t]+/.exec(text.slice(start, endOfLine(text, start)))?.[0] ?? " ";
  const indent = " ".repeat(item.marker.length + 1);
  const body = lines
    .map((line, index) => (index === 0 || line === "" ? line : text.slice(item.line, item.start) + indent + line))
    .join(eolNear(text, item.end));
  // Blanks after a bare marker are used up, not left behind the text.
  const end = Math.max(
    item.end,
    start +
      (gap.length < 5 && text.slice(start, endOfLine(text, start)).trim() === ""
        ? Math.min(gap.length, endOfLine(text, start) - start)
        : 0),
  );
  return { start, end, text: `${gap.length < 5 ? gap : " "}${task && box === undefined ? "[ ] " : ""}${body}` };
}

function afterItem(text: string, items: readonly Item[], last: Item, lines: readonly string[], task: boolean): Splice {
  const eol = eolNear(text, last.end + 1);
  const gap = /^[ \t]{1,4}(?=\S)/.exec(text.slice(last.start + last.marker.length, last.end))?.[0] ?? " ";
  const before = items.at(-2);
  const loose = before !== undefined && nextLine(text, before.end) < last.line;
  const indent = text.slice(last.line, last.start);
  const fresh = listItem(followingMarker(last, before), gap, lines, task, eol, /^[ \t]*$/.test(indent) ? indent : "");
  const at = endOfLine(text, last.end);
  return { start: at, end: at, text: `${eol}${loose ? eol : ""}${fresh}` };
}

/** `3.` after `2.`, but `1.` after `1.` `1.`. */
function followingMarker(last: Item, before: Item | undefined): string {
  const number = Number.parseInt(last.marker, 10);
  if (Number.isNaN(number) || before?.marker === last.marker) return last.marker;
  return `${number + 1}${last.marker.slice(-1)}`;
}

/** Below everything that stands in the section itself, before its next heading. */
function afterContent(text: string, section: Section, fresh: string): Splice {
  const eol = eolNear(text, section.bodyStart);
  const content = text.slice(section.bodyStart, section.end);
  const kept = content.trimEnd();
  if (kept !== "") {
    const at = endOfLine(text, section.bodyStart + kept.length);
    const next = nextLine(text, at);
    const crowded = next < text.length && next === section.end;
    return { start: at, end: at, text: `${eol}${eol}${fresh}${crowded ? eol : ""}` };
  }
  const at = section.bodyStart;
  const headless = at === text.length && text.charAt(at - 1) !== "\n";
  if (headless) return { start: at, end: at, text: `${eol}${eol}${fresh}` };
  // Directly below the heading only where this file's headings are written so.
  const tight = content === "" && section.end < text.length;
  return { start: at, end: at, text: `${tight ? "" : eol}${fresh}${eol}` };
}

/** A new section at a line start, with a blank line on either side. */
function insertBlock(text: string, at: number, headings: readonly string[], fresh: string): Splice {
  const eol = eolNear(text, at);
  const before = text.slice(0, at);
  const open = before === "" || before === "\ufeff" || /\n[ \t]*\r?\n$/.test(before.slice(-20));
  const ended = before === "" || before.endsWith("\n");
  const lead = open ? "" : ended ? eol : `${eol}${eol}`;
  const block = `${lead}${[...headings, fresh].join(`${eol}${eol}`)}`;
  // What ended without a line end still does.
  const tail = at < text.length ? `${eol}${eol}` : ended ? eol : "";
  return { start: at, end: at, text: `${block}${tail}` };
}

/** Refuses when the body does not read as before plus what was asked for. */
export function proveBody(before: string, after: string, bodyStart: number, plan: BodyPlan, name: string): void {
  const old = scanBlocks(before, bodyStart);
  const now = scanBlocks(after, bodyStart);
  const outline = (blocks: typeof old): string[] => blocks.headings.map((heading) => `${heading.level} ${heading.text}`);
  const headings = outline(now);
  const at = old.headings.filter((heading) => heading.start < plan.splice.start).length;
  const made = headings.splice(at, plan.made.length);
  const grown = plan.splice.text.length - (plan.splice.end - plan.splice.start);
  const shift = (offset: number): number => (offset >= plan.splice.end ? offset + grown : offset);
  const boxes = new Set(now.items.map((item) => item.box));
  const kept = old.items.every((item) => item.box === undefined || boxes.has(shift(item.box)));
  const same = made.join("\n") === plan.made.join("\n") && headings.join("\n") === outline(old).join("\n");
  const counted = plan.items === undefined || now.items.length === old.items.length + plan.items;
  if (!same || !kept || !counted || plan.splice.start < bodyStart)
    throw new JournalError(unsafeText(name, `add \`${plan.splice.text.trim().slice(0, 200)}\``));
}
