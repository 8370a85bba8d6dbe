// Runs whose end nobody wrote down: what `check` says about them, and how `check --fix` writes what there is.

import { JournalError, type Problem } from "../base/problem.ts";
import { conditionOf, type LiveRun, listLive, readEnded, writeState } from "../capture/live.ts";
import { Recorder } from "../capture/recorder.ts";
import { redactor } from "../capture/redact.ts";
import type { Fix } from "../store/fixes.ts";
import type { Journal } from "../store/journal.ts";
import type { Io } from "./io.ts";
import { fileGone, runLost, runWaits } from "./messages-run.ts";
import { finishRun } from "./run-finish.ts";

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
  return unsettled(journal).map(({ live, path }) => {
    const { id, path: known } = live.state;
    if (path === undefined) return fileGone(id, known);
    return settled(live).state.parts.at(-1)?.ended?.exit === undefined ? runLost(id, path) : runWaits(id, path);
  });
}

/** What was done, as other cures say it. */
export function settleRuns(
  journal: Journal,
  wanted: (place: { readonly path?: string }) => boolean,
  io: Io,
): readonly Pick<Fix, "path" | "what">[] {
  return unsettled(journal).flatMap(({ live, path }) => {
    if (path === undefined || !wanted({ path })) return [];
    const { status, file, problems } = settleRun(journal, live, io);
    for (const problem of problems) io.warn(problem);
    return file === undefined ? [] : [{ path: file.path, what: `the result of ${live.state.id} is written: ${status}` }];
  });
}

export function settleRun(journal: Journal, live: LiveRun, io: Io): ReturnType<typeof finishRun> {
  const known = settled(live);
  try {
    writeState(known.folder, known.state);
  } catch {
    // the file is what counts
  }
  const recorder = new Recorder(known);
  try {
    recorder.replay(known.state.parts);
    return finishRun(journal, known, recorder, { redact: redactor(io.environment), usage: [] });
  } finally {
    recorder.close();
  }
}

/** With what its command left behind about its end. */
function settled({ folder, state }: LiveRun): LiveRun {
  const parts = state.parts.map((part) => (part.ended === undefined ? { ...part, ended: readEnded(folder, part) } : part));
  return { folder, state: { ...state, parts } };
}
