// The promises of a build over 10,000 runs, as ratios within one round: with nothing changed and with one run edited it costs a small part of
// a build from nothing, and no more than one page is held at a time.

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { measure, median, type Subject, type Timing } from "../../bench/measure.ts";
import { writeJournal } from "../support/generate.ts";
import { project } from "./processes.ts";

const runs = 10_000;
/** MB of heap; what is alive at a time is half of it. */
const heap = 400;
/** MB */
const memory = 640;

describe(`a site of ${runs} runs`, () => {
  const root = mkdtempSync(join(tmpdir(), "journal-speed-"));
  after(() => rmSync(root, { recursive: true, force: true }));
  writeJournal(root, { runs });
  const experiments = join(root, "experiments");
  const build = [join(project, "dist/cli/main.js"), "build", "-C", root] as const;
  const subject = (name: string, words: readonly string[] = build, before?: () => void): Subject => ({
    name,
    command: [process.execPath, ...words],
    ...(before === undefined ? {} : { before }),
  });
  let edits = 0;
  const edit = (): void => {
    const path = join(experiments, readdirSync(experiments).sort()[runs >> 1] ?? "");
    edits += 1;
    writeFileSync(path, readFileSync(path, "utf8").replace(/val_loss: \{ after: .*? \}/, `val_loss: { after: 0.1${edits} }`));
  };
  const timings = new Map<string, Timing>();
  const take = (subjects: readonly Subject[], rounds: number, warmups: number): void => {
    for (const timing of measure(subjects, rounds, warmups)) timings.set(timing.name, timing);
  };
  /** Processor time, which other programs disturb less; wall time where nobody tells it. */
  const cost = (name: string): number => {
    const timing = timings.get(name);
    return timing === undefined ? Number.NaN : median(timing.cpu.length > 0 ? timing.cpu : timing.times);
  };
  const part = (name: string, limit: number): void => {
    const share = cost(name) / cost("cold");
    console.log(`# ${name}: ${(cost(name) / 1000).toFixed(2)} s, ${share.toFixed(3)} of a build from nothing`);
    assert.ok(share <= limit, `${name} costs ${share.toFixed(3)} of a build from nothing, at most ${limit}`);
  };

  test(`from nothing it needs at most ${heap} MB of heap, and ${memory} MB altogether`, () => {
    take([subject("cold", [`--max-old-space-size=${heap}`, ...build])], 1, 0);
    const { peak = 0 } = timings.get("cold") ?? {};
    console.log(`# cold: ${(cost("cold") / 1000).toFixed(1)} s, ${peak} MB`);
    assert.ok(peak <= memory, `${peak} MB, at most ${memory}`);
  });

  test("with nothing changed it costs next to nothing", () => {
    take([subject("nothing changed")], 3, 1);
    part("nothing changed", 0.08);
  });

  test("with one run edited it costs a part", () => {
    take([subject("one edit", build, edit)], 3, 0);
    part("one edit", 0.3);
  });
});
