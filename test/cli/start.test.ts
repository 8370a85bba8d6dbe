// The built program as the package starts it: `run` from one file, with and without its compiled form.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";

interface Installed {
  /** What the compiled form is called, where there is one. */
  kept(): string | undefined;
  readonly chunks: string;
  journal(...words: readonly string[]): { readonly status: number | null; readonly out: string; readonly said: string };
}

function install(context: TestContext): Installed {
  const place = mkdtempSync(join(tmpdir(), "journal-start-"));
  context.after(() => rmSync(place, { recursive: true, force: true }));
  const chunks = join(place, "dist", "chunks");
  for (const part of ["dist/cli", "dist/chunks"])
    cpSync(part, join(place, part), { recursive: true, filter: (path) => !/\.cjs\../.test(path) });
  cpSync("package.json", join(place, "package.json"));
  const root = join(place, "work");
  cpSync("templates", join(root, "templates"), { recursive: true });
  writeFileSync(join(root, "journal.yaml"), "");
  return {
    chunks,
    kept: () => readdirSync(chunks).find((name) => /^run-\w+\.cjs\../.test(name)),
    journal: (...words) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(place, "dist", "cli", "main.js"), ...words], {
        cwd: root,
        encoding: "utf8",
      });
      return { status, out: stdout, said: stderr };
    },
  };
}

test("the first run keeps what was compiled, and the next ones start from it", (context) => {
  const { journal, kept, chunks } = install(context);
  assert.equal(journal("run", "--help").status, 0);
  assert.equal(kept(), undefined, "what was needed for the help is not enough");
  assert.equal(journal("run", "--", "sh", "-c", "echo METRIC loss=1; exit 3").status, 3);
  const name = kept() ?? assert.fail("nothing was kept");
  const first = readFileSync(join(chunks, name));
  const again = journal("run", "--", "echo", "METRIC loss=2");
  assert.equal(again.status, 0);
  assert.equal(again.out, "METRIC loss=2\n");
  assert.deepEqual(readFileSync(join(chunks, name)), first);
  const listed = JSON.parse(journal("list", "--json").out) as { data: { status: string }[] };
  assert.deepEqual(
    listed.data.map(({ status }) => status),
    ["failed", "finished"],
  );
});

test("a compiled form that is torn, empty or of something else is done without", (context) => {
  const { journal, kept, chunks } = install(context);
  journal("run", "--", "true");
  const path = join(chunks, kept() ?? assert.fail("nothing was kept"));
  const whole = readFileSync(path);
  const spoilt = Buffer.from(whole);
  spoilt.fill(0x55, whole.length >> 1);
  for (const bytes of [whole.subarray(0, whole.length >> 1), Buffer.alloc(0), spoilt, Buffer.from("text")]) {
    writeFileSync(path, bytes);
    assert.equal(journal("run", "--", "echo", "ran").out, "ran\n");
    assert.notDeepEqual(readFileSync(path), bytes, "it is made anew");
  }
});

test("`run` is refused with the same words as any other command", (context) => {
  const { journal } = install(context);
  const { status, said } = journal("run", "--repaet", "3", "--", "true");
  assert.equal(status, 2);
  assert.match(said, /--repeat/);
});
