// `journal gc`: lets go of snapshots by rule. Kept runs, what they rest on, and everything young stay.

import { exits, JournalError } from "../../base/problem.ts";
import { safeLine } from "../../base/terminal.ts";
import { idOfRef, listSnapshots, removeRefs, type SnapshotRef } from "../../capture/snapshot-refs.ts";
import type { Run, RunFile } from "../../record/experiment.ts";
import { indexIds, resolve } from "../../record/reference.ts";
import type { Journal } from "../../store/journal.ts";
import { startOf } from "../../store/list-line.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { gitFailed, notDays } from "../messages-reproduce.ts";
import type { Outcome } from "../outcome.ts";
import { plural } from "../print.ts";
import { repositoryOf } from "../repository.ts";

type GcOptions = Pick<Options, "dryRun" | "older" | "undecided" | "orphans">;

const usualDays = 90;

export async function gc(journal: Journal, options: GcOptions, io: Io): Promise<Outcome> {
  const { top } = repositoryOf(journal.root);
  const days = options.older === undefined ? usualDays : daysOf(options.older);
  const refs = listSnapshots(top)?.refs ?? [];
  const rule = ruleOf(journal.files(), { ...options, before: io.now().getTime() - days * 86_400_000 });
  const gone = refs.flatMap((ref) => {
    const why = rule(ref);
    return why === undefined ? [] : [{ ref, why }];
  });
  if (
    options.dryRun !== true &&
    gone.length > 0 &&
    !removeRefs(
      top,
      gone.map(({ ref }) => ref),
    )
  ) {
    throw new JournalError(gitFailed("the snapshots could not be removed", "a ref changed meanwhile"), exits.conflict);
  }
  const verb = options.dryRun === true ? "would remove" : "removed";
  return {
    data: {
      removed: gone.map(({ ref, why }) => ({ name: ref.name, hash: ref.hash, why })),
      kept: refs.length - gone.length,
      dryRun: options.dryRun === true,
    },
    text: gone.map(({ ref, why }) => `${verb} ${safeLine(ref.name)} (${why})\n`).join(""),
    talk: [
      `${verb} ${plural(gone.length, "snapshot")}, ${refs.length - gone.length} stay`,
      ...(gone.length > 0 && options.dryRun !== true
        ? ["until `git gc` runs, `git update-ref refs/journal/snap/NAME HASH` brings one back; --json has the hashes"]
        : []),
    ],
  };
}

function daysOf(text: string): number {
  const days = /^(\d{1,5})\s?(?:d|days?)?$/.exec(text)?.[1];
  if (days === undefined) throw new JournalError(notDays(text));
  return Number(days);
}

/** Why a snapshot may go; nothing when it stays. */
function ruleOf(
  files: readonly RunFile[],
  options: Pick<GcOptions, "undecided" | "orphans"> & { readonly before: number },
): (ref: SnapshotRef) => string | undefined {
  const byId = new Map(files.map(({ run }) => [run.id, run]));
  const needed = neededIds(files);
  return ({ name }) => {
    const run = byId.get(idOfRef(name, (id) => byId.has(id)));
    if (run === undefined) return options.orphans === true ? "no run of that name is here" : undefined;
    if (needed.has(run.id) || !isOlder(run, options.before)) return undefined;
    if (run.decision === "discard") return "discarded";
    if (run.status === "failed" || run.status === "lost") return run.status;
    return options.undecided === true && run.decision === undefined ? "undecided" : undefined;
  };
}

/** Kept and unfinished runs, and every run that one of those names as its base or its original. */
function neededIds(files: readonly RunFile[]): ReadonlySet<string> {
  const index = indexIds(files);
  const byId = new Map(files.map(({ run }) => [run.id, run]));
  const needed = new Set<string>();
  const add = (run: Run | undefined): void => {
    if (run === undefined || needed.has(run.id)) return;
    needed.add(run.id);
    for (const reference of [...run.base, run.repeatOf ?? "", run.rerunOf ?? ""]) {
      const found = resolve(reference, index);
      if ("id" in found) add(byId.get(found.id));
    }
  };
  for (const { run } of files) if (run.decision === "keep" || run.status === "running" || run.status === "planned") add(run);
  return needed;
}

/** A run without a date is not old. */
const isOlder = (run: Run, before: number): boolean => startOf(run) < before;
