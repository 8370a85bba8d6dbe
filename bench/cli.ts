// How long the everyday commands take beside an empty `node`, over a journal of N runs. Ratios within one round count:
// this is what a shared machine can still measure.
//
//   npm run bench -- cli [--runs 10000] [--rounds 7] [--record "What was tried"]

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { writeJournal } from "../test/support/generate.ts";
import { measure, median, type Subject, type Timing } from "./measure.ts";
import { record } from "./record.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10000" },
    rounds: { type: "string", default: "7" },
    record: { type: "string" },
    base: { type: "string" },
  },
});
const runs = Number(values.runs);
const bin = resolve(import.meta.dirname, "../dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "journal-bench-"));

try {
  writeJournal(folder, { runs });
  spawnSync("git", ["init", "-q"], { cwd: folder });
  const timings = measure(subjects(), Number(values.rounds));
  print(timings);
  if (values.record !== undefined)
    record({
      study: "speed",
      title: values.record,
      metrics: ratios(timings),
      config: { runs, rounds: Number(values.rounds) },
      ...(values.base === undefined ? {} : { base: values.base }),
    });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function subjects(): readonly Subject[] {
  const first = readdirSync(join(folder, "experiments")).find((name) => name.startsWith("EXP"));
  const id = first?.split("-").slice(0, 2).join("-") ?? "1";
  const journal = (name: string, ...args: string[]): Subject => ({ name, command: [process.execPath, bin, ...args], cwd: folder });
  return [
    { name: "node", command: [process.execPath, "-e", "0"], cwd: folder },
    journal("new", "new", "Bench run", "--base", id),
    journal("set", "set", id, "learning_rate=0.0123"),
    journal("keep", "keep", id, "-m", "measured"),
    journal("list", "list", "--json"),
    journal("check_warm", "check", "--json"),
    { ...journal("check_cold", "check", "--json"), before: () => rmSync(join(folder, ".journal"), { recursive: true, force: true }) },
  ];
}

function ratios(timings: readonly Timing[]): Readonly<Record<string, readonly number[]>> {
  const floor = timings[0]?.times ?? [];
  const entries = timings
    .slice(1)
    .map(({ name, times }) => [`${name}_vs_node`, times.map((time, round) => time / (floor[round] ?? Number.POSITIVE_INFINITY))] as const);
  return Object.fromEntries(entries);
}

function print(timings: readonly Timing[]): void {
  console.log(`node ${process.version}, ${runs} runs, ${values.rounds} rounds`);
  const floor = timings[0]?.times ?? [];
  for (const { name, times, median: middle, spread, peak } of timings) {
    const ratio = median(times.map((time, round) => time / (floor[round] ?? 1)));
    console.log(
      `${name.padEnd(12)} ${middle.toFixed(0).padStart(6)} ms  (${spread.map((time) => time.toFixed(0)).join("–")})  ${ratio.toFixed(2)} × node  ${peak} MB`,
    );
  }
}
