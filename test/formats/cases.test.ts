// Every folder of test/cases/formats: files as tools leave them, and the items that come of them. `UPDATE=1` writes expected.txt anew.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { Item } from "../../src/formats/item.ts";
import { recognise } from "../../src/formats/recognise.ts";
import { assertCutsDoNotMatter, decodeAll } from "./decode.ts";

const root = "test/cases/formats";

function files(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** JSON with what JSON has no word for. */
const shown = (item: Item): string =>
  JSON.stringify(item, (_, value) => (typeof value === "number" && !Number.isFinite(value) ? `<${value}>` : value));

describe("files as tools leave them", () => {
  for (const name of readdirSync(root)) {
    test(name, () => {
      const input = join(root, name, "input");
      const text = files(input).flatMap((path) => {
        const bytes = readFileSync(join(input, path));
        const format = recognise(path, bytes.subarray(0, 4096));
        if (format === undefined) return [`${path}: not recognised`];
        assertCutsDoNotMatter(format.open, bytes, 10);
        const head = `${path}: ${format.name} of "${format.run}"${format.whole ? ", whole" : ""}`;
        return [head, ...decodeAll(format.open, bytes).map((item) => `  ${shown(item)}`)];
      });
      const expected = join(root, name, "expected.txt");
      if (process.env["UPDATE"] === "1") writeFileSync(expected, `${text.join("\n")}\n`);
      assert.equal(`${text.join("\n")}\n`, readFileSync(expected, "utf8"));
    });
  }
});
