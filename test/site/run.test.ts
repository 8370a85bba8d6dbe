import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { renderRun } from "../../site/pages/run.tsx";
import type { PageFrame } from "../../src/report/page.ts";
import type { RunPage } from "../../src/report/run-page.ts";
import type { Measure } from "../../src/report/run-page-metrics.ts";
import { frame } from "../support/frame.ts";

const assets = { "site.css": "assets/site.css" };
const pageOf = (words: Partial<RunPage> = {}, framed: Partial<PageFrame> = {}): RunPage => ({
  frame: frame({ title: "A run", path: "runs/EXP002-bbbb.html", assets, ...framed }),
  id: "EXP002-bbbb",
  title: "A run",
  tags: [],
  notices: [],
  assumptions: [],
  chips: [],
  pictures: [],
  body: "",
  tried: [],
  side: {
    reproduce: { facts: [], missing: [] },
    origin: { bases: [], notes: [], children: [] },
    setup: [],
    files: [],
    artifacts: [],
    other: [],
  },
  problems: [],
  moreProblems: 0,
  ...words,
});
const html = (words: Partial<RunPage> = {}, framed: Partial<PageFrame> = {}): string => renderRun(pageOf(words, framed));
const measures = (rows: readonly Measure[], compared = true): Partial<RunPage> => ({ measures: { rows, compared, notes: [] } });
const texts = (part: string): string =>
  part
    .replace(/<svg[\s\S]*?<\/svg>/g, "")
    .replace(/<[^>]*>/g, "|")
    .replace(/\|+/g, "|");

describe("the frame, made once for all runs,", () => {
  const head = (title: string, framed: Partial<PageFrame> = {}): readonly (string | undefined)[] => {
    const text = html({}, { title, ...framed });
    return [/<title>(.*?)<\/title>/.exec(text)?.[1], /rel="canonical" href="(.*?)"/.exec(text)?.[1]];
  };

  test("holds each page's own title and address", () => {
    assert.deepEqual(head("One"), ["One · Journal", undefined]);
    assert.deepEqual(head("Two & <b>", { url: "https://x.example/a?b&c" }), ["Two &amp; &lt;b> · Journal", "https://x.example/a?b&amp;c"]);
    assert.deepEqual(head("Three", { url: "https://x.example/d" }), ["Three · Journal", "https://x.example/d"]);
    assert.deepEqual(head("Journal"), ["Journal", undefined], "what the journal is called is said once");
    const study = { title: "Digits", folder: "digits/", name: "digits" };
    assert.deepEqual([head("Four", { study })[0], head("Digits", { study })[0]], ["Four · Digits · Journal", "Digits · Journal"]);
  });

  test("is the same as a frame of its own, whatever the journal is called", () => {
    const plain = html({ body: "<p>body</p>" });
    const odd = html({ body: "<p>body</p>" }, { journal: "J\u0003\u0001" });
    assert.equal(odd.replaceAll("J\u0003\u0001", "Journal"), plain);
  });

  test("differs with what it shows", () => {
    assert.match(html({}, { scripts: ["chart"], assets: { ...assets, "chart.js": "assets/chart.js" } }), /assets\/chart\.js/);
    assert.doesNotMatch(html(), /assets\/chart\.js/);
    assert.match(html({}, { live: true }), /connect-src/);
  });
});

test("a long chip has its change apart from its name, so that room is taken from the name", () => {
  const chips = [{ text: "train_samples 3000 → 5700" }, { text: "lr 1 → 2" }, { text: "code 2 files in a long way of words" }];
  assert.match(html({ chips }), /<span class="of">train_samples<\/span> <span class="to">3000 → 5700<\/span>/);
  assert.equal(html({ chips }).match(/class="to"/g)?.length, 1);
});

test("the page tells its parts in the order in which they are read", () => {
  const text = html({
    verdict: { glyph: { mark: "●", word: "kept" }, lead: "Kept", ended: "", more: [], reason: "because", evidence: "better" },
    hypothesis: "It helps",
    chips: [{ text: "lr 1 → 2" }],
    ...measures([{ label: "acc" }]),
    body: "<p>written</p>",
    diff: { base: "EXP001", rows: [{ name: "lr", from: "1", to: "2", open: false }], same: "a: 1", summary: "1 equal" },
    tried: [{ text: "lr 2", address: "log.html#where=lr" }],
    side: { ...pageOf().side, reproduce: { again: "journal rerun EXP002-bbbb", command: "python x", facts: [], missing: [] } },
  });
  const order = [
    'class="crumb"',
    "<h1>",
    'class="verdict kept"',
    "because",
    "Evidence: better",
    "It helps",
    "lr 1 → 2",
    "Metrics",
    "written",
    "Configuration",
    "Tried elsewhere",
    "Reproduce",
    "run-neighbours",
  ];
  const places = order.map((part) => text.indexOf(part));
  assert.ok(
    places.every((place, at) => place > (places[at - 1] ?? 0)),
    String(places),
  );
  assert.doesNotMatch(text, / style=|<script>|undefined|NaN|\[object/);
  assert.match(text, /href="\.\.\/log\.html#where=lr"/);
  assert.match(text, /<pre class="command" data-copy>python x<\/pre>/, "what is copied is the text");
});

describe("a row of the metrics", () => {
  const row = (measure: Measure, compared = true): string =>
    /<tbody[^>]*>(.*)<\/tbody>/s.exec(html(measures([measure], compared)))?.[1] ?? "";

  test("is a row to those who do not see it", () => {
    const text = row({ label: "acc ↑", before: "1%", after: { text: "2%" }, change: "+1 pp", word: "better", evidence: "better, 3 v 3" });
    assert.deepEqual(text.match(/role="\w+"/g), ['role="row"', 'role="rowheader"', ...Array(4).fill('role="cell"')]);
    assert.equal(texts(text), "|acc ↑|1%|2%|+1 pp |better, 3 v 3|");
    assert.match(text, /class="better">\+1 pp/);
  });

  test("gives the reason the place of the change", () => {
    assert.equal(
      texts(row({ label: "acc", before: "1%", after: { text: "2%", word: "invalid" }, why: "invalid: leaked" })),
      "|acc|1%|2%| invalid|invalid: leaked|",
    );
  });

  test("has a word for what was not recorded", () => {
    assert.equal(texts(row({ label: "acc" })), "|acc|–|not recorded|–|not recorded|–|no change to tell| |");
    assert.equal(texts(row({ label: "acc", after: { text: "3" } }, false)), "|acc|3|");
  });

  test("shows repeats as ticks with their values said", () => {
    const strip = {
      word: "better" as const,
      before: { ticks: [2, 48], mean: 25 },
      after: { ticks: [94], mean: 94, spread: [90, 96] as const },
      name: "before 1, 2; after 3",
    };
    const text = row({ label: "acc", change: "+1", strip });
    assert.match(text, /<svg class="strip better" role="img" aria-label="before 1, 2; after 3">/);
    assert.match(text, /d="M2 2V8M48 2V8"/);
    assert.match(text, /d="M94 14V20M90 17H96"/);
  });
});

test("a file's address on the page is escaped, its name shown as it is", () => {
  const side = {
    ...pageOf().side,
    files: [
      { name: "a b#c.csv", note: "1 kB", address: "runs/x.files/a b#c.csv" },
      { name: "big", note: "too large" },
    ],
  };
  const text = html({ side });
  assert.match(text, /<a href="x\.files\/a%20b%23c\.csv">a b#c\.csv<\/a>/);
  assert.match(text, /<li>big<span class="note"> too large/);
});

test("a broken file is shown whole, the wrong line marked", () => {
  const text = html({
    raw: [
      { text: "a\n", marked: false },
      { text: "<b>\n", marked: true },
    ],
    notices: [["line ", { code: "x" }]],
  });
  assert.match(text, /<pre class="raw">a\n<mark>&lt;b>\n<\/mark><\/pre>/);
  assert.match(text, /<p class="notice bad">line <code>x<\/code><\/p>/);
});
