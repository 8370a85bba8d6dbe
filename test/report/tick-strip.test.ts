import assert from "node:assert/strict";
import { test } from "node:test";
import type { Delta, MetricView } from "../../src/analysis/study.ts";
import { readingOf } from "../../src/record/reading.ts";
import { stripWidth, tickStrip } from "../../src/report/tick-strip.ts";

const metric: MetricView = { name: "acc", label: "acc", guessed: false, duration: false, decimals: 1, direction: "max" };
const reading = (...values: readonly (number | null)[]) => readingOf(values);
const delta = (before: Delta["before"], after: Delta["after"]): Delta => ({ before, after, absolute: 0, evidence: { word: "better" } });
const strip = (before: Delta["before"], after: Delta["after"], words: Partial<MetricView> = {}) =>
  tickStrip(delta(before, after), { ...metric, ...words });

test("every repeat is a tick inside the strip, on one scale for both sides", () => {
  const made = strip(reading(1, 2, 3), reading(4, 5, null));
  assert.deepEqual([made?.before.ticks.length, made?.after.ticks.length], [3, 2]);
  const all = [...(made?.before.ticks ?? []), ...(made?.after.ticks ?? [])];
  assert.deepEqual(all, [2, 25, 48, 71, 94]);
  assert.ok(all.every((x) => x >= 0 && x <= stripWidth));
  assert.deepEqual([made?.before.mean, made?.after.mean, made?.word], [25, 82.5, "better"]);
});

test("better is to the right, also where lower is better", () => {
  const made = strip(reading(1, 2), reading(3, 4), { direction: "min" });
  assert.deepEqual(
    [made?.before.ticks, made?.after.ticks],
    [
      [94, 63.3],
      [32.7, 2],
    ],
  );
});

test("a summary shows its spread, one run against one has no strip", () => {
  assert.equal(strip(reading(1), reading(2)), undefined);
  const summary: Delta["after"] = { values: [], mean: 5, sd: 1, n: 10, diverged: 0, text: "5 ± 1 (n=10)" };
  assert.deepEqual(strip(reading(4, 6), summary)?.after, { ticks: [], mean: 48, spread: [2, 94] });
});

test("equal values stand in the middle, many stay countable", () => {
  assert.deepEqual(strip(reading(1, 1), reading(1, 1))?.before.ticks, [48, 48]);
  assert.equal(strip(reading(...Array.from({ length: 500 }, (_, at) => at)), reading(1, 2))?.before.ticks.length, 60);
});
