// Every file operation of every writing command is killed, cut short or failed once. Afterwards each file of the journal
// is the old one or the new one, whole; exit 0 means the new one; and the next command works.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, before, describe, type TestContext, test } from "node:test";
import { temporary } from "../../src/store/writer.ts";
import { git, put, snapshot } from "../store/folder.ts";
import { generate } from "../support/generate.ts";
import { buildDriver, buildShim, type Outcome, pool, project, run } from "./processes.ts";

interface Operation {
  readonly number: number;
  readonly name: string;
  readonly path: string;
  readonly second: string;
}

const errors = { EIO: 5, ENOSPC: 28 } as const;
const always = ["killb", ...Object.values(errors).map((number) => `err:${number}`)];
const onWrites = [...always, "short", "full"];

const work = realpathSync(mkdtempSync(join(tmpdir(), "journal-fault-")));
const shim = buildShim(work);
let driver = "";
const cli = join(project, "dist/cli/main.js");

before(() => {
  driver = buildDriver(work);
});
after(() => rmSync(work, { recursive: true, force: true }));

/** The journal's own files: what git would see, without what a killed command may leave. */
function visible(root: string): ReadonlyMap<string, string> {
  return new Map([...snapshot(root)].filter(([path]) => !/^\.(?:git|journal)\//.test(path) && !temporary.test(basename(path))));
}

interface Command {
  readonly name: string;
  /** Words after `node`; `{root}` is the journal. */
  readonly words: () => readonly string[];
  /** What may differ between two clean runs (ids, times). */
  readonly forget?: (text: string) => string;
  /** The command chooses by what other runs say (`new` its base), so one that cannot be read makes another, honest, result. */
  readonly chooses?: boolean;
}

/** One command, every operation, every fault. */
async function tryAll(
  base: string,
  { words, forget = (text) => text, chooses = false }: Command,
): Promise<{ readonly torn: readonly string[]; readonly runs: number; readonly operations: readonly Operation[] }> {
  const start = (root: string, environment: NodeJS.ProcessEnv): Promise<Outcome> =>
    run(
      words().map((word) => word.replaceAll("{root}", root)),
      { ...environment, DRIVER_FIXED: "1", LD_PRELOAD: shim, FI_DIR: root },
    );
  const clean = copy(base, "clean");
  const log = join(work, "ops.log");
  rmSync(log, { force: true });
  const first = await start(clean, { FI_LOG: log });
  assert.equal(first.exit, 0, `the command works without faults: ${first.stderr}`);
  const operations = readOperations(log);
  const shape = (files: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
    new Map([...files].map(([path, text]) => [forget(path), forget(text)]));
  const [old, fresh] = [shape(visible(base)), shape(visible(clean))];
  const faults = operations
    .flatMap((operation) => (operation.name === "write" ? onWrites : always).map((act) => ({ ...operation, act })))
    .filter(({ name, path, act }) => !(chooses && name === "open" && path.endsWith(".md") && act.startsWith("err")));
  // To be killed after an operation is to be killed before the next one, but for the last.
  const last = operations.at(-1);
  if (last !== undefined) faults.push({ ...last, act: "killa" });
  const results = await pool(faults, 3, async ({ number, name, act }, index) => {
    const root = copy(base, `run-${index}`);
    const outcome = await start(root, { FI_N: String(number), FI_ACT: act });
    const wrong = judge(old, fresh, shape(visible(root)), outcome.exit).map((line) => `${name} ${number} ${act}: ${line}`);
    if (outcome.exit === 1 && !outcome.stderr.startsWith("store/") && !words().includes("plain") && !outcome.stderr.includes("store/"))
      wrong.push(`${name} ${number} ${act}: no clear problem: ${outcome.stderr.slice(0, 300)}`);
    const again = act.startsWith("kill") && wrong.length === 0 ? await run([driver, "edit", root, "1", "reason", "next"]) : undefined;
    if (again !== undefined && again.exit !== 0) wrong.push(`${name} ${number} ${act}: the next command fails: ${again.stderr}`);
    rmSync(root, { recursive: true, force: true });
    return wrong;
  });
  return { torn: results.flat(), runs: faults.length, operations };
}

/** Each file old or new, none of the others touched, and no false success. */
function judge(
  old: ReadonlyMap<string, string>,
  fresh: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
  exit: number | undefined,
): readonly string[] {
  const wrong: string[] = [];
  for (const path of new Set([...old.keys(), ...fresh.keys(), ...now.keys()])) {
    const text = now.get(path);
    if (text !== old.get(path) && text !== fresh.get(path)) wrong.push(`${path} is TORN (${text?.length} characters)`);
    else if (exit === 0 && text !== fresh.get(path)) wrong.push(`${path} is not new although the exit code is 0`);
  }
  return wrong;
}

function copy(base: string, name: string): string {
  const root = join(work, name);
  rmSync(root, { recursive: true, force: true });
  cpSync(base, root, { recursive: true });
  return root;
}

function readOperations(log: string): readonly Operation[] {
  return readFileSync(log, "utf8")
    .trim()
    .split("\n")
    .map((line) => {
      const [number = "", name = "", path = "", second = ""] = line.split("\t");
      return { number: Number(number), name, path, second };
    });
}

/** Stands in for a power cut: what becomes visible was flushed before, and its folder is flushed after. */
function unflushed(operations: readonly Operation[]): readonly string[] {
  const wrong: string[] = [];
  const relevant = operations.filter(({ path }) => !path.includes("/.journal/") && !path.includes("/.git/"));
  for (const { number, name, path, second } of relevant.filter((operation) => operation.name === "rename" || operation.name === "link")) {
    const wrote = relevant.filter((other) => other.name === "write" && other.path === path && other.number < number).at(-1);
    if (
      wrote !== undefined &&
      !relevant.some((other) => other.name === "fsync" && other.path === path && other.number > wrote.number && other.number < number)
    )
      wrong.push(`${name} ${number}: the data was not flushed before`);
    if (!relevant.some((other) => other.name === "fsync" && other.path === dirname(second) && other.number > number))
      wrong.push(`${name} ${number}: the folder was not flushed after`);
  }
  return wrong;
}

function makeJournal(): string {
  const root = join(work, "base");
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root);
  put(root, Object.fromEntries(generate({ runs: 3 })));
  writeFileSync(join(root, "experiments/plain.txt"), "old ".repeat(3000));
  writeFileSync(join(root, "figure.png"), Buffer.alloc(50_000, "png"));
  git(root, "init", "-q");
  const first = readdirSync(join(root, "experiments")).find((name) => name.startsWith("EXP001")) ?? "";
  put(root, { [`experiments/${first.slice(0, 11)}.files/curve.csv`]: "step,loss\n1,2\n" });
  return root;
}

const dated = (text: string): string =>
  text.replace(/EXP004-[0-9a-z]{4}/g, "EXP004-xxxx").replace(/\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?/g, "DATE");
const inStore = (name: string, ...words: readonly string[]): Command => ({
  name: `store: ${name}`,
  words: () => [driver, name, "{root}", ...words],
});
const inCli = (...words: readonly string[]): Command => ({
  name: `journal ${words.join(" ")}`,
  words: () => [cli, ...words],
  forget: dated,
});

const commands: readonly Command[] = [
  inStore("create", "Double the batch"),
  inStore("edit", "2", "reason", "because it is better"),
  inStore("attach", "1", "{root}/figure.png"),
  inStore("remove", "2"),
];
const cliCommands: readonly Command[] = [
  { ...inCli("new", "Double the batch"), chooses: true },
  inCli("set", "2", "hypothesis=more is more"),
  inCli("note", "2", "--worked", "it works"),
  inCli("keep", "2", "-m", "it is better"),
];

describe("a fault at any file operation", { skip: shim === undefined && "no gcc or no LD_PRELOAD" }, () => {
  test("the harness sees a torn file: the plain writer is caught", async () => {
    const { torn } = await tryAll(makeJournal(), {
      name: "plain",
      words: () => [driver, "plain", "{root}", "experiments/plain.txt", "new "],
    });
    assert.ok(
      torn.some((line) => line.includes("TORN")),
      torn.join("\n"),
    );
  });

  for (const command of commands) {
    test(`${command.name} leaves each file old or new, and exit 0 means new`, async (context) => {
      report(context, await tryAll(makeJournal(), command));
    });
  }

  for (const command of cliCommands) {
    test(`${command.name} leaves each file old or new, and exit 0 means new`, {
      skip: !existsSync(cli) && "not built",
    }, async (context) => {
      const cwd = process.cwd();
      const base = makeJournal();
      report(
        context,
        await tryAll(base, {
          ...command,
          words: () => [
            "-e",
            `process.chdir("{root}"); process.argv = [process.argv[0], ...${JSON.stringify(command.words())}]; import(${JSON.stringify(cli)})`,
          ],
        }),
      );
      process.chdir(cwd);
    });
  }
});

function report(context: TestContext, { torn, runs, operations }: Awaited<ReturnType<typeof tryAll>>): void {
  assert.deepEqual(torn, []);
  assert.deepEqual(unflushed(operations), []);
  context.diagnostic(`${runs} runs, ${operations.length} operations, 0 torn, 0 false successes`);
}

/** A real small disk, where this user may mount one. */
function mountSmall(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

test("on a full disk create, edit and attach say so, keep every file and leave nothing behind", async (context) => {
  const disk = join(work, "disk");
  if (!mountSmall(disk)) return context.skip("mounting is not permitted");
  context.after(() => execFileSync("umount", [disk]));
  put(disk, Object.fromEntries(generate({ runs: 3 })));
  await run([driver, "check", disk]);
  try {
    writeFileSync(join(disk, "filler"), Buffer.alloc(2_000_000, "x"));
  } catch {
    // full, as wanted
  }
  writeFileSync(join(work, "figure.png"), Buffer.alloc(60_000, "png"));
  const before = visible(disk);
  for (const words of [
    ["create", "{title}"],
    ["edit", "2", "reason", "x".repeat(9000)],
    ["attach", "1", join(work, "figure.png")],
  ]) {
    const { exit, stderr } = await run([driver, words[0] ?? "", disk, ...words.slice(1)]);
    assert.equal(exit, 1, stderr);
    assert.match(stderr, /^store\/disk-full/);
    assert.deepEqual(visible(disk), before);
  }
  assert.deepEqual(
    readdirSync(join(disk, "experiments")).filter((name) => temporary.test(name)),
    [],
  );
});
