// `journal run` as a process, for tests of it.

import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseRun } from "../../src/markdown/parse.ts";
import type { Run } from "../../src/record/experiment.ts";
import { makePlace, type Place } from "./world.ts";

export const program: string = resolve("dist/cli/main.js");
export const environment: NodeJS.ProcessEnv = { ...process.env, GIT_AUTHOR_NAME: "Ada", NO_COLOR: "1" };

export interface Done {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export function journal(
  place: Place,
  words: readonly string[],
  more: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Done {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: place.root,
    encoding: "utf8",
    env: { ...environment, ...more.env },
    input: more.input ?? "",
    maxBuffer: 1 << 28,
    timeout: 60_000,
  });
  return { status, out: stdout, err: stderr };
}

export const begin = (place: Place, words: readonly string[], more: NodeJS.ProcessEnv = {}): ChildProcess =>
  spawn(process.execPath, [program, ...words], {
    cwd: place.root,
    env: { ...environment, ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });

export const ended = (child: ChildProcess): Promise<number | null> => new Promise((done) => child.on("close", (code) => done(code)));

export async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; !what(); tries += 1) {
    assert.ok(tries < 1000, "it never came");
    await new Promise((done) => setTimeout(done, 20));
  }
}

export function runFiles(place: Place): readonly string[] {
  const folder = join(place.root, "experiments");
  return existsSync(folder) ? readdirSync(folder).filter((name) => /^EXP.*\.md$/.test(name)) : [];
}

/** The newest one. */
export function newest(place: Place): { readonly run: Run; readonly path: string; readonly text: string } {
  const path = `experiments/${[...runFiles(place)].sort().at(-1)}`;
  const text = place.read(path);
  return { run: parseRun(text, path).run, path, text };
}

export const noSessions: string | false = process.platform !== "linux" && "only Linux tells who holds a pipe";

export const attached = (place: Place, name: string): string => {
  const { run } = newest(place);
  return place.read(`experiments/${run.id}.files/${name}`);
};

export const empty = (): Place => makePlace({ "journal.yaml": "title: t\n" });
