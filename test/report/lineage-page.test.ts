import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RunFile } from "../../src/record/experiment.ts";
import { type LineagePage, type LineageRow, lineagePage } from "../../src/report/lineage-page.ts";
import { layRails, type RailItem } from "../../src/report/lineage-rails.ts";
import { analyseStudy } from "../support/analysis.ts";
import { frame } from "../support/frame.ts";
import { type RunWords, run } from "../support/run.ts";

const id = (number: number): string => `EXP${String(number).padStart(4, "0")}`;
const made = (number: number, base: number | readonly number[] | undefined, words: RunWords = {}, acc = 0.5): RunFile =>
  run({
    id: id(number),
    date: new Date(Date.UTC(2026, 0, 1) + number * 86_400_000).toISOString().slice(0, 10),
    ...(base === undefined ? {} : { base: [base].flat().map(id) }),
    config: { step: number },
    metrics: { acc },
    ...words,
  });
const keep = { decision: "keep" } as const;
const drop = { decision: "discard" } as const;
const page = (files: readonly RunFile[]): LineagePage =>
  lineagePage(analyseStudy(files, { primary: "acc" }), frame({ study: { title: "", folder: "s/", name: "" } }));
const text = (row: LineageRow): string =>
  row.kind === "run" ? row.run.id : row.kind === "fold" ? `▸ ${row.text}` : `┄ ${row.run?.id ?? ""} ${row.text}`;
const lanes = ({ rows }: LineagePage): readonly string[] => rows.map((row) => `${row.rails.lane} ${text(row)}`);

describe("the list", () => {
  test("stands the way to the best in lane 0, newest above, each run above its base", () => {
    const found = page([
      made(1, undefined, keep, 0.5),
      made(2, 1, keep, 0.6),
      made(3, 1, keep, 0.55),
      made(4, 2, keep, 0.7),
      made(5, 3, keep, 0.56),
    ]);
    assert.deepEqual(lanes(found), ["0 EXP0004", "0 EXP0002", "1 EXP0005", "1 EXP0003", "0 EXP0001"]);
    assert.equal(found.lanes, 2);
    assert.match(found.summary ?? "", /2 steps lead from EXP0001 \(0\.50\) to the best, EXP0004 \(0\.70\)\./);
  });
  test("folds branches of which nothing was kept above the run they grew from", () => {
    const found = page([
      made(1, undefined, keep, 0.5),
      made(2, 1, drop, 0.4),
      made(3, 2, drop, 0.45),
      made(4, 1, {}, 0.3),
      made(5, 1, keep, 0.6),
    ]);
    assert.deepEqual(lanes(found), ["0 EXP0005", "1 ▸ 3 tries from EXP0001, none kept, 1 undecided, best −0.05", "0 EXP0001"]);
    const fold = found.rows[1];
    assert.ok(fold?.kind === "fold");
    assert.deepEqual(fold.tries.map(({ run: ref }) => ref.id).sort(), [id(2), id(3), id(4)]);
    assert.equal(fold.log, undefined);
  });
  test("leads to the log where more than fifty are folded", () => {
    const found = page([made(1, undefined, keep, 0.9), ...Array.from({ length: 51 }, (_, at) => made(at + 2, 1, drop, 0.4))]);
    const fold = found.rows[0];
    assert.ok(fold?.kind === "fold");
    assert.deepEqual([fold.tries.length, fold.log], [0, `s/log.html#where=${encodeURIComponent(`base = "${id(1)}"`)}`]);
  });
  test("joins what was merged", () => {
    const found = page([made(1, undefined, keep, 0.5), made(2, 1, keep, 0.6), made(3, 1, keep, 0.55), made(4, [2, 3], keep, 0.9)]);
    assert.deepEqual(lanes(found), ["0 EXP0004", "0 EXP0002", "1 EXP0003", "0 EXP0001"]);
    // From the merge a line leaves for lane 1, passes the row below, and ends at the other base.
    assert.deepEqual(
      found.rows.map(({ rails: { strong } }) => strong),
      ["M10 14Q30 14 30 28", "M30 0V28", "M30 0V14M30 14Q10 14 10 28", ""],
    );
    assert.deepEqual(
      found.rows.map(({ rails: { best } }) => best),
      ["M10 14V28", "M10 0V14M10 14V28", "M10 0V28", "M10 0V14"],
    );
  });
  test("names what is not in this journal, a circle that was cut, and passes over what is hidden", () => {
    const found = page([
      made(1, 99, keep, 0.9),
      made(2, 3, keep),
      made(3, 2, keep),
      made(4, undefined, { ...keep, hidden: true }),
      made(5, 4, keep),
    ]);
    const all = lanes(found);
    assert.ok(all.includes("0 EXP0001") && all.includes("1 ┄  EXP0099 is not in this journal"), all.join());
    assert.equal(all.filter((line) => line.includes("would close a circle")).length, 1);
    assert.ok(!all.some((line) => line.includes("EXP0004")));
  });
  test("shows all while nobody decided anything and they are few", () => {
    assert.equal(page(Array.from({ length: 30 }, (_, at) => made(at + 1, at === 0 ? undefined : 1))).rows.length, 30);
    assert.ok(page(Array.from({ length: 200 }, (_, at) => made(at + 1, at === 0 ? undefined : 1))).rows.length < 5);
  });
  test("shows what is running, wherever it grew", () => {
    const found = page([made(1, undefined, keep, 0.9), made(2, 1, drop), made(3, 2, { status: "running" })]);
    assert.deepEqual(lanes(found), ["1 EXP0003", "1 EXP0002", "0 EXP0001"]);
  });
  test("counts runs without a base of which none was kept at its end", () => {
    const found = page([made(1, undefined, keep, 0.9), ...[2, 3, 4].map((number) => made(number, undefined, drop, 0.1))]);
    assert.deepEqual(lanes(found), ["0 EXP0001"]);
    assert.equal(found.rest?.text, "3 tries without a base, none kept, best 0.1");
  });
  test("says what to do without a run, and after the first one", () => {
    assert.equal(page([]).notices[0]?.command, 'journal new "Baseline"');
    assert.equal(page([made(1, undefined, {}, 0.855)]).notices[0]?.text, "One run so far: 0.855. Make the next one:");
  });
});

describe("a long history", () => {
  const found = page(
    Array.from({ length: 4000 }, (_, at) =>
      made(at + 1, at === 0 ? undefined : at < 3 ? at : at % 4 === 0 ? at - 3 : at, at % 3 === 0 ? keep : drop, at / 4000),
    ),
  );
  test("keeps both ends of the way and says how much lies between", () => {
    assert.ok(found.rows.length < 400, `${found.rows.length}`);
    assert.equal(found.rows.at(-1)?.kind, "run");
    const gaps = found.rows.filter((row) => row.kind === "stub");
    assert.equal(gaps.length, 1);
    assert.match(gaps[0]?.kind === "stub" ? gaps[0].text : "", /^\d+ more steps, EXP\d+ to EXP\d+/);
  });
  test("lists few of the folded, and lays every line to its end", () => {
    const folded = found.rows.reduce((sum, row) => sum + (row.kind === "fold" ? row.tries.length : 0), 0);
    assert.ok(folded <= 80, `${folded}`);
    assert.deepEqual(found.rows.at(-1)?.rails.below, []);
  });
});

test("rails end where they lead: every lane that goes on below a row comes in above the next", () => {
  type Item = RailItem<number> & { readonly parents: Item[] };
  let state = 7;
  const random = (most: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % most;
  };
  for (let round = 0; round < 50; round += 1) {
    const items: Item[] = Array.from({ length: 20 }, (_, at) => ({ content: at, parents: [], onPath: at % 4 === 0 }));
    for (const [at, item] of items.entries())
      for (let count = at === 19 ? 0 : 1 + random(2); count > 0; count -= 1) {
        const parent = items[at + 1 + random(19 - at)];
        if (parent !== undefined && !item.parents.includes(parent)) item.parents.push(parent);
      }
    const rails = layRails(items);
    for (const [at, row] of rails.entries()) {
      const arrive = new Set(
        [...`${row.strong}${row.best}${row.dashed}`.matchAll(/M(\d+) 0/g)].map((found) => (Number(found[1]) - 10) / 20),
      );
      assert.deepEqual([...arrive].sort(), (rails[at - 1]?.below ?? []).map(({ lane }) => lane).sort(), `round ${round} row ${at}`);
      if (items[at]?.onPath) assert.equal(row.lane, 0);
      else assert.ok(row.lane > 0);
    }
    assert.deepEqual(rails.at(-1)?.below, []);
  }
});
