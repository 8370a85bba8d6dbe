// A journal as it was at a commit: its settings and runs read through git, nothing checked out.

import { basename, posix } from "node:path";
import { sha256 } from "../base/hash.ts";
import { exits, JournalError } from "../base/problem.ts";
import { decode, fileLimit } from "../markdown/decode.ts";
import { parseYaml } from "../markdown/yaml.ts";
import type { RunFile } from "../record/experiment.ts";
import { normalizeSettings, normalizeStudy } from "../record/normalize-settings.ts";
import type { Settings, StudySettings } from "../record/settings.ts";
import type { Tree } from "../record/tree.ts";
import { type Blob, listBlobs, readBlobs, readCommit } from "./git.ts";
import { findGit } from "./git-folder.ts";
import { noGit, noRef } from "./messages.ts";
import { parseBytes, studyIn } from "./read.ts";
import { runFolder, settingsFile, studyFile } from "./root.ts";

export interface PastJournal {
  /** All hex digits. */
  readonly commit: string;
  readonly settings: Settings;
  readonly studies: ReadonlyMap<string, StudySettings>;
  readonly files: readonly RunFile[];
}

/**
 * Refuses with exit 3 where there is no git or no such commit. A file that is no text is left out. Runs that are still what they were
 * (`now`, by hash) need no reading.
 */
export function readJournalAt(root: string, ref: string, now: ReadonlyMap<string, RunFile> = new Map()): PastJournal {
  if (findGit(root) === undefined) throw new JournalError(noGit("`as_of`"), exits.notFound);
  const commit = readCommit(root, ref);
  const blobs = commit === undefined ? undefined : listBlobs(root, commit, [settingsFile, runFolder]);
  if (commit === undefined || blobs === undefined) throw new JournalError(noRef(ref), exits.notFound);
  const wanted = blobs.filter(({ path, size }) => size <= fileLimit && (isRun(path) || isSettings(path)));
  const bytes = readBlobs(
    root,
    wanted.map(({ hash }) => hash),
  );
  if (bytes === undefined) throw new JournalError(noGit("`as_of`"), exits.notFound);
  const names = wanted.filter(({ path }) => isStudy(path)).map(({ path }) => studyOf(path));
  const { settings } = normalizeSettings(
    readTree(
      wanted.find(({ path }) => path === settingsFile),
      bytes,
    ),
  );
  const studies = new Map<string, StudySettings>([["", settings.study]]);
  for (const blob of wanted) {
    if (isStudy(blob.path)) studies.set(studyOf(blob.path), normalizeStudy(readTree(blob, bytes), studyOf(blob.path), settings).study);
  }
  const known = new Set(names);
  const files = wanted.flatMap((blob): readonly RunFile[] => {
    const content = isRun(blob.path) ? bytes.get(blob.hash) : undefined;
    if (content === undefined) return [];
    const place = { path: blob.path, name: basename(blob.path), study: nearest(blob.path, known) };
    const same = now.get(sha256(content));
    if (same?.path === blob.path) return [{ ...same, study: studyIn(same.run, place.study, known) }];
    const read = parseBytes(content, place, known);
    return "problem" in read ? [] : [read.file];
  });
  return { commit, settings, studies, files };
}

const isStudy = (path: string): boolean => basename(path) === studyFile && path.split("/").length > 2;
const isSettings = (path: string): boolean => path === settingsFile || isStudy(path);
const studyOf = (path: string): string => posix.dirname(path).slice(runFolder.length + 1);

/** As the walk through `experiments/` finds them. */
function isRun(path: string): boolean {
  const [top, ...rest] = path.split("/");
  const name = rest.pop() ?? "";
  const hidden = rest.some((folder) => folder.startsWith(".") || folder === "node_modules" || folder.endsWith(".files"));
  return top === runFolder && !hidden && name.endsWith(".md") && !name.startsWith(".") && name.toLowerCase() !== "readme.md";
}

/** The study of the nearest folder above. */
function nearest(path: string, studies: ReadonlySet<string>): string {
  for (let folder = posix.dirname(path); folder.length > runFolder.length; folder = posix.dirname(folder)) {
    const name = folder.slice(runFolder.length + 1);
    if (studies.has(name)) return name;
  }
  return "";
}

function readTree(blob: Blob | undefined, bytes: ReadonlyMap<string, Uint8Array>): Tree | undefined {
  const content = blob === undefined ? undefined : bytes.get(blob.hash);
  const text = content === undefined ? undefined : decode(content).text;
  return text === undefined ? undefined : parseYaml(text, text.charCodeAt(0) === 0xfeff ? 1 : 0, text.length).tree;
}
