import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { parseRun } from "../../src/markdown/parse.ts";
import { example } from "../../src/record/format-text.ts";
import { normalize } from "../../src/record/normalize.ts";
import { shellWords } from "../../src/record/normalize-execution.ts";
import type { Tree } from "../../src/record/tree.ts";
import { stopwatch } from "../support/stopwatch.ts";
import { read } from "./read.ts";

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("normalize", () => {
  test("gives a run for no front matter at all", () => {
    const { run, problems } = normalize(undefined, { id: "EXP001", title: "Baseline" });
    assert.deepEqual([run.id, run.title, run.status, problems], ["EXP001", "Baseline", "planned", []]);
  });

  test("reads the example of the docs without a word", () => {
    const { run, problems } = parseRun(example, "experiments/EXP042-k7f3-double-the-batch.md");
    assert.deepEqual(problems, []);
    assert.deepEqual(run.config, { batch_size: 64, learning_rate: 0.001, dense_units: [512, 256] });
    assert.deepEqual(run.changes, [{ name: "batch_size", from: 32, to: 64 }]);
    assert.deepEqual(run.metrics[0]?.after?.values, [0.872, 0.87, null]);
    assert.deepEqual(run.other, {});
  });

  test("takes lists, one text, and texts with commas where a list belongs", () => {
    const { run, codes } = read(
      "tags: batch-size, speed\nbase: EXP001, EXP002\nassumptions: one, and the same\naliases: [big]\nhypothesis: [a, b]",
    );
    assert.deepEqual(
      [run.tags, run.base, run.assumptions, run.aliases, run.hypothesis],
      [["batch-size", "speed"], ["EXP001", "EXP002"], ["one, and the same"], ["big"], "a; b"],
    );
    assert.deepEqual(codes, []);
  });

  test("knows that a dash or none is no base", () => {
    assert.deepEqual(
      ["none", '"-"', "N/A", "~", ""].map((word) => read(`base: ${word}`).run.base),
      [[], [], [], [], []],
    );
  });

  test("reads hashes, ids, versions and dates as written", () => {
    const { run } = read(
      "base: 041\ndate: 2026-11-20\nsoftware: { python: 3.10, cuda: 12.20 }\nrun: { commit: 12e4567, snapshot: 0123456 }\nrepeats: [{ seed: 007 }]\nprotocol: 1.0",
    );
    assert.deepEqual(
      [run.base, run.date, run.software, run.run?.commit, run.run?.snapshot, run.repeats[0]?.seed, run.protocol],
      [["041"], "2026-11-20", { python: "3.10", cuda: "12.20" }, "12e4567", "0123456", "007", "1.0"],
    );
  });

  test("reads the status from its synonyms with a note, and from the facts where it is absent", () => {
    for (const [word, status] of [
      ["done", "finished"],
      ["Crashed", "failed"],
      ["in progress", "running"],
      ["queued", "planned"],
    ] as const) {
      const { run, codes } = read(`status: ${word}`);
      assert.deepEqual([run.status, codes], [status, ["status-word"]]);
    }
    assert.equal(read("title: x").run.status, "planned");
    assert.equal(read("metrics: { val_loss: 0.3 }").run.status, "finished");
    assert.equal(read("run: { exit: 1 }\nmetrics: { val_loss: 0.3 }").run.status, "failed");
  });

  test("names an unknown status and goes by the facts", () => {
    const { run, codes } = read("metrics: { val_loss: 0.3 }\nstatus: purple");
    assert.deepEqual([run.status, codes], ["finished", ["unknown-status"]]);
  });
});

describe("decisions", () => {
  const decided = (word: string) => {
    const { run, codes } = read(`decision: ${word}`);
    return [run.decision, run.decisionWord, codes];
  };

  test("are read from the words people use, which are kept", () => {
    assert.deepEqual(decided("keep"), ["keep", undefined, []]);
    assert.deepEqual(decided("KEEP"), ["keep", undefined, []]);
    assert.deepEqual(decided("kept behind a flag"), ["keep", "kept behind a flag", []]);
    assert.deepEqual(decided("KEEP (baseline)"), ["keep", "KEEP (baseline)", []]);
    assert.deepEqual(decided("REVERT (noise)"), ["discard", "REVERT (noise)", []]);
    assert.deepEqual(decided("Not adopted"), ["discard", "Not adopted", []]);
    assert.deepEqual(decided("pending"), [undefined, "pending", []]);
  });

  test("are never guessed from a word that says neither", () => {
    for (const word of ["yes", "purple", "keep | discard", "keep/discard", "BEST", "keeper"])
      assert.deepEqual(decided(word), [undefined, word, ["unknown-decision"]], word);
  });

  test("are absent where nothing was decided", () => {
    for (const word of ["", "~", '"-"', "n/a"]) assert.deepEqual(decided(word), [undefined, undefined, []], word);
  });

  test("of the past keep their reason", () => {
    assert.deepEqual(read("earlier: { decision: revert, reason: noise, date: 2026-11-19, by: Ada }").run.earlier, [
      { decision: "discard", reason: "noise", date: "2026-11-19", by: "Ada" },
    ]);
  });
});

describe("config", () => {
  test("is flat by dotted path, lists are values, texts that say more are kept", () => {
    const { run } = read(
      "config:\n  optimizer: { name: adam, lr: 1e-3, betas: [0.9, 0.999] }\n  momentum: 0.10\n  layers: []\n  extra: {}\n  warmup:\n  seed: ~",
    );
    assert.deepEqual(run.config, {
      "optimizer.name": "adam",
      "optimizer.lr": 0.001,
      "optimizer.betas": [0.9, 0.999],
      momentum: 0.1,
      layers: [],
      extra: {},
      seed: null,
    });
    assert.deepEqual(run.configText, { "optimizer.lr": "1e-3", momentum: "0.10" });
  });

  test("a literal dotted key wins over the path, whichever comes first", () => {
    assert.deepEqual(read("config: { a.b: 1, a: { b: 2 } }").run.config, { "a.b": 1 });
    assert.deepEqual(read("config: { a: { b: 2 }, a.b: 1 }").run.config, { "a.b": 1 });
  });

  test("numbers that JSON cannot hold stay text", () => {
    assert.deepEqual(read("config: { clip: .inf, x: .nan }").run.config, { clip: ".inf", x: ".nan" });
  });

  test("a comma of pasted code is named", () => {
    assert.deepEqual(read("config:\n  batch_size: 64,").codes, ["trailing-comma"]);
  });
});

describe("changes", () => {
  const changes = (text: string) => read(`changes: ${text}`);
  const batch = [{ name: "batch_size", from: 32, to: 64 }];

  test("are read in every shape", () => {
    for (const text of [
      "{ batch_size: { from: 32, to: 64 } }",
      "{ batch_size: 32 -> 64 }",
      "{ batch_size: 32 → 64 }",
      "{ batch_size: { old: 32, new: 64 } }",
      "batch_size 32 -> 64",
      "batch_size=32 → 64",
      '["batch_size: 32 -> 64"]',
      "[batch_size 32 to 64]",
      "[batch_size from 32 to 64]",
      "[{ batch_size: 32 -> 64 }]",
      "[{ name: batch_size, from: 32, to: 64 }]",
    ]) {
      assert.deepEqual([changes(text).run.changes, changes(text).codes], [batch, []], text);
    }
    assert.deepEqual(changes("\n  - batch_size: 32 -> 64\n  - activation: relu => gelu\n").run.changes, [
      ...batch,
      { name: "activation", from: "relu", to: "gelu" },
    ]);
  });

  test("keep the types and the nesting of their values", () => {
    assert.deepEqual(changes("{ opt: { lr: 1e-3 -> 1e-4 }, amp: false -> true, units: { from: [512], to: [512, 256] } }").run.changes, [
      { name: "opt.lr", from: 0.001, to: 0.0001 },
      { name: "amp", from: false, to: true },
      { name: "units", from: [512], to: [512, 256] },
    ]);
  });

  test("know a side that was not recorded from one that was null", () => {
    assert.deepEqual(changes("{ a: { from: '?', to: 1 }, b: { to: 2 }, c: 3, d: { from: ~, to: 4 } }").run.changes, [
      { name: "a", to: 1 },
      { name: "b", to: 2 },
      { name: "c", to: 3 },
      { name: "d", from: null, to: 4 },
    ]);
  });

  test("that are prose are named, not guessed", () => {
    for (const text of ["we moved from Berlin to Rome", "bigger batch", "a -> b -> c", "-> 64"])
      assert.deepEqual([changes(text).run.changes, changes(text).codes], [[], ["unreadable-change"]], text);
  });
});

describe("metrics", () => {
  test("are read as map, list and groups", () => {
    const names = (text: string) =>
      read(`metrics: ${text}`).run.metrics.map((metric) => [metric.name, metric.before?.mean, metric.after?.mean]);
    assert.deepEqual(names("{ val_accuracy: 85.5% -> 87.2% }"), [["val_accuracy", 0.855, 0.872]]);
    assert.deepEqual(names("[{ val_accuracy: 87.2% }]"), [["val_accuracy", undefined, 0.872]]);
    assert.deepEqual(names("[{ name: val_accuracy, before: 85.5%, after: 87.2% }]"), [["val_accuracy", 0.855, 0.872]]);
    assert.deepEqual(names("{ val: { accuracy: 0.9, loss: 0.3 } }"), [
      ["val.accuracy", undefined, 0.9],
      ["val.loss", undefined, 0.3],
    ]);
  });

  test("placeholders are absent and named", () => {
    const { run, codes } = read("metrics: { val_accuracy: [X%], loss: TBD }");
    assert.deepEqual(
      [run.metrics.map((metric) => metric.after?.mean), codes],
      [
        [undefined, undefined],
        ["placeholder", "placeholder"],
      ],
    );
  });

  test("measured again stand under their protocol", () => {
    assert.deepEqual(
      read("remeasured: { v2: { val_accuracy: 84.1% } }").run.remeasured["v2"]?.map((metric) => metric.after?.mean),
      [0.841],
    );
  });
});

describe("what ran and where", () => {
  test("repeats are a list, a number, or seeds", () => {
    assert.deepEqual(read("repeats: 2").run.repeats, [{}, {}]);
    assert.deepEqual(read("repeats: [1, 2]").run.repeats, [{ seed: "1" }, { seed: "2" }]);
    assert.deepEqual(read("repeats: [{ seed: 1, seconds: 1.6 h, exit: 0 }]").run.repeats, [{ seed: "1", seconds: 5760, exit: 0 }]);
    assert.deepEqual([read("repeats: 1e9").run.repeats, read("repeats: 1e9").codes], [[], ["too-many"]]);
  });

  test("hardware is a map with keys in any case, or one text", () => {
    assert.deepEqual(read("hardware: { GPU: [A100, A100], RAM: 16 GB, nodes: 2 }").run.hardware, {
      gpu: "2 × A100",
      ram: "16 GB",
      other: { nodes: 2 },
    });
    assert.deepEqual(read("hardware: Apple M3").run.hardware, { class: "Apple M3", other: {} });
    assert.deepEqual(read("hardware:").run.hardware, undefined);
  });

  test("software is a map or a list", () => {
    assert.deepEqual(read("software: [python 3.10, torch==2.10]").run.software, { python: "3.10", torch: "2.10" });
  });

  test("a command is a list or a line, and one that needs a shell gets it", () => {
    assert.deepEqual(read('run: python train.py --name "two words"').run.run?.command, ["python", "train.py", "--name", "two words"]);
    assert.deepEqual(read("run: { command: [python, -m, 64], exit: 0, host: a }").run.run, {
      command: ["python", "-m", "64"],
      exit: 0,
      other: { host: "a" },
    });
    assert.deepEqual(shellWords("cat a | wc -l"), ["sh", "-c", "cat a | wc -l"]);
    assert.deepEqual(shellWords("a 'b c' \"d\" e\\ f ''"), ["a", "b c", "d", "e f", ""]);
  });

  test("data and artifacts are maps, lists or paths", () => {
    assert.deepEqual(read("data: { val: { path: data/val, role: eval }, train: data/train }").run.data, [
      { name: "val", path: "data/val", role: "eval" },
      { name: "train", path: "data/train" },
    ]);
    assert.deepEqual(read("data: [data/a, { name: b, path: data/b }]").run.data, [
      { name: "data/a", path: "data/a" },
      { name: "b", path: "data/b" },
    ]);
    assert.deepEqual(read("artifacts: [out/a.pt, { path: b.pt, bytes: 1 KB }]").run.artifacts, [
      { path: "out/a.pt" },
      { path: "b.pt", bytes: 1000 },
    ]);
  });

  test("code is a map or an arrow between hashes", () => {
    assert.deepEqual(read("code: 12e4 -> 0f3a").run.code, { from: "12e4", to: "0f3a" });
  });

  test("invalid is a map, a list, a text or true", () => {
    assert.deepEqual(
      ["{ loss: leak }", "[loss]", "leak", "true", "false", "{ loss: false }"].map((text) => read(`invalid: ${text}`).run.invalid),
      [{ loss: "leak" }, { loss: "" }, { "*": "leak" }, { "*": "" }, {}, {}],
    );
  });
});

describe("what is odd", () => {
  test("an unknown key is kept and gets a did-you-mean by letters, by sense, by spelling", () => {
    for (const [key, meant] of [
      ["hypotesis", "hypothesis"],
      ["params", "config"],
      ["Repeat Of", "repeat_of"],
      ["Tags", "tags"],
      ["author", "experimenter"],
    ] as const) {
      const { run, problems } = read(`${key}: x`);
      assert.deepEqual([run.other[key], problems[0]?.code], ["x", "record/unknown-key"]);
      assert.match(problems[0]?.hint ?? "", new RegExp(`\`${meant}:\``));
    }
    assert.deepEqual(read("mood: fine").run.other, { mood: "fine" });
  });

  test("keys left without their indent are told where they belong", () => {
    assert.deepEqual(read("config:\nbatch_size: 64\nlr: 1").codes, ["not-indented", "not-indented"]);
  });

  test("a wrong type costs one problem with its place, and the rest is read", () => {
    const { run, problems } = read("config: 64\ntitle: [a]\ntags: { a: 1 }\nmetrics: good\nexperimenter: Ada");
    assert.deepEqual(
      problems.map((problem) => problem.code),
      Array.from({ length: 4 }, () => "record/wrong-type"),
    );
    for (const problem of problems) assert.equal(typeof problem.offset, "number");
    assert.equal(run.experimenter, "Ada");
  });

  test("a list whose dashes lack their blank is read and named", () => {
    const { run, codes } = read("tags:\n  -a\n  -b c");
    assert.deepEqual([run.tags, codes], [["a", "b c"], ["list-without-space"]]);
  });

  test("a placeholder in a text is no text", () => {
    const { run, codes } = read("hypothesis: <your hypothesis>\nreason: TODO\nconfig: { pad: <pad>, axis: N }");
    assert.deepEqual(
      [run.hypothesis, run.reason, run.config, codes],
      [undefined, undefined, { pad: "<pad>", axis: "N" }, ["placeholder", "placeholder"]],
    );
  });

  test("a run without an id is told the one it goes by", () => {
    assert.deepEqual(
      parseRun("---\ntitle: x\n---\n", "experiments/EXP009-abcd-x.md").problems.map((problem) => problem.code),
      ["record/missing-id"],
    );
  });

  test("keys that could reach a prototype reach nothing", () => {
    const hostile = JSON.parse(
      '{"__proto__":{"polluted":1},"config":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"ok":1},"software":{"__proto__":"1"},"invalid":["__proto__"],"extra":{"__proto__":{"polluted":1}}}',
    );
    const { run, problems } = normalize(trees(hostile) as never, { id: "a", title: "b" });
    assert.equal(({} as { polluted?: number }).polluted, undefined);
    assert.deepEqual(json(run.config), { ok: 1 });
    assert.deepEqual(json(run.other), { extra: {} });
    assert.equal(problems.filter((problem) => problem.code === "record/forbidden-key").length, 6);
    assert.equal(Object.getPrototypeOf(run.other), Object.prototype);
  });
});

/** Like `tree` of tree.ts, own keys included. */
function trees(value: unknown): Tree {
  if (Array.isArray(value)) return { kind: "list", items: value.map(trees), start: 0, end: 0 };
  if (value !== null && typeof value === "object")
    return {
      kind: "dict",
      entries: Object.entries(value).map(([key, item]) => ({ key, keyStart: 0, keyEnd: 0, value: trees(item) })),
      start: 0,
      end: 0,
    };
  return {
    kind: "scalar",
    value: value as string,
    source: value === null ? "" : String(value),
    style: typeof value === "string" ? "quoted" : "plain",
    start: 0,
    end: 0,
  };
}

const words = fc.constantFrom(
  "32 -> 64",
  "87.2%",
  "",
  "~",
  "keep",
  "done",
  "[X%]",
  "2 h",
  "EXP001",
  "12e4567",
  "-a -b",
  "64,",
  "\u0000",
  "→",
  "a: b",
  "'",
  "2026-13-45",
);
const keys = fc.constantFrom(
  ...[
    "id",
    "title",
    "date",
    "status",
    "tags",
    "hypothesis",
    "base",
    "config",
    "changes",
    "code",
    "metrics",
    "repeats",
    "data",
    "hardware",
    "software",
    "run",
    "attempts",
    "artifacts",
    "decision",
    "earlier",
  ],
  ...[
    "invalid",
    "remeasured",
    "hidden",
    "source",
    "verdict",
    "from",
    "to",
    "before",
    "after",
    "name",
    "path",
    "seed",
    "command",
    "mean",
    "sd",
    "n",
    "__proto__",
    "constructor",
    "Batch Size",
    "x.y",
  ],
);
const anything = fc.letrec<{ tree: Tree; scalar: Tree; list: Tree; dict: Tree }>((tie) => ({
  tree: fc.oneof({ maxDepth: 4 }, tie("scalar"), tie("list"), tie("dict")),
  scalar: fc.record({
    kind: fc.constant("scalar" as const),
    value: fc.oneof(words, fc.double(), fc.boolean(), fc.constant(null), fc.string()),
    source: fc.oneof(words, fc.string()),
    style: fc.constantFrom("plain" as const, "quoted" as const, "block" as const),
    start: fc.nat(99),
    end: fc.nat(99),
  }),
  list: fc.record({
    kind: fc.constant("list" as const),
    items: fc.array(tie("tree"), { maxLength: 4 }),
    start: fc.nat(99),
    end: fc.nat(99),
  }),
  dict: fc.record({
    kind: fc.constant("dict" as const),
    entries: fc.uniqueArray(fc.record({ key: fc.oneof(keys, fc.string()), keyStart: fc.nat(99), keyEnd: fc.nat(99), value: tie("tree") }), {
      selector: (entry) => entry.key,
      maxLength: 8,
    }),
    start: fc.nat(99),
    end: fc.nat(99),
  }),
}));

test("any tree is a run, said in JSON, with problems that have a place and something to do", () => {
  fc.assert(
    fc.property(anything.dict, (tree) => {
      if (tree.kind !== "dict") return;
      const { run, problems } = normalize(tree, { id: "EXP001", title: "A title" });
      assert.deepEqual(
        json(run),
        json(
          JSON.parse(
            JSON.stringify(run, (_, value) => (typeof value === "number" && !Number.isFinite(value) ? assert.fail("not JSON") : value)),
          ),
        ),
      );
      assert.ok(run.id !== "" && run.title !== "", "it has an id and a title");
      for (const problem of problems) assert.ok(problem.hint && (problem.offset !== undefined || problem.key !== undefined), problem.code);
    }),
    { numRuns: 2000 },
  );
});

test("long texts take no time", () => {
  const long = [
    "-> ".repeat(30_000),
    `${" ".repeat(100_000)}x`,
    "a,".repeat(50_000),
    `- ${"-a ".repeat(30_000)}`,
    "keep ".repeat(20_000),
    "(".repeat(100_000),
    '"'.repeat(100_000),
    "[X".repeat(50_000),
  ];
  const spent = stopwatch();
  for (const source of long)
    for (const key of [
      "title",
      "tags",
      "base",
      "decision",
      "status",
      "changes",
      "config",
      "metrics",
      "run",
      "software",
      "hardware",
      "code",
      "repeats",
      "hypothesis",
      "data",
      "date",
      "source",
    ]) {
      const value: Tree = { kind: "scalar", value: source, source, style: "plain", start: 0, end: 0 };
      const inner: Tree = { kind: "dict", entries: [{ key: "x", keyStart: 0, keyEnd: 0, value }], start: 0, end: 0 };
      for (const given of [value, inner])
        normalize({ kind: "dict", entries: [{ key, keyStart: 0, keyEnd: 0, value: given }], start: 0, end: 0 }, { id: "a", title: "b" });
    }
  assert.ok(spent() < 2000, `${spent()} ms`);
});
