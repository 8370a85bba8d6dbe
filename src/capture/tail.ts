// A file that grows, read by a decoder as far as it has come.

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { Decoder, Item } from "../formats/item.ts";

const chunkBytes = 1 << 18;
/** Read at a time, so that signals and the clock get their turn. */
const mostAtOnce = 1 << 20;
const shared = Buffer.alloc(chunkBytes);

/** Bytes that were there before the run tell a decoder what it needs, and are no news. */
export function feed(path: string, decoder: Decoder, bytes: number): void {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return;
  }
  try {
    for (let at = 0; at < bytes; ) {
      const count = readSync(file, shared, 0, Math.min(chunkBytes, bytes - at), at);
      if (count === 0) return;
      decoder.push(shared.subarray(0, count));
      at += count;
    }
  } finally {
    closeSync(file);
  }
}

export class Tail {
  readonly path: string;
  offset: number;
  /** Behind the last line end that was read. */
  lineEnd: number;
  private file: number | undefined;
  private readonly decoder: Decoder;
  private readonly seen: ((bytes: Uint8Array) => void) | undefined;

  constructor(path: string, decoder: Decoder, from = 0, seen?: (bytes: Uint8Array) => void) {
    this.path = path;
    this.decoder = decoder;
    this.offset = from;
    this.lineEnd = from;
    this.seen = seen;
  }

  /** What came since; whether there is more. The file is held open, so that one that is swept away is read to its end. */
  read(): { readonly items: readonly Item[]; readonly more: boolean } {
    const items: Item[] = [];
    const file = this.open();
    if (file === undefined) return { items, more: false };
    for (let done = 0; done < mostAtOnce; ) {
      const count = readQuietly(file, this.offset);
      if (count === 0) return { items, more: false };
      const bytes = shared.subarray(0, count);
      const end = bytes.lastIndexOf(10) + 1;
      if (end > 0) this.lineEnd = this.offset + end;
      this.offset += count;
      done += count;
      this.seen?.(bytes);
      // One by one: a spread of a million items would overflow the stack.
      for (const item of this.decoder.push(bytes)) items.push(item);
    }
    return { items, more: true };
  }

  end(): readonly Item[] {
    const items = this.decoder.end();
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
    return items;
  }

  private open(): number | undefined {
    try {
      this.file ??= openSync(this.path, "r");
      // A file that shrank was begun anew.
      if (fstatSync(this.file).size < this.offset) this.offset = 0;
      return this.file;
    } catch {
      return undefined;
    }
  }
}

function readQuietly(file: number, offset: number): number {
  try {
    return readSync(file, shared, 0, chunkBytes, offset);
  } catch {
    return 0;
  }
}
