import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { JournalError } from "../../src/base/problem.ts";
import { writeZip } from "../../src/build/zip.ts";

const folder = mkdtempSync(join(tmpdir(), "journal-zip-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const random = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7919 + ((at * at) % 251)) % 256));
const contents: Readonly<Record<string, Buffer>> = {
  "index.html": Buffer.from(`<p>${"much the same ".repeat(500)}</p>`),
  "runs/größe-測定.html": Buffer.from("<p>names are UTF-8</p>"),
  "data/noise.bin": random,
  "empty.txt": Buffer.alloc(0),
};

function site(name: string): string {
  for (const [path, bytes] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), bytes);
  }
  return join(folder, name);
}

const python = (code: string, ...args: readonly string[]): string => execFileSync("python3", ["-c", code, ...args], { encoding: "utf8" });
const has = (program: string): boolean => spawnSync(program, ["--version"]).error === undefined;

test("a zip unpacks into one folder with the bytes that went in", { skip: !has("python3") && "no python3" }, () => {
  const path = join(folder, "a.zip");
  const size = writeZip(path, "digits", site("a"), Object.keys(contents));
  assert.equal(size, readFileSync(path).length);
  assert.ok(size < 6000, "what can be packed is packed");
  python(
    "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2])",
    path,
    join(folder, "out"),
  );
  assert.deepEqual(readdirSync(join(folder, "out")), ["digits"]);
  for (const [name, bytes] of Object.entries(contents)) assert.deepEqual(readFileSync(join(folder, "out/digits", name)), bytes, name);
});

test("`unzip -t` finds nothing wrong", { skip: !has("unzip") && "no unzip" }, () => {
  const path = join(folder, "b.zip");
  writeZip(path, "digits", site("b"), Object.keys(contents));
  assert.match(execFileSync("unzip", ["-t", path], { encoding: "utf8" }), /No errors detected/);
});

test("the same site gives the same bytes, in whatever order and whenever it was written", () => {
  const one = site("c");
  const other = site("d");
  utimesSync(join(other, "index.html"), 1_000_000, 1_000_000);
  writeZip(join(folder, "c.zip"), "top", one, Object.keys(contents));
  writeZip(join(folder, "d.zip"), "top", other, Object.keys(contents).reverse());
  assert.deepEqual(readFileSync(join(folder, "c.zip")), readFileSync(join(folder, "d.zip")));
});

test("more than 65,535 files fit", { skip: !has("python3") && "no python3" }, () => {
  const many = join(folder, "many");
  mkdirSync(many);
  writeFileSync(join(many, "page"), "x");
  // The same file under many names: what counts is their number.
  const names = Array.from({ length: 70_000 }, (_, at) => `${"./".repeat(at % 3)}page`);
  const path = join(folder, "many.zip");
  writeZip(path, "t", many, names);
  assert.equal(python("import sys, zipfile; print(len(zipfile.ZipFile(sys.argv[1]).infolist()))", path).trim(), "70000");
});

test("a zip that cannot be written says so and leaves nothing", () => {
  assert.throws(
    () => writeZip(join(folder, "nowhere", "x.zip"), "top", site("e"), Object.keys(contents)),
    (error: unknown) => error instanceof JournalError,
  );
  mkdirSync(join(folder, "taken.zip"));
  assert.throws(
    () => writeZip(join(folder, "taken.zip"), "top", site("e"), Object.keys(contents)),
    (error: unknown) => error instanceof JournalError,
  );
  assert.ok(!readdirSync(folder).some((name) => name.endsWith(".tmp")));
  assert.ok(!existsSync(join(folder, "nowhere")));
});
