import type { VNode } from "preact";
import { wayFrom } from "../../src/base/address.ts";
import type { LineagePage, LineageRow, LineageRun } from "../../src/report/lineage-page.ts";
import type { Rails as RailsModel } from "../../src/report/lineage-rails.ts";
import { Layout } from "./layout.tsx";
import { DeltaText } from "./parts/bar.tsx";
import { Figure } from "./parts/figure.tsx";
import { Notice } from "./parts/notice.tsx";
import { Chips, GlyphMark, RunId } from "./parts/run.tsx";
import { renderPage } from "./render.tsx";

export function renderLineage(page: LineagePage): string {
  return renderPage(<Lineage page={page} />);
}

function Lineage({ page }: { readonly page: LineagePage }): VNode {
  const { frame, notices, summary, figure, rows, lanes, rest } = page;
  return (
    <Layout frame={frame}>
      <h1>Lineage</h1>
      {summary !== undefined && <p class="lead">{summary}</p>}
      {notices.map((notice) => (
        <Notice key={notice.text} notice={notice} path={frame.path} />
      ))}
      {figure !== undefined && <Figure figure={figure} path={frame.path} />}
      {rows.length > 0 && (
        <>
          <h2 id="rails">What grew from what</h2>
          <p class="note">Newest above. The thick line leads to the best; a run stands above its base.</p>
          <ol class={`lineage lanes-${Math.min(lanes, 12)}`} aria-labelledby="rails">
            {rows.map((row, at) => (
              <Row key={at} row={row} lanes={lanes} path={frame.path} />
            ))}
          </ol>
        </>
      )}
      {rest !== undefined && (
        <div class="lineage-rest">
          <Fold fold={rest} path={frame.path} />
        </div>
      )}
    </Layout>
  );
}

function Row({ row, lanes, path }: { readonly row: LineageRow; readonly lanes: number; readonly path: string }): VNode {
  const { rails } = row;
  const at = `at-${Math.min(rails.lane, 11)}`;
  if (row.kind === "run")
    return (
      <li>
        <Rails rails={rails} lanes={lanes} />
        <Run run={row} path={path} at={at} />
      </li>
    );
  if (row.kind === "stub")
    return (
      <li class="stub">
        <Rails rails={rails} lanes={lanes} />
        <span class={`node ${at}`} aria-hidden="true">
          ┄
        </span>
        <span class="muted name">
          {row.run !== undefined && (
            <>
              <RunId run={row.run} path={path} />{" "}
            </>
          )}
          {row.text}
        </span>
      </li>
    );
  return (
    <li class="folds">
      <Rails rails={rails} lanes={lanes} rest />
      <span class={`node ${at}`} aria-hidden="true">
        ·
      </span>
      <Fold fold={row} path={path} />
    </li>
  );
}

/** Drawn over the whole height of its row; where that can be tall, its lower part apart. */
function Rails({ rails, lanes, rest = false }: { readonly rails: RailsModel; readonly lanes: number; readonly rest?: boolean }): VNode {
  const { strong, best, dashed, below } = rails;
  const width = Math.min(lanes, 12) * 20;
  const down = (isBest: boolean): string =>
    below
      .filter((line) => line.best === isBest)
      .map(({ lane }) => `M${lane * 20 + 10} 0V9`)
      .join("");
  return (
    <span class="rails">
      <svg aria-hidden="true" viewBox={`0 0 ${width} 28`} preserveAspectRatio="none">
        {strong !== "" && <path d={strong} />}
        {dashed !== "" && <path class="d" d={dashed} />}
        {best !== "" && <path class="b" d={best} />}
      </svg>
      {rest && (
        <svg class="rest" aria-hidden="true" viewBox={`0 0 ${width} 9`} preserveAspectRatio="none">
          {down(false) !== "" && <path d={down(false)} />}
          {down(true) !== "" && <path class="b" d={down(true)} />}
        </svg>
      )}
    </span>
  );
}

/** `at` is the lane of its mark; in a fold there is none. */
function Run({ run, path, at }: { readonly run: LineageRun; readonly path: string; readonly at?: string }): VNode {
  const { from, also, value, delta, date, note } = run;
  return (
    <>
      <span class={at === undefined ? "mark" : `node ${at}`}>
        <GlyphMark glyph={run.run.glyph} />
      </span>
      <span class="name">
        <RunId run={run.run} path={path} />
        {from !== undefined && <span class="hidden"> from {from}</span>}{" "}
        <span class="title" title={run.run.title.length > 32 ? run.run.title : undefined}>
          {run.run.title}
        </span>
        {note !== undefined && <span class={`tag ${note}`}>{note}</span>}
      </span>
      <span class="changed">
        <Chips chips={run.chips} />
        {also.map((base) => (
          <span key={base.id} class="muted">
            {" "}
            + <RunId run={base} path={path} />
          </span>
        ))}
      </span>
      <span class="value">{value}</span>
      <span class="change">{delta !== undefined && <DeltaText delta={delta} />}</span>
      <span class="date muted">{date}</span>
    </>
  );
}

function Fold({ fold: { text, log, tries }, path }: { readonly fold: NonNullable<LineagePage["rest"]>; readonly path: string }): VNode {
  if (log !== undefined)
    return (
      <span class="lineage-fold">
        <span aria-hidden="true">▸</span> <a href={wayFrom(path, log)}>{text}</a>
      </span>
    );
  return (
    <details class="lineage-fold">
      <summary>{text}</summary>
      <ol class="tries">
        {tries.map((run) => (
          <li key={run.run.id}>
            <Run run={run} path={path} />
          </li>
        ))}
      </ol>
    </details>
  );
}
