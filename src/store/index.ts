// The runs of a journal as they are now: what the cache knows, and what has to be read again.

import { join } from "node:path";
import { sha256 } from "../base/hash.ts";
import type { Problem } from "../base/problem.ts";
import type { RunFile } from "../record/experiment.ts";
import { type Cache, type Entry, type FactsLine, isSettled, type Look, parseProblems } from "./cache.ts";
import { type Context, type Facts, readFacts } from "./facts.ts";
import { numberOf } from "./ids.ts";
import { idOfLine, isBrokenLine } from "./list-line.ts";
import { lookAt, parseBytes, readPlain } from "./read.ts";
import { readTogether } from "./read-together.ts";
import type { Place } from "./root.ts";

const few = 200;
const none: ReadonlyMap<string, Facts> = new Map();

export class Index {
  /** In the order (start, number, id). */
  readonly entries: readonly Entry[];
  private readonly context: Context;
  private readonly cache: Cache;
  private readonly places: ReadonlyMap<string, Place>;
  /** Asked for several times by one command; not held against the need for memory. */
  private whole: WeakRef<readonly RunFile[]> | undefined;
  /** Values that an earlier look at the same journal read, until they are asked for. */
  private held: ReadonlyMap<string, RunFile>;
  /** A time before the first file was looked at. */
  private readonly since: number;
  private learned = 0;
  /** So few changes are not worth writing: the next start reads those files again. */
  private readonly spare: number;

  /** With an index of the same context only what changed since is read, and unchanged values stay the same objects. */
  constructor(context: Context, cache: Cache, places: readonly Place[], before?: Index, only?: ReadonlySet<string>) {
    this.since = before !== undefined && only !== undefined ? before.since : Date.now();
    this.context = context;
    this.cache = cache;
    this.places = new Map(places.map((place) => [place.path, place]));
    this.held = new Map(before?.whole?.deref()?.map((file) => [file.path, file]));
    this.spare = before === undefined ? 0 : few;
    this.entries = (before === undefined ? this.load() : this.renew(before, only)).sort(byOrder);
  }

  /** Runs that are not as they were in another index: new, changed, gone. */
  changedSince(before: Index, only?: ReadonlySet<string>): readonly string[] {
    const asked = ({ entries }: Index) => (only === undefined ? entries : entries.filter(({ path }) => only.has(path)));
    const old = new Map(asked(before).map((entry) => [entry.path, entry]));
    const differs = (entry: Entry): boolean => {
      const other = old.get(entry.path);
      return other !== entry && (other?.hash !== entry.hash || other.study !== entry.study);
    };
    const changed = asked(this).filter(differs);
    const gone = asked(before).filter(({ path }) => !this.places.has(path));
    return [...changed, ...gone].map(({ path }) => path);
  }

  /** The same cache, for the next look. */
  next(context: Context, places: readonly Place[], only?: ReadonlySet<string>): Index {
    return new Index(context, this.cache, places, this, only);
  }

  /** All, or those of the given paths. */
  files(paths?: ReadonlySet<string>): readonly RunFile[] {
    if (paths !== undefined) return this.read(paths);
    const known = this.whole?.deref();
    if (known !== undefined) return known;
    const files = this.read();
    this.whole = new WeakRef(files);
    this.held = new Map();
    return files;
  }

  private read(paths?: ReadonlySet<string>): readonly RunFile[] {
    const wanted = this.entries.filter(({ line, path }) => line !== "" && (paths?.has(path) ?? true));
    // Each part of the cache holds some runs of all times: a few runs are sooner read from their files.
    const read = paths !== undefined && wanted.length <= few ? (entry: Entry) => this.readFile(entry) : (entry: Entry) => this.file(entry);
    const files = wanted.map(read).filter((file) => file !== undefined);
    this.flush();
    return files;
  }

  lines(): readonly string[] {
    return this.entries.flatMap(({ line }) => (line === "" ? [] : [line]));
  }

  /** Files whose values do not count, and files that are not read at all. */
  damage(): { readonly broken: readonly string[]; readonly unread: readonly string[] } {
    const pathsOf = (is: (line: string) => boolean): readonly string[] =>
      this.entries.filter(({ line }) => is(line)).map(({ path }) => path);
    return { broken: pathsOf(isBrokenLine), unread: pathsOf((line) => line === "") };
  }

  /** Each file's own problems, in the order of the entries. */
  problems(): readonly Problem[] {
    const problems = this.entries.flatMap((entry) => parseProblems(this.facts(entry)));
    this.flush();
    return problems;
  }

  private load(): Entry[] {
    const known = this.cache.entries();
    const { entries, reread } = this.look(known, (old, look) => this.cache.trusts(old, look));
    if (reread > 0 || known.size !== this.places.size) this.cache.saveEntries(entries, this.since);
    this.flush();
    return entries;
  }

  private renew(before: Index, only?: ReadonlySet<string>): Entry[] {
    const known = new Map(before.entries.map((entry) => [entry.path, entry]));
    const { entries } = this.look(known, (old, look) => isSettled(old, look, before.since), only);
    if (this.learned > this.spare) this.cache.saveEntries(entries, this.since);
    this.flush();
    return entries;
  }

  private look(known: ReadonlyMap<string, Entry>, trusts: (old: Entry, look: Look) => boolean, only?: ReadonlySet<string>) {
    const entries: Entry[] = [];
    const fresh =
      only === undefined
        ? readTogether(
            [...this.places.values()].filter(({ path }) => !known.has(path)),
            this.context,
          )
        : none;
    let reread = 0;
    // In the order of the cache, so that sorting finds most of it done.
    const ordered = [...known.keys()].flatMap((path) => this.places.get(path) ?? []);
    for (const place of [...ordered, ...[...this.places.values()].filter(({ path }) => !known.has(path))]) {
      const facts = fresh.get(place.path);
      if (facts !== undefined) {
        reread += 1;
        entries.push(this.keep(facts).entry);
        continue;
      }
      const old = known.get(place.path);
      if (only !== undefined && old !== undefined && !only.has(place.path)) {
        entries.push(old);
        continue;
      }
      // Not by `join`, which takes as long as the look itself.
      const look = lookAt(`${this.context.root}/${place.path}`);
      // What could not be read once (a disk error, a permission) may be readable now, and look the same.
      const trusted = old !== undefined && old.line !== "" && old.study === place.study && trusts(old, look);
      if (!trusted) reread += 1;
      entries.push(trusted ? old : this.reread(place, look, old));
    }
    return { entries, reread };
  }

  /** The same bytes in the same study need no parsing, however the file looks now. */
  private reread(place: Place, look: Look, old: Entry | undefined): Entry {
    const read = readPlain(join(this.context.root, place.path), place.path);
    if (read.problem === undefined && old !== undefined && old.study === place.study && old.line !== "" && sha256(read.bytes) === old.hash)
      return { ...old, ...look };
    return this.learn(place, look, read.problem === undefined ? read.bytes : read.problem).entry;
  }

  /** Values are not held: their lines are smaller, and few commands need them. */
  private learn(place: Place, look: Look, source: Uint8Array | Problem): Facts {
    return this.keep(readFacts(place, look, source, this.context));
  }

  private keep(facts: Facts): Facts {
    this.learned += 1;
    this.cache.keep(facts.entry.path, facts.line);
    return facts;
  }

  private readFile(entry: Entry): RunFile | undefined {
    const { path, study } = entry;
    const { bytes } = readPlain(join(this.context.root, path), path);
    const read =
      bytes === undefined ? undefined : parseBytes(bytes, this.places.get(path) ?? { path, name: path, study }, this.context.studies);
    return read === undefined || "problem" in read ? undefined : read.file;
  }

  private file(entry: Entry): RunFile | undefined {
    const held = this.held.get(entry.path);
    if (held?.hash === entry.hash) return held;
    const { facts } = this.facts(entry);
    return facts === "" ? undefined : { path: entry.path, hash: entry.hash, ...(JSON.parse(facts) as Omit<RunFile, "path" | "hash">) };
  }

  /** From the cache; where its facts are lost or were true on another day only, from the file. */
  private facts(entry: Entry): FactsLine {
    const line = this.cache.facts(entry.path, entry.hash);
    if (line !== undefined && (line.day === "" || line.day === this.context.today)) return line;
    const read = readPlain(join(this.context.root, entry.path), entry.path);
    const place = this.places.get(entry.path) ?? { path: entry.path, name: entry.path, study: entry.study };
    return this.learn(place, entry, read.problem === undefined ? read.bytes : read.problem).line;
  }

  private flush(): void {
    if (this.learned >= this.spare) this.cache.flush(new Set(this.places.keys()));
  }
}

function byOrder(a: Entry, b: Entry): number {
  if (a.start !== b.start) return a.start - b.start;
  if (a.line === "" || b.line === "") return a.path < b.path ? -1 : 1;
  const [left, right] = [idOfLine(a.line), idOfLine(b.line)];
  if (left === right) return a.path < b.path ? -1 : 1;
  return (numberOf(left) ?? 0) - (numberOf(right) ?? 0) || (left < right ? -1 : 1);
}
