// The driver as one file, and many processes of it at a time.

import { execFile, execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

export interface Outcome {
  /** Nothing when the process was killed. */
  readonly exit: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const here = fileURLToPath(new URL(".", import.meta.url));
export const project: string = join(here, "../..");

/** Bundled, because a start through tsx costs four times as much. */
export function buildDriver(folder: string): string {
  const outfile = join(folder, "driver.mjs");
  const banner = { js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);' };
  buildSync({
    entryPoints: [join(here, "../fault/driver.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
    banner,
    logLevel: "error",
  });
  // The YAML library is required when a text first needs it, so it has to be there at run time.
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"), "junction");
  return outfile;
}

/** Nothing where there is no C compiler or no LD_PRELOAD. */
export function buildShim(folder: string): string | undefined {
  if (process.platform !== "linux") return undefined;
  const shim = join(folder, "shim.so");
  try {
    execFileSync("gcc", ["-shared", "-fPIC", "-O1", "-o", shim, join(here, "../fault/shim.c"), "-ldl"], { stdio: "ignore" });
    return shim;
  } catch {
    return undefined;
  }
}

export function run(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      words,
      { env: { ...process.env, ...environment }, timeout: 300_000, killSignal: "SIGKILL" },
      (_error, stdout, stderr) => {
        resolve({ exit: child.exitCode ?? undefined, stdout, stderr });
      },
    );
  });
}

/** `width` at a time, results in order. */
export async function pool<T, R>(items: readonly T[], width: number, work: (item: T, index: number) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T, index);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}
