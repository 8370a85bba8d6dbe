import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { StudyAnalysis } from "../../src/analysis/study.ts";
import type { Problem } from "../../src/base/problem.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { asksOf } from "../../src/report/asks.ts";
import { plainText } from "../../src/report/sentence.ts";
import { standingOf } from "../../src/report/study-best.ts";
import { worthOf } from "../../src/report/worth.ts";
import { analyseStudy } from "../support/analysis.ts";
import { baseline, evidenceStudy, judged, judgedRuns, singleRuns } from "../support/evidence.ts";
import { run, settings } from "../support/run.ts";

function worth(study: StudyAnalysis, problems: readonly Problem[] = []): readonly string[] {
  const found = worthOf({ study, standing: standingOf(study), versus: undefined, problems, problemsAddress: "problems.html", folder: "" });
  return found.map(plainText);
}

const asks = (study: StudyAnalysis) => asksOf(study).map(({ words, command }) => ({ words: plainText(words), command }));

describe("worth a look", () => {
  test("is a decision that the numbers do not carry: worse, no different, or within the noise", () => {
    const lines = worth(evidenceStudy());
    assert.ok(lines.includes(`Kept although worse than the base: ${judged.worse}`));
    assert.ok(lines.includes(`Kept although no different from the base: ${judged.same}`));
    assert.ok(lines.includes(`Kept although within the noise: ${judged.unclear}`));
    assert.ok(!lines.join("\n").includes(judged.better));
  });

  test("is not a decision that nobody can judge", () => {
    assert.ok(!worth(evidenceStudy(singleRuns)).join("\n").includes("Kept although"));
  });

  test("is nothing in a study where nothing is odd", () => {
    assert.deepEqual(worth(analyseStudy([])), []);
    assert.deepEqual(worth(evidenceStudy(singleRuns.slice(0, 1))), []);
  });

  const opposite = (
    values: readonly (readonly [lr: number, depth: number, value: number | readonly number[], base?: string])[],
  ): StudyAnalysis =>
    evidenceStudy(
      values.map(([lr, depth, value, base], at) =>
        run({
          id: `EXP00${at + 1}`,
          date: `2026-11-0${at + 1}`,
          config: { lr, depth },
          metrics: { acc: Array.isArray(value) ? value : [value as number] },
          snapshot: "a".repeat(40),
          ...(base === undefined ? {} : { base }),
        }),
      ),
    );

  test("is one change with opposite outcomes, and whether anybody judged them", () => {
    const single = opposite([
      [1, 1, 0.8],
      [2, 1, 0.85, "EXP001"],
      [1, 5, 0.9],
      [2, 5, 0.7, "EXP003"],
    ]);
    assert.ok(worth(single).includes("lr 1 → 2 helped in EXP002 and hurt in EXP004, not judged"));
    const many = (middle: number): readonly number[] => [middle - 0.001, middle, middle + 0.001];
    const sure = opposite([
      [1, 1, many(0.8)],
      [2, 1, many(0.85), "EXP001"],
      [1, 5, many(0.9)],
      [2, 5, many(0.7), "EXP003"],
    ]);
    assert.ok(worth(sure).includes("lr 1 → 2 helped in EXP002 and hurt in EXP004"));
  });

  test("is no opposite outcome where one of the two may be noise", () => {
    const many = (middle: number): readonly number[] => [middle - 0.02, middle, middle + 0.02];
    const study = opposite([
      [1, 1, many(0.8)],
      [2, 1, many(0.9), "EXP001"],
      [1, 5, many(0.9)],
      [2, 5, many(0.89), "EXP003"],
    ]);
    assert.doesNotMatch(worth(study).join("\n"), /hurt/);
  });

  test("is a best value at the end of what was tried", () => {
    const study = opposite([
      [1, 1, 0.8],
      [2, 1, 0.85, "EXP001"],
      [4, 1, 0.9, "EXP002"],
    ]);
    assert.ok(worth(study).includes("lr 4 is favoured by single changes and the highest that was tried"));
  });

  const tries = (n: number, first: RunFile): StudyAnalysis =>
    evidenceStudy([
      first,
      ...Array.from({ length: n }, (_, at) =>
        run({ id: `EXP${at + 100}`, date: `2026-12-${String(at + 1).padStart(2, "0")}`, config: { n: at }, metrics: { acc: [0.5] } }),
      ),
    ]);
  const confirmed = run({ id: "EXP001", date: "2026-11-01", metrics: { acc: [0.8, 0.81, 0.82] }, decision: "keep" });

  test("are ten tries without a confirmation, and without anything better", () => {
    const lines = worth(tries(10, confirmed)).join("\n");
    assert.match(lines, /^10 tries since the last confirmed run .*EXP001$/m);
    assert.match(lines, /^10 runs since EXP001 and none better$/m);
    assert.deepEqual(worth(tries(9, confirmed)), []);
    const never = run({ id: "EXP001", date: "2026-11-01", metrics: { acc: [0.8, 0.8, 0.8] }, decision: "keep" });
    assert.match(worth(tries(9, never)).join("\n"), /^10 tries and none confirmed/m);
  });

  test("are problems with the files", () => {
    const problem = (severity: Problem["severity"]): Problem => ({ code: "x/y", severity, message: "m" });
    assert.deepEqual(worth(analyseStudy([]), [problem("error"), problem("note")]), ["2 data problems, 1 error"]);
  });
});

describe("what the numbers ask for", () => {
  test("is to confirm a best of several that rests on one value", () => {
    const [first] = asks(evidenceStudy(singleRuns));
    assert.match(first?.words ?? "", new RegExp(`^Confirm ${judged.better}: 88% is the best of 3 runs and rests on 1 value$`));
    assert.equal(first?.command, `journal new 'Confirm ${judged.better} with 5 seeds' --base ${judged.better}`);
    assert.ok(!asks(evidenceStudy()).some(({ words }) => words.startsWith("Confirm")), "four values are enough");
  });

  test("is to repeat what is unclear, as often as it takes", () => {
    const asked = asks(evidenceStudy()).find(({ words }) => words.startsWith("Repeat"));
    assert.match(asked?.words ?? "", new RegExp(`^Repeat ${judged.unclear}: unclear so far; about \\d+ more values on each side`));
    assert.equal(asked?.command, `journal new 'Repeat ${judged.unclear}' --base ${judged.unclear}`);
  });

  test("is to decide what has finished, the baseline apart", () => {
    const open = judgedRuns.map((file) => ({ ...file, run: { ...file.run, decision: undefined } })) as unknown as readonly RunFile[];
    const asked = asks(evidenceStudy(open)).at(-1);
    assert.match(asked?.words ?? "", /^Decide on 4 finished runs: .* and 1 more$/);
    assert.equal(asked?.command, `journal keep ${judged.unclear} -m 'why'`);
    assert.ok(!asked?.words.includes(baseline));
  });

  const steps = (name: string, values: readonly number[], scale?: "log" | "linear"): string | undefined => {
    const parameters = scale === undefined ? {} : { [name]: { name, scale } };
    const made = settings({ parameters });
    const study = analyseStudy(
      values.map((value, at) =>
        run({
          id: `EXP00${at + 1}`,
          date: `2026-11-0${at + 1}`,
          config: { [name]: value },
          metrics: { acc: `${80 + at}%` },
          snapshot: "a".repeat(40),
          ...(at === 0 ? {} : { base: `EXP00${at}` }),
        }),
      ),
      { parameters },
      made,
    );
    return asks(study)
      .find(({ words }) => words.startsWith("Extend"))
      ?.command?.replace(/^.*--set /, "");
  };

  test("is to go one step beyond the end that did best: by factors, by differences, never past what can be", () => {
    assert.equal(steps("lr", [0.01, 0.001, 0.0001]), "lr=0.00001");
    assert.equal(steps("batch", [64, 128, 256]), "batch=512");
    assert.equal(steps("size", [192, 208, 224]), "size=240");
    assert.equal(steps("layers", [4, 6, 8], "linear"), "layers=10");
    assert.equal(steps("dropout", [0.3, 0.6, 0.9]), "dropout=0.95");
    assert.equal(steps("dropout", [0.2, 0.1, 0]), undefined, "there is nothing below zero");
    assert.equal(steps("a key", [1, 2, 4]), "'a key=8'");
  });

  test("names the study where it is not the default one", () => {
    const study = evidenceStudy(singleRuns);
    const elsewhere = { ...study, settings: { ...study.settings, name: "ocr" } };
    assert.match(asks(elsewhere)[0]?.command ?? "", / --study ocr /);
  });
});
