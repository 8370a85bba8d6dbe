// Links in the prose of runs that lead to no file.

import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { lineStarts, type Problem, place } from "../base/problem.ts";
import type { Journal } from "../store/journal.ts";
import { deadLink } from "./messages.ts";

/** What lies outside the journal is not looked at. */
export function deadLinks(journal: Journal): readonly Problem[] {
  const known = new Map<string, boolean>();
  const exists = (path: string): boolean => {
    const found = known.get(path) ?? existsSync(join(journal.root, path));
    known.set(path, found);
    return found;
  };
  return journal.files().flatMap(({ path, body }) => {
    const dead = body.links.filter(({ target }) => {
      const file = posix.join(posix.dirname(path), pathOf(target));
      return !file.startsWith("../") && !exists(file);
    });
    if (dead.length === 0) return [];
    const starts = lineStarts(journal.read(path).text);
    return dead.map(({ target, offset }) => place({ ...deadLink(target), offset }, path, starts));
  });
}

/** The file of an address: without `?…` and `#…`, its escapes undone. */
function pathOf(target: string): string {
  const plain = target.replace(/[?#].*$/s, "").replace(/\\(?=[!-/:-@[-`{-~])/g, "");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
