import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { JournalError } from "../../src/base/problem.ts";
import { withLock } from "../../src/store/lock.ts";
import { makeFolder } from "./folder.ts";

const held = (error: unknown) => error instanceof JournalError && error.problems[0]?.code === "store/locked" && error.exit === 4;

/** What a holder writes: taken from a real one. */
function holder(folder: string): Record<string, unknown> {
  return withLock(join(folder, "sample"), () => JSON.parse(readFileSync(join(folder, "sample"), "utf8")) as Record<string, unknown>);
}
function deadPid(): number {
  return spawnSync(process.execPath, ["-e", "0"]).pid;
}

test("a lock is there while the work runs and gone afterwards, also when it fails", (context) => {
  const path = join(makeFolder(context), "lock");
  assert.equal(
    withLock(path, () => existsSync(path)),
    true,
  );
  assert.equal(existsSync(path), false);
  assert.throws(
    () =>
      withLock(path, () => {
        throw new Error("work");
      }),
    { message: "work" },
  );
  assert.equal(existsSync(path), false);
});

test("a lock that another living process holds is waited for, then refused with exit 4", (context) => {
  const folder = makeFolder(context);
  const path = join(folder, "lock");
  writeFileSync(path, JSON.stringify(holder(folder)));
  const start = Date.now();
  assert.throws(() => withLock(path, () => assert.fail(), 120), held);
  assert.ok(Date.now() - start >= 100);
  assert.ok(existsSync(path));
});

test("a lock whose process is dead on this host is taken", (context) => {
  const folder = makeFolder(context);
  const path = join(folder, "lock");
  writeFileSync(path, JSON.stringify({ ...holder(folder), pid: deadPid() }));
  assert.equal(
    withLock(path, () => "done", 100),
    "done",
  );
  assert.deepEqual(readdirSync(folder), []);
});

test("a lock whose pid was given to another process is taken", { skip: !existsSync("/proc/self/stat") && "no /proc" }, (context) => {
  const folder = makeFolder(context);
  const path = join(folder, "lock");
  writeFileSync(path, JSON.stringify({ ...holder(folder), pid: process.ppid, started: "1" }));
  assert.equal(
    withLock(path, () => "done", 100),
    "done",
  );
});

test("a lock from before the last boot is taken", (context) => {
  const folder = makeFolder(context);
  const path = join(folder, "lock");
  writeFileSync(path, JSON.stringify({ ...holder(folder), boot: "another boot" }));
  assert.equal(
    withLock(path, () => "done", 100),
    "done",
  );
});

test("a lock of another host or another container is never taken", (context) => {
  const folder = makeFolder(context);
  for (const other of [{ host: `not-${hostname()}` }, { space: "pid:[1]" }]) {
    const path = join(folder, `lock-${Object.keys(other)[0]}`);
    writeFileSync(path, JSON.stringify({ ...holder(folder), pid: deadPid(), ...other }));
    assert.throws(() => withLock(path, () => assert.fail(), 50), held);
  }
});

test("a dead process that died while evicting another one does not block for ever", (context) => {
  const folder = makeFolder(context);
  const dead = JSON.stringify({ ...holder(folder), pid: deadPid() });
  writeFileSync(join(folder, "lock"), dead);
  writeFileSync(join(folder, "lock~"), dead);
  assert.equal(
    withLock(join(folder, "lock"), () => "done", 200),
    "done",
  );
  assert.deepEqual(readdirSync(folder), []);
});

test("a lock file with unreadable content is respected while it is young", (context) => {
  const folder = makeFolder(context);
  writeFileSync(join(folder, "lock"), "");
  assert.throws(() => withLock(join(folder, "lock"), () => assert.fail(), 50), held);
});
