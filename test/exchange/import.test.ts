// `journal import` on folders as the tools leave them.

import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { makePlace, type Place } from "../cli/world.ts";
import { double, eventFile, float, int, message, wandbLog } from "../formats/binary.ts";

const settings = "title: Logs\n";
const place = (files: Readonly<Record<string, string>> = {}): Place =>
  makePlace({ "journal.yaml": settings, ".gitignore": ".journal/\n", ...files });

function put(root: string, path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), bytes);
}

const scalar = (tag: string, value: number, step: number) => [
  double(1, 1_700_000_000 + step),
  int(2, step),
  message(5, message(1, message(1, tag), float(2, value))),
];

async function runOf(at: Place, id: string) {
  return (await at.json("show", id)).data.run;
}

/** Every file below a folder and its bytes. */
function tree(root: string): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), "latin1")]),
  );
}

describe("journal import", () => {
  test("40 folders of TensorBoard and of tables become 40 runs in order of time; a second time nothing changes", async () => {
    const at = place();
    for (let run = 0; run < 20; run += 1) {
      const events = Array.from({ length: 30 }, (_, step) => scalar("loss/val", 2 - step / 40 - run / 100, step + run * 1000));
      put(at.root, `runs/tb_${run}/events.out.tfevents.1700000000.box.${run}.0`, eventFile(...events));
      at.write(`runs/csv_${run}/log.csv`, `epoch,val_acc,loss\n0,0.5,2\n1,0.${70 + run},1\n2,0.6,0.5\n`);
    }
    const first = await at.json("import", "runs");
    assert.deepEqual([first.ok, first.data.made.length, first.data.known, first.data.skipped, first.warnings], [true, 40, [], [], []]);
    assert.equal((await at.json("list", "--all")).data.runs?.length ?? (await at.json("list")).data.length, 40);
    const before = tree(join(at.root, "experiments"));
    const second = await at.json("import", "runs");
    assert.deepEqual([second.ok, second.data.made, second.data.known.length], [true, [], 40]);
    assert.deepEqual(tree(join(at.root, "experiments")), before);
    assert.equal((await at.call("check")).exit, 0);
  });

  test("a bare number of a metric in % that nothing tells how to read is named", async () => {
    const at = place({ "logs/log.csv": "epoch,val_accuracy\n0,0.9\n1,1.2\n" });
    at.write("journal.yaml", 'title: Logs\nmetrics: { val_accuracy: { unit: "%", goal: max } }\n');
    const { data, warnings } = await at.json("import", "logs");
    assert.deepEqual([data.made.length, warnings.map(({ code }: { code: string }) => code)], [1, ["exchange/share-guessed"]]);
    assert.equal(at.read(data.made[0].path).includes("1.2%"), true);
  });

  test("title, date, configuration, metrics with their picked points, curves and the source", async () => {
    const at = place({
      "logs/lightning_logs/version_3/metrics.csv": "epoch,step,train_loss,val_acc\n0,49,0.5,\n0,99,,0.8\n1,149,0.25,\n1,199,,0.7\n",
      "logs/lightning_logs/version_3/hparams.yaml":
        "lr: 1.0e-03\nmodel: {depth: 3, name: null}\nbetas: [0.9, 0.999]\napi_key: abcdefghijklmnop\n",
    });
    utimesSync(join(at.root, "logs/lightning_logs/version_3/metrics.csv"), 1_600_000_000, 1_600_000_000);
    utimesSync(join(at.root, "logs/lightning_logs/version_3/hparams.yaml"), 1_600_000_000, 1_600_000_000);
    const { data, warnings } = await at.json("import", "logs");
    assert.deepEqual(
      warnings.map(({ code }: { code: string }) => code),
      ["exchange/secret"],
    );
    const [made] = data.made;
    assert.deepEqual(
      [made.title, made.date, made.status, made.metrics, made.curves, made.points],
      ["version_3", "2020-09-13T12:26:40Z", "finished", ["train_loss", "val_acc"], 2, 4],
    );
    const text = at.read(made.path);
    assert.doesNotMatch(text, /abcdefgh/);
    assert.match(text, /^ {2}val_acc: \{ after: 0\.8, step: 99, pick: best \}$/m);
    assert.match(text, /^ {2}lr: 0\.001\n {2}model:\n {4}depth: 3\n {4}name: null\n {2}betas: \[0\.9, 0\.999\]$/m);
    assert.match(text, /^source:\n {2}tool: lightning\n {2}path: logs\/lightning_logs\/version_3\n {2}sha256: "[0-9a-f]{64}"$/m);
    assert.match(at.read(`experiments/${made.id}.files/curves.csv`), /^step,metric,value\n49,train_loss,0\.5\n/);
  });

  test("an MLflow store: names, notes, tags, failed and deleted runs, and nothing of the registry", async () => {
    const at = place();
    cpSync("test/cases/formats/mlflow/input", at.root, { recursive: true });
    const meta = (id: string, more: string): void =>
      at.write(`mlruns/0/${id}/meta.yaml`, `run_id: ${id}\nstatus: 4\nstart_time: 1700000000000\n${more}`);
    meta("a".repeat(32), "lifecycle_stage: active\n");
    at.write(`mlruns/0/${"a".repeat(32)}/metrics/loss`, "1700000000000 3 0\n");
    meta("b".repeat(32), "lifecycle_stage: deleted\n");
    at.write(`mlruns/0/${"b".repeat(32)}/metrics/loss`, "1700000000000 3 0\n");
    at.write("mlruns/models/m/version-1/meta.yaml", "name: m\nstatus: READY\n");
    const { data } = await at.json("import", "mlruns");
    assert.deepEqual(data.made.map(({ title, status }: Record<string, string>) => [title, status]).sort(), [
      ["a".repeat(32), "failed"],
      ["bold-fish-7", "finished"],
    ]);
    assert.equal(data.skipped.length, 1);
    const path = data.made.find(({ title }: Record<string, string>) => title === "bold-fish-7").path;
    const text = at.read(path);
    for (const line of [
      "experimenter: ada",
      "  Learning rate: 0.001",
      "  nesterov: true",
      "  schedule: null",
      "  training_time: 100 s",
      "- Trained *longer*. Twice.",
    ])
      assert.ok(text.includes(`${line}\n`), line);
    assert.match(text, /id: "?0123456789abcdef0123456789abcdef/);
    assert.match(text, /^tags: \["dataset: mnist"\]$/m);
  });

  test("W&B offline: what ended, what failed, and what nobody saw end", async () => {
    const at = place();
    const item = (key: string, json: string) => message(1, message(1, key), message(16, json));
    const log = (id: string, ...more: readonly Uint8Array[]) =>
      wandbLog(
        message(17, message(1, id), message(8, `name-${id}`), message(4, item("lr", "0.1")), message(17, int(1, 1_700_000_000))),
        message(2, item("_step", "0"), item("loss", "0.5")),
        message(2, item("_step", "1"), item("loss", "0.25")),
        ...more,
      );
    const file = (id: string): string => `wandb/offline-run-20260102_030405-${id}/run-${id}.wandb`;
    put(at.root, file("good"), log("good", message(18, int(1, 0), int(2, 60))));
    put(at.root, file("bad"), log("bad", message(18, int(1, 137))));
    put(at.root, file("live"), log("live"));
    put(at.root, file("old"), log("old"));
    put(at.root, `wandb/latest-run/${"run-good.wandb"}`, log("good"));
    const now = Date.parse("2026-11-20T12:00:00Z") / 1000;
    utimesSync(join(at.root, file("live")), now - 60, now - 60);
    utimesSync(join(at.root, file("old")), now - 200_000, now - 200_000);
    const { data } = await at.json("import", "wandb");
    assert.deepEqual(data.made.map(({ title, status }: Record<string, string>) => [title, status]).sort(), [
      ["name-bad", "failed"],
      ["name-good", "finished"],
      ["name-old", "lost"],
    ]);
    assert.deepEqual(
      data.skipped.map(({ path }: { path: string }) => path),
      ["wandb/offline-run-20260102_030405-live"],
    );
  });

  test("loggers inside a Hydra folder, DVCLive, checkpoints, parts of the data and scalars of their own are one run", async () => {
    const at = place();
    for (const name of ["dvclive", "hydra", "hf-trainer"])
      cpSync(`test/cases/formats/${name}/input`, join(at.root, "all", name), { recursive: true });
    at.write("all/hydra/outputs/2026-01-02/03-04-05/lightning_logs/version_0/metrics.csv", "step,loss\n1,0.5\n2,0.25\n");
    at.write("all/hf-trainer/out/checkpoint-10/trainer_state.json", '{"log_history": [{"loss": 9, "step": 10}]}');
    put(at.root, "all/keras/run1/train/events.out.tfevents.1.a", eventFile(scalar("epoch_loss", 1, 0), scalar("epoch_loss", 0.5, 1)));
    put(at.root, "all/keras/run1/validation/events.out.tfevents.1.a", eventFile(scalar("epoch_loss", 2, 0), scalar("epoch_loss", 1.5, 1)));
    put(at.root, "all/torch/events.out.tfevents.1.a", eventFile(scalar("acc", 1, 0)));
    put(at.root, "all/torch/1700000000.123/events.out.tfevents.1.b", eventFile(scalar("final", 1, 0)));
    at.write("all/exp/config.yaml", "lr: 7\n");
    at.write("all/exp/logs/metrics.jsonl", '{"step": 1, "loss": 2}\n');
    const { data, warnings } = await at.json("import", "all");
    assert.deepEqual(warnings, []);
    const made = Object.fromEntries(
      data.made.map((one: Record<string, unknown>) => [one["title"], [(one["source"] as Record<string, string>)["tool"], one["metrics"]]]),
    );
    assert.deepEqual(made, {
      dvclive: ["dvclive", ["train/loss", "acc"]],
      "exp/logs": ["json", ["loss"]],
      "hf-trainer/out": ["hf-trainer", ["loss", "eval_loss", "train_loss", "grad_norm", "learning_rate", "train_runtime"]],
      "hydra/outputs/2026-01-02/03-04-05": ["lightning", ["loss"]],
      "keras/run1": ["tensorboard", ["train/epoch_loss", "validation/epoch_loss"]],
      torch: ["tensorboard", ["acc", "final"]],
    });
    const hydra = data.made.find(({ title }: Record<string, string>) => title?.startsWith("hydra"));
    assert.equal(hydra.date, "2026-01-02T03:04:05");
    assert.deepEqual((await runOf(at, hydra.id)).config, { "model.name": "resnet50", "model.depth": "${depth}", lr: 0.1, steps: "???" });
    assert.deepEqual((await runOf(at, data.made.find(({ title }: Record<string, string>) => title === "exp/logs").id)).config, { lr: 7 });
  });

  test("a folder that holds a file per run, and logs of text by the patterns of the settings", async () => {
    const at = place({
      "journal.yaml": `${settings}capture: { patterns: ['step:(?<step>\\d+) val_loss:(?<val_loss>[\\d.]+)'] }\n`,
      "logs/a.csv": "step,loss\n1,2\n2,1\n",
      "logs/b.csv": "step,loss\n1,2\n2,0.5\n",
      "parts/train.csv": "epoch,loss\n1,2\n",
      "parts/val.csv": "epoch,acc\n1,0.5\n",
      "texts/one.txt": "hello\nstep:1 val_loss:0.5\n",
      "texts/two.txt": "step:1 val_loss:0.25\n",
      "texts/README.txt": "nothing\n",
    });
    const { data } = await at.json("import", ".");
    assert.deepEqual(data.made.map(({ title }: { title: string }) => title).sort(), [
      "logs/a.csv",
      "logs/b.csv",
      "parts",
      "texts/one.txt",
      "texts/two.txt",
    ]);
    assert.deepEqual(data.skipped, []);
  });

  test("the settings name the metrics and choose the point", async () => {
    const at = place({
      "journal.yaml": `${settings}metrics:\n  accuracy: { from: [Accuracy/val], unit: "%" }\n  loss: { pick: at best accuracy }\n`,
      "log/metrics.csv": "step,Accuracy/val,loss\n1,0.5,3\n2,0.9,2\n3,0.8,1\n",
    });
    const { data } = await at.json("import", "log");
    const text = at.read(data.made[0].path);
    assert.match(text, /^ {2}accuracy: \{ after: 90%, step: 2, pick: best \}$/m);
    assert.match(text, /^ {2}loss: \{ after: 2, step: 2, pick: at best accuracy \}$/m);
  });

  test("a dry run makes nothing; a study gets what it is told; a copy elsewhere is known; changed bytes are named", async () => {
    const at = place({ "experiments/ocr/study.yaml": "title: OCR\n", "log/metrics.csv": "step,loss\n1,2\n2,1\n" });
    const dry = await at.json("import", "log", "--study", "ocr", "--dry-run");
    assert.deepEqual(
      [dry.data.made.length, dry.data.made[0].id, readdirSync(join(at.root, "experiments/ocr"))],
      [1, undefined, ["study.yaml"]],
    );
    const made = await at.json("import", "log", "--study", "ocr");
    assert.match(made.data.made[0].path, /^experiments\/ocr\//);
    cpSync(join(at.root, "log"), join(at.root, "copy"), { recursive: true });
    assert.equal((await at.json("import", "copy")).data.known.length, 1);
    at.write("log/metrics.csv", "step,loss\n1,2\n2,1\n3,0.5\n");
    const changed = await at.json("import", "log");
    assert.deepEqual([changed.data.made, changed.data.skipped.length, changed.warnings[0].code], [[], 1, "exchange/changed-log"]);
  });

  test("a damaged log is read as far as it can be, and named", async () => {
    const at = place();
    const file = eventFile(scalar("loss", 1, 1), scalar("loss", 2, 2));
    file[file.length - 6] = 0xff;
    put(at.root, "tb/events.out.tfevents.1.a", file);
    at.write("bad/metrics.csv", "step,loss\n1,2\n2\n");
    const { data, warnings } = await at.json("import", ".");
    assert.equal(data.made.length, 2);
    assert.deepEqual(
      warnings.map(({ code }: { code: string }) => code),
      ["exchange/damaged-log", "exchange/damaged-log"],
    );
  });

  test("what holds no log is refused: a folder without one, no folder, the journal itself", async () => {
    const at = place({ "empty/notes.md": "x", "only/config.yaml": "lr: 1\n" });
    const codes = async (folder: string) => {
      const { error } = await at.json("import", folder);
      return [error.code, error.exit];
    };
    assert.deepEqual(await codes("empty"), ["exchange/no-logs", 3]);
    assert.deepEqual(await codes("gone"), ["exchange/no-folder", 3]);
    assert.deepEqual(await codes("journal.yaml"), ["exchange/no-folder", 3]);
    assert.equal((await at.json("import", "only", "--study", "nope")).error.code, "store/no-study");
    const { data } = await at.json("import", "only");
    assert.deepEqual([data.made, data.skipped.length], [[], 1]);
  });

  test("a run is there only when its curves are", async () => {
    const at = place({ "log/metrics.csv": "step,loss\n1,2\n2,1\n" });
    const { data } = await at.json("import", "log");
    assert.ok(existsSync(join(at.root, `experiments/${data.made[0].id}.files/curves.csv`)));
    rmSync(join(at.root, "log"), { recursive: true });
    assert.equal((await at.call("check")).exit, 0);
  });
});
