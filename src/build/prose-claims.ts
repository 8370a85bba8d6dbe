// Marks the numbers of rendered prose that the data contradict, each with what the data say.

import type { Problem } from "../base/problem.ts";
import { resolve } from "../record/reference.ts";
import { type Contradiction, findContradictions, type NamedRun } from "../report/contradictions.ts";
import type { World } from "../report/live-rows.ts";
import { contradicted } from "../report/messages.ts";
import { toHtmlText } from "./html-text.ts";

/** Tags inside of a sentence; everything else ends one. */
const inline = new Set(["a", "code", "em", "strong", "del", "span", "sup", "sub", "b", "i"]);
const tag = /<(\/?)([a-z][a-z0-9]*)(?: (?:[^">]|"[^"]*")*)?>/g;

/** A stretch of text between two tags. */
interface Piece {
  /** In the sentence's text. */
  readonly at: number;
  /** In the HTML. */
  readonly start: number;
  readonly text: string;
}

export interface Marked {
  readonly html: string;
  readonly problems: readonly Problem[];
}

/** What the HTML was made of, for the lines. */
export interface ClaimSource {
  readonly path: string;
  readonly markdown: string;
  /** Of the file, on which the markdown begins. */
  readonly line?: number;
}

export function markContradictions(html: string, world: World, source: ClaimSource): Marked {
  const find = finder(world);
  const edits: { readonly at: number; readonly text: string }[] = [];
  const problems: Problem[] = [];
  for (const pieces of paragraphs(html)) {
    const text = pieces.map((piece) => piece.text).join("");
    for (const found of findContradictions(text, find)) {
      const piece = pieces.find(({ at, text: part }) => found.start >= at && found.end <= at + part.length);
      if (piece === undefined) continue;
      const from = piece.start + found.start - piece.at;
      edits.push({ at: from, text: '<span class="contradicted">' });
      edits.push({
        at: from + found.end - found.start,
        text: `</span> <span class="truth">(${toHtmlText(`${found.run} has ${found.truth}`)})</span>`,
      });
      const line = lineOf(found, source);
      const problem = contradicted(found.written, found.run, found.metric, found.truth);
      problems.push({ ...problem, path: source.path, ...(line === undefined ? {} : { line }) });
    }
  }
  return { html: insert(html, edits), problems };
}

/** Where the number stands close to the id; marks may stand between them. */
function lineOf({ run, written }: Contradiction, { markdown, line = 1 }: ClaimSource): number | undefined {
  for (let at = markdown.indexOf(written); at !== -1; at = markdown.indexOf(written, at + 1)) {
    if (markdown.slice(Math.max(0, at - reach), at + reach).includes(run)) return line + markdown.slice(0, at).split("\n").length - 1;
  }
  return undefined;
}

const reach = 400;

export function finder({ analysis, words }: World): (id: string) => NamedRun | undefined {
  return (id) => {
    const found = resolve(id, words.ids);
    if (!("id" in found) || !found.id.startsWith(id)) return undefined;
    for (const study of analysis.studies) {
      const group = study.runs.get(found.id)?.group;
      if (group !== undefined) return group.first.run.hidden ? undefined : { group, study };
    }
    return undefined;
  };
}

/** The texts of each paragraph, list item and cell; code blocks have none. */
function paragraphs(html: string): readonly (readonly Piece[])[] {
  const all: Piece[][] = [[]];
  let at = 0;
  let quiet = false;
  const add = (end: number): void => {
    const text = html.slice(at, end);
    const last = all.at(-1);
    if (text === "" || quiet || last === undefined) return;
    const before = last.at(-1);
    last.push({ at: before === undefined ? 0 : before.at + before.text.length, start: at, text });
  };
  for (const match of html.matchAll(tag)) {
    const [whole, closes = "", name = ""] = match;
    add(match.index);
    at = match.index + whole.length;
    if (name === "pre") quiet = closes === "";
    if (!inline.has(name)) all.push([]);
  }
  add(html.length);
  return all.filter((pieces) => pieces.length > 0);
}

function insert(html: string, edits: readonly { readonly at: number; readonly text: string }[]): string {
  const out: string[] = [];
  let done = 0;
  for (const { at, text } of edits) {
    out.push(html.slice(done, at), text);
    done = at;
  }
  return out.join("") + html.slice(done);
}
