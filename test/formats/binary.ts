// Writers of the binary formats, for tests: the smallest files that their tools read.

import { crc32, crc32c } from "../../src/formats/checksum.ts";

export function varint(value: number | bigint): Buffer {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    bytes.push(Number(rest & 127n) | (rest > 127n ? 128 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(bytes);
}

export const int = (number: number, value: number | bigint): Buffer => Buffer.concat([varint(number * 8), varint(value)]);
export const double = (number: number, value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([varint(number * 8 + 1), bytes]);
};
export const float = (number: number, value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([varint(number * 8 + 5), bytes]);
};
export const message = (number: number, ...parts: readonly (Uint8Array | string)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
  return Buffer.concat([varint(number * 8 + 2), varint(body.length), body]);
};

const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;

/** One record of an event file. */
export function tfRecord(data: Uint8Array): Buffer {
  const head = Buffer.alloc(12);
  head.writeBigUInt64LE(BigInt(data.length));
  head.writeUInt32LE(masked(crc32c(head.subarray(0, 8))), 8);
  const tail = Buffer.alloc(4);
  tail.writeUInt32LE(masked(crc32c(data)));
  return Buffer.concat([head, data, tail]);
}

/** An event file: what stands in each Event. */
export const eventFile = (...events: readonly (readonly Uint8Array[])[]): Buffer =>
  Buffer.concat([
    tfRecord(Buffer.concat([double(1, 1), message(3, "brain.Event:2")])),
    ...events.map((parts) => tfRecord(Buffer.concat(parts))),
  ]);

const block = 32_768;

/** A W&B log of the given records, cut into chunks at the ends of the blocks. */
export function wandbLog(...records: readonly Uint8Array[]): Buffer {
  const parts: Buffer[] = [Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0])];
  let at = 7;
  const put = (bytes: Buffer): void => {
    parts.push(bytes);
    at += bytes.length;
  };
  for (const record of records) {
    for (let from = 0, first = true; first || from < record.length; first = false) {
      if (block - (at % block) < 7) put(Buffer.alloc(block - (at % block)));
      const data = record.subarray(from, from + block - (at % block) - 7);
      from += data.length;
      const last = from >= record.length;
      const chunk = Buffer.alloc(7 + data.length);
      chunk.writeUInt16LE(data.length, 4);
      chunk[6] = first ? (last ? 1 : 2) : last ? 4 : 3;
      chunk.set(data, 7);
      chunk.writeUInt32LE(crc32(chunk.subarray(6)));
      put(chunk);
    }
  }
  return Buffer.concat(parts);
}
