// The wire format of protocol buffers: numbered fields, without their schema.

export type Field =
  | { readonly number: number; readonly wire: 0; readonly value: number }
  /** Eight bytes, a length and its bytes, four bytes. */
  | { readonly number: number; readonly wire: 1 | 2 | 5; readonly bytes: Uint8Array };

export class Malformed extends Error {}

/** Throws `Malformed` for bytes that end too soon or are none of the kind. */
export function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  const reader = new Reader(bytes);
  while (!reader.done()) {
    const key = reader.varint();
    const number = Math.floor(key / 8);
    const wire = key % 8;
    if (wire === 0) yield { number, wire, value: reader.varint() };
    else if (wire === 1) yield { number, wire, bytes: reader.take(8) };
    else if (wire === 2) yield { number, wire, bytes: reader.take(reader.varint()) };
    else if (wire === 5) yield { number, wire, bytes: reader.take(4) };
    else throw new Malformed(`an unknown kind of field, ${wire}`);
  }
}

/** A packed list of integers. */
export function varintsOf(bytes: Uint8Array): readonly number[] {
  const reader = new Reader(bytes);
  const found: number[] = [];
  while (!reader.done()) found.push(reader.varint());
  return found;
}

class Reader {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  done(): boolean {
    return this.at >= this.bytes.length;
  }

  /** As a signed 64-bit integer; beyond 2^53 the nearest number. */
  varint(): number {
    let low = 0;
    let scale = 1;
    let big = 0n;
    for (let count = 0; count < 10; count += 1) {
      const byte = this.bytes[this.at];
      if (byte === undefined) throw new Malformed("the bytes end inside a number");
      this.at += 1;
      if (count < 7) low += (byte & 127) * scale;
      else big |= BigInt(byte & 127) << BigInt(7 * count);
      scale *= 128;
      if (byte < 128) return count < 7 ? low : Number(BigInt.asIntN(64, big | BigInt(low)));
    }
    throw new Malformed("a number of more than 64 bits");
  }

  take(count: number): Uint8Array {
    if (count < 0 || this.at + count > this.bytes.length) throw new Malformed("the bytes end inside a field");
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const doubleIn = (bytes: Uint8Array, at = 0): number => view(bytes).getFloat64(at, true);
export const uint32In = (bytes: Uint8Array, at = 0): number => view(bytes).getUint32(at, true);
/** Up to 2^53, what lies above is rounded. */
export const uint64In = (bytes: Uint8Array, at = 0): number => uint32In(bytes, at) + uint32In(bytes, at + 4) * 2 ** 32;

/** The shortest decimal that is this very float: 0.1 was written, and not 0.10000000149011612. */
export function floatIn(bytes: Uint8Array, at = 0): number {
  const value = view(bytes).getFloat32(at, true);
  if (!Number.isFinite(value) || Number.isInteger(value)) return value;
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

const decoder = new TextDecoder();
export const textIn = (bytes: Uint8Array): string => decoder.decode(bytes);
