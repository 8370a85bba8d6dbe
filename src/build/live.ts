// The journal in memory while it is served: read once, then by what changed; every version of it is analysed and planned when somebody
// asks, and a page is made once per version.

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { analyse } from "../analysis/analyse.ts";
import type { Analysis } from "../analysis/study.ts";
import { pageName } from "../base/address.ts";
import { sha256 } from "../base/hash.ts";
import { once } from "../base/once.ts";
import { exits, JournalError, type Problem } from "../base/problem.ts";
import { attachmentFolder } from "../store/ids.ts";
import { type Journal, openJournal } from "../store/journal.ts";
import { runFolder } from "../store/root.ts";
import { readSettings, readStudies } from "../store/settings.ts";
import type { Assets } from "./assets.ts";
import { unreadable } from "./messages.ts";
import type { Content, Plan } from "./plan.ts";
import { openSite, planFiles } from "./site.ts";

export interface Shown {
  readonly content: Content;
  /** Of the content. */
  readonly hash: string;
}

export interface Live {
  /** Changes with every change of the journal, and differs between two starts. */
  readonly version: () => string;
  /** What keeps settings, and runs that were saved since the start, from being read. */
  readonly problems: () => readonly Problem[];
  /** Nothing for an address the site does not have. Throws a JournalError while the journal cannot be read at all. */
  readonly page: (address: string) => Promise<Shown | undefined>;
  /** Reads again what changed; whether anything did. */
  readonly look: () => boolean;
  /** Folders, from the root, in which the curves of running runs and of these pages grow. They are looked at from now on. */
  readonly follow: (addresses: readonly string[]) => readonly string[];
}

/** One state of the files. */
interface Version {
  readonly number: number;
  readonly journal?: Journal;
  readonly analysis: () => Analysis;
  readonly plan: () => Plan;
  readonly pages: Map<string, Promise<Shown | undefined>>;
  /** Of the files beside the runs and the settings. */
  readonly looks: string;
  /** Why there is no newer version of the journal. */
  readonly failure: readonly Problem[];
  /** Of the settings, then by run file. */
  readonly errors: ReadonlyMap<string, readonly Problem[]>;
}

/** `start` tells two starts apart. Nothing is read before the first look. */
export function openLive(root: string, assets: Assets, start: string): Live {
  let followed: readonly string[] = [];
  let now: Version = nothing;
  return {
    version: () => `${start}-${now.number}`,
    problems: () => [...now.failure, ...[...now.errors.values()].flat()],
    page: (address) => pageOf(now, address),
    look: () => {
      const next = renew(now, root, assets, followed);
      const changed = next !== now;
      now = next;
      return changed;
    },
    follow: (addresses) => {
      followed = now.journal === undefined ? [] : growing(now.journal, addresses);
      now = { ...now, looks: looksOf(root, now.journal, followed) };
      return followed;
    },
  };
}

const nothing: Version = {
  number: 0,
  analysis: () => ({ studies: [] }),
  plan: () => new Map(),
  pages: new Map(),
  looks: "",
  failure: [],
  errors: new Map(),
};

/** The same version where nothing changed. A journal that cannot be read at the moment leaves the last one standing. */
function renew(before: Version, root: string, assets: Assets, followed: readonly string[]): Version {
  const number = before.number + 1;
  try {
    const { journal, runs, setup } = before.journal?.reread() ?? first(root);
    const looks = looksOf(root, journal, followed);
    const same = runs.length === 0 && !setup && before.journal !== undefined;
    if (same && looks === before.looks && before.failure.length === 0) return before;
    const read = same ? before : { journal, analysis: once(() => analyse(journal.files(), journal.settings, journal.studies)) };
    const errors = same ? before.errors : errorsOf(journal, before.errors, runs);
    return { number, ...planned(read, assets), looks, failure: [], errors };
  } catch (error) {
    const failure = error instanceof JournalError ? error.problems : [unreadable(error instanceof Error ? error.message : String(error))];
    return JSON.stringify(failure) === JSON.stringify(before.failure) ? before : { ...before, number, failure, pages: new Map() };
  }
}

function first(root: string): ReturnType<Journal["reread"]> {
  const journal = openJournal(root);
  journal.files();
  return { journal, runs: [], setup: true };
}

/** The texts that prose and reports are made of are read when the site is planned. */
function planned({ journal, analysis }: Pick<Version, "journal" | "analysis">, assets: Assets) {
  return {
    ...(journal === undefined ? {} : { journal }),
    analysis,
    plan: once(() => (journal === undefined ? new Map() : planFiles(openSite(journal, assets, { live: true, analysis: analysis() })))),
    pages: new Map(),
  };
}

function pageOf(version: Version, address: string): Promise<Shown | undefined> {
  const known = version.pages.get(address);
  if (known !== undefined) return known;
  const made = makePage(version, address);
  version.pages.set(address, made);
  // What failed may work when it is asked for again.
  made.catch(() => version.pages.delete(address));
  return made;
}

async function makePage({ plan, journal, failure }: Version, address: string): Promise<Shown | undefined> {
  if (journal === undefined) throw new JournalError(failure, exits.internal);
  const content = await plan().get(address)?.make();
  return content === undefined ? undefined : { content, hash: sha256(content).slice(0, 16) };
}

const isError = ({ severity }: Problem): boolean => severity === "error";

/** Of the settings always; of a run from the moment it is saved until it is mended, for old damage has its page. */
function errorsOf(journal: Journal, before: Version["errors"], runs: readonly string[]): Version["errors"] {
  const { settings, problems } = readSettings(journal.root);
  const studies = readStudies(journal.root, journal.listing.studies, settings);
  const errors = new Map<string, readonly Problem[]>([...before, ["", [...problems, ...studies.problems].filter(isError)]]);
  for (const path of runs.slice(0, mostRead)) errors.set(path, errorsIn(journal, path));
  for (const [path, found] of errors) if (found.length === 0 && path !== "") errors.delete(path);
  return errors;
}

/** After a branch was switched nobody waits for the mistakes of thousands of runs. */
const mostRead = 50;

function errorsIn(journal: Journal, path: string): readonly Problem[] {
  if (!journal.listing.runs.some((place) => place.path === path)) return [];
  try {
    return journal.read(path).parsed.problems.filter(isError);
  } catch (error) {
    if (error instanceof JournalError) return error.exit === exits.notFound ? [] : error.problems;
    throw error;
  }
}

/** How the files look that are on pages and are no runs. */
function looksOf(root: string, journal: Journal | undefined, followed: readonly string[]): string {
  const readmes = [
    "README.md",
    `${runFolder}/README.md`,
    ...(journal?.listing.studies ?? []).map((study) => `${runFolder}/${study}/README.md`),
  ];
  return sha256(
    [...readmes, ...["reports", "charts", ...followed].flatMap((folder) => filesIn(root, folder))]
      .map((path) => lookAt(root, path))
      .join("\n"),
  );
}

function filesIn(root: string, folder: string): readonly string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((name) => `${folder}/${name}`)
      .sort();
  } catch {
    return [];
  }
}

function lookAt(root: string, path: string): string {
  try {
    const { size, mtimeMs, ctimeMs, ino } = statSync(join(root, path));
    return `${path} ${size} ${mtimeMs} ${ctimeMs} ${ino}`;
  } catch {
    return path;
  }
}

const mostFollowed = 50;

/** Attachments of the runs that go on, and of those whose pages are open. */
function growing(journal: Journal, addresses: readonly string[]): readonly string[] {
  const open = new Set(addresses);
  const folders = journal
    .files()
    .filter(({ run }) => run.status === "running" || open.has(`runs/${pageName(run.id)}.html`))
    .flatMap(({ path, run }) => attachmentFolder(path, run.id) ?? []);
  return [...new Set(folders)].slice(0, mostFollowed);
}
