// How people name a run: its full id, the beginning of it, its number, an alias, its file.

import type { RunFile } from "./experiment.ts";

/** Made once for many look-ups. */
export interface IdIndex {
  /** Lower-cased id → id. */
  readonly exact: ReadonlyMap<string, string>;
  /** `#42` the number, `exp42` with its letters, `=exp042` the id without its suffix as written, `@big-batch` an alias → ids. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** Lower-cased ids in order, for prefixes. */
  readonly sorted: readonly string[];
}

const most = 100;
const shape = /^([a-z]{1,20})?-?(\d{1,12})(?:$|-)/;

/** Nearly every reference is a full id: the rest of the index is made when one is not. */
export function indexIds(files: Iterable<Pick<RunFile, "run"> | string>): IdIndex {
  const all = [...files];
  const exact = new Map<string, string>();
  for (const file of all) {
    const id = typeof file === "string" ? file : file.run.id;
    exact.set(id.toLowerCase(), id);
  }
  let names: IdIndex["names"] | undefined;
  let sorted: IdIndex["sorted"] | undefined;
  return {
    exact,
    get names() {
      names ??= indexNames(all);
      return names;
    },
    get sorted() {
      sorted ??= [...exact.keys()].sort();
      return sorted;
    },
  };
}

function indexNames(files: readonly (Pick<RunFile, "run"> | string)[]): IdIndex["names"] {
  const names = new Map<string, string[]>();
  const add = (name: string, id: string): void => {
    const ids = names.get(name);
    if (ids === undefined) names.set(name, [id]);
    else if (!ids.includes(id) && ids.length < most) ids.push(id);
  };
  for (const file of files) {
    const id = typeof file === "string" ? file : file.run.id;
    const match = shape.exec(id.toLowerCase());
    if (match !== null) {
      const number = Number(match[2]);
      add(`#${number}`, id);
      add(`${match[1] ?? ""}${number}`, id);
      add(`=${match[0].replace(/-$/, "")}`, id);
    }
    if (typeof file !== "string") for (const alias of file.run.aliases) add(`@${alias.toLowerCase()}`, id);
  }
  return names;
}

export type Resolved = { readonly id: string } | { readonly candidates: readonly string[] };

/** One run, or the ones it could be: none when nothing is called so. */
export function resolve(reference: string, ids: Iterable<string> | IdIndex): Resolved {
  const index = "sorted" in ids ? ids : indexIds(ids);
  const name = nameIn(reference);
  if (name === "") return { candidates: [] };
  const exact = index.exact.get(name) ?? index.exact.get(name.split("-", 2).join("-"));
  if (exact !== undefined) return { id: exact };
  const match = shape.exec(name);
  const whole = match !== null && match[0].length === name.length;
  const numbered = (whole ? index.names.get(`${match[1] ?? "#"}${Number(match[2])}`) : undefined) ?? [];
  // `EXP04` is the beginning of EXP042 and the number of EXP004: both are candidates. A bare number is a number.
  const near = match?.[1] === undefined && numbered.length > 0 ? numbered : [...new Set([...numbered, ...prefixed(name, index)])];
  return one(index.names.get(`@${name}`)) ?? one(index.names.get(`=${name}`)) ?? one(near) ?? { candidates: [] };
}

/** Folders, `.md`, `#` and case say nothing about which run is meant. */
function nameIn(reference: string): string {
  const file = reference.trim().slice(0, 300).toLowerCase().split(/[/\\]/).at(-1) ?? "";
  return file.replace(/^#/, "").replace(/\.md$/, "");
}

function one(ids: readonly string[] | undefined): Resolved | undefined {
  if (ids === undefined || ids.length === 0) return undefined;
  return ids.length === 1 && ids[0] !== undefined ? { id: ids[0] } : { candidates: ids };
}

function prefixed(name: string, index: IdIndex): readonly string[] {
  let low = 0;
  let high = index.sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((index.sorted[middle] ?? "") < name) low = middle + 1;
    else high = middle;
  }
  const found: string[] = [];
  for (let at = low; found.length < most && index.sorted[at]?.startsWith(name); at += 1) {
    const id = index.exact.get(index.sorted[at] ?? "");
    if (id !== undefined) found.push(id);
  }
  return found;
}
