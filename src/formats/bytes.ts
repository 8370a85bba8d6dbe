// Bytes that wait until enough of them are there.

import { joined } from "./lines.ts";

export class Bytes {
  /** Of the next byte, from the start of the file. */
  offset = 0;
  private parts: Uint8Array[] = [];
  private held = 0;
  private skipping = 0;

  get size(): number {
    return this.held;
  }

  push(bytes: Uint8Array): void {
    const skipped = Math.min(this.skipping, bytes.length);
    this.skipping -= skipped;
    this.offset += skipped;
    if (bytes.length === skipped) return;
    this.parts.push(new Uint8Array(bytes.subarray(skipped)));
    this.held += bytes.length - skipped;
  }

  /** The next bytes without moving on; nothing while there are too few. */
  peek(count: number): Uint8Array | undefined {
    if (this.held < count) return undefined;
    if ((this.parts[0]?.length ?? 0) < count) this.parts = [joined(this.parts)];
    return this.parts[0]?.subarray(0, count) ?? new Uint8Array();
  }

  take(count: number): Uint8Array | undefined {
    const found = this.peek(count);
    if (found !== undefined) this.skip(count);
    return found;
  }

  /** Moves on, also over bytes that are still to come. */
  skip(count: number): void {
    let left = Math.min(count, this.held);
    this.skipping += count - left;
    this.offset += left;
    this.held -= left;
    while (left > 0) {
      const [first = new Uint8Array()] = this.parts;
      if (first.length > left) {
        this.parts[0] = first.subarray(left);
        return;
      }
      this.parts.shift();
      left -= first.length;
    }
  }
}
