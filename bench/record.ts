// A measurement becomes a run of our own journal: raw values per round, so that the noise is part of the record.

import { spawnSync } from "node:child_process";
import { arch, cpus, loadavg, totalmem } from "node:os";
import { resolve } from "node:path";
import { openJournal } from "../src/index.ts";

/** What every measurement understands: whether, where and how it is kept. */
export const recording = {
  record: { type: "string" },
  base: { type: "string" },
  study: { type: "string", default: "speed" },
  tag: { type: "string" },
} as const;

export interface Recording {
  /** The title; nothing is recorded without. */
  readonly record?: string | undefined;
  readonly base?: string | undefined;
  readonly study: string;
  readonly tag?: string | undefined;
}

export interface Measured {
  /** Which of several under one title: `10,000 runs`. */
  readonly part?: string;
  readonly config: Readonly<Record<string, string | number>>;
  /** metric → one value per round. */
  readonly metrics: Readonly<Record<string, readonly number[]>>;
  /** What it was measured beside, and in: name → version. */
  readonly software?: Readonly<Record<string, string>>;
}

const root = resolve(import.meta.dirname, "..");

export function record({ record: title, base, study, tag }: Recording, { part, config, metrics, software }: Measured): void {
  if (title === undefined) return;
  const journal = openJournal(root);
  const all = { ...metrics, load: [(loadavg()[0] ?? 0) / cpus().length] };
  const commit = spawnSync("git", ["rev-parse", "HEAD"], { cwd: root, encoding: "utf8" }).stdout.trim();
  const { id, path } = journal.create(
    {
      title: part === undefined ? title : `${title}, ${part}`,
      date: new Date().toISOString(),
      status: "finished",
      tags: tag === undefined ? [] : [tag],
      config,
      ...(base === undefined ? {} : { base: [journal.find(base).run.id] }),
      metrics: Object.keys(all).map((name) => ({ name })),
      hardware: { cpu: `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${arch()}`, ram: `${Math.round(totalmem() / 2 ** 30)} GB` },
      software: { node: process.version.slice(1), ...software },
      more: { run: { commit } },
    },
    { study },
  );
  journal.edit(
    id,
    Object.entries(all).map(([name, values]) => ({
      kind: "set",
      path: ["metrics", name, "after"],
      value: values.map((value) => Number(value.toPrecision(3))),
    })),
  );
  console.log(`recorded ${path}`);
}
