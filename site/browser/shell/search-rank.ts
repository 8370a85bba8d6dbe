// Which runs a reader means by a few words: ids and numbers first, then titles, tags, notes. A scan of everything, for 10,000 runs take a
// few milliseconds.

import type { RunSummary } from "../data.ts";

export type SearchRun = Pick<RunSummary, "id" | "title" | "address" | "glyph" | "tags" | "note">;

/** A run, ready to be looked through. */
export interface SearchEntry {
  readonly run: SearchRun;
  readonly name: string;
  readonly number: number;
  readonly title: string;
  readonly tags: readonly string[];
  /** All of it, lower case. */
  readonly text: string;
}

export interface SearchFound {
  /** Best first; of equals the newest. */
  readonly runs: readonly SearchRun[];
  /** Also those that are not listed. */
  readonly count: number;
}

export function searchEntry(run: SearchRun): SearchEntry {
  const name = run.id.toLowerCase();
  const title = run.title.toLowerCase();
  const tags = run.tags.map((tag) => tag.toLowerCase());
  return {
    run,
    name,
    title,
    tags,
    number: Number(/\d{1,15}/.exec(name)?.[0] ?? Number.NaN),
    text: [name, title, ...tags, (run.note ?? "").toLowerCase()].join("\n"),
  };
}

/** `entries` oldest first. */
export function searchRuns(entries: readonly SearchEntry[], words: string, most: number): SearchFound {
  const query = queryOf(words);
  if (query === undefined) return { runs: [], count: 0 };
  const ranks: SearchEntry[][] = Array.from({ length: worst + 1 }, () => []);
  let count = 0;
  for (let at = entries.length - 1; at >= 0; at--) {
    const entry = entries[at];
    const rank = entry === undefined ? undefined : rankOf(entry, query);
    if (entry === undefined || rank === undefined) continue;
    count += 1;
    const list = ranks[rank];
    if (list !== undefined && list.length < most) list.push(entry);
  }
  return {
    runs: ranks
      .flat()
      .slice(0, most)
      .map(({ run }) => run),
    count,
  };
}

interface Query {
  readonly whole: string;
  readonly words: readonly string[];
  /** `42`, `#42`, `exp42`, `EXP042` */
  readonly number?: number;
  readonly letters: string;
}

function queryOf(text: string): Query | undefined {
  const whole = text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/^#(?=\d)/, "");
  if (whole === "") return undefined;
  const [, letters = "", digits] = /^([a-z]{0,20})-?0*(\d{1,15})$/.exec(whole) ?? [];
  return { whole, words: whole.split(" "), letters, ...(digits === undefined ? {} : { number: Number(digits) }) };
}

const worst = 7;

function rankOf({ name, number, title, tags, text }: SearchEntry, { whole, words, number: wanted, letters }: Query): number | undefined {
  if (name === whole) return 0;
  if (wanted !== undefined && number === wanted && name.startsWith(letters)) return 1;
  if (!words.every((word) => text.includes(word))) return undefined;
  if (name.startsWith(whole)) return 2;
  const at = title.indexOf(whole);
  if (at === 0) return 3;
  if (at > 0) return /[a-z0-9]/.test(title.charAt(at - 1)) ? 5 : 4;
  if (tags.includes(whole)) return 4;
  return words.every((word) => title.includes(word)) ? 6 : worst;
}
