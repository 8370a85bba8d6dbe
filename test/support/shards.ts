// A study as its data files tell it: packed, written as JSON, read again.

import type { StudyAnalysis } from "../../src/analysis/study.ts";
import type { View } from "../../src/record/settings.ts";
import { asWritten, type Show } from "../../src/report/log-row.ts";
import { type DataHead, type DataRun, type Shard, shardCount } from "../../src/report/runs-data.ts";
import { dataHead } from "../../src/report/runs-data-head.ts";
import { dataFiles, packShard } from "../../src/report/runs-data-pack.ts";
import { unpackShard } from "../../src/report/runs-data-unpack.ts";

export function shardsOf(study: StudyAnalysis, show: Show = asWritten, views: Readonly<Record<string, View>> = {}): readonly Shard[] {
  const head = (): DataHead => dataHead(study, { title: "Study", views });
  return Array.from({ length: shardCount(dataFiles(study).length) }, (_, at) => packShard(study, at + 1, { head, show }));
}

export interface LoadedStudy {
  readonly head: DataHead;
  readonly runs: readonly DataRun[];
}

export function loaded(study: StudyAnalysis, show: Show = asWritten, views: Readonly<Record<string, View>> = {}): LoadedStudy {
  const shards = shardsOf(study, show, views).map((shard) => JSON.parse(JSON.stringify(shard)) as Shard);
  const head = shards.at(-1)?.head;
  if (head === undefined) throw new Error("the last shard has the head");
  return { head, runs: shards.flatMap((shard) => unpackShard(shard, head)) };
}
