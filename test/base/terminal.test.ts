import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { displayWidth, painter, renderTable, safe, safeLine, truncate, wantsColor } from "../../src/base/terminal.ts";
import { stopwatch } from "../support/stopwatch.ts";

const harmful = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

describe("safe", () => {
  it("shows control and bidirectional characters instead of sending them", () => {
    assert.equal(safe("\x1b[31mred\x1b[0m"), "\\u001b[31mred\\u001b[0m");
    assert.equal(safe("a\u202eb\u009b1m"), "a\\u202eb\\u009b1m");
    assert.equal(safe("carriage\rreturn"), "carriage\\u000dreturn");
  });

  it("leaves text in every language alone", () => {
    for (const text of ["naïve – 87.2 %", "実験 ✓", "تجربة", "👩‍👩‍👧‍👦 family", "two\nlines\tand a tab"]) assert.equal(safe(text), text);
  });

  it("makes half a character visible", () => {
    assert.equal(safe("\ud83d!"), "\\ud83d!");
  });

  it("never lets a harmful character through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.doesNotMatch(safe(text), harmful);
        assert.doesNotMatch(safeLine(text), /[\n\r\t]/);
        assert.equal(safe(safe(text)), safe(text));
      }),
    );
  });

  it("takes a long hostile text in linear time", () => {
    const spent = stopwatch();
    safe("\x1b[".repeat(500_000));
    safeLine(" \n".repeat(500_000));
    assert.ok(spent() < 2000);
  });
});

describe("displayWidth", () => {
  const cases: readonly (readonly [string, number])[] = [
    ["", 0],
    ["plain", 5],
    ["ü", 1],
    ["u\u0308", 1],
    ["実験", 4],
    ["한국", 4],
    ["ｆｕｌｌ", 8],
    ["🚀", 2],
    ["👩‍👩‍👧‍👦", 2],
    ["👍🏽", 2],
    ["🇩🇪🇫🇷", 4],
    ["❤️", 2],
    ["✓ → –", 5],
    ["a\u200bb", 2],
  ];
  for (const [text, width] of cases) {
    it(`counts ${width} columns for ${JSON.stringify(text)}`, () => assert.equal(displayWidth(text), width));
  }
});

describe("the widths of arrows, signs and Latin letters", () => {
  it("are one column each, alone and beside wide characters", () => {
    for (const text of ["batch 32 → 64", "87.1% ± 0.1, n = 2", "Größe −3 ≈ 4 – 5…"]) {
      assert.equal(displayWidth(text), text.length);
      assert.equal(displayWidth(`${text}実`), text.length + 2);
    }
  });
});

describe("truncate", () => {
  it("cuts with an ellipsis and never inside a character", () => {
    assert.equal(truncate("Double the batch", 10), "Double th…");
    assert.equal(truncate("実験の記録", 6), "実験…");
    assert.equal(truncate("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3), "👩‍👩‍👧‍👦…");
    assert.equal(truncate("short", 5), "short");
    for (const [text, width, cut] of [
      ["batch_size 32 → 64", 17, "batch_size 32 →…"],
      ["lr 1e-3 → 3e-4", 13, "lr 1e-3 →…"],
      ["val 87.25%", 9, "val…"],
      ["resnet50 twice", 10, "resnet50…"],
      ["resnet50", 7, "resnet…"],
      ["fee free", 6, "fee f…"],
    ] as const)
      assert.equal(truncate(text, width), cut);
    assert.equal(truncate("short", 0), "");
  });

  it("never takes more columns than it was given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        assert.ok(displayWidth(truncate(safeLine(text), width)) <= width);
      }),
    );
  });
});

describe("renderTable", () => {
  it("does not pad every line to one very long cell", () => {
    const long = "x".repeat(20_000);
    const { text } = renderTable(
      [{ label: "a" }, { label: "b" }],
      [
        [long, "1"],
        ["short", "2"],
      ],
    );
    assert.ok(text.includes(`${long}  1\n`));
    assert.ok(text.includes(`short${" ".repeat(117)}2\n`));
  });

  const columns = [{ label: "id", least: Number.POSITIVE_INFINITY }, { label: "title" }, { label: "loss", align: "right" as const }];
  const rows = [
    ["EXP001-9qd2", "A title that goes on and on and on", "0.38"],
    ["EXP002-k7f3", "実験", "10.5"],
  ];

  it("aligns by what a reader sees", () => {
    assert.equal(
      renderTable(columns, rows).text,
      [
        "id           title                               loss",
        "EXP001-9qd2  A title that goes on and on and on  0.38",
        "EXP002-k7f3  実験                                10.5",
        "",
      ].join("\n"),
    );
  });

  it("takes room from the widest column that can give it", () => {
    const { text, left } = renderTable(columns, rows, 36);
    assert.deepEqual(left, []);
    assert.match(text, /^EXP001-9qd2 {2}A title that goe… {2}0\.38$/m);
  });

  it("leaves out columns from the right when there is no room at all, and says which", () => {
    const { text, left } = renderTable(columns, rows, 22);
    assert.deepEqual(left, ["loss"]);
    assert.match(text, /^EXP001-9qd2 {2}A title…?/m);
  });

  it("leaves out the columns that were said to go first, and never those that stay", () => {
    const some = [
      { label: "id", least: Number.POSITIVE_INFINITY, leaves: Number.NEGATIVE_INFINITY },
      { label: "date", leaves: 2 },
      { label: "title", leaves: 1 },
      { label: "loss", least: Number.POSITIVE_INFINITY, leaves: Number.NEGATIVE_INFINITY },
    ];
    const row = ["EXP001-9qd2", "2026-11-20", "A title", "0.38 ± 0.01, n = 3"];
    for (const [width, left] of [
      [60, []],
      [45, ["date"]],
      [35, ["date", "title"]],
      [10, ["date", "title"]],
    ] as const) {
      const table = renderTable(some, [row], width);
      assert.deepEqual(table.left, left);
      assert.match(table.text, /^EXP001-9qd2 .*0\.38 ± 0\.01, n = 3$/m);
    }
  });

  it("fits whatever the width and the text are", () => {
    const cell = fc.string({ unit: "grapheme", maxLength: 30 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 5 }), fc.integer({ min: 20, max: 120 }), (some, width) => {
        const { text } = renderTable([{ label: "a" }, { label: "b" }, { label: "c" }], some, width);
        for (const line of text.split("\n")) assert.ok(displayWidth(line) <= width);
      }),
    );
  });

  it("lets no cell reach the terminal raw", () => {
    assert.doesNotMatch(renderTable([{ label: "t" }], [["\x1b]0;owned\x07"], ["a\nb"]]).text.replaceAll("\n", ""), harmful);
  });

  it("paints only after it laid out", () => {
    const painted = renderTable(
      [{ label: "d", paint: (text) => painter(true)("green", text) }, { label: "x" }],
      [["keep", "1"]],
      undefined,
      painter(true),
    ).text;
    assert.equal(painted, "\x1b[1md\x1b[22m     \x1b[1mx\x1b[22m\n\x1b[32mkeep\x1b[39m  1\n");
  });
});

describe("wantsColor", () => {
  it("follows the terminal, NO_COLOR, TERM and FORCE_COLOR", () => {
    assert.equal(wantsColor({}, true), true);
    assert.equal(wantsColor({}, false), false);
    assert.equal(wantsColor({ NO_COLOR: "1" }, true), false);
    assert.equal(wantsColor({ NO_COLOR: "" }, true), true);
    assert.equal(wantsColor({ TERM: "dumb" }, true), false);
    assert.equal(wantsColor({ FORCE_COLOR: "1" }, false), true);
    assert.equal(wantsColor({ FORCE_COLOR: "0" }, true), false);
  });
});
