// An edit never leaves behind a file that its own readers refuse. What is over a limit already may shrink, but not grow.

import { JournalError, type Problem } from "../base/problem.ts";
import { encode, fileLimit } from "./decode.ts";
import { type Fences, findFences } from "./fences.ts";
import { tooDeepResult, tooLargeFile, tooLargeMatter, tooManyKeys } from "./messages-edit.ts";
import { parseYaml, yamlLimit } from "./yaml.ts";
import { depthLimit, keyLimit } from "./yaml-tree.ts";

/** Refuses before the work: this many different keys fit into no file. */
export function refuseTooMany(paths: readonly (readonly string[])[]): void {
  if (paths.length <= keyLimit) return;
  const count = new Set(paths.map((path) => path.join("\0"))).size;
  if (count > keyLimit) throw new JournalError(tooManyKeys(keyLimit));
}

/** `before` is "" for a new file. */
export function refuseUnreadable(before: string, after: string): void {
  const problem = overFile(before, after) ?? overMatter(before, after);
  if (problem !== undefined) throw new JournalError(problem);
}

function overFile(before: string, after: string): Problem | undefined {
  // No UTF-16 unit takes more than three bytes.
  if (after.length * 3 <= fileLimit) return undefined;
  const size = encode(after).length;
  return size > fileLimit && size >= encode(before).length ? tooLargeFile(size, fileLimit) : undefined;
}

const sizeOf = (fences: Fences | undefined): number => (fences === undefined ? 0 : fences.yamlEnd - fences.yamlStart);

const limits: ReadonlyMap<string, Problem> = new Map([
  ["markdown/too-many-keys", tooManyKeys(keyLimit)],
  ["markdown/too-deep", tooDeepResult(depthLimit)],
]);

function overMatter(before: string, after: string): Problem | undefined {
  const now = findFences(after);
  const old = findFences(before);
  if (now === undefined) return undefined;
  if (old !== undefined && before.slice(old.yamlStart, old.yamlEnd) === after.slice(now.yamlStart, now.yamlEnd)) return undefined;
  if (sizeOf(now) > yamlLimit) return sizeOf(now) < sizeOf(old) ? undefined : tooLargeMatter(sizeOf(now), yamlLimit);
  const over = brokenLimits(after, now);
  if (over.length === 0 || sizeOf(now) < sizeOf(old)) return undefined;
  const known = old === undefined || sizeOf(old) > yamlLimit ? [] : brokenLimits(before, old);
  const fresh = over.find((code) => !known.includes(code) || code === "markdown/too-many-keys");
  return fresh === undefined ? undefined : limits.get(fresh);
}

/** The reader itself says which limits a text breaks. */
function brokenLimits(text: string, { yamlStart, yamlEnd }: Fences): readonly string[] {
  return parseYaml(text, yamlStart, yamlEnd).problems.flatMap(({ code }) => (limits.has(code) ? [code] : []));
}
