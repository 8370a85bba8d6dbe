// Where in the front matter an edit belongs. A literal key `a.b` wins over the path `a` → `b`. Places whose change would
// change something else too (aliases, anchors, merge keys) are refused.

import { JournalError, type Problem } from "../base/problem.ts";
import { isMapNode, isNull, isSeqNode, type Keys, keyOf, type Matter, type MatterNode, type MatterPair } from "./edit-matter.ts";
import {
  behindAlias,
  behindAnchor,
  behindMerge,
  emptyPath,
  explicitKey,
  notAMap,
  repeatedKey,
  reservedKey,
  tagged,
} from "./messages-edit.ts";
import { yaml } from "./yaml-library.ts";
import { isAlias } from "./yaml-nodes.ts";

/** One step down: a key of a map or an item of a list. */
export interface Step {
  readonly key: string | number;
  readonly parent: MatterNode;
  /** Absent for an item of a list. */
  readonly pair?: MatterPair;
  readonly value: MatterNode;
}

export interface Place {
  /** What exists of the path. */
  readonly steps: readonly Step[];
  /** What has to be made. */
  readonly rest: readonly string[];
  readonly keys: Keys;
}

const reserved: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype", ""]);

export interface LocateOptions {
  /** Keys are taken as they are: dots do not separate. */
  readonly exact?: boolean;
  /** The path will not be made where it is missing, so nothing there can be in the way. */
  readonly onlyExisting?: boolean;
}

/** `patch` is the change in words, for refusals. */
export function locate(
  matter: Matter,
  path: readonly string[],
  patch: string,
  { exact = false, onlyExisting = false }: LocateOptions = {},
): Place {
  if (path.length === 0) throw new JournalError(emptyPath());
  const found = exact
    ? follow(matter.root, path, 0, 1)
    : follow(
        matter.root,
        path.flatMap((key) => (key.includes(".") ? key.split(".") : [key])),
        0,
        Number.POSITIVE_INFINITY,
      );
  const { steps, taken } = found === undefined ? existing(matter.root, path, exact) : { steps: found, taken: path.length };
  const rest = path.slice(taken);
  for (const key of rest) if (reserved.has(key) || reserved.has(key.trim())) throw new JournalError(reservedKey(key));
  const place = { steps, rest, keys: [...steps.map((step) => step.key), ...rest] };
  if (rest.length === 0 || !onlyExisting) refuse(matter, place, path.join("."), patch);
  return place;
}

/** The whole path, longest literal keys first; nothing when it does not exist. `longest` is how many words a key may join. */
function follow(node: MatterNode, words: readonly string[], from: number, longest: number): readonly Step[] | undefined {
  if (from === words.length) return [];
  if (isSeqNode(node)) {
    const word = words[from] ?? "";
    const index = /^\d{1,6}$/.test(word) ? Number(word) : Number.NaN;
    if (!(index < node.items.length)) return undefined;
    const value = node.items[index];
    const below = follow(value, words, from + 1, longest);
    return below === undefined ? undefined : [{ key: index, parent: node, value }, ...below];
  }
  if (!isMapNode(node)) return undefined;
  for (let to = Math.min(words.length, from + Math.min(longest, 16)); to > from; to -= 1) {
    const step = stepInto(node, words.slice(from, to).join("."));
    const below = step === undefined ? undefined : follow(step.value, words, to, longest);
    if (step !== undefined && below !== undefined) return [step, ...below];
  }
  return undefined;
}

/** As far down the path as the file goes. */
function existing(root: MatterNode, path: readonly string[], exact: boolean): { readonly steps: readonly Step[]; readonly taken: number } {
  const steps: Step[] = [];
  let node = root;
  let from = 0;
  while (from < path.length - 1) {
    let step: Step | undefined;
    let to = exact ? from + 1 : path.length - 1;
    for (; to > from && step === undefined; to -= 1)
      step = isSeqNode(node) ? follow(node, path.slice(from, to), 0, 1)?.[0] : stepInto(node, path.slice(from, to).join("."));
    if (step === undefined) break;
    steps.push(step);
    node = step.value;
    from = to + 1;
  }
  return { steps, taken: from };
}

function stepInto(node: MatterNode, key: string): Step | undefined {
  const pair = isMapNode(node) ? node.items.find((candidate) => keyOf(candidate) === key) : undefined;
  return pair === undefined ? undefined : { key, parent: node, pair, value: pair.value };
}

function refuse(matter: Matter, place: Place, path: string, patch: string): void {
  const problem = obstacle(matter, place, path, patch);
  if (problem !== undefined) throw new JournalError(problem);
}

function obstacle(matter: Matter, { steps, rest }: Place, path: string, patch: string): Problem | undefined {
  const last = steps.at(-1);
  for (const step of steps) {
    const { value, parent, pair } = step;
    const at = matter.start + (value?.range?.[0] ?? pair?.key.range?.[0] ?? 0);
    if (isMapNode(parent) && parent.items.filter((other) => keyOf(other) === step.key).length > 1) return repeatedKey(String(step.key), at);
    if (isAlias(value)) {
      if (value !== last?.value || rest.length > 0 || anchors(matter).has(value.source)) return behindAlias(path, value.source, patch, at);
    } else if (value?.anchor !== undefined) return behindAnchor(path, value.anchor, patch, at);
    else if (step === last && rest.length === 0 && value?.tag !== undefined) return tagged(path, value.tag, patch, at);
    if (step === last && pair?.srcToken !== undefined && pair.srcToken.start.some((token) => token.type === "explicit-key-ind"))
      return explicitKey(path, patch, at);
  }
  if (rest.length === 0) return undefined;
  const holder = last === undefined ? matter.root : last.value;
  const at = matter.start + (holder?.range?.[0] ?? 0);
  if (isMapNode(holder)) {
    if (holder.anchor !== undefined) return behindAnchor(path, holder.anchor, patch, at);
    return holder.items.some((pair) => keyOf(pair) === "<<") ? behindMerge(path, patch, at) : undefined;
  }
  return isNull(holder) ? undefined : notAMap(steps.map((step) => step.key).join(".") || "the front matter", patch, at);
}

function anchors(matter: Matter): ReadonlySet<string> {
  const names = new Set<string>();
  if (matter.document === undefined) return names;
  const { isNode, visit } = yaml();
  visit(matter.document, (_, node) => {
    if (isNode(node) && !isAlias(node) && node.anchor !== undefined) names.add(node.anchor);
  });
  return names;
}
