// The numbers at the head of a page.

import type { VNode } from "preact";
import type { Headline } from "../../../src/report/headlines.ts";
import { Sentence } from "./sentence.tsx";

export function Headlines({ headlines, path }: { readonly headlines: readonly Headline[]; readonly path: string }): VNode | null {
  if (headlines.length === 0) return null;
  return (
    <dl class="numbers">
      {headlines.map(({ label, value, tone, lines }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd class={tone === undefined ? "number" : `number ${tone}`}>{value}</dd>
          {lines.map((words, at) => (
            <dd key={at} class="line">
              <Sentence words={words} path={path} />
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
