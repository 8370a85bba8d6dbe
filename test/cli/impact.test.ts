import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makeJournal, makePlace, type Place } from "./world.ts";

const settings = 'title: Cats\nmetrics:\n  acc: { goal: max, unit: "%" }\nstudy:\n  primary: acc\n';
const run = (number: number, words: string): readonly [string, string] => {
  const id = `EXP${String(number).padStart(3, "0")}-aaaa`;
  return [`experiments/${id}-run.md`, `---\nid: ${id}\ntitle: Run ${number}\ndate: 2026-11-01\nstatus: finished\n${words}\n---\n`];
};
const place = (): Place =>
  makePlace({
    "journal.yaml": settings,
    ...Object.fromEntries([
      run(1, "config: { lr: 1, bs: 32, depth: 4 }\nmetrics: { acc: [80.0%, 80.4%, 79.6%], training_time: 60 min }"),
      run(2, "base: EXP001\nconfig: { lr: 2, bs: 32, depth: 4 }\nmetrics: { acc: [83.0%, 83.4%, 82.6%], training_time: 61 min }"),
      run(3, "base: EXP001\nconfig: { lr: 4, bs: 64, depth: 4 }\nmetrics: { acc: 84.0%, training_time: 50 min }"),
    ]),
  });

describe("journal impact", () => {
  it("shows the surest change of each parameter with its interval and method, and the time it costs", async () => {
    const { exit, out, err } = await place().call("impact", "--format", "csv");
    assert.equal(exit, 0);
    const [head = "", lr = "", bs = ""] = out.split(/\r?\n/);
    assert.equal(head, "category,parameter,tested,primary,time,recommended,evidence");
    assert.match(lr, /^Learning Rate,lr,.*1 → 2: \+3\.00? pp \[.*Welch t/);
    assert.match(bs, /cannot tell/);
    assert.match(err, /depth 4/);
  });
  it("gives every number its n and its method in JSON, and a reason where there is none", async () => {
    const { data } = await place().json("impact");
    assert.deepEqual([data.metric.name, data.time, data.results], ["acc", "training_time", 3]);
    const [lr, bs] = data.parameters;
    assert.deepEqual([lr.parameter, lr.method, lr.effect.n, lr.effect.word, lr.effect.method], ["lr", "pairs", 1, "better", "Welch t"]);
    assert.ok(Math.abs(lr.effect.mean - 0.03) < 1e-9 && lr.effect.low > 0 && lr.among.of === 1);
    assert.deepEqual([bs.parameter, bs.method, bs.confounded, typeof bs.cannot], ["bs", "nothing", 1, "string"]);
    assert.deepEqual([lr.association.n, typeof lr.association.cannot], [3, "string"]);
    assert.deepEqual(data.fixed, [{ name: "depth", text: "4", n: 3 }]);
  });
  it("tells everything about one parameter", async () => {
    const { out } = await place().call("impact", "lr");
    for (const word of ["changed alone", "confounded", "equal in all else", "association", "importance", "recommended"])
      assert.ok(out.includes(word), word);
    const { data } = await place().json("impact", "lr");
    assert.equal(data.parameter, "lr");
  });
  it("says that a parameter was never varied, or that nobody recorded it", async () => {
    assert.match((await place().call("impact", "depth")).out, /never varied: 4 in all 3/);
    const { error } = await place().json("impact", "deqth");
    assert.deepEqual([error.code, error.exit, /`depth`/.test(error.hint)], ["cli/unknown-parameter", 3, true]);
  });
  it("answers for another metric, or says which there are", async () => {
    const { data } = await place().json("impact", "--metric", "training_time");
    assert.equal(data.metric.name, "training_time");
    assert.equal(data.parameters[0].effect.mean, 60);
    const { error } = await place().json("impact", "--metric", "loss");
    assert.deepEqual([error.code, error.exit], ["cli/no-metric", 3]);
  });
  it("prints markdown and LaTeX; nothing varied is said aloud", async () => {
    assert.match((await place().call("impact", "--format", "markdown")).out, /^\| Category \| Parameter \|/);
    assert.match((await place().call("impact", "--format", "latex")).out, /^\\begin\{tabular\}\{llllrll\}/);
    const empty = makePlace({ "journal.yaml": settings });
    const { exit, out, err } = await empty.call("impact");
    assert.deepEqual([exit, out], [0, ""]);
    assert.match(err, /no parameter was varied yet/);
  });
  it("is about the study that was named, else the default one, else that with runs", async () => {
    const study = makeJournal();
    assert.equal((await study.json("impact", "--study", "nowhere")).error.code, "store/no-study");
    const other = makePlace({
      "journal.yaml": settings,
      "experiments/ocr/study.yaml": "title: OCR\n",
      "experiments/ocr/EXP001-aaaa-run.md": "---\nid: EXP001-aaaa\nstatus: finished\nconfig: { a: 1 }\nmetrics: { acc: 1% }\n---\n",
    });
    assert.equal((await other.json("impact")).data.study, "ocr");
  });
});
