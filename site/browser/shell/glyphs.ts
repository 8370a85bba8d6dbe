// A glyph by its word or by the word's first letter, for data that hold no more.

import type { Glyph } from "../../../src/report/page.ts";

const marks: Readonly<Record<Glyph["word"], Glyph["mark"]>> = {
  kept: "●",
  discarded: "○",
  undecided: "◇",
  failed: "×",
  lost: "×",
  running: "◐",
  planned: "◌",
};

export function glyphNamed(name: string): Glyph {
  const word = (Object.keys(marks) as Glyph["word"][]).find((known) => known === name || (name.length === 1 && known.startsWith(name)));
  return { mark: marks[word ?? "undecided"], word: word ?? "undecided" };
}
