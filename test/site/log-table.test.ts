// The log's table without a browser: what is on the screen for a state.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { groupFacts } from "../../site/browser/log/grouping.ts";
import { headActions } from "../../site/browser/log/head-actions.ts";
import { itemsOf, rowsBetween } from "../../site/browser/log/items.ts";
import { openTable } from "../../site/browser/log/table.ts";
import { type LogView, partsInTheWay, viewOf } from "../../site/browser/log/view.ts";
import { knownWords } from "../../site/browser/log/words.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { type LogState, parseState, plainState, stateHash } from "../../src/report/log-state.ts";
import { analyseStudy } from "../support/analysis.ts";
import { generatedFiles } from "../support/generated.ts";
import { type RunWords, run } from "../support/run.ts";
import { loaded } from "../support/shards.ts";
import { stopwatch } from "../support/stopwatch.ts";

const open = (files: readonly RunFile[], words = {}) => {
  const { runs, head } = loaded(analyseStudy(files, words));
  return openTable(runs, head);
};
const made = (number: number, words: RunWords = {}): RunFile =>
  run({
    id: `EXP00${number}-aaaa`,
    date: `2026-01-0${number}`,
    config: { lr: number, opt: number % 2 === 0 ? "adam" : "sgd" },
    metrics: { acc: `${80 + number}%` },
    ...words,
  });
const table = open([
  made(1, { tags: ["x"], decision: "keep" }),
  made(2, { tags: ["x", "y"], base: "EXP001-aaaa" }),
  made(3, { status: "failed", metrics: {} }),
  made(4, { status: "planned", metrics: {} }),
  made(5, { config: { lr: 1, opt: "sgd" }, metrics: { acc: "91%" }, decision: "discard", reason: "Second thoughts" }),
]);
const view = (state: Partial<LogState>, last = ""): LogView => viewOf(table, { ...plainState, ...state }, { last, slots: 3 });
const ids = ({ rows }: LogView): readonly string[] => Array.from(rows, (row) => table.entries[row]?.group.key.slice(3, 6) ?? "");

describe("the rows of the log", () => {
  test("are the newest first, without what is planned unless the filter asks for a status", () => {
    assert.deepEqual(ids(view({})), ["003", "002", "001"]);
    assert.deepEqual(ids(view({ where: "status:planned" })), ["004"]);
    assert.deepEqual([view({}).runs, view({}).failed, table.planned], [4, 1, 1]);
  });

  test("match when one of their runs does, by what all of them measured and by the one decision they have", () => {
    assert.deepEqual(ids(view({ where: "id:EXP005-aaaa" })), ["001"]);
    assert.deepEqual(ids(view({ where: "acc = 86%" })), ["001"]);
    assert.deepEqual(ids(view({ where: "acc = 91%" })), []);
    assert.deepEqual(ids(view({ where: "decision:keep" })), []);
    assert.deepEqual(ids(view({ where: "decision:discard and tag:x" })), ["001"]);
    assert.deepEqual(ids(view({ where: 'text ~ "second thoughts"' })), ["001"]);
  });

  test("are sorted by numbers as numbers, with what is absent last both ways, and by several keys", () => {
    assert.deepEqual(ids(view({ sort: "acc" })), ["002", "001", "003"]);
    assert.deepEqual(ids(view({ sort: "-acc" })), ["001", "002", "003"]);
    assert.deepEqual(ids(view({ sort: "opt,-lr" })), ["002", "003", "001"]);
    assert.deepEqual(ids(view({ sort: "-vs_base" })), ["002", "003", "001"]);
    assert.deepEqual(ids(view({ sort: "id" })), ["001", "002", "003"]);
  });

  test("can be chosen one by one", () => {
    const chosen = view({ runs: "EXP002-aaaa,EXP005-aaaa,EXP999-zzzz", where: "tag:x" });
    assert.deepEqual(ids(chosen), ["002", "001"]);
    assert.deepEqual(chosen.notices, ["EXP999-zzzz is not in this log."]);
  });

  test("stay those of the last good filter while the next is a mistake", () => {
    const mistaken = view({ where: "acc > " }, "tag:y");
    assert.deepEqual(ids(mistaken), ["002"]);
    assert.equal(mistaken.problem?.code, "query/missing-value");
    assert.equal(view({ where: "acuracy > 1" }).problem?.code, "query/unknown-name");
    assert.deepEqual(ids(view({ where: "acuracy > 1" }, "acuracy > 1")), ["003", "002", "001"]);
  });

  test("are found by the whole hash of a commit, of which the data hold the beginning", () => {
    const commit = "0123456789abcdef0123456789abcdef01234567";
    const one = open([run({ run: { commit, other: {} }, metrics: { acc: 1 } })]);
    for (const where of [`run.commit = ${commit}`, "run.commit ~ 01234"])
      assert.equal(viewOf(one, { ...plainState, where }, { last: "", slots: 3 }).rows.length, 1, where);
  });

  test("tell which part of a filter stands in the way", () => {
    assert.deepEqual(
      partsInTheWay(table, view({ where: "acc > 99% and tag:x" }).filter, "").map(({ part, where, runs }) => [part, where, runs]),
      [["acc > 99%", "tag:x", 3]],
    );
  });

  test("share what is the same in those that are left", () => {
    assert.deepEqual(view({ where: "tag:x" }).same, undefined);
    assert.deepEqual(view({ where: "opt = sgd" }).same?.values, [{ name: "opt", text: "sgd" }]);
  });
});

describe("the columns", () => {
  test("are the usual ones as far as there is room, else those that were asked for", () => {
    assert.deepEqual(
      view({}).columns.map(({ name }) => name),
      ["changes", "acc", "vs_base", "lr", "opt", "note"],
    );
    assert.deepEqual(
      viewOf(table, plainState, { last: "", slots: 1 }).columns.map(({ name }) => name),
      ["changes", "acc", "vs_base", "lr", "note"],
    );
    const asked = view({ columns: "title,acc,lr,date,nonsense,acc" });
    assert.deepEqual(
      asked.columns.map(({ name }) => name),
      ["acc", "lr", "date"],
    );
    assert.deepEqual(asked.notices, ["This view asks for `nonsense`, which no run has."]);
  });

  test("say what cannot sort or group", () => {
    assert.deepEqual(view({ sort: "nonsense", group: "what" }).notices, [
      "No run has `nonsense` to sort by.",
      "No run has `what` to group by.",
    ]);
    assert.equal(view({ sort: "a,,b" }).notices.length, 1);
  });
});

describe("groups of rows", () => {
  test("come in the order of their values and say what their mean mixes", () => {
    const grouped = view({ group: "opt" });
    assert.deepEqual(
      grouped.groups?.map(({ key, rows }) => [key, rows.length]),
      [
        ["adam", 1],
        ["sgd", 2],
      ],
    );
    const sgd = grouped.groups?.[1];
    assert.ok(sgd);
    const facts = groupFacts(table, sgd, "opt");
    assert.deepEqual(
      facts.counts.map(({ glyph, count }) => [glyph.word, count]),
      [
        ["failed", 1],
        ["discarded", 1],
      ],
    );
    assert.equal(facts.mean, "86%");
    assert.deepEqual(facts.mixed, []);
    const all = open([1, 2, 4].map((number) => made(number)));
    const [one] = viewOf(all, { ...plainState, group: "status" }, { last: "", slots: 3 }).groups ?? [];
    assert.ok(one);
    const mixed = groupFacts(all, one, "status");
    assert.equal(mixed.mean, "82% ± 2, n = 3");
    assert.equal(mixed.best?.text, "84%");
    assert.deepEqual([...mixed.mixed].sort(), ["lr", "opt"]);
  });

  test("fold, and rows open into their parts", () => {
    const { rows, groups } = view({ group: "opt" });
    const lines = (closed: readonly string[], opened: readonly number[]) =>
      itemsOf({
        rows,
        closed: new Set(closed),
        open: new Set(opened),
        partsIn: (row) => (row === 0 ? 2 : 0),
        ...(groups === undefined ? {} : { groups }),
      });
    assert.deepEqual(
      lines([], []).map(({ kind }) => kind),
      ["group", "row", "group", "row", "row"],
    );
    assert.deepEqual(
      lines(["sgd"], []).map(({ kind }) => kind),
      ["group", "row", "group"],
    );
    assert.deepEqual(
      lines([], [0]).map(({ kind }) => kind),
      ["group", "row", "group", "row", "row", "part", "part"],
    );
    assert.deepEqual(rowsBetween(lines([], []), 4, 1).length, 3);
  });
});

describe("the head of a column", () => {
  const after = (state: Partial<LogState>, act: (actions: ReturnType<typeof headActions>) => void): LogState => {
    const full = { ...plainState, ...state };
    let next = full;
    act(headActions(full, view(state), (change) => (next = { ...next, ...change })));
    return next;
  };
  test("sorts down, then up, then not at all, and with Shift beside what sorts already", () => {
    const press = (sort: string, more = false): string => after({ sort }, (actions) => actions.sort("acc", undefined, more)).sort;
    assert.deepEqual([press(""), press("-acc"), press("acc")], ["-acc", "acc", ""]);
    assert.deepEqual([press("lr"), press("lr", true)], ["-acc", "lr,-acc"]);
  });
  test("filters, groups, hides and moves", () => {
    assert.equal(after({ where: "acc > 1% and tag:x" }, ({ filter }) => filter("acc", "acc <= 85%")).where, "tag:x and acc <= 85%");
    assert.equal(after({}, ({ group }) => group("opt")).group, "opt");
    assert.equal(after({}, ({ hide }) => hide("vs_base")).columns, "changes,acc,lr,opt,note");
    assert.equal(after({}, ({ move }) => move("acc", 1)).columns, "changes,vs_base,acc,lr,opt,note");
    assert.equal(after({}, ({ move }) => move("changes", -1)).columns, "changes,acc,vs_base,lr,opt,note");
  });
});

test("a view of journal.yaml is a state like any other", () => {
  const state = { ...plainState, where: "decision:keep", sort: "-date", columns: "title,changes,acc" };
  assert.deepEqual(parseState(stateHash(state)), state);
});

test("the words of the box are those that runs have", () => {
  const known = knownWords(table);
  assert.deepEqual(known.valuesOf("tag"), [
    ["x", 2],
    ["y", 1],
  ]);
  assert.deepEqual(known.valuesOf("opt"), [
    ["sgd", 3],
    ["adam", 2],
  ]);
  assert.deepEqual(known.valuesOf("acc"), []);
  assert.deepEqual(known.valuesOf("decision"), [
    ["keep", 1],
    ["discard", 1],
  ]);
  assert.equal(known.names[0]?.text, "acc");
});

test("a thousand runs are filtered and sorted in an instant", () => {
  const { runs, head } = loaded(analyseStudy(generatedFiles(1000)));
  const large = openTable(runs, head);
  const spent = stopwatch();
  for (const where of ["val_accuracy > 90%", "text ~ smoother", "tag:sweep and batch_size = 64"])
    assert.ok(viewOf(large, { ...plainState, where, sort: "-val_accuracy" }, { last: "", slots: 3 }).rows.length > 0);
  assert.ok(spent() < 3000);
});
