import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { StudyAnalysis } from "../../src/analysis/study.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { type OverviewPage, overviewPage } from "../../src/report/overview-page.ts";
import { plainText } from "../../src/report/sentence.ts";
import { analyseStudy } from "../support/analysis.ts";
import { baseline, evidenceStudy, judged, judgedRuns, singleRuns } from "../support/evidence.ts";
import { frame, ways } from "../support/frame.ts";
import { run } from "../support/run.ts";

const pageOf = (study: StudyAnalysis): OverviewPage => overviewPage({ study, frame: frame(), ways, problems: [] });
const headline = (page: OverviewPage, label: RegExp) => page.headlines.find((one) => label.test(one.label));
const lines = (page: OverviewPage, label: RegExp): readonly string[] => headline(page, label)?.lines.map(plainText) ?? [];
const notice = (page: OverviewPage): string =>
  page.notices.map(({ text, command }) => [text, command].filter(Boolean).join(" ")).join("\n");

describe("the headline numbers", () => {
  const page = pageOf(evidenceStudy());

  test("say the best with its run, its n and its direction", () => {
    const best = headline(page, /^Best/);
    assert.equal(best?.label, "Best Accuracy\u00a0↑");
    assert.equal(best?.value, "88.00%");
    assert.equal(lines(page, /^Best/)[0], `${judged.better}, ± 0.09, n = 4`);
  });

  test("colour a gain that is judged, with its interval and n", () => {
    const gain = headline(page, /^Gain/);
    assert.equal(gain?.value, "+3.00 pp");
    assert.equal(gain?.tone, "better");
    assert.deepEqual(lines(page, /^Gain/), ["[2.84,\u00a03.16], n\u00a0=\u00a04\u00a0v\u00a04", `+3.5% rel, better, on ${baseline}`]);
  });

  test("leave a difference that nobody judged without colour and without the word gain", () => {
    const single = pageOf(evidenceStudy(singleRuns));
    const change = headline(single, /^Change/);
    assert.equal(change?.value, "+3 pp");
    assert.equal(change?.tone, undefined);
    assert.match(lines(single, /^Change/)[1] ?? "", /not judged \(1 v 1\)/);
  });

  test("count the runs by glyph, planned ones apart", () => {
    const files = [
      ...judgedRuns,
      run({ id: "EXP009-pppp", status: "planned" }),
      run({ id: "EXP010-ffff", status: "failed", config: { lr: 9 } }),
    ];
    const counted = pageOf(evidenceStudy(files));
    assert.equal(headline(counted, /^Runs$/)?.value, "6");
    assert.deepEqual(
      headline(counted, /^Runs$/)?.lines[0]?.flatMap((piece) =>
        typeof piece === "object" && "glyph" in piece ? [`${piece.count} ${piece.glyph.mark}`] : [],
      ),
      ["5 ●", "1 ×", "1 ◌"],
    );
  });

  test("count what came after the best", () => {
    assert.equal(headline(page, /since/)?.value, "3");
  });

  test("name the best kept run where the best is undecided", () => {
    const undecided = judgedRuns.map((file) => (file.run.id === judged.better ? { ...file, run: withoutDecision(file) } : file));
    assert.match(lines(pageOf(evidenceStudy(undecided)), /^Best/).join("\n"), new RegExp(`undecided; best kept is ${judged.unclear}`));
  });

  test("say how far the target is, or that it is reached", () => {
    const near = pageOf(evidenceStudy(judgedRuns, { target: { acc: ">= 95% at p < 0.01" } }));
    assert.equal(lines(near, /^Best/)[1], "7.00 pp to the target 95%");
    const reached = pageOf(evidenceStudy(judgedRuns, { target: { acc: ">= 80%" } }));
    assert.equal(lines(reached, /^Best/)[1], "target 80% reached");
  });

  test("go down where lower is better", () => {
    const study = analyseStudy([
      run({ id: "EXP001", date: "2026-11-01", metrics: { val_loss: "0.4" } }),
      run({ id: "EXP002", date: "2026-11-02", base: "EXP001", config: { a: 1 }, metrics: { val_loss: "0.3" } }),
    ]);
    const down = pageOf(study);
    assert.equal(headline(down, /^Best/)?.label, "Best val_loss\u00a0↓");
    assert.equal(headline(down, /^Change/)?.value, "−0.1");
    assert.ok((down.quick[0]?.bar?.at ?? 0) > 0, "better is to the right");
  });
});

function withoutDecision({ run: facts }: RunFile): RunFile["run"] {
  const { decision: _decision, ...rest } = facts;
  return rest;
}

describe("baseline and best", () => {
  const metrics = {
    acc: { name: "acc", from: [], goal: "max", unit: "%", label: "Accuracy" },
    memory: { name: "memory", from: [], goal: "min", guard: "+10%" },
  } as const;
  const files = [
    run({ id: "EXP001", date: "2026-11-01", metrics: { acc: "80%", memory: "10 GB", plain: "1" } }),
    run({ id: "EXP002", date: "2026-11-02", base: "EXP001", config: { a: 1 }, metrics: { acc: "85%", memory: "12 GB", plain: "2" } }),
    run({ id: "EXP003", date: "2026-11-03", base: "EXP001", config: { a: 2 }, metrics: { acc: "90%", plain: "1" }, decision: "discard" }),
  ];
  const rows = (study: StudyAnalysis) => pageOf(study).versus?.rows ?? [];
  const study = analyseStudy(files, { metrics, primary: "acc" }, { metrics });

  test("put the primary metric first, then guard rails, then the rest", () => {
    assert.deepEqual(
      rows(study).map(({ name }) => name),
      ["Accuracy", "memory", "plain"],
    );
  });

  test("compare one run with one run, and leave the record to whoever holds it", () => {
    const [primary] = rows(study);
    assert.deepEqual([primary?.before?.value, primary?.after?.value, primary?.delta?.text], ["80%", "85%", "+5 pp"]);
    assert.deepEqual([primary?.record?.value, primary?.record?.run.id], ["90%", "EXP003"]);
  });

  test("say that a guard rail is broken, in the table and among what is worth a look", () => {
    assert.deepEqual(rows(study)[1]?.guard, { text: "guard +10%", broken: true });
    assert.match(pageOf(study).worth.map(plainText).join("\n"), /EXP002, breaks the guard \+10% of memory/);
    const wide = { ...metrics, memory: { ...metrics.memory, guard: "+30%" } };
    assert.equal(rows(analyseStudy(files, { metrics: wide, primary: "acc" }, { metrics: wide }))[1]?.guard?.broken, false);
  });

  test("give no bar to a metric whose better side nobody knows", () => {
    assert.equal(rows(study)[2]?.bar, undefined);
    assert.equal(rows(study)[2]?.delta?.text, "+1");
  });

  test("do not compare times of two machines", () => {
    const apart = analyseStudy([
      run({ id: "EXP001", date: "2026-11-01", metrics: { acc: "80%", training_time: "2 h" }, hardware: "t4" }),
      run({
        id: "EXP002",
        date: "2026-11-02",
        base: "EXP001",
        config: { a: 1 },
        metrics: { acc: "85%", training_time: "1 h" },
        hardware: "a100",
      }),
    ]);
    const time = rows(apart).find(({ name }) => name === "training_time");
    assert.equal(time?.delta, undefined);
    assert.equal(time?.apart, "other machine");
  });

  test("show at most twelve metrics and count the rest", () => {
    const wide = (value: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`m${at}`, `${value + at}`]));
    const many = analyseStudy([
      run({ id: "EXP001", date: "2026-11-01", metrics: { acc: "80%", ...wide(0) } }),
      run({ id: "EXP002", date: "2026-11-02", base: "EXP001", config: { a: 1 }, metrics: { acc: "85%", ...wide(1) } }),
    ]);
    assert.equal(pageOf(many).versus?.rows.length, 12);
    assert.equal(pageOf(many).versus?.left, 19);
  });
});

describe("a study in its beginnings is told what to do", () => {
  test("no runs", () => {
    const page = pageOf(analyseStudy([]));
    assert.match(notice(page), /Nothing here yet.*journal new "Baseline"/);
    assert.deepEqual([page.headlines.length, page.quick.length, page.steps.length, page.worth.length], [0, 0, 0, 0]);
  });

  test("one run", () => {
    const page = pageOf(analyseStudy([run({ id: "EXP001-aaaa", metrics: { acc: "85.5%" } })]));
    assert.match(notice(page), /^One run so far: 85\.5%\..* journal new .* --base EXP001-aaaa$/);
    assert.equal(headline(page, /baseline|since/), undefined, "nothing is compared yet");
  });

  test("two runs: the values in a sentence instead of a picture", () => {
    const page = pageOf(evidenceStudy(singleRuns.slice(0, 2)));
    assert.equal(plainText(page.values ?? []), `Accuracy: ${baseline} 85%, then ${judged.better} 88%.`);
  });

  test("no metric", () => {
    const page = pageOf(analyseStudy([run({ id: "EXP001" }), run({ id: "EXP002", config: { a: 1 } })]));
    assert.match(notice(page), /No run has a metric yet\. journal log EXP001 val_accuracy=85\.5%/);
  });

  test("only failures of one configuration count as runs", () => {
    const failed = (id: string, reason: string): RunFile => run({ id, status: "failed", config: { a: 1 }, reason });
    assert.equal(notice(pageOf(analyseStudy([failed("EXP001", "f1"), failed("EXP002", "f2")]))), "All 2 runs failed; the last: f2.");
  });

  test("only failures, with the reason of the last", () => {
    const page = pageOf(
      analyseStudy([
        run({ id: "EXP001", date: "2026-11-01", status: "failed" }),
        run({ id: "EXP002", date: "2026-11-02", status: "failed", config: { a: 1 }, reason: "CUDA out of memory." }),
      ]),
    );
    assert.equal(notice(page), "All 2 runs failed; the last: CUDA out of memory.");
    assert.deepEqual(
      page.quick.map(({ result }) => result),
      [undefined, undefined],
    );
  });

  test("only plans", () => {
    assert.match(notice(pageOf(analyseStudy([run({ id: "EXP001", status: "planned" })]))), /planned, “A run”; nothing has run/);
  });

  test("no baseline: the oldest run stands in for it, and that is said", () => {
    const page = pageOf(
      analyseStudy([
        run({ id: "EXP001", date: "2026-11-01", base: "EXP000", metrics: { acc: "80%" } }),
        run({ id: "EXP002", date: "2026-11-02", base: "EXP001", config: { a: 1 }, metrics: { acc: "85%" } }),
      ]),
    );
    assert.match(page.versusNote ?? "", /oldest, EXP001/);
  });

  test("a guessed primary metric is said where there are several", () => {
    assert.match(notice(pageOf(evidenceStudy(singleRuns))), /^$/);
    const guessed = analyseStudy([1, 2].map((n) => run({ id: `EXP00${n}`, config: { n }, metrics: { acc: `8${n}%`, loss: "1" } })));
    assert.match(notice(pageOf(guessed)), /^Showing acc; name one under primary in journal\.yaml/);
  });
});

describe("quick results", () => {
  test("are the newest eight that were started, with what became of them", () => {
    const files = Array.from({ length: 12 }, (_, at) =>
      run({
        id: `EXP${String(at + 1).padStart(3, "0")}`,
        date: `2026-11-${String(at + 1).padStart(2, "0")}`,
        config: { at },
        metrics: { acc: "80%" },
        status: at === 11 ? "planned" : at === 10 ? "running" : at === 9 ? "failed" : "finished",
      }),
    );
    const page = pageOf(analyseStudy(files));
    assert.deepEqual(
      page.quick.map(({ run: { id } }) => id),
      ["EXP011", "EXP010", "EXP009", "EXP008", "EXP007", "EXP006", "EXP005", "EXP004"],
    );
    assert.deepEqual(page.quick[0]?.result, { value: "80%", spread: "so far", word: false }, "a run that goes on is not ranked");
    assert.deepEqual(page.quick[1]?.result, { value: "failed", word: true });
    assert.equal(page.log.text, "all 11 runs in the log");
  });

  test("carry every word of the evidence", () => {
    const words = new Map(pageOf(evidenceStudy()).quick.map(({ run: { id }, delta, bar }) => [id, [delta?.word, bar?.word]]));
    for (const [word, id] of Object.entries(judged)) assert.deepEqual(words.get(id), [word, word]);
    assert.equal(pageOf(evidenceStudy(singleRuns)).quick[0]?.bar?.word, "unjudged");
  });

  test("hold no bar where nobody knows which side is better", () => {
    const study = analyseStudy(
      [1, 2].map((n) => run({ id: `EXP00${n}`, config: { n }, ...(n === 2 ? { base: "EXP001" } : {}), metrics: { thing: `${n}` } })),
    );
    assert.equal(pageOf(study).quick[0]?.delta?.text, "+1");
    assert.equal(pageOf(study).quick[0]?.bar, undefined);
  });
});

describe("next steps", () => {
  const files = [
    run({ id: "EXP001", date: "2026-11-01", decision: "keep", next: ["old and kept", "x done"], config: { a: 1 } }),
    run({ id: "EXP002", date: "2026-11-02", next: ["try `lr=1` <b>", "second"], config: { a: 2 } }),
    run({ id: "EXP003", date: "2026-11-03", next: ["hidden"], hidden: true, config: { a: 3 } }),
  ];

  test("of kept runs come first, then the newest; what is done or hidden does not show", () => {
    const { steps, next } = pageOf(analyseStudy(files));
    assert.deepEqual(
      steps.map(({ words }) => plainText(words)),
      ["old and kept", "try lr=1 <b>", "second"],
    );
    assert.deepEqual(steps[1]?.words[1], { code: "lr=1" });
    assert.match(next.text, /^Next/);
  });

  test("are seven, the rest counted", () => {
    const many = analyseStudy([run({ id: "EXP001", next: Array.from({ length: 9 }, (_, at) => `step ${at}`) })]);
    assert.equal(pageOf(many).steps.length, 7);
    assert.equal(pageOf(many).next.text, "all 9 open steps in Next");
  });
});

test("prose of more than twenty lines is folded", () => {
  const page = (html: string): OverviewPage =>
    overviewPage({ study: evidenceStudy(), frame: frame(), ways, problems: [], readme: { prose: html, conclusion: "<p>Yes.</p>" } });
  assert.equal(page("<p>short</p>").prose?.folded, false);
  assert.equal(page("<p>line</p>".repeat(21)).prose?.folded, true);
  assert.equal(page(`<p>${"word ".repeat(300)}</p>`).prose?.folded, true);
  assert.equal(page("").prose, undefined);
  assert.equal(page("").conclusion, "<p>Yes.</p>");
});

test("the page does not grow with the study", () => {
  const study = (n: number): StudyAnalysis =>
    analyseStudy(
      Array.from({ length: n }, (_, at) =>
        run({
          id: `EXP${at + 1}`,
          date: "2026-11-01",
          config: { at: at % 7, n: at },
          metrics: { acc: `${80 + (at % 9)}%` },
          next: ["go on"],
          decision: at % 2 ? "keep" : "discard",
        }),
      ),
    );
  const size = (n: number): number => JSON.stringify(pageOf(study(n))).length;
  assert.ok(size(1500) < 1.2 * size(150));
});
