// TensorBoard's event files: records with two checksums, each an Event message. Scalars of both kinds and the hparams plugin are read;
// images, histograms and texts are passed over.

import type { Json } from "../record/tree.ts";
import { Bytes } from "./bytes.ts";
import { crc32c } from "./checksum.ts";
import { type Decoder, fault, type Item } from "./item.ts";
import { doubleIn, type Field, fieldsOf, floatIn, Malformed, textIn, uint32In, uint64In, varintsOf } from "./protobuf.ts";
import { parametersIn } from "./record-items.ts";

/** Larger records hold images and graphs. */
const largestRecord = 16_000_000;

export function openTensorboard(): Decoder {
  return new EventDecoder();
}

const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;

class EventDecoder implements Decoder {
  private readonly bytes = new Bytes();
  private readonly events = new Events();
  private stopped = false;

  push(bytes: Uint8Array): readonly Item[] {
    if (this.stopped) return [];
    this.bytes.push(bytes);
    const found: Item[] = [];
    while (!this.stopped && this.record(found));
    return found;
  }

  end(): readonly Item[] {
    return this.stopped || this.bytes.size === 0 ? [] : [fault("the file ends within a record", { offset: this.bytes.offset })];
  }

  /** Reads one record where it is complete. */
  private record(found: Item[]): boolean {
    const { offset } = this.bytes;
    const head = this.bytes.peek(12);
    if (head === undefined) return false;
    const length = uint64In(head);
    if (masked(crc32c(head.subarray(0, 8))) !== uint32In(head, 8)) {
      // Where the next record begins is not known any more.
      this.stopped = true;
      found.push(fault("a length whose checksum does not match: the rest of the file is not read", { offset }));
      return false;
    }
    if (length > largestRecord) {
      this.bytes.skip(length + 16);
      return true;
    }
    const whole = this.bytes.take(length + 16);
    if (whole === undefined) return false;
    const data = whole.subarray(12, 12 + length);
    if (masked(crc32c(data)) !== uint32In(whole, 12 + length))
      found.push(fault("a record whose checksum does not match is left out", { offset }));
    else found.push(...attempt(() => this.events.read(data), offset));
    return true;
  }
}

export function attempt(read: () => readonly Item[], offset: number): readonly Item[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) return [fault(`a record cannot be read: ${error.message}`, { offset })];
    throw error;
  }
}

interface Value {
  tag: string;
  plugin?: string;
  content?: Uint8Array;
  simple?: number;
  tensor?: Uint8Array;
}

const mostTags = 100_000;

class Events {
  /** Only the first value of a tag says which plugin it is for. */
  private readonly plugins = new Map<string, string>();

  read(event: Uint8Array): readonly Item[] {
    let time: number | undefined;
    let step = 0;
    const values: Value[] = [];
    for (const field of fieldsOf(event)) {
      if (field.number === 1 && field.wire === 1) time = doubleIn(field.bytes) * 1000;
      else if (field.number === 2 && field.wire === 0) step = field.value;
      else if (field.number === 5 && field.wire === 2)
        for (const { number, ...one } of fieldsOf(field.bytes)) if (number === 1 && one.wire === 2) values.push(readValue(one.bytes));
    }
    return values.flatMap((value) => this.itemsOf(value, { step, ...(time === undefined ? {} : { time }) }));
  }

  private itemsOf(value: Value, axes: { readonly step: number; readonly time?: number }): readonly Item[] {
    if (value.plugin !== undefined && this.plugins.size < mostTags) this.plugins.set(value.tag, value.plugin);
    const plugin = this.plugins.get(value.tag);
    if (plugin === "hparams") return value.content === undefined ? [] : hparamsIn(value.content);
    if (plugin !== undefined && plugin !== "scalars") return [];
    const number = value.simple ?? (value.tensor === undefined ? undefined : scalarIn(value.tensor));
    // Lightning's placeholder for a metric of the hparams plugin.
    if (value.tag === "hp_metric" && number === -1) return [];
    return number === undefined ? [] : [{ kind: "point", name: value.tag, value: number, ...axes }];
  }
}

function readValue(bytes: Uint8Array): Value {
  const value: Value = { tag: "" };
  for (const field of fieldsOf(bytes)) {
    if (field.number === 2 && field.wire === 5) value.simple = floatIn(field.bytes);
    else if (field.wire !== 2) continue;
    else if (field.number === 1) value.tag = textIn(field.bytes);
    else if (field.number === 8) value.tensor = field.bytes;
    else if (field.number === 9)
      for (const metadata of inside(field.bytes, 1))
        for (const plugin of fieldsOf(metadata)) {
          if (plugin.wire !== 2) continue;
          if (plugin.number === 1) value.plugin = textIn(plugin.bytes);
          else if (plugin.number === 2) value.content = plugin.bytes;
        }
  }
  return value;
}

/** The messages that stand under one number. */
export function* inside(bytes: Uint8Array, number: number): Generator<Uint8Array> {
  for (const field of fieldsOf(bytes)) if (field.number === number && field.wire === 2) yield field.bytes;
}

/** How one number of each kind lies in `tensor_content`. */
const raw: Readonly<Record<number, (bytes: Uint8Array) => number>> = {
  1: (bytes) => floatIn(bytes),
  2: (bytes) => doubleIn(bytes),
  3: (bytes) => uint32In(bytes) | 0,
  4: (bytes) => bytes[0] ?? 0,
  9: (bytes) => Number(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigInt64(0, true)),
  10: (bytes) => bytes[0] ?? 0,
  14: (bytes) => floatIn(Uint8Array.from([0, 0, bytes[0] ?? 0, bytes[1] ?? 0])),
  19: (bytes) => halfOf((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8)),
};
const sizes: Readonly<Record<number, number>> = { 1: 4, 2: 8, 3: 4, 4: 1, 9: 8, 10: 1, 14: 2, 19: 2 };

function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The number of a tensor that holds one; nothing for a larger one, or one of texts. */
function scalarIn(tensor: Uint8Array): number | undefined {
  let type = 0;
  let content: Uint8Array | undefined;
  const listed: number[] = [];
  let several = false;
  for (const field of fieldsOf(tensor)) {
    if (field.number === 1 && field.wire === 0) type = field.value;
    else if (field.number === 2 && field.wire === 2)
      for (const dimension of inside(field.bytes, 2))
        for (const size of fieldsOf(dimension)) several ||= size.number === 1 && size.wire === 0 && size.value !== 1;
    else if (field.number === 4 && field.wire === 2) content = field.bytes;
    else listed.push(...listedIn(field));
  }
  const size = sizes[type];
  if (several || size === undefined) return undefined;
  if (content !== undefined && content.length === size) return raw[type]?.(content);
  const [only] = listed;
  return type === 19 && only !== undefined ? halfOf(only) : only;
}

/** `float_val`, `double_val` and their kin; packed or one by one. */
function listedIn(field: Field): readonly number[] {
  const { number } = field;
  if (number === 5 && field.wire !== 0 && field.bytes.length >= 4) return [floatIn(field.bytes)];
  if (number === 6 && field.wire !== 0 && field.bytes.length >= 8) return [doubleIn(field.bytes)];
  if (number !== 7 && number !== 10 && number !== 11 && number !== 13) return [];
  if (field.wire === 0) return [field.value];
  return field.wire === 2 ? varintsOf(field.bytes) : [];
}

/** Sessions of the hparams plugin: parameters, when it began and how it ended. */
function hparamsIn(content: Uint8Array): readonly Item[] {
  const statuses: Readonly<Record<number, string>> = { 1: "finished", 2: "failed", 3: "running" };
  const found: Item[] = [];
  for (const start of inside(content, 3))
    for (const field of fieldsOf(start)) {
      if (field.number === 1 && field.wire === 2) found.push(...parameterIn(field.bytes));
      else if (field.number === 5 && field.wire === 1) found.push({ kind: "fact", name: "started", value: doubleIn(field.bytes) * 1000 });
    }
  for (const end of inside(content, 4))
    for (const field of fieldsOf(end)) {
      const status = field.number === 1 && field.wire === 0 ? statuses[field.value] : undefined;
      if (status !== undefined) found.push({ kind: "fact", name: "status", value: status });
      if (field.number === 2 && field.wire === 1) found.push({ kind: "fact", name: "ended", value: doubleIn(field.bytes) * 1000 });
    }
  return found;
}

function parameterIn(entry: Uint8Array): readonly Item[] {
  const name = textIn([...inside(entry, 1)][0] ?? new Uint8Array());
  const value = jsonIn([...inside(entry, 2)][0] ?? new Uint8Array(), 0);
  return name === "" ? [] : parametersIn({ [name]: value }, "logger");
}

/** A google.protobuf.Value. */
function jsonIn(bytes: Uint8Array, depth: number): Json {
  for (const field of fieldsOf(bytes)) {
    if (depth > 20) return null;
    if (field.number === 2 && field.wire === 1) return doubleIn(field.bytes);
    if (field.number === 3 && field.wire === 2) return textIn(field.bytes);
    if (field.number === 4 && field.wire === 0) return field.value !== 0;
    if (field.number === 6 && field.wire === 2) return [...inside(field.bytes, 1)].map((item) => jsonIn(item, depth + 1));
    if (field.number === 5 && field.wire === 2)
      return Object.fromEntries(
        [...inside(field.bytes, 1)].map((entry) => [
          textIn([...inside(entry, 1)][0] ?? new Uint8Array()),
          jsonIn([...inside(entry, 2)][0] ?? new Uint8Array(), depth + 1),
        ]),
      );
  }
  return null;
}
