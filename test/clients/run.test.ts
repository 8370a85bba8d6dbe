// The same unmodified scripts under `journal run`: the points that it keeps are what the clients were given, and four at once mix nothing.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, describe, test } from "node:test";
import { parseRun } from "../../src/markdown/parse.ts";
import type { Run } from "../../src/record/experiment.ts";
import type { Json } from "../../src/record/tree.ts";
import { makePlace, type Place } from "../cli/world.ts";
import { expected, type Given, packages, skipOf } from "./given.ts";
import { makeVenv, type Venv } from "./venv.ts";

const program = resolve("dist/cli/main.js");
const [tracking, dvc] = await Promise.all([makeVenv(packages.trackers), makeVenv(packages.others)]);

function makeWork(): Place {
  const place = makePlace({ "journal.yaml": "title: Clients\n", ".gitignore": "*\n" });
  cpSync("test/clients/scripts", place.root, { recursive: true });
  return place;
}

function journal(place: Place, venv: Venv, ...words: readonly string[]): Promise<{ readonly exit: number | null; readonly err: string }> {
  if ("reason" in venv) throw new Error(venv.reason);
  const home = mkdtempSync(join(tmpdir(), "journal-client-"));
  after(() => rmSync(home, { recursive: true, force: true }));
  const env = { ...process.env, HOME: home, PYTHONDONTWRITEBYTECODE: "1", MLFLOW_ALLOW_FILE_STORE: "true", PYTHONUTF8: "1" };
  const child = spawn(process.execPath, [program, "run", "--", venv.python, ...words], {
    cwd: place.root,
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let err = "";
  child.stderr.on("data", (text) => {
    err += text;
  });
  return new Promise((done) => child.on("close", (exit) => done({ exit, err })));
}

function runsOf(place: Place): readonly Run[] {
  const names = readdirSync(join(place.root, "experiments")).filter((name) => name.endsWith(".md"));
  return names.map((name) => parseRun(place.read(`experiments/${name}`), name).run);
}

type Points = Record<string, (readonly [number | undefined, number])[]>;

/** All that was kept, by name. */
function pointsOf(place: Place, id: string): Points {
  const points: Points = {};
  for (const line of place.read(`.journal/runs/${id}/points.jsonl`).trim().split("\n")) {
    const { name, value, step, epoch } = JSON.parse(line) as { name: string; value: number | string; step?: number; epoch?: number };
    points[name] = [...(points[name] ?? []), [step ?? epoch, Number(value)]];
  }
  return points;
}

const single = (rows: Points[string] | undefined): Points[string] =>
  (rows ?? []).map(([step, value]) => [step, Math.fround(value)] as const);

async function follow(name: string, venv: Venv, inSingle = false, words: readonly string[] = []): Promise<{ run: Run; given: Given }> {
  const place = makeWork();
  const { exit, err } = await journal(place, venv, `${name}_client.py`, ...words);
  assert.equal(exit, 0, err);
  const given = JSON.parse(readFileSync(join(place.root, "given.json"), "utf8")) as Given;
  const [run] = runsOf(place);
  assert.ok(run !== undefined);
  const points = pointsOf(place, run.id);
  for (const [curve, rows] of Object.entries(expected(given, inSingle)))
    assert.deepEqual(inSingle ? single(points[curve]) : points[curve], rows, curve);
  return { run, given };
}

const configOf = ({ config }: Run, names: readonly string[]): readonly (Json | undefined)[] => names.map((name) => config[name]);

describe("real clients under journal run", () => {
  test("tensorboardX", { skip: skipOf(tracking) }, async () => {
    const { run } = await follow("tensorboardx", tracking, true);
    assert.deepEqual(configOf(run, ["batch_size", "optimizer"]), [32, "adam"]);
  });

  test("W&B offline", { skip: skipOf(tracking) }, async () => {
    const { run } = await follow("wandb", tracking);
    assert.deepEqual(configOf(run, ["batch_size", "model.name"]), [32, "resnet"]);
  });

  test("MLflow's file store", { skip: skipOf(tracking) }, async () => {
    const { run } = await follow("mlflow", tracking);
    assert.deepEqual(configOf(run, ["batch_size", "optimizer"]), [32, "adam"]);
  });

  test("DVCLive", { skip: skipOf(dvc) }, async () => {
    const { run } = await follow("dvclive", dvc);
    assert.deepEqual(configOf(run, ["batch_size", "model.name"]), [32, "resnet"]);
  });

  test("Hydra, and a table in the folder that it makes", { skip: skipOf(dvc) }, async () => {
    const { run } = await follow("hydra", dvc, false, ["lr=3e-4", "hydra.run.dir=outputs/2026-01-02/03-04-05", "hydra.job.chdir=True"]);
    assert.equal(run.config["lr"], 3e-4);
  });

  test("a table as Keras writes it, closed in a moment", { skip: skipOf(tracking) }, async () => {
    await follow("keras", tracking);
  });

  test("records and metric lines behind a progress bar", { skip: skipOf(tracking) }, async () => {
    await follow("tqdm", tracking);
  });

  test("four TensorBoard runs at once, in one folder: nothing is mixed", { skip: skipOf(tracking) }, async () => {
    const place = makeWork();
    const done = await Promise.all([1, 2, 3, 4].map((who) => journal(place, tracking, "parallel_client.py", String(who))));
    assert.deepEqual(
      done.map(({ exit }) => exit),
      [0, 0, 0, 0],
    );
    const found = runsOf(place).map(({ id, run }) => {
      const who = Number(run?.command?.at(-1));
      assert.deepEqual(
        pointsOf(place, id)["loss"],
        Array.from({ length: 50 }, (_, step) => [step, who + step / 64]),
      );
      return who;
    });
    assert.deepEqual(found.sort(), [1, 2, 3, 4]);
  });
});
