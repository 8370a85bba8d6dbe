import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { BodyFacts } from "../../src/record/experiment.ts";
import { runRules } from "../../src/record/run-rules.ts";
import { stopwatch } from "../support/stopwatch.ts";
import { read } from "./read.ts";

const body: BodyFacts = { worked: [], failed: [], unexpected: [], questions: [], tasks: [], links: [] };

function check(text: string, facts: Partial<BodyFacts> = {}, today = "2026-11-20") {
  const { run } = read(text);
  return runRules.flatMap((rule) => rule({ run, body: { ...body, ...facts }, path: "experiments/EXP001-aaaa.md", today }));
}

function codes(text: string, facts: Partial<BodyFacts> = {}): readonly string[] {
  return check(text, facts).map((problem) => [problem.code.replace("record/", ""), ...(problem.key ?? [])].join(" "));
}

const good =
  "title: x\ndate: 2026-11-20T10:15:00+01:00\nstatus: finished\nbase: EXP000\nconfig: { batch_size: 64 }\nchanges: { batch_size: 32 -> 64 }\nmetrics: { val_accuracy: [87%, 88%] }\nrepeats: 2\ndecision: keep\nreason: better\n";

describe("the rules for one run", () => {
  test("say nothing about a good run, nor about an empty one", () => {
    assert.deepEqual(codes(good), []);
    assert.deepEqual(codes("title: x"), []);
  });

  test("times and sizes are not negative, differences may be", () => {
    for (const [name, value] of [
      ["training_time", "-5 s"],
      ["latency_ms", "[3, -2]"],
      ["peak_memory", "-1 GB"],
      ["wait", "-2 h"],
    ])
      assert.deepEqual(codes(`metrics: { ${name}: ${value} }`), [`negative-duration metrics ${name}`]);
    for (const metric of ["time_saved: -5 s", "loss: -0.2", "training_time: 5 s", "memory_delta: -1 GB"])
      assert.deepEqual(codes(`metrics: { ${metric} }`), []);
  });

  test("a decision has a reason", () => assert.deepEqual(codes("decision: discard"), ["decision-without-reason decision"]));

  test("a reason written into the decision is offered as the line to paste", () => {
    const hint = (word: string): string => check(`decision: ${word}`)[0]?.hint ?? "";
    for (const word of ["keep because it is better", "keep — it is better", "kept (it is better)", '"keep: it is better"'])
      assert.match(hint(word), /`decision: keep`.*`reason: it is better`/, word);
    assert.match(hint("drop because it's 3: 1"), /`reason: "it's 3: 1"`/);
    for (const word of ["keep", "kept behind a flag"]) assert.doesNotMatch(hint(word), /`decision:/, word);
  });

  test("an id that is a bare number is named, with the id of the file where that has one", () => {
    const { run } = read("title: x");
    const rules = (path: string) =>
      runRules
        .flatMap((rule) => rule({ run: { ...run, id: "21" }, body, path, today: "2026-11-20" }))
        .map(({ code, hint }) => [code, hint]);
    assert.match(rules("experiments/ocr/EXP021-k7f3-a-title.md").join(" "), /^record\/number-id,.*`id: EXP021-k7f3`/);
    assert.match(rules("experiments/a-title.md").join(" "), /^record\/number-id,.*`id: EXP021-…`/);
  });

  test("only a finished run is kept", () => {
    for (const status of ["failed", "planned", "running", "lost"])
      assert.deepEqual(codes(`status: ${status}\ndecision: keep\nreason: x`), ["keep-unfinished decision"]);
    assert.deepEqual(codes("status: failed\ndecision: discard\nreason: x"), []);
  });

  test("a run is not its own base", () => assert.deepEqual(codes("base: exp001-AAAA"), ["base-is-itself base"]));

  test("an id fits into a file name", () => {
    assert.deepEqual(codes('id: "a/b"').at(0), undefined); // the first id counts
    const { run } = read("title: x");
    for (const id of ["a/b", "..", "a b", "-a", "a\u0000"])
      assert.deepEqual(
        runRules.flatMap((rule) => rule({ run: { ...run, id }, body, path: "x.md", today: "2026-11-20" })).map((problem) => problem.code),
        ["record/bad-id"],
        id,
      );
  });

  test("placeholders are named in prose, lists and tasks", () => {
    assert.deepEqual(
      codes("hypothesis: from [X] to [Y] gains [X%]\nreason: <what you learned>", {
        worked: ["[X%] better", "fine [1] <b>", "[x](y)"],
        failed: ["TODO", "…"],
        questions: ["<your question>"],
        tasks: [{ text: "[Describe it]", done: false, index: 0, line: 30 }],
      }),
      ["placeholder hypothesis", ...Array.from({ length: 5 }, () => "placeholder")],
    );
    assert.equal(check("title: x", { tasks: [{ text: "TBD", done: false, index: 0, line: 30 }] })[0]?.line, 30);
  });

  test("a date can be read in one way and is not tomorrow's", () => {
    assert.deepEqual(codes("date: 2026-11-21"), []); // a day's grace for time zones
    assert.deepEqual(codes("date: 2026-11-23"), ["future-date date"]);
    assert.deepEqual(codes("date: 20.11.2026"), ["date-order date"]);
    assert.deepEqual(codes("date: 05/06/24"), ["ambiguous-date date"]);
    assert.deepEqual(codes("date: soon"), ["unreadable-date date"]);
    assert.deepEqual(codes("date: 2026-02-31"), ["unreadable-date date"]);
    assert.deepEqual(codes("run: { started: 2027-11-20 }\nearlier: [{ decision: keep, date: never }]"), [
      "future-date run started",
      "unreadable-date earlier 0 date",
    ]);
  });

  test("a changed parameter stands in the config with its new value", () => {
    assert.deepEqual(codes("config: { batchsize: 64 }\nchanges: { batch_size: 32 -> 64 }"), ["change-not-in-config changes batch_size"]);
    assert.match(check("config: { opt: { lr: 1 } }\nchanges: { lr: 2 -> 1 }")[0]?.hint ?? "", /opt\.lr/);
    assert.deepEqual(codes("config: { batch_size: 128 }\nchanges: { batch_size: 32 -> 64 }"), ["change-differs changes batch_size"]);
    assert.deepEqual(
      codes(
        'config: { lr: 1e-3, size: "64", units: [1, 2], opt: { a: 1 } }\nchanges: { lr: 1 -> 0.001, size: 32 -> 64, units: { to: [1, 2] }, opt: { from: adam, to: sgd }, gone: { from: 1 } }',
      ),
      [],
    );
    assert.deepEqual(codes("changes: { batch_size: 32 -> 64 }"), []);
  });

  test("a finished run has its values", () => {
    assert.deepEqual(codes("status: finished\nmetrics: { a: { before: 1 }, b: { after: ~ }, c: 1, d: .nan }"), [
      "missing-after metrics a",
      "missing-after metrics b",
    ]);
    assert.deepEqual(codes("status: failed\nmetrics: { a: { before: 1 } }"), []);
    assert.deepEqual(codes("status: finished\nmetrics: { a: about half }"), []); // unreadable, which the reader says
  });

  test("a command that failed did not finish", () => {
    assert.deepEqual(codes("status: finished\nrun: { exit: 137 }"), ["exit-against-status status"]);
    assert.deepEqual(codes("status: failed\nrun: { exit: 137 }"), []);
  });

  test("there is a value for every repeat", () => {
    assert.deepEqual(codes("repeats: 3\nmetrics: { a: [1, 2], b: [1, 2, ~], c: 0.38 ± 0.01 (n=3) }"), ["repeat-slots metrics a"]);
  });

  test("a metric's name can stand in a filter", () => {
    assert.deepEqual(codes('metrics: { "val accuracy": 1, "a=b": 1, Accuracy/val: 1, top-5: 1, "loss(x)": 1 }'), [
      "metric-name metrics val accuracy",
      "metric-name metrics a=b",
      "metric-name metrics loss(x)",
    ]);
    const [odd] = check('metrics: { "val\\racc": 1 }');
    assert.ok(odd?.message.includes("`val\\racc` has `\\r`"), odd?.message);
  });

  test("what looks like a secret is named", () => {
    assert.deepEqual(
      codes(
        `config: { key: AKIA${"A".repeat(16)}, wandb_api_key: 0123456789abcdef, max_tokens: 4096, auth_token: "<your token here>", pad_token: "<pad>", url: "postgres://me:hunter2@db/x" }`,
      ),
      ["secret config key", "secret config wandb_api_key", "secret config url"],
    );
    assert.deepEqual(codes(`run: python train.py --token ghp_${"a".repeat(36)}`), ["secret run command"]);
  });
});

test("every rule's problem says what to do", () => {
  const bad =
    "base: EXP001-aaaa\nstatus: planned\ndecision: keep\ndate: soon\nconfig: { a: 1, password: hunter2hunter2 }\nchanges: { a: 1 -> 2, b: 1 -> 2 }\nrepeats: 2\nmetrics: { a b: [1, 2, 3] }";
  const problems = check(bad, { worked: ["TODO"] });
  assert.ok(problems.length >= 9, `${problems.length}`);
  for (const problem of problems) assert.ok(problem.hint && problem.message, problem.code);
});

test("long texts take no time", () => {
  const { run } = read("title: x");
  const long = [
    "[X".repeat(50_000),
    "<".repeat(100_000),
    `${"a ".repeat(50_000)}:`,
    "://a:".repeat(20_000),
    "-----BEGIN ".repeat(10_000),
    "password_".repeat(10_000),
    "[insert ".repeat(10_000),
  ];
  const spent = stopwatch();
  for (const text of long) {
    const odd = {
      ...run,
      id: text,
      title: text,
      hypothesis: text,
      reason: text,
      date: text,
      base: [text],
      config: { [text]: text },
      changes: [{ name: text, to: text }],
      metrics: [{ name: text }],
    };
    for (const rule of runRules) rule({ run: odd, body: { ...body, worked: [text] }, path: "x.md", today: "2026-11-20" });
  }
  assert.ok(spent() < 1000, `${spent()} ms`);
});
