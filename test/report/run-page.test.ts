import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { StudyAnalysis } from "../../src/analysis/study.ts";
import { compile } from "../../src/query/matcher.ts";
import { parseFilter } from "../../src/query/parser.ts";
import { vocabulary } from "../../src/query/vocabulary.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import type { Settings, StudySettings } from "../../src/record/settings.ts";
import type { RunFacts } from "../../src/report/run-facts.ts";
import { type RunPage, runPage } from "../../src/report/run-page.ts";
import { plainText } from "../../src/report/sentence.ts";
import { runAddress } from "../../src/report/view.ts";
import { analyseStudy } from "../support/analysis.ts";
import { evidenceStudy, judged, judgedRuns } from "../support/evidence.ts";
import { frame } from "../support/frame.ts";
import { run, settings } from "../support/run.ts";

interface Words {
  readonly study?: Partial<StudySettings>;
  readonly journal?: Partial<Settings>;
  readonly facts?: Partial<RunFacts>;
  readonly raw?: string;
  readonly body?: string;
}

/** The page of the run with that id, or of the first. */
function pageOf(files: readonly RunFile[], id?: string, words: Words = {}): RunPage {
  return pageIn(analyseStudy(files, words.study, words.journal), files, id, words);
}

function pageIn(
  found: StudyAnalysis,
  files: readonly RunFile[],
  id: string | undefined,
  { journal, facts, raw, body = "" }: Words,
): RunPage {
  const file = files.find((one) => one.run.id === id) ?? files[0];
  assert.ok(file);
  const all: RunFacts = {
    file,
    study: found,
    settings: settings({ ...journal, study: found.settings }),
    studies: new Map([["", found.settings]]),
    folder: "",
    address: (other) => (other.run.hidden ? undefined : runAddress(other.run.id)),
    find: (reference) => files.find((one) => one.run.id === reference),
    attachments: [],
    problems: [],
    reduced: false,
    ...facts,
  };
  return runPage(all, {
    frame: frame({ path: runAddress(file.run.id), title: file.run.title }),
    body,
    copy: "runs/x.md",
    ...(raw === undefined ? {} : { raw }),
  });
}

const base = run({ id: "EXP001-aaaa", title: "Base", date: "2026-11-18", config: { batch: 32 }, metrics: { acc: "85.5%" } });
const made = (words: Parameters<typeof run>[0]): RunFile =>
  run({
    id: "EXP002-bbbb",
    title: "Double",
    date: "2026-11-19",
    base: "EXP001-aaaa",
    config: { batch: 64 },
    metrics: { acc: "87.2%" },
    ...words,
  });
const verdict = (words: Parameters<typeof run>[0], more: Words = {}, others: readonly RunFile[] = []) =>
  pageOf([made(words), base, ...others], undefined, more).verdict;
const said = (words: Parameters<typeof run>[0], more: Words = {}): string => plainText(verdict(words, more)?.said ?? []);

describe("the verdict", () => {
  test("is the decision, the change of the primary metric on the base, and why", () => {
    const { glyph, lead, ended, change, reason, evidence } = verdict({ decision: "keep", reason: "free" }) ?? {};
    assert.deepEqual([glyph?.mark, lead, ended, reason, evidence], ["●", "Kept", "", "free", "not judged (1 v 1)"]);
    assert.deepEqual(
      [change?.delta.text, change?.metric, change?.base?.id, change?.base?.address],
      ["+1.7 pp", "acc", "EXP001-aaaa", "runs/EXP001-aaaa.html"],
    );
  });

  test("shows the author's own word, earlier decisions with their dates, and the author's own judgement", () => {
    const { lead, more = [] } =
      verdict({
        decision: "discard",
        decisionWord: "revert",
        earlier: [{ decision: "keep", reason: "looked good", date: "2026-11-19", by: "Ada <ada@example.org>" }, {}],
        verdict: "promising",
      }) ?? {};
    assert.equal(lead, "Discarded (“revert”)");
    assert.deepEqual(more.map(plainText), [
      "19 Nov 2026: kept, “looked good” (Ada)",
      "Earlier: undecided",
      "In the author's words: promising",
    ]);
  });

  for (const [word, decision, expected] of [
    ["worse", "keep", /^Kept although the numbers say worse/],
    ["same", "keep", /^Kept although the numbers say the same/],
    ["unclear", "keep", /^Kept although within noise: unclear/],
    ["better", "discard", /^Discarded although the numbers say better/],
    ["better", "keep", undefined],
    ["worse", "discard", undefined],
    ["unclear", "discard", undefined],
    ["worse", undefined, undefined],
  ] as const)
    test(`${decision === undefined ? "undecided" : decision} beside ${word} ${expected ? "is a disagreement" : "is none"}`, () => {
      const files = judgedRuns.map((file) => {
        const { decision: _, ...rest } = file.run;
        return { ...file, run: decision === undefined ? rest : { ...rest, decision } };
      });
      const found = evidenceStudy(files);
      const page = pageIn(found, files, judged[word], {});
      assert.equal(page.verdict?.change?.delta.word, word);
      if (expected) assert.match(page.verdict?.disagreement?.text ?? "", expected);
      else assert.equal(page.verdict?.disagreement, undefined);
    });

  test("of a run that failed tells after how long and what the exit code means", () => {
    const { glyph, lead, ended, change } = verdict({ status: "failed", metrics: {}, run: { seconds: 1440, exit: 137, other: {} } }) ?? {};
    assert.deepEqual(
      [glyph?.mark, lead, ended, change],
      ["×", "Failed", " after 24 min, exit code 137 (killed, often for lack of memory)", undefined],
    );
    assert.equal(
      verdict({ status: "failed", decision: "discard", run: { seconds: 60, other: {} } })?.ended,
      "; the run failed after 1 min",
    );
    assert.equal(said({ status: "failed" }), "acc 87.2% before it ended");
  });

  test("of a run that is not finished says so far and ranks nothing", () => {
    const running = made({ status: "running" });
    const withStep = { ...running, run: { ...running.run, metrics: running.run.metrics.map((metric) => ({ ...metric, step: 12_000 })) } };
    const page = pageOf([withStep, base]);
    assert.deepEqual([page.verdict?.glyph.mark, page.verdict?.lead, page.verdict?.change], ["◐", "Running", undefined]);
    assert.equal(plainText(page.verdict?.said ?? []), "acc 87.2% so far, step 12,000");
    assert.deepEqual(
      page.measures?.rows.map(({ change, after }) => [change, after?.text]),
      [[undefined, "87.2%"]],
    );
    assert.deepEqual(
      [verdict({ status: "planned", metrics: {} })?.lead, verdict({ status: "planned", metrics: {} })?.said],
      ["Planned", undefined],
    );
  });

  test("says in words why there is no change", () => {
    assert.equal(plainText(pageOf([base]).verdict?.said ?? []), "acc 85.5%, the baseline of this study");
    assert.equal(said({ base: [] }), "acc 87.2%; there is no base to compare with");
    assert.equal(said({ metrics: { other: 1 } }), "acc: nothing recorded");
    assert.equal(said({ metrics: { acc: [null] } }), "acc: nothing recorded");
    assert.equal(said({ invalid: { acc: "leaked" } }), "acc 87.2%, declared invalid: leaked");
    assert.equal(
      said(
        { protocol: "v2" },
        {
          study: {
            protocols: [
              { name: "v1", invalid: [] },
              { name: "v2", invalid: [] },
            ],
          },
        },
      ),
      "acc 87.2%, not compared with EXP001-aaaa: protocol v1 ≠ v2",
    );
    const diverged = run({ id: "EXP002-bbbb", base: "EXP001-aaaa", metrics: { acc: ".nan" } });
    assert.equal(plainText(pageOf([diverged, base]).verdict?.said ?? []), "acc diverged");
  });

  test("compares a rerun with its original, and says whom a run repeats", () => {
    const twins = ["85.4%", "90%"].map((acc, at) => run({ id: `EXP00${at + 2}-xxxx`, rerunOf: "EXP001-aaaa", metrics: { acc } }));
    const lines = (id: string): readonly string[] => (pageOf([...twins, base], id).verdict?.more ?? []).map(plainText);
    assert.deepEqual(lines("EXP002-xxxx"), ["Reruns EXP001-aaaa: not judged (1 v 1), −0.1 pp acc"]);
    const noisy = [80.1, 80.2, 80.3].map((acc, at) => run({ id: `EXP01${at}-xxxx`, config: { a: 1 }, metrics: { acc: `${acc}%` } }));
    const judgedLines = (id: string): readonly string[] => (pageOf([...twins, base, ...noisy], id).verdict?.more ?? []).map(plainText);
    assert.deepEqual(judgedLines("EXP002-xxxx"), ["Reruns EXP001-aaaa: consistent, −0.1 pp acc"]);
    assert.deepEqual(judgedLines("EXP003-xxxx"), ["Reruns EXP001-aaaa: not consistent, +4.5 pp acc"]);
    assert.deepEqual(judgedLines("EXP010-xxxx"), ["Same configuration: EXP011-xxxx and EXP012-xxxx"]);
    const repeat = run({ id: "EXP009-rrrr", repeatOf: "EXP900", metrics: { acc: "1%" } });
    assert.deepEqual((pageOf([repeat]).verdict?.more ?? []).map(plainText), ["Repeats EXP900, which is not in this journal"]);
  });
});

describe("the metrics", () => {
  const rows = (words: Parameters<typeof run>[0], other: Parameters<typeof run>[0] = {}, more: Words = {}) =>
    pageOf(
      [made(words), run({ id: "EXP001-aaaa", config: { batch: 32 }, metrics: { acc: "85.5%", time: "2 h" }, ...other })],
      undefined,
      more,
    ).measures;

  test("stand beside those of the base, with n and without judging one against one", () => {
    const measures = rows({});
    assert.deepEqual([measures?.base, measures?.compared], ["EXP001-aaaa", true]);
    const [{ label, before, after, change, word, bar, strip, evidence } = { label: "" }] = measures?.rows ?? [];
    assert.deepEqual(
      [label, before, after, change, word, evidence],
      ["acc\u00a0↑", "85.5%", { text: "87.2%" }, "+1.7 pp", undefined, "not judged (1 v 1), +2.0% rel"],
    );
    assert.ok(bar !== undefined && bar.at > 0 && strip === undefined);
  });

  test("with repeats show every value on a strip", () => {
    const [row] = rows({ metrics: { acc: [0.87, 0.88, 0.86] } }, { metrics: { acc: [0.85, 0.84, 0.86] } })?.rows ?? [];
    assert.deepEqual([row?.strip?.before.ticks.length, row?.strip?.after.ticks.length, row?.bar], [3, 3, undefined]);
    assert.match(row?.evidence ?? "", /3\u00a0v\u00a03$/);
  });

  test("that are not compared say why", () => {
    const why = (words: Parameters<typeof run>[0], other: Parameters<typeof run>[0] = {}, more: Words = {}) =>
      rows(words, other, more)?.rows.map(({ label, why: reason }) => [label, reason]);
    assert.deepEqual(why({ metrics: { time: "1 h" }, hardware: "a100" }, { hardware: "t4" }), [
      ["time\u00a0↓", "not compared: another machine, t4 ≠ a100"],
    ]);
    const data = (sha256: string) => [{ name: "val", role: "eval", sha256 }];
    assert.deepEqual(why({ data: data("a") }, { data: data("b") }), [["acc\u00a0↑", "not compared: other evaluation data"]]);
    assert.deepEqual(why({ invalid: { acc: "leaked" } }), [["acc\u00a0↑", "invalid: leaked"]]);
    assert.deepEqual(why({}, { invalid: { acc: "leaked" } }), [["acc\u00a0↑", "not compared: invalid in EXP001-aaaa"]]);
    const protocols = [
      { name: "v1", invalid: [] },
      { name: "v2", invalid: ["acc"], reason: "wrong split" },
    ];
    assert.deepEqual(why({ protocol: "v2" }, {}, { study: { protocols } }), [["acc\u00a0↑", "invalid: wrong split"]]);
  });

  test("that do not count are marked, not dropped", () => {
    assert.deepEqual(rows({ invalid: { acc: "x" } })?.rows[0]?.after, { text: "87.2%", word: "invalid" });
    assert.deepEqual(rows({ metrics: { acc: ".nan" } })?.rows[0]?.after, { text: "diverged", word: "diverged" });
  });

  test("pool the runs of one configuration and say so", () => {
    const twin = run({ id: "EXP003-cccc", base: "EXP001-aaaa", config: { batch: 64 }, metrics: { acc: "87.4%" } });
    const { rows: found, notes } = pageOf([made({}), base, twin]).measures ?? {};
    assert.deepEqual(found?.[0]?.after, { text: "87.3% ± 0.1", title: "this run alone: 87.2%" });
    assert.deepEqual(notes, ["Values pool the 2 finished runs of this configuration.", "Direction guessed from the name: acc."]);
  });

  test("are those of each run alone where the base is of the same configuration, and say so", () => {
    const first = run({ id: "EXP001-aaaa", config: { batch: 64 }, metrics: { acc: "81%" } });
    const { rows: found, notes } =
      pageOf([made({ metrics: { acc: "89%", loss: 2 } }), first, run({ id: "EXP005-eeee", config: { batch: 64 }, metrics: { loss: 4 } })])
        .measures ?? {};
    assert.deepEqual(
      found?.map(({ before, after }) => [before, after?.text]),
      [
        ["81%", "89%"],
        [undefined, "2"],
      ],
    );
    assert.match(notes?.[0] ?? "", /one run, not of all 3 finished ones/);
  });

  test("are compared with the copies in the file where the base is gone", () => {
    const lost = run({ id: "EXP002-bbbb", base: "EXP900", metrics: { acc: { before: "80%", after: "81.5%" } } });
    const measures = pageOf([lost]).measures;
    assert.deepEqual(
      [measures?.rows[0]?.change, measures?.notes[0]],
      ["+1.5 pp", "EXP900 is not in this journal: compared with the values that were copied from it."],
    );
  });

  test("are absent where nothing was measured", () => assert.equal(pageOf([run({ id: "EXP001" })]).measures, undefined));
});

describe("beside the run", () => {
  const side = (words: Parameters<typeof run>[0], more: Words = {}) => pageOf([made(words), base], undefined, more).side;
  const fact = (list: readonly { readonly name: string; readonly text: string }[], name: string) =>
    list.find((one) => one.name === name)?.text;

  test("stands how to do it again, without private paths, and what is missing", () => {
    const { reproduce } = side(
      {
        run: {
          command: ["python", "/home/ada/train.py", "--note", "two words"],
          commit: "0f3a9c1b0f3a9c1b",
          cwd: "/work/ada/x",
          other: {},
        },
      },
      { journal: { site: { private: false, repository: "https://example.org/me/repo.git" } } },
    );
    assert.deepEqual([reproduce.again, reproduce.command], ["journal rerun EXP002-bbbb", "python …/train.py --note 'two words'"]);
    assert.deepEqual(reproduce.facts, [
      {
        name: "Commit",
        text: "0f3a9c1b0f3a",
        code: true,
        title: "0f3a9c1b0f3a9c1b",
        url: "https://example.org/me/repo/commit/0f3a9c1b0f3a9c1b",
      },
      { name: "Folder", text: "…/x", code: true },
    ]);
    assert.deepEqual(reproduce.missing, ["versions of the software"]);
    assert.deepEqual(side({}).reproduce, { facts: [], missing: ["the command", "the commit", "versions of the software"] });
  });

  test("no address but one of the web becomes a link", () => {
    const journal = { site: { private: false, repository: "javascript:alert(1)" } };
    assert.equal(side({ run: { commit: "0f3a9c1b0f3a", other: {} } }, { journal }).reproduce.facts[0]?.url, undefined);
    const web = { site: { private: false, repository: "https://example.org/r" } };
    assert.equal(side({ run: { commit: '"><script>', other: {} } }, { journal: web }).reproduce.facts[0]?.url, undefined);
  });

  test("stand its bases, also those that are gone, and at most eight children", () => {
    const children = Array.from({ length: 12 }, (_, at) =>
      run({
        id: `EXP1${String(at).padStart(2, "0")}-zzzz`,
        title: `Child ${at}`,
        base: "EXP002-bbbb",
        config: { batch: at },
        metrics: { acc: "90%" },
      }),
    );
    const { origin } = pageOf([made({ base: ["EXP001-aaaa", "EXP900"] }), base, ...children]).side;
    assert.deepEqual([origin.bases.map(({ id }) => id), origin.notes], [["EXP001-aaaa"], ["EXP900 is not in this journal"]]);
    assert.deepEqual([origin.children.length, origin.children[0]?.change, origin.children[0]?.run.title], [8, "+2.8 pp", "Child 0"]);
    assert.equal(origin.rest?.text, "all 12 in the log");
    assert.ok(origin.rest?.address.startsWith("log.html#where="));
  });

  test("a hidden run is never linked, nor is its title told", () => {
    const child = run({ id: "EXP003-cccc", title: "Secret", hidden: true, base: "EXP002-bbbb" });
    const page = pageOf([made({}), { ...base, run: { ...base.run, hidden: true, title: "Secret" } }, child]);
    assert.doesNotMatch(JSON.stringify(page), /Secret|EXP003/);
    assert.deepEqual(page.side.origin.bases, [{ id: "EXP001-aaaa", title: "not on this site", glyph: { mark: "◇", word: "undecided" } }]);
    assert.equal(page.verdict?.change?.base?.address, undefined);
  });

  test("stand machine, software, data, time and what else the file says", () => {
    const { setup, artifacts, other } = side({
      hardware: { gpu: "T4", ram: "16 GB", class: "t4", other: { driver: "535", hostname: "gpu-01" } },
      software: { python: "3.11" },
      data: [{ name: "val", path: "/home/ada/val", sha256: "abcdef0123", role: "eval" }],
      repeats: [
        { seed: "1", seconds: 60, exit: 0 },
        { seed: "2", seconds: 120, exit: 137 },
      ],
      run: { seconds: 100, exit: 0, started: "2026-11-19T10:00:00Z", other: { launcher: "slurm", user: "ada" } },
      attempts: [{ started: "2026-11-19", exit: 1, seconds: 5 }],
      artifacts: [{ path: "/tmp/out/best.pt", bytes: 102_400_000, sha256: "0123456789ab" }],
      other: { mine: { a: 1 }, host: "x" },
    });
    assert.deepEqual(Object.fromEntries(setup.map(({ name, text }) => [name, text])), {
      Hardware: "T4, 16 GB, class t4, driver 535",
      Software: "python 3.11",
      Data: "val eval …/val abcdef01",
      Started: "19 Nov 2026, 10:00 UTC",
      Time: "1 min 40 s, exit code 0",
      Repeats: "2, seeds 1 2, 1 min to 2 min; seed 2 ended with exit code 137",
      Starts: "19 Nov 2026, 5 s, exit code 1",
      launcher: "slurm",
    });
    assert.deepEqual(
      [artifacts, other],
      [[{ name: "file", text: "…/best.pt, 102.4 MB, sha256 01234567" }], [{ name: "mine", text: '{"a":1}' }]],
    );
    assert.equal(
      fact(
        side(
          { protocol: "v1" },
          {
            study: {
              protocols: [
                { name: "v1", invalid: [] },
                { name: "v2", invalid: [] },
              ],
            },
          },
        ).setup,
        "Protocol",
      ),
      "v1; v2 is current",
    );
  });

  test("stand its files: what is too large has no link, what a browser would run is a text", () => {
    const attachments = [
      { name: "a b.csv", address: "runs/x.files/a b.csv", bytes: 1200, inert: false },
      { name: "page.html", address: "runs/x.files/page.html.txt", bytes: 10, inert: true },
      { name: "big.bin", bytes: 6_000_000, inert: false },
    ];
    const { files } = side({}, { facts: { attachments, reduced: true, repository: "https://example.org/blob/HEAD/" } });
    assert.deepEqual(files, [
      { name: "Source of this page", note: "private values left out", address: "runs/x.md" },
      { name: "View or edit in the repository", note: "", url: "https://example.org/blob/HEAD/experiments/EXP002-bbbb.md" },
      { name: "a b.csv", note: "1 kB", address: "runs/x.files/a b.csv" },
      { name: "page.html", note: "10 B, as text", address: "runs/x.files/page.html.txt" },
      { name: "big.bin", note: "6.0 MB, too large for the site" },
    ]);
  });
});

test("a change leads to the runs that tried the same value, in a filter that the log understands", () => {
  const names = { "batch size": 64, lr: 0.001, tag: "x", units: [512, 256], opt: 'a "b" c' };
  const files = [
    run({ id: "EXP002-bbbb", base: "EXP001-aaaa", config: names, configText: { lr: "1e-3" }, metrics: { lr: 1 } }),
    run({ id: "EXP001-aaaa", config: { "batch size": 1, lr: 1, tag: "y", units: [1], opt: "z" } }),
    run({ id: "EXP003-cccc", config: names }),
  ];
  const { tried } = pageOf(files);
  assert.equal(tried.length, 5);
  const known = vocabulary(files, settings());
  for (const { address } of tried) {
    const where = decodeURIComponent(address.split("#where=")[1] ?? "");
    const predicate = compile(parseFilter(where), known, {});
    assert.deepEqual(
      files.filter((file) => predicate(file)).map(({ run: { id } }) => id),
      ["EXP002-bbbb", "EXP003-cccc"],
      where,
    );
  }
  const secret = pageOf([
    run({ id: "EXP002", base: "EXP001", config: { out: "/home/ada/x" } }),
    run({ id: "EXP001", config: { out: "/home/ada/y" } }),
  ]);
  assert.deepEqual(secret.tried, [], "a private path is not put into an address");
});

test("several changes at once are said to be inseparable", () => {
  const two = pageOf([made({ config: { batch: 64, lr: 2 } }), run({ id: "EXP001-aaaa", config: { batch: 32, lr: 1 } })]);
  assert.deepEqual([two.chips.length, two.confounded], [2, "2 changes at once: the numbers cannot tell them apart."]);
  assert.equal(pageOf([made({}), base]).confounded, undefined);
});

test("a broken file shows what is wrong, where and how to mend it, and its text with the line marked", () => {
  const problems = [
    { code: "x", severity: "error", message: "`[` is never closed", hint: "write `]`", path: "experiments/x.md", line: 2, column: 7 },
    { code: "y", severity: "warning", message: "odd", path: "experiments/x.md", line: 3 },
  ] as const;
  const file = { ...run({ id: "EXP002-bbbb", path: "experiments/x.md" }), broken: true as const };
  const page = pageOf([file], undefined, { facts: { problems }, raw: "---\ntags: [\nb\n---\n" });
  assert.deepEqual(page.notices.map(plainText), ["experiments/x.md:2:7: [ is never closed. Write ]."]);
  assert.deepEqual(page.raw, [
    { text: "---\n", marked: false },
    { text: "tags: [\n", marked: true },
    { text: "b\n---\n", marked: false },
  ]);
  assert.deepEqual([page.verdict, page.chips, page.side.reproduce.missing], [undefined, [], []]);
});

test("the second file of an id says so and is compared with nothing", () => {
  const second = run({ id: "EXP001-aaaa", path: "experiments/second.md", base: "EXP001-aaaa", metrics: { acc: "1%" } });
  const page = pageIn(analyseStudy([base, second]), [second], undefined, {});
  assert.match(plainText(page.notices[0] ?? []), /Another file claims the id EXP001-aaaa: this one is experiments\/second\.md/);
  assert.equal(page.measures?.compared, false);
});

describe("curves", () => {
  const series = (name: string) => ({
    name,
    x: "epoch",
    points: [
      [1, 2],
      [2, 1],
    ] as const,
    table: "runs/x.files/c.csv",
  });
  const curves = {
    series: ["zeta", "lr", "acc", "alpha", "beta", "gamma"].map(series),
    base: [
      {
        ...series("acc"),
        points: [
          [1, 0.5],
          [2, null],
        ] as const,
      },
    ],
    data: "data/curves/a.js",
    baseData: "data/curves/b.js",
  };

  test("of repeats are drawn once, as their mean with each behind it, and held against the mean of the base", () => {
    const repeated = (name: string, ...values: readonly number[]) =>
      values.map((value, at) => ({
        ...series(`${name} (repeat ${at + 1})`),
        points: [
          [1, 0],
          [2, value],
        ] as const,
      }));
    const page = pageOf([made({}), base], undefined, {
      facts: { curves: { ...curves, series: repeated("zeta", 1, 3), base: repeated("zeta", 5, 7) } },
    });
    const [drawn, ...others] = page.curves?.drawn ?? [];
    assert.deepEqual([drawn?.title, others.length], ["zeta", 0]);
    assert.deepEqual(drawn?.facts, ["mean of 2 repeats", "last 2"]);
    assert.equal(drawn?.repeats?.match(/M/g)?.length, 2);
    assert.deepEqual(drawn?.notes, ["┄ EXP001-aaaa ended at 6"]);
  });

  test("of metrics come first, four are drawn, the rest is a line each", () => {
    const page = pageOf([made({}), base], undefined, { facts: { curves } });
    assert.deepEqual(
      page.curves?.drawn.map(({ title }) => title),
      ["acc", "zeta", "lr", "alpha"],
    );
    assert.deepEqual(
      page.curves?.lines.map(({ title, last }) => [title, last]),
      [
        ["beta", "1"],
        ["gamma", "1"],
      ],
    );
    assert.deepEqual([page.curves?.data, page.curves?.base], ["data/curves/a.js", { id: "EXP001-aaaa", data: "data/curves/b.js" }]);
    assert.ok(page.curves?.drawn[0]?.base !== undefined && page.curves.drawn[1]?.base === undefined);
  });
});

test("attached pictures are shown unless the prose shows them", () => {
  const attachments = ["a b.png", "c.svg", "d.svg", "e.csv"].map((name) => ({
    name,
    address: `runs/x.files/${name}`,
    bytes: 1,
    inert: name === "d.svg",
  }));
  const names = (body: string) => pageOf([made({}), base], undefined, { facts: { attachments }, body }).pictures.map(({ name }) => name);
  assert.deepEqual(names(""), ["a b.png", "c.svg"]);
  assert.deepEqual(names('<img src="x.files/a%20b.png">'), ["c.svg"]);
});

test("names and sentences come without mail addresses and home folders unless the journal is private", () => {
  const file = made({ experimenter: "Ada <ada@example.org>", hypothesis: "see /home/ada/x", reason: "ask bob@example.org" });
  const page = pageOf([file, base]);
  assert.doesNotMatch(JSON.stringify(page), /example\.org|\/home\/ada/);
  assert.match(JSON.stringify(pageOf([file, base], undefined, { journal: { site: { private: true } } })), /ask bob@example\.org/);
});

test("a page is plain data", () => {
  const page = pageOf([made({}), base]);
  assert.deepEqual(JSON.parse(JSON.stringify(page)), page);
});
