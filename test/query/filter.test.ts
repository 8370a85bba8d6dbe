// docs/filter.md is the specification: its runs are searched with its filters.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { parse } from "yaml";
import { JournalError } from "../../src/base/problem.ts";
import { fieldNames } from "../../src/query/fields.ts";
import { compile, matches } from "../../src/query/matcher.ts";
import { parseFilter } from "../../src/query/parser.ts";
import { vocabulary } from "../../src/query/vocabulary.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { normalize } from "../../src/record/normalize.ts";
import { type Json, tree } from "../../src/record/tree.ts";
import { run, settings, study } from "../support/run.ts";

const page = readFileSync(new URL("../../docs/filter.md", import.meta.url), "utf8");

function runsOf(text: string): readonly RunFile[] {
  const block = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
  return (parse(block) as readonly Json[]).map((facts) => {
    const written = tree(facts);
    const { run: read, problems } = normalize(written.kind === "dict" ? written : undefined, { id: "?", title: "?" });
    assert.deepEqual(
      problems.filter(({ severity }) => severity === "error"),
      [],
    );
    return { ...run(), run: read };
  });
}

function found(filter: string, files: readonly RunFile[], words = vocabulary(files, settings())): readonly string[] {
  const parsed = parseFilter(filter);
  return files.filter((file) => matches(parsed, file, words)).map((file) => file.run.id.slice(0, 6));
}

function refusal(filter: string, files: readonly RunFile[]): { readonly code: string; readonly at: string; readonly hint: string } {
  try {
    found(filter, files);
  } catch (error) {
    assert.ok(error instanceof JournalError);
    const [problem] = error.problems;
    const carets = (problem?.hint ?? "").split("\n")[1]?.trim().length ?? 0;
    return {
      code: problem?.code ?? "",
      at: filter.slice(problem?.offset ?? 0, (problem?.offset ?? 0) + carets),
      hint: problem?.hint ?? "",
    };
  }
  return { code: "none", at: "", hint: "" };
}

describe("every example of docs/filter.md", () => {
  const files = runsOf(page);
  const examples = [...page.matchAll(/^\| `([^`]+)` \| ([^|]*) \|$/gm)];
  assert.ok(examples.length > 38);
  for (const [, filter = "", ids = ""] of examples) {
    test(`${filter} finds ${ids}`, () => assert.deepEqual(found(filter, files), ids.split(", ")));
  }

  test("names every field", () => {
    const listed = /^Fields: (.*)$/m.exec(page)?.[1] ?? "";
    assert.deepEqual(
      fieldNames.filter((name) => name !== "tags" && name !== "has" && !listed.includes(`\`${name}\``)),
      [],
    );
  });
});

describe("a filter that makes no sense", () => {
  const files = [
    run({
      id: "EXP041-aaaa",
      config: { loss: "mse", "optimizer.lr": 0.1 },
      metrics: { val_accuracy: "85.5%", loss: 0.4, training_time: "2 h" },
    }),
    run({ id: "EXP042-bbbb", metrics: { val_accuracy: "87%" } }),
  ];
  const cases: readonly (readonly [string, string, string])[] = [
    ["loss < 1", "ambiguous-name", "loss"],
    ["tag:x and base:EXP04", "ambiguous-run", "EXP04"],
    ["0.8 < val_accuracy < 0.9", "chained-comparison", "<"],
    ["tag:x and > 3", "missing-name", ">"],
    ["tag:x cosine", "stray-word", "cosine"],
    ["cosine", "missing-operator", "cosine"],
    ["tag:x and", "missing-term", ""],
    ["tag:x or or tag:y", "missing-term", "or"],
    ["()", "missing-term", ")"],
    ["not", "missing-term", ""],
    ["tag:", "missing-value", ""],
    ["val_accuracy > = 3", "missing-value", "="],
    ["tag = (x)", "missing-value", "("],
    ["val_accuracy >= best - 1pp", "no-best", "best - 1pp"],
    ["title > batch", "no-order", "title"],
    ["status > failed", "no-order", "status"],
    ["date > yesterday", "not-a-date", "yesterday"],
    ["date = 2026-11-01..soon", "not-a-date", "soon"],
    ["val_accuracy > high", "not-a-number", "high"],
    ["optimizer.lr > high", "not-a-number", "high"],
    ["val_accuracy = 1..high", "not-a-number", "high"],
    ["(tag:x", "open-parenthesis", "("],
    ["tag:x and (tag:y))", "stray-parenthesis", ")"],
    ['title = "x', "open-quote", '"'],
    ["units = [1, 2", "open-quote", "["],
    ["val_accuracy > 87", "percent", "87"],
    ["text ~ cosine annealing", "stray-word", "annealing"],
    ["val_acuracy > 1", "unknown-name", "val_acuracy"],
    ["metric.val_acuracy > 1", "unknown-name", "metric.val_acuracy"],
    ["has:nothing", "unknown-name", "nothing"],
    ["__proto__ = 1", "unknown-name", "__proto__"],
    ["constructor = 1", "unknown-name", "constructor"],
    ["status:fnished", "unknown-value", "fnished"],
    ["decision:maybe", "unknown-value", "maybe"],
    ["loss2 < 2h or val_accuracy < 2h", "unknown-name", "loss2"],
    ["val_accuracy < 2h", "wrong-unit", "2h"],
  ];
  for (const [filter, code, at] of cases) {
    test(`${filter} is refused at ${at === "" ? "its end" : at}`, () => {
      const { at: place, ...problem } = refusal(filter, files);
      assert.equal(problem.code, `query/${code}`);
      assert.equal(place, at);
    });
  }

  test("every code is in docs/problems/query.md, and every heading there is a code", () => {
    const source = readFileSync(new URL("../../src/query/messages.ts", import.meta.url), "utf8");
    const codes = [
      ...new Set([...source.matchAll(/problem\(\s*"([a-z-]+)"/g)].map((match) => `query/${match[1]}`).concat("query/too-long")),
    ].sort();
    const headings = [...readFileSync(new URL("../../docs/problems/query.md", import.meta.url), "utf8").matchAll(/^## (.*)$/gm)].map(
      (match) => match[1],
    );
    assert.deepEqual(headings, codes);
  });

  test("the nearest name is suggested, also behind a scope and below a nested name", () => {
    assert.match(refusal("val_acuracy > 1", files).hint, /did you mean `val_accuracy`/);
    assert.match(refusal("metric.val_acuracy > 1", files).hint, /did you mean `metric.val_accuracy`/);
    assert.match(refusal("lr > 1", files).hint, /did you mean `optimizer.lr`/);
    assert.match(refusal("status:fnished", files).hint, /did you mean `finished`/);
  });

  test("the caret stands under the place, also in a long filter and behind line breaks", () => {
    const long = `${"tag:x and ".repeat(40)}val_acuracy > 1${" and tag:x".repeat(40)}`;
    for (const filter of [long, "tag:x\nand\tval_acuracy > 1"]) {
      const [shown = "", carets = ""] = refusal(filter, files).hint.split("\n");
      assert.equal(shown.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1), "val_acuracy");
      assert.ok(shown.length < 80);
    }
  });

  test("nesting and length have limits, so that no filter exhausts the stack", () => {
    assert.equal(refusal(`${"(".repeat(5000)}tag:x`, files).code, "query/too-deep");
    assert.equal(refusal(`${"not ".repeat(2000)}tag:x`, files).code, "query/too-deep");
    assert.equal(refusal("x".repeat(100_000), files).code, "query/too-long");
  });
});

describe("a value that was not recorded", () => {
  const files = [run({ id: "EXP001", config: { lr: 0.1 } }), run({ id: "EXP002", config: { lr: 0.2 } }), run({ id: "EXP003", config: {} })];
  test("matches nothing, not even !=", () => {
    for (const filter of ["lr = 0.1 or lr != 0.1", "lr < 1", "lr ~ 0", "has:lr", "lr = 0..1"])
      assert.deepEqual(found(filter, files), ["EXP001", "EXP002"]);
  });
  test("is found by not", () => {
    assert.deepEqual(found("not lr = 0.1", files), ["EXP002", "EXP003"]);
    assert.deepEqual(found("not (lr = 0.1)", files), ["EXP002", "EXP003"]);
    assert.deepEqual(found("not has:lr", files), ["EXP003"]);
  });
  test("is another thing than a recorded null", () => {
    const nulls = [
      run({ id: "EXP001", config: { schedule: null } }),
      run({ id: "EXP002", config: { schedule: "cosine" } }),
      run({ id: "EXP003" }),
    ];
    assert.deepEqual(found("schedule = none", nulls), ["EXP001"]);
    assert.deepEqual(found("schedule != none", nulls), ["EXP002"]);
    assert.deepEqual(found("has:schedule", nulls), ["EXP001", "EXP002"]);
  });
});

describe("names", () => {
  test("a field wins over a parameter, which stays within reach", () => {
    const files = [run({ id: "EXP001", title: "A", config: { title: "B" } })];
    assert.deepEqual(found("title = a", files), ["EXP001"]);
    assert.deepEqual(found("config.title = b", files), ["EXP001"]);
  });
  test("quotes carry names with blanks, parentheses and colons", () => {
    const files = [run({ id: "EXP001", config: { "a (b)": 1 }, metrics: { "val: f1": 0.5 } })];
    for (const filter of ['"a (b)" = 1', 'config."a (b)" = 1', '"val: f1" > 0.4', 'metric."val: f1" > 0.4', 'has:"a (b)"'])
      assert.deepEqual(found(filter, files), ["EXP001"]);
  });
  test("a metric is found under the name it is imported from", () => {
    const declared = settings({ metrics: { val_accuracy: { name: "val_accuracy", from: ["Accuracy/val"] } } });
    const files = [run({ id: "EXP001", metrics: { "Accuracy/val": 0.9 } }), run({ id: "EXP002", metrics: { val_accuracy: 0.9 } })];
    const words = vocabulary(files, declared, new Map([["", study({ metrics: declared.metrics })]]));
    for (const filter of ["val_accuracy > 0.8", "Accuracy/val > 0.8"]) assert.deepEqual(found(filter, files, words), ["EXP001", "EXP002"]);
  });
});

describe("metrics", () => {
  test("a value declared invalid, by the run or by its era, counts as not recorded", () => {
    const protocols = [
      { name: "v1", invalid: ["val_loss"] },
      { name: "v2", invalid: [] },
    ];
    const files = [
      run({ id: "EXP001", metrics: { val_loss: 0.4 } }),
      run({ id: "EXP002", metrics: { val_loss: 0.4 }, protocol: "v2" }),
      run({ id: "EXP003", metrics: { val_loss: 0.4 }, protocol: "v2", invalid: { val_loss: "" } }),
      run({ id: "EXP004", metrics: { val_loss: 0.4 }, protocol: "v2", invalid: { "*": "" } }),
    ];
    const words = vocabulary(files, settings(), new Map([["", study({ protocols })]]));
    assert.deepEqual(found("val_loss < 1", files, words), ["EXP002"]);
    assert.deepEqual(found("has:val_loss", files, words), ["EXP002"]);
    assert.deepEqual(found("protocol:v1", files, words), ["EXP001"]);
    assert.deepEqual(found("protocol != v1", files, words), ["EXP002", "EXP003", "EXP004"]);
  });
  test("a value is invalid under any name of its metric, and the whole of an era by a star", () => {
    const metrics = { val_accuracy: { name: "val_accuracy", from: ["val_acc"] } };
    const protocols = [
      { name: "v1", invalid: ["*"] },
      { name: "v2", invalid: [] },
    ];
    const files = [
      run({ id: "EXP001", metrics: { val_acc: 0.9 } }),
      run({ id: "EXP002", metrics: { val_acc: 0.9 }, protocol: "v2" }),
      run({ id: "EXP003", metrics: { val_acc: 0.9 }, protocol: "v2", invalid: { val_acc: "leak" } }),
    ];
    const words = vocabulary(files, settings({ metrics }), new Map([["", study({ metrics, protocols })]]));
    assert.deepEqual(found("val_accuracy > 0", files, words), ["EXP002"]);
  });
  test("a bare number is refused only where every value is written in percent", () => {
    const files = [run({ id: "EXP001", metrics: { score: "87%" } }), run({ id: "EXP002", metrics: { score: 90 } })];
    for (const some of [files, [...files].reverse()]) assert.deepEqual(found("score > 87", some), ["EXP002"]);
    assert.equal(refusal("score > 87", files.slice(0, 1)).code, "query/percent");
  });
  test("two ways to one number are one number", () => {
    const file = run({ metrics: { score: 0.3 } });
    assert.ok(0.4 - 0.1 > 0.3);
    assert.equal(compile(parseFilter("score >= best - 0.1"), vocabulary([file], settings()), { best: () => 0.4 })(file), true);
  });
  test("diverged values match nothing", () => {
    const files = [run({ id: "EXP001", metrics: { val_loss: [Number.NaN, null] } })];
    assert.deepEqual(found("val_loss < 1 or val_loss >= 1 or val_loss != 1 or has:val_loss", files), []);
  });
  test("names that end in a unit read values as runs do", () => {
    const files = [run({ id: "EXP001", metrics: { latency_ms: "35" } })];
    assert.deepEqual(found("latency_ms < 36 ms and latency_ms < 36 and latency_ms > 0.03 s", files), ["EXP001"]);
  });
  test("a bound on the best is a point, a share or a distance", () => {
    const file = run({ metrics: { val_accuracy: "86%" } });
    const words = vocabulary([file], settings());
    const holds = (where: string): boolean => compile(parseFilter(where), words, { best: () => 0.87 })(file);
    assert.equal(holds("val_accuracy >= best - 1pp"), true);
    assert.equal(holds("val_accuracy >= best-1pp"), true);
    assert.equal(holds("val_accuracy >= best - 0.9pp"), false);
    assert.equal(holds("val_accuracy >= best - 1%"), false);
    assert.equal(holds("val_accuracy >= best - 1.2%"), true);
    assert.equal(holds("val_accuracy >= best - 0.02"), true);
    assert.equal(holds("val_accuracy < best"), true);
  });
});

describe("hostile filters", () => {
  const files = [run({ config: { a: 1, b: "x" }, metrics: { m: 1 } })];
  const words = vocabulary(files, settings());
  const parts = [
    "a",
    "b",
    "m",
    "=",
    "!=",
    "<",
    ">=",
    "~",
    ":",
    "(",
    ")",
    "and",
    "or",
    "not",
    '"',
    "'",
    "[",
    "]",
    "..",
    "87%",
    "2 h",
    "best",
    "-",
    "\\",
    "\n",
    "tag:x",
    "date",
    "2026-11",
    "has:",
  ];
  test("any text is a filter or a refusal, never another error", () => {
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...parts), { maxLength: 30 }).map((words) => words.join(" ")),
      fc.array(fc.constantFrom(...parts), { maxLength: 30 }).map((words) => words.join("")),
    );
    fc.assert(
      fc.property(text, (filter) => {
        try {
          for (const file of files) compile(parseFilter(filter), words)(file);
        } catch (error) {
          assert.ok(error instanceof JournalError, String(error));
          assert.match(error.problems[0]?.code ?? "", /^query\//);
        }
      }),
      { numRuns: 2000 },
    );
  });
  test("the longest filters take no longer than their length", () => {
    const hostile = parts.flatMap((part) => [
      part.repeat(10_000 / part.length),
      `${part} `.repeat(10_000 / (part.length + 1)),
      `a = ${part.repeat(9_990 / part.length)}`,
    ]);
    const start = process.cpuUsage();
    for (const filter of hostile) assert.doesNotThrow(() => refusal(filter, files));
    assert.ok(process.cpuUsage(start).user < 5e6);
  });
});
