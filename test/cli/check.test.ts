import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { baseline, doubled, makeJournal, makePlace } from "./world.ts";

const first = "experiments/EXP001-aaaa-baseline.md";
const second = "experiments/EXP002-bbbb-double-the-batch.md";
const broken = { "experiments/EXP004-dddd.md": "---\nid: EXP004-dddd\ndecision: kep\n---\n" };

describe("journal check", () => {
  it("is content with a good journal", async () => {
    const place = makeJournal();
    place.git("add", ".");
    place.git("commit", "--quiet", "-m", "all");
    const { exit, out, err } = await place.call("check");
    assert.deepEqual([exit, out], [0, ""]);
    assert.match(err, /3 runs checked/);
  });

  it("counts only the runs it was asked about", async () => {
    const place = makeJournal();
    assert.match((await place.call("check", "2")).err, /\b1 run checked/);
    assert.match((await place.call("check", "experiments/EXP002-bbbb-double-the-batch.md", "1")).err, /\b2 runs checked/);
    assert.equal((await place.json("check", "2")).data.runs, 1);
  });

  it("names place, code, cause and cure, and ends with 5 on errors", async () => {
    const { exit, out, err } = await makeJournal(broken).call("check");
    assert.equal(exit, 5);
    assert.match(out, /^experiments\/EXP004-dddd\.md:3:11 error record\/unknown-decision: .*\n {2}hint: /m);
    assert.match(err, /1 error/);
  });

  it("fails on warnings only with --strict", async () => {
    const place = makeJournal({ "experiments/EXP004-dddd.md": "---\nid: EXP004-dddd\nlerning: 1\n---\n" });
    assert.equal((await place.call("check")).exit, 0);
    assert.equal((await place.call("check", "--strict")).exit, 5);
  });

  it("gives one document with everything in it", async () => {
    const { schema, ok, data, error } = await makeJournal(broken).json("check");
    assert.deepEqual([schema, ok, data.counts.error], ["journal/check@1", false, 1]);
    assert.equal(error.code, "record/unknown-decision");
    const problem = data.problems.find(({ code }: { code: string }) => code === "record/unknown-decision");
    assert.deepEqual([problem.path, problem.line, problem.column], ["experiments/EXP004-dddd.md", 3, 11]);
  });

  it("annotates a pull request, with nothing in a file able to give GitHub another command", async () => {
    const place = makeJournal({ "experiments/EXP004-dddd.md": '---\nid: EXP004-dddd\ndecision: "x\\n::error::owned%0A"\n---\n' });
    const { out } = await place.call("check", "--format", "github");
    assert.match(out, /^::error file=experiments\/EXP004-dddd\.md,line=3,col=11,title=record\/unknown-decision::/m);
    for (const line of out.trimEnd().split("\n")) assert.match(line, /^::(error|warning|notice) /);
    assert.doesNotMatch(out, /^::error::owned/m);
  });

  it("counts GitHub's paths from the repository when the journal lies deeper", async () => {
    const place = makeJournal();
    place.write("deep/journal.yaml", "");
    place.write("deep/experiments/EXP004-dddd.md", "---\nid: EXP004-dddd\ndecision: kep\n---\n");
    const { out } = await place.call("-C", "deep", "check", "--format", "github");
    assert.match(out, /file=deep\/experiments\/EXP004-dddd\.md/);
  });

  it("mends stale copies with --fix and says what it did", async () => {
    const place = makeJournal({ [first]: baseline.replace("85.5%", "86.0%").replace("batch_size: 32", "batch_size: 16") });
    const { exit, out } = await place.call("check", "--fix");
    assert.equal(exit, 0);
    assert.match(out, /^fixed experiments\/EXP002-bbbb/m);
    assert.equal(place.read(second), doubled.replace("before: 85.5%", "before: 86.0%").replace("from: 32", "from: 16"));
    assert.doesNotMatch((await place.call("check")).out, /stale/);
  });

  it("keeps to the files, folders and ids that were named", async () => {
    const place = makeJournal({ ...broken, "experiments/EXP005-eeee.md": "---\nid: EXP005-eeee\ndecision: nope\n---\n" });
    for (const words of [["experiments/EXP004-dddd.md"], ["EXP004-dddd"]]) {
      const { data } = await place.json("check", ...words);
      assert.deepEqual([...new Set(data.problems.map(({ path }: { path: string }) => path))], ["experiments/EXP004-dddd.md"]);
    }
    assert.equal((await place.json("check", "experiments")).data.counts.error, 2);
    assert.equal((await place.json("check", "EXP099")).error.exit, 3);
  });

  it("judges the filters, orders and columns of the settings by the runs there are, at their places", async () => {
    const files = {
      "journal.yaml":
        "views:\n  v: { where: 'val_acuracy > 1', sort: -nope, columns: [id, nope] }\n  w: 'decision:'\n  good: { where: decision:keep, columns: [title, val_accuracy] }\nstudy:\n  goals:\n    speed: { min: training_time, where: val_accuracy >= best - 1pp }\n",
      "experiments/ocr/study.yaml": "goals:\n  speed: { min: training_time, where: val_accuracy >= }\n",
    };
    const { data } = await makeJournal(files).json("check");
    assert.deepEqual(
      data.problems
        .filter(({ code }: { code: string }) => code.startsWith("query/"))
        .map(
          ({ path, line, column, code }: { path: string; line: number; column: number; code: string }) =>
            `${path}:${line}:${column} ${code}`,
        ),
      [
        "experiments/ocr/study.yaml:2:32 query/missing-value",
        "journal.yaml:2:8 query/unknown-name",
        "journal.yaml:2:34 query/unknown-name",
        "journal.yaml:2:47 query/unknown-name",
        "journal.yaml:3:3 query/missing-value",
      ],
    );
    const { data: early } = await makePlace(files).json("check");
    assert.ok(early.problems.every(({ code }: { code: string }) => !code.startsWith("query/")));
  });

  it("names links of a run that lead to no file inside the journal", async () => {
    const place = makeJournal({
      "experiments/2026/EXP004-dddd-a.md":
        "---\nid: EXP004-dddd\n---\n\n[a](../EXP001-aaaa-baseline.md#next-steps) ![b](<EXP004-dddd.files/two words.png>) [c](no%20such.md)\n[d](EXP004-dddd.files/two%20words.png) [e](../../../outside.md) [f](https://example.org/x) ![g](gone.png)\n",
      "experiments/2026/EXP004-dddd.files/two words.png": "",
    });
    const { data } = await place.json("check");
    const links = data.problems.filter(({ code }: { code: string }) => code === "cli/dead-link");
    assert.deepEqual(
      links.map(({ path, line, column, message }: { path: string; line: number; column: number; message: string }) => [
        path,
        line,
        column,
        message.split("`")[1],
      ]),
      [
        ["experiments/2026/EXP004-dddd-a.md", 5, 88, "no%20such.md"],
        ["experiments/2026/EXP004-dddd-a.md", 6, 97, "gone.png"],
      ],
    );
  });

  it("mentions run files that are not committed", async () => {
    const { data } = await makeJournal().json("check");
    const note = data.problems.find(({ code }: { code: string }) => code === "cli/uncommitted");
    assert.match(note.message, /3 run files/);
  });
});

describe("journal index", () => {
  it("writes the tables into the README, the second time the same bytes", async () => {
    const place = makeJournal({ "experiments/README.md": "# Cats and dogs\n\nProse of mine.\n" });
    const { exit, out } = await place.call("index");
    assert.deepEqual([exit, out], [0, "experiments/README.md\n"]);
    const text = place.read("experiments/README.md");
    assert.ok(text.startsWith("# Cats and dogs\n\nProse of mine.\n"));
    assert.match(text, /\[EXP002-bbbb\]\(EXP002-bbbb-double-the-batch\.md\)/);
    assert.match((await place.call("index")).out, /\(unchanged\)/);
    assert.equal(place.read("experiments/README.md"), text);
  });

  it("fails with --check when a table is out of date, and writes nothing", async () => {
    const place = makeJournal();
    const { ok, error } = await place.json("index", "--check");
    assert.deepEqual([ok, error.code], [false, "cli/stale-index"]);
    assert.equal((await place.call("index", "--check")).exit, 5);
    assert.ok(!existsSync(join(place.root, "experiments/README.md")));
    await place.call("index");
    assert.equal((await place.call("index", "--check")).exit, 0);
  });

  it("writes each study into its own folder", async () => {
    const place = makeJournal({
      "experiments/ocr/study.yaml": "title: OCR\n",
      "experiments/ocr/EXP004-dddd.md": "---\nid: EXP004-dddd\ntitle: Read\n---\n",
    });
    await place.call("index");
    assert.match(place.read("experiments/ocr/README.md"), /^# OCR\n[\s\S]*\(EXP004-dddd\.md\)/);
    assert.doesNotMatch(place.read("experiments/README.md"), /EXP004/);
  });

  it("writes nothing for a study without runs, unless its README asks for it", async () => {
    const place = makeJournal({ "experiments/empty/study.yaml": "title: Empty\n", "experiments/asked/study.yaml": "title: Asked\n" });
    place.write("experiments/asked/README.md", "# Asked\n\n<!-- journal:log -->\n<!-- /journal:log -->\n");
    await place.call("index");
    assert.ok(!existsSync(join(place.root, "experiments/empty/README.md")), "an empty study has no README");
    assert.match(place.read("experiments/asked/README.md"), /No runs yet/);
  });

  it("leaves away a table that was deleted with its markers, until its opening marker is back", async () => {
    const place = makeJournal();
    await place.call("index");
    const without = place.read("experiments/README.md").replace(/<!-- journal:impact -->[\s\S]*?<!-- \/journal:impact -->\n\n/, "");
    place.write("experiments/README.md", without);
    assert.match((await place.call("index")).out, /\(unchanged\)/);
    assert.equal(place.read("experiments/README.md"), without);
    place.write("experiments/README.md", `${without}\n<!-- journal:impact -->\n\nMy own words.\n`);
    await place.call("index");
    assert.match(
      place.read("experiments/README.md"),
      /<!-- journal:impact -->\n\n## Parameter[\s\S]*<!-- \/journal:impact -->\n\nMy own words\.\n$/,
    );
  });

  it("links a run in a tidy subfolder and one of a study in a deeper folder from their README", async () => {
    const place = makeJournal({
      "experiments/2026/11/EXP004-dddd.md": "---\nid: EXP004-dddd\ntitle: Tidy\n---\n",
      "experiments/text/ocr/study.yaml": "title: OCR\n",
      "experiments/text/ocr/2026/EXP005-eeee-two words.md": "---\nid: EXP005-eeee\ntitle: Deep\n---\n",
    });
    await place.call("index");
    assert.match(place.read("experiments/README.md"), /\[EXP004-dddd\]\(2026\/11\/EXP004-dddd\.md\)/);
    assert.match(place.read("experiments/text/ocr/README.md"), /\[EXP005-eeee\]\(<2026\/EXP005-eeee-two words\.md>\)/);
  });

  it("overcomes conflict markers inside its own blocks", async () => {
    const place = makeJournal();
    await place.call("index");
    const text = place.read("experiments/README.md");
    const row = text.split("\n").find((line) => line.includes("EXP001-aaaa")) ?? "";
    place.write("experiments/README.md", text.replace(row, `<<<<<<< ours\n${row}\n=======\nother\n>>>>>>> theirs`));
    assert.equal((await place.call("index")).exit, 0);
    assert.equal(place.read("experiments/README.md"), text);
  });
});
