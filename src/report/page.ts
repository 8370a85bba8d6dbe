// The page models: everything a page shows, as plain data. `site/pages` turns them into HTML and computes nothing.

import type { Table } from "./table.ts";

export interface Glyph {
  readonly mark: "●" | "○" | "◇" | "×" | "◐" | "◌";
  readonly word: "kept" | "discarded" | "undecided" | "failed" | "lost" | "running" | "planned";
}

export interface Headline {
  readonly value: string;
  readonly label: string;
}

/** An SVG drawn at build, with the sentence that says what it shows. */
export interface Figure {
  readonly svg: string;
  readonly caption: string;
}

export interface StudyPage {
  readonly name: string;
  readonly title: string;
  readonly question?: string;
  readonly headlines: readonly Headline[];
  readonly figure?: Figure;
  readonly tables: readonly Table[];
  readonly next: readonly { readonly text: string; readonly run: string }[];
}

export interface HomePage {
  readonly title: string;
  readonly studies: readonly StudyPage[];
  readonly problems: number;
}

export interface RunPage {
  readonly id: string;
  readonly title: string;
  readonly glyph: Glyph;
  readonly facts: readonly { readonly name: string; readonly value: string; readonly run?: string }[];
  readonly reason?: string;
  readonly hypothesis?: string;
  readonly tables: readonly Table[];
  /** The body as safe HTML. */
  readonly body: string;
  /** What is wrong with the file, already worded. */
  readonly problems: readonly string[];
  /** The text as it stands, when the file could not be read. */
  readonly raw?: string;
}
