// Links in prose that lead to no file.

import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { lineStarts, type Problem, place } from "../base/problem.ts";
import type { BodyFacts } from "../record/experiment.ts";
import type { Journal } from "../store/journal.ts";
import { deadLink } from "./messages.ts";

/** Of the runs. */
export function deadLinks(journal: Journal): readonly Problem[] {
  const exists = finder(journal.root);
  return journal.files().flatMap(({ path, body }) => deadLinksOf({ path, links: body.links }, () => journal.read(path).text, exists));
}

export type Exists = (path: string) => boolean;

/** Asks the disk once for each path from the root. */
export function finder(root: string): Exists {
  const known = new Map<string, boolean>();
  return (path) => {
    const found = known.get(path) ?? existsSync(join(root, path));
    known.set(path, found);
    return found;
  };
}

/** Of one file; its text is read for the places only. What lies outside the journal is not looked at. */
export function deadLinksOf(
  { path, links }: { readonly path: string; readonly links: BodyFacts["links"] },
  text: () => string,
  exists: Exists,
): readonly Problem[] {
  const dead = links.filter(({ target }) => {
    const file = posix.join(posix.dirname(path), pathOf(target));
    return !file.startsWith("../") && !exists(file);
  });
  if (dead.length === 0) return [];
  const starts = lineStarts(text());
  return dead.map(({ target, offset }) => place({ ...deadLink(target), offset }, path, starts));
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
