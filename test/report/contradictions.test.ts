import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findContradictions } from "../../src/report/contradictions.ts";
import { findTableClaims } from "../../src/report/table-claims.ts";
import { analyseStudy } from "../support/analysis.ts";
import { run } from "../support/run.ts";
import { stopwatch } from "../support/stopwatch.ts";

const study = analyseStudy(
  [
    run({ id: "EXP041-aaaa", metrics: { val_accuracy: "85.5%", val_loss: 0.43, training_time: "2 h", params: 1_200_000 } }),
    run({
      id: "EXP046-k7f3",
      base: "EXP041-aaaa",
      metrics: { val_accuracy: [0.909, 0.908, 0.913], val_loss: 0.4, training_time: "1.6 h" },
    }),
  ],
  { metrics: { val_accuracy: { name: "val_accuracy", from: [], label: "Validation accuracy" } } },
);

const find = (id: string) => {
  const full = ["EXP041-aaaa", "EXP046-k7f3"].find((one) => one === id || one.startsWith(`${id}-`));
  const group = full === undefined ? undefined : study.runs.get(full)?.group;
  return group === undefined ? undefined : { group, study };
};
const wrong = (text: string): readonly string[] => findContradictions(text, find).map(({ written }) => written);

describe("a number in prose is contradicted", () => {
  for (const [text, written] of [
    ["EXP046 reaches 95.2% val_accuracy.", "95.2%"],
    ["With EXP046-k7f3 the Validation accuracy was 89%", "89%"],
    ["EXP041: something. EXP041 has a val_loss of 0.55, as we see.", "0.55"],
    ["EXP041 took 4 hours of training time.", "4 hours"],
    ["It holds. EXP041 had val accuracy 80.0%; EXP046 was fine.", "80.0%"],
  ] as const) {
    test(text, () => assert.deepEqual(wrong(text), [written]));
  }

  test("with its place and what the data say", () => {
    const [found] = findContradictions("So EXP041 has 99.9% val_accuracy.", find);
    assert.deepEqual(found, { start: 14, end: 19, written: "99.9%", run: "EXP041", metric: "Validation accuracy", truth: "85.5%" });
  });
});

describe("a number in prose is left alone", () => {
  for (const text of [
    "EXP046 reaches 91.0% val_accuracy.",
    "EXP046 reaches 91% val_accuracy.",
    "EXP046 reaches 90.8% val_accuracy on its second seed.",
    "EXP041 took 2 h of training time.",
    "EXP041 took 120 min of training time.",
    "EXP041 has a val_loss of 0.43.",
    "EXP046 improves val_accuracy by 12.3%.",
    "EXP046 gains +1.7% val_accuracy.",
    "EXP046 is above 50% val_accuracy.",
    "We hoped EXP046 would reach 99% val_accuracy.",
    "EXP046 has 50.0% val_accuracy after epoch one.",
    "EXP046 has 85.5% val_accuracy, or so its base says.",
    "EXP046 and EXP041 have 12% val_accuracy.",
    "EXP046 has 12% val_accuracy and 13% val_loss.",
    "EXP046 has a good val_loss and 12% val_accuracy.",
    "EXP046 has 12% val_accuracy with batch_size 64.",
    "EXP999 has 12% val_accuracy.",
    "EXP046 has 12% accuracy.",
    "EXP046 has a val_accuracy of 12.",
    "EXP046 has 3 layers and a good val_accuracy.",
    "EXP046 uses 64 workers. Its val_accuracy is high.",
    "The val_accuracy is 12%. EXP046 is another story.",
    "EXP046 ran 12% longer and kept its val_accuracy",
    "In 2026 EXP046 has 12% val_accuracy.",
    "EXP046 took 12% of the training_time.",
    "EXP041 has ~70% val_accuracy.",
    "EXP041 has a val_loss of 12 points.",
    "",
    "no run, no number",
  ]) {
    test(text || "nothing", () => assert.deepEqual(wrong(text), []));
  }
});

test("long and odd texts cost little", () => {
  const spent = stopwatch();
  wrong(`EXP046 ${"val_accuracy ".repeat(20_000)} 12%`);
  wrong("EXP046 12% val_accuracy ".repeat(20_000));
  wrong(`${"1".repeat(100_000)} EXP046`);
  assert.ok(spent() < 2000);
});

describe("in a run's own text", () => {
  const self = find("EXP046");
  const own = (text: string): readonly string[] => findContradictions(text, find, self).map(({ written }) => written);
  for (const [text, written] of [
    ["The final val_accuracy was 95.2%.", "95.2%"],
    ["Val accuracy is 89% in the end", "89%"],
    ["It ended at a val_loss of 0.55.", "0.55"],
    ["EXP041 has a val_loss of 0.55.", "0.55"],
  ] as const)
    test(`${text} is contradicted`, () => assert.deepEqual(own(text), [written]));
  for (const text of [
    "The final val_accuracy was 91%.",
    "val_loss: 0.40",
    "Val accuracy reached 85% quickly.",
    "The val_accuracy was 60% at the start.",
    "The val_accuracy is 97% for cats.",
    "The paper got a val_accuracy of 95%.",
    "A val_loss of 0.3 would be nice.",
    "val_accuracy stays at 80%.",
    "Memory was 11 GB.",
  ])
    test(`${text} is left alone`, () => assert.deepEqual(own(text), []));
});

describe("in a table typed by hand", () => {
  const claims = (head: string, ...rows: string[]) =>
    findTableClaims({ head: head.split("|"), rows: rows.map((row, at) => ({ line: at + 3, cells: row.split("|") })) }, find).map(
      ({ line, written, run: id }) => `${line} ${id} ${written}`,
    );
  test("a number that is none of the run's values is contradicted", () => {
    assert.deepEqual(claims("run|Validation accuracy|val_loss", "EXP041|85.5%|0.43", "EXP046|95.1%|0.40", "EXP046|91%|0.55"), [
      "4 EXP046 95.1%",
      "5 EXP046 0.55",
    ]);
    assert.deepEqual(claims("run|val accuracy (%)", "EXP041|85.5", "EXP041|87.5 ± 0.1", "EXP041|0.855"), ["4 EXP041 87.5 ± 0.1"]);
    assert.deepEqual(claims("run|training_time (h)", "EXP041|2", "EXP041|3.5"), ["4 EXP041 3.5"]);
  });
  test("changes, ranks, unknown runs, rows of two runs and words are left alone", () => {
    assert.deepEqual(claims("run|Δ val_loss|best val_loss|accuracy|rank", "EXP041|0.9|0.9|0.9|0.9"), []);
    assert.deepEqual(
      claims("run|val_loss", "EXP999|0.9", "EXP041 vs EXP046|0.9", "EXP041|better", "EXP041|−0.1", "EXP041|0.43 → 0.40"),
      [],
    );
  });
});
