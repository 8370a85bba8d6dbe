// How much a reader of 10,000 runs loads.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { large, type Site } from "./sites.ts";

const kilo = 1024;
const packed = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length;
const named = ({ folder }: Site, below: string, pattern: RegExp): readonly string[] =>
  readdirSync(join(folder, below))
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, below, name));
const sum = (paths: readonly string[]): number => paths.reduce((total, path) => total + packed(path), 0);
const most = (bytes: number, limit: number, what: string): void =>
  assert.ok(bytes <= limit, `${what}: ${(bytes / kilo).toFixed(1)} KB, at most ${(limit / kilo).toFixed(0)}`);

describe("of 10,000 runs", () => {
  test("the overview with its style weighs at most 60 KB packed", async () => {
    const at = await large();
    most(packed(join(at.folder, "index.html")) + sum(named(at, "assets", /^site-.*\.css$/)), 60 * kilo, "overview");
  });
  test("the scripts of a page weigh at most 60 KB packed, but for those of its charts", async () => {
    const at = await large();
    for (const page of ["index.html", "log.html", "compare.html", "parameters.html", "lineage.html"]) {
      const html = readFileSync(join(at.folder, page), "utf8");
      const scripts = [...html.matchAll(/<script [^>]*src="(assets\/[^"]+)"/g)].map(([, address = ""]) => address);
      assert.ok(scripts.length >= 2, page);
      const plain = scripts.filter((address) => !/^assets\/(?:chart|parallel)-/.test(address)).map((address) => join(at.folder, address));
      most(sum(plain), 60 * kilo, `scripts of ${page}`);
    }
  });
  test("the data of the log weigh at most 1 MB packed", async () => {
    most(sum(named(await large(), "data", /^main-\d+\.js$/)), kilo * kilo, "log data");
  });
  test("half of the run pages weigh at most 8 KB as they are", async () => {
    const sizes = named(await large(), "runs", /\.html$/).map((path) => statSync(path).size);
    most(sizes.sort((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? Number.POSITIVE_INFINITY, 8 * kilo, "median run page");
  });
  test("no page of one's own grows with the journal beyond 1 MB", async () => {
    const at = await large();
    for (const path of at.pages) most(statSync(join(at.folder, path)).size, kilo * kilo, path);
  });
});
