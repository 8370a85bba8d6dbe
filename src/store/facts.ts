// What the bytes of one run file say, as the cache keeps it.

import { statSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../base/hash.ts";
import type { Problem } from "../base/problem.ts";
import { placeKeys } from "../markdown/parse.ts";
import { type RunRule, runRules, timelyRules } from "../record/run-rules.ts";
import type { Settings } from "../record/settings.ts";
import { find } from "../record/tree.ts";
import type { Entry, FactsLine, Look } from "./cache.ts";
import { twinWord } from "./kin.ts";
import { listLine, startOf } from "./list-line.ts";
import { parseBytes, type RunRead, readPlain } from "./read.ts";
import type { Place } from "./root.ts";

/** What decides, besides its bytes, what a file says. */
export interface Context {
  readonly root: string;
  readonly settings: Settings;
  /** Names of the studies there are. */
  readonly studies: ReadonlySet<string>;
  /** `2026-11-20` */
  readonly today: string;
  /** Parameters that some study ignores. */
  readonly ignored?: readonly string[];
}

export interface Facts {
  readonly entry: Entry;
  readonly line: FactsLine;
}

/** A day after all others: rules that answer differently then depend on today. */
const lastDay = "9999-12-31";

/** As the file stands there now. */
export function readPlace(place: Place, context: Context): Facts {
  const real = join(context.root, place.path);
  const look = lookAt(real);
  const { bytes, problem } = readPlain(real, place.path);
  return readFacts(place, look, problem === undefined ? bytes : problem, context);
}

export function readFacts(place: Place, look: Look, source: Uint8Array | Problem, context: Context): Facts {
  const read = source instanceof Uint8Array ? parseBytes(source, place, context.studies) : { problem: source };
  if ("problem" in read) {
    const hash = sha256(source instanceof Uint8Array ? source : JSON.stringify([look, source.code]));
    return {
      entry: { ...look, path: place.path, study: place.study, hash, said: hash, start: 0, day: "", twin: "", original: "", line: "" },
      line: { hash, day: "", problems: JSON.stringify([read.problem]), facts: "" },
    };
  }
  const { file } = read;
  const { problems, day } = ruled(read, context);
  const { path, hash, ...facts } = file;
  const digests = digestsOf(read, problems);
  return {
    entry: {
      ...look,
      path,
      study: place.study,
      hash,
      said: digests.said,
      start: startOf(file.run),
      day,
      twin: twinWord(file.run, context.ignored ?? []),
      original: (file.run.repeatOf ?? "").replace(/\s+/g, " "),
      line: listLine(file),
    },
    line: { hash, day, problems: JSON.stringify(problems), facts: JSON.stringify({ ...facts, ...digests }) },
  };
}

/** The text of the front matter is in it, as somebody may ask for it: how a configuration is nested is no fact. */
function digestsOf({ file, text, parsed }: RunRead, problems: readonly Problem[]): { readonly said: string; readonly front: string } {
  const { study, broken, body } = file;
  const { metrics, ...facts } = file.run;
  const config = JSON.stringify(find(parsed.tree, "config"), withoutPlaces);
  const front = sha256(JSON.stringify([study, broken, facts, config])).slice(0, 16);
  const written = text.slice(0, parsed.fences?.bodyStart);
  const notes = JSON.stringify(body, withoutPlaces);
  return { front, said: sha256(JSON.stringify([front, metrics, notes, problems, written])).slice(0, 16) };
}

const places = new Set(["start", "end", "keyStart", "keyEnd", "line", "offset"]);

/** A line more above it changes nothing. */
const withoutPlaces = (name: string, value: unknown): unknown => (places.has(name) ? undefined : value);

/** The reader's problems and the rules'; a file that could not be parsed is not held to rules as well. */
function ruled({ file, text, parsed }: RunRead, context: Context): { readonly problems: readonly Problem[]; readonly day: string } {
  if (parsed.broken) return { problems: parsed.problems, day: "" };
  const { run, body, path } = file;
  const judge = (rules: readonly RunRule[], today: string): readonly Problem[] =>
    rules.flatMap((rule) => rule({ run, body, path, settings: context.settings, today }));
  const found = judge(runRules, context.today);
  const day = judge(timelyRules, context.today).length === judge(timelyRules, lastDay).length ? "" : context.today;
  return { problems: [...parsed.problems, ...found.map((problem) => placeKeys({ ...problem, path }, parsed, text))], day };
}

/** A file that is gone by now has no look that anything equals. */
export function lookAt(path: string): Look {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? { size: -1, mtime: -1, ctime: -1 } : { size: stats.size, mtime: stats.mtimeMs, ctime: stats.ctimeMs };
}
