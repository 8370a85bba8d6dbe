// Unmodified scripts log with the real clients; what `journal import` and the decoders read is what the clients were given.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { type ReadLog, readLog } from "../../src/exchange/read-log.ts";
import { scanLogs } from "../../src/exchange/scan.ts";
import { openStdout } from "../../src/formats/stdout.ts";
import type { Json } from "../../src/record/tree.ts";
import { makePlace } from "../cli/world.ts";
import { decodeAll } from "../formats/decode.ts";
import { expected, type Given, packages, skipOf } from "./given.ts";
import { makeVenv, type Venv } from "./venv.ts";

const [tracking, dvc] = await Promise.all([makeVenv(packages.trackers), makeVenv(packages.others)]);

interface Ran {
  readonly folder: string;
  readonly out: string;
  readonly given: Given;
}

function runScript(name: string, venv: Venv, words: readonly string[] = []): Ran {
  if ("reason" in venv) throw new Error(venv.reason);
  const folder = mkdtempSync(join(tmpdir(), "journal-client-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const work = join(folder, "work");
  cpSync("test/clients/scripts", work, { recursive: true });
  const env = { ...process.env, HOME: folder, PYTHONDONTWRITEBYTECODE: "1", MLFLOW_ALLOW_FILE_STORE: "true", PYTHONUTF8: "1" };
  const { status, stdout, stderr } = spawnSync(venv.python, [`${name}_client.py`, ...words], {
    cwd: work,
    env,
    encoding: "utf8",
    timeout: 90_000,
  });
  assert.equal(status, 0, stderr);
  return { folder: work, out: stdout, given: JSON.parse(readFileSync(join(work, "given.json"), "utf8")) as Given };
}

function read(folder: string): readonly ReadLog[] {
  const { runs } = scanLogs(folder, [], new Set());
  return runs.map((run) => readLog(folder, run)).filter(({ told }) => told.series.size > 0);
}

function assertValues(folder: string, given: Given, single = false): ReadLog {
  const [log, ...more] = read(folder);
  assert.ok(log !== undefined && more.length === 0, "one run");
  for (const [name, rows] of Object.entries(expected(given, single))) {
    const inPrecision = (value: number): number => (single ? Math.fround(value) : value);
    const found = rows.map(([step]): readonly [number, number] => [step, inPrecision(log.told.valueAt(name, step) ?? 12345)]);
    assert.deepEqual(found, rows, name);
    assert.equal(log.told.series.get(name)?.count, rows.length, name);
  }
  for (const [name, text] of Object.entries(given.single ?? {})) assert.equal(log.told.series.get(name)?.last?.y, Number(text), name);
  assert.deepEqual(log.damaged, []);
  return log;
}

function assertConfig(log: ReadLog, given: Given): void {
  const flat = (config: Record<string, Json>, prefix = ""): [string, Json][] =>
    Object.entries(config).flatMap(([key, value]): [string, Json][] =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? flat(value as Record<string, Json>, `${prefix}${key}.`)
        : [[prefix + key, value]],
    );
  for (const [name, value] of flat(given.config ?? {})) assert.deepEqual(log.told.parameters.get(name)?.value, value, name);
}

/** The same through the command, twice. */
async function assertImported(folder: string, made: number): Promise<Record<string, Json>> {
  const at = makePlace({ "journal.yaml": "title: Clients\n", ".gitignore": ".journal/\n" });
  const first = await at.json("import", folder);
  assert.equal(first.data.made.length, made, JSON.stringify(first.data));
  assert.deepEqual(first.warnings, []);
  assert.equal((await at.json("import", folder)).data.known.length, made);
  assert.deepEqual(
    (await at.json("check", "--strict")).data.problems?.filter(({ severity }: { severity: string }) => severity === "error") ?? [],
    [],
  );
  return (await at.json("show", first.data.made[0].id)).data.run;
}

describe("real clients", () => {
  test("an environment is there, or it says why not", () => {
    for (const venv of [tracking, dvc]) assert.ok("python" in venv || venv.reason.length > 10, JSON.stringify(venv));
  });

  test("tensorboardX: scalars and hparams", { skip: skipOf(tracking) }, async () => {
    const { folder, given } = runScript("tensorboardx", tracking);
    const log = assertValues(join(folder, "logs"), given, true);
    assertConfig(log, given);
    const run = await assertImported(join(folder, "logs"), 1);
    assert.equal((run["config"] as Record<string, Json>)["optimizer"], "adam");
  });

  test("W&B offline: history, configuration, summary, note and tags", { skip: skipOf(tracking) }, async () => {
    const { folder, given } = runScript("wandb", tracking);
    const log = assertValues(join(folder, "wandb"), given);
    assertConfig(log, given);
    const facts = [...log.told.facts].filter(([name]) => ["title", "notes", "tags", "status", "exit"].includes(name));
    assert.deepEqual(Object.fromEntries(facts), {
      title: "bold fish",
      notes: "Tried *this*.",
      tags: ["a", "b c"],
      status: "finished",
      exit: 0,
    });
    const run = await assertImported(join(folder, "wandb"), 1);
    assert.deepEqual([run["title"], run["status"], run["tags"]], ["bold fish", "finished", ["a", "b c"]]);
  });

  test("MLflow's file store: metrics, parameters, tags and note", { skip: skipOf(tracking) }, async () => {
    const { folder, given } = runScript("mlflow", tracking);
    const log = assertValues(join(folder, "mlruns"), given);
    assertConfig(log, given);
    const facts = [...log.told.facts].filter(([name]) => ["title", "notes", "tags", "status"].includes(name));
    assert.deepEqual(Object.fromEntries(facts), {
      title: "bold fish",
      notes: "Tried *this*.",
      tags: ["dataset: digits"],
      status: "finished",
    });
    assert.equal((await assertImported(join(folder, "mlruns"), 1))["title"], "bold fish");
  });

  test("DVCLive: plots, metrics and parameters", { skip: skipOf(dvc) }, async () => {
    const { folder, given } = runScript("dvclive", dvc);
    const log = assertValues(join(folder, "dvclive"), given);
    assertConfig(log, given);
    await assertImported(join(folder, "dvclive"), 1);
  });

  test("Hydra: the composed configuration with its overrides, and a table beside it", { skip: skipOf(dvc) }, async () => {
    const { folder, given } = runScript("hydra", dvc, [
      "lr=3e-4",
      "+model.act=relu",
      "hydra.run.dir=outputs/2026-01-02/03-04-05",
      "hydra.job.chdir=True",
    ]);
    const log = assertValues(join(folder, "outputs"), given);
    assertConfig(log, given);
    assert.equal(log.told.parameters.get("lr")?.value, 3e-4);
    assert.equal(((await assertImported(join(folder, "outputs"), 1))["config"] as Record<string, Json>)["model.act"], "relu");
  });

  test("the csv module as Keras uses it", { skip: skipOf(tracking) }, async () => {
    const { folder, given } = runScript("keras", tracking);
    assertValues(folder, given);
  });

  test("tqdm: records, dicts and metric lines behind a progress bar", { skip: skipOf(tracking) }, () => {
    const { out, given } = runScript("tqdm", tracking);
    const items = decodeAll(() => openStdout([]), out);
    assert.deepEqual(
      items.filter(({ kind }) => kind === "fault"),
      [],
    );
    for (const [name, rows] of Object.entries(expected(given, false))) {
      const found = items.flatMap((item) => (item.kind === "point" && item.name === name ? [[item.step, item.value]] : []));
      assert.deepEqual(found, rows, name);
    }
  });
});
