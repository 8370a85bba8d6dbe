// A journal on disk. Nothing is read before it is asked for; what was read stays as it was until this object writes.

import { join, resolve } from "node:path";
import { sha256 } from "../base/hash.ts";
import { slug } from "../base/path.ts";
import { exits, JournalError, lineStarts, type Problem, place } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import { isoDate } from "../base/time.ts";
import { encode } from "../markdown/decode.ts";
import { type Done, type Edit, edit } from "../markdown/edit.ts";
import { type ParsedRun, placeKeys } from "../markdown/parse.ts";
import { printRun } from "../markdown/print.ts";
import type { Run, RunFile } from "../record/experiment.ts";
import { journalRules } from "../record/journal-rules.ts";
import type { NewRun } from "../record/new-run.ts";
import type { Settings, StudySettings } from "../record/settings.ts";
import { attachFile, removeRun } from "./attach.ts";
import { Cache, type Entry } from "./cache.ts";
import { type Effects, world } from "./effects.ts";
import { findPlace } from "./find.ts";
import { attachmentFolder, idOfName, isUsable, numberOf, takeId } from "./ids.ts";
import { Index } from "./index.ts";
import { twinWord } from "./kin.ts";
import { withLock } from "./lock.ts";
import { changedMeanwhile, damagedRuns, leftover, noJournal, noStudy, orphan, unreadRuns, unusableId } from "./messages.ts";
import { programKey } from "./program.ts";
import { type RunRead, readRun } from "./read.ts";
import { areRuns, findRoot, type Listing, listFiles, makePrivateFolder, type Place, runFolder } from "./root.ts";
import { placeInSettings, readSetup, type Setup } from "./settings.ts";
import { isLeftover } from "./sweep.ts";
import { checkNew, readTemplate } from "./template.ts";
import { createFile, renameFile, replaceFile } from "./writer.ts";

export interface Journal {
  /** Absolute folder of journal.yaml. */
  readonly root: string;
  readonly settings: Settings;
  /** "" is the default study. */
  readonly studies: ReadonlyMap<string, StudySettings>;
  /** All readable runs, in the order (start, number, id); or those of the given paths alone. */
  files(paths?: ReadonlySet<string>): readonly RunFile[];
  /** What the cache knows about the same runs without reading their facts. */
  summaries(): readonly Summary[];
  /** Paths of the runs that may be of the same configuration and code as this one, seeds aside; without reading their facts. */
  twins(run: Run): ReadonlySet<string>;
  /** The same runs as the lines that `list --json` prints. */
  listLines(): readonly string[];
  /** Everything that is wrong: the settings, each file, and what only shows across files. */
  problems(): readonly Problem[];
  /** By id, unique prefix, number, alias or path. Refuses with exit 3, naming the candidates. */
  find(reference: string): RunFile;
  read(reference: string): { readonly file: RunFile; readonly text: string; readonly parsed: ParsedRun };
  /** Changes the bytes of the named values only. Saves by somebody else in between are kept; where they touch those values, or never stop, it refuses with exit 4. */
  edit(reference: string, edits: readonly Edit[]): { readonly path: string; readonly changed: boolean; readonly done: readonly Done[] };
  create(run: Omit<NewRun, "id">, options?: CreateOptions): { readonly id: string; readonly path: string };
  /** Deletes the run's file and its attachments. */
  remove(reference: string): { readonly paths: readonly string[] };
  /** Copies a file of at most 1 MB beside the run. */
  attach(reference: string, source: string, name?: string): { readonly path: string };
  /** Gives the run's file the name its id and title ask for. */
  rename(reference: string): { readonly from: string; readonly to: string };
  /** What the walk through `experiments/` found, before any file is read. */
  readonly listing: Listing;
  /**
   * As it is now: only what changed is read, and unchanged runs stay the same objects. `runs` are files that are new, different or gone;
   * `setup` says whether settings, studies, attachments or damaged folders changed. With `only`, from the root, no other file is looked at.
   */
  reread(only?: ReadonlySet<string>): { readonly journal: Journal; readonly runs: readonly string[]; readonly setup: boolean };
  /**
   * Changes whenever anything above could answer otherwise; known by listing and hashing alone. Of what is `said`: but for how the prose of a
   * run is worded.
   */
  state(by?: "hash" | "said"): string;
}

export interface CreateOptions {
  readonly study?: string;
  /** A text; without one `templates/experiment.md` is used, else the built-in one. */
  readonly template?: string;
  /** Attachments, on disk before the run is: a run that is there is complete. */
  readonly files?: readonly { readonly name: string; readonly text: string }[];
  /** Called when everything is known, before any of it is on disk. */
  readonly announce?: (made: { readonly id: string; readonly path: string; readonly text: string }) => void;
}

export type Summary = Pick<Entry, "path" | "hash" | "twin" | "original" | "line">;

/** Opens the journal that `start` (a folder, or a file in it) belongs to. Refuses with exit 3 where there is none. */
export function openJournal(start: string, effects: Partial<Effects> = {}): Journal {
  return new OpenJournal(resolve(start), { ...world, ...effects });
}

const attempts = 6;
const isConflict = (error: unknown): boolean => error instanceof JournalError && error.problems[0]?.code === "store/changed-meanwhile";

class OpenJournal implements Journal {
  readonly root: string;
  private readonly start: string;
  private readonly effects: Effects;
  private setup: Setup | undefined;
  private listed: Listing | undefined;
  private indexed: Index | undefined;
  /** Whether somebody heard of the damage. */
  private told = false;
  /** Commands ask for one run several times over. */
  private latest: { readonly path: string; readonly read: RunRead | { readonly problem: Problem } } | undefined;

  constructor(start: string, effects: Effects) {
    this.root = findRoot(start);
    this.start = start;
    this.effects = effects;
  }

  get settings(): Settings {
    return this.open().settings;
  }

  get studies(): ReadonlyMap<string, StudySettings> {
    return this.open().studies;
  }

  get listing(): Listing {
    this.listed ??= listFiles(this.root);
    return this.listed;
  }

  files(paths?: ReadonlySet<string>): readonly RunFile[] {
    return this.whole().files(paths);
  }

  summaries(): readonly Summary[] {
    return this.whole().entries.filter(({ line }) => line !== "");
  }

  twins(run: Run): ReadonlySet<string> {
    const word = twinWord(run, this.ignored());
    return new Set(this.whole().entries.flatMap(({ path, twin }) => (twin !== "" && twin === word ? [path] : [])));
  }

  listLines(): readonly string[] {
    return this.whole().lines();
  }

  problems(): readonly Problem[] {
    this.told = true;
    const files = this.index().files();
    const across = journalRules.flatMap((rule) => rule({ files, settings: this.settings, studies: this.studies }));
    return [...this.open().problems, ...this.listing.problems, ...this.index().problems(), ...this.placed(across), ...this.litter(files)];
  }

  state(by: "hash" | "said" = "hash"): string {
    const { settings, studies, problems } = this.open();
    const { runs: _, ...listing } = this.listing;
    const { entries } = this.index();
    // Only time tells which temporary files were left behind; of most files the same is said on any day.
    const today = entries.some(({ day }) => day !== "") ? isoDate(this.effects.now()) : "";
    const time = listing.temporaries.length > 0 ? this.effects.now().getTime() : today;
    const files = entries.map((entry) => `${entry.path}\t${entry.study}\t${entry[by]}`);
    return sha256(JSON.stringify([programKey(), time, settings, [...studies], problems, listing, files.join("\n")]));
  }

  find(reference: string): RunFile {
    return this.read(reference).file;
  }

  read(reference: string): RunRead {
    return this.readPlace(this.place(reference));
  }

  edit(reference: string, edits: readonly Edit[]): { readonly path: string; readonly changed: boolean; readonly done: readonly Done[] } {
    const place = this.place(reference);
    return this.alone(place.path, () => {
      let seen: string | undefined;
      for (let attempt = 1; ; attempt++) {
        this.latest = undefined;
        const { text, bytes } = this.readPlace(place);
        const { text: next, done } = placing(place.path, text, () => edit(text, edits));
        const old = JSON.stringify(done.map((one) => one.old ?? null));
        seen ??= old;
        if (old !== seen) throw new JournalError(changedMeanwhile(place.path), exits.conflict);
        try {
          const changed = next !== text && replaceFile(join(this.root, place.path), encode(next), bytes, place.path);
          if (changed) this.forget();
          return { path: place.path, changed, done };
        } catch (error) {
          // Upon what was saved meanwhile the same edits lose nothing: a program that saves all the time must not starve us.
          if (attempt === attempts || !isConflict(error)) throw error;
        }
      }
    });
  }

  create(run: Omit<NewRun, "id">, options: CreateOptions = {}): { readonly id: string; readonly path: string } {
    const folder = this.studyFolder(options.study ?? "");
    this.refuseHidden();
    const template = options.template ?? readTemplate(this.root);
    const id = takeId(this.root, this.highestNumber(), this.effects);
    const path = `${folder}/${id}-${slug(run.title)}.md`;
    const text = printRun({ ...run, id }, template);
    checkNew(text, path, id);
    options.announce?.({ id, path, text });
    for (const { name, text } of options.files ?? []) createFile(join(this.root, `${folder}/${id}.files/${name}`), encode(text), name);
    createFile(join(this.root, path), encode(text), path);
    this.forget();
    return { id, path };
  }

  remove(reference: string): { readonly paths: readonly string[] } {
    const place = this.place(reference);
    return this.alone(place.path, () => {
      const id = this.idIn(place) ?? place.name.slice(0, -3);
      const paths = removeRun(this.root, place.path, attachmentFolder(place.path, id));
      this.forget();
      return { paths };
    });
  }

  attach(reference: string, source: string, name?: string): { readonly path: string } {
    const { path, run } = this.find(reference);
    const folder = attachmentFolder(path, run.id);
    if (folder === undefined) throw new JournalError(unusableId(path, run.id), exits.usage);
    return { path: attachFile(this.root, folder, resolve(this.start, source), name) };
  }

  rename(reference: string): { readonly from: string; readonly to: string } {
    const { path: from, run } = this.find(reference);
    if (!isUsable(run.id)) throw new JournalError(unusableId(from, run.id), exits.usage);
    const to = `${from.slice(0, from.lastIndexOf("/"))}/${run.id}-${slug(run.title)}.md`;
    if (to !== from) this.alone(from, () => renameFile(join(this.root, from), join(this.root, to), to));
    this.forget();
    return { from, to };
  }

  reread(only?: ReadonlySet<string>): ReturnType<Journal["reread"]> {
    const next = new OpenJournal(this.start, this.effects);
    if (next.root !== this.root) throw new JournalError(noJournal(this.root), exits.notFound);
    const known = only !== undefined && areRuns(this.root, only, this.listing.runs);
    if (known) [next.setup, next.listed] = [this.setup, this.listed];
    if (next.key() === this.key()) next.indexed = this.index().next(next.context(), next.listing.runs, only);
    next.told = this.told;
    const runs = next.index().changedSince(this.index(), only);
    return { journal: next, runs, setup: !known && next.outline() !== this.outline() };
  }

  /** A folder that cannot be read may hold any run: an empty journal would be a lie. */
  private refuseHidden(): void {
    if (this.listing.unreadable.length > 0) throw new JournalError(this.listing.unreadable, exits.internal);
  }

  /** All runs; says once what is damaged or left out. */
  private whole(): Index {
    this.refuseHidden();
    const index = this.index();
    if (this.told) return index;
    this.told = true;
    const { broken, unread } = index.damage();
    const out = [...unread, ...this.listing.problems.flatMap(({ severity, path }) => (severity === "error" && path ? [path] : []))];
    if (broken.length > 0) this.effects.warn(damagedRuns(broken));
    if (out.length > 0) this.effects.warn(unreadRuns(out));
    return index;
  }

  private open(): Setup {
    this.setup ??= readSetup(this.root, this.listing.studies);
    return this.setup;
  }

  private index(): Index {
    if (this.indexed !== undefined) return this.indexed;
    this.indexed = new Index(this.context(), new Cache(this.root, this.key(), this.effects), this.listing.runs);
    return this.indexed;
  }

  private context(): ConstructorParameters<typeof Index>[0] {
    const { root, settings, studies } = this;
    return { root, settings, studies: new Set(studies.keys()), today: isoDate(this.effects.now()), ignored: this.ignored() };
  }

  private ignored(): readonly string[] {
    return [...new Set([...this.studies.values()].flatMap(({ ignore }) => ignore))].sort();
  }

  /** Of what decides, besides a file's bytes, what it says. */
  private key(): string {
    return sha256(JSON.stringify([programKey(), this.settings, this.listing.studies, this.ignored()]));
  }

  /** Of everything but the run files. */
  private outline(): string {
    const { problems, attachments } = this.listing;
    return JSON.stringify([this.settings, [...this.studies], this.open().problems, problems, attachments]);
  }

  /** After a write of our own: what was read is no longer so. */
  private forget(): void {
    this.listed = undefined;
    this.indexed = undefined;
    this.latest = undefined;
  }

  private place(reference: string): Place {
    const { root, start } = this;
    return findPlace(reference, { root, start, places: this.listing.runs, idIn: (place) => this.idIn(place), files: () => this.files() });
  }

  private readPlace(place: Place): RunRead {
    const read = this.readOnce(place);
    if ("problem" in read) throw new JournalError(read.problem, read.problem.code === "store/vanished" ? exits.notFound : exits.usage);
    return read;
  }

  private readOnce(place: Place): RunRead | { readonly problem: Problem } {
    if (this.latest?.path !== place.path)
      this.latest = { path: place.path, read: readRun(this.root, place, new Set(this.listing.studies)) };
    return this.latest.read;
  }

  private idIn(place: Place): string | undefined {
    const read = this.readOnce(place);
    return "problem" in read ? undefined : read.file.run.id;
  }

  /** Only files whose names do not tell are looked into. */
  private highestNumber(): number {
    const named = this.listing.runs.map(({ name }) => idOfName(name)?.number);
    const numbers = named.includes(undefined) ? [...named, ...this.files().map(({ run }) => numberOf(run.id))] : named;
    return numbers.reduce<number>((highest, number) => Math.max(highest, number ?? 0), 0);
  }

  private studyFolder(study: string): string {
    if (study === "") return runFolder;
    const known = this.listing.studies;
    if (!known.includes(study)) throw new JournalError(noStudy(study, known, suggest(study, known)), exits.notFound);
    return `${runFolder}/${study}`;
  }

  /** Two commands on one run take turns. Where no lock can be made, comparing before replacing still protects hand edits. */
  private alone<T>(path: string, work: () => T): T {
    let folder: string;
    try {
      folder = makePrivateFolder(this.root, "locks");
    } catch {
      return work();
    }
    return withLock(join(folder, sha256(path).slice(0, 16)), work);
  }

  /** Rules across files name keys; only the files they name are parsed again to find the lines. */
  private placed(problems: readonly Problem[]): readonly Problem[] {
    const places = new Map(this.listing.runs.map((place) => [place.path, place]));
    const reads = new Map<string, ReturnType<typeof readRun>>();
    return problems.map((problem) => {
      const { path = "", key } = problem;
      const place = places.get(path);
      if (key === undefined || path === "") return problem;
      if (place === undefined) return placeInSettings(this.root, path, problem);
      const read = reads.get(path) ?? readRun(this.root, place, new Set(this.listing.studies));
      reads.set(path, read);
      return "problem" in read ? problem : placeKeys(problem, read.parsed, read.text);
    });
  }

  private litter(files: readonly RunFile[]): readonly Problem[] {
    const { temporaries, attachments, runs } = this.listing;
    if (temporaries.length + attachments.length === 0) return [];
    const owners = new Set([
      ...files.map(({ path, run }) => attachmentFolder(path, run.id)),
      ...runs.map(({ path, name }) => attachmentFolder(path, idOfName(name)?.id ?? name.slice(0, -3))),
    ]);
    return [
      ...temporaries.filter((path) => isLeftover(join(this.root, path), this.effects.now())).map(leftover),
      ...attachments.filter((path) => !owners.has(path)).map(orphan),
    ];
  }
}

/** A refusal of the text room knows an offset; people want file, line and column. */
function placing<T>(path: string, text: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    const starts = lineStarts(text);
    throw new JournalError(
      error.problems.map((problem) => place(problem, path, starts)),
      error.exit,
    );
  }
}
