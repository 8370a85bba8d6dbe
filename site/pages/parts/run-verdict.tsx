// The decision, the numbers it rests on, and what else was decided about the run.

import type { VNode } from "preact";
import type { Verdict as VerdictModel } from "../../../src/report/run-page-verdict.ts";
import { Notice } from "./notice.tsx";
import { RunId } from "./run.tsx";
import { Sentence } from "./sentence.tsx";

export function Verdict({ verdict, path }: { readonly verdict: VerdictModel; readonly path: string }): VNode {
  const { glyph, lead, ended, reason, evidence, disagreement, more } = verdict;
  return (
    <section class={`verdict ${glyph.word}`}>
      <p class="decision">
        <b class={`glyph ${glyph.word}`}>
          <span aria-hidden="true">{glyph.mark}</span> {lead}
        </b>
        {ended}.
        <Numbers verdict={verdict} path={path} />
      </p>
      {reason !== undefined && <blockquote>{reason}</blockquote>}
      {evidence !== undefined && <p class="note">Evidence: {evidence}</p>}
      {disagreement !== undefined && <Notice notice={disagreement} path={path} />}
      {more.map((line, at) => (
        <p key={at} class="note">
          <Sentence words={line} path={path} />
        </p>
      ))}
    </section>
  );
}

function Numbers({ verdict: { change, said }, path }: { readonly verdict: VerdictModel; readonly path: string }): VNode | null {
  if (change !== undefined) {
    const { delta, metric, base } = change;
    return (
      <>
        {" "}
        <b class={delta.word}>{delta.text}</b> {metric}
        {base !== undefined && (
          <>
            {" on "}
            <RunId run={base} path={path} />
          </>
        )}
        {delta.interval !== undefined && ` ${delta.interval}`}, {delta.n}
      </>
    );
  }
  if (said === undefined) return null;
  return (
    <>
      {" "}
      <Sentence words={said} path={path} />.
    </>
  );
}
