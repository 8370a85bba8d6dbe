import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { makeJournal, makePlace } from "./world.ts";

describe("journal compare", () => {
  it("shows metrics with their change, and the parameters that differ", async () => {
    const { exit, out } = await makeJournal().call("compare", "1", "2");
    assert.equal(exit, 0);
    const line = (word: string): string => out.split("\n").find((one) => one.startsWith(word)) ?? "";
    assert.match(out.split("\n")[0] ?? "", /^ +EXP001-aaaa +EXP002-bbbb/);
    assert.match(line("val_accuracy"), /85\.5% +87\.2% \+1\.7 pp \(\+2\.0% rel\) not judged \(1 v 1\)/);
    assert.match(line("batch_size"), /32 +64/);
  });
  it("holds the others against the run that was named", async () => {
    const { data } = await makeJournal().json("compare", "1", "2", "--against", "2");
    assert.deepEqual(
      data.runs.map(({ base }: { base: boolean }) => base),
      [false, true],
    );
    const [metric] = data.metrics;
    assert.equal(metric.name, "val_accuracy");
    assert.ok(Math.abs(metric.values[0].change.gain + 0.017) < 1e-9);
    assert.equal(metric.values[1].change, undefined);
  });
  it("prints markdown, CSV and LaTeX", async () => {
    const place = makeJournal();
    for (const [format, wanted] of [
      ["markdown", /^\| \| EXP001-aaaa \| EXP002-bbbb \|/],
      ["csv", /^what,EXP001-aaaa,EXP002-bbbb/],
      ["latex", /^\\begin\{tabular\}/],
    ] as const)
      assert.match((await place.call("compare", "1", "2", "--format", format)).out, wanted);
  });
  it("shows what repeats measured alone, and says what they measured together", async () => {
    const again = "---\nid: EXP004-dddd\nstatus: finished\nrepeat_of: EXP001-aaaa\nmetrics:\n  val_accuracy: 86.5%\n---\n";
    const place = makeJournal({ "experiments/EXP004-dddd-again.md": again });
    const { data } = await place.json("compare", "1", "4");
    assert.deepEqual(
      data.metrics[0].values.map(({ mean, n }: { mean: number; n: number }) => [mean, n]),
      [
        [0.855, 1],
        [0.865, 1],
      ],
    );
    assert.match(data.notices[0], /^EXP001-aaaa and EXP004-dddd .*86\.0% ± /);
  });

  it("wants two runs, the same one twice is one", async () => {
    const place = makeJournal();
    for (const words of [["1"], ["1", "1"], ["1", "2", "3", "--code"]]) {
      const { error } = await place.json("compare", ...words);
      assert.deepEqual([error.code, error.exit], ["cli/wants-two", 2], words.join(" "));
    }
  });
  it("prints what changed in the code, or says what is missing", async () => {
    const place = makeJournal();
    assert.equal((await place.json("compare", "1", "2", "--code")).error.code, "cli/no-code");
    const git = (...words: string[]): string => execFileSync("git", words, { cwd: place.root, encoding: "utf8" }).trim();
    git("init", "-q");
    const commits = ["lr = 1", "lr = 2"].map((text) => {
      writeFileSync(join(place.root, "train.py"), `${text}\n`);
      git("add", "train.py");
      git("commit", "-qm", text);
      return git("rev-parse", "HEAD");
    });
    for (const [at, id] of ["1", "2"].entries()) await place.call("set", id, `run.commit=${commits[at]}`);
    const { data } = await place.json("compare", "1", "2", "--code");
    assert.match(data.patch, /-lr = 1\n\+lr = 2/);
    await place.call("set", "2", `run.commit=${"0".repeat(40)}`);
    assert.equal((await place.json("compare", "1", "2", "--code")).error.code, "cli/unknown-commit");
  });
  it("holds what a branch adds against the base it shares", async () => {
    const place = makeJournal();
    const commit = (): string => place.git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x");
    place.git("add", "journal.yaml", ".gitignore", "experiments/EXP001-aaaa-baseline.md");
    commit();
    const first = place.git("rev-parse", "HEAD").trim();
    const { data } = await place.json("compare", "--since", first);
    assert.deepEqual(
      data.runs.map(({ id, base }: { id: string; base: boolean }) => [id, base]),
      [
        ["EXP001-aaaa", true],
        ["EXP002-bbbb", false],
      ],
    );
    assert.match((await place.call("compare", "--since", first, "--format", "markdown")).out, /\+1\.7 pp \(\+2\.0% rel\)/);
    place.git("add", ".");
    commit();
    assert.equal((await place.json("compare", "--since", "HEAD")).error.code, "cli/nothing-since");
  });
  it("lays one metric out over two parameters, repeats pooled and the best marked", async () => {
    const made = (at: number, lr: string, bs: number, acc: string): [string, string] => [
      `experiments/EXP10${at}-aaaa.md`,
      `---\nid: EXP10${at}-aaaa\ntitle: ${at}\nstatus: finished\nconfig: { lr: ${lr}, bs: ${bs}, warmup: ${at % 2} }\nmetrics: { acc: ${acc} }\n---\n`,
    ];
    const place = makePlace({
      "journal.yaml": 'metrics: { acc: { goal: max, unit: "%" } }\nstudy: { primary: acc }\n',
      ...Object.fromEntries([
        made(1, "1e-3", 32, "80%"),
        made(2, "1e-3", 128, "[82%, 84%]"),
        made(3, "1e-4", 32, "81%"),
        made(4, "1e-3", 32, "82%"),
      ]),
    });
    const { data } = await place.json("compare", "--pivot", "lr,bs", "--metric", "acc");
    assert.deepEqual(
      data.cells.map(({ values, n, runs }: { values: string[]; n: number; runs: string[] }) => [values, n, runs.length]),
      [
        [["1e-4", "32"], 1, 1],
        [["1e-3", "32"], 2, 2],
        [["1e-3", "128"], 2, 1],
      ],
    );
    assert.deepEqual(data.others, ["warmup"]);
    const { out } = await place.call("compare", "--pivot", "lr,bs", "--format", "markdown");
    assert.equal(out.split("\n")[0], "| lr | bs 32 | bs 128 |");
    assert.match(out, /83\.0% ± 1\.4, n = 2 \(best\)/);
    for (const [words, code] of [
      [["--pivot", "lr,bs,x"], "cli/not-two-names"],
      [["--pivot", "lrr"], "cli/unknown-parameter"],
      [["--pivot", "lr", "--metric", "loss"], "cli/no-metric"],
    ] as const)
      assert.equal((await place.json("compare", ...words)).error.code, code);
  });
});
