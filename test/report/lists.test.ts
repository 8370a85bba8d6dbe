import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { renderHardware } from "../../site/pages/hardware.tsx";
import { tagAddress } from "../../src/base/address.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { hardwarePage, hardwareParts } from "../../src/report/hardware-page.ts";
import { nextFacts, nextPage, nextParts } from "../../src/report/next-page.ts";
import { peoplePage } from "../../src/report/people-page.ts";
import { problemsPage } from "../../src/report/problems-page.ts";
import { plainText } from "../../src/report/sentence.ts";
import { filterWord, tagPage, tagsOf, tagsPage, tagsParts } from "../../src/report/tags-page.ts";
import { analyseStudy } from "../support/analysis.ts";
import { frame } from "../support/frame.ts";
import { run, settings } from "../support/run.ts";

const study = analyseStudy([
  run({
    id: "EXP001",
    date: "2026-11-01",
    tags: ["sweep", "a&b"],
    experimenter: "Ada <ada@example.org>",
    decision: "keep",
    config: { a: 1 },
    next: ["first", "x done"],
    questions: ["why?"],
    hardware: "t4",
  }),
  run({
    id: "EXP002",
    date: "2026-11-02",
    tags: ["sweep", "sweep"],
    experimenter: "Ada",
    decision: "discard",
    config: { a: 2 },
    next: ["second"],
    hardware: "t4",
  }),
  run({
    id: "EXP003",
    date: "2026-11-03",
    tags: ["Sweep", " "],
    experimenter: "grace@navy.mil",
    config: { a: 3 },
    status: "running",
    hardware: "a100",
  }),
  run({ id: "EXP004", date: "2026-11-04", config: { a: 4 }, status: "planned" }),
  run({ id: "EXP005", date: "2026-11-05", tags: ["secret"], experimenter: "Nobody", hidden: true, config: { a: 5 }, next: ["hidden"] }),
]);
const at = { study, title: "Digits", log: "log.html", names: () => tagsOf(study) };

describe("next", () => {
  const parts = nextParts([at]);
  const page = nextPage([at], parts, 1, frame());
  const [section] = page.sections;

  test("holds what runs and what is planned, open steps of kept runs first, questions, and what is done", () => {
    assert.deepEqual(
      section?.running.map(({ run: { id } }) => id),
      ["EXP003"],
    );
    assert.deepEqual(
      section?.planned.map(({ run: { id } }) => id),
      ["EXP004"],
    );
    assert.deepEqual(
      section?.open.map(({ words, run: { id }, day }) => [plainText(words), id, day]),
      [
        ["first", "EXP001", "1 Nov 2026"],
        ["second", "EXP002", "2 Nov 2026"],
      ],
    );
    assert.deepEqual(
      section?.questions.map(({ words }) => plainText(words)),
      ["why?"],
    );
    assert.deepEqual(
      section?.done.map(({ words }) => plainText(words)),
      ["done"],
    );
    assert.equal(section?.empty, false);
  });

  test("is empty only where there is nothing to do at all", () => {
    const none = { study: analyseStudy([run({ id: "EXP001", decision: "keep" })]), title: "x" };
    assert.equal(nextPage([none], nextParts([none]), 1, frame()).sections[0]?.empty, true);
  });

  test("goes on over more pages, whose facts change when what they show does", () => {
    const many = (word: string, n = 500) => {
      const next = Array.from({ length: n }, (_, index) => `${word} ${index}`);
      return { study: analyseStudy([run({ id: "EXP001", next })]), title: "x" };
    };
    const pages = nextParts([many("step")]);
    assert.equal(pages.length, 3);
    const third = nextPage([many("step")], pages, 3, frame());
    assert.equal(third.sections[0]?.open.length, 100);
    assert.deepEqual(third.pager, { number: 3, pages: 3, previous: "next-2.html" });
    assert.deepEqual(third.sections[0]?.asks, [], "asked once, on the first page");
    const [first, second] = pages;
    assert.ok(first && second);
    assert.equal(nextFacts(first), undefined, "the first page has to be made to know");
    const other = nextParts([many("other")])[1];
    assert.ok(other);
    assert.notDeepEqual(nextFacts(other), nextFacts(second));
    assert.deepEqual(nextParts([many("step")]).map(nextFacts), pages.map(nextFacts));
  });
});

test("next does not list what cannot be read", () => {
  const unread = analyseStudy([{ ...run({ id: "EXP001", status: "planned" }), broken: true }, run({ id: "EXP002", config: { a: 2 } })]);
  const parts = nextParts([{ ...at, study: unread }]);
  assert.deepEqual(nextPage([{ ...at, study: unread }], parts, 1, frame()).sections[0]?.planned, []);
});

describe("hardware", () => {
  test("names a class after its processor once", () => {
    const cpu = { hardware: { cpu: "Xeon", other: {} } };
    const heads = (files: readonly RunFile[]): string => {
      const studies = [{ study: analyseStudy(files), title: "Digits" }];
      return renderHardware(hardwarePage(studies, hardwareParts(studies), 1, frame())).match(/<thead.*<\/thead>/s)?.[0] ?? "";
    };
    assert.doesNotMatch(heads([run({ id: "EXP001", ...cpu })]), /Class/);
    assert.match(heads([run({ id: "EXP001", ...cpu }), run({ id: "EXP002", config: { a: 1 }, hardware: "T4" })]), /Class.*CPU/s);
  });
  test("lists the classes with one unit for all their times", () => {
    const made = analyseStudy([
      run({
        id: "EXP001",
        config: { a: 1 },
        metrics: { training_time: "2 h" },
        hardware: { gpu: "T4", ram: "16 GB", other: {} },
        software: { torch: "2.3" },
      }),
      run({ id: "EXP002", config: { a: 2 }, metrics: { training_time: "30 min" }, hardware: { gpu: "A100", other: {} } }),
      run({ id: "EXP003", config: { a: 3 } }),
    ]);
    const studies = [{ study: made, title: "Digits" }];
    const [section] = hardwarePage(studies, hardwareParts(studies), 1, frame()).sections;
    assert.deepEqual(section?.machines, [
      { name: "T4", gpu: "T4", ram: "16 GB", software: "torch 2.3", runs: "1", time: "2.00 h" },
      { name: "A100", gpu: "A100", runs: "1", time: "0.50 h" },
    ]);
    assert.deepEqual(section?.notes, ["Times are compared within a class only.", "1 run does not say which machine they ran on."]);
  });
});

describe("tags", () => {
  test("count configurations, and the share that was kept", () => {
    const [section] = tagsPage(tagsParts([at]), 1, { frame: frame(), several: false }).sections;
    assert.deepEqual(
      section?.rows.map(({ name, runs, kept, keptOf, newest }) => [name, runs, kept, keptOf, newest.id]),
      [
        ["sweep", "2", "50%", "1 of 2", "EXP002"],
        ["a&b", "1", "100%", "1 of 1", "EXP001"],
        ["Sweep", "1", "0%", "0 of 1", "EXP003"],
      ],
    );
  });

  test("have a page each, also those that differ in capitals alone", () => {
    assert.equal(tagAddress("sweep"), "tags/sweep.html");
    const names = ["sweep", "Sweep", "a&b", "a b", "a_b", "../../etc/passwd", "x".repeat(300), "é", "con"];
    const addresses = names.map((name) => tagAddress(name).toLowerCase());
    assert.equal(new Set(addresses).size, names.length);
    for (const address of addresses) assert.match(address, /^tags\/[\w~-]{1,100}\.html$/);
  });

  test("lead from their page to the filtered log", () => {
    const page = tagPage("a&b", [at], frame());
    assert.equal(page.summary, "1 run, 1 kept");
    assert.equal(page.sections[0]?.log.address, `log.html#where=${encodeURIComponent('tag:"a&b"')}`);
    assert.equal(filterWord('say "x" \\'), '"say \\"x\\" \\\\"');
  });

  test("show their newest 200 runs and count the others", () => {
    const many = analyseStudy(Array.from({ length: 230 }, (_, index) => run({ id: `EXP${index + 100}`, tags: ["t"], config: { index } })));
    const [section] = tagPage("t", [{ study: many, title: "x", log: "log.html", names: () => tagsOf(many) }], frame()).sections;
    assert.equal(section?.lines.length, 200);
    assert.equal(section?.log.text, "30 older runs in the log");
  });
});

describe("people", () => {
  test("are one however they wrote their address, which is not published", () => {
    const page = peoplePage([at], settings(), frame());
    assert.deepEqual(
      page.people.map(({ name, runs, kept, newest }) => [name, runs, kept, newest.id]),
      [
        ["Ada", "2", "50%", "EXP002"],
        ["grace", "1", "0%", "EXP003"],
      ],
    );
    assert.equal(page.unnamed, 1);
    const inside = peoplePage([at], settings({ site: { private: true } }), frame());
    assert.ok(inside.people.some(({ name }) => name === "grace@navy.mil"));
  });
});

describe("problems", () => {
  const page = problemsPage({
    frame: frame(),
    several: false,
    sections: [
      {
        study: "",
        title: "Digits",
        problems: [
          {
            code: "record/b",
            severity: "warning",
            message: "`lr` is odd",
            hint: "use `-` or write `lr: 1`",
            path: "experiments/a.md",
            line: 3,
            column: 4,
          },
          { code: "record/a", severity: "error", message: "broken", hint: "mend it", path: "experiments/b.md" },
        ],
      },
      { title: "The journal", problems: [] },
    ],
    addressOf: (path) => (path === "experiments/a.md" ? "runs/a.html" : undefined),
  });

  test("come worst first, with their place, their page and what to paste", () => {
    const rows = page.sections[0]?.rows;
    assert.deepEqual(
      rows?.map(({ severity, file, place, address, code }) => [severity, file, place, address, code]),
      [
        ["error", "experiments/b.md", undefined, undefined, "record/a"],
        ["warning", "experiments/a.md", "3:4", "runs/a.html", "record/b"],
      ],
    );
    assert.deepEqual(rows?.[1]?.cure, ["use ", { code: "-" }, " or write ", { command: "lr: 1" }]);
    assert.deepEqual(rows?.[0]?.cure, ["mend it"]);
    assert.equal(page.summary, "1 error, 1 warning");
    assert.equal(page.sections[1]?.key, undefined);
  });

  test("are cut where there are thousands, and counted", () => {
    const problems = Array.from({ length: 3000 }, (_, line) => ({ code: "x/y", severity: "note" as const, message: "m", line }));
    const [section] = problemsPage({
      frame: frame(),
      several: false,
      sections: [{ study: "", title: "x", problems }],
      addressOf: () => undefined,
    }).sections;
    assert.equal(section?.rows.length, 500);
    assert.equal(section?.more, 2500);
  });
});
