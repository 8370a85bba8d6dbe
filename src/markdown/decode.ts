// Bytes ↔ text. Nothing is normalised: the byte order mark and every line end stay where they are.

import type { Problem } from "../base/problem.ts";
import { fileTooLarge, notUtf8, nulByte, utf16 } from "./messages.ts";

/** A run is prose and a few numbers; anything larger is a mistake and would slow down everybody's build. */
export const fileLimit = 1_000_000;

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

export function decode(
  bytes: Uint8Array,
): { readonly text: string; readonly problem?: undefined } | { readonly problem: Problem; readonly text?: undefined } {
  if (bytes.length > fileLimit) return { problem: fileTooLarge(bytes.length, fileLimit) };
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return { problem: utf16() };
  const nul = bytes.indexOf(0);
  if (nul !== -1) return { problem: nulByte(nul, ...lineAt(bytes, nul)) };
  try {
    return { text: strict.decode(bytes) };
  } catch {
    const at = firstInvalid(bytes);
    return { problem: notUtf8(bytes[at] ?? 0, at, ...lineAt(bytes, at)) };
  }
}

/** A lone surrogate would be written as U+FFFD: callers check `text.isWellFormed` where text comes from outside. */
export function encode(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Line and column (1-based, UTF-16 units) of a byte whose prefix is valid UTF-8. */
function lineAt(bytes: Uint8Array, at: number): [line: number, column: number] {
  const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, at));
  const lastBreak = before.lastIndexOf("\n");
  return [before.split("\n").length, before.length - lastBreak];
}

/** Offset of the first byte that no UTF-8 sequence can hold; halving keeps it to some twenty decodings. */
function firstInvalid(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    try {
      // `stream` tolerates a sequence that is cut at the end.
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, middle), { stream: true });
      low = middle;
    } catch {
      high = middle - 1;
    }
  }
  return sequenceStart(bytes, low);
}

/** Steps back to the lead byte of a sequence that the next byte broke. */
function sequenceStart(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start > 0 && at - start < 3 && ((bytes[start - 1] ?? 0) & 0xc0) === 0x80) start -= 1;
  return start > 0 && (bytes[start - 1] ?? 0) >= 0xc0 && needed(bytes[start - 1] ?? 0) > at - start + 1 ? start - 1 : at;
}

function needed(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}
