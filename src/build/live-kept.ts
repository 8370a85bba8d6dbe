// Pages that an earlier `serve` made, in `.journal/cache/served/`: with the same program and the same files behind all of them they are the
// pages of now, and nothing has to be analysed to show them. Disposable: whatever is damaged or of other files is not found, and whatever
// cannot be written is done without.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../base/hash.ts";
import { once } from "../base/once.ts";
import { readBuiltFrom } from "../store/git-built.ts";
import type { Journal } from "../store/journal.ts";
import { makePrivateFolder } from "../store/root.ts";
import { overwrite } from "../store/writer.ts";
import type { Assets } from "./assets.ts";
import { prune } from "./chart-cache.ts";
import { filesBehind } from "./inputs.ts";
import type { Content } from "./plan.ts";
import { siteKey } from "./site-key.ts";

export interface Shown {
  readonly content: Content;
  /** Of the content. */
  readonly hash: string;
}

/** Makes a page anew; nothing where there is none. */
export type Make = (address: string) => Promise<Shown | undefined>;

/** Of all pages together; the oldest go first. */
const mostBytes = 32 * 2 ** 20;
const mostOfOne = 2 ** 21;
const folder = [".journal", "cache", "served"] as const;

/** Nothing is looked at before a page is found. `since` is a time before any file of the journal was read. */
export function openKept(journal: Journal, assets: Assets, since: number): Make {
  const files = once(() => keyOfFiles(journal, assets, since));
  const both = once(async () => keyOfBoth(files(), await readBuiltFrom(journal.root)));
  return async (address) => {
    const found = read(pathOf(journal.root, address));
    if (found === undefined || files() === "") return undefined;
    return found.key === (tellsOfGit(address, found.page) ? await both() : files()) ? found.page : undefined;
  };
}

/**
 * Of a journal whose files are still as they were read, `since` before: what was saved at that moment or later may be on some of its pages.
 * Of what git knows nobody looked whether it is still so: what tells of it is made once more.
 */
export async function keepPages(
  journal: Journal,
  assets: Assets,
  { pages, since, make }: { readonly pages: ReadonlyMap<string, Promise<Shown | undefined>>; readonly since: number; readonly make: Make },
): Promise<void> {
  const { root } = journal;
  const files = keyOfFiles(journal, assets, since);
  if (files === "") return;
  const both = keyOfBoth(files, await readBuiltFrom(root));
  for (const [address, made] of pages) {
    const page = await made.catch(() => undefined);
    if (page === undefined) continue;
    if (!tellsOfGit(address, page)) write(root, address, files, page);
    else write(root, address, both, (await make(address)) ?? page);
  }
  prune(join(root, ...folder), mostBytes);
}

/** "" where looking does not tell what pages are made of. */
function keyOfFiles(journal: Journal, assets: Assets, since: number): string {
  const files = filesBehind(journal, since);
  return files === "" ? "" : sha256(`${siteKey(assets, "live")} ${files}`);
}

const keyOfBoth = (files: string, built: unknown): string => sha256(`${files} ${JSON.stringify(built)}`);

const tellsOfGit = (address: string, { content }: Shown): boolean =>
  address === "data/site.js" || (typeof content === "string" && /numbers as of [0-9a-f]{7}/.test(content));

const pathOf = (root: string, address: string): string => join(root, ...folder, sha256(address).slice(0, 32));

function read(path: string): { readonly key: string; readonly page: Shown } | undefined {
  try {
    const text = readFileSync(path, "utf8");
    const end = text.indexOf("\n");
    const [key = "", hash = ""] = text.slice(0, end).split(" ");
    const content = text.slice(end + 1);
    return hash === sha256(content) ? { key, page: { content, hash: hash.slice(0, 16) } } : undefined;
  } catch {
    return undefined;
  }
}

function isKept(path: string, head: string): boolean {
  try {
    return readFileSync(path, "utf8").startsWith(head);
  } catch {
    return false;
  }
}

/** Bytes are files of the journal, which lie there anyway. A page that lies there as it is stays. */
function write(root: string, address: string, key: string, { content }: Shown): void {
  if (typeof content !== "string" || content.length > mostOfOne) return;
  try {
    const head = `${key} ${sha256(content)}\n`;
    const path = pathOf(root, address);
    if (isKept(path, head)) return;
    makePrivateFolder(root, ...folder.slice(1));
    overwrite(path, head + content);
  } catch {
    // the next start makes it again
  }
}
