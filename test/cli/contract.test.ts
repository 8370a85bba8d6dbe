import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { commands } from "../../src/cli/program.ts";
import { makeJournal, makePlace } from "./world.ts";

describe("the contract of every command", () => {
  it("answers misuse with exit 2, a code, and a guess", async () => {
    const place = makeJournal();
    const cases: readonly (readonly [readonly string[], string, RegExp])[] = [
      [["lst"], "cli/unknown-command", /list/],
      [["list", "--srt", "x"], "cli/unknown-option", /--sort/],
      [["run", "python3", "train.py", "--lr", "0.1"], "cli/unknown-option", /`journal run -- python3/],
      [["run", "--titel", "x"], "cli/unknown-option", /`--title`/],
      [["help", "lst"], "cli/unknown-command", /help list/],
      [["show"], "cli/missing-argument", /`journal show 42`.*show --help/],
      [["show", "1", "2"], "cli/excess-arguments", /`journal show 42`.*show --help/],
      [["completion", "tcsh"], "cli/unknown-value", /`journal completion bash`/],
      [["list", "--sort"], "cli/missing-option-value", /list --help/],
      [["list", "--format", "xml"], "cli/invalid-value", /list --help/],
    ];
    for (const [argv, code, hint] of cases) {
      const { exit, out, err } = await place.call(...argv);
      assert.deepEqual([exit, out], [2, ""], argv.join(" "));
      assert.match(err, new RegExp(code));
      assert.match(err, hint);
      const document = await place.json(...argv);
      assert.deepEqual([document.ok, document.error.code, document.error.exit], [false, code, 2]);
    }
  });

  it("explains itself when nothing was asked: the help page alone, with exit 2", async () => {
    const { exit, out, err } = await makePlace().call();
    assert.deepEqual([exit, out], [2, ""]);
    assert.match(err, /^Usage: journal /);
    assert.doesNotMatch(err, /cli\/|\berror\b/);
    assert.equal((await makePlace().json()).error.code, "cli/no-command");
  });

  it("gives help and version as a document too", async () => {
    const place = makePlace();
    assert.match((await place.json("--version")).data.version, /^\d+\.\d+\.\d+$/);
    const { exitCode } = process;
    // What ended badly before in this process has nothing to do with it.
    process.exitCode = 1;
    for (const argv of [["--help"], ["show", "--help"], ["help", "show"]]) {
      const { exit, out, err } = await place.call(...argv, "--json");
      assert.deepEqual([exit, err], [0, ""], out);
      assert.match(JSON.parse(out).data.help, /^Usage: journal /);
    }
    process.exitCode = exitCode;
  });

  it("prints exactly one JSON document and nothing else, whatever happens", async () => {
    const place = makeJournal({ "experiments/EXP004-dddd.md": "---\nid: EXP004-dddd\ndecision: kep\n---\n" });
    const argvs = [
      ["list"],
      ["list", "tag:batch"],
      ["show", "1"],
      ["show", "99"],
      ["todo"],
      ["check"],
      ["set", "1", "a=1"],
      ["set", "1", "99", "a=1"],
      ["log", "1", "m=1"],
      ["note", "1", "hello"],
      ["keep", "1"],
      ["new", "A"],
      ["new"],
      ["index"],
      ["init"],
      ["schema"],
      ["completion", "bash"],
      ["drop", "1"],
      ["nope"],
      ["list", "("],
    ];
    for (const argv of argvs) {
      const { out, err } = await place.call(...argv, "--json");
      const document = JSON.parse(out);
      assert.equal(err, "", argv.join(" "));
      assert.equal(out.split("\n").length, 2, argv.join(" "));
      assert.match(document.schema, /^journal\/[a-z_-]+@1$/);
      assert.ok(Array.isArray(document.warnings));
      assert.ok(document.ok === true ? "data" in document : "error" in document, argv.join(" "));
    }
  });

  it("ends with 3 outside of a journal, and says how to begin one", async () => {
    const place = makePlace();
    for (const { name } of commands.filter((spec) => ["list", "new", "todo", "check", "index"].includes(spec.name))) {
      const { exit, err } = await place.call(name, ...(name === "new" ? ["A"] : []));
      assert.equal(exit, 3);
      assert.match(err, /store\/no-journal[\s\S]*journal init/);
    }
  });

  it("works in another folder with -C, from anywhere inside of the journal", async () => {
    const place = makeJournal();
    assert.equal((await place.call("-C", "experiments", "show", "1")).exit, 0);
    assert.equal((await place.call("show", "1", "--cwd", "experiments")).exit, 0);
    assert.equal((await place.json("-C", "nowhere", "list")).error.code, "cli/no-folder");
  });

  it("prints help with examples for every command, to stdout", async () => {
    const place = makePlace();
    for (const { name, examples, hidden } of commands) {
      const { exit, out } = await place.call(name, "--help");
      assert.equal(exit, 0);
      assert.match(out, /^Usage: journal /);
      if (hidden !== true) for (const { line } of examples) assert.ok(out.includes(`$ ${line}`), name);
    }
    assert.match((await place.call("--help")).out, /Begin:[\s\S]*Write:[\s\S]*Read:[\s\S]*Look after:/);
    assert.match((await place.call("--version")).out, /^\d+\.\d+\.\d+\n$/);
  });

  it("tells a bug of its own in one line and how to report it, with the stack only when asked", async () => {
    const place = makeJournal();
    const now = (): Date => {
      throw new Error("the clock is broken");
    };
    const { exit, err } = await place.callIn({ now }, "new", "A");
    assert.equal(exit, 1);
    assert.match(err, /^error cli\/internal: .*the clock is broken\n {2}hint: /);
    assert.doesNotMatch(err, /\n\s+at /);
    assert.match((await place.callIn({ now, environment: { JOURNAL_DEBUG: "1" } }, "new", "A")).err, /\n\s+at /);
  });

  it("colours only where it is told to", async () => {
    const place = makeJournal();
    assert.doesNotMatch((await place.call("check")).out + (await place.call("list")).out, /\x1b/);
  });
});

describe("journal schema", () => {
  it("prints each schema, and knows no other", async () => {
    const place = makePlace();
    for (const name of ["run", "journal", "study"]) {
      const { exit, out } = await place.call("schema", name);
      assert.equal(exit, 0);
      assert.match(JSON.parse(out).$schema, /2020-12/);
    }
    assert.equal((await place.json("schema", "runs")).error.code, "cli/unknown-value");
  });
});
