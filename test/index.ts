// Every test of the project in one process: `npm test`, or `npm test -- markdown` for the files whose path holds a word.
// The suites of test/slow, test/clients and test/browser have entries of their own.

import "./support/environment.ts";
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";

const here = new URL("./", import.meta.url);
const wanted = process.argv[2] ?? "";
const prototype = () => Reflect.ownKeys(Object.prototype).map(String).sort();
const before = prototype();

const files = readdirSync(here, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".test.ts") && !/^(?:slow|browser|clients)\//.test(path) && path.includes(wanted))
  .sort();
for (const file of files) await import(new URL(file, here).href);

test("the whole suite leaves Object.prototype as it found it", () => {
  assert.deepEqual(prototype(), before);
});
