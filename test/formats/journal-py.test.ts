// templates/journal.py, with whatever Python 3 there is.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { recognise } from "../../src/formats/recognise.ts";
import { decodeAll } from "./decode.ts";

const python = spawnSync("python3", ["--version"]).status === 0;
const skip = python ? false : "no python3 here";

describe("templates/journal.py", { skip }, () => {
  const place = mkdtempSync(join(tmpdir(), "journal-py-"));
  after(() => rmSync(place, { recursive: true, force: true }));
  copyFileSync("templates/journal.py", join(place, "journal.py"));

  function run(script: string, env: Record<string, string> = {}): { readonly status: number | null; readonly err: string } {
    const { JOURNAL_DIR: _, RANK: __, ...rest } = process.env;
    const options = { cwd: place, env: { ...rest, PYTHONDONTWRITEBYTECODE: "1", ...env }, encoding: "utf8" } as const;
    const { status, stderr } = spawnSync("python3", ["-c", script], options);
    return { status, err: stderr };
  }

  function items(name: string) {
    const bytes = readFileSync(join(place, name));
    const format = recognise(name, bytes);
    return format === undefined ? [] : decodeAll(format.open, bytes);
  }

  test("writes what the decoders read back", () => {
    const script = `
import journal
class Tensor:
    def item(self): return 0.25
journal.config(lr=3e-4, model={"depth": 3})
journal.config({"name with space": "é"})
journal.log(0, loss=float("nan"), **{"val/acc": Tensor()})
journal.log(step=1, metrics={"a b": float("-inf")}, loss=1e-30)
journal.log(total=7)
`;
    assert.deepEqual(run(script, { JOURNAL_DIR: place }), { status: 0, err: "" });
    const parameter = (name: string, value: unknown) => ({ kind: "parameter", name, value, from: "file" });
    assert.deepEqual(items("config.json"), [parameter("lr", 3e-4), parameter("model.depth", 3), parameter("name with space", "é")]);
    const points = items("metrics.jsonl").map((item) =>
      item.kind === "point" ? [item.name, item.value, item.step, typeof item.time] : item,
    );
    assert.deepEqual(points, [
      ["loss", Number.NaN, 0, "number"],
      ["val/acc", 0.25, 0, "number"],
      ["a b", -Infinity, 1, "number"],
      ["loss", 1e-30, 1, "number"],
      ["total", 7, undefined, "number"],
    ]);
  });

  test("writes nothing and fails nowhere without `journal run`, in another rank, or on a folder that is gone", () => {
    const script = "import journal; journal.config(lr=1); journal.log(1, loss=2)";
    rmSync(join(place, "metrics.jsonl"), { force: true });
    assert.deepEqual(run(script), { status: 0, err: "" });
    assert.deepEqual(run(script, { JOURNAL_DIR: place, RANK: "1" }), { status: 0, err: "" });
    assert.deepEqual(run(script, { JOURNAL_DIR: join(place, "gone") }), { status: 0, err: "" });
    assert.equal(existsSync(join(place, "metrics.jsonl")), false);
  });
});
