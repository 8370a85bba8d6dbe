// A site as one file to hand on: its pages in a single folder, so that unpacking and opening index.html shows it. The same site gives the same
// bytes: sorted names, one fixed time, nothing of the machine.

import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { writeFailure } from "../store/failure.ts";
import { temporaryName } from "../store/writer.ts";

const utf8Names = 0x0800;
/** 1 January 1980, the first day there is in a zip. */
const firstDay = 0x0021;
const plainFile = 0o100644 * 0x10000;
const madeOnUnix = 3 << 8;
/** More entries, or bytes before one, than the first form of the format can count. */
const mostEntries = 0xffff;
const mostBytes = 0xffffffff;

/** `names` are ways from `folder`, forward slashes; `top` is the folder they unpack into. Gives the size in bytes. */
export function writeZip(path: string, top: string, folder: string, names: Iterable<string>): number {
  const temporary = temporaryName(dirname(path));
  try {
    const file = openSync(temporary, "wx");
    let size = 0;
    try {
      for (const bytes of zipped(top, folder, [...names].sort())) size += writeAll(file, bytes);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    return size;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw writeFailure(error, path, "the site itself is complete");
  }
}

/** One file at a time, so that no more than one is held. */
function* zipped(top: string, folder: string, names: readonly string[]): Generator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const name of names) {
    const entry = pack(`${top}/${name}`, readFileSync(join(folder, name)));
    const head = Buffer.concat([localHead(entry), entry.name]);
    yield head;
    yield entry.data;
    directory.push(directoryLine(entry, offset));
    offset += head.length + entry.data.length;
  }
  const lines = Buffer.concat(directory);
  yield lines;
  yield end(names.length, lines.length, offset);
}

interface Entry {
  readonly name: Buffer;
  readonly data: Buffer;
  readonly size: number;
  readonly sum: number;
  /** 8 deflated, 0 as it is. */
  readonly method: 0 | 8;
}

function pack(name: string, content: Buffer): Entry {
  const packed = deflateRawSync(content);
  const smaller = packed.length < content.length;
  return {
    name: Buffer.from(name),
    data: smaller ? packed : content,
    size: content.length,
    sum: crc32(content),
    method: smaller ? 8 : 0,
  };
}

/** [bytes, value] after [bytes, value]. */
function numbers(...fields: readonly (readonly [2 | 4 | 8, number])[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 8) bytes.writeBigUInt64LE(BigInt(value), at);
    else bytes.writeUIntLE(value, at, width);
    at += width;
  }
  return bytes;
}

/** What both heads of an entry say: how it is packed, when, and how large it is. */
const facts = ({ method, sum, data, size, name }: Entry, needs: number, extra: number): readonly (readonly [2 | 4, number])[] => [
  [2, needs],
  [2, utf8Names],
  [2, method],
  [2, 0],
  [2, firstDay],
  [4, sum],
  [4, data.length],
  [4, size],
  [2, name.length],
  [2, extra],
];

const localHead = (entry: Entry): Buffer => numbers([4, 0x04034b50], ...facts(entry, 20, 0));

function directoryLine(entry: Entry, offset: number): Buffer {
  const far = offset > mostBytes;
  const extra = far ? numbers([2, 1], [2, 8], [8, offset]) : Buffer.alloc(0);
  const head = numbers(
    [4, 0x02014b50],
    [2, madeOnUnix | 45],
    ...facts(entry, far ? 45 : 20, extra.length),
    [2, 0],
    [2, 0],
    [2, 0],
    [4, plainFile],
    [4, far ? mostBytes : offset],
  );
  return Buffer.concat([head, entry.name, extra]);
}

function end(count: number, size: number, offset: number): Buffer {
  const large = count > mostEntries || offset > mostBytes;
  const far = large
    ? [
        numbers([4, 0x06064b50], [8, 44], [2, madeOnUnix | 45], [2, 45], [4, 0], [4, 0], [8, count], [8, count], [8, size], [8, offset]),
        numbers([4, 0x07064b50], [4, 0], [8, offset + size], [4, 1]),
      ]
    : [];
  const shown = Math.min(count, mostEntries);
  const near = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, shown], [2, shown], [4, size], [4, Math.min(offset, mostBytes)], [2, 0]);
  return Buffer.concat([...far, near]);
}

function writeAll(file: number, bytes: Uint8Array): number {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done);
  return bytes.length;
}
