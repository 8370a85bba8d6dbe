import assert from "node:assert/strict";
import { test } from "node:test";
import { rankIn } from "../../site/browser/shell/rank.ts";
import { type SearchEntry, searchEntry, searchRuns } from "../../site/browser/shell/search-rank.ts";
import type { OrderData } from "../../src/report/order-data.ts";
import { stopwatch } from "../support/stopwatch.ts";

const entry = (id: string, title: string, tags: readonly string[] = [], note = ""): SearchEntry =>
  searchEntry({ id, title, tags, note, address: "", glyph: { mark: "●", word: "kept" } });

/** Oldest first. */
const entries = [
  entry("EXP004-aaaa", "Baseline", ["sweep"], "Where we start"),
  entry("EXP012-bbbb", "Batch of 42", ["batch-size"], "No gain"),
  entry("EXP042-k7f3", "Double the batch", ["sweep", "batch"], "+1.7 points"),
  entry("EXP120-cccc", "Rebatch everything", [], "exp042 was right"),
  entry("TRY042-dddd", "Another letter", [], ""),
  entry("EXP421-eeee", "Cosine decay", ["schedule"], "Double checked"),
];
const ids = (words: string, most = 10): readonly string[] => searchRuns(entries, words, most).runs.map(({ id }) => id);

test("an id stands first, however it is written, then its number, then what begins so", () => {
  for (const words of ["EXP042-k7f3", "exp042-K7F3", " exp042-k7f3 "]) assert.equal(ids(words)[0], "EXP042-k7f3");
  assert.deepEqual(ids("42"), ["TRY042-dddd", "EXP042-k7f3", "EXP012-bbbb", "EXP421-eeee", "EXP120-cccc"]);
  assert.deepEqual(ids("#42").slice(0, 2), ["TRY042-dddd", "EXP042-k7f3"]);
  assert.deepEqual(ids("exp42").slice(0, 1), ["EXP042-k7f3"]);
  assert.deepEqual(ids("EXP-42").slice(0, 1), ["EXP042-k7f3"]);
  assert.deepEqual(ids("EXP04"), ["EXP004-aaaa", "EXP042-k7f3", "EXP120-cccc"]);
});

test("titles come before tags and notes, the beginning of a word before its middle", () => {
  assert.deepEqual(ids("batch"), ["EXP012-bbbb", "EXP042-k7f3", "EXP120-cccc"]);
  assert.deepEqual(ids("double"), ["EXP042-k7f3", "EXP421-eeee"]);
  assert.deepEqual(ids("sweep"), ["EXP042-k7f3", "EXP004-aaaa"]);
});

test("several words must all be there, in any order and place", () => {
  assert.deepEqual(ids("batch double"), ["EXP042-k7f3"]);
  assert.deepEqual(ids("sweep start"), ["EXP004-aaaa"]);
  assert.deepEqual(ids("batch zebra"), []);
});

test("of equals the newest stands first, all are counted, and few are listed", () => {
  const many = Array.from({ length: 50 }, (_, at) => entry(`EXP${500 + at}-x`, "Same"));
  const found = searchRuns(many, "same", 3);
  assert.deepEqual([found.count, found.runs.map(({ id }) => id)], [50, ["EXP549-x", "EXP548-x", "EXP547-x"]]);
});

test("nothing is found for nothing, and signs of patterns mean themselves", () => {
  assert.equal(searchRuns(entries, "  ", 10).count, 0);
  assert.deepEqual(ids(".*"), []);
  assert.deepEqual(ids("+1.7"), ["EXP042-k7f3"]);
});

test("10,000 runs are looked through in a few milliseconds a key", () => {
  const many = Array.from({ length: 10_000 }, (_, at) =>
    entry(
      `EXP${at}-${(at * 7919).toString(36)}`,
      `Batch of ${at % 512} for the schedule`,
      ["sweep", "batch-size"],
      "No gain that survives the repeats, ".repeat(4),
    ),
  );
  searchRuns(many, "warm", 12);
  // The quickest of some turns: what V8 compiles and collects meanwhile is not the search.
  const turns = Array.from({ length: 5 }, () => {
    const spent = stopwatch();
    for (const words of ["b", "ba", "batch", "zebra", "42", "gain repeats"]) searchRuns(many, words, 12);
    return spent() / 6;
  });
  assert.ok(Math.min(...turns) < 50, `${Math.round(Math.min(...turns))} ms a key`);
});

const order: OrderData = {
  ids: ["a", "b", "c", "d", "e"],
  glyphs: "kkkff",
  metric: { label: "loss", decimals: 2, direction: "min" },
  values: [0.3, 0.1, 0.1, null, 0.5],
  first: { 3: 1 },
  best: 1,
};

test("a run's rank counts configurations, ties share one, and a repeat stands where its configuration does", () => {
  assert.deepEqual(rankIn(order, 0), { rank: 3, of: 4, value: 0.3, own: 0, best: 1, bestValue: 0.1 });
  assert.equal(rankIn(order, 1)?.rank, 1);
  assert.equal(rankIn(order, 2)?.rank, 1);
  assert.deepEqual([rankIn(order, 3)?.own, rankIn(order, 3)?.rank], [1, 1]);
  assert.equal(rankIn({ ...order, metric: { label: "acc", decimals: 2, direction: "max" } }, 4)?.rank, 1);
});

test("a run that does not count has no rank", () => {
  assert.equal(rankIn({ ...order, first: {} }, 3), undefined);
  const { metric: _, ...plain } = order;
  assert.equal(rankIn(plain, 0), undefined);
});
