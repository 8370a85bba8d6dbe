import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openWandb } from "../../src/formats/wandb.ts";
import { double, int, message, wandbLog } from "./binary.ts";
import { assertCutsDoNotMatter, decodeAll } from "./decode.ts";

const read = (bytes: Uint8Array) => decodeAll(openWandb, bytes);
const item = (key: string, json: string) => message(1, message(1, key), message(16, json));
const nested = (keys: readonly string[], json: string) => message(1, ...keys.map((key) => message(2, key)), message(16, json));
const history = (step: number, ...items: readonly Uint8Array[]) =>
  Buffer.concat([message(2, item("_step", String(step)), item("_timestamp", "1.5"), item("_runtime", "3"), ...items)]);
const point = (name: string, value: number, step: number) => ({ kind: "point", name, value, step, time: 1500 });

describe("W&B's log", () => {
  test("history, with NaN, nested keys, dots, media left out", () => {
    const log = wandbLog(
      history(0, item("loss", "0.5"), nested(["val", "acc"], "0.9"), nested(["a.b"], "1"), item("img", '{"_type": "image-file"}')),
      history(
        1,
        item("loss", "NaN"),
        item("text", '"hello"'),
        item("epoch", "2"),
        item("deep", '{"x": {"y": 3}}'),
        item("inf", '"Infinity"'),
      ),
    );
    const second = { ...point("loss", Number.NaN, 1), epoch: 2 };
    assert.deepEqual(read(log), [
      point("loss", 0.5, 0),
      point("val/acc", 0.9, 0),
      point("a.b", 1, 0),
      second,
      { ...second, name: "deep/x/y", value: 3 },
      { ...second, name: "inf", value: Infinity },
    ]);
    assertCutsDoNotMatter(openWandb, log);
  });

  test("the step counter where no key says the step", () => {
    assert.deepEqual(read(wandbLog(message(2, item("loss", "1"), message(2, int(1, 7))))), [
      { kind: "point", name: "loss", value: 1, step: 7 },
    ]);
  });

  test("configuration, of the run and later", () => {
    const run = message(17, message(4, item("lr", "0.1"), item("_wandb", '{"v": 1}'), item("net", '{"depth": 3, "act": "relu"}')));
    assert.deepEqual(read(wandbLog(run, message(5, nested(["net", "width"], "64")))), [
      { kind: "parameter", name: "lr", value: 0.1, from: "logger" },
      { kind: "parameter", name: "net.depth", value: 3, from: "logger" },
      { kind: "parameter", name: "net.act", value: "relu", from: "logger" },
      { kind: "parameter", name: "net.width", value: 64, from: "logger" },
      { kind: "fact", name: "status", value: "running" },
    ]);
  });

  test("a summary says what no step has; the last word counts", () => {
    const summary = (...items: readonly Uint8Array[]) => message(3, ...items);
    const removed = message(3, message(2, message(1, "gone")));
    const log = wandbLog(
      history(0, item("loss", "0.5")),
      summary(item("loss", "0.5"), item("test", "0.1"), item("gone", "1")),
      removed,
      summary(item("test", "0.2")),
    );
    assert.deepEqual(read(log), [point("loss", 0.5, 0), { kind: "point", name: "test", value: 0.2 }]);
  });

  test("who, when and how it ended; neither e-mail nor folder", () => {
    const run = message(
      17,
      message(1, "abc"),
      message(8, "bold-fish"),
      message(9, "Notes *here*"),
      message(10, "a"),
      message(10, "b"),
      message(13, "box"),
      message(17, int(1, 100), int(2, 500_000_000)),
      message(21, message(1, "https://x"), message(2, "3f2a")),
    );
    const environment = message(
      26,
      message(2, "3.11"),
      message(5, "--lr"),
      message(5, "1"),
      message(7, "train.py"),
      message(10, "ada@example.org"),
      message(11, "/home/ada"),
      message(18, "T4"),
    );
    const items = read(wandbLog(run, environment, message(18, int(1, 1), int(2, 60))));
    assert.deepEqual(
      items.map((one) => (one.kind === "fact" ? [one.name, one.value] : one)),
      [
        ["id", "abc"],
        ["title", "bold-fish"],
        ["notes", "Notes *here*"],
        ["host", "box"],
        ["started", 100_500],
        ["remote", "https://x"],
        ["commit", "3f2a"],
        ["tags", ["a", "b"]],
        ["python", "3.11"],
        ["gpu", "T4"],
        ["command", ["train.py", "--lr", "1"]],
        ["exit", 1],
        ["status", "failed"],
        ["seconds", 60],
      ],
    );
  });

  test("records longer than a block, and every rest of a block that holds no chunk", () => {
    const long = history(0, item("text", JSON.stringify("x".repeat(100_000))), item("loss", "1"));
    assert.deepEqual(read(wandbLog(long, history(1, item("loss", "2")))), [point("loss", 1, 0), point("loss", 2, 1)]);
    for (let rest = 0; rest <= 9; rest += 1) {
      const filler = message(4, Buffer.alloc(32_768 - 7 - 7 - 4 - rest));
      assert.deepEqual(read(wandbLog(filler, history(1, item("loss", "2")))), [point("loss", 2, 1)], `${rest} bytes left`);
    }
  });

  test("a damaged chunk costs its block and no more", () => {
    const filler = message(4, Buffer.alloc(40_000));
    const log = wandbLog(history(0, item("a", "1")), history(1, item("a", "2")), filler, history(2, item("a", "3")));
    log[20] = 0xff;
    const items = read(log);
    assert.deepEqual(
      items.map(({ kind }) => kind),
      ["fault", "point"],
    );
    assertCutsDoNotMatter(openWandb, log, 10);
  });

  test("a truncated end is a run that goes on", () => {
    const log = wandbLog(history(0, item("a", "1")), history(1, item("a", "2")));
    for (let cut = 0; cut < log.length; cut += 1)
      assert.deepEqual(
        read(log.subarray(0, cut)).filter(({ kind }) => kind === "fault"),
        [],
      );
  });

  test("a record that is none is named", () => {
    assert.deepEqual(
      read(wandbLog(Buffer.from([0x12, 0xff]), double(1, 3))).map(({ kind }) => kind),
      ["fault"],
    );
  });
});
