// The files of one run, each read once and in pieces: what they say, and the hash of their bytes.

import { createHash, type Hash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { sha256 } from "../base/hash.ts";
import type { Item } from "../formats/item.ts";
import { Collector, type WholeTold } from "../formats/told.ts";
import type { LogFile, LogRun } from "./scan.ts";

export interface ReadLog {
  readonly path: string;
  /** Tool that wrote most of it. */
  readonly tool: string;
  readonly told: WholeTold;
  /** Of the file, or of the names and hashes of several. */
  readonly sha256: string;
  /** Milliseconds since 1970: the files were written last. */
  readonly written: number;
  /** Could not be read, with the reason. */
  readonly damaged: readonly { readonly path: string; readonly what: string }[];
}

const piece = 1 << 20;
const mostFaults = 3;

export function readLog(root: string, run: LogRun): ReadLog {
  const collector = new Collector();
  const hashes: string[] = [];
  const damaged: { path: string; what: string }[] = [];
  let written = 0;
  for (const file of run.files) {
    const hash = createHash("sha256");
    let faults = 0;
    const take = (item: Item): void => {
      if (item.kind !== "fault") collector.add(named(item, file));
      else if (++faults <= mostFaults) damaged.push({ path: file.path, what: item.message });
    };
    try {
      written = Math.max(written, readFile(join(root, file.path), file, hash, take));
    } catch (error) {
      damaged.push({ path: file.path, what: error instanceof Error ? error.message : String(error) });
    }
    hashes.push(hash.digest("hex"));
  }
  const [only = ""] = hashes;
  const together = run.files.map(({ path }, index) => `${path.slice(run.path.length)} ${hashes[index]}\n`).join("");
  const hash = run.files.length === 1 ? only : sha256(together);
  return { path: run.path, tool: toolOf(run), told: collector.end(), sha256: hash, written, damaged };
}

/** When the file was written last. */
function readFile(path: string, { format }: LogFile, hash: Hash, take: (item: Item) => void): number {
  const decoder = format.open();
  const file = openSync(path, "r");
  try {
    const bytes = new Uint8Array(piece);
    for (let count = readSync(file, bytes); count > 0; count = readSync(file, bytes)) {
      hash.update(bytes.subarray(0, count));
      for (const item of decoder.push(bytes.subarray(0, count))) take(item);
    }
    for (const item of decoder.end()) take(item);
    return fstatSync(file).mtimeMs;
  } finally {
    closeSync(file);
  }
}

/** `add_scalars` of PyTorch makes a folder `loss_train` for the part `train` of `loss`. */
function named(item: Item, { prefix, format, path }: LogFile): Item {
  if (item.kind !== "point") return item;
  if (prefix !== undefined) return { ...item, name: `${prefix}${item.name}` };
  const part = format.name === "tensorboard" ? `${basename(dirname(path))}` : "";
  const stem = `${item.name.replaceAll("/", "_")}_`;
  return part.startsWith(stem) && part.length > stem.length ? { ...item, name: `${item.name}/${part.slice(stem.length)}` } : item;
}

/** Configurations lie beside the files of every tool. */
function toolOf({ files }: LogRun): string {
  const counts = new Map<string, number>();
  for (const { format } of files) {
    const weight = format.config || format.name === "text" ? 0.001 : 1;
    counts.set(format.name, (counts.get(format.name) ?? 0) + weight);
  }
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), ["", 0] as [string, number])[0];
}
