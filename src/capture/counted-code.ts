// Which files count as code. In a repository of several projects, most of what changes between two runs has nothing to do with them.

import { matchesGlob } from "../base/glob.ts";
import { sha256 } from "../base/hash.ts";

/** By patterns from the top of the repository; those with `!` leave out, and without any other everything else counts. */
export function countsAsCode(patterns: readonly string[]): (path: string) => boolean {
  const out = patterns.filter((one) => one.startsWith("!")).map((one) => one.slice(1));
  const only = patterns.filter((one) => !one.startsWith("!"));
  return (path) => (only.length === 0 || matchesGlob(path, only)) && !matchesGlob(path, out);
}

export interface Counted {
  /** Nothing where no file counts, which is a slip of the pen and no code. */
  readonly digest?: string;
  /** Patterns that mean no file. */
  readonly idle: readonly string[];
  /** Files that the command names and that do not count. */
  readonly outside: readonly string[];
}

/** Of what `git ls-tree -r -z` lists; `named` by the command. */
export function countCode(listing: Buffer, patterns: readonly string[], named: readonly string[]): Counted {
  const lines = listing.toString("latin1").split("\0").filter(Boolean);
  const paths = lines.map((line) => Buffer.from(line.slice(line.indexOf("\t") + 1), "latin1").toString("utf8"));
  const counts = countsAsCode(patterns);
  const counted = lines.filter((_, at) => counts(paths[at] ?? ""));
  const idle = patterns.filter((pattern) => !paths.some((path) => matchesGlob(path, [pattern.replace(/^!/, "")])));
  const digest = counted.length === 0 ? {} : { digest: sha256(counted.sort().join("\0")).slice(0, 40) };
  return { ...digest, idle, outside: named.filter((path) => !counts(path)) };
}
