// The runs of a journal as they are now: what the cache knows, and what has to be read again.

import { statSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../base/hash.ts";
import type { Problem } from "../base/problem.ts";
import { placeKeys } from "../markdown/parse.ts";
import type { RunFile } from "../record/experiment.ts";
import { runRules } from "../record/run-rules.ts";
import type { Settings } from "../record/settings.ts";
import { type Cache, type Entry, type FactsLine, type Look, parseProblems } from "./cache.ts";
import { idOfLine, listLine, startOf } from "./list-line.ts";
import { numberOf } from "./ids.ts";
import { parseBytes, readPlain, type RunRead } from "./read.ts";
import type { Place } from "./root.ts";

/** What decides, besides its bytes, what a file says. */
export interface Context {
  readonly root: string;
  readonly settings: Settings;
  /** Names of the studies there are. */
  readonly studies: ReadonlySet<string>;
  /** `2026-11-20` */
  readonly today: string;
}

interface Facts {
  readonly entry: Entry;
  readonly line: FactsLine;
  readonly file: RunFile | undefined;
  readonly problems: readonly Problem[];
}

/** A day after all others: rules that answer differently then depend on today. */
const lastDay = "9999-12-31";

export class Index {
  /** In the order (start, number, id). */
  readonly entries: readonly Entry[];
  private readonly context: Context;
  private readonly cache: Cache;
  private readonly places: ReadonlyMap<string, Place>;
  private readonly fresh: Map<string, Facts> = new Map();

  constructor(context: Context, cache: Cache, places: readonly Place[]) {
    this.context = context;
    this.cache = cache;
    this.places = new Map(places.map((place) => [place.path, place]));
    this.entries = this.refresh().sort(byOrder);
  }

  files(): readonly RunFile[] {
    const files = this.entries.flatMap((entry) => (entry.line === "" ? [] : [this.file(entry)])).filter((file) => file !== undefined);
    this.flush();
    return files;
  }

  lines(): readonly string[] {
    return this.entries.flatMap(({ line }) => (line === "" ? [] : [line]));
  }

  /** Each file's own problems, in the order of the entries. */
  problems(): readonly Problem[] {
    const problems = this.entries.flatMap((entry) => this.own(entry));
    this.flush();
    return problems;
  }

  private refresh(): Entry[] {
    const since = Date.now();
    const known = this.cache.entries();
    const entries: Entry[] = [];
    let changed = known.size !== this.places.size;
    for (const place of this.places.values()) {
      const old = known.get(place.path);
      const look = lookAt(join(this.context.root, place.path));
      const trusted = old !== undefined && old.study === place.study && this.cache.trusts(old, look);
      changed ||= !trusted;
      entries.push(trusted ? old : this.reread(place, look, old));
    }
    if (changed) this.cache.saveEntries(entries, since);
    this.flush();
    return entries;
  }

  /** The same bytes in the same study need no parsing, however the file looks now. */
  private reread(place: Place, look: Look, old: Entry | undefined): Entry {
    const read = readPlain(join(this.context.root, place.path), place.path);
    if (read.problem === undefined && old !== undefined && old.study === place.study && sha256(read.bytes) === old.hash) return { ...old, ...look };
    return this.learn(place, look, read.problem === undefined ? read.bytes : read.problem).entry;
  }

  private learn(place: Place, look: Look, source: Uint8Array | Problem): Facts {
    const facts = readFacts(place, look, source, this.context);
    this.fresh.set(place.path, facts);
    this.cache.keep(place.path, facts.line);
    return facts;
  }

  private file(entry: Entry): RunFile | undefined {
    const known = this.fresh.get(entry.path) ?? this.cached(entry);
    if ("entry" in known) return known.file;
    return { path: entry.path, hash: entry.hash, ...(JSON.parse(known.facts) as Omit<RunFile, "path" | "hash">) };
  }

  private own(entry: Entry): readonly Problem[] {
    const known = this.fresh.get(entry.path) ?? this.cached(entry);
    return "entry" in known ? known.problems : parseProblems(known);
  }

  /** From the cache; where its facts are lost or were true on another day only, from the file. */
  private cached(entry: Entry): FactsLine | Facts {
    const line = this.cache.facts(entry.path, entry.hash);
    if (line !== undefined && (line.day === "" || line.day === this.context.today)) return line;
    const read = readPlain(join(this.context.root, entry.path), entry.path);
    const place = this.places.get(entry.path) ?? { path: entry.path, name: entry.path, study: entry.study };
    return this.learn(place, entry, read.problem === undefined ? read.bytes : read.problem);
  }

  private flush(): void {
    this.cache.flush(new Set(this.places.keys()));
  }
}

function readFacts(place: Place, look: Look, source: Uint8Array | Problem, context: Context): Facts {
  const read = source instanceof Uint8Array ? parseBytes(source, place, context.studies) : { problem: source };
  const hash = source instanceof Uint8Array ? sha256(source) : sha256(JSON.stringify([look, source.code]));
  const known = { ...look, path: place.path, study: place.study, hash };
  if ("problem" in read) {
    const problems = [read.problem];
    return { entry: { ...known, start: 0, line: "" }, line: { hash, day: "", problems: JSON.stringify(problems), facts: "" }, file: undefined, problems };
  }
  const { file } = read;
  const { problems, day } = ruled(read, context);
  const { path: _path, hash: _hash, ...facts } = file;
  return {
    entry: { ...known, start: startOf(file.run), line: listLine(file) },
    line: { hash, day, problems: JSON.stringify(problems), facts: JSON.stringify(facts) },
    file,
    problems,
  };
}

/** The reader's problems and the rules'; a file that could not be parsed is not held to rules as well. */
function ruled({ file, text, parsed }: RunRead, context: Context): { readonly problems: readonly Problem[]; readonly day: string } {
  if (parsed.broken) return { problems: parsed.problems, day: "" };
  const { run, body, path } = file;
  const judge = (today: string): readonly Problem[] => runRules.flatMap((rule) => rule({ run, body, path, settings: context.settings, today }));
  const found = judge(context.today);
  const day = found.length === judge(lastDay).length ? "" : context.today;
  return { problems: [...parsed.problems, ...found.map((problem) => placeKeys({ ...problem, path }, parsed, text))], day };
}

/** A file that is gone by now has no look that anything equals. */
function lookAt(path: string): Look {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? { size: -1, mtime: -1, ctime: -1 } : { size: stats.size, mtime: stats.mtimeMs, ctime: stats.ctimeMs };
}

function byOrder(a: Entry, b: Entry): number {
  if (a.start !== b.start) return a.start - b.start;
  if (a.line === "" || b.line === "") return a.path < b.path ? -1 : 1;
  const [left, right] = [idOfLine(a.line), idOfLine(b.line)];
  return (numberOf(left) ?? 0) - (numberOf(right) ?? 0) || (left < right ? -1 : 1);
}
