// journal → site: what an earlier build made from the same inputs stays; everything else is made and written one file at a time.

import { join } from "node:path";
import { sha256 } from "../base/hash.ts";
import type { Problem } from "../base/problem.ts";
import type { Journal } from "../store/journal.ts";
import { holdLock } from "../store/lock.ts";
import { makeFolder } from "../store/make-folder.ts";
import { makePrivateFolder } from "../store/root.ts";
import { type Assets, readAssets } from "./assets.ts";
import { compileLess } from "./compiler.ts";
import { openMemory } from "./findings.ts";
import { checkFolder } from "./folder.ts";
import { type Inputs, inputsOf, movedSince } from "./inputs.ts";
import { type Found, lookAt } from "./look.ts";
import { type Counts, type Manifest, nothingLeft, readManifest, writeManifest } from "./manifest.ts";
import { type Output, openOutput, outputAsLeft } from "./output.ts";
import type { Plan } from "./plan.ts";
import { siteKey } from "./site-key.ts";
import type { ThreadOptions } from "./write-all.ts";

export interface BuildOptions {
  /** Nothing that an earlier build left is believed: everything is made anew. */
  readonly clean?: boolean;
  /** False: every text goes through the full markdown and YAML parsers. */
  readonly lanes?: boolean;
  /** Of the second thread that writes where it is much. */
  readonly thread?: ThreadOptions;
  /** Called before each file. */
  readonly progress?: (done: number, all: number) => void;
  /** Called at the end of each phase. */
  readonly phase?: (name: string) => void;
  /** The clock that the times of files are compared with, in ms. */
  readonly now?: () => number;
}

export interface Built {
  readonly written: number;
  readonly same: number;
  readonly removed: number;
  /** Of the journal; they never stop a build. */
  readonly problems: Counts;
}

export async function buildSite(journal: Journal, folder: string, options: BuildOptions = {}): Promise<Built> {
  compileLess();
  checkFolder(folder, journal.root);
  makeFolder(folder);
  const free = holdFolder(journal.root, folder);
  try {
    const assets = readAssets();
    const key = siteKey(assets, options.lanes ?? true);
    const clock = options.now ?? Date.now;
    const began = clock();
    const now = { key, ...(await inputsOf(journal, clock())) };
    options.phase?.("open");
    const before = options.clean === true ? nothingLeft : readManifest(journal.root, folder, key);
    const found =
      before.inputs === "" || before.inputs !== now.inputs ? undefined : outputAsLeft(folder, before, (path) => lookAt(journal.root, path));
    options.phase?.("compare");
    if (found !== undefined) return unchanged(journal.root, folder, { ...before, ...now, since: clock(), files: found }, before);
    const work = { assets, before, now, began, options };
    return (await rewordOnly(journal, folder, work)) ?? (await buildChanges(journal, folder, work));
  } finally {
    free();
  }
}

/** Looks that were too young to be believed are older now. */
function unchanged(root: string, folder: string, now: Manifest, before: Manifest): Built {
  const moved = [...now.files].some(([path, left]) => before.files.get(path) !== left);
  if (moved) save(root, folder, now);
  return { written: 0, same: now.files.size, removed: 0, problems: now.problems };
}

interface Work {
  readonly assets: Assets;
  readonly before: Manifest;
  readonly now: Pick<Manifest, "key"> & Inputs;
  /** In ms. */
  readonly began: number;
  readonly options: BuildOptions;
}

/** Nothing where more than the wording of some runs changed. */
async function rewordOnly(journal: Journal, folder: string, { before, now, options }: Work): Promise<Built | undefined> {
  if (before.said === "" || before.said !== now.said) return undefined;
  const { reword } = await import("./reword.ts");
  const reworded = reword(journal, folder, { before, now, lanes: options.lanes ?? true });
  if (reworded === undefined) return undefined;
  const { written, files, texts } = reworded;
  save(journal.root, folder, { ...before, ...now, since: (options.now ?? Date.now)(), files, texts });
  options.phase?.("reword");
  return { written, same: files.size - written, removed: 0, problems: before.problems };
}

async function buildChanges(journal: Journal, folder: string, { assets, before, now, began, options }: Work): Promise<Built> {
  // Not imported above: the process is started from a file that holds nothing else.
  (await import("./chart-apart.ts")).expectCharts();
  const [{ openSite, planFiles }, { writeAll }, { textsOf }, { runPages }] = await Promise.all([
    import("./site.ts"),
    import("./write-all.ts"),
    import("./reword.ts"),
    import("./run-pages.ts"),
  ]);
  options.phase?.("load");
  const files = journal.files();
  options.phase?.("read");
  const questions = recordQuestions();
  const lanes = options.lanes === undefined ? {} : { lanes: options.lanes };
  const memory = openMemory(before.found);
  const site = openSite(journal, assets, { ...lanes, asked: questions.ask, known: memory.known });
  options.phase?.("analyse");
  const plan = planFiles(site);
  options.phase?.("plan");
  const output = openOutput(folder, before, plan.keys(), (path) => lookAt(journal.root, path));
  const { stale, keys } = findStale(plan, output);
  const asked = questions.take();
  options.phase?.("keys");
  const written = await writeAll(stale, {
    site,
    plan,
    keys,
    output,
    before,
    asked: questions.take,
    ...(options.progress === undefined ? {} : { progress: options.progress }),
    ...(options.thread === undefined ? {} : { thread: options.thread }),
  });
  options.phase?.("make and write");
  // A run that cannot be read at the moment is not gone: its page stays as it was.
  const unread = journal.listing.runs.length > files.length;
  const removed = output.finish((path) => unread && path.startsWith("runs/"));
  const problems = count(site.problems());
  const texts = textsOf(journal.summaries(), runPages(site));
  const left = { asked, rows: rowsOf(plan), texts, found: memory.all(), files: output.files };
  const manifest = { ...now, since: (options.now ?? Date.now)(), problems, ...left };
  save(journal.root, folder, movedSince(journal, began) || output.files.size < plan.size ? inDoubt(manifest, stale) : manifest);
  options.phase?.("finish");
  return { written, same: plan.size - written, removed, problems };
}

/** Files of the journal moved under the build: what it made may show something in between, so the next one makes it again. */
function inDoubt(manifest: Manifest, made: readonly string[]): Manifest {
  const files = new Map(manifest.files);
  for (const path of made) {
    const left = files.get(path);
    if (left !== undefined) files.set(path, { ...left, key: "" });
  }
  return { ...manifest, inputs: "", said: "", files };
}

/** What is asked about the journal's folders, between two takings. */
function recordQuestions(): { readonly ask: (path: string, found: Found) => void; readonly take: () => Readonly<Record<string, Found>> } {
  let asked = new Map<string, Found>();
  return {
    ask: (path, found) => void asked.set(path, found),
    take() {
      const all = Object.fromEntries(asked);
      asked = new Map();
      return all;
    },
  };
}

function findStale(plan: Plan, output: Output): { readonly stale: readonly string[]; readonly keys: ReadonlyMap<string, string> } {
  const stale: string[] = [];
  const keys = new Map<string, string>();
  for (const [path, { key }] of plan) {
    const own = key === undefined ? "" : sha256(key()).slice(0, 32);
    keys.set(path, own);
    if (own === "" || !output.holds(path, own)) stale.push(path);
  }
  return { stale, keys };
}

function rowsOf(plan: Plan): Manifest["rows"] {
  return Object.fromEntries([...plan].flatMap(([path, { rows }]) => (rows === undefined ? [] : [[path, rows()]])));
}

function count(problems: readonly Problem[]): Counts {
  const of = (severity: Problem["severity"]): number => problems.filter((problem) => problem.severity === severity).length;
  return { errors: of("error"), warnings: of("warning"), notes: of("note") };
}

/** Two builds into one folder take turns. Where no lock can be made, renaming whole files still protects every page. */
function holdFolder(root: string, folder: string): () => void {
  let locks: string;
  try {
    locks = makePrivateFolder(root, "locks");
  } catch {
    return () => {};
  }
  return holdLock(join(locks, `site-${sha256(folder).slice(0, 16)}`));
}

/** Without a manifest the next build is slower and nothing else. */
function save(root: string, folder: string, manifest: Manifest): void {
  try {
    writeManifest(root, folder, manifest);
  } catch {
    // the store says once that its cache cannot be written
  }
}
