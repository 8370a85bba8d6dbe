// Decoders of files that only make sense whole, and of files of records, one a line.

import { type Decoder, fault, type Item } from "./item.ts";
import { joined, Lines } from "./lines.ts";

/** Keeps at most `limit` bytes; a larger file is a fault and nothing else. */
export function openWhole(limit: number, read: (text: string) => readonly Item[]): Decoder {
  let parts: Uint8Array[] = [];
  let size = 0;
  return {
    push: (bytes) => {
      size += bytes.length;
      if (size > limit) parts = [];
      else parts.push(new Uint8Array(bytes));
      return [];
    },
    end: () => {
      if (size > limit) return [fault(`${size} bytes; at most ${limit} are read of such a file`)];
      return read(new TextDecoder().decode(joined(parts)));
    },
  };
}

/** One call per line that is not empty. */
export function openLines(longest: number, read: (line: string, number: number) => readonly Item[]): Decoder {
  const lines = new Lines({ longest });
  let number = 0;
  const each = (line: string): readonly Item[] => {
    number += 1;
    return line.trim() === "" ? [] : read(line, number);
  };
  return { push: (bytes) => lines.push(bytes).flatMap(each), end: () => lines.end().flatMap(each) };
}
