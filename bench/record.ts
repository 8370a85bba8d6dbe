// A measurement becomes a run of our own journal: raw values per round, so that the noise is part of the record.

import { arch, cpus, totalmem } from "node:os";
import { resolve } from "node:path";
import { openJournal } from "../src/index.ts";

export interface Measured {
  readonly study: string;
  readonly title: string;
  readonly config: Readonly<Record<string, string | number>>;
  /** metric → one value per round. */
  readonly metrics: Readonly<Record<string, readonly number[]>>;
  readonly base?: string;
}

export function record({ study, title, config, metrics, base }: Measured): void {
  const journal = openJournal(resolve(import.meta.dirname, ".."));
  const { id, path } = journal.create(
    {
      title,
      date: new Date().toISOString(),
      status: "finished",
      config,
      ...(base === undefined ? {} : { base: [journal.find(base).run.id] }),
      metrics: Object.keys(metrics).map((name) => ({ name })),
      hardware: { cpu: `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${arch()}`, ram: `${Math.round(totalmem() / 2 ** 30)} GB` },
      software: { node: process.version.slice(1) },
    },
    { study },
  );
  journal.edit(
    id,
    Object.entries(metrics).map(([name, values]) => ({
      kind: "set",
      path: ["metrics", name, "after"],
      value: values.map((value) => Number(value.toPrecision(3))),
    })),
  );
  console.log(`recorded ${path}`);
}
