// A journal in a new folder, and calls of the program inside this process with a world made for the test.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { painter } from "../../src/base/terminal.ts";
import type { Ask } from "../../src/cli/ask.ts";
import type { Io } from "../../src/cli/io.ts";
import { run } from "../../src/cli/run.ts";

export interface Called {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

export interface Place {
  readonly root: string;
  call(...argv: readonly string[]): Promise<Called>;
  /** With parts of the world replaced: a terminal, an environment, somebody who answers. */
  callIn(world: Partial<Io>, ...argv: readonly string[]): Promise<Called>;
  /** The `--json` document of a call. */
  json(...argv: readonly string[]): Promise<Document>;
  read(path: string): string;
  write(path: string, text: string): void;
  git(...words: readonly string[]): string;
}

// biome-ignore lint/suspicious/noExplicitAny: a document is looked into by the tests
export type Document = { schema: string; ok: boolean; data: any; error: any; errors: any; warnings: any };

const noon = new Date("2026-11-20T12:00:00Z");

/** A new folder that goes away after the tests; a git repository unless told otherwise. */
export function makePlace(files: Readonly<Record<string, string>> = {}, git = true): Place {
  const root = mkdtempSync(join(tmpdir(), "journal-cli-"));
  after(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  const place: Place = {
    root,
    call: (...argv) => callIn(root, {}, argv),
    callIn: (world, ...argv) => callIn(root, world, argv),
    json: async (...argv) => JSON.parse((await callIn(root, {}, [...argv, "--json"])).out) as Document,
    read: (path) => readFileSync(join(root, path), "utf8"),
    write,
    git: (...words) => execFileSync("git", words, { cwd: root, encoding: "utf8" }),
  };
  if (git) place.git("init", "--quiet", "--initial-branch=main");
  return place;
}

/** A journal with a kept baseline, a better run on top of it, and one that is only planned. */
export function makeJournal(more: Readonly<Record<string, string>> = {}): Place {
  return makePlace({
    "journal.yaml": 'title: Cats and dogs\nmetrics:\n  val_accuracy: { goal: max, unit: "%" }\nstudy:\n  primary: val_accuracy\n',
    ".gitignore": ".journal/\n",
    "experiments/EXP001-aaaa-baseline.md": baseline,
    "experiments/EXP002-bbbb-double-the-batch.md": doubled,
    "experiments/EXP003-cccc-cosine-decay.md": planned,
    ...more,
  });
}

export const baseline = `---
id: EXP001-aaaa
title: Baseline
date: 2026-11-01
status: finished
config:
  batch_size: 32
  learning_rate: 1.0e-3 # as in the paper
  model: { name: resnet, depth: 18 }
metrics:
  val_accuracy: 85.5%
  training_time: 2 h
decision: keep
reason: It is where we start.
---
## Next steps
- [ ] Try a larger batch
- [x] Measure twice

## Run notes
### Follow-up questions
- Is the validation set too small?
`;

export const doubled = `---
id: EXP002-bbbb
title: Double the batch
date: 2026-11-02
status: finished
tags: [batch]
base: EXP001-aaaa
config:
  batch_size: 64
  learning_rate: 1.0e-3
  model: { name: resnet, depth: 18 }
changes:
  batch_size: { from: 32, to: 64 }
metrics:
  val_accuracy: { before: 85.5%, after: 87.2% }
  training_time: { before: 2 h, after: 1.6 h }
---
## Observations
### What worked
- Faster

## Next steps
- [ ] Try 128
`;

export const planned = `---
id: EXP003-cccc
title: Cosine decay
date: 2026-11-03
status: planned
base: EXP002-bbbb
config:
  batch_size: 64
metrics:
  val_accuracy: { before: 87.2%, after: ~ }
---
`;

/** Answers in the order of the questions; remembers what was asked. */
export function answering(answers: readonly (string | boolean)[]): Ask & { readonly asked: string[] } {
  const asked: string[] = [];
  const next = (message: string): string | boolean => {
    asked.push(message);
    const answer = answers[asked.length - 1];
    if (answer === undefined) throw new Error(`nobody answers "${message}"`);
    return answer;
  };
  return {
    asked,
    text: async ({ message }) => String(next(message)),
    select: async ({ message }) => String(next(message)),
    confirm: async ({ message }) => next(message) === true,
  };
}

async function callIn(root: string, world: Partial<Io>, argv: readonly string[]): Promise<Called> {
  let out = "";
  let err = "";
  const io: Io = {
    environment: { GIT_AUTHOR_NAME: "Ada" },
    cwd: root,
    now: () => noon,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    interactive: false,
    paint: { out: painter(false), err: painter(false) },
    ask: async () => {
      throw new Error("nobody may be asked here");
    },
    terminal: () => {
      throw new Error("no terminal here");
    },
    warn: () => {},
    ...world,
  };
  const exit = await run(argv, io);
  return { exit, out, err };
}
