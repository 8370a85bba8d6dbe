import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { answersOf } from "../../src/analysis/answers.ts";
import { randomFrom } from "../../src/analysis/random.ts";
import type { StudyAnalysis } from "../../src/analysis/study.ts";
import { surveyOf } from "../../src/analysis/survey.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { impactData } from "../../src/report/impact-data.ts";
import { parameterTable } from "../../src/report/impact-parameter.ts";
import { impactRemarks } from "../../src/report/impact-remarks.ts";
import { impactTable } from "../../src/report/impact-table.ts";
import { analyseStudy } from "../support/analysis.ts";
import { type RunWords, run } from "../support/run.ts";

const goals = { primary: "val_acc" };
const made = (id: number, words: RunWords): RunFile => run({ id: `EXP${100 + id}`, date: "2026-11-01", ...words });
/** Runs of a random search without bases, `acc` of their settings. */
function search(
  n: number,
  acc: (lr: number, wd: string, noise: number) => number,
  words: (at: number) => RunWords = () => ({}),
): RunFile[] {
  const random = randomFrom("search");
  return Array.from({ length: n }, (_, at) => {
    const lr = 10 ** (-4 + 3 * random());
    const wd = "abc".charAt(Math.floor(random() * 3));
    return made(at, {
      config: { lr, wd, bs: 2 ** Math.floor(random() * 4), mix: random() },
      metrics: { val_acc: [acc(lr, wd, random())] },
      ...words(at),
    });
  });
}
const byName = (study: StudyAnalysis, name: string) => {
  const found = answersOf(study).find(({ impact }) => impact.parameter === name);
  assert.ok(found, name);
  return found;
};
/** Everything that is said about a study, for the eye of a test that looks for what must never be said. */
const everything = (study: StudyAnalysis): string => {
  const answers = answersOf(study);
  return JSON.stringify([
    impactData(study, answers),
    impactTable(study),
    answers.map((answer) => parameterTable(study, answer)),
    impactRemarks(study),
  ]);
};

describe("an association", () => {
  const study = analyseStudy(
    search(60, (lr, _, noise) => 0.8 + 0.03 * Math.log10(lr) + noise * 0.02),
    goals,
  );
  test("is told where no two runs differ in a parameter alone", () => {
    const lr = byName(study, "lr");
    assert.equal(lr.told.by, "association");
    assert.ok(!("cannot" in lr.association));
    assert.ok(lr.association.size > 0.8 && lr.association.adjusted < 0.01 && lr.association.n === 60);
    const wd = byName(study, "wd").association;
    assert.ok(!("cannot" in wd) && wd.adjusted > 0.05 && wd.kind === "share");
  });
  test("is the same twice", () => {
    const again = analyseStudy(
      search(60, (lr, _, noise) => 0.8 + 0.03 * Math.log10(lr) + noise * 0.02),
      goals,
    );
    assert.equal(everything(study), everything(again));
  });
  test("stays within one version of the code", () => {
    // The later code is better and was run with larger values: nothing of that is the parameter's doing.
    const files = Array.from({ length: 40 }, (_, at) =>
      made(at, {
        config: { lr: (at < 20 ? 1 : 100) + at },
        metrics: { val_acc: [(at < 20 ? 0.5 : 0.9) + ([7, 2, 9, 4, 0, 8, 3, 6, 1, 5][at % 10] ?? 0) / 1000] },
        snapshot: at < 20 ? "old" : "new",
      }),
    );
    const told = byName(analyseStudy(files, goals), "lr").association;
    const blind = byName(
      analyseStudy(
        files.map((file) => ({ ...file, run: { ...file.run, run: { other: {} } } })),
        goals,
      ),
      "lr",
    ).association;
    assert.ok(!("cannot" in told) && !("cannot" in blind));
    assert.deepEqual([told.strata, blind.strata], [2, 1]);
    assert.ok(told.adjusted > 0.05 && blind.adjusted < 0.01, `${told.adjusted} ${blind.adjusted}`);
  });
  test("without any effect is called one in at most one of twenty studies", () => {
    let called = 0;
    const random = randomFrom("null");
    for (let round = 0; round < 60; round++) {
      const files = Array.from({ length: 16 }, (_, at) =>
        made(at, { config: { a: random(), b: random(), c: random(), d: random() }, metrics: { val_acc: [random()] } }),
      );
      const found = [...surveyOf(analyseStudy(files, goals)).associations.values()];
      if (found.some((one) => !("cannot" in one) && one.adjusted < 0.05)) called += 1;
    }
    assert.ok(called <= 7, `${called} of 60`);
  });
});

describe("matched runs", () => {
  const grid = [1, 2, 3].flatMap((a) =>
    ["x", "y", "z", "w"].map((b, at) =>
      made(a * 10 + at, {
        config: { a, b },
        metrics: { val_acc: [0.5 + a * 0.1 + ((at * 5 + a ** 3) % 7) / 1000], training_time: [a * 60] },
      }),
    ),
  );
  const study = analyseStudy(grid, goals);
  test("are found in a grid without bases, block by block", () => {
    const { told, matched } = byName(study, "a");
    assert.equal(told.by, "matched");
    assert.deepEqual([matched?.blocks, matched?.n], [4, 12]);
    assert.ok("change" in told);
    assert.deepEqual([told.from, told.to, told.change.n, told.change.evidence.word], ["1", "3", 4, "better"]);
    assert.equal(told.time?.mean, 120);
  });
  test("recommend the values that won", () => {
    const { recommended } = byName(study, "a");
    assert.deepEqual([recommended?.text, recommended?.edge, recommended?.basis], ["3", "high", "matched"]);
  });
  test("never mix versions of the code, nor what was not recorded with what was", () => {
    const apart = analyseStudy(
      grid.map((file, at) => ({ ...file, run: { ...file.run, run: { snapshot: String(at), other: {} } } })),
      goals,
    );
    assert.equal(byName(apart, "a").matched, undefined);
    const partly = analyseStudy(
      [made(1, { config: { a: 1, b: 1 }, metrics: { val_acc: [1] } }), made(2, { config: { a: 2 }, metrics: { val_acc: [2] } })],
      goals,
    );
    assert.equal(byName(partly, "a").matched, undefined);
  });
});

test("a silent run has the code of its base until its file says otherwise", () => {
  const code = { code: { files: 1 } };
  const files = [
    made(0, { config: { a: 1 }, metrics: { val_acc: [1] } }),
    made(1, { base: "EXP100", config: { a: 2 }, metrics: { val_acc: [2] }, ...code }),
    made(2, { base: "EXP101", config: { a: 3 }, metrics: { val_acc: [3] } }),
    made(3, { config: { a: 4 }, metrics: { val_acc: [4] } }),
  ];
  assert.equal(surveyOf(analyseStudy(files, goals)).segments, 2);
});

describe("importance", () => {
  test("is told from forty runs on, with how far it is to be believed", () => {
    const few = surveyOf(
      analyseStudy(
        search(39, (lr) => lr),
        goals,
      ),
    ).importance;
    assert.deepEqual(few, { cannot: "few", n: 39 });
    const found = surveyOf(
      analyseStudy(
        search(80, (lr, _, noise) => Math.log10(lr) + noise * 0.1),
        goals,
      ),
    ).importance;
    assert.ok(!("cannot" in found));
    const shares = [...found.parameters.values()].map(({ share }) => share);
    assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
    const lr = found.parameters.get("lr");
    assert.ok(lr !== undefined && lr.share > 0.5 && lr.low <= lr.share && lr.ranks[0] === 1 && lr.ranks[1] === 1 && !lr.unstable);
    assert.equal(found.top, 8);
  });
  test("is not told where too many are equally good, or nobody knows which way is better", () => {
    const same = surveyOf(
      analyseStudy(
        search(60, (lr) => (lr > 0.001 ? 1 : 0)),
        goals,
      ),
    ).importance;
    assert.deepEqual(same, { cannot: "ties", n: 60 });
    const files = search(60, (lr) => lr).map((file) =>
      run({ id: file.run.id, config: file.run.config, metrics: { thing: [Number(file.run.config["lr"])] } }),
    );
    assert.deepEqual(surveyOf(analyseStudy(files)).importance, { cannot: "no direction", n: 60 });
  });
});

describe("what to be careful about", () => {
  test("the same change that helped and hurt, and was kept and discarded", () => {
    const files = [
      made(1, { config: { a: 1, b: 1 }, metrics: { val_acc: [0.5] } }),
      made(2, { base: "EXP101", config: { a: 2, b: 1 }, metrics: { val_acc: [0.6] }, decision: "keep" }),
      made(3, { base: "EXP101", config: { a: 1, b: 2 }, metrics: { val_acc: [0.7] } }),
      made(4, { base: "EXP103", config: { a: 2, b: 2 }, metrics: { val_acc: [0.65] }, decision: "discard" }),
    ];
    assert.deepEqual(byName(analyseStudy(files, goals), "a").opposites, [
      { from: "1", to: "2", better: ["EXP102"], worse: ["EXP104"], judged: false, decisions: true },
    ]);
  });
  test("values with which more runs failed than with others", () => {
    const files = Array.from({ length: 24 }, (_, at) =>
      made(at, {
        config: { lr: at % 2 === 0 ? 0.1 : 1, i: at },
        metrics: { val_acc: [at] },
        status: at % 2 === 1 && at > 6 ? "failed" : "finished",
      }),
    );
    const [first, ...rest] = byName(analyseStudy(files, goals), "lr").failures;
    assert.deepEqual([first?.text, first?.failed, first?.n, first?.more, rest.length], ["1", 9, 12, true, 0]);
  });
  test("parameters that went together", () => {
    const files = Array.from({ length: 20 }, (_, at) =>
      made(at, {
        config: { a: at, b: at * 2 + 1, c: ["x", "y"][at % 2] ?? "", d: ["p", "q"][at % 2] ?? "", e: (at * 7) % 20 },
        metrics: { val_acc: [at] },
      }),
    );
    const found = surveyOf(analyseStudy(files, goals)).together;
    assert.deepEqual(
      found.map(({ parameters, kind }) => `${parameters.join("+")} ${kind}`),
      ["a+b rho", "c+d V"],
    );
  });
  test("repeats that rise as time goes by", () => {
    const files = Array.from({ length: 12 }, (_, at) =>
      made(at, { config: { a: at % 3 }, metrics: { val_acc: [0.5 + at / 100 + (at % 3)] } }),
    );
    const { drift } = surveyOf(analyseStudy(files, goals));
    assert.ok(!("cannot" in drift) && drift.size === 1 && drift.p < 0.01 && drift.strata === 3);
    const still = surveyOf(analyseStudy(files.slice(0, 6), goals)).drift;
    assert.deepEqual(still, { cannot: "few", n: 6, needs: 8 });
  });
  test("the best runs' range, and that it ends where nothing was tried", () => {
    const { recommended } = byName(
      analyseStudy(
        search(60, (lr) => Math.log10(lr)),
        goals,
      ),
      "lr",
    );
    assert.deepEqual([recommended?.basis, recommended?.edge, recommended?.n], ["best runs", "high", 6]);
  });
});

describe("bad input", () => {
  const says = (files: readonly RunFile[]): string => {
    const text = everything(analyseStudy(files, goals));
    assert.doesNotMatch(text, /NaN|Infinity|undefined/);
    return text;
  };
  test("no run, one, two: cannot tell, and why", () => {
    says([]);
    says([made(1, { config: { a: 1 }, metrics: { val_acc: [1] } })]);
    const two = analyseStudy(
      [made(1, { config: { a: 1 }, metrics: { val_acc: [1] } }), made(2, { config: { a: 2, b: 1 }, metrics: { val_acc: [1] } })],
      goals,
    );
    assert.deepEqual([byName(two, "a").told.by, byName(two, "a").association], ["nothing", { cannot: "few", n: 2, needs: 8 }]);
    assert.match(String(impactTable(two).rows[0]?.[6]?.text), /2 of the 8 results needed/);
  });
  test("constant results, zero variance, ties", () => {
    const files = Array.from({ length: 50 }, (_, at) =>
      made(at, { config: { a: at, b: at % 5, c: at % 2 === 0 ? "x" : "y" }, metrics: { val_acc: [0.5] } }),
    );
    says(files);
    assert.deepEqual(byName(analyseStudy(files, goals), "a").association, { cannot: "constant", n: 50 });
  });
  test("numbers and words mixed are words; a value for each run says nothing", () => {
    const files = Array.from({ length: 12 }, (_, at) =>
      made(at, { config: { lr: at === 0 ? "auto" : at / 10, b: `run ${at}` }, metrics: { val_acc: [at] } }),
    );
    says(files);
    const lr = byName(analyseStudy(files, goals), "lr");
    assert.deepEqual([lr.mixed, lr.association], [true, { cannot: "unique", n: 12 }]);
  });
  test("huge, tiny and diverged values", () => {
    const sizes = [1e-300, 2e-300, 1e300, -1e300, 1e308, -1e308, 0, 5e-324, 1, 2, 3, 4];
    says(
      sizes.map((size, at) =>
        made(at, { config: { a: size, b: sizes[(at * 5) % 12] ?? 0 }, metrics: { val_acc: [sizes[(at * 7) % 12] ?? 0] } }),
      ),
    );
    says(
      sizes.map((size, at) =>
        made(at, { config: { a: size, l: [size], m: { size } }, metrics: { val_acc: at % 2 === 0 ? "nan" : "inf" } }),
      ),
    );
    says(
      Array.from({ length: 48 }, (_, at) =>
        made(at, { config: { a: (sizes[at % 12] ?? 0) * (1 + at) }, metrics: { val_acc: [(sizes[(at * 5) % 12] ?? 0) / 4] } }),
      ),
    );
  });
  test("missing bases, circles, 400 parameters and three runs", () => {
    says([
      made(1, { base: "EXP999", config: { a: 1 }, metrics: { val_acc: [1] } }),
      made(2, { base: "EXP103", config: { a: 2 }, metrics: { val_acc: [2] } }),
      made(3, { base: "EXP102", config: { a: 3 }, metrics: { val_acc: [3] } }),
    ]);
    const config = (at: number) => Object.fromEntries(Array.from({ length: 400 }, (_, name) => [`p${name}`, name * at]));
    const wide = [1, 2, 3].map((at) => made(at, { config: config(at), metrics: { val_acc: [at] } }));
    says(wide);
    assert.equal(
      answersOf(analyseStudy(wide, goals)).every(({ told }) => told.by === "nothing"),
      true,
    );
  });
  test("whatever the runs, a number never comes without its n, and never as NaN", () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            a: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom("x", "y", true, null)),
            b: fc.integer({ min: 0, max: 3 }),
            value: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null }),
            base: fc.integer({ min: 0, max: 60 }),
            failed: fc.boolean(),
          }),
          { maxLength: 60 },
        ),
        (words) => {
          says(
            words.map(({ a, b, value, base, failed }, at) =>
              made(at, {
                base: `EXP${100 + base}`,
                config: { a, b },
                metrics: { val_acc: [value, null] },
                status: failed ? "failed" : "finished",
              }),
            ),
          );
        },
      ),
      { numRuns: 60 },
    ));
});
