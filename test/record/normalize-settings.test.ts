import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { normalizeSettings, normalizeStudy } from "../../src/record/normalize-settings.ts";
import type { Json } from "../../src/record/tree.ts";
import { tree } from "../../src/record/tree.ts";
import { treeOf } from "./read.ts";

function read(text: string) {
  const { settings, problems } = normalizeSettings(treeOf(text));
  return { settings, codes: problems.map((problem) => problem.code.replace("record/", "")), problems };
}

describe("journal.yaml", () => {
  test("may be empty", () => {
    const { settings, codes } = read("");
    assert.deepEqual(
      [settings.metrics, settings.ignore, settings.site, settings.study.name, settings.study.goals, codes],
      [{}, [], { private: false }, "", [], []],
    );
  });

  test("reads a tolerance as points, as a percentage, and in a unit, and names one that is none", () => {
    for (const written of ["0.3pp", "1%", "+10%", "0.02", "5 min"])
      assert.deepEqual(read(`metrics: { a: { min_effect: ${written}, guard: ${written} } }`).codes, [], written);
    const odd = read("metrics: { a: { min_effect: small, guard: a bit } }");
    assert.deepEqual(odd.codes, ["unreadable-number", "unreadable-number"]);
    assert.deepEqual(odd.settings.metrics["a"], { name: "a", from: [] });
  });
  test("reads metrics as maps, as a direction, and with every way to pick", () => {
    const { settings, codes } = read(
      'metrics:\n  a: { from: [x, y], goal: maximize, unit: "%", pick: best, min_effect: 0.3pp, label: A }\n  b: min\n  c: { pick: { at: best a }, guard: +10% }\n  d: { pick: at last a, from: one/name }\n  e:',
    );
    assert.deepEqual(settings.metrics, {
      a: { name: "a", from: ["x", "y"], goal: "max", unit: "%", pick: "best", minEffect: "0.3pp", label: "A" },
      b: { name: "b", from: [], goal: "min" },
      c: { name: "c", from: [], pick: "at best a", guard: "+10%" },
      d: { name: "d", from: ["one/name"], pick: "at last a" },
      e: { name: "e", from: [] },
    });
    assert.deepEqual(codes, []);
  });

  test("names words that are no choice", () => {
    assert.deepEqual(read("metrics: { a: { goal: best, pick: median } }\nparameters: { b: { scale: logarithmic } }").codes, [
      "unknown-choice",
      "unknown-choice",
      "unknown-choice",
    ]);
  });

  test("reads parameters, data, capture, site and views", () => {
    const { settings, codes } = read(
      "parameters: { a: { category: A, scale: log }, b: Size }\ndata: { val: { path: v, role: eval }, train: t }\nprotected: eval/**\ncapture: { env: [A], packages: torch, patterns: ['^(?<a>x)$'], artifacts: out/*.pt }\nsite: { url: u, private: yes }\nviews: { v: { where: decision:keep, sort: -date, columns: title, }, w: tag:x }\nignore: seed, out",
    );
    assert.deepEqual(settings.parameters, { a: { name: "a", category: "A", scale: "log" }, b: { name: "b", category: "Size" } });
    assert.deepEqual(settings.data, { val: { path: "v", role: "eval" }, train: { path: "t" } });
    assert.deepEqual([settings.protected, settings.ignore], [["eval/**"], ["seed", "out"]]);
    assert.deepEqual(settings.capture, { env: ["A"], packages: ["torch"], patterns: ["^(?<a>x)$"], artifacts: ["out/*.pt"] });
    assert.deepEqual(settings.site, { private: true, url: "u" });
    assert.deepEqual(settings.views, {
      v: { columns: ["title"], where: "decision:keep", sort: "-date" },
      w: { where: "tag:x", columns: [] },
    });
    assert.deepEqual(codes, []);
  });

  test("keeps unknown keys with a did-you-mean, at every level", () => {
    const { settings, problems } = read(
      "titel: x\nmetrics: { a: { direction: max, labl: A } }\nsite: { adress: x }\nstudy: { primary_metric: a, protocols: { v1: { invald: [a] } }, goals: { a: { max: a, wher: b } } }",
    );
    assert.deepEqual(settings.other, { titel: "x" });
    assert.deepEqual(
      problems.map((problem) => [problem.code, problem.hint?.match(/`(\w+):`/)?.[1]]),
      [
        ["record/unknown-key", "title"],
        ["record/unknown-key", "goal"],
        ["record/unknown-key", "label"],
        ["record/unknown-key", undefined],
        ["record/unknown-key", "primary"],
        ["record/unknown-key", "invalid"],
        ["record/unknown-key", "where"],
      ],
    );
  });

  test("names wrong types with their place and reads the rest", () => {
    const { settings, problems } = read(
      "title: [a]\nmetrics: [a]\nsite: here\nviews: 3\nignore: { a: 1 }\nparameters: { lr: { category: Rate } }\nstudy: [a]",
    );
    assert.deepEqual(
      problems.map((problem) => problem.code),
      Array.from({ length: 6 }, () => "record/wrong-type"),
    );
    for (const problem of problems) assert.equal(typeof problem.offset, "number");
    assert.equal(settings.parameters["lr"]?.category, "Rate");
    assert.deepEqual(read("- a\n- b").codes, ["wrong-type"]);
  });
});

describe("goals", () => {
  const goals = (text: string) => read(`study: { goals: ${text} }`);

  test("are texts, maps and lists of them", () => {
    assert.deepEqual(goals("{ a: max val, b: { min: time, where: val > 1 }, c: minimise loss where val > 87% }").settings.study.goals, [
      { name: "a", direction: "max", metric: "val" },
      { name: "b", direction: "min", metric: "time", where: "val > 1" },
      { name: "c", direction: "min", metric: "loss", where: "val > 87%" },
    ]);
    assert.deepEqual(
      goals("[max val, { min: time }]").settings.study.goals.map((goal) => [goal.name, goal.direction]),
      [
        ["val", "max"],
        ["time", "min"],
      ],
    );
    assert.deepEqual(goals("max val").settings.study.goals.length, 1);
    assert.deepEqual(goals("{ max: val }").settings.study.goals, [{ name: "val", direction: "max", metric: "val" }]);
  });

  test("without a direction or a metric are named", () => {
    for (const text of ["{ a: val }", "{ a: best val }", "{ a: max }", "{ a: [max, val] }", "{ a: max val and more }"])
      assert.deepEqual([goals(text).settings.study.goals, goals(text).codes], [[], ["unreadable-goal"]], text);
  });
});

describe("study.yaml", () => {
  const journal = normalizeSettings(treeOf("metrics: { a: { goal: max, from: [x], label: A }, b: min }\nignore: [seed]")).settings;

  test("adds to the journal's settings", () => {
    const { study, problems } = normalizeStudy(
      treeOf(
        "title: OCR\nprimary: a\nbaseline: 12\nmetrics: { a: { goal: min }, c: max }\nignore: [out, seed]\ntarget: { a: <= 3.28 at p < 0.01 }",
      ),
      "ocr",
      journal,
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(study.metrics, {
      a: { name: "a", goal: "min", from: ["x"], label: "A" },
      b: { name: "b", from: [], goal: "min" },
      c: { name: "c", from: [], goal: "max" },
    });
    assert.deepEqual(
      [study.name, study.title, study.primary, study.baseline, study.ignore, study.target],
      ["ocr", "OCR", "a", "12", ["seed", "out"], { a: "<= 3.28 at p < 0.01" }],
    );
  });

  test("lists its protocols in order, in every shape", () => {
    const protocols = (text: string) => normalizeStudy(treeOf(`protocols: ${text}`), "s", journal).study.protocols;
    assert.deepEqual(protocols("{ v1: { invalid: a, reason: leak }, v2: split by document, v3: }"), [
      { name: "v1", invalid: ["a"], reason: "leak" },
      { name: "v2", invalid: [], what: "split by document" },
      { name: "v3", invalid: [] },
    ]);
    assert.deepEqual(
      protocols("[v1, { v2: new split }]").map((protocol) => protocol.name),
      ["v1", "v2"],
    );
  });

  test("may be empty", () => assert.deepEqual(normalizeStudy(undefined, "s", journal).problems, []));
});

test("any settings are read, never thrown at", () => {
  const keys = fc.constantFrom(
    "title",
    "metrics",
    "parameters",
    "ignore",
    "data",
    "protected",
    "capture",
    "site",
    "views",
    "study",
    "goals",
    "protocols",
    "target",
    "primary",
    "from",
    "goal",
    "pick",
    "at",
    "scale",
    "where",
    "max",
    "private",
    "x",
  );
  const value = fc.letrec<{ any: Json }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 5 },
      fc.string(),
      fc.constantFrom("max a", "yes", "log"),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("any"), { maxLength: 3 }),
      fc.dictionary(fc.oneof(keys, fc.string()), tie("any"), { maxKeys: 5 }),
    ),
  })).any;
  fc.assert(
    fc.property(value, (json) => {
      const { settings, problems } = normalizeSettings(tree(json));
      normalizeStudy(tree(json), "s", settings);
      assert.notEqual(settings.title, "");
      for (const problem of problems) assert.ok(problem.hint && problem.offset !== undefined, problem.code);
    }),
    { numRuns: 1000 },
  );
});
