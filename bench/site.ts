// How long a site takes: from nothing, with nothing changed, with one run edited; beside Eleventy and Hugo building the same files in the
// same round. Ratios within one round count: this is what a shared machine can still measure.
//
//   npm run bench -- site [--runs 100,1000,10000] [--rounds 3] [--corpus generated,prose] [--rivals <folder>] [--record "What was tried"]

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { writeJournal } from "../test/support/generate.ts";
import { measure, median, type Subject, type Timing } from "./measure.ts";
import { record, recording } from "./record.ts";
import { eleventy, hugo, type Rival } from "./rivals.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "100,1000,10000" },
    rounds: { type: "string", default: "3" },
    corpus: { type: "string", default: "generated,prose" },
    rivals: { type: "string" },
    ...recording,
  },
});
const bin = resolve(import.meta.dirname, "../dist/cli/main.js");
const rounds = Number(values.rounds);
/** What each is compared with. Nothing changed or one run edited: a rival makes everything anew. */
const grounds = {
  cold: "eleventy_cold",
  noop: "eleventy_edit",
  edit: "eleventy_edit",
  hugo_cold: "eleventy_cold",
  hugo_edit: "eleventy_edit",
} as const;
const work = mkdtempSync(join(tmpdir(), "journal-bench-site-"));

try {
  const rivals = [eleventy(values.rivals ?? join(work, "installed")), hugo()].filter((rival) => rival !== undefined);
  console.log(`node ${process.version}, ${rivals.map(({ name, version }) => `${name} ${version}`).join(", ")}, ${rounds} rounds`);
  for (const corpus of values.corpus.split(",")) {
    for (const runs of values.runs.split(",").map(Number)) {
      const folder = join(work, `${corpus}-${runs}`);
      const timings = measure(subjects(folder, runs, corpus === "prose", rivals), rounds, 0);
      print(corpus, runs, timings);
      record(values, {
        part: `${runs} runs, ${corpus}`,
        config: { measured: "site", corpus, runs, rounds },
        metrics: metricsOf(timings),
        software: Object.fromEntries(rivals.map(({ name, version }) => [name, version])),
      });
      rmSync(folder, { recursive: true, force: true });
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** In the order of one round. Each build from nothing has a new folder: removing the old one would slow the disk down for whoever comes next. */
function subjects(folder: string, runs: number, prose: boolean, rivals: readonly Rival[]): readonly Subject[] {
  const journal = join(folder, "journal");
  writeJournal(journal, { runs, prose });
  const others = rivals.map((rival) => ({
    rival,
    project: join(folder, rival.name),
    command: rival.prepare(join(folder, rival.name), join(journal, "experiments")),
  }));
  let round = 0;
  const ours = (): readonly [string, ...string[]] => [process.execPath, bin, "build", "-C", journal, "-o", join(folder, `site-${round}`)];
  const subject = (name: string, command: () => readonly [string, ...string[]], before?: () => void): Subject => ({
    name,
    get command() {
      return command();
    },
    before: () => {
      before?.();
      spawnSync("sync");
    },
  });
  const settle = (): void => void spawnSync(process.execPath, [bin, "build", "-C", journal, "-o", join(folder, `site-${round}`)]);
  return [
    subject("cold", ours, () => {
      round += 1;
      forget(journal, join(folder, `cache-${round}`));
    }),
    ...others.map(({ rival, command }) => subject(`${rival.name}_cold`, () => command(join(folder, `${rival.name}-${round}`)))),
    subject("noop", ours, settle),
    subject("edit", ours, () => edit(join(journal, "experiments"), round)),
    ...others.map(({ rival, project, command }) =>
      subject(
        `${rival.name}_edit`,
        () => command(join(folder, `${rival.name}-${round}`)),
        () => edit(join(project, rival.name === "hugo" ? "content/runs" : "experiments"), round),
      ),
    ),
  ];
}

/** The first time there is nothing to forget. */
function forget(journal: string, away: string): void {
  try {
    renameSync(join(journal, ".journal"), away);
  } catch {
    // nothing was built yet
  }
}

/** A measured value and a word of prose of one run in the middle. */
function edit(experiments: string, round: number): void {
  const names = readdirSync(experiments).filter((name) => name.endsWith(".md"));
  const path = join(experiments, names[(names.length >> 1) + round] ?? "");
  writeFileSync(
    path,
    `${readFileSync(path, "utf8").replace(/val_loss: \{ after: .*? \}/, `val_loss: { after: 0.1${round} }`)}\nRead again in round ${round}.\n`,
  );
}

/** Per round, beside Eleventy doing the same. */
function ratios(timings: readonly Timing[], kind: "times" | "cpu"): Readonly<Record<string, readonly number[]>> {
  const of = (name: string): readonly number[] => timings.find((timing) => timing.name === name)?.[kind] ?? [];
  return Object.fromEntries(
    Object.entries(grounds)
      .filter(([name]) => of(name).length > 0)
      .map(([name, ground]) => [`${name}_vs_eleventy`, of(name).map((time, round) => time / (of(ground)[round] ?? Number.NaN))]),
  );
}

function print(corpus: string, runs: number, timings: readonly Timing[]): void {
  console.log(`\n${runs} runs, ${corpus}`);
  for (const { name, median: middle, spread, cpu, peak } of timings) {
    const range = spread.map((time) => (time / 1000).toFixed(2)).join("–");
    const processor = cpu.length === 0 ? "" : `  ${(median(cpu) / 1000).toFixed(2)} s CPU`;
    console.log(`${name.padEnd(14)} ${(middle / 1000).toFixed(2).padStart(6)} s (${range})${processor}  ${peak} MB`);
  }
  const [wall, cpu] = [ratios(timings, "times"), ratios(timings, "cpu")];
  for (const [name, values] of Object.entries(wall)) {
    const processor = cpu[name] === undefined ? "" : `, CPU ${median(cpu[name]).toFixed(3)}`;
    console.log(`${name.padEnd(20)} ${median(values).toFixed(3)}${processor}`);
  }
}

/** Seconds and MB of each; ours beside Eleventy's of the same round, and beside Hugo's. */
function metricsOf(timings: readonly Timing[]): Readonly<Record<string, readonly number[]>> {
  const own = (kind: "times" | "cpu", name: string): readonly (readonly [string, readonly number[]])[] =>
    Object.entries(ratios(timings, kind))
      .filter(([ratio, each]) => !ratio.startsWith("hugo") && each.every(Number.isFinite))
      .map(([ratio, each]) => [ratio.replace("_vs", name), each]);
  const hugo = timings.find(({ name }) => name === "hugo_cold");
  const cold = timings.find(({ name }) => name === "cold");
  return Object.fromEntries([
    ...own("times", "_vs"),
    ...own("cpu", "_cpu_vs"),
    ...(hugo === undefined || cold === undefined
      ? []
      : [["cold_vs_hugo", cold.times.map((time, round) => time / (hugo.times[round] ?? 0))]]),
    ...timings.map(({ name, times }) => [`${name}_s`, times.map((time) => time / 1000)]),
    ...timings.filter(({ name, peak }) => name.endsWith("cold") && peak > 0).map(({ name, peak }) => [peakName(name), [peak]]),
  ]);
}

/** `cold` is ours. */
function peakName(name: string): string {
  return `${name.replace(/cold$/, "")}peak_mb`;
}
