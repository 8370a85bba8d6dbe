import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { decode, encode, fileLimit } from "../../src/markdown/decode.ts";
import { stopwatch } from "../support/stopwatch.ts";

const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from([part]))));

test("text survives decoding and encoding byte for byte, byte order mark and line ends included", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 40 }).filter((text) => !text.includes("\0") && !/[\ud800-\udfff]/u.test(text)),
      (text) => {
        const raw = Buffer.from(text);
        const { text: read } = decode(raw);
        assert.equal(read, text);
        assert.deepEqual(Buffer.from(encode(read ?? "")), raw);
      },
    ),
  );
  assert.equal(decode(bytes("\ufeff---\r\n")).text, "\ufeff---\r\n");
});

const broken: readonly (readonly [Uint8Array, number, number, number])[] = [
  [bytes("a\nb", 0xe9, "c"), 3, 2, 2],
  [bytes("é\nü", 0xff), 5, 2, 2],
  [bytes(0xe2, 0x82, "x"), 0, 1, 1],
  [bytes("x", 0xc3), 1, 1, 2],
  [bytes("x", 0x80, "y"), 1, 1, 2],
  [bytes("x", 0xed, 0xa0, 0x80), 1, 1, 2],
];

test("a byte that is not UTF-8 is named with its file offset, line and column", () => {
  for (const [raw, offset, line, column] of broken) {
    const { problem } = decode(raw);
    assert.equal(problem?.code, "markdown/not-utf8");
    assert.ok(problem.message.includes(`offset ${offset} `), `${problem.message}, not ${offset}`);
    assert.deepEqual([problem.line, problem.column], [line, column]);
  }
});

test("UTF-16, NUL bytes and files over the limit are refused by name and at once", () => {
  assert.equal(decode(bytes(0xff, 0xfe, "a", 0)).problem?.code, "markdown/not-utf8");
  const nul = decode(bytes("ab\nc", 0)).problem;
  assert.deepEqual([nul?.code, nul?.line, nul?.column], ["markdown/nul-byte", 2, 2]);
  const spent = stopwatch();
  assert.equal(decode(new Uint8Array(50_000_000)).problem?.code, "markdown/file-too-large");
  assert.ok(spent() < 50);
  assert.equal(decode(new Uint8Array(fileLimit).fill(97)).text?.length, fileLimit);
});
