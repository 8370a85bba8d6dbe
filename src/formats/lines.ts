// Bytes → lines, however they are cut. A line that never ends costs no more than its first bytes.

const newline = 10;
const carriage = 13;

export interface LineOptions {
  /** Bytes of a line that are kept; the rest of it is left out. */
  readonly longest: number;
  /** A lone carriage return ends a line too, as progress bars draw. */
  readonly carriage?: boolean;
}

export class Lines {
  private readonly options: LineOptions;
  private readonly decoder = new TextDecoder();
  private parts: Uint8Array[] = [];
  private size = 0;
  /** A carriage return has just ended a line: a line feed now belongs to it. */
  private returned = false;

  constructor(options: LineOptions) {
    this.options = options;
  }

  /** Whether a line has begun that has not ended. */
  get open(): boolean {
    return this.size > 0;
  }

  push(bytes: Uint8Array): readonly string[] {
    const found: string[] = [];
    for (let at = 0; at < bytes.length; ) {
      const second = this.returned && bytes[at] === newline;
      this.returned = false;
      if (second) {
        at += 1;
        continue;
      }
      const end = this.endFrom(bytes, at);
      if (end === -1) {
        this.keep(bytes.subarray(at));
        break;
      }
      found.push(this.take(bytes.subarray(at, end)));
      this.returned = bytes[end] === carriage;
      at = end + 1;
    }
    return found;
  }

  /** The last line, where nothing ended it. */
  end(): readonly string[] {
    return this.open ? [this.take(new Uint8Array())] : [];
  }

  private endFrom(bytes: Uint8Array, at: number): number {
    const end = bytes.indexOf(newline, at);
    if (this.options.carriage !== true) return end;
    const back = bytes.subarray(at, end === -1 ? undefined : end).indexOf(carriage);
    return back === -1 ? end : at + back;
  }

  /** A copy (a Buffer slices without one): the caller may use its buffer again. */
  private keep(bytes: Uint8Array): void {
    const room = Math.max(this.options.longest - this.size, 0);
    if (room > 0) this.parts.push(new Uint8Array(bytes.subarray(0, room)));
    this.size += bytes.length;
  }

  private take(last: Uint8Array): string {
    let line: Uint8Array;
    if (this.parts.length === 0) line = last.subarray(0, this.options.longest);
    else {
      this.keep(last);
      line = joined(this.parts);
    }
    this.parts = [];
    this.size = 0;
    const text = this.decoder.decode(line);
    return text.endsWith("\r") ? text.slice(0, -1) : text;
  }
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
