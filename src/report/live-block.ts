// A live block as its author asks for it: the words after ` ```journal `, and the YAML below them.

import type { Problem } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import type { Scalar, Tree } from "../record/tree.ts";
import { notAMap, unknownBlock, unknownKey, wrongValue } from "./messages.ts";

export type BlockKind = "table" | "chart" | "compare" | "best" | "impact";

export interface LiveBlock {
  readonly kind: BlockKind;
  readonly title?: string;
  /** As written; `.` is the default one. */
  readonly study?: string;
  /** Filter text. */
  readonly where?: string;
  /** References as written. */
  readonly runs?: readonly string[];
  readonly columns?: readonly string[];
  readonly sort?: string;
  readonly limit?: number;
  /** Commit, tag or branch, as written. */
  readonly asOf?: string;
  /** Of `charts/`, without its ending. */
  readonly file?: string;
}

export interface ReadBlock {
  /** Absent when the kind is unknown; keys that make no sense are left out of it. */
  readonly block?: LiveBlock;
  /** With offsets into the text that the tree was read from. */
  readonly problems: readonly Problem[];
}

type Key = "title" | "study" | "where" | "runs" | "columns" | "sort" | "limit" | "as_of" | "file";

const shared: readonly Key[] = ["title", "study", "where", "runs", "as_of"];
export const keys: Readonly<Record<BlockKind, readonly Key[]>> = {
  table: [...shared, "columns", "sort", "limit"],
  chart: [...shared, "columns", "sort", "limit", "file"],
  compare: [...shared, "columns", "sort", "limit"],
  best: [...shared, "columns", "limit"],
  impact: [...shared, "columns", "limit"],
};
export const kinds: readonly BlockKind[] = ["table", "chart", "compare", "best", "impact"];
const isKind = (word: string): word is BlockKind => (kinds as readonly string[]).includes(word);

/** An empty block asks for everything. */
export function readBlock(kind: string, tree: Tree | undefined): ReadBlock {
  if (!isKind(kind)) return { problems: [unknownBlock(kind, kinds, suggest(kind, kinds))] };
  if (tree === undefined || (tree.kind === "scalar" && tree.source.trim() === "")) return { block: { kind }, problems: [] };
  if (tree.kind !== "dict") return { block: { kind }, problems: [{ ...notAMap(kind), offset: tree.start }] };
  const problems: Problem[] = [];
  const read: Record<string, unknown> = { kind };
  for (const { key, keyStart, value } of tree.entries) {
    const known = keys[kind].find((one) => one === key);
    const found =
      known === undefined
        ? unknownKey(key, kind, keys[kind], suggest(key, keys[kind]))
        : readKey(known, value, (name, is) => (read[name] = is));
    if (found !== undefined) problems.push({ ...found, offset: keyStart });
  }
  return { block: read as unknown as LiveBlock, problems };
}

type Put = (name: keyof LiveBlock, value: unknown) => void;

/** What is wrong with it, or nothing. An empty value says nothing. */
function readKey(key: Key, tree: Tree, put: Put): Problem | undefined {
  if (tree.kind === "scalar" && tree.source.trim() === "") return undefined;
  if (key === "runs" || key === "columns") {
    const names = textsOf(tree);
    if (names === undefined)
      return wrongValue(key, "a list of names", key === "runs" ? "runs: [EXP001, EXP002]" : "columns: [title, changes, val_accuracy]");
    put(key, names);
    return undefined;
  }
  if (tree.kind !== "scalar")
    return key === "where"
      ? wrongValue(key, "a filter in quotes", 'where: "tag:x and val_accuracy > 87%"')
      : wrongValue(key, "one text", `${key}: …`);
  if (key === "limit") {
    const limit = Number(tree.source);
    if (!Number.isInteger(limit) || limit < 1 || limit > mostRows)
      return wrongValue(key, `a whole number from 1 to ${mostRows}`, "limit: 20");
    put("limit", limit);
    return undefined;
  }
  put(key === "as_of" ? "asOf" : key, tree.source.trim());
  return undefined;
}

/** Beyond it a table is a download, not something to read. */
export const mostRows = 1000;

/** `[a, b]`, a list of lines, or `a, b`. */
function textsOf(tree: Tree): readonly string[] | undefined {
  if (tree.kind === "scalar") return split(tree.source);
  if (tree.kind !== "list" || !tree.items.every((item): item is Scalar => item.kind === "scalar")) return undefined;
  return tree.items.map(({ source }) => source.trim()).filter((text) => text !== "");
}

const split = (text: string): readonly string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
