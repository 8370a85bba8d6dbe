// A sentence with runs, links, code and commands in it.

import type { VNode } from "preact";
import { wayFrom } from "../../../src/base/address.ts";
import type { Piece, Sentence as SentenceModel } from "../../../src/report/sentence.ts";
import { GlyphMark, RunId } from "./run.tsx";

export function Sentence({ words, path }: { readonly words: SentenceModel; readonly path: string }): VNode {
  return (
    <>
      {words.map((piece, at) => (
        <PieceOf key={at} piece={piece} path={path} />
      ))}
    </>
  );
}

function PieceOf({ piece, path }: { readonly piece: Piece; readonly path: string }): VNode {
  if (typeof piece === "string") return <>{piece}</>;
  if ("run" in piece) return <RunId run={piece.run} path={path} />;
  if ("glyph" in piece) return <GlyphCount piece={piece} />;
  if ("command" in piece) return <Command text={piece.command} />;
  if ("code" in piece) return <code>{piece.code}</code>;
  return <a href={wayFrom(path, piece.address)}>{piece.text}</a>;
}

function GlyphCount({ piece }: { readonly piece: Extract<Piece, { glyph: unknown }> }): VNode {
  return (
    <span class="count" title={`${piece.count} ${piece.glyph.word}`}>
      {piece.count} <GlyphMark glyph={piece.glyph} />
    </span>
  );
}

/** To be copied into a shell. */
export function Command({ text }: { readonly text: string }): VNode {
  return (
    <code class="command" data-copy="">
      {text}
    </code>
  );
}
