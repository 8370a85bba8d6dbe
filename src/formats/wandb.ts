// W&B's transaction log (`run-<id>.wandb`): blocks of 32 KiB with chunks of records, each a Record message. It is the only complete
// source of an offline run. E-mail and root folder, which it holds too, are never read.

import type { Json } from "../record/tree.ts";
import { Bytes } from "./bytes.ts";
import { crc32 } from "./checksum.ts";
import { type Decoder, type FactName, fault, type Item, type Parameter, type Point } from "./item.ts";
import { joined } from "./lines.ts";
import { parseLooseJson } from "./loose-json.ts";
import { doubleIn, fieldsOf, textIn, uint32In } from "./protobuf.ts";
import { isDict, parametersIn } from "./record-items.ts";
import { attempt, inside } from "./tensorboard.ts";

const blockSize = 32_768;
const largestRecord = 16_000_000;
const header = 7;

export const isWandbLog = (head: Uint8Array): boolean => head[0] === 0x3a && head[1] === 0x57 && head[2] === 0x26 && head[3] === 0x42;

export function openWandb(): Decoder {
  return new LogDecoder();
}

class LogDecoder implements Decoder {
  private readonly bytes = new Bytes();
  private readonly records = new Records();
  private begun = false;
  /** Chunks of a record that is not complete; absent while none is open. */
  private parts: Uint8Array[] | undefined;
  private size = 0;
  private started = 0;

  push(bytes: Uint8Array): readonly Item[] {
    this.bytes.push(bytes);
    const found: Item[] = [];
    if (!this.begun && this.bytes.take(header) === undefined) return [];
    this.begun = true;
    while (this.chunk(found));
    return found;
  }

  end(): readonly Item[] {
    return this.records.end();
  }

  private chunk(found: Item[]): boolean {
    const { offset } = this.bytes;
    const left = blockSize - (offset % blockSize);
    if (left < header) {
      if (this.bytes.size === 0) return false;
      this.bytes.skip(left);
      return true;
    }
    const head = this.bytes.peek(header);
    if (head === undefined) return false;
    const length = (head[4] ?? 0) | ((head[5] ?? 0) << 8);
    const type = head[6] ?? 0;
    if ((type === 0 && length === 0) || header + length > left) {
      if (type !== 0) this.drop(found, offset);
      this.bytes.skip(left);
      return true;
    }
    const whole = this.bytes.take(header + length);
    if (whole === undefined) return false;
    if (crc32(whole.subarray(6)) !== uint32In(whole)) {
      this.drop(found, offset);
      this.bytes.skip(left - header - length);
      return true;
    }
    this.collect(type, whole.subarray(header), offset, found);
    return true;
  }

  /** What is damaged costs the rest of its block: where the next chunk begins is not known. */
  private drop(found: Item[], offset: number): void {
    this.parts = undefined;
    found.push(fault("a chunk whose checksum does not match: the rest of its block is left out", { offset }));
  }

  /** Types: 1 a whole record, 2 its first chunk, 3 one between, 4 the last. */
  private collect(type: number, chunk: Uint8Array, offset: number, found: Item[]): void {
    if (type === 1 || type === 2) {
      this.parts = [];
      this.size = 0;
      this.started = offset;
    }
    if (this.parts === undefined) return;
    this.size += chunk.length;
    if (this.size <= largestRecord) this.parts.push(chunk);
    if (type !== 1 && type !== 4) return;
    const record = joined(this.parts);
    const complete = this.size <= largestRecord;
    this.parts = undefined;
    if (complete) found.push(...attempt(() => this.records.read(record), this.started));
  }
}

interface Change {
  /** Nested keys, outermost first. */
  readonly path: readonly string[];
  readonly value: Json | undefined;
}

class Records {
  private readonly summary = new Map<string, number>();
  private readonly curves = new Set<string>();
  private state: "none" | "running" | "ended" = "none";

  read(record: Uint8Array): readonly Item[] {
    return [...fieldsOf(record)].flatMap((field): readonly Item[] => {
      if (field.wire !== 2) return [];
      if (field.number === 2) return this.history(field.bytes);
      if (field.number === 3) return this.summarise(field.bytes);
      if (field.number === 5) return changesIn(field.bytes, 1).flatMap(parametersOf);
      if (field.number === 17) {
        this.state = "running";
        return this.run(field.bytes);
      }
      if (field.number === 18) {
        this.state = "ended";
        return exitOf(field.bytes);
      }
      return field.number === 26 ? environmentOf(field.bytes) : [];
    });
  }

  /** Values that no step has, such as a test score at the end; and that nothing said how the run ended. */
  end(): readonly Item[] {
    const single = [...this.summary].filter(([name]) => !this.curves.has(name));
    return [
      ...single.map(([name, value]): Item => ({ kind: "point", name, value })),
      ...(this.state === "running" ? [{ kind: "fact", name: "status", value: "running" } as const] : []),
    ];
  }

  private history(bytes: Uint8Array): readonly Item[] {
    const axes: { step?: number; time?: number; epoch?: number } = {};
    for (const counter of inside(bytes, 2))
      for (const field of fieldsOf(counter)) if (field.number === 1 && field.wire === 0) axes.step = field.value;
    const changes = changesIn(bytes, 1);
    for (const { path, value } of changes) {
      if (typeof value !== "number" || path.length !== 1) continue;
      if (path[0] === "_step") axes.step = value;
      else if (path[0] === "_timestamp") axes.time = value * 1000;
      else if (path[0] === "epoch") axes.epoch = value;
    }
    const found = changes.flatMap(numbersIn).map(({ name, value }): Point => ({ kind: "point", name, value, ...axes }));
    for (const { name } of found) this.curves.add(name);
    return found.filter(({ name }) => name !== "epoch");
  }

  private summarise(bytes: Uint8Array): readonly Item[] {
    for (const { path } of changesIn(bytes, 2)) this.summary.delete(path.join("/"));
    for (const change of changesIn(bytes, 1)) for (const { name, value } of numbersIn(change)) this.summary.set(name, value);
    return [];
  }

  private run(bytes: Uint8Array): readonly Item[] {
    const found: Item[] = [];
    const tags: string[] = [];
    for (const field of fieldsOf(bytes)) {
      if (field.wire !== 2) continue;
      const name = runFacts[field.number];
      if (name !== undefined && field.bytes.length > 0) found.push({ kind: "fact", name, value: textIn(field.bytes) });
      else if (field.number === 10) tags.push(textIn(field.bytes));
      else if (field.number === 4) found.push(...changesIn(field.bytes, 1).flatMap(parametersOf));
      else if (field.number === 17) found.push({ kind: "fact", name: "started", value: momentIn(field.bytes) });
      else if (field.number === 21) found.push(...gitOf(field.bytes));
    }
    return tags.length === 0 ? found : [...found, { kind: "fact", name: "tags", value: tags }];
  }
}

const runFacts: Readonly<Record<number, FactName>> = { 1: "id", 6: "group", 8: "title", 9: "notes", 13: "host" };

/** `{1: key, 2: nested keys, 16: the value as JSON}`, under a number of the message. */
function changesIn(bytes: Uint8Array, number: number): readonly Change[] {
  return [...inside(bytes, number)].map((item): Change => {
    let key: string | undefined;
    const nested: string[] = [];
    let value: Json | undefined;
    for (const field of fieldsOf(item)) {
      if (field.wire !== 2) continue;
      if (field.number === 1) key = textIn(field.bytes);
      else if (field.number === 2) nested.push(textIn(field.bytes));
      else if (field.number === 16) value = parseLooseJson(textIn(field.bytes));
    }
    return { path: nested.length > 0 ? nested : [key ?? ""], value };
  });
}

/** What the logger counts by itself begins with `_`; media are maps with a `_type`. */
function numbersIn({ path, value }: Change): readonly { readonly name: string; readonly value: number }[] {
  const [first = ""] = path;
  if (first.startsWith("_")) return [];
  const name = path.join("/");
  if (typeof value === "number") return [{ name, value }];
  if (value === "NaN" || value === "Infinity" || value === "-Infinity") return [{ name, value: Number(value) }];
  if (!isDict(value) || value["_type"] !== undefined) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn({ path: [...path, key], value: inner }));
}

function parametersOf({ path, value }: Change): readonly Parameter[] {
  const [first = "", ...rest] = path;
  if (first === "_wandb" || value === undefined) return [];
  return parametersIn({ [[first, ...rest].join(".")]: value }, "logger");
}

function exitOf(bytes: Uint8Array): readonly Item[] {
  let exit = 0;
  const found: Item[] = [];
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1 && field.wire === 0) exit = field.value;
    else if (field.number === 2 && field.wire === 0) found.push({ kind: "fact", name: "seconds", value: field.value });
  }
  return [
    { kind: "fact", name: "exit", value: exit },
    { kind: "fact", name: "status", value: exit === 0 ? "finished" : "failed" },
    ...found,
  ];
}

function momentIn(bytes: Uint8Array): number {
  let moment = 0;
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1 && field.wire === 0) moment += field.value * 1000;
    else if (field.number === 2 && field.wire === 0) moment += Math.round(field.value / 1e6);
    else if (field.wire === 1) moment += doubleIn(field.bytes) * 1000;
  }
  return moment;
}

function gitOf(bytes: Uint8Array): readonly Item[] {
  const names: Readonly<Record<number, FactName>> = { 1: "remote", 2: "commit" };
  return [...fieldsOf(bytes)].flatMap((field): readonly Item[] => {
    const name = names[field.number];
    return name === undefined || field.wire !== 2 || field.bytes.length === 0 ? [] : [{ kind: "fact", name, value: textIn(field.bytes) }];
  });
}

/** What ran where; its parts for people only: no e-mail, no folder. */
function environmentOf(bytes: Uint8Array): readonly Item[] {
  const names: Readonly<Record<number, FactName>> = { 2: "python", 12: "host", 13: "user", 18: "gpu" };
  let program: string | undefined;
  const words: string[] = [];
  const found: Item[] = [];
  for (const field of fieldsOf(bytes)) {
    if (field.wire !== 2 || field.bytes.length === 0) continue;
    const name = names[field.number];
    if (name !== undefined) found.push({ kind: "fact", name, value: textIn(field.bytes) });
    else if (field.number === 5) words.push(textIn(field.bytes));
    else if (field.number === 7) program = textIn(field.bytes);
    else if (field.number === 9) found.push(...gitOf(field.bytes));
  }
  return program === undefined ? found : [...found, { kind: "fact", name: "command", value: [program, ...words] }];
}
