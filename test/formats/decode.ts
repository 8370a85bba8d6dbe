// What a decoder makes of bytes, and of the same bytes cut anyhow.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Decoder, Item } from "../../src/formats/item.ts";

export function decodeAll(open: () => Decoder, bytes: Uint8Array | string, cuts: readonly number[] = []): readonly Item[] {
  const whole = typeof bytes === "string" ? Buffer.from(bytes) : Buffer.from(bytes);
  const decoder = open();
  const places = [0, ...[...cuts].map((cut) => cut % (whole.length + 1)).sort((one, other) => one - other), whole.length];
  const items = places.slice(1).flatMap((place, index) => {
    // One buffer that is overwritten after each call: a decoder keeps nothing of what it was handed.
    const part = Buffer.from(whole.subarray(places[index], place));
    const found = decoder.push(part);
    part.fill(0x21);
    return found;
  });
  return [...items, ...decoder.end()];
}

/** The items are the same for random cuts, and for one byte at a time where that is cheap. */
export function assertCutsDoNotMatter(open: () => Decoder, bytes: Uint8Array | string, runs = 30): void {
  const length = typeof bytes === "string" ? Buffer.byteLength(bytes) : bytes.length;
  const whole = decodeAll(open, bytes);
  if (length <= 3000) assert.deepEqual(decodeAll(open, bytes, [...Array(length).keys()]), whole);
  fc.assert(
    fc.property(fc.array(fc.nat(length), { maxLength: 12 }), (cuts) => {
      assert.deepEqual(decodeAll(open, bytes, cuts), whole);
    }),
    { numRuns: runs },
  );
}

export const points = (items: readonly Item[]): readonly Item[] => items.filter(({ kind }) => kind === "point");
