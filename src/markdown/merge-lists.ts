// Lists that both sides added to. Only lists that grow by their nature are united; the values of one setting
// (`dense_units: [512, 256]`) are one value, and two different ones are a conflict.

import type { List, Tree } from "../record/tree.ts";

export type Growth = "set" | "append";

const sets: ReadonlySet<string> = new Set(["tags", "aliases", "assumptions"]);
const logs: ReadonlySet<string> = new Set(["repeats", "earlier", "attempts", "artifacts"]);

export function growthOf(path: readonly string[]): Growth | undefined {
  const [top = "", , side] = path;
  if (path.length === 1 && sets.has(top)) return "set";
  if (path.length === 1 && logs.has(top)) return "append";
  const slots = top === "metrics" && (path.length === 2 || (path.length === 3 && (side === "before" || side === "after")));
  return slots ? "append" : undefined;
}

/** A value in its text. */
export interface Located<T extends Tree = Tree> {
  readonly text: string;
  readonly tree: T;
}

/** The united list in the writing of ours; nothing when in doubt. */
export function mergeLists(base: Located | undefined, ours: Located<List>, theirs: Located<List>, growth: Growth): string | undefined {
  const old = itemsOf(base);
  const mine = itemsOf(ours);
  const other = itemsOf(theirs);
  if (growth === "append") {
    if (!old.every((item, index) => mine[index] === item && other[index] === item)) return undefined;
    let shared = old.length;
    while (shared < mine.length && mine[shared] === other[shared]) shared += 1;
    return insert(ours, theirs, other.map((_, index) => index).slice(shared));
  }
  if (old.some((item) => mine.includes(item) && !other.includes(item)))
    return rebuild(
      ours,
      mine.filter((item) => !old.includes(item) || other.includes(item)),
      other,
      old,
    );
  return insert(
    ours,
    theirs,
    other.flatMap((item, index) => (old.includes(item) || mine.includes(item) ? [] : [index])),
  );
}

function itemsOf(located: Located | undefined): readonly string[] {
  if (located === undefined) return [];
  if (located.tree.kind === "list") return located.tree.items.map((item) => located.text.slice(item.start, item.end));
  return located.tree.kind === "scalar" && located.tree.source !== "" ? [located.text.slice(located.tree.start, located.tree.end)] : [];
}

function isFlow({ text, tree }: Located): boolean {
  return text[tree.start] === "[";
}

/** Ours with the given items of theirs after its last one. */
function insert(ours: Located<List>, theirs: Located<List>, chosen: readonly number[]): string | undefined {
  const whole = ours.text.slice(ours.tree.start, ours.tree.end);
  if (chosen.length === 0) return whole;
  const last = ours.tree.items.at(-1);
  if (isFlow(ours)) {
    const added = chosen.map((index) => source(theirs, index));
    if (added.some((text) => text.includes("\n"))) return undefined;
    if (last === undefined) return `[${added.join(", ")}]`;
    const at = last.end - ours.tree.start;
    return `${whole.slice(0, at)}, ${added.join(", ")}${whole.slice(at)}`;
  }
  if (isFlow(theirs) || last === undefined || dashColumn(ours) !== dashColumn(theirs)) return undefined;
  const eol = ours.text.includes("\r\n") ? "\r\n" : "\n";
  return [whole.replace(/\s+$/, ""), ...chosen.map((index) => " ".repeat(dashColumn(ours)) + blockItem(theirs, index))].join(eol);
}

function source({ text, tree }: Located<List>, index: number): string {
  const item = tree.items[index];
  return item === undefined ? "" : text.slice(item.start, item.end);
}

function dashColumn({ text, tree }: Located): number {
  return tree.start - (text.lastIndexOf("\n", tree.start - 1) + 1);
}

/** From its dash to the end of its value. */
function blockItem({ text, tree }: Located<List>, index: number): string {
  const item = tree.items[index];
  const previous = tree.items[index - 1];
  if (item === undefined) return "";
  const dash = previous === undefined ? tree.start : text.indexOf("-", text.indexOf("\n", previous.end - 1));
  return text.slice(dash, item.end).replace(/\s+$/, "");
}

/** Where the other side also removed items, a one-line list is written anew. */
function rebuild(ours: Located<List>, kept: readonly string[], other: readonly string[], old: readonly string[]): string | undefined {
  const whole = ours.text.slice(ours.tree.start, ours.tree.end);
  if (!isFlow(ours) || whole.includes("\n")) return undefined;
  return `[${[...kept, ...other.filter((item) => !old.includes(item) && !kept.includes(item))].join(", ")}]`;
}
