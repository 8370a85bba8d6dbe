import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { baseline, doubled, makeJournal, makePlace, planned } from "./world.ts";

const ids = (data: readonly { id: string }[]): readonly string[] => data.map(({ id }) => id);

describe("journal list", () => {
  it("shows all runs in order, with the study's metric", async () => {
    const { exit, out } = await makeJournal().call("list");
    assert.equal(exit, 0);
    const lines = out.trimEnd().split("\n");
    assert.match(lines[0] ?? "", /^id +title +date +status +decision +changes +val_accuracy$/);
    assert.deepEqual(
      lines.slice(1).map((line) => line.slice(0, 11)),
      ["EXP001-aaaa", "EXP002-bbbb", "EXP003-cccc"],
    );
    assert.match(lines[2] ?? "", /batch_size.*32.*64 +87\.2%$/);
  });

  it("prints the same objects filtered and unfiltered", async () => {
    const place = makeJournal();
    const all = await place.json("list");
    assert.equal(all.schema, "journal/list@1");
    assert.deepEqual(ids(all.data), ["EXP001-aaaa", "EXP002-bbbb", "EXP003-cccc"]);
    assert.equal(all.data[1].metrics.val_accuracy, 0.872);
    const some = await place.json("list", "val_accuracy > 86%", "and", "tag:batch");
    assert.deepEqual(some.data, [all.data[1]]);
    assert.deepEqual(JSON.parse((await place.call("list", "--format", "json")).out), all);
  });

  it("sorts, limits, and says how many are left", async () => {
    const place = makeJournal();
    assert.deepEqual(ids((await place.json("list", "--sort", "-val_accuracy")).data), ["EXP002-bbbb", "EXP001-aaaa", "EXP003-cccc"]);
    const { out, err } = await place.call("list", "--limit", "1");
    assert.equal(out.trimEnd().split("\n").length, 2);
    assert.match(err, /2 more runs/);
    assert.equal((await place.json("list", "--limit", "0")).error.code, "cli/not-a-count");
  });

  it("shows the columns that were asked for, and refuses unknown ones", async () => {
    const place = makeJournal();
    const { out } = await place.call("list", "--columns", "id,config.batch_size,training_time");
    assert.match(out, /^id +batch_size +training_time\nEXP001-aaaa +32 +2\.0 h\n/);
    assert.deepEqual((await place.json("list", "--columns", "id,batch_size", "--limit", "1")).data, [
      { id: "EXP001-aaaa", batch_size: 32 },
    ]);
    assert.equal((await place.json("list", "--columns", "batchsize")).error.exit, 2);
  });

  it("points at the place where a filter goes wrong", async () => {
    const { exit, err } = await makeJournal().call("list", "val_accuracy >");
    assert.equal(exit, 2);
    assert.match(err, /query\//);
  });

  it("keeps to one study", async () => {
    const place = makeJournal({
      "experiments/ocr/study.yaml": "title: OCR\n",
      "experiments/ocr/EXP004-dddd.md": "---\nid: EXP004-dddd\n---\n",
    });
    assert.deepEqual(ids((await place.json("list", "--study", "ocr")).data), ["EXP004-dddd"]);
    assert.deepEqual(ids((await place.json("list", "--study", ".")).data), ["EXP001-aaaa", "EXP002-bbbb", "EXP003-cccc"]);
    assert.equal((await place.json("list", "--study", "orc")).error.code, "store/no-study");
  });

  it("lists what a branch added or changed, and what is dated since a day", async () => {
    const place = makeJournal();
    place.git("add", ".");
    place.git("commit", "--quiet", "-m", "three runs");
    place.git("switch", "--quiet", "-c", "topic");
    await place.call("keep", "2", "-m", "better");
    place.write("experiments/EXP005-eeee.md", "---\nid: EXP005-eeee\ndate: 2026-11-05\n---\n");
    assert.deepEqual(ids((await place.json("list", "--since", "main")).data), ["EXP002-bbbb", "EXP005-eeee"]);
    assert.deepEqual(ids((await place.json("list", "--since", "2026-11-03")).data), ["EXP003-cccc", "EXP005-eeee"]);
    assert.equal((await place.json("list", "--since", "nowhere")).error.code, "store/no-ref");
  });

  it("leaves out hidden runs unless they are asked for, and says how many", async () => {
    const place = makeJournal({
      "experiments/EXP004-dddd.md": "---\nid: EXP004-dddd\nhidden: true\n---\n",
      "experiments/EXP005-eeee.md": "---\nid: EXP005-eeee\ntitle: '\"hidden\":true'\nconfig: { a: { hidden: true } }\n---\n",
    });
    const { out, err } = await place.call("list");
    assert.ok(!out.includes("EXP004") && out.includes("EXP005"));
    assert.match(err, /1 hidden run/);
    const seen = ["EXP001-aaaa", "EXP002-bbbb", "EXP003-cccc", "EXP005-eeee"];
    assert.deepEqual(ids((await place.json("list")).data).toSorted(), seen);
    assert.deepEqual(ids((await place.json("list", "--sort", "id")).data), seen);
    assert.equal((await place.json("list", "--all")).data.length, 5);
    assert.equal((await place.json("list", "--all", "--sort", "id")).data.length, 5);
    assert.deepEqual(ids((await place.json("list", "hidden = true")).data), ["EXP004-dddd"]);
    assert.deepEqual(ids((await place.json("list", "not (id = 4 or hidden = false)", "--all")).data), []);
  });

  it("takes filter, order and columns from a view, and lets them be narrowed or replaced", async () => {
    const place = makeJournal({
      "journal.yaml":
        "views:\n  best: { where: status = finished or tag:batch, sort: -val_accuracy, columns: [id, val_accuracy] }\n  kept: decision:keep\n",
    });
    assert.match((await place.call("list", "--view", "best")).out, /^id +val_accuracy\nEXP002-bbbb +87\.2%\nEXP001-aaaa +85\.5%\n$/);
    assert.match((await place.call("list", "--view", "best", "val_accuracy < 87%", "--columns", "title")).out, /^title\nBaseline\n$/);
    assert.match((await place.call("list", "--view", "best", "--sort", "id", "--format", "csv")).out, /^id,val_accuracy\r\nEXP001-aaaa/);
    assert.deepEqual(ids((await place.json("list", "--view", "kept")).data), ["EXP001-aaaa"]);
    const { error } = await place.json("list", "--view", "bset");
    assert.deepEqual([error.code, error.exit], ["cli/unknown-view", 3]);
  });

  it("prints markdown, CSV and LaTeX that their readers take", async () => {
    const place = makeJournal({
      "experiments/EXP004-dddd.md": '---\nid: EXP004-dddd\ntitle: "a|b, \\"c\\" & 50% _x_ =1"\n---\n',
      "experiments/EXP005-eeee.md": '---\nid: EXP005-eeee\ntitle: "=cmd()"\n---\n',
    });
    const call = async (format: string): Promise<string> =>
      (await place.call("list", "--columns", "id,title,val_accuracy", "--format", format)).out;
    assert.match(await call("markdown"), /\| EXP004-dddd \| a\\\|b, "c" & 50% \\_x\\_ =1 \|/);
    const csv = await call("csv");
    assert.match(csv, /^id,title,val_accuracy\r\nEXP001-aaaa,Baseline,0\.855\r\n/);
    assert.match(csv, /^EXP004-dddd,"a\|b, ""c"" & 50% _x_ =1",\r$/m);
    assert.match(csv, /^EXP005-eeee,'=cmd\(\),\r$/m);
    assert.match(await call("latex"), /^EXP004-dddd & a\\textbar\{\}b, "c" \\& 50\\% \\_x\\_ =1 & {2}\\\\$/m);
  });

  it("fits the terminal, and is whole when it is none", async () => {
    const place = makeJournal();
    const { out, err } = await place.callIn({ columns: 50 }, "list");
    for (const line of out.split("\n")) assert.ok(line.length <= 50);
    assert.match(err, /left out for want of room: date/);
    assert.match((await place.call("list")).out, /Double the batch/);
  });

  it("gives up the day, then a status that all share, then the rest, but never the id or the metric", async () => {
    const place = makeJournal({
      "experiments/EXP002-bbbb-double-the-batch.md": doubled.replace("after: 87.2%", "after: [87.2%, 87.0%]"),
      "experiments/EXP003-cccc-cosine-decay.md": planned.replace("planned", "finished"),
    });
    const heads = await Promise.all(
      [110, 90, 80, 70, 40, 20].map(async (columns) => {
        const { out } = await place.callIn({ columns }, "list");
        const lines = out.split("\n");
        if (columns >= 40) for (const line of lines) assert.ok(line.length <= columns, line);
        assert.match(lines[2] ?? "", /^EXP002-bbbb .*87\.1% ± 0\.1, n = 2$/);
        assert.doesNotMatch(out, /→ \d…|\d…/);
        return (lines[0] ?? "").split(/ {2,}/).join(" ");
      }),
    );
    assert.deepEqual(heads, [
      "id title date status decision changes val_accuracy",
      "id title status decision changes val_accuracy",
      "id title decision changes val_accuracy",
      "id title decision val_accuracy",
      "id val_accuracy",
      "id val_accuracy",
    ]);
    const { out } = await place.callIn({ columns: 20 }, "list", "--columns", "id,title,date,val_accuracy");
    assert.match(out, /^id +val_accuracy$/m);
  });

  it("computes the changes from the configurations, also in filters, and shows them as they were written", async () => {
    const place = makeJournal({
      "experiments/EXP001-aaaa-baseline.md": baseline.replace("1.0e-3 # as in the paper", "1e-3\n  units: [512, 256]"),
      "experiments/EXP002-bbbb-double-the-batch.md": doubled.replace("1.0e-3", "3e-4\n  units: [256, 128]"),
    });
    const [, , line] = (await place.call("list")).out.split("\n");
    assert.match(line ?? "", /batch_size 32 → 64, learning_rate 1e-3 → 3e-4, units \[512, 256\] → \[256, 128\]/);
    assert.deepEqual(ids((await place.json("list", "changed:learning_rate")).data), ["EXP002-bbbb"]);
    assert.deepEqual(ids((await place.json("list", "changes ~ '1e-3 → 3e-4'")).data), ["EXP002-bbbb"]);
    const stale = doubled.replace("batch_size: 64", "batch_size: 32");
    place.write("experiments/EXP002-bbbb-double-the-batch.md", stale);
    assert.deepEqual(ids((await place.json("list", "changed:batch_size and number = 2")).data), []);
    assert.doesNotMatch((await place.call("list", "number = 2")).out, /batch_size/);
    assert.match((await place.call("list")).out, /units \[512, 256\] → \?/);
    assert.match((await place.call("show", "2")).out, /^changes +.*units \[512, 256\] → \?/m);
    for (const document of [await place.json("list"), await place.json("list", "--sort", "id")])
      assert.ok(document.data.every((run: object) => !("changes" in run)));
    assert.match((await place.json("list", "--columns", "id,changes")).data[1].changes, /learning_rate 1e-3 → 1.0e-3|units/);
  });

  it("marks what was declared invalid, and gives machines no number for it", async () => {
    const place = makeJournal({
      "experiments/EXP004-dddd.md":
        "---\nid: EXP004-dddd\nstatus: finished\nmetrics: { val_accuracy: 88.5% }\ninvalid: { val_accuracy: leak }\n---\n",
      "experiments/EXP005-eeee.md": "---\nid: EXP005-eeee\nstatus: finished\nmetrics: { val_accuracy: 88.5% }\ninvalid: wrong data\n---\n",
    });
    const { out } = await place.call("list");
    assert.match(out, /^EXP004-dddd .* finished +88\.5% \(invalid\)$/m);
    assert.match(out, /^EXP005-eeee .* finished \(invalid\) +88\.5% \(invalid\)$/m);
    assert.equal((await place.json("list", "number = 4", "--columns", "val_accuracy")).data[0].val_accuracy, null);
    assert.match((await place.call("list", "number = 4", "--format", "csv")).out, /,88\.5% \(invalid\)\r\n$/);
    assert.deepEqual((await place.json("list", "number = 4")).data[0].invalid, ["val_accuracy"]);
    assert.match((await place.call("show", "4")).out, /^val_accuracy +– +88\.5% \(invalid\)$/m);
  });

  it("leaves out headings under which nothing stands, and nothing else", async () => {
    const body =
      "lead\n\n## Observations\n\n### What worked\n\n- much\n\n### What didn't work\n\n## Training curves\n\n```sh\n# one\n# two\n```\n\n## Next steps\n";
    const place = makeJournal({ "experiments/EXP004-dddd.md": `---\nid: EXP004-dddd\ntitle: t\n---\n${body}` });
    const { out } = await place.call("show", "4");
    assert.deepEqual(
      [/^(?:#.*|lead|- much)$/gm].flatMap((lines) => out.match(lines)),
      ["lead", "## Observations", "### What worked", "- much", "## Training curves", "# one", "# two"],
    );
    assert.equal((await place.json("show", "4")).data.body, body.trim());
  });

  it("shows days to readers and whole dates to machines, one number of decimals, and the author's word", async () => {
    const place = makeJournal({
      "experiments/EXP004-dddd.md":
        '---\nid: EXP004-dddd\ntitle: "a < b | c > d"\ndate: 2026-11-04T10:15:00+01:00\nmetrics: { val_accuracy: 9% }\ndecision: keep because better\n---\n',
    });
    const call = async (format: string): Promise<string> => (await place.call("list", "number = 4", "--format", format)).out;
    for (const format of ["table", "markdown", "latex"]) assert.doesNotMatch(await call(format), /10:15/, format);
    assert.match(await call("csv"), /2026-11-04T10:15:00\+01:00/);
    assert.match(await call("table"), / keep because better +9\.0%$/m);
    assert.match(await call("latex"), /a \\textless\{\} b \\textbar\{\} c \\textgreater\{\} d/);
    assert.match((await place.call("show", "4")).out, /^decision +keep because better$/m);
    assert.match((await place.call("show", "4")).out, /^val_accuracy +– +9\.0%$/m);
  });

  it("tells studies apart, and shows each run the metric of its own study", async () => {
    const place = makeJournal({
      "experiments/ocr/study.yaml": "title: OCR\nprimary: cer\n",
      "experiments/ocr/EXP004-dddd.md": "---\nid: EXP004-dddd\nmetrics: { cer: 4.1% }\n---\n",
    });
    const { out } = await place.call("list");
    assert.match(out, /^id +study +title .* result$/m);
    assert.match(out, /^EXP001-aaaa +\. .* val_accuracy 85\.5%$/m);
    assert.match(out, /^EXP004-dddd +ocr .* cer 4\.1%$/m);
    assert.match((await place.call("list", "--study", "ocr")).out, /^id +title .* cer$/m);
  });

  it("says what a number, an id and a word alone were meant to be", async () => {
    const place = makeJournal();
    for (const [word, hint] of [
      ["4", /journal show 4.*number = 4/s],
      ["EXP004", /journal show EXP004.*id:EXP004/s],
      ["cosine", /text ~ cosine/],
    ] as const) {
      const { error } = await place.json("list", word);
      assert.match(error.hint, hint);
      assert.doesNotMatch(error.hint, /\d = 64|has:\d/);
    }
  });

  it("shows CSV on a terminal without what the terminal would obey", async () => {
    const place = makeJournal({ "experiments/EXP004-dddd.md": '---\nid: EXP004-dddd\ntitle: "\\e]0;owned\\a\\u202e"\n---\n' });
    const { out } = await place.callIn({ columns: 80 }, "list", "--format", "csv");
    assert.doesNotMatch(out, /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
    assert.match((await place.call("list", "--format", "csv")).out, /\x1b\]0;owned/);
  });

  it("sends no control character from a file to the terminal", async () => {
    const place = makeJournal({
      "experiments/EXP004-dddd.md": '---\nid: EXP004-dddd\ntitle: "\\e]0;owned\\a\\u202e"\ntags: ["\\e[31m"]\n---\n\n- [ ] \x1b[31mred\n',
    });
    for (const argv of [
      ["list"],
      ["show", "4"],
      ["todo"],
      ["check"],
      ["list", "--format", "markdown"],
      ["list", "--json"],
      ["show", "4", "--json"],
    ]) {
      const { out, err } = await place.call(...argv);
      assert.doesNotMatch(out + err, /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/, argv.join(" "));
      const shown = await place.callIn({ columns: 80 }, ...argv);
      assert.doesNotMatch(shown.out + shown.err, /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/, argv.join(" "));
    }
  });

  it("says how to begin when there is no run yet", async () => {
    const { exit, out, err } = await makePlace({ "journal.yaml": "" }).call("list");
    assert.deepEqual([exit, out], [0, ""]);
    assert.match(err, /journal new/);
  });
});

describe("journal show", () => {
  it("shows facts, changes, metrics before → after, and the prose", async () => {
    const { exit, out } = await makeJournal().call("show", "2");
    assert.equal(exit, 0);
    assert.match(out, /^EXP002-bbbb {2}Double the batch\nexperiments\/EXP002-bbbb-double-the-batch\.md\n/);
    assert.match(out, /^base +EXP001-aaaa Baseline$/m);
    assert.match(out, /^changes +batch_size 32 → 64$/m);
    assert.match(out, /^val_accuracy +85\.5% +87\.2% +\+1\.7 pp/m);
    assert.match(out, /### What worked\n- Faster/);
  });

  it("shows every key of a full file, those of the author's own too", async () => {
    const { example } = await import("../../src/record/format-text.ts");
    const place = makeJournal({
      "experiments/EXP042-k7f3-full.md": example.replace("\ndecision:", "\nmood: { today: good }\naliases: [big]\nhidden: true\ndecision:"),
    });
    const { out } = await place.call("show", "big");
    const front = example.slice(4, example.indexOf("\n---", 4));
    const shown = new Map(
      Object.entries({ changes: "changes", code: "code", repeats: "repeats", earlier: "earlier", artifacts: "artifact" }),
    );
    for (const key of ["date", "experimenter", "status", "tags", "hypothesis", "base", "protocol", "hardware", "software", ...shown.keys()])
      if (new RegExp(`^${key}:`, "m").test(front)) assert.match(out, new RegExp(`^${shown.get(key) ?? key} +\\S`, "m"), key);
    for (const line of [
      /^mood +\{"today":"good"\}$/m,
      /^aliases +big$/m,
      /^hidden +true$/m,
      /^data\.val +data\/val, eval/m,
      /^command +python/m,
    ])
      assert.match(out, line);
  });

  it("shows every number of a metric with the decimals of its column", async () => {
    const place = makeJournal({ "experiments/EXP002-bbbb-double-the-batch.md": doubled.replace("1.6 h", "35 min") });
    assert.match((await place.call("show", "2")).out, /^training_time +2\.00 h +0\.58 h +-1\.42 h/m);
  });

  it("says why a metric is not compared with the base", async () => {
    const place = makeJournal({
      "journal.yaml": "study: { protocols: { v1: { what: first split }, v2: { what: split by document } } }\n",
      "experiments/EXP002-bbbb-double-the-batch.md": doubled.replace("status:", "protocol: v2\nstatus:"),
    });
    assert.match((await place.call("show", "2")).out, /^val_accuracy .*not compared: another protocol$/m);
    assert.equal((await place.json("show", "2")).data.notCompared.val_accuracy, "protocol");
  });

  it("compares with what the base says now, not with the written copy", async () => {
    const place = makeJournal({ "experiments/EXP001-aaaa-baseline.md": baseline.replace("85.5%", "86.0%") });
    assert.match((await place.call("show", "2")).out, /^val_accuracy +86\.0% +87\.2% +\+1\.2 pp/m);
  });

  it("finds a run by number, prefix, file, and names the candidates of an ambiguous one", async () => {
    const place = makeJournal({ "experiments/EXP002-zzzz-other.md": "---\nid: EXP002-zzzz\n---\n" });
    for (const reference of ["1", "EXP001", "EXP001-a", "experiments/EXP001-aaaa-baseline.md"])
      assert.equal((await place.json("show", reference)).data.run.id, "EXP001-aaaa");
    const { exit, err } = await place.call("show", "2");
    assert.equal(exit, 3);
    assert.match(err, /EXP002-bbbb/);
    assert.match(err, /EXP002-zzzz/);
  });
});

describe("journal todo", () => {
  it("lists open steps, the newest first, and questions", async () => {
    const { out } = await makeJournal().call("todo");
    assert.match(out, /^Next steps\n {2}1 {2}Try 128 {2}EXP002-bbbb.*\n {2}2 {2}Try a larger batch {2}EXP001-aaaa/);
    assert.match(out, /Questions\n {2}- {2}Is the validation set too small\?/);
    assert.doesNotMatch(out, /Measure twice/);
  });

  it("ticks by place in the list and by run, several at once", async () => {
    const place = makeJournal();
    const { exit } = await place.call("todo", "--done", "2", "--done", "EXP002:1");
    assert.equal(exit, 0);
    assert.match(place.read("experiments/EXP001-aaaa-baseline.md"), /- \[x\] Try a larger batch/);
    assert.match(place.read("experiments/EXP002-bbbb-double-the-batch.md"), /- \[x\] Try 128/);
    assert.deepEqual((await place.json("todo")).data.steps, []);
  });

  it("ticks nothing when one of the steps does not exist", async () => {
    const place = makeJournal();
    const { error } = await place.json("todo", "--done", "1", "--done", "9");
    assert.deepEqual([error.code, error.exit], ["cli/unknown-task", 3]);
    assert.equal((await place.json("todo")).data.steps.length, 2);
  });

  it("takes a filter", async () => {
    assert.deepEqual(
      (await makeJournal().json("todo", "tag:batch")).data.steps.map(({ text }: { text: string }) => text),
      ["Try 128"],
    );
  });
});
