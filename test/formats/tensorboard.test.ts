import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { crc32, crc32c } from "../../src/formats/checksum.ts";
import { openTensorboard } from "../../src/formats/tensorboard.ts";
import { double, eventFile, float, int, message, tfRecord } from "./binary.ts";
import { assertCutsDoNotMatter, decodeAll } from "./decode.ts";

const read = (bytes: Uint8Array) => decodeAll(openTensorboard, bytes);
const simple = (tag: string, value: number) => message(5, message(1, message(1, tag), float(2, value)));
const plugin = (name: string, content: Uint8Array = Buffer.alloc(0)) => message(9, message(1, message(1, name), message(2, content)));
const tensor = (tag: string, body: readonly Uint8Array[], ...more: readonly Uint8Array[]) =>
  message(5, message(1, message(1, tag), ...more, message(8, ...body)));
const point = (name: string, value: number, step: number, time = 2000) => ({ kind: "point", name, value, step, time });
const at = (step: number) => [double(1, 2), int(2, step)];
const raw = (write: (bytes: Buffer) => unknown, size: number) => {
  const bytes = Buffer.alloc(size);
  write(bytes);
  return message(4, bytes);
};

describe("TensorBoard's event files", () => {
  test("the checksums are those of the standards", () => {
    assert.equal(crc32c(Buffer.from("123456789")), 0xe3069283);
    assert.equal(crc32(Buffer.from("123456789")), 0xcbf43926);
  });

  test("scalars of PyTorch, tensorboardX and TensorFlow 1", () => {
    const file = eventFile(
      [...at(0), simple("loss/train", 0.1)],
      [...at(3), simple("a b é", Number.NaN)],
      [...at(5_000_000_000), simple("x", Infinity)],
    );
    assert.deepEqual(read(file), [point("loss/train", 0.1, 0), point("a b é", Number.NaN, 3), point("x", Infinity, 5_000_000_000)]);
    assertCutsDoNotMatter(openTensorboard, file);
  });

  test("scalars of TensorFlow 2 and Keras, in every way a tensor holds one number", () => {
    const scalars = plugin("scalars");
    const file = eventFile(
      [...at(1), tensor("a", [int(1, 1), raw((bytes) => bytes.writeFloatLE(0.3), 4)], scalars)],
      [...at(2), tensor("a", [int(1, 1), message(5, float(1, 0.7).subarray(1))])],
      [...at(3), tensor("a", [int(1, 2), raw((bytes) => bytes.writeDoubleLE(0.123456789), 8)])],
      [...at(4), tensor("a", [int(1, 2), double(6, 1e300)])],
      [...at(5), tensor("a", [int(1, 3), int(7, -4)])],
      [...at(6), tensor("a", [int(1, 9), raw((bytes) => bytes.writeBigInt64LE(-7n), 8)])],
      [...at(7), tensor("a", [int(1, 19), raw((bytes) => bytes.writeUInt16LE(0x3555), 2)])],
      [...at(8), tensor("a", [int(1, 14), raw((bytes) => bytes.writeUInt16LE(0x3fc0), 2)])],
      [...at(9), tensor("b", [int(1, 1), message(2, message(2, int(1, 2))), raw((bytes) => bytes.fill(0), 8)], scalars)],
    );
    const expected = [0.3, 0.7, 0.123456789, 1e300, -4, -7, 0.333251953125, 1.5];
    assert.deepEqual(
      read(file),
      expected.map((value, index) => point("a", value, index + 1)),
    );
  });

  test("passes over images, histograms and texts, also where only the first value says what it is", () => {
    const text = [int(1, 7), message(8, "hello")];
    const file = eventFile(
      [...at(1), tensor("note", text, plugin("text"))],
      [...at(2), tensor("note", text)],
      [...at(3), message(5, message(1, message(1, "picture"), message(4, int(1, 3))))],
    );
    assert.deepEqual(read(file), []);
  });

  test("parameters and the end of a session from the hparams plugin", () => {
    const entry = (key: string, value: Uint8Array) => message(1, message(1, key), message(2, value));
    const start = message(3, entry("lr", double(2, 0.01)), entry("net", message(3, "mlp")), entry("amp", int(4, 1)), double(5, 100));
    const end = message(4, int(1, 1), double(2, 200));
    const holds = (tag: string, content: Uint8Array) => [double(1, 2), message(5, message(1, message(1, tag), plugin("hparams", content)))];
    assert.deepEqual(read(eventFile(holds("_hparams_/session_start_info", start), holds("_hparams_/session_end_info", end))), [
      { kind: "parameter", name: "lr", value: 0.01, from: "logger" },
      { kind: "parameter", name: "net", value: "mlp", from: "logger" },
      { kind: "parameter", name: "amp", value: true, from: "logger" },
      { kind: "fact", name: "started", value: 100_000 },
      { kind: "fact", name: "status", value: "finished" },
      { kind: "fact", name: "ended", value: 200_000 },
    ]);
  });

  const good = eventFile([...at(1), simple("a", 1)], [...at(2), simple("a", 2)], [...at(3), simple("a", 3)]);
  const second = 2 * tfRecord(Buffer.concat([...at(1), simple("a", 1)])).length;

  test("an end within a record is named, one between two of them is none", () => {
    const ends = new Set([0, ...[0, 1, 2, 3].map((records) => good.length - (second / 2) * records)]);
    for (let cut = 0; cut <= good.length; cut += 1)
      assert.equal(read(good.subarray(0, cut)).filter(({ kind }) => kind === "fault").length, ends.has(cut) ? 0 : 1, `${cut}`);
  });

  test("a damaged record is left out and named, the rest is read", () => {
    const bad = Buffer.from(good);
    bad[bad.length - second + 14] = 0xff;
    const items = read(bad);
    assert.deepEqual(
      items.map(({ kind }) => kind),
      ["point", "fault", "point"],
    );
    assertCutsDoNotMatter(openTensorboard, bad);
  });

  test("after a damaged length nothing is read", () => {
    const bad = Buffer.from(good);
    bad[bad.length - second] = 0xff;
    assert.deepEqual(
      read(bad).map(({ kind }) => kind),
      ["point", "fault"],
    );
  });

  test("a record with a good checksum and no event in it is named", () => {
    assert.deepEqual(read(Buffer.concat([good, tfRecord(Buffer.from([0x0a, 0xff]))])).at(-1)?.kind, "fault");
  });

  test("whatever the bytes, nothing is thrown", () => {
    for (let seed = 1; seed < 300; seed += 1) {
      const bytes = Buffer.from(Array.from({ length: 60 }, (_, index) => Math.imul(seed * (index + 7), 0x9e3779b1) >>> 24));
      read(Buffer.concat([good, tfRecord(bytes)]));
      read(bytes);
    }
  });

  test("a record of 100 MB is passed over in little memory", () => {
    const decoder = openTensorboard();
    const head = tfRecord(Buffer.alloc(0)).subarray(0, 12);
    head.writeBigUInt64LE(100_000_000n);
    const crc = crc32c(head.subarray(0, 8));
    head.writeUInt32LE((((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0, 8);
    decoder.push(head);
    const part = Buffer.alloc(1_000_000);
    for (let count = 0; count < 100; count += 1) decoder.push(part);
    decoder.push(part.subarray(0, 4));
    assert.equal(decoder.push(tfRecord(Buffer.concat([...at(9), simple("a", 9)]))).length, 1);
  });
});
