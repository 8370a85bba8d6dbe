// What the bytes of one run file say, as the cache keeps it.

import { sha256 } from "../base/hash.ts";
import type { Problem } from "../base/problem.ts";
import { placeKeys } from "../markdown/parse.ts";
import { type RunRule, type RunSubject, runRules, timelyRules } from "../record/run-rules.ts";
import type { Settings } from "../record/settings.ts";
import type { Entry, FactsLine, Look } from "./cache.ts";
import { twinWord } from "./kin.ts";
import { listLine, startOf } from "./list-line.ts";
import { lookAt, parseBytes, type RunRead, readPlain } from "./read.ts";
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
  // Not by `join`, which takes as long as opening the file.
  const real = `${context.root}/${place.path}`;
  const { bytes, problem, look = lookAt(real) } = readPlain(real, place.path);
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
  const { path, hash, study, run, body, broken } = read.file;
  const ruling = ruled(read, context);
  const problems = ruling.problems.length === 0 ? "[]" : JSON.stringify(ruling.problems);
  const { front, said } = digestsOf(read, problems);
  return {
    entry: {
      ...look,
      path,
      study: place.study,
      hash,
      said,
      start: startOf(run),
      day: ruling.day,
      twin: twinWord(run, context.ignored ?? []),
      original: (run.repeatOf ?? "").replace(/\s+/g, " "),
      line: listLine(read.file),
    },
    line: { hash, day: ruling.day, problems, facts: JSON.stringify({ study, run, body, broken, front, said }) },
  };
}

/**
 * Of the words of the front matter and not of what was read of them: that is less, and somebody may ask how a configuration is nested. What
 * else a fact may follow from is put before them.
 */
function digestsOf({ file, text, parsed }: RunRead, problems: string): { readonly said: string; readonly front: string } {
  const { study, run, broken } = file;
  const written = text.slice(0, parsed.fences?.bodyStart);
  const around = [study, run.id, run.title, run.status, broken];
  const { tasks, links, ...prose } = file.body;
  // A line more above it changes nothing.
  const notes = [prose, tasks.map(({ text, done }) => [text, done]), links.map(({ target }) => target)];
  const said = digest(JSON.stringify([around, notes]), problems, written);
  return { said, front: broken ? said : digest(JSON.stringify(around), withoutMetrics(written, parsed)) };
}

/** Left whole where values stand for others, or where places may be inexact: in a text that had to be mended. */
function withoutMetrics(written: string, { tree, anchors, problems }: RunRead["parsed"]): string {
  const mended = problems.some(({ code }) => code.startsWith("markdown/"));
  const entry = anchors || mended ? undefined : tree?.entries.find(({ key }) => key === "metrics");
  return entry === undefined ? written : written.slice(0, entry.keyStart) + written.slice(entry.value.end);
}

/** No text holds the mark between them. */
const digest = (...texts: readonly string[]): string => sha256(texts.join("\0")).slice(0, 16);

/** The reader's problems and the rules'; a file that could not be parsed is not held to rules as well. */
function ruled({ file, text, parsed }: RunRead, context: Context): { readonly problems: readonly Problem[]; readonly day: string } {
  if (parsed.broken) return { problems: parsed.problems, day: "" };
  const { run, body, path } = file;
  const { settings, today } = context;
  const found = judge(runRules, { run, body, path, settings, today });
  if (found.length === 0) return { problems: parsed.problems, day: "" };
  const timely = (today: string): number => judge(timelyRules, { run, body, path, settings, today }).length;
  const day = timely(today) === timely(lastDay) ? "" : today;
  return { problems: [...parsed.problems, ...found.map((problem) => placeKeys({ ...problem, path }, parsed, text))], day };
}

function judge(rules: readonly RunRule[], subject: RunSubject): readonly Problem[] {
  const problems: Problem[] = [];
  for (const rule of rules) {
    const found = rule(subject);
    if (found.length > 0) problems.push(...found);
  }
  return problems;
}
