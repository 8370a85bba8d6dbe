// A run as it stands in tables and sentences: its glyph with the word, its id, its title, what it changed.

import type { VNode } from "preact";
import { wayFrom } from "../../../src/base/address.ts";
import type { Chip, Glyph, RunRef } from "../../../src/report/page.ts";

/** One of the six shapes, with its word for those who cannot see it. `loud` shows the word beside it. */
export function GlyphMark({ glyph, loud = false }: { readonly glyph: Glyph; readonly loud?: boolean }): VNode {
  return (
    <span class={`glyph ${glyph.word}`}>
      <span aria-hidden="true">{glyph.mark}</span>
      <span class={loud ? "word" : "hidden"}>{glyph.word}</span>
    </span>
  );
}

/** `path` is the page's own. */
export function RunId({ run, path }: { readonly run: RunRef; readonly path: string }): VNode {
  return run.address === undefined ? (
    <span class="id">{run.id}</span>
  ) : (
    <a class="id" href={wayFrom(path, run.address)}>
      {run.id}
    </a>
  );
}

export function RunCell({ run, path }: { readonly run: RunRef; readonly path: string }): VNode {
  return (
    <span class="run">
      <GlyphMark glyph={run.glyph} /> <RunId run={run} path={path} />{" "}
      <span class="title" title={run.title}>
        {run.title}
      </span>
    </span>
  );
}

export function Chips({ chips }: { readonly chips: readonly Chip[] }): VNode | null {
  if (chips.length === 0) return null;
  return (
    <span class="chips">
      {chips.map((chip) => (
        <code key={chip.text} class="chip" {...(chip.title === undefined ? {} : { title: chip.title })}>
          <ChipText text={chip.text} />
        </code>
      ))}
    </span>
  );
}

const longestChip = 20;

/** Where room is short the name gives way: what it changed to is what one looks for. */
function ChipText({ text }: { readonly text: string }): VNode {
  const end = text.length > longestChip ? /\s(?=\S+ → )/.exec(text)?.index : undefined;
  if (end === undefined) return <>{text}</>;
  return (
    <>
      <span class="of">{text.slice(0, end)}</span> <span class="to">{text.slice(end + 1)}</span>
    </>
  );
}
