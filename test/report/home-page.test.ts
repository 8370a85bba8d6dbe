import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { headlinesOf } from "../../src/report/headlines.ts";
import { type HomeStudy, homePage } from "../../src/report/home-page.ts";
import { missingPage } from "../../src/report/missing-page.ts";
import { plainText } from "../../src/report/sentence.ts";
import { standingOf } from "../../src/report/study-best.ts";
import { analyseStudy } from "../support/analysis.ts";
import { evidenceStudy, judged } from "../support/evidence.ts";
import { frame } from "../support/frame.ts";
import { run } from "../support/run.ts";

const home = (title: string, study: HomeStudy["study"]): HomeStudy => ({
  study,
  title,
  address: `${title}/index.html`,
  next: `next.html#s-${title}`,
});
const judgedStudy = home("judged", evidenceStudy(undefined, { question: "Does `lr` matter?" }));
const fresh = home(
  "fresh",
  analyseStudy([
    run({ id: "EXP101", date: "2026-12-01", config: { a: 1 }, metrics: { loss: "1" }, next: ["a", "b"] }),
    run({ id: "EXP102", date: "2026-12-02", config: { a: 2 }, status: "running" }),
    run({ id: "EXP103", date: "2026-12-03", config: { a: 3 }, status: "planned" }),
  ]),
);
const failures = home("failures", analyseStudy([run({ id: "EXP201", status: "failed" })]));
const page = homePage({ frame: frame(), studies: [judgedStudy, failures, fresh], purpose: "Why", reports: [] });

describe("the front page of a journal", () => {
  test("shows the studies by their latest activity, those without a date last", () => {
    assert.deepEqual(
      page.studies.map(({ title }) => title),
      ["fresh", "judged", "failures"],
    );
    assert.equal(page.summary, "3 studies, 8 runs, the last on 3 Dec 2026");
  });

  test("counts runs, and configurations where several runs are one", () => {
    const twice = [
      run({ id: "EXP301", config: { a: 1 } }),
      run({ id: "EXP302", config: { a: 1 } }),
      run({ id: "EXP303", config: { a: 2 } }),
    ];
    const study = analyseStudy(twice);
    assert.equal(homePage({ frame: frame(), studies: [home("again", study)], reports: [] }).summary, "1 study, 3 runs in 2 configurations");
    assert.equal(headlinesOf(study, standingOf(study)).find(({ label }) => label === "Runs")?.value, "3");
  });

  test("says of each what is best, what it gained, how its runs stand and what is open", () => {
    const [first, second, third] = page.studies;
    assert.deepEqual([second?.best?.value, second?.best?.run.id, second?.delta?.text], ["88.00%", judged.better, "+3.00 pp"]);
    assert.equal(second?.bar?.word, "better");
    assert.equal(plainText(second?.question ?? []), "Does lr matter?");
    assert.deepEqual([first?.delta, first?.open.text, first?.open.address], [undefined, "2", "next.html#s-fresh"]);
    assert.deepEqual([third?.best, third?.spark, third?.counts.map((piece) => plainText([piece]))], [undefined, undefined, ["1 failed"]]);
  });

  test("lists the newest runs of all studies, what is planned apart", () => {
    assert.deepEqual(
      page.newest.map(({ run: { id } }) => id),
      ["EXP201", "EXP102", "EXP101", judged.unclear, judged.same, judged.worse, judged.better, "EXP001-aaaa"],
    );
    assert.deepEqual(
      page.underWay.map(({ run: { id }, study }) => [id, study.title]),
      [
        ["EXP102", "fresh"],
        ["EXP103", "fresh"],
      ],
    );
  });
});

test("a page that is not there leads to the newest ten runs", () => {
  const { newest } = missingPage([judgedStudy.study, fresh.study], frame());
  assert.deepEqual(
    newest.slice(0, 3).map(({ run: { id } }) => id),
    ["EXP102", "EXP101", judged.unclear],
  );
});
