import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makePlace, type Place } from "./world.ts";

interface Words {
  readonly base?: string;
  readonly acc?: string;
  readonly more?: string;
}

const file = (id: string, { base, acc, more = "" }: Words): string =>
  `---\nid: ${id}\ntitle: Try ${id}\ndate: 2026-11-0${id.slice(5, 6)}\nstatus: finished\n${base === undefined ? "" : `base: ${base}\n`}config: { step: ${id} }\n${acc === undefined ? "" : `metrics: { acc: ${acc} }\n`}${more}---\n`;

const settings = `title: Verdicts
metrics:
  acc: { goal: max, unit: "%", min_effect: 0.1pp }
  peak_memory: { goal: min, guard: +10% }
protected: [eval/**]
study: { primary: acc }
`;

function judged(more: Readonly<Record<string, string>> = {}, journal = settings): Place {
  return makePlace({
    "journal.yaml": journal,
    ".gitignore": ".journal/\n",
    "experiments/EXP001-aaaa.md": file("EXP001-aaaa", { acc: "[85.0%, 85.2%, 84.9%, 85.1%, 84.8%]" }),
    "experiments/EXP002-bbbb.md": file("EXP002-bbbb", {
      base: "EXP001-aaaa",
      acc: "[87.0%, 87.2%, 86.9%, 87.1%, 86.8%]",
      more: "decision: keep\n",
    }),
    "experiments/EXP003-cccc.md": file("EXP003-cccc", { base: "EXP001-aaaa", acc: "[84.0%, 83.9%, 84.1%]" }),
    "experiments/EXP004-dddd.md": file("EXP004-dddd", { base: "EXP001-aaaa", acc: "[85.1%, 85.0%]", more: "decision: keep\n" }),
    "experiments/EXP005-eeee.md": file("EXP005-eeee", { base: "EXP001-aaaa", acc: "85.1%", more: "decision: keep\n" }),
    ...more,
  });
}

describe("journal verdict", () => {
  it("says that a run improved, how sure that is and what it rests on", async () => {
    const { exit, out } = await judged().call("verdict", "2");
    assert.equal(exit, 0, out);
    assert.match(out, /^improved \(grade A\)$/m);
    assert.match(out, /^rests on +Welch t, p < 0\.001, n = 5 v 5; one of 4 tries: p = /m);
    const { data } = await judged().json("verdict", "2");
    assert.deepEqual([data.verdict, data.grade, data.n, data.tries, data.method], ["improved", "A", [5, 5], 4, "Welch t"]);
    assert.ok(data.interval[0] > 0.01 && data.corrected.holm >= data.p && data.corrected.q <= data.corrected.holm);
    assert.ok(data.beside.rank.p < 0.05 && data.beside.effect.g > 5);
  });
  it("ends with 7 where the answer is open, and says how many more repeats would tell", async () => {
    const place = judged();
    assert.equal((await place.call("verdict", "2")).exit, 0);
    assert.equal((await place.call("verdict", "3")).exit, 0);
    const open = await place.json("verdict", "5");
    assert.equal((await place.call("verdict", "5")).exit, 7);
    assert.deepEqual([open.ok, open.error.code, open.data.verdict, open.data.why], [false, "cli/inconclusive", "inconclusive", "interval"]);
    assert.equal(open.data.disagreement, "kept although within noise");
    assert.equal((await place.call("verdict")).exit, 0);
  });
  it("does not judge a value that lacks its sign, and says what to type; nor is it the best", async () => {
    const place = judged({ "experiments/EXP006-ffff.md": file("EXP006-ffff", { base: "EXP001-aaaa", acc: "[87.2, 87.4, 87.0]" }) });
    const { exit, out } = await place.call("verdict", "6");
    const { data } = await place.json("verdict", "6");
    assert.deepEqual([exit, data.verdict, data.why], [7, "unjudged", "scale"], out);
    assert.match(out, /journal log EXP006-ffff 'acc=87.2%, 87.4%, 87.0%'/);
    assert.doesNotMatch((await place.call("best")).out, /EXP006/);
    const codes = async (...words: string[]) => (await place.json(...words)).warnings.map(({ code }: { code: string }) => code);
    assert.deepEqual(await codes("log", "6", "acc=87.2, 87.4"), ["cli/missing-sign"]);
    assert.deepEqual(await codes("set", "6", "metrics.acc=87.2"), ["cli/missing-sign"]);
    assert.deepEqual(await codes("log", "6", "acc=87.2%, 87.4%, 87.0%"), []);
    assert.equal((await place.json("verdict", "6")).data.verdict, "improved");
  });
  it("fails as a gate with 6 where a run regressed, with 7 where one is open", async () => {
    const place = judged();
    assert.equal((await place.call("verdict", "3", "--gate")).exit, 6);
    assert.equal((await place.json("verdict", "3", "--gate")).error.code, "cli/gate-failed");
    assert.equal((await place.call("verdict", "5", "--gate")).exit, 7);
    assert.equal((await place.call("verdict", "2", "--gate")).exit, 0);
    assert.equal((await place.call("verdict", "--gate")).exit, 6);
  });
  it("lists all runs that have a base, in every format, with the decision beside and unchanged", async () => {
    const place = judged();
    const { data } = await place.json("verdict");
    assert.deepEqual(
      data.map(({ id, verdict }: { id: string; verdict: string }) => [id, verdict]),
      [
        ["EXP002-bbbb", "improved"],
        ["EXP003-cccc", "regressed"],
        ["EXP004-dddd", "inconclusive"],
        ["EXP005-eeee", "inconclusive"],
      ],
    );
    assert.match((await place.call("verdict", "--format", "markdown")).out, /^\| id \| title \| base \|/);
    assert.match((await place.call("verdict", "--format", "csv")).out, /^id,title,base,metric/);
    assert.match(place.read("experiments/EXP004-dddd.md"), /decision: keep/);
  });
  it("judges nothing it cannot: a single pair, a missing value, another protocol, a failure", async () => {
    const place = makePlace({
      "journal.yaml": settings.replace("study: {", "study: { protocols: { v1: {}, v2: {} },"),
      "experiments/EXP001-aaaa.md": file("EXP001-aaaa", { acc: "85%", more: "protocol: v2\n" }),
      "experiments/EXP002-bbbb.md": file("EXP002-bbbb", { base: "EXP001", acc: "86%", more: "protocol: v2\n" }),
      "experiments/EXP003-cccc.md": file("EXP003-cccc", { base: "EXP001", more: "protocol: v2\n" }),
      "experiments/EXP004-dddd.md": file("EXP004-dddd", { base: "EXP001", acc: "86%", more: "protocol: v1\n" }),
      "experiments/EXP005-eeee.md": file("EXP005-eeee", { base: "EXP001", acc: "86%" }).replace("finished", "failed"),
      "experiments/EXP006-ffff.md": file("EXP006-ffff", { base: "EXP999", acc: "86%", more: "protocol: v2\n" }),
    });
    for (const [id, word, why] of [
      ["1", "unjudged", "no base"],
      ["2", "unjudged", "single"],
      ["3", "unjudged", "no value"],
      ["4", "incomparable", "protocol"],
      ["5", "unjudged", "failed"],
      ["6", "unjudged", "no base"],
    ] as const) {
      const { data } = await place.json("verdict", id);
      assert.deepEqual([data.verdict, data.why, typeof data.because], [word, why, "string"], id);
      assert.equal((await place.call("verdict", id)).exit, 7);
      assert.equal(data.p, undefined, "no p without a judgement");
    }
  });
  it("holds a run against another one, by another metric", async () => {
    const place = judged();
    const { data } = await place.json("verdict", "2", "--against", "3");
    assert.deepEqual([data.against, data.verdict, data.tries], ["EXP003-cccc", "improved", 0]);
    assert.equal((await place.json("verdict", "2", "--metric", "loss")).error.code, "cli/no-metric");
    assert.equal((await place.json("verdict", "--against", "3")).error.code, "cli/against-what");
  });
  it("compares nothing where protected files differ", async () => {
    const place = judged();
    const commit = (text: string): string => {
      place.write("eval/score.py", text);
      place.git("add", "eval");
      place.git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", text);
      return place.git("rev-parse", "HEAD").trim();
    };
    const [one, two] = [commit("one"), commit("two")];
    await place.call("set", "1", `run.commit=${one}`);
    await place.call("set", "2", `run.commit=${two}`);
    const { data } = await place.json("verdict", "2");
    assert.deepEqual([data.verdict, data.why], ["incomparable", "protected"]);
    assert.equal((await place.call("verdict", "2", "--gate")).exit, 6);
    await place.call("set", "2", `run.commit=${one}`);
    const alike = (await place.json("verdict", "2")).data;
    assert.deepEqual([alike.verdict, alike.marks.includes("protected files not compared")], ["improved", false]);
    await place.call("set", "2", `run.commit=${"f".repeat(40)}`);
    const elsewhere = (await place.json("verdict", "2")).data;
    assert.deepEqual([elsewhere.verdict, elsewhere.marks.includes("protected files not compared")], ["improved", true]);
  });
  it("lets each look at growing repeats cost, less where they were planned before the first", async () => {
    const looks = async (plan: string) => {
      const place = judged();
      const add = (acc: string): void => {
        place.write("experiments/EXP006-ffff.md", file("EXP006-ffff", { base: "EXP001-aaaa", acc, more: plan }));
        place.git("add", ".");
        place.git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", acc);
      };
      add("86.0%");
      add("[86.0%, 85.9%]");
      add("[86.0%, 85.9%, 86.1%]");
      return (await place.json("verdict", "6")).data;
    };
    const [bare, planned] = [await looks(""), await looks("max_looks: 3\n")];
    assert.deepEqual([bare.looks, planned.looks], [{ count: 3 }, { count: 3, planned: 3 }]);
    assert.ok(Math.abs(bare.corrected.looks - bare.p * 3) < 1e-12);
    assert.ok(Math.abs(planned.corrected.looks - (planned.p * 0.05) / 0.0221) < 1e-12);
  });
  it("says of a guard rail whether it holds, is unproven or broken", async () => {
    const memory = (values: string) => `, peak_memory: ${values} }\n---`;
    const place = judged({
      "experiments/EXP001-aaaa.md": file("EXP001-aaaa", { acc: "[85.0%, 85.2%, 84.9%]" }).replace(
        " }\n---",
        memory("[10 GB, 10.1 GB, 9.9 GB]"),
      ),
      "experiments/EXP002-bbbb.md": file("EXP002-bbbb", { base: "EXP001-aaaa", acc: "[87.0%, 87.2%, 86.9%]" }).replace(
        " }\n---",
        memory("[12 GB, 12.1 GB, 11.9 GB]"),
      ),
      "experiments/EXP006-ffff.md": file("EXP006-ffff", { base: "EXP001-aaaa", acc: "[87.0%, 87.2%, 86.9%]" }).replace(
        " }\n---",
        memory("[10.1 GB, 10.2 GB, 10 GB]"),
      ),
    });
    const word = async (id: string): Promise<string> => (await place.json("verdict", id)).data.guards[0].word;
    assert.deepEqual([await word("2"), await word("6")], ["broken", "holds"]);
    assert.equal((await place.call("verdict", "2", "--gate")).exit, 6);
  });
  it("never prints NaN, whatever the values are", async () => {
    const odd = ["[1e-300, 2e-300, 1.5e-300]", "[1e308, -1e308, 1e308]", "[nan, inf, 0.5]", "[0, 0, 0]", "[5, 5, 5]", "[1, 2]", "~", "nan"];
    const files = Object.fromEntries(
      odd.flatMap((acc, at) => [
        [`experiments/EXP1${at}0-aaaa.md`, file(`EXP1${at}0-aaaa`, { acc })],
        ...odd.map((other, to) => [
          `experiments/EXP1${at}${to + 1}-bbbb.md`,
          file(`EXP1${at}${to + 1}-bbbb`, { base: `EXP1${at}0-aaaa`, acc: other }),
        ]),
      ]),
    );
    const place = makePlace({ "journal.yaml": settings, ...files });
    const { out } = await place.call("verdict", "--json");
    const { data } = JSON.parse(out);
    assert.equal(data.length, odd.length ** 2);
    for (const one of data) if (one.p !== undefined) assert.ok(Array.isArray(one.n) && Number.isFinite(one.p), JSON.stringify(one));
    assert.doesNotMatch((await place.call("verdict")).out, /NaN|undefined|Infinity/);
  });
});

describe("journal check", () => {
  it("names what was kept within the noise or although it got worse, and changes nothing", async () => {
    const place = judged({
      "experiments/EXP006-ffff.md": file("EXP006-ffff", { base: "EXP001-aaaa", acc: "[84.0%, 83.9%, 84.1%]", more: "decision: keep\n" }),
    });
    const before = place.read("experiments/EXP006-ffff.md");
    const { data } = await place.json("check");
    const found = data.problems.filter(({ code }: { code: string }) => code.startsWith("cli/kept"));
    assert.deepEqual(
      found.map(({ code, path, line }: { code: string; path: string; line: number }) => [code, path.slice(12, 18), line]),
      [
        ["cli/kept-within-noise", "EXP004", 9],
        ["cli/kept-within-noise", "EXP005", 9],
        ["cli/kept-although-worse", "EXP006", 9],
      ],
    );
    assert.equal((await place.call("check", "--strict")).exit, 5);
    assert.equal(place.read("experiments/EXP006-ffff.md"), before);
  });
});
