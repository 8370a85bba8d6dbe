// The journal in memory while it is served: read once, then by what changed; every version of it is analysed and planned when somebody
// asks, and a page is made once per version.

import { analyse } from "../analysis/analyse.ts";
import type { Analysis } from "../analysis/study.ts";
import { pageName } from "../base/address.ts";
import { sha256 } from "../base/hash.ts";
import { once } from "../base/once.ts";
import { exits, JournalError, type Problem } from "../base/problem.ts";
import { attachmentFolder } from "../store/ids.ts";
import { type Journal, openJournal } from "../store/journal.ts";
import { idOfLine } from "../store/list-line.ts";
import type { Assets } from "./assets.ts";
import { hasDrawings } from "./chart-cache.ts";
import type { SiteContext } from "./context.ts";
import { openMemory } from "./findings.ts";
import { isBehind } from "./inputs.ts";
import { keepPages, type Make, openKept, type Shown } from "./live-kept.ts";
import { looksOf } from "./live-looks.ts";
import { errorsOf, withProblemsOf } from "./live-problems.ts";
import { unreadable } from "./messages.ts";
import type { Plan } from "./plan.ts";
import type * as Planner from "./site.ts";

export interface Live {
  /** Changes with every change of the journal, and differs between two starts. */
  readonly version: () => string;
  /** What keeps settings, and runs that were saved since the start, from being read. */
  readonly problems: () => readonly Problem[];
  /** Nothing for an address the site does not have. Throws a JournalError while the journal cannot be read at all. */
  readonly page: (address: string) => Promise<Shown | undefined>;
  /** Reads again what changed; whether anything did. With `only`, from the root, no other run or setting is looked at. */
  readonly look: (only?: ReadonlySet<string>) => boolean;
  /**
   * After a change pages show the problems across files as they were before, for finding them takes as long as everything else together.
   * Finds them now; whether anything is shown that is no longer so.
   */
  readonly settle: () => boolean;
  /** The next start on the same files finds the pages that were made. To be called right after a look that found no change. */
  readonly keep: () => Promise<void>;
  /** Analyses what pages that were kept did not need, so that a save has only the change to add. */
  readonly prepare: () => Promise<void>;
  /** Folders, from the root, in which the curves of running runs and of these pages grow. They are looked at from now on. */
  readonly follow: (addresses: readonly string[]) => readonly string[];
}

/** One state of the files. */
interface Version extends Read {
  readonly number: number;
  readonly parts: (planner: typeof Planner) => readonly (() => Plan)[];
  readonly pages: Map<string, Promise<Shown | undefined>>;
  /** Pages that an earlier start made from the same files. */
  readonly kept: Make;
  /** Those among `pages` that no later start may show: they asked about files that nobody looks at again. */
  readonly passing: Set<string>;
  /** How many such questions there were. */
  readonly aside: { count: number };
  /** Of the files beside the runs and the settings. */
  readonly looks: string;
  /** Why there is no newer version of the journal. */
  readonly failure: readonly Problem[];
  /** Of the settings, under "", and by run file. */
  readonly errors: ReadonlyMap<string, readonly Problem[]>;
}

interface Read {
  readonly journal?: Journal;
  readonly analysis: () => Analysis;
  readonly found: () => readonly Problem[];
  /** False where `found` holds what an earlier version found across files. */
  readonly settled: boolean;
  /** A time before any of the files was read. */
  readonly since: number;
}

/** `start` tells two starts apart. Nothing is read before the first look. `clock` is the one that times of files are compared with, in ms. */
export function openLive(root: string, assets: Assets, start: string, clock: () => number = Date.now): Live {
  let followed: readonly string[] = [];
  let now: Version = nothing;
  const means = { assets, known: openMemory({}).known, clock };
  const places = new Map<string, number>();
  const change = (next: Version): boolean => {
    const changed = next !== now;
    now = next;
    return changed;
  };
  return {
    version: () => `${start}-${now.number}`,
    problems: () => [...now.failure, ...[...now.errors.values()].flat()],
    page: (address) => pageOf(now, address, places),
    look: (only) => change(renew(now, { root, means, followed, ...(only === undefined ? {} : { only }) })),
    settle: () => {
      const number = now.number;
      return change(settle(now, means)) && now.number !== number;
    },
    keep: async () => {
      const version = now;
      const { journal, settled, since, failure, passing } = version;
      if (journal === undefined || !settled || failure.length > 0) return;
      const pages = new Map([...version.pages].filter(([address]) => !passing.has(address)));
      await keepPages(journal, assets, { pages, since, make: (address) => makePage(version, address, places) });
    },
    prepare: async () => void now.parts(await import("./site.ts")),
    follow: (addresses) => {
      const next = now.journal === undefined ? [] : growing(now.journal, addresses);
      if (next.join("\n") === followed.join("\n")) return followed;
      followed = next;
      now = { ...now, looks: looksOf(root, now.journal, followed) };
      return followed;
    },
  };
}

const nothing: Version = {
  number: 0,
  analysis: () => ({ studies: [] }),
  found: () => [],
  settled: true,
  since: 0,
  parts: () => [],
  pages: new Map(),
  kept: async () => undefined,
  passing: new Set(),
  aside: { count: 0 },
  looks: "",
  failure: [],
  errors: new Map(),
};

/** What all versions share. */
interface Means {
  readonly assets: Assets;
  readonly known: SiteContext["known"];
  readonly clock: () => number;
}

interface Where {
  readonly root: string;
  readonly means: Means;
  readonly followed: readonly string[];
  readonly only?: ReadonlySet<string>;
}

/** The same version where nothing changed. A journal that cannot be read at the moment leaves the last one standing. */
function renew(before: Version, { root, means, followed, only }: Where): Version {
  const number = before.number + 1;
  const since = means.clock();
  try {
    // What was heard while nothing could be read is forgotten.
    const { journal, runs, setup } = reread(before.journal, root, before.failure.length > 0 ? undefined : only);
    const looks = looksOf(root, journal, followed);
    const same = runs.length === 0 && !setup && before.journal !== undefined;
    if (same && looks === before.looks && before.failure.length === 0) return before;
    const read = same ? { ...before, since } : readAgain(journal, before, since, setup ? undefined : runs);
    const errors = same ? before.errors : errorsOf(journal, before.errors, runs);
    return { number, ...planned(read, means), looks, failure: [], errors };
  } catch (error) {
    const failure = error instanceof JournalError ? error.problems : [unreadable(error instanceof Error ? error.message : String(error))];
    return JSON.stringify(failure) === JSON.stringify(before.failure) ? before : { ...before, number, failure, pages: new Map() };
  }
}

function reread(journal: Journal | undefined, root: string, only: ReadonlySet<string> | undefined): ReturnType<Journal["reread"]> {
  if (journal === undefined) {
    const opened = openJournal(root);
    opened.summaries();
    return { journal: opened, runs: [], setup: true };
  }
  if (only === undefined) return journal.reread();
  const sources = new Set([...only].filter(isSource));
  return sources.size === 0 ? { journal, runs: [], setup: false } : journal.reread(sources);
}

/** A run or a setting; what else is shown is looked at every time. */
const isSource = (path: string): boolean =>
  /\.(?:md|yaml)$/i.test(path) && !/(?:^|\/)readme\.md$|\.files\/|^(?:reports|charts)\//i.test(path);

/** Without `runs` everything may have changed. */
function readAgain(journal: Journal, before: Read, since: number, runs: readonly string[] | undefined): Read {
  return {
    journal,
    since,
    analysis: once(() => analyse(journal.files(), journal.settings, journal.studies)),
    found: once(() => (runs === undefined ? journal.problems() : withProblemsOf(journal, before.found(), runs))),
    settled: runs === undefined,
  };
}

/** The same number where what was shown still holds. */
function settle(before: Version, means: Means): Version {
  const { journal, analysis, found, settled, since, number, looks, failure, errors } = before;
  if (settled || journal === undefined) return before;
  const problems = journal.problems();
  if (JSON.stringify(problems) === JSON.stringify(found())) return { ...before, settled: true };
  const read = { journal, analysis, found: () => problems, settled: true, since };
  return { number: number + 1, ...planned(read, means), looks, failure, errors };
}

/** The texts that prose and reports are made of are read when the site is planned. */
function planned(read: Read, { assets, known }: Means): Read & Pick<Version, "parts" | "pages" | "kept" | "passing" | "aside"> {
  const { journal, analysis, found, settled, since } = read;
  const aside = { count: 0 };
  const asked = (path: string): void => {
    if (!isBehind(path)) aside.count += 1;
  };
  let made: readonly (() => Plan)[] | undefined;
  const parts: Version["parts"] = ({ openSite, planParts }) => {
    const open = (of: Journal) => openSite(of, assets, { live: true, analysis: analysis(), problems: found(), known, asked });
    made ??= journal === undefined ? [] : planParts(open(journal));
    return made;
  };
  return {
    ...(journal === undefined ? {} : { journal }),
    kept: journal === undefined ? nothing.kept : openKept(journal, assets, since),
    analysis,
    found,
    settled,
    since,
    parts,
    pages: new Map(),
    passing: new Set(),
    aside,
  };
}

function pageOf(version: Version, address: string, places: Map<string, number>): Promise<Shown | undefined> {
  const known = version.pages.get(address);
  if (known !== undefined) return known;
  const made = findOrMake(version, address, places);
  version.pages.set(address, made);
  // What failed may work when it is asked for again.
  made.catch(() => version.pages.delete(address));
  return made;
}

/** An earlier start can only have left pages of the files that this one began with. */
async function findOrMake(version: Version, address: string, places: Map<string, number>): Promise<Shown | undefined> {
  const kept = version.number === 1 ? await version.kept(address) : undefined;
  return kept ?? makePage(version, address, places);
}

/** `places` remembers which part of the plan an address was in: it is likely to be there again. */
async function makePage(version: Version, address: string, places: Map<string, number>): Promise<Shown | undefined> {
  const { parts, journal, failure, passing, aside } = version;
  if (journal === undefined) throw new JournalError(failure, exits.internal);
  const asides = aside.count;
  // A page that was kept needs none of this, and to load it takes longer than to find the page.
  const planner = await import("./site.ts");
  if (!hasDrawings(journal.root) && journal.listing.runs.length >= many) await expectFirst();
  const all = parts(planner);
  const kind = kindOf(address);
  const likely = places.get(address) ?? places.get(kind) ?? planner.likelyPart(address);
  const order = likely === undefined ? [...all.keys()] : [likely, ...all.keys()];
  const place = order.find((at) => all[at]?.().has(address));
  if (place === undefined) return undefined;
  places.set(address, place).set(kind, place);
  const content = await all[place]?.().get(address)?.make();
  if (aside.count > asides) passing.add(address);
  return content === undefined ? undefined : { content, hash: sha256(content).slice(0, 16) };
}

/** Runs whose analysis takes longer than another process needs to start. */
const many = 1000;

/** Once anything was drawn, nearly every chart is found: then nobody waits for what is not used. */
async function expectFirst(): Promise<void> {
  (await import("./chart-apart.ts")).expectCharts();
  // It starts before the analysis holds this thread.
  await new Promise(setImmediate);
}

/** `runs/*.html`; pages at the top are each of their own kind. */
const kindOf = (address: string): string => address.replace(/\/[^/]*(\.\w+)$/, "/*$1");

const mostFollowed = 50;

/** Attachments of the runs that go on, and of those whose pages are open. */
function growing(journal: Journal, addresses: readonly string[]): readonly string[] {
  const open = new Set(addresses.filter((address) => address.startsWith("runs/")));
  const folders = journal.summaries().flatMap(({ path, line }) => {
    const isRunning = line.includes('"status":"running"');
    if (!isRunning && open.size === 0) return [];
    const id = idOfLine(line);
    return isRunning || open.has(`runs/${pageName(id)}.html`) ? (attachmentFolder(path, id) ?? []) : [];
  });
  return [...new Set(folders)].slice(0, mostFollowed);
}
