import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { analyse } from "../../src/analysis/analyse.ts";
import { differencesIn } from "../../src/analysis/differences.ts";
import { vocabulary } from "../../src/query/vocabulary.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import type { StudySettings } from "../../src/record/settings.ts";
import { type Json, tree } from "../../src/record/tree.ts";
import { readBlock } from "../../src/report/live-block.ts";
import { liveMarkdown } from "../../src/report/live-markdown.ts";
import type { World } from "../../src/report/live-rows.ts";
import { type LiveView, liveView } from "../../src/report/live-view.ts";
import { viewPage } from "../../src/report/view-page.ts";
import { run, settings, study } from "../support/run.ts";

function worldOf(files: readonly RunFile[], more: readonly StudySettings[] = []): World {
  const words = settings({ study: study({ primary: "val_accuracy" }) });
  const studies = new Map([words.study, ...more].map((one) => [one.name, one]));
  return {
    settings: words,
    analysis: analyse(files, words, studies),
    words: vocabulary(files, words, studies, differencesIn(files, words, studies)),
  };
}

const files = [
  run({
    id: "EXP001-aaaa",
    title: "Baseline",
    date: "2026-11-01",
    config: { lr: 0.1, batch_size: 32 },
    metrics: { val_accuracy: "80%" },
    decision: "keep",
  }),
  run({
    id: "EXP002-bbbb",
    title: "Faster",
    date: "2026-11-02",
    base: "EXP001-aaaa",
    config: { lr: 0.2, batch_size: 32 },
    metrics: { val_accuracy: "82%", val_loss: 0.4 },
    decision: "keep",
    tags: ["x"],
  }),
  run({
    id: "EXP003-cccc",
    title: "Repeat",
    date: "2026-11-03",
    repeatOf: "EXP002-bbbb",
    config: { lr: 0.2, batch_size: 32 },
    metrics: { val_accuracy: "84%" },
  }),
  run({
    id: "EXP004-dddd",
    title: "Bigger",
    date: "2026-11-04",
    base: "EXP002-bbbb",
    config: { lr: 0.2, batch_size: 64 },
    metrics: { val_accuracy: "81%" },
    decision: "discard",
    tags: ["x"],
  }),
  run({
    id: "EXP005-eeee",
    title: "Secret",
    date: "2026-11-05",
    config: { lr: 1 },
    metrics: { val_accuracy: "99%" },
    hidden: true,
    tags: ["x"],
  }),
  run({ id: "EXP006-ffff", title: "Broken", date: "2026-11-06", base: "EXP002-bbbb", status: "failed", config: { lr: 9, batch_size: 32 } }),
];
const world = worldOf(files);
const other = study({ name: "ocr", primary: "cer" });
const two = worldOf([...files, run({ id: "EXP007-gggg", in: "ocr", title: "Other", date: "2026-11-07", metrics: { cer: 0.1 } })], [other]);

function view(
  kind: string,
  keys: { readonly [key: string]: Json },
  options: { home?: string; world?: World; commit?: string } = {},
): LiveView {
  const { block, problems } = readBlock(kind, tree(keys));
  assert.deepEqual(problems, []);
  assert.ok(block);
  const { world: asked = world, ...rest } = options;
  return liveView(block, asked, { slug: "b", screen: false, ...rest });
}

const ids = ({ table }: LiveView): readonly string[] =>
  table?.rows.flatMap((row) => row.flatMap((cell) => cell.run?.slice(0, 6) ?? [])) ?? [];
const codes = ({ problems }: LiveView): readonly string[] => problems.map(({ code }) => code);
const said = (found: LiveView): string => found.said.map((words) => words.map(({ text }) => text).join("")).join(" · ");

describe("a live table", () => {
  test("holds configurations, newest first, without hidden runs", () => {
    assert.deepEqual(ids(view("table", {})), ["EXP006", "EXP004", "EXP002", "EXP001"]);
    assert.equal(said(view("table", {})), "4 configurations of 5 runs");
  });

  test("asks what the configuration measured over all its repeats", () => {
    assert.deepEqual(ids(view("table", { where: "val_accuracy > 82.5%" })), ["EXP002"]);
    const [row] = view("table", { where: "tag:x", columns: ["val_accuracy"], sort: "-val_accuracy" }).table?.rows ?? [];
    assert.deepEqual(
      row?.map(({ text }) => text),
      ["EXP002-bbbb", "83% ± 1, n = 2"],
    );
  });

  test("sorts, limits and says so", () => {
    const found = view("table", { where: "tag:x or decision:keep", sort: "val_accuracy", limit: 2 });
    assert.deepEqual(ids(found), ["EXP001", "EXP004"]);
    assert.equal(said(found), "3 configurations of 4 runs match tag:x or decision:keep, the first 2 shown");
  });

  test("keeps the order in which runs are named, and knows them by number too", () => {
    assert.deepEqual(ids(view("table", { runs: ["EXP004", "1"] })), ["EXP004", "EXP001"]);
  });

  test("has the columns that are asked for, the run always first", () => {
    const { table } = view("table", { columns: ["title", "changes", "decision", "lr", "date"], runs: ["EXP004"] });
    assert.deepEqual(
      table?.columns.map(({ label }) => label),
      ["Run", "Title", "Changed", "Decision", "lr", "Date"],
    );
    assert.deepEqual(
      table?.rows[0]?.map(({ text }) => text),
      ["EXP004-dddd", "Bigger", "batch_size 32 → 64", "○ discarded", "0.2", "2026-11-04"],
    );
  });

  test("says what is wrong and shows the rest", () => {
    const found = view("table", { columns: ["title", "los"], runs: ["EXP001", "EXP999", "EXP005"] });
    assert.deepEqual(codes(found).toSorted(), ["query/unknown-name", "report/hidden-run", "report/unknown-run"]);
    assert.deepEqual(ids(found), ["EXP001"]);
  });

  test("is not shown where its filter makes no sense", () => {
    const found = view("table", { where: "val_acuracy > 3" });
    assert.deepEqual([codes(found), found.table, found.said], [["query/unknown-name"], undefined, []]);
  });

  test("knows the best value of a goal", () => {
    assert.deepEqual(ids(view("table", { where: "val_accuracy >= best - 2pp" })), ["EXP004", "EXP002"]);
  });

  test("names the commit that its numbers are of, and leads to the log only for those of now", () => {
    assert.equal(said(view("table", { where: "tag:x", as_of: "v1" }, { commit: "0f3a9c1" })).endsWith("numbers as of 0f3a9c1"), true);
    assert.equal(view("table", { as_of: "v1" }, { commit: "0f3a9c1" }).log, undefined);
    assert.deepEqual(view("table", { where: "tag:x", runs: ["4"] }).log, { study: "", hash: "where=tag%3Ax&runs=EXP004-dddd" });
  });

  test("shows all studies where none is named, in the order of their dates", () => {
    const found = view("table", {}, { world: two });
    assert.deepEqual(ids(found), ["EXP007", "EXP006", "EXP004", "EXP002", "EXP001"]);
    assert.equal(found.table?.columns[1]?.label, "Study");
    assert.deepEqual(ids(view("table", {}, { world: two, home: "ocr" })), ["EXP007"]);
    assert.deepEqual(ids(view("table", { study: "." }, { world: two, home: "ocr" })).length, 4);
    assert.deepEqual(ids(view("table", { runs: ["EXP001"] }, { world: two, home: "ocr" })), ["EXP001"]);
  });
});

describe("the other live blocks", () => {
  test("ask which study is meant where there are several", () => {
    for (const kind of ["chart", "compare", "best", "impact"])
      assert.deepEqual(codes(view(kind, {}, { world: two })), ["report/which-study"]);
    assert.deepEqual(codes(view("best", { study: "ocx" }, { world: two })), ["report/unknown-study"]);
  });

  test("compare runs with the first of them", () => {
    const { table } = view("compare", { runs: ["EXP001", "EXP002"] });
    const lines = table?.rows.map((row) => row.map(({ text }) => text).join(" | "));
    assert.deepEqual(lines, [
      "Title | Baseline | Faster",
      "Decision | ● kept | ● kept",
      "val_accuracy ↑ | 80% | 83% ± 1, n = 2 (+3 pp (+3.7% rel))",
      "val_loss ↓ | – | 0.4",
      "lr | 0.1 | 0.2",
    ]);
  });

  test("compare baseline and best where no run is named", () => {
    assert.equal(view("compare", {}).table?.name, "comparison");
  });

  test("choose the best among the runs that are asked for", () => {
    assert.deepEqual(ids(view("best", {})), ["EXP002"]);
    assert.deepEqual(ids(view("best", { where: "lr < 0.15" })), ["EXP001"]);
  });

  test("take the columns that their tables have", () => {
    const found = view("impact", { columns: ["parameter", "effect"] });
    assert.deepEqual([found.table?.columns.map(({ key }) => key), codes(found)], [["parameter"], ["report/unknown-column"]]);
  });

  test("draw two columns as x and y, and say why there is nothing to draw", () => {
    const { chart } = view("chart", { columns: ["lr", "val_accuracy"] });
    assert.equal(chart?.name, "val_accuracy over lr, 3 runs: from 80% to 83%");
    assert.ok(chart?.caption.includes("1 without val_accuracy"));
    assert.deepEqual(codes(view("chart", { columns: ["title"] })), ["report/not-numbers"]);
    assert.deepEqual(codes(view("chart", { where: "id = EXP001" })), ["report/too-few-points"]);
  });
});

describe("the keys of a block", () => {
  const wrong = (kind: string, keys: Json): readonly string[] => readBlock(kind, tree(keys)).problems.map(({ code }) => code);

  test("are held to what each block knows", () => {
    assert.deepEqual(wrong("tabel", {}), ["report/unknown-block"]);
    assert.deepEqual(wrong("table", { wher: "x" }), ["report/unknown-key"]);
    assert.deepEqual(wrong("best", { sort: "x" }), ["report/unknown-key"]);
    assert.deepEqual(wrong("table", "decision:keep"), ["report/not-a-map"]);
    assert.deepEqual(wrong("table", { limit: "many", where: ["a"], columns: { a: 1 } }), [
      "report/wrong-value",
      "report/wrong-value",
      "report/wrong-value",
    ]);
    assert.deepEqual(wrong("table", { limit: 0 }), ["report/wrong-value"]);
  });

  test("are read as their author wrote them: a commit of digits stays one", () => {
    assert.equal(readBlock("table", tree({ as_of: "0123456" })).block?.asOf, "0123456");
    assert.deepEqual(readBlock("table", tree({ columns: "a, b" })).block?.columns, ["a", "b"]);
    assert.deepEqual(readBlock("table", undefined), { block: { kind: "table" }, problems: [] });
  });
});

test("a block as markdown has its table, links, and the sentence", () => {
  const text = liveMarkdown(view("table", { where: 'tag:x and text ~ "`"', columns: ["title"] }), (id) => `${id}.md`);
  assert.match(text, /No run matches ``tag:x and text ~ "`"``\.$/);
  const full = liveMarkdown(view("table", { where: "lr = 0.1", columns: ["title"] }), (id) => `${id}.md`);
  assert.match(full, /\| \[EXP001-aaaa\]\(EXP001-aaaa\.md\) \| Baseline \|/);
  const bad = liveMarkdown(view("table", { where: "a <b> c" }), () => undefined);
  assert.match(bad, /^\*\*Not shown:\*\*/);
  assert.doesNotMatch(bad, /[^\\]</);
});

describe("a view of journal.yaml", () => {
  const [study0] = world.analysis.studies;
  const page = (where: string, columns: readonly string[] = []) => {
    assert.ok(study0);
    return viewPage("keeps", { where, columns }, { study: study0, world, log: "log.html" });
  };

  test("is a table, counted, with a way into the log", () => {
    const { table, count, log, problems } = page("decision:keep", ["title", "val_accuracy"]);
    assert.deepEqual(
      [table?.rows.length, count, log, problems],
      [2, "2 of 4 runs", "log.html#where=decision%3Akeep&columns=title%2Cval_accuracy", []],
    );
  });

  test("says what is wrong in its place", () => {
    assert.deepEqual([page("nonsense >").table, page("nonsense >").problems.length], [undefined, 1]);
    const half = page("decision:keep", ["title", "lx"]);
    assert.deepEqual([half.table?.columns.length, half.problems.length], [2, 1]);
  });
});
