// Line patterns of the settings, matched in a time that grows with the line alone: a state that was tried at a place is never tried
// there again. JavaScript's own expressions can take years on a line that a script prints by accident.

import { type Class, has, type Node, parsePattern, Unfit } from "./pattern-syntax.ts";

export interface Pattern {
  /** Names of the groups, in order. */
  readonly names: readonly string[];
  /** A text that every matching line holds; "" when there is none. */
  readonly literal: string;
  /** The first match at or behind `from`: what each group holds, and where the match ends. */
  match(line: string, from?: number): { readonly groups: Readonly<Record<string, string>>; readonly end: number } | undefined;
}

/** Units of a line that are looked at. */
const longestLine = 4000;
const largest = 1000;

type Step =
  | { readonly op: "class"; readonly class: Class }
  | { readonly op: "split"; readonly first: number; readonly second: number }
  | { readonly op: "jump"; readonly to: number }
  | { readonly op: "save"; readonly slot: number }
  | { readonly op: "assert"; readonly what: "start" | "end" | "word" | "inside" }
  | { readonly op: "match" };

/** The reason, in words that follow "the pattern", where it is not fit to be used. */
export function compilePattern(source: string): Pattern | { readonly unfit: string } {
  try {
    const node = parsePattern(source);
    const program: Step[] = [];
    const names: string[] = [];
    emit(node, program, names);
    program.push({ op: "match" });
    if (names.length === 0) throw new Unfit("names no value: write `(?<val_loss>[\\d.]+)` around it");
    return { names, literal: literalOf(node), match: matcher(program, names) };
  } catch (error) {
    if (error instanceof Unfit) return { unfit: error.message };
    throw error;
  }
}

function emit(node: Node, program: Step[], names: string[]): void {
  if (program.length > largest) throw new Unfit("is too large");
  if (node.kind === "class") program.push({ op: "class", class: node });
  else if (node.kind === "assert") program.push({ op: "assert", what: node.what });
  else if (node.kind === "sequence") for (const item of node.items) emit(item, program, names);
  else if (node.kind === "choice") emitChoice(node.items, program, names);
  else if (node.kind === "repeat") emitRepeat(node, program, names);
  else {
    let index = names.indexOf(node.name);
    if (index === -1) index = names.push(node.name) - 1;
    program.push({ op: "save", slot: 2 * index });
    emit(node.item, program, names);
    program.push({ op: "save", slot: 2 * index + 1 });
  }
}

function emitChoice(items: readonly Node[], program: Step[], names: string[]): void {
  const ends: number[] = [];
  for (const [index, item] of items.entries()) {
    const last = index === items.length - 1;
    const split = last ? -1 : program.push({ op: "match" }) - 1;
    emit(item, program, names);
    if (last) continue;
    ends.push(program.push({ op: "match" }) - 1);
    program[split] = { op: "split", first: split + 1, second: program.length };
  }
  for (const end of ends) program[end] = { op: "jump", to: program.length };
}

function emitRepeat(node: Node & { kind: "repeat" }, program: Step[], names: string[]): void {
  const { item, least, most, lazy } = node;
  for (let count = 0; count < least; count += 1) emit(item, program, names);
  const fork = (at: number, after: number): Step =>
    lazy ? { op: "split", first: after, second: at + 1 } : { op: "split", first: at + 1, second: after };
  if (most === Number.POSITIVE_INFINITY) {
    const at = program.push({ op: "match" }) - 1;
    emit(item, program, names);
    program.push({ op: "jump", to: at });
    program[at] = fork(at, program.length);
    return;
  }
  const forks: number[] = [];
  for (let count = least; count < most; count += 1) {
    forks.push(program.push({ op: "match" }) - 1);
    emit(item, program, names);
  }
  for (const at of forks) program[at] = fork(at, program.length);
}

/** The longest run of single characters that every match holds. */
function literalOf(node: Node): string {
  const runs = [""];
  const visit = (one: Node): void => {
    if (one.kind === "sequence") for (const item of one.items) visit(item);
    else if (one.kind === "group") visit(one.item);
    else if (one.kind === "class" && isPlain(one)) runs.push(`${runs.pop() ?? ""}${String.fromCharCode(one.ranges[0]?.[0] ?? 0)}`);
    else if (one.kind !== "assert") runs.push("");
  };
  visit(node);
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), "");
}

/** One unit that stands for itself; half a pair does not. */
function isPlain({ ranges: [first, more], not }: Class): boolean {
  return !not && first !== undefined && more === undefined && first[0] === first[1] && (first[0] < 0xd800 || first[0] > 0xdfff);
}

const wordly = (text: string, at: number): boolean => /\w/.test(text.charAt(at));

function holds(what: "start" | "end" | "word" | "inside", text: string, at: number): boolean {
  if (what === "start") return at === 0;
  if (what === "end") return at === text.length;
  return (wordly(text, at - 1) !== wordly(text, at)) === (what === "word");
}

function matcher(program: readonly Step[], names: readonly string[]): Pattern["match"] {
  /** Of each step at each place: in which call it was tried last. */
  let tried = new Uint32Array(0);
  let call = 0;
  return (whole, from = 0) => {
    const line = whole.slice(0, longestLine);
    const width = line.length + 1;
    if (tried.length < program.length * width) tried = new Uint32Array(program.length * width);
    if (call === 0xffffffff) tried.fill(0);
    call = (call % 0xffffffff) + 1;
    for (let start = from; start <= line.length; start += 1) {
      const slots = new Array<number>(2 * names.length).fill(-1);
      const end = run(program, { line, start, slots, tried, call });
      if (end === -1) continue;
      const groups: Record<string, string> = Object.create(null);
      for (const [index, name] of names.entries())
        if ((slots[2 * index + 1] ?? -1) !== -1) groups[name] = line.slice(slots[2 * index], slots[2 * index + 1]);
      return { groups, end };
    }
    return undefined;
  };
}

interface Attempt {
  readonly line: string;
  readonly start: number;
  readonly slots: number[];
  readonly tried: Uint32Array;
  readonly call: number;
}

/** Where the match ends; -1 without one. Depth first, the preferred way first, as JavaScript does. */
function run(program: readonly Step[], { line, start, slots, tried, call }: Attempt): number {
  const width = line.length + 1;
  // Triples: a step and a place still to be tried, or (step -1 - slot) an old value to put back.
  const todo: number[] = [0, start];
  while (todo.length > 0) {
    let at = todo.pop() ?? 0;
    let step = todo.pop() ?? 0;
    if (step < 0) {
      slots[-1 - step] = at;
      continue;
    }
    for (;;) {
      if (tried[step * width + at] === call) break;
      tried[step * width + at] = call;
      const what = program[step];
      if (what === undefined || what.op === "match") return at;
      if (what.op === "class") {
        if (at >= line.length || !has(what.class, line.charCodeAt(at))) break;
        at += 1;
        step += 1;
      } else if (what.op === "jump") step = what.to;
      else if (what.op === "split") {
        todo.push(what.second, at);
        step = what.first;
      } else if (what.op === "save") {
        todo.push(-1 - what.slot, slots[what.slot] ?? -1);
        slots[what.slot] = at;
        step += 1;
      } else {
        if (!holds(what.what, line, at)) break;
        step += 1;
      }
    }
  }
  return -1;
}
