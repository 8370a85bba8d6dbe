// An edit never leaves behind a file that its own readers refuse. What is over a limit already may shrink, but not grow.

import { JournalError, type Problem } from "../base/problem.ts";
import { encode, fileLimit } from "./decode.ts";
import { type Fences, findFences } from "./fences.ts";
import { tooDeepResult, tooLargeFile, tooLargeMatter, tooManyKeys } from "./messages-edit.ts";
import { parseYaml, yamlLimit } from "./yaml.ts";
import { depthLimit, keyLimit } from "./yaml-tree.ts";

const unchanged = "the file is unchanged";

/** Refuses before the work: this many different keys fit into no file. */
export function refuseTooMany(paths: readonly (readonly string[])[]): void {
  if (paths.length <= keyLimit) return;
  const count = new Set(paths.map((path) => path.join("\0"))).size;
  if (count > keyLimit) throw new JournalError(tooManyKeys(keyLimit, unchanged));
}

/** `before` is "" for a new file. */
export function refuseUnreadable(before: string, after: string): void {
  const kept = before === "" ? "no run was made" : unchanged;
  const problem = overFile(before, after, kept) ?? overMatter(before, after, kept);
  if (problem !== undefined) throw new JournalError(problem);
}

function overFile(before: string, after: string, kept: string): Problem | undefined {
  // No UTF-16 unit takes more than three bytes.
  if (after.length * 3 <= fileLimit) return undefined;
  const size = encode(after).length;
  return size > fileLimit && size >= encode(before).length ? tooLargeFile(size, fileLimit, kept) : undefined;
}

const sizeOf = (fences: Fences | undefined): number => (fences === undefined ? 0 : fences.yamlEnd - fences.yamlStart);

/** What the reader says → what an edit says. */
const limits: ReadonlyMap<string, (kept: string) => Problem> = new Map([
  ["markdown/too-many-keys", (kept: string) => tooManyKeys(keyLimit, kept)],
  ["markdown/too-deep", (kept: string) => tooDeepResult(depthLimit, kept)],
]);

function overMatter(before: string, after: string, kept: string): Problem | undefined {
  const now = findFences(after);
  const old = findFences(before);
  if (now === undefined) return undefined;
  if (old !== undefined && before.slice(old.yamlStart, old.yamlEnd) === after.slice(now.yamlStart, now.yamlEnd)) return undefined;
  if (sizeOf(now) > yamlLimit)
    return sizeOf(now) < sizeOf(old) ? undefined : tooLargeMatter(sizeOf(now), yamlLimit, longestKey(after, now), kept);
  const over = brokenLimits(after, now);
  if (over.length === 0 || sizeOf(now) < sizeOf(old)) return undefined;
  const known = old === undefined || sizeOf(old) > yamlLimit ? [] : brokenLimits(before, old);
  const fresh = over.find((code) => !known.includes(code) || code === "markdown/too-many-keys");
  return fresh === undefined ? undefined : limits.get(fresh)?.(kept);
}

/** The reader itself says which limits a text breaks. */
function brokenLimits(text: string, { yamlStart, yamlEnd }: Fences): readonly string[] {
  return parseYaml(text, yamlStart, yamlEnd).problems.flatMap(({ code }) => (limits.has(code) ? [code] : []));
}

/** The top-level key with the most text. */
function longestKey(text: string, { yamlStart, yamlEnd }: Fences): string {
  let longest = "";
  let most = 0;
  let key = "";
  let size = 0;
  for (const line of text.slice(yamlStart, yamlEnd).split("\n")) {
    const found = /^[\w.-]{1,100}(?=:)/.exec(line)?.[0];
    if (found !== undefined) [key, size] = [found, 0];
    size += line.length;
    if (size > most) [longest, most] = [key, size];
  }
  return longest;
}
