// How long the everyday commands take beside an empty `node`, over a journal of 3 runs and one of N. Ratios within one round
// count: this is what a shared machine can still measure. Processor time beside it, which other programs disturb less.
//
//   npm run bench -- cli [--runs 10000] [--rounds 7] [--record "What was tried"]

import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { everyday, floor, makeJournal } from "./commands.ts";
import { measure, median, type Subject, type Timing } from "./measure.ts";
import { record, recording } from "./record.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10000" },
    rounds: { type: "string", default: "7" },
    ...recording,
  },
});
const runs = Number(values.runs);
const rounds = Number(values.rounds);
const small = makeJournal(3);
const large = makeJournal(runs);

try {
  const few = everyday(small)
    .slice(0, 5)
    .map((subject): Subject => Object.create(subject, { name: { value: `${subject.name}_small` } }));
  const timings = measure([floor, ...few, ...everyday(large)], rounds);
  print(timings);
  record(values, { config: { measured: "cli", runs, rounds }, metrics: { node_ms: timings[0]?.times ?? [], ...ratios(timings) } });
} finally {
  for (const folder of [small, large]) rmSync(folder, { recursive: true, force: true });
}

function ratios(timings: readonly Timing[]): Readonly<Record<string, readonly number[]>> {
  const ground = timings[0]?.times ?? [];
  const entries = timings.slice(1).map(({ name, times }) => [`${name}_vs_node`, perRound(times, ground)] as const);
  return Object.fromEntries(entries);
}

function perRound(times: readonly number[], ground: readonly number[]): readonly number[] {
  return times.map((time, round) => time / (ground[round] ?? Number.POSITIVE_INFINITY));
}

function print(timings: readonly Timing[]): void {
  console.log(`node ${process.version}, ${runs} runs, ${rounds} rounds`);
  const [ground] = timings;
  if (ground === undefined) return;
  for (const { name, times, cpu, median: middle, spread, peak } of timings) {
    const wall = median(perRound(times, ground.times)).toFixed(2);
    const processor =
      cpu.length === 0 ? "" : `  ${median(cpu).toFixed(0).padStart(5)} ms CPU ${median(perRound(cpu, ground.cpu)).toFixed(2)} ×`;
    const range = spread.map((time) => time.toFixed(0)).join("–");
    console.log(`${name.padEnd(15)} ${middle.toFixed(0).padStart(5)} ms (${range})  ${wall} × node${processor}  ${peak} MB`);
  }
}
