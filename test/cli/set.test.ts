import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { baseline, doubled, makeJournal } from "./world.ts";

const first = "experiments/EXP001-aaaa-baseline.md";
const second = "experiments/EXP002-bbbb-double-the-batch.md";

describe("journal set", () => {
  it("changes one line and prints the file with old → new", async () => {
    const place = makeJournal();
    const { exit, out } = await place.call("set", "1", "batch_size=48");
    assert.equal(exit, 0);
    assert.equal(out, `${first}\n  config.batch_size: 32 → 48\n`);
    assert.equal(place.read(first), baseline.replace("batch_size: 32", "batch_size: 48"));
  });

  it("takes a bare name as a field of the template, and any other as a parameter", async () => {
    const place = makeJournal();
    const { data } = await place.json("set", "2", "status=failed", "dropout=0.1", "model.depth=34", "hardware.gpu=NVIDIA T4");
    assert.deepEqual(
      data.written[0].done.map(({ key, new: now }: { key: string; new: string }) => [key, now]),
      [
        ["status", "failed"],
        ["config.dropout", "0.1"],
        ["config.model.depth", "34"],
        ["hardware.gpu", "NVIDIA T4"],
      ],
    );
  });

  it("takes along what `changes` says a parameter was changed to, and nothing that said something else", async () => {
    const path = "experiments/EXP004-dddd.md";
    const text = (lr: string, top: string, model: string) =>
      `---\nid: EXP004-dddd\nconfig:\n  lr: ${lr} # mine\n  top: ${top}\n  model: { depth: ${model} }\n  own: 1\n  k: 1\nchanges:\n  lr: { from: 1, to: ${lr} } # why\n  top: 3 → ${top}\n  model.depth: ${model}\n  own: { to: 2 }\n---\n`;
    const place = makeJournal({ [path]: text("0.5", "5", "18") });
    await place.call("set", "4", "lr=0.6", "top=6", "model.depth=34");
    assert.equal(place.read(path), text("0.6", "6", "34"));
    await place.call("set", "4", "lr=0.5", "top=5", "model.depth=18");
    assert.equal(place.read(path), text("0.5", "5", "18"));
    await place.call("set", "4", "own=3", "k=2", "lr=5e-1");
    assert.match(place.read(path), /own: 3\n {2}k: 2\n[\s\S]*to: 0\.5 } # why[\s\S]*own: { to: 2 }/);
  });

  it("prints what stood over several lines on one", async () => {
    const path = "experiments/EXP004-dddd.md";
    const block = "config:\n  model:\n    name: resnet\n    sizes:\n    - 1.0\n    - 2\n  steps:\n    - at: 1\n      rate: 2\n";
    const place = makeJournal({ [path]: `---\nid: EXP004-dddd\n${block}---\n` });
    const { out } = await place.call("set", "4", "model={ name: vit }", "--unset", "steps");
    assert.equal(
      out,
      `${path}\n  config.model: { name: resnet, sizes: [1.0, 2] } → { name: vit }\n  config.steps: [{ at: 1, rate: 2 }] removed\n`,
    );
  });

  it("leaves no trace when a value is set and set back", async () => {
    const place = makeJournal();
    await place.call("set", "1", "learning_rate=2e-3", "title=Start");
    await place.call("set", "1", "learning_rate=1.0e-3", "title=Baseline");
    assert.equal(place.read(first), baseline);
  });

  it("does not touch the file when nothing changes", async () => {
    const place = makeJournal();
    const { out } = await place.call("set", "1", "batch_size=32");
    assert.equal(out, `${first} (unchanged)\n`);
  });

  it("takes several runs, and all that match a filter", async () => {
    const place = makeJournal();
    assert.equal((await place.json("set", "1", "2", "experimenter=Bo")).data.written.length, 2);
    const { data } = await place.json("set", "--where", "status:finished", "experimenter=Cy");
    assert.deepEqual(
      data.written.map(({ id }: { id: string }) => id),
      ["EXP001-aaaa", "EXP002-bbbb"],
    );
  });

  it("writes nothing when one of the runs does not exist, and names every such run", async () => {
    const place = makeJournal();
    const { ok, errors, error } = await place.json("set", "1", "77", "88", "batch_size=1");
    assert.equal(ok, false);
    assert.equal(error.exit, 3);
    assert.equal(errors.length, 2);
    assert.equal(place.read(first), baseline);
  });

  it("removes a parameter, and says so when there is none", async () => {
    const place = makeJournal();
    await place.call("set", "1", "--unset", "model.depth");
    assert.doesNotMatch(place.read(first), /depth/);
    assert.equal((await place.json("set", "1", "--unset", "dropout")).error.code, "cli/not-there");
  });

  it("writes full ids for short ones, lists for tags, and text that YAML would misread in quotes", async () => {
    const place = makeJournal();
    await place.call("set", "3", "base=1", "tags=a,b", "hypothesis=slower: by # 2");
    const { data } = await place.json("show", "3");
    assert.deepEqual(data.run.base, ["EXP001-aaaa"]);
    assert.deepEqual(data.run.tags, ["a", "b"]);
    assert.equal(data.run.hypothesis, "slower: by # 2");
  });

  it("refuses what a field cannot hold, with the likely word", async () => {
    const place = makeJournal();
    const status = await place.json("set", "1", "status=finishd");
    assert.equal(status.error.code, "cli/unknown-value");
    assert.match(status.error.hint, /finished/);
    assert.equal((await place.json("set", "1", "date=never")).error.code, "cli/not-a-date");
    assert.equal((await place.json("set", "1", "id=EXP009")).error.code, "cli/fixed-field");
    assert.equal((await place.json("set", "1", "config=5")).error.code, "cli/fixed-field");
    assert.equal((await place.json("set", "1", "base=99")).error.exit ?? 3, 3);
    assert.equal(place.read(first), baseline);
  });

  it("says how a parameter is set that has the name of a field", async () => {
    const place = makeJournal();
    for (const [key, value] of [
      ["hidden", "256"],
      ["data", "cifar10"],
      ["base", "resnet"],
    ]) {
      const typed = `config.${key}=${value}`;
      assert.ok((await place.json("set", "1", `${key}=${value}`)).error.hint.includes(`\`${typed}\``), key);
      assert.equal((await place.call("set", "1", typed)).exit, 0);
    }
    assert.equal((await place.json("show", "1")).data.run.config.hidden, 256);
    assert.doesNotMatch((await place.json("set", "1", "config=5")).error.hint, /config\.config/);
    assert.doesNotMatch((await place.json("set", "1", "base=99")).error.hint ?? "", /config\.base/);
  });

  it("refuses to put one text over the known keys of a field, and names the first of them", async () => {
    const machine = "---\nid: EXP004-dddd\nhardware: { cpu: Xeon, ram: 16 GB }\n---\n";
    const place = makeJournal({ "experiments/EXP004-dddd.md": machine, "experiments/EXP005-eeee.md": "---\nid: EXP005-eeee\n---\n" });
    const { error } = await place.json("set", "4", "hardware=T4");
    assert.deepEqual([error.code, error.exit], ["cli/fixed-field", 2]);
    assert.match(error.hint, /hardware\.gpu=T4/);
    assert.equal(place.read("experiments/EXP004-dddd.md"), machine);
    assert.equal((await place.call("set", "5", "hardware=T4")).exit, 0);
  });

  it("removes a key of nobody's from the top, after a parameter of that name", async () => {
    const path = "experiments/EXP004-dddd.md";
    const place = makeJournal({ [path]: "---\nid: EXP004-dddd\nmy_key: 1\nown: { a: 1, b: 2 }\nconfig: { my_key: 2, c: 3 }\n---\n" });
    await place.call("set", "4", "--unset", "my_key");
    assert.match(place.read(path), /my_key: 1\nown: \{ a: 1, b: 2 \}\nconfig: \{ c: 3 \}/);
    assert.equal((await place.call("set", "4", "--unset", "my_key", "--unset", "own.a")).exit, 0);
    assert.equal(place.read(path), "---\nid: EXP004-dddd\nown: { b: 2 }\nconfig: { c: 3 }\n---\n");
  });

  it("writes tags bare, and adds one or takes one away", async () => {
    const place = makeJournal();
    const path = "experiments/EXP003-cccc-cosine-decay.md";
    const tags = (): string | undefined => /^tags: .*$/m.exec(place.read(path))?.[0];
    await place.call("set", "3", "tags=eve");
    assert.equal(tags(), "tags: [eve]");
    await place.call("set", "3", "--tag", "eve", "--tag", "b,c", "--untag", "x");
    assert.equal(tags(), "tags: [eve, b, c]");
    await place.call("set", "3", "--tag", "no", "--untag", "b");
    assert.equal(tags(), 'tags: [eve, c, "no"]');
    assert.match((await place.call("set", "3", "--tag", "eve")).out, /\(unchanged\)/);
    await place.call("set", "3", "--untag", "eve,c,no");
    assert.equal(tags(), undefined);
  });

  it("warns when a parameter looks like a misspelt field", async () => {
    const place = makeJournal();
    const { warnings } = await place.json("set", "1", "statuss=failed");
    assert.equal(warnings[0].code, "cli/taken-as-parameter");
  });

  it("says what is kept as text although it looks like a number or a list, and what to type for either", async () => {
    const place = makeJournal();
    const meant = async (value: string): Promise<readonly string[]> => {
      const { warnings } = await place.json("set", "1", `config.batch_size=${value}`);
      return warnings.flatMap(({ code, hint }: { code: string; hint: string }) =>
        code === "cli/number-as-text" ? [...hint.matchAll(/batch_size=(.*?)['`]/g)].map(([, text]) => text) : [code],
      );
    };
    assert.deepEqual(await meant("1_000"), ["1000"]);
    assert.deepEqual(await meant("0,1"), ["0.1", "[0, 1]"]);
    assert.deepEqual(await meant("-0,5"), ["-0.5", "[-0, 5]"]);
    assert.deepEqual(await meant("0.9,0.95"), ["[0.9, 0.95]"]);
    assert.deepEqual(await meant("1,014"), ["1014", "1.014"]);
    assert.deepEqual(await meant("1.014,45"), ["1014.45", "[1.014, 45]"]);
    assert.deepEqual(await meant("2^16"), ["65536"]);
    assert.deepEqual(await meant("None"), ["record/read-as-text"]);
    assert.deepEqual(await meant("(0.9, 0.95)"), ["record/read-as-text"]);
    for (const clear of ["0.1", "1e-3", "[0, 1]", '"0,1"', "017", "0x1F", "1.2.3", "2026-11-30", "192.168.0.1", "16 GB", "adam", "a,b", ""])
      assert.deepEqual(await meant(clear), [], clear);
    assert.deepEqual((await place.json("set", "1", "metrics.loss=0,38")).warnings, []);
  });

  it("keeps a replaced decision with its reason", async () => {
    const place = makeJournal();
    await place.call("set", "1", "decision=discard");
    assert.match(place.read(first), /earlier:/);
    assert.match(place.read(first), /It is where we start/);
  });

  it("prefers a key that is written with its dots", async () => {
    const place = makeJournal({ "experiments/EXP004-dddd.md": "---\nid: EXP004-dddd\nconfig:\n  optimizer.lr: 1\n---\n" });
    await place.call("set", "4", "optimizer.lr=2", "optimizer.momentum=0.9");
    assert.match(place.read("experiments/EXP004-dddd.md"), /^ {2}optimizer\.lr: 2\n {2}optimizer\.momentum: 0\.9$/m);
  });

  it("prefers it to a path of the same name", async () => {
    const place = makeJournal({ "experiments/EXP004-dddd.md": "---\nid: EXP004-dddd\nconfig:\n  a: { b: 1 }\n  a.b: 2\n---\n" });
    await place.call("set", "4", "a.b=3");
    assert.match(place.read("experiments/EXP004-dddd.md"), /a: \{ b: 1 \}\n {2}a\.b: 3/);
  });

  it("leaves a file alone that cannot be read, and still edits the others", async () => {
    const broken = "---\nid: EXP004-dddd\ntags: [a\n---\n";
    const place = makeJournal({ "experiments/EXP004-dddd.md": broken });
    const { exit, out, err } = await place.call("set", "2", "EXP004-dddd", "experimenter=Bo");
    assert.equal(exit, 2);
    assert.match(out, /EXP002/);
    assert.match(err, /EXP004-dddd\.md/);
    assert.equal(place.read("experiments/EXP004-dddd.md"), broken);
    assert.match(place.read(second), /experimenter: Bo/);
  });

  it("refuses with exit 2 a file that is no text, or whose front matter is of another language", async () => {
    const place = makeJournal({ "experiments/EXP004-dddd.md": "---js\nmodule.exports = {}\n---\n" });
    const latin = Buffer.from("---\nid: EXP005-eeee\ntitle: caf\xe9\n---\n", "latin1");
    writeFileSync(join(place.root, "experiments/EXP005-eeee.md"), latin);
    for (const [id, code] of [
      ["4", "markdown/front-matter-language"],
      ["5", "markdown/not-utf8"],
    ] as const) {
      const { error } = await place.json("set", id, "title=x");
      assert.deepEqual([error.code, error.exit], [code, 2]);
    }
    assert.deepEqual(readFileSync(join(place.root, "experiments/EXP005-eeee.md")), latin);
  });

  it("says what it was not told", async () => {
    const place = makeJournal();
    assert.equal((await place.json("set", "1")).error.code, "cli/nothing-to-do");
    assert.equal((await place.json("set", "batch_size=1")).error.code, "cli/no-run-named");
    assert.equal((await place.json("set", "1", "--where", "tag:x", "a=1")).error.code, "cli/ids-and-filter");
    assert.equal((await place.json("set", "--where", "tag:nothing", "a=1")).error.code, "cli/no-match");
  });
});

describe("journal log", () => {
  const logged = async (metric: string, ...words: readonly string[]): Promise<string> => {
    const place = makeJournal({ "experiments/EXP004-dddd.md": `---\nid: EXP004-dddd\nmetrics:\n  ${metric}\n  last: 1\n---\n` });
    const { exit, err } = await place.call("log", "4", ...words);
    assert.equal(exit, 0, err);
    return place.read("experiments/EXP004-dddd.md").split("\n")[3]?.trim() ?? "";
  };

  it("puts the value where the author's writing has its place for it", async () => {
    assert.equal(await logged("f1: 0.5", "f1=0.6"), "f1: 0.6");
    assert.equal(await logged("f1: ~", "f1=0.6"), "f1: 0.6");
    assert.equal(await logged("f1: { before: 0.4, after: ~ }", "f1=0.6"), "f1: { before: 0.4, after: 0.6 }");
    assert.equal(await logged("f1: 0.4 -> 0.5", "f1=0.6"), "f1: 0.4 -> 0.6");
    assert.equal(await logged("f1: 0.4 -> 0.5", "f1=0.3", "--before"), "f1: 0.3 -> 0.5");
    assert.equal(await logged("f1: 0.5", "f1=0.3", "--before"), "f1: { before: 0.3, after: 0.5 }");
    assert.equal(await logged("f1: [0.5, 0.6]", "f1=0.7,0.8"), "f1: [0.7, 0.8]");
    assert.equal(await logged("f1: [0.5, 0.6]", "f1=0.3", "--before"), "f1: { before: 0.3, after: [0.5, 0.6] }");
    assert.equal(await logged("f1: ~", "f1=0.4 -> 0.6"), "f1: { before: 0.4, after: 0.6 }");
  });

  it("adds a metric, and prints old → new for one that was there", async () => {
    const place = makeJournal();
    const { out } = await place.call("log", "2", "val_accuracy=88%", "val_loss=0.38,~,0.40");
    assert.equal(out, `${second}\n  metrics.val_accuracy.after: 87.2% → 88%\n  metrics.val_loss: [0.38, ~, 0.40]\n`);
    assert.equal(
      place.read(second),
      doubled.replace("after: 87.2%", "after: 88%").replace("after: 1.6 h }\n", "after: 1.6 h }\n  val_loss: [0.38, ~, 0.40]\n"),
    );
  });

  it("takes any name of a declared metric for the one the run has, else for the declared one", async () => {
    const declared = { "journal.yaml": "metrics: { val_accuracy: { from: [val_acc, Accuracy/val] } }\n" };
    const one = makeJournal(declared);
    await one.call("log", "3", "val_acc=88%");
    assert.match(one.read("experiments/EXP003-cccc-cosine-decay.md"), /val_accuracy: \{ before: 87\.2%, after: 88% \}\n---/);
    await one.call("invalidate", "3", "Accuracy/val", "-m", "leak");
    assert.deepEqual((await one.json("show", "3")).data.run.invalid, { val_accuracy: "leak" });
    const other = makeJournal({ ...declared, "experiments/EXP004-dddd.md": "---\nid: EXP004-dddd\nmetrics:\n  val_acc: 1\n---\n" });
    await other.call("log", "4", "val_accuracy=88%", "other=2");
    assert.match(other.read("experiments/EXP004-dddd.md"), /metrics:\n {2}val_acc: 88%\n {2}other: 2\n---/);
  });

  it("refuses what is no number, and what may be two, before it writes anything", async () => {
    const place = makeJournal();
    const { errors } = await place.json("log", "2", "val_accuracy=good", "samples=1,014", "val_loss=0.4");
    assert.deepEqual(
      errors.map(({ code }: { code: string }) => code),
      ["cli/unreadable-metric", "cli/ambiguous-number"],
    );
    assert.equal(place.read(second), doubled);
  });

  it("refuses a comma that may be a decimal one, and names both ways to write it", async () => {
    const place = makeJournal();
    for (const [value, number, repeats] of [
      ["0,46", "val_loss=0.46", "'val_loss=0, 46'"],
      ["12,13", "val_loss=12.13", "'val_loss=12, 13'"],
      ["85,5 %,85.1%", "'val_loss=85.5 %,85.1%'", "'val_loss=85, 5 %, 85.1%'"],
      ["0,46,0,47", "val_loss=0.46,0.47", "'val_loss=0, 46, 0, 47'"],
      ["-0,46", "val_loss=-0.46", "'val_loss=-0, 46'"],
      ["0,5 -> 0,4", "'val_loss=0.5 -> 0.4'", "'val_loss=0, 5 -> 0, 4'"],
      ["1,014", "val_loss=1014", "'val_loss=1, 014'"],
    ] as const) {
      const { error } = await place.json("log", "2", `val_loss=${value}`);
      assert.deepEqual([error?.code, error?.exit], ["cli/ambiguous-number", 2], value);
      assert.ok(error.hint.includes(`\`${number}\``) && error.hint.includes(`\`${repeats}\``), error.hint);
    }
    assert.equal(place.read(second), doubled);
  });

  it("takes commas between repeats that can be nothing else", async () => {
    for (const [value, written] of [
      ["0.38,0.39", "[0.38, 0.39]"],
      ["87.2%,87%", "[87.2%, 87%]"],
      ["0, 46", "[0, 46]"],
      ["[0,46]", "[0, 46]"],
      ["1,2,3", "[1, 2, 3]"],
      ["1e-3,5e-4", "[1e-3, 5e-4]"],
      ["872/1000,870/1000", "[872/1000, 870/1000]"],
    ] as const)
      assert.equal(await logged("f1: ~", `f1=${value}`), `f1: ${written}`);
  });

  it("warns of a metric that no run has when one alike is known", async () => {
    const place = makeJournal();
    const { ok, warnings } = await place.json("log", "3", "val_acuracy=99%", "perplexity=3", "training_time=1h");
    assert.equal(ok, true);
    assert.deepEqual(
      warnings.map(({ code }: { code: string }) => code),
      ["cli/new-metric"],
    );
    assert.match(warnings[0].hint, /`val_accuracy`.*journal set EXP003-cccc --unset metrics\.val_acuracy/);
  });
});
