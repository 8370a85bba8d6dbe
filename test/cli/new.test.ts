import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parse as parseYaml } from "yaml";
import { answering, makeJournal, makePlace, type Place } from "./world.ts";

/** The front matter of the run that a `new` made. */
function made(place: Place, out: string): { text: string; facts: Record<string, unknown> } {
  const text = place.read(out.trim());
  return { text, facts: parseYaml(text.split(/^---$/m)[1] ?? "") };
}

describe("journal new", () => {
  it("prints the path of the new file, and the base with the reason for it", async () => {
    const place = makeJournal();
    const { exit, out, err } = await place.call("new", "Triple the batch", "--set", "batch_size=96");
    assert.equal(exit, 0);
    assert.match(out, /^experiments\/EXP004-[0-9a-z]{4}-triple-the-batch\.md\n$/);
    assert.match(err, /base EXP001-aaaa Baseline \(best kept run by val_accuracy/);
  });

  it("takes the configuration of the base as written, with the change applied and named", async () => {
    const place = makeJournal();
    const { out } = await place.call("new", "Triple the batch", "--set", "batch_size=96", "--set", "model.depth=34");
    const { text, facts } = made(place, out);
    assert.match(text, /learning_rate: 1\.0e-3/);
    assert.deepEqual(facts["config"], { batch_size: 96, learning_rate: 0.001, model: { name: "resnet", depth: 34 } });
    assert.deepEqual(facts["changes"], { batch_size: { from: 32, to: 96 }, "model.depth": { from: 18, to: 34 } });
    assert.equal(facts["base"], "EXP001-aaaa");
  });

  it("copies the base's metrics as before, for readers", async () => {
    const place = makeJournal();
    const { out } = await place.call("new", "Try 128", "--base", "2", "--set", "batch_size=128");
    const metrics = made(place, out).facts["metrics"] as Record<string, { before: string }>;
    assert.equal(metrics["val_accuracy"]?.before, "87.2%");
    assert.equal(metrics["training_time"]?.before, "1.6 h");
  });

  it("chooses the better of two kept runs", async () => {
    const place = makeJournal();
    await place.call("keep", "2", "-m", "better");
    const { err } = await place.call("new", "Next");
    assert.match(err, /base EXP002-bbbb/);
  });

  it("fills in who, when, and on which machine", async () => {
    const place = makeJournal();
    const { out } = await place.call("new", "Facts");
    const { facts } = made(place, out);
    assert.equal(facts["experimenter"], "Ada");
    assert.equal(facts["status"], "planned");
    assert.match(String(facts["date"]), /^2026-11-20T/);
    assert.match(String((facts["hardware"] as Record<string, string>)["ram"]), /^\d+ GB$/);
  });

  it("has no base when told so", async () => {
    const place = makeJournal();
    const { out, err } = await place.call("new", "Alone", "--base", "none");
    assert.equal(err.includes("base "), false);
    assert.ok(!made(place, out).facts["base"]);
  });

  it("says why it found no base, and how to name one", async () => {
    const run = (id: string, more: string): Record<string, string> => ({ [`experiments/${id}.md`]: `---\nid: ${id}\n${more}---\n` });
    const talk = async (settings: string, files: Record<string, string>): Promise<string> =>
      (await makePlace({ "journal.yaml": settings, ...files }).call("new", "Next")).err;
    const old = run("EXP001-aaaa", "status: finished\nprotocol: v1\ndecision: keep\nmetrics: { accuracy: 1 }\n");
    const eras = "study: { protocols: { v1: { what: a }, v2: { what: b } } }\n";
    assert.match(await talk(eras, old), /no base: no run is finished under protocol `v2`; `--base EXP001-aaaa` names one/);
    assert.match(await talk("", run("EXP001-aaaa", "status: planned\n")), /no base: no run is finished; `--base EXP001-aaaa`/);
    assert.doesNotMatch(await talk("", {}), /base/);
  });

  it("says what a parameter that the base does not record means", async () => {
    const { warnings } = await makeJournal().json("new", "Drop out", "--set", "dropout=0.3");
    assert.equal(warnings[0].code, "cli/not-in-base");
    assert.match(warnings[0].hint, /`\? → 0\.3`.*`journal set EXP001-aaaa dropout=OLD`/);
  });

  it("names the run after its changes when it has no title", async () => {
    const place = makeJournal();
    const { out } = await place.call("new", "--set", "batch_size=16");
    assert.equal(made(place, out).facts["title"], "batch_size = 16");
  });

  it("says that a parameter already has the value, or is not recorded in the base, with the likely name", async () => {
    const place = makeJournal();
    const { warnings } = await place.json("new", "Odd", "--set", "batch_size=32", "--set", "lerning_rate=1");
    assert.deepEqual(
      warnings.map(({ code, hint }: { code: string; hint?: string }) => [code, hint?.includes("learning_rate") === true]),
      [
        ["cli/same-as-base", false],
        ["cli/not-in-base", true],
      ],
    );
  });

  it("says what is kept as text, and writes a list as a list on both sides of a change", async () => {
    const place = makeJournal();
    const { warnings } = await place.json("new", "a", "--base", "1", "--set", "learning_rate=0,1");
    assert.deepEqual(
      warnings.map(({ code }: { code: string }) => code),
      ["cli/number-as-text"],
    );
    const { data } = await place.json("new", "b", "--base", "1", "--set", "learning_rate=[1,2]");
    assert.match(place.read(data.path), /^ {2}learning_rate: \[1, ?2\]$/m);
    assert.match(place.read(data.path), /^ {2}learning_rate: \{ from: 1\.0e-3, to: \[1, ?2\] \}$/m);
    const { data: checked } = await place.json("check");
    assert.deepEqual(
      checked.problems.filter(({ code }: { code: string }) => code === "record/change-differs"),
      [],
    );
  });

  it("takes two spellings of one number for the same value", async () => {
    const { warnings } = await makeJournal().json("new", "Same", "--base", "1", "--set", "learning_rate=0.001");
    assert.equal(warnings[0].code, "cli/same-as-base");
  });

  it("makes the first run of an empty journal", async () => {
    const place = makePlace({ "journal.yaml": "" });
    const { exit, out } = await place.call("new", "Baseline", "--set", "lr=0.1");
    assert.equal(exit, 0);
    assert.deepEqual(made(place, out).facts["config"], { lr: 0.1 });
    assert.ok(!made(place, out).facts["changes"]);
  });

  it("puts the run into the study it is told, or the one whose folder it stands in", async () => {
    const place = makeJournal({ "experiments/ocr/study.yaml": "title: OCR\n" });
    assert.match((await place.call("new", "Read", "--study", "ocr")).out, /^experiments\/ocr\//);
    assert.match((await place.call("-C", "experiments/ocr", "new", "Read again")).out, /^experiments\/ocr\//);
    const wrong = await place.json("new", "Lost", "--study", "orc");
    assert.equal(wrong.error.code, "store/no-study");
    assert.match(wrong.error.hint, /ocr/);
  });

  it("asks nothing without a terminal, and says what is missing", async () => {
    const place = makeJournal();
    const { exit, err } = await place.call("new");
    assert.equal(exit, 2);
    assert.match(err, /cli\/no-title/);
    assert.equal(readdirSync(join(place.root, "experiments")).length, 3);
  });

  it("asks on a terminal when nothing was given", async () => {
    const place = makeJournal();
    const ask = answering(["Half the batch", "EXP002-bbbb", "batch_size=32", "slower"]);
    const { out } = await place.callIn({ interactive: true, ask: async () => ask }, "new");
    const { facts } = made(place, out);
    assert.equal(ask.asked.length, 4);
    assert.equal(facts["title"], "Half the batch");
    assert.equal(facts["base"], "EXP002-bbbb");
    assert.equal(facts["hypothesis"], "slower");
    assert.deepEqual(facts["changes"], { batch_size: { from: 64, to: 32 } });
  });

  it("does not ask when something was given, nor for JSON", async () => {
    const place = makeJournal();
    assert.equal((await place.callIn({ interactive: true }, "new", "Given")).exit, 0);
    assert.equal((await place.callIn({ interactive: true }, "new", "--json")).exit, 2);
  });

  it("opens the editor with --edit and then checks the file", async () => {
    const place = makeJournal();
    const terminal = (command: string, files: readonly string[]): number => {
      assert.equal(command, "vi -n");
      const path = (files[0] ?? "").slice(place.root.length + 1);
      place.write(path, place.read(path).replace("status: planned", "status: almost"));
      return 0;
    };
    const { exit, err } = await place.callIn({ environment: { EDITOR: "vi -n" }, terminal }, "new", "Edited", "--edit");
    assert.equal(exit, 0);
    assert.match(err, /record\/unknown-status/);
  });

  it("refuses --edit without an editor before it writes anything", async () => {
    const place = makeJournal();
    const { exit, err } = await place.call("new", "Edited", "--edit");
    assert.equal(exit, 2);
    assert.match(err, /cli\/no-editor/);
    assert.equal(readdirSync(join(place.root, "experiments")).length, 3);
  });

  it("refuses a date that is none, and an assignment without =", async () => {
    const place = makeJournal();
    assert.equal((await place.json("new", "A", "--date", "soon")).error.code, "cli/not-a-date");
    assert.equal((await place.json("new", "A", "--set", "batch_size")).error.code, "cli/not-an-assignment");
  });

  it("refuses names that programs take for something else, and makes no file", async () => {
    const place = makeJournal();
    for (const name of ["__proto__", "constructor", "a.prototype.b"]) {
      assert.equal((await place.json("new", "A", "--set", `${name}=1`)).error.code, "cli/reserved-name");
    }
    assert.equal(readdirSync(join(place.root, "experiments")).length, 3);
  });

  it("does not copy values of another protocol", async () => {
    const place = makeJournal({ "journal.yaml": "study: { primary: val_accuracy, protocols: { v1: {}, v2: {} } }\n" });
    const { out, err } = await place.call("new", "Next era", "--base", "1");
    assert.match(err, /cli\/other-protocol/);
    assert.ok(!made(place, out).facts["metrics"]);
    assert.equal(made(place, out).facts["protocol"], "v2");
  });
});
