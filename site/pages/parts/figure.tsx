// A chart, its caption with the legend in glyphs, and its data one click away.

import type { VNode } from "preact";
import { wayFrom } from "../../../src/base/address.ts";
import type { Figure as FigureModel } from "../../../src/report/page.ts";
import { GlyphMark } from "./run.tsx";
import { Table } from "./table.tsx";

export function Figure({ figure, path }: { readonly figure: FigureModel; readonly path: string }): VNode {
  const { slug, wide, narrow, caption, legend, data, live, failure } = figure;
  return (
    <figure id={slug} data-live={live === undefined ? undefined : wayFrom(path, live)}>
      {failure === undefined ? (
        <>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by our own build from numbers and escaped text */}
          <div class={narrow === undefined ? "chart" : "chart wide"} dangerouslySetInnerHTML={{ __html: wide }} />
          {narrow !== undefined && (
            // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by our own build from numbers and escaped text
            <div class="chart narrow" {...scrolling(narrow, figure.name)} dangerouslySetInnerHTML={{ __html: narrow }} />
          )}
        </>
      ) : (
        <p class="notice bad">{failure}</p>
      )}
      <figcaption>
        {failure === undefined && legend.map((glyph) => <GlyphMark key={glyph.word} glyph={glyph} loud />)}
        {caption.map((sentence) => (
          <span key={sentence}>{sentence}</span>
        ))}
        {data.rows.length > 0 && (
          <details class="data">
            <summary>Data</summary>
            <Table table={data} path={path} />
          </details>
        )}
      </figcaption>
    </figure>
  );
}

const widest = 400;

/** A drawing that is wider than a phone scrolls in its box, by keyboard too. */
function scrolling(svg: string, name: string): { readonly tabIndex?: number; readonly role?: "group"; readonly "aria-label"?: string } {
  const width = Number(/^<svg [^>]*?\bwidth="(\d+)/.exec(svg)?.[1] ?? 0);
  return width > widest ? { tabIndex: 0, role: "group", "aria-label": name } : {};
}
