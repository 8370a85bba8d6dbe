// The promises of speed, as ratios to an empty `node`: medians over rounds in which all commands take turns. The limits are the
// targets with room for a noisy machine; a start that takes twice as long fails them.

import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { everyday, floor, makeJournal } from "../../bench/commands.ts";
import { measure, median, type Timing } from "../../bench/measure.ts";

const runs = 10_000;
const noise = 1.3;
/** MB */
const memory = 300;

describe(`over a journal of 3 runs and one of ${runs}`, () => {
  const folders = [makeJournal(3), makeJournal(runs)] as const;
  let small: readonly Timing[] = [];
  let large: readonly Timing[] = [];
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  before(() => {
    small = measure([floor, ...everyday(folders[0])], 9);
    large = measure([floor, ...everyday(folders[1])], 3);
  });

  const timing = (timings: readonly Timing[], name: string): Timing => {
    const found = timings.find((one) => one.name === name);
    if (found === undefined) throw new Error(`${name} was not measured`);
    return found;
  };
  /** The smaller of wall and processor time: each is disturbed by other things. */
  const ratio = (timings: readonly Timing[], name: string): number => {
    const ground = timing(timings, "node");
    const { times, cpu } = timing(timings, name);
    const wall = median(times) / median(ground.times);
    const processor = cpu.length === 0 ? wall : median(cpu) / median(ground.cpu);
    console.log(`# ${name}: ${wall.toFixed(2)} × node, processor time ${processor.toFixed(2)} ×`);
    return Math.min(wall, processor);
  };
  const within = (timings: readonly Timing[], name: string, limit: number): void => {
    const found = ratio(timings, name);
    assert.ok(found <= limit, `${name} takes ${found.toFixed(2)} times an empty node, at most ${limit.toFixed(2)}`);
  };

  const targets = [
    ["set", 2.5, 2.8],
    ["keep", 2.5, 2.8],
    ["new_base", 2.5, 3.2],
    ["new", 2.6, 6.5],
    ["list", 2.5, 5],
  ] as const;
  for (const [name, few, many] of targets) {
    test(`${name} is soon done with 3 runs`, () => within(small, name, few * noise));
    test(`${name} is soon done with ${runs} runs`, () => within(large, name, many * noise));
  }

  test("check takes a second and a half with a cache and five and a half without", () => {
    for (const [name, seconds] of [
      ["check_warm", 1.5],
      ["check_cold", 5.5],
    ] as const) {
      // A machine whose node starts in twice our 75 ms may take twice as long.
      const pace = Math.max(1, median(timing(large, "node").times) / 75);
      const taken = median(timing(large, name).times) / 1000;
      console.log(`# ${name}: ${taken.toFixed(2)} s`);
      assert.ok(taken <= seconds * noise * pace, `${name} takes ${taken.toFixed(2)} s, at most ${seconds} s`);
    }
  });

  test(`no command needs more than ${memory} MB`, () => {
    for (const { name, peak } of large) {
      console.log(`# ${name}: ${peak} MB`);
      assert.ok(peak <= memory, `${name} needs ${peak} MB, at most ${memory}`);
    }
  });
});
