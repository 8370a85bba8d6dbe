// All points of a run, in `points.jsonl`: lines are only ever added, each in one write, so that a kill leaves whole lines.

import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Point } from "../formats/item.ts";
import { pointsFile } from "./live.ts";

/** A point as a line holds it. */
export interface WrittenPoint {
  readonly name: string;
  /** `"NaN"`, `"Infinity"` and `"-Infinity"` as words, which JSON has no numbers for. */
  readonly value: number | string;
  readonly unit?: string;
  readonly step?: number;
  readonly epoch?: number;
  /** Milliseconds since 1970. */
  readonly time?: number;
  /** 1-based, where the command is run several times. */
  readonly part?: number;
}

const lazy = 1000;

/** Throws nothing: a disk that is full costs points, never the run. */
export class PointsLog {
  /** What kept points from being written. */
  failure: unknown;
  size = 0;
  private file: number | undefined;
  private dirty = false;
  private flushed = 0;
  private torn = false;

  constructor(folder: string) {
    try {
      this.file = openSync(join(folder, pointsFile), "a+");
      this.size = fstatSync(this.file).size;
    } catch (error) {
      this.failure = error;
    }
  }

  add(points: readonly WrittenPoint[]): void {
    if (this.file === undefined || points.length === 0) return;
    const lines = Buffer.from(`${this.torn ? "\n" : ""}${points.map((point) => JSON.stringify(point)).join("\n")}\n`);
    try {
      let done = 0;
      while (done < lines.length) {
        const count = writeSync(this.file, lines, done);
        this.size += count;
        done += count;
        this.torn = done < lines.length;
      }
      this.dirty = true;
    } catch (error) {
      this.failure ??= error;
    }
    this.flushNowAndThen();
  }

  /** Forgets what lies behind; for points that are read again from where they came. */
  cut(size: number): void {
    if (this.file === undefined) return;
    try {
      ftruncateSync(this.file, size);
      this.size = size;
    } catch (error) {
      this.failure ??= error;
    }
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  /** A power cut loses a second at most; the command is never kept waiting for the disk. */
  private flushNowAndThen(): void {
    const now = Date.now();
    if (this.file === undefined || !this.dirty || now - this.flushed < lazy) return;
    this.flushed = now;
    this.dirty = false;
    fdatasync(this.file, () => {});
  }
}

export function written(point: Point, part: number | undefined): WrittenPoint {
  const { name, value, unit, step, epoch, time } = point;
  return {
    name,
    value: Number.isFinite(value) ? value : String(value),
    ...(unit === undefined ? {} : { unit }),
    ...(step === undefined ? {} : { step }),
    ...(epoch === undefined ? {} : { epoch }),
    ...(time === undefined ? {} : { time }),
    ...(part === undefined ? {} : { part }),
  };
}

/** Whole lines of the first `bytes` bytes; whatever is no point is passed over. */
export function* readPoints(folder: string, bytes: number = Number.POSITIVE_INFINITY): Generator<WrittenPoint> {
  let file: number;
  try {
    file = openSync(join(folder, pointsFile), "r");
  } catch {
    return;
  }
  try {
    const chunk = Buffer.alloc(1 << 20);
    let rest = Buffer.alloc(0);
    for (let at = 0; at < bytes; ) {
      const count = readSync(file, chunk, 0, Math.min(chunk.length, bytes - at), at);
      if (count === 0) break;
      at += count;
      const text = Buffer.concat([rest, chunk.subarray(0, count)]);
      const end = text.lastIndexOf(10) + 1;
      rest = text.subarray(end);
      for (const line of text.toString("utf8", 0, end).split("\n")) {
        const point = parsePoint(line);
        if (point !== undefined) yield point;
      }
    }
  } finally {
    closeSync(file);
  }
}

function parsePoint(line: string): WrittenPoint | undefined {
  if (line === "") return undefined;
  try {
    const point = JSON.parse(line) as WrittenPoint;
    return typeof point.name === "string" && (typeof point.value === "number" || typeof point.value === "string") ? point : undefined;
  } catch {
    return undefined;
  }
}
