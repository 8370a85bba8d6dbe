// A sentence with runs, links and code in it, as data: what a component prints without thinking.

import type { Glyph, RunRef } from "./page.ts";

export type Piece =
  | string
  | { readonly run: RunRef }
  | { readonly text: string; readonly address: string }
  | { readonly code: string }
  /** To be copied into a shell. */
  | { readonly command: string }
  | { readonly glyph: Glyph; readonly count: string };

export type Sentence = readonly Piece[];

/** `write "x" or `y`` : what stands between backticks is code. */
export function proseOf(text: string): Sentence {
  const parts = text.split(/`([^`]+)`/);
  return parts.flatMap((part, at): Sentence => (at % 2 === 1 ? [{ code: part }] : part === "" ? [] : [part]));
}

/** `EXP042, EXP031, EXP020 and 4 more` */
export function listRuns(runs: readonly RunRef[], most = 3): Sentence {
  const shown = runs.slice(0, most);
  const rest = runs.length - shown.length;
  const pieces = shown.flatMap((run, at): Sentence => {
    const joint = at === 0 ? [] : [at === shown.length - 1 && rest === 0 ? " and " : ", "];
    return [...joint, { run }];
  });
  return rest === 0 ? pieces : [...pieces, ` and ${rest} more`];
}

/** The words alone. */
export function plainText(sentence: Sentence): string {
  return sentence
    .map((piece) => {
      if (typeof piece === "string") return piece;
      if ("run" in piece) return piece.run.id;
      if ("glyph" in piece) return `${piece.count} ${piece.glyph.word}`;
      return "code" in piece ? piece.code : "command" in piece ? piece.command : piece.text;
    })
    .join("");
}
