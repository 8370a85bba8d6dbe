// Other tools' records in: a folder of logs becomes one run file per run, with its curves beside it. A second time nothing changes.

import { basename, join, relative, resolve, sep } from "node:path";
import { exits, JournalError, type Problem } from "../base/problem.ts";
import type { StudySettings } from "../record/settings.ts";
import { usualIn } from "../record/share.ts";
import type { Journal } from "../store/journal.ts";
import { look } from "../store/make-folder.ts";
import { changedLog, damagedLog, hiddenSecret, noLogs, noSuchFolder, shareGuessed, tooManyFiles } from "./messages.ts";
import { type ImportContext, type ImportPlan, planImport, type Source, sourceIn } from "./plan-import.ts";
import { type ReadLog, readLog } from "./read-log.ts";
import { mostFiles, scanLogs } from "./scan.ts";

export interface ImportOptions {
  readonly study: StudySettings;
  readonly dryRun: boolean;
  readonly now: Date;
  /** Called before each run is read. */
  readonly progress: (done: number, all: number) => void;
}

export interface Imported {
  readonly source: Source;
  readonly title: string;
  readonly date: string;
  readonly status: string;
  readonly metrics: readonly string[];
  readonly curves: number;
  readonly points: number;
  /** Absent in a dry run. */
  readonly id?: string;
  readonly path?: string;
}

export interface ImportResult {
  readonly made: readonly Imported[];
  /** In the journal already. */
  readonly known: readonly { readonly path: string; readonly id: string }[];
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
  readonly warnings: readonly Problem[];
}

/** `folder` is absolute. */
export function importLogs(journal: Journal, folder: string, options: ImportOptions): ImportResult {
  if (look(folder)?.isDirectory() !== true) throw new JournalError(noSuchFolder(folder), exits.notFound);
  const own = new Set(["experiments", "_site"].map((name) => join(journal.root, name)));
  const { runs, cut } = scanLogs(folder, journal.settings.capture.patterns, own);
  const sorting = new Sorting(journal, folder, options);
  if (cut) sorting.warnings.push(tooManyFiles(mostFiles));
  const common = commonFolder(runs.map(({ path }) => path));
  for (const [index, run] of runs.entries()) {
    options.progress(index, runs.length);
    sorting.add(readLog(folder, run), run.path.slice(common.length) || basename(resolve(folder, run.path)));
  }
  const { plans, known, skipped, warnings } = sorting;
  if (plans.length + known.length + skipped.length === 0) throw new JournalError(noLogs(folder), exits.notFound);
  plans.sort((one, other) => (one.plan.run.date < other.plan.run.date ? -1 : one.plan.run.date > other.plan.run.date ? 1 : 0));
  return { made: plans.map((one) => make(journal, one, options)), known, skipped, warnings };
}

interface Planned {
  readonly plan: ImportPlan;
  readonly points: number;
  readonly curves: number;
}

function make(journal: Journal, { plan: { run, files, source }, points, curves }: Planned, options: ImportOptions): Imported {
  const created = options.dryRun ? {} : journal.create(run, { study: options.study.name, files });
  const metrics = (run.metrics ?? []).map(({ name }) => name);
  return { source, title: run.title, date: run.date, status: run.status, metrics, points, curves, ...created };
}

/** What becomes a run, what is one already, and what is left out. */
class Sorting {
  readonly plans: Planned[] = [];
  readonly known: { path: string; id: string }[] = [];
  readonly skipped: { path: string; why: string }[] = [];
  readonly warnings: Problem[] = [];
  private readonly root: string;
  private readonly folder: string;
  private readonly options: ImportOptions;
  private readonly taken: Taken;
  private readonly usual: ImportContext["usual"];

  constructor(journal: Journal, folder: string, options: ImportOptions) {
    this.root = journal.root;
    this.folder = folder;
    this.options = options;
    this.taken = new Taken(journal.files());
    this.usual = usualIn(journal.files(), { study: options.study.name });
  }

  add(log: ReadLog, place: string): void {
    const { study, now } = this.options;
    const path = this.pathOf(log.path);
    const plan = planImport(log, {
      study,
      known: this.taken.metrics(study.name),
      usual: this.usual,
      shown: path,
      place,
      now: now.getTime(),
    });
    if ("why" in plan) {
      // Any text may lie beside a log: only what was meant as one is worth a word.
      if (log.tool !== "text") this.skipped.push({ path, why: plan.why });
      return;
    }
    const before = this.taken.find(plan.source);
    if (before?.same === true) this.known.push({ path, id: before.id });
    else if (before !== undefined) {
      this.warnings.push(changedLog(path, before.id));
      this.skipped.push({ path, why: `it changed since it was imported as ${before.id}` });
    } else this.take(plan, log, path);
  }

  private take(plan: ImportPlan, { told, damaged }: ReadLog, path: string): void {
    const curves = [...told.series.values()].filter(({ count }) => count > 1).length;
    this.plans.push({ plan, points: told.count, curves });
    this.taken.add(plan.source, path);
    this.warnings.push(...damaged.map((one) => damagedLog(this.pathOf(one.path), one.what)));
    this.warnings.push(...plan.secrets.map((name) => hiddenSecret(path, name)));
    this.warnings.push(...plan.guesses.map((words) => shareGuessed(path, words)));
  }

  /** As the journal names it, from its root. */
  private pathOf(path: string): string {
    return relative(this.root, resolve(this.folder, path)).replaceAll(sep, "/") || ".";
  }
}

/** What all paths begin with, up to the last folder. */
function commonFolder(paths: readonly string[]): string {
  const [first = ""] = paths;
  let length = 0;
  for (let at = first.indexOf("/"); at !== -1; at = first.indexOf("/", at + 1)) {
    if (!paths.every((path) => path.startsWith(first.slice(0, at + 1)))) break;
    length = at + 1;
  }
  return first.slice(0, length);
}

/** What the journal's runs were imported from. */
class Taken {
  private readonly bySource = new Map<string, { readonly id: string; readonly sha256: string | undefined }>();
  private readonly names = new Map<string, Set<string>>();

  constructor(files: ReturnType<Journal["files"]>) {
    for (const { run, study } of files) {
      this.add(sourceIn(run.source), run.id);
      const names = this.names.get(study) ?? new Set();
      this.names.set(study, names);
      for (const { name } of run.metrics) names.add(name);
    }
  }

  metrics(study: string): ReadonlySet<string> {
    return this.names.get(study) ?? new Set();
  }

  /** The same bytes anywhere, or the same place or name of the tool's. */
  find(source: Source): { readonly id: string; readonly same: boolean } | undefined {
    const found = keysOf(source)
      .map((key) => this.bySource.get(key))
      .find((one) => one !== undefined);
    return found === undefined ? undefined : { id: found.id, same: found.sha256 === source.sha256 };
  }

  add(source: Partial<Source>, id: string): void {
    for (const key of keysOf(source)) this.bySource.set(key, { id, sha256: source.sha256 });
  }
}

function keysOf({ tool, path, sha256, id }: Partial<Source>): readonly string[] {
  return [
    ...(sha256 === undefined ? [] : [`sha256 ${sha256}`]),
    ...(tool === undefined || id === undefined ? [] : [`id ${tool} ${id}`]),
    ...(tool === undefined || path === undefined ? [] : [`path ${tool} ${path}`]),
  ];
}
