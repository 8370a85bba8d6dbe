// How many configurations of a study were kept, discarded, are undecided, failed, and of how many runs.

import type { Group } from "../analysis/study.ts";
import { groupThousands } from "../base/number.ts";
import type { Glyph } from "./page.ts";
import type { Piece } from "./sentence.ts";
import { glyphOf } from "./words.ts";

const order: readonly Glyph["word"][] = ["kept", "discarded", "undecided", "running", "failed", "lost", "planned"];

export interface Counts {
  readonly n: ReadonlyMap<Glyph["word"], number>;
  /** `13 ● 23 ○ 1 ◇ 9 ×` */
  readonly pieces: readonly Piece[];
  /** All that were started, and of how many configurations they are. */
  readonly runs: number;
  readonly configurations: number;
}

export function countGlyphs(groups: readonly Group[]): Counts {
  const n = new Map<Glyph["word"], number>();
  const glyphs = new Map<Glyph["word"], Glyph>();
  for (const group of groups) {
    if (isUnread(group)) continue;
    const glyph = glyphOf(group);
    glyphs.set(glyph.word, glyph);
    n.set(glyph.word, (n.get(glyph.word) ?? 0) + 1);
  }
  const pieces = order.flatMap((word): readonly Piece[] => {
    const glyph = glyphs.get(word);
    return glyph === undefined ? [] : [{ glyph, count: countText(n.get(word) ?? 0) }];
  });
  const started = groups.filter((group) => glyphOf(group).word !== "planned");
  return { n, pieces, runs: countRuns(started), configurations: started.length };
}

/** Nobody knows what it would be: it counts as nothing, and Problems names it. */
export const isUnread = ({ status, files }: Pick<Group, "status" | "files">): boolean =>
  status === "planned" && files.every(({ broken }) => broken === true);

/** A configuration may have been run several times. */
export function countRuns(groups: readonly Pick<Group, "files">[]): number {
  return groups.reduce((sum, { files }) => sum + files.length, 0);
}

/** `12,345` */
export function countText(n: number): string {
  return groupThousands(String(n));
}

/** `1 run`, `12 runs` */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${countText(n)} ${n === 1 ? one : many}`;
}
