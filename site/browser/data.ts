// The runs of a study, loaded from its data files. They are scripts, because nothing else loads from a folder on disk.

import { asWritten, noteOf } from "../../src/report/log-row.ts";
import type { Glyph } from "../../src/report/page.ts";
import { type DataHead, type DataRun, type Shard, shardAddress, shardName } from "../../src/report/runs-data.ts";
import { unpackShard } from "../../src/report/runs-data-unpack.ts";
import { runAddress, valueText } from "../../src/report/view.ts";
import { glyphOf } from "../../src/report/words.ts";
import { onData } from "./content.ts";

export interface Loaded {
  readonly head: DataHead;
  /** Oldest first; without those whose file is still under way or missing. */
  readonly runs: readonly DataRun[];
  /** Addresses of files that did not load. */
  readonly missing: readonly string[];
  /** Nothing is under way any more. */
  readonly complete: boolean;
}

/**
 * Newest first: `onProgress` is called whenever more is there, the last time with all. Fails where not even the newest file loads. The others
 * are asked for when what was made of the newest is in sight: all at once they would be read before anything is drawn.
 */
export async function loadShards(study: string, onProgress: (loaded: Loaded) => void = () => {}): Promise<Loaded> {
  const count = window.journal?.site?.studies.find(({ name }) => name === study)?.shards;
  if (count === undefined) throw new Error("data/site.js did not load");
  const newest = await loadShard(study, count);
  const head = newest?.head;
  if (newest === undefined || head === undefined) throw new Error(`${shardAddress(study, count)} did not load`);
  const parts: (readonly DataRun[] | undefined)[] = Array.from({ length: count });
  parts[count - 1] = unpackShard(newest, head);
  const missing: string[] = [];
  let left = count - 1;
  const tell = (): Loaded => {
    const loaded = { head, runs: parts.flatMap((part) => part ?? []), missing, complete: left === 0 };
    onProgress(loaded);
    return loaded;
  };
  const take = async (number: number): Promise<void> => {
    const shard = await loadShard(study, number);
    if (shard === undefined) missing.push(shardAddress(study, number));
    else parts[number - 1] = unpackShard(shard, head);
    left -= 1;
    if (left > 0) tell();
  };
  if (left > 0) {
    tell();
    await isPainted();
    await Promise.all(Array.from({ length: left }, (_, at) => take(count - 1 - at)));
  }
  return tell();
}

/** Nothing is painted of a page that nobody looks at. */
function isPainted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 200);
  });
}

const asked = new Map<string, Promise<Shard | undefined>>();
onData(() => asked.clear());

/** Nothing where the file is missing. */
function loadShard(study: string, number: number): Promise<Shard | undefined> {
  const name = shardName(study, number);
  const known = asked.get(name);
  if (known !== undefined) return known;
  const there = (): Shard | undefined => window.journal?.shards?.[name];
  const made = new Promise<Shard | undefined>((resolve) => {
    if (there() !== undefined) return resolve(there());
    const script = document.createElement("script");
    script.src = `${document.body.dataset["root"] ?? ""}${shardAddress(study, number)}`;
    script.onload = () => resolve(there());
    script.onerror = () => resolve(undefined);
    document.head.append(script);
  });
  asked.set(name, made);
  return made;
}

/** What lists and searches show of a run. */
export interface RunSummary {
  readonly id: string;
  readonly title: string;
  /** From the root of the site. */
  readonly address: string;
  readonly glyph: Glyph;
  readonly tags: readonly string[];
  /** Why it was decided, else what was seen first. */
  readonly note?: string;
  /** Of the primary metric. */
  readonly value?: string;
}

export function summaryOf({ file, readings }: DataRun, { metrics, primary }: DataHead): RunSummary {
  const { run, path } = file;
  const metric = metrics.find(({ name }) => name === primary);
  const value = metric === undefined ? undefined : valueText(readings.get(metric.name), metric);
  const note = noteOf({ files: [file] }, asWritten);
  return {
    id: run.id,
    title: run.title === "" ? path.slice(path.lastIndexOf("/") + 1) : run.title,
    address: runAddress(run.id),
    glyph: glyphOf(run),
    tags: run.tags,
    ...(note === undefined ? {} : { note }),
    ...(value === undefined ? {} : { value }),
  };
}
