// Text between two offsets → a `Tree` with absolute places. Plain documents take the fast lane; everything else goes to
// `yaml`. A document with errors is repaired line by line, each repair with its own problem, so that the rest stays readable.

import type { Problem } from "../base/problem.ts";
import type { Tree } from "../record/tree.ts";
import { documentEnd, frontMatterTooLarge, severalDocuments, tooDeep } from "./messages.ts";
import type { Diagnosis, Patient } from "./yaml-doctor.ts";
import { diagnose, diagnoseTrap } from "./yaml-doctor.ts";
import { readPlainYaml } from "./yaml-lane.ts";
import { yaml } from "./yaml-library.ts";
import type { Converted } from "./yaml-tree.ts";
import { depthLimit, toTree } from "./yaml-tree.ts";

export const yamlLimit = 64_000;
/** A file with more broken lines than this is told about these first. */
const roundLimit = 12;

export interface YamlOptions {
  /** `false` reads everything with the library. */
  readonly lane?: boolean;
}

export interface ParsedYaml {
  /** Absent when the document is empty, or not readable at all. */
  readonly tree?: Tree;
  readonly problems: readonly Problem[];
  /** Anchors or aliases are in use: a child that lies outside its parent's range stands behind an alias. */
  readonly anchors: boolean;
}

export function parseYaml(text: string, start: number, end: number, options: YamlOptions = {}): ParsedYaml {
  if (end - start > yamlLimit) return { problems: [frontMatterTooLarge(start, end - start, yamlLimit)], anchors: false };
  if (options.lane !== false) {
    const tree = readPlainYaml(text, start, end);
    if (tree !== undefined) return { tree, problems: [], anchors: false };
  }
  const block = new Block(text, start, end);
  const deep = nestedTooDeep(block.lines);
  if (deep !== -1) return { problems: [tooDeep(block.starts[deep] ?? start, depthLimit)], anchors: false };
  const cut = cutDocument(block);
  const { converted, problems } = treat(block);
  const all = [...problems, ...cut, ...converted.problems].sort((one, other) => (one.offset ?? 0) - (other.offset ?? 0));
  return { ...(converted.tree === undefined ? {} : { tree: converted.tree }), problems: all, anchors: converted.anchors };
}

/** The lines of the block as they stand after repairs, and where each of them is in the file. */
class Block {
  readonly text: string;
  readonly start: number;
  lines: string[];
  /** Offset of each line in the file. */
  readonly starts: readonly number[];
  private readonly lengths: readonly number[];
  private original: string | undefined;

  constructor(text: string, start: number, end: number) {
    this.text = text;
    this.start = start;
    this.original = text.slice(start, end);
    this.lines = this.original.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
    const starts = [start];
    for (let at = text.indexOf("\n", start); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.starts = starts;
    this.lengths = this.lines.map((line) => line.length);
  }

  /** What to parse: the very text while nothing was repaired. */
  source(): string {
    return this.original ?? this.lines.join("\n");
  }

  change(lines: ReadonlyMap<number, string>): boolean {
    let changed = false;
    for (const [index, text] of lines) {
      if (this.lines[index] === text) continue;
      this.lines[index] = text;
      changed = true;
    }
    if (changed) this.original = undefined;
    return changed;
  }

  /** Drops the given line and all below it. */
  cut(line: number): void {
    this.original = this.original?.slice(0, (this.starts[line] ?? this.start) - this.start);
    this.lines = [...this.lines.slice(0, line), ""];
  }

  placeIn(line: number, column: number): number {
    return (this.starts[line] ?? this.start) + Math.min(column, this.lengths[line] ?? 0);
  }

  /** Offset in `source()` → offset in the file: exact until a repair, exact to the line after one. */
  place(): (offset: number) => number {
    if (this.original !== undefined) return (offset) => offset + this.start;
    const begins = lineBegins(this.source());
    return (offset) => {
      const line = lineOf(begins, offset);
      return this.placeIn(line, offset - (begins[line] ?? 0));
    };
  }

  /** Offset in the file → 1-based line of the file. */
  line(offset: number): number {
    let before = 1;
    for (let at = this.text.indexOf("\n"); at !== -1 && at < this.start; at = this.text.indexOf("\n", at + 1)) before += 1;
    return before + lineOf(this.starts, offset);
  }
}

function lineBegins(text: string): readonly number[] {
  const begins = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) begins.push(at + 1);
  return begins;
}

function lineOf(begins: readonly number[], offset: number): number {
  let low = 0;
  let high = begins.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((begins[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Reads, repairs the first thing that is wrong, and reads again. */
function treat(block: Block): { readonly converted: Converted; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const seen = new Map<number, number>();
  for (let round = 0; ; round += 1) {
    const source = block.source();
    const document = yaml().parseDocument(source, {
      version: "1.2",
      schema: "core",
      merge: false,
      resolveKnownTags: false,
      uniqueKeys: false,
      prettyErrors: false,
      keepSourceTokens: true,
      logLevel: "silent",
    });
    const error = document.errors.reduce<(typeof document.errors)[number] | undefined>(
      (first, next) => (first === undefined || next.pos[0] < first.pos[0] ? next : first),
      undefined,
    );
    const begins = lineBegins(source);
    const patient = (offset: number, code: string, message: string): Patient => {
      const line = lineOf(begins, offset);
      return {
        lines: block.lines,
        code,
        message,
        line,
        column: offset - (begins[line] ?? 0),
        place: (at, column) => block.placeIn(at, column),
      };
    };
    const treatments: Diagnosis[] = [];
    const converted = (): Converted => toTree(document, { source, place: block.place(), line: (offset) => block.line(offset) });
    if (error?.code === "RESOURCE_EXHAUSTION")
      return { converted: nothing, problems: [...problems, tooDeep(block.placeIn(patient(error.pos[0], "", "").line, 0), depthLimit)] };
    let reading: Converted | undefined;
    if (error !== undefined) treatments.push(diagnose(patient(error.pos[0], error.code, error.message)));
    else {
      reading = converted();
      for (const trap of reading.traps) {
        const found = diagnoseTrap(patient(trap.at, "", ""), trap.kind);
        if (found !== undefined) treatments.push(found);
      }
    }
    if (treatments.length === 0 || round === roundLimit) return { converted: reading ?? converted(), problems };
    if (!apply(block, treatments, problems, seen)) return { converted: converted(), problems };
  }
}

const nothing: Converted = { tree: undefined, problems: [], traps: [], anchors: false };

/** One problem for each line, however often the library stumbles over it; a line that two repairs did not help is emptied. */
function apply(block: Block, treatments: readonly Diagnosis[], problems: Problem[], seen: Map<number, number>): boolean {
  let changed = false;
  for (const { problem, lines } of treatments) {
    const line = lines.keys().next().value ?? 0;
    const times = seen.get(line) ?? 0;
    for (const index of lines.keys()) seen.set(index, (seen.get(index) ?? 0) + 1);
    if (times === 0) problems.push(problem);
    changed = block.change(times > 1 ? new Map([...lines.keys()].map((index) => [index, ""])) : lines) || changed;
  }
  return changed;
}

/** Ends the block at `...` or at a second `---`; the one that opens a settings file is blanked out. */
function cutDocument(block: Block): readonly Problem[] {
  const first = block.lines.findIndex((line) => line.trim() !== "" && !line.startsWith("#"));
  const end = block.lines.findIndex(
    (line, index) => /^(?:---|\.\.\.)(?:[ \t]|$)/.test(line) && !(index === first && line.startsWith("---")),
  );
  if (end === -1) return [];
  const [mark = "", ...below] = block.lines.slice(end);
  const rest = [mark.slice(3), ...below].some((line) => line.trim() !== "" && !line.trim().startsWith("#"));
  const ends = mark.startsWith("...");
  const at = block.starts[end] ?? block.start;
  block.cut(end);
  if (!rest) return [];
  return [ends ? documentEnd(at) : severalDocuments(at)];
}

/** A guard before the library, whose composer calls itself for each level. */
function nestedTooDeep(lines: readonly string[]): number {
  return lines.findIndex((line) => {
    const brackets = line.length > 64 ? Math.max(line.split("[").length, line.split("{").length) : 0;
    const dashes = line.startsWith("- - ") ? (/^(?:- )+/.exec(line)?.[0].length ?? 0) / 2 : 0;
    return dashes > depthLimit || (brackets > 64 && scanDepth(line) > 4 * depthLimit);
  });
}

function scanDepth(line: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of line) {
    if (character === "[" || character === "{") depth += 1;
    else if (character === "]" || character === "}") depth -= 1;
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}
