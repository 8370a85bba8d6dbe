// Steps and questions with the run that they come from.

import type { VNode } from "preact";
import type { Step } from "../../../src/report/steps.ts";
import { GlyphMark, RunId } from "./run.tsx";
import { Sentence } from "./sentence.tsx";

export interface StepsProps {
  readonly steps: readonly Step[];
  readonly path: string;
  /** What stands before each: an open box, a done one, a question mark. */
  readonly mark: "☐" | "☑" | "?";
}

export function Steps({ steps, path, mark }: StepsProps): VNode {
  return (
    <ul class="steps">
      {steps.map(({ words, run, day }, at) => (
        <li key={at}>
          <span class="mark" aria-hidden="true">
            {mark}
          </span>
          <span class="what">
            <Sentence words={words} path={path} />
          </span>
          <span class="source">
            <GlyphMark glyph={run.glyph} /> <RunId run={run} path={path} />
          </span>
          {day !== undefined && <span class="day">{day}</span>}
        </li>
      ))}
    </ul>
  );
}
