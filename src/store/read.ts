// One file's bytes, and one run file as a value.

import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats, statSync } from "node:fs";
import { sha256 } from "../base/hash.ts";
import type { Problem } from "../base/problem.ts";
import { decode, fileLimit } from "../markdown/decode.ts";
import { fileTooLarge } from "../markdown/messages.ts";
import { type ParsedRun, parseRun } from "../markdown/parse.ts";
import type { Run, RunFile } from "../record/experiment.ts";
import type { Look } from "./cache.ts";
import { readProblem } from "./failure.ts";
import { notAFile } from "./messages.ts";
import { locate, type Place } from "./root.ts";

/** With the look that the file had just before. */
export type Bytes =
  | { readonly bytes: Uint8Array; readonly look: Look; readonly problem?: undefined }
  | { readonly problem: Problem; readonly bytes?: undefined; readonly look?: undefined };

/** `path` from the root; links are followed inside the journal only, and nothing larger than a run may be is read. */
export function readBytes(root: string, path: string): Bytes {
  const where = locate(root, path);
  return "problem" in where ? { problem: where.problem } : readPlain(where.real, path);
}

/** Without looking for links: for what a listing has just found. Opening without blocking keeps a pipe from stopping us. */
export function readPlain(real: string, path: string): Bytes {
  let file: number | undefined;
  try {
    file = openSync(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(file);
    if (!stats.isFile()) return { problem: notAFile(path) };
    if (stats.size > fileLimit) return { problem: { ...fileTooLarge(stats.size, fileLimit), path } };
    return { bytes: readFileSync(file), look: lookOf(stats) };
  } catch (error) {
    return { problem: readProblem(error, path) };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** A file that is gone by now has no look that anything equals. */
export function lookAt(path: string): Look {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? { size: -1, mtime: -1, ctime: -1 } : lookOf(stats);
}

const lookOf = ({ size, mtimeMs, ctimeMs }: Stats): Look => ({ size, mtime: mtimeMs, ctime: ctimeMs });

export interface RunRead {
  readonly file: RunFile;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly parsed: ParsedRun;
}

/** A run file as a value, or the one problem that keeps it from being text at all. */
export function readRun(root: string, place: Place, studies: ReadonlySet<string>): RunRead | { readonly problem: Problem } {
  const read = readBytes(root, place.path);
  return read.problem === undefined ? parseBytes(read.bytes, place, studies) : { problem: read.problem };
}

/** What could be read of a damaged file may be one half of a merge: it is listed, and nothing in it counts. */
function withoutValues(run: Run): Run {
  const { decision: _, decisionWord: __, reason: ___, ...rest } = run;
  return { ...rest, config: {}, configText: {}, changes: [], metrics: [], remeasured: {}, repeats: [], data: [] };
}

/** An explicit `study:` wins over the folder when there is such a study. */
export function studyIn({ study }: Pick<Run, "study">, folder: string, studies: ReadonlySet<string>): string {
  return study !== undefined && (study === "" || studies.has(study)) ? study : folder;
}

export function parseBytes(bytes: Uint8Array, place: Place, studies: ReadonlySet<string>): RunRead | { readonly problem: Problem } {
  const { text, problem } = decode(bytes);
  if (text === undefined) return { problem: { ...problem, path: place.path } };
  const parsed = parseRun(text, place.path);
  const { body } = parsed;
  const run = parsed.broken ? withoutValues(parsed.run) : parsed.run;
  return {
    file: {
      path: place.path,
      study: studyIn(run, place.study, studies),
      hash: sha256(bytes),
      run,
      body,
      ...(parsed.broken ? { broken: true } : {}),
    },
    text,
    bytes,
    parsed,
  };
}
