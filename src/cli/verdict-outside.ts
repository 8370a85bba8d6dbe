// What a verdict needs to know beside the files as they are: how often a result was looked at, and whether protected code was changed. Both are
// asked of git, and only when a verdict hangs on them.

import { posix, relative, sep } from "node:path";
import type { Group } from "../analysis/study.ts";
import type { Looks, Outside } from "../analysis/verdict.ts";
import { matchesGlob } from "../base/glob.ts";
import { once } from "../base/once.ts";
import { findCode } from "../capture/find-code.ts";
import { decode } from "../markdown/decode.ts";
import { parseRun } from "../markdown/parse.ts";
import type { Run, RunFile } from "../record/experiment.ts";
import { readBlobs } from "../store/git.ts";
import { findGit } from "../store/git-folder.ts";
import { readVersions } from "../store/git-history.ts";
import { readChangedPaths } from "../store/git-objects.ts";
import type { Journal } from "../store/journal.ts";

/** `paths`: the runs that may be asked about. */
export function outsideOf(journal: Journal, paths: readonly string[]): Outside {
  const versions = once(() => readVersions(journal.root, paths));
  const changed = new Map<string, readonly string[]>();
  const codes = new Map<RunFile, string | undefined>();
  const codeOf = (file: RunFile): string | undefined => {
    if (!codes.has(file)) codes.set(file, findCode(journal.root, file.run.run));
    return codes.get(file);
  };
  return {
    looks: (group) => looksAt(group, versions(), journal),
    protectedChanges: (run, base) => {
      if (journal.settings.protected.length === 0) return [];
      const [from, to] = [codeOf(base), codeOf(run)];
      if (from === undefined || to === undefined) return undefined;
      if (from === to) return [];
      const key = `${from} ${to}`;
      const found = changed.get(key) ?? readChanged(journal.root, from, to);
      changed.set(key, found);
      return found.filter((path) => matchesGlob(path, journal.settings.protected));
    },
  };
}

/** From the journal's root; a path outside of the journal keeps its way up: `../eval/data.json`. */
function readChanged(root: string, from: string, to: string): readonly string[] {
  const pair = { from, to };
  const above = relative(findGit(root)?.top ?? root, root);
  return (readChangedPaths(root, [pair]).get(pair) ?? []).map((path) => posix.relative(above.split(sep).join("/"), path));
}

/** Each time a committed file had more values than before, and each file that was added to repeat it later. */
function looksAt(group: Group, versions: ReadonlyMap<string, readonly string[]>, journal: Journal): Looks {
  const later = group.files.filter(({ run }) => run.repeatOf !== undefined && run.metrics.length > 0).length;
  const pasts = group.files
    .filter(({ run }) => run.repeatOf === undefined)
    .map((file) => growth(file, versions.get(file.path) ?? [], journal));
  const longest = pasts.reduce((most, one) => (one.grown > most.grown ? one : most), { grown: 1, planned: true });
  const count = longest.grown + later;
  const planned = group.first.run.maxLooks;
  return { count, ...(planned === undefined || !longest.planned ? {} : { planned }) };
}

/** How often the number of values grew, the file as it is now counted too; and whether the first version with values named the looks. */
function growth(file: RunFile, hashes: readonly string[], journal: Journal): { readonly grown: number; readonly planned: boolean } {
  if (hashes.length === 0) return { grown: 1, planned: true };
  const blobs = readBlobs(journal.root, hashes);
  const past = hashes.flatMap((hash) => {
    const text = decode(blobs?.get(hash) ?? new Uint8Array()).text;
    return text === undefined ? [] : [parseRun(text, file.path).run];
  });
  let most = 0;
  let grown = 0;
  let planned = true;
  for (const run of [...past, file.run]) {
    const values = valuesOf(run);
    if (values <= most) continue;
    if (grown === 0) planned = run.maxLooks !== undefined;
    grown += 1;
    most = values;
  }
  return { grown: Math.max(1, grown), planned };
}

const valuesOf = ({ metrics }: Run): number => metrics.reduce((most, { after }) => Math.max(most, after?.n ?? 0), 0);
