// `journal sync push|pull`: snapshots to a remote and from one, or from a bundle.

import { statSync } from "node:fs";
import { resolve } from "node:path";
import { exits, JournalError, type Problem } from "../../base/problem.ts";
import { safeLine } from "../../base/terminal.ts";
import { readRemoteName } from "../../capture/remote.ts";
import { snapshotRefs } from "../../capture/snapshot.ts";
import {
  bundleRefs,
  fetchRefs,
  listRemotes,
  listShared,
  listSnapshots,
  markPushed,
  pushRefs,
  type SnapshotRef,
} from "../../capture/snapshot-refs.ts";
import type { Journal } from "../../store/journal.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { gitFailed, noRemote, otherSnapshots, pushOrPull, refusedRefs, unreachable } from "../messages-reproduce.ts";
import type { Outcome } from "../outcome.ts";
import { plural } from "../print.ts";
import { repositoryOf } from "../repository.ts";

type Way = "push" | "pull";
type SyncOptions = Pick<Options, "dryRun"> & { readonly way: string; readonly with?: string };

interface Plan {
  readonly top: string;
  /** Name of a remote, or the path of a bundle. */
  readonly from: string;
  readonly isBundle: boolean;
  readonly here: readonly SnapshotRef[];
  readonly there: ReadonlyMap<string, string>;
}

export async function sync(journal: Journal, options: SyncOptions, io: Io): Promise<Outcome> {
  const { way, dryRun = false } = options;
  if (way !== "push" && way !== "pull") throw new JournalError(pushOrPull(way));
  const plan = look(journal, way, options.with, io);
  const differing = plan.here.filter(({ name, hash }) => (plan.there.get(name) ?? hash) !== hash).map(({ name }) => name);
  const names = way === "push" ? absentThere(plan) : absentHere(plan);
  const failed = dryRun ? undefined : way === "push" ? push(plan, names, io) : pull(plan, names, io);
  for (const problem of differing.length > 0 && !plan.isBundle ? [otherSnapshots(differing)] : []) io.warn(problem);
  const done = failed === undefined ? names : names.filter((name) => !failed.names.includes(name));
  const verb = dryRun ? `would ${way}` : `${way}ed`;
  const known = way === "push" ? plan.here.length - names.length : plan.there.size - names.length;
  return {
    data: { [`${way}ed`]: done, known, differing, remote: plan.from, dryRun },
    text: done.map((name) => `${verb} ${safeLine(name)}\n`).join(""),
    talk: [`${verb} ${plural(done.length, "snapshot")}, ${known} known already`],
    ...(failed === undefined ? {} : { problems: [failed.problem], exit: exits.conflict }),
  };
}

function look(journal: Journal, way: Way, wanted: string | undefined, io: Io): Plan {
  const { top } = repositoryOf(journal.root);
  const here = listSnapshots(top)?.refs ?? [];
  const file = wanted === undefined ? undefined : resolve(io.cwd, wanted);
  const isBundle = way === "pull" && file !== undefined && statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  const from = isBundle && file !== undefined ? file : chooseRemote(top, wanted);
  const there = listShared(top, from, isBundle ? bundleRefs : snapshotRefs, io);
  if ("failed" in there) throw new JournalError(unreachable(from, there.failed), exits.conflict);
  return { top, from, isBundle, here, there };
}

function chooseRemote(top: string, wanted: string | undefined): string {
  const known = listRemotes(top);
  if (wanted !== undefined) {
    if (!known.includes(wanted)) throw new JournalError(noRemote(wanted, known), exits.notFound);
    return wanted;
  }
  const usual = readRemoteName(top) ?? (known.includes("origin") ? "origin" : known.length === 1 ? known[0] : undefined);
  if (usual === undefined) throw new JournalError(noRemote(undefined, known), exits.notFound);
  return usual;
}

const absentThere = ({ here, there }: Plan): readonly string[] => here.map(({ name }) => name).filter((name) => !there.has(name));

function absentHere({ here, there }: Plan): readonly string[] {
  const own = new Set(here.map(({ name }) => name));
  return [...there.keys()].filter((name) => !own.has(name));
}

interface Failed {
  readonly names: readonly string[];
  readonly problem: Problem;
}

function push({ top, from, here, there }: Plan, names: readonly string[], io: Io): Failed | undefined {
  const refused = pushRefs(top, from, names, io);
  const sent = new Set(names.filter((name) => !refused.has(name)));
  const shared = here.filter(({ name, hash }) => sent.has(name) || there.get(name) === hash);
  markPushed(top, from, shared);
  const [first] = refused;
  return first === undefined ? undefined : { names: [...refused.keys()], problem: refusedRefs(from, [...refused.keys()], first[1]) };
}

function pull({ top, from, isBundle, there }: Plan, names: readonly string[], io: Io): Failed | undefined {
  const said = fetchRefs(top, from, isBundle ? bundleRefs : snapshotRefs, names, io);
  if (said !== undefined) return { names, problem: gitFailed("the snapshots could not be fetched", said) };
  const shared = listSnapshots(top)?.refs.filter(({ name, hash }) => there.get(name) === hash) ?? [];
  if (!isBundle) markPushed(top, from, shared);
  return undefined;
}
