#!/usr/bin/env node
// What the package starts. `run` is one file whose compiled form is kept beside it: a command should not wait until our parts are found and
// compiled. Every other command is put together of the parts it needs.

import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { constants, Script } from "node:vm";

/** Name of the file, which bears a part of its content's hash; scripts/build.mjs knows it. */
declare const alone: string;

const digestBytes = 32;
const digestOf = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

if (process.argv[2] === "run") startAlone(fileURLToPath(new URL(`../chunks/${alone}`, import.meta.url)));
else await import("./main.ts");

function startAlone(path: string): void {
  // Of another engine it is of no use.
  const kept = `${path}.${process.versions.v8}-${process.arch}`;
  const cachedData = readKept(kept);
  const script = new Script(readFileSync(path, "latin1"), {
    filename: path,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  // After a whole run: what it needed is compiled by then.
  if (cachedData === undefined && process.argv.includes("--")) process.once("exit", () => keep(script, kept));
  (script.runInThisContext() as (require: NodeJS.Require, path: string) => void)(createRequire(path), path);
}

/** Whole or not at all; where the program lies in a folder that may not be written to, it is done without. */
function keep(script: Script, path: string): void {
  const fresh = `${path}.${process.pid}`;
  try {
    const file = openSync(fresh, "wx");
    const bytes = script.createCachedData();
    writeSync(file, Buffer.concat([digestOf(bytes), bytes]));
    fsyncSync(file);
    closeSync(file);
    renameSync(fresh, path);
  } catch {
    rmSync(fresh, { force: true });
  }
}

/** V8 would run damaged bytes: it is given only what bears its own digest. */
function readKept(path: string): Buffer | undefined {
  try {
    const all = readFileSync(path);
    const bytes = all.subarray(digestBytes);
    return digestOf(bytes).equals(all.subarray(0, digestBytes)) ? bytes : undefined;
  } catch {
    return undefined;
  }
}
