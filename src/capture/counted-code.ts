// Which files count as code. In a repository of several projects, most of what changes between two runs has nothing to do with them.

import { matchesGlob } from "../base/glob.ts";
import { sha256 } from "../base/hash.ts";

/** By patterns from the top of the repository; those with `!` leave out, and without any other everything else counts. */
export function countsAsCode(patterns: readonly string[]): (path: string) => boolean {
  const out = patterns.filter((one) => one.startsWith("!")).map((one) => one.slice(1));
  const only = patterns.filter((one) => !one.startsWith("!"));
  return (path) => (only.length === 0 || matchesGlob(path, only)) && !matchesGlob(path, out);
}

/** Of what `git ls-tree -r -z` lists; nothing where no file counts, which is a slip of the pen and no code. */
export function digestOf(listing: Buffer, patterns: readonly string[]): string | undefined {
  const counts = countsAsCode(patterns);
  const lines = listing
    .toString("latin1")
    .split("\0")
    .filter((line) => line !== "" && counts(Buffer.from(line.slice(line.indexOf("\t") + 1), "latin1").toString("utf8")));
  return lines.length === 0 ? undefined : sha256(lines.sort().join("\0")).slice(0, 40);
}
