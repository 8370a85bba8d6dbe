// Runs whose end nobody wrote down: what `check` says about them, and how `check --fix` writes what there is.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { JournalError, type Problem } from "../base/problem.ts";
import { leftWorktrees, removeLeft } from "../capture/left-worktrees.ts";
import { conditionOf, files, type LiveRun, listLive, readEnded, withdraw, writeState } from "../capture/live.ts";
import { Recorder } from "../capture/recorder.ts";
import { redactor } from "../capture/redact.ts";
import type { Fix } from "../store/fixes.ts";
import { askGit } from "../store/git.ts";
import { findGit } from "../store/git-folder.ts";
import type { Journal } from "../store/journal.ts";
import { createFile } from "../store/writer.ts";
import type { Io } from "./io.ts";
import { fileGone, runLost, runWaits, worktreeLeft } from "./messages-run.ts";
import { readMade } from "./run-artifacts.ts";
import { type Finished, finishRun } from "./run-finish.ts";

/** Only of this machine: another one's runs are its own to judge. */
function unsettled(journal: Journal): readonly { readonly live: LiveRun; readonly path?: string }[] {
  return listLive(journal.root)
    .filter((live) => conditionOf(live) === "ended")
    .map((live) => {
      const path = pathOf(journal, live.state.id);
      return { live, ...(path === undefined ? {} : { path }) };
    });
}

function pathOf(journal: Journal, id: string): string | undefined {
  try {
    return journal.find(id).path;
  } catch (reason) {
    if (reason instanceof JournalError) return undefined;
    throw reason;
  }
}

export function liveProblems(journal: Journal): readonly Problem[] {
  return [...runProblems(journal), ...leftWorktrees(journal.root).map(({ path }) => worktreeLeft(path))];
}

/** What was done, as other cures say it. */
export function sweepWorktrees(journal: Journal): readonly Pick<Fix, "path" | "what">[] {
  const { top } = findGit(journal.root) ?? {};
  return top === undefined
    ? []
    : leftWorktrees(journal.root).map((left) => {
        removeLeft(top, left);
        return { path: left.path, what: "the worktree of a rerun that was killed is gone" };
      });
}

function runProblems(journal: Journal): readonly Problem[] {
  return unsettled(journal).map(({ live, path }) => {
    const { id, path: known } = live.state;
    if (path === undefined) return fileGone(id, known);
    return settled(live).state.parts.at(-1)?.ended?.exit === undefined ? runLost(id, path) : runWaits(id, path);
  });
}

/** What was done, as other cures say it. */
export async function settleRuns(
  journal: Journal,
  wanted: (place: { readonly path?: string }) => boolean,
  io: Io,
): Promise<readonly Pick<Fix, "path" | "what">[]> {
  const done: Pick<Fix, "path" | "what">[] = [];
  for (const { live, path } of unsettled(journal)) {
    if (!wanted({ path: path ?? live.state.path })) continue;
    const here = path === undefined ? writeAnew(journal, live) : journal;
    if (here === undefined) continue;
    if (path !== undefined && live.state.parts.length === 0 && journal.find(path).run.status !== "running") {
      withdraw(journal.root, live.state);
      continue;
    }
    const { status, file, problems } = await settleRun(here, live, io);
    for (const problem of problems) io.warn(problem);
    if (file !== undefined) done.push({ path: file.path, what: `the result of ${live.state.id} is written: ${status}` });
  }
  return done;
}

/** A file that no commit and no stash holds comes back from nowhere else; nothing for one that does. */
function writeAnew(journal: Journal, { folder, state: { path } }: LiveRun): Journal | undefined {
  const { root } = journal;
  if ((askGit(root, ["log", "--all", "--reflog", "-1", "--format=%h", "--", path]) ?? "") !== "") return undefined;
  try {
    createFile(join(root, path), readFileSync(join(folder, files.page)), path);
  } catch {
    // of an earlier version, or another file has its name
    return undefined;
  }
  return journal.reread().journal;
}

async function settleRun(journal: Journal, live: LiveRun, io: Io): Promise<Finished> {
  const { folder, state } = settled(live);
  const { made, problems } = await readMade(journal, { folder, state });
  const known: LiveRun = { folder, state: { ...state, made: state.made ?? made } };
  try {
    writeState(known.folder, known.state);
  } catch {
    // the file is what counts
  }
  const recorder = new Recorder(known);
  try {
    recorder.replay(known.state.parts);
    const finished = finishRun(journal, known, recorder, { redact: redactor(io.environment), usage: [] });
    return { ...finished, problems: [...problems, ...finished.problems] };
  } finally {
    recorder.close();
  }
}

/** With what its command left behind about its end. */
function settled({ folder, state }: LiveRun): LiveRun {
  const parts = state.parts.map((part) => (part.ended === undefined ? { ...part, ended: readEnded(folder, part) } : part));
  return { folder, state: { ...state, parts } };
}
