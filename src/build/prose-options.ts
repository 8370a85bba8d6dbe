// What is asked of somebody's markdown, and what it becomes.

import type { Problem } from "../base/problem.ts";
import type { StudySite } from "./context.ts";

export interface ProseOptions {
  /** Of the page. */
  readonly path: string;
  /** Of the file in the journal. */
  readonly source: string;
  /** Line of the file on which the markdown begins; 1 otherwise. */
  readonly line?: number;
  /** What live blocks are about where they do not say. */
  readonly study?: StudySite;
  /** Somebody's account of the runs: ids in running text become links, and numbers that the data contradict are marked. */
  readonly ids?: boolean;
}

export interface Prose {
  readonly html: string;
  readonly problems: readonly Problem[];
}
