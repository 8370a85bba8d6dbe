// Everything that is not there yet is made in its order, and written here or, where it is much, on another thread.

import type { SiteContext } from "./context.ts";
import type { Found } from "./look.ts";
import type { Manifest } from "./manifest.ts";
import { makeCollector } from "./memory.ts";
import { kept, type Made, type Output } from "./output.ts";
import type { Content, Earlier, Plan, PlannedFile } from "./plan.ts";
import { openScribe, type Scribe, type ScribeOptions, type Work } from "./scribe.ts";

/** Fewer are written before a thread has started. */
const enough = 1_000;

export interface ThreadOptions extends Pick<ScribeOptions, "start" | "patience"> {
  /** From how many files on there is one. */
  readonly enough?: number;
  readonly limits?: typeof usual;
}

/** How much lies before the other thread where this one does something else: what only it can do, and then what either could. */
const usual: { readonly early: number; readonly pages: number } = { early: 8_000_000, pages: 500_000 };

export interface Writing {
  readonly site: SiteContext;
  readonly plan: Plan;
  readonly keys: ReadonlyMap<string, string>;
  readonly output: Output;
  readonly before: Manifest;
  /** What was asked about the journal's folders since it was called last. */
  readonly asked: () => Readonly<Record<string, Found>>;
  /** Called before each file. */
  readonly progress?: (done: number, all: number) => void;
  readonly thread?: ThreadOptions;
}

/** Pages that are begun before their turn: enough for the process that draws, and few enough to be held. */
const mostAhead = 24;
/** Where no page waits for anything, what other processes answer is heard this often, in ms. */
const pause = 20;

/** Says how many were not there yet. */
export async function writeAll(stale: readonly string[], writing: Writing): Promise<number> {
  const { output, plan, progress } = writing;
  const collect = makeCollector();
  const ahead = openAhead(stale, writing);
  let heard = performance.now();
  let written = 0;
  /** What the scribe has not answered for. */
  const given = new Map<string, Made>();
  const scribe = scribeFor(stale.length, writing, (path, put) => {
    if (output.note(path, put, given.get(path) ?? { key: "", asked: "" })) written += 1;
    given.delete(path);
  });
  const writeHere = async (path: string): Promise<void> => {
    const content = await make(path, writing);
    if (content !== undefined && output.write(path, content, madeOf(path, writing, given.get(path) ?? ahead.take(path)))) written += 1;
  };
  const { limits = usual } = writing.thread ?? {};
  const early = scribe !== undefined && output.fresh ? stale.filter((path) => plan.get(path)?.early === true) : [];
  let begun = false;
  let done = 0;
  try {
    for (const [path, left] of inTurn(stale, early, () => isBehind(scribe, limits.early))) {
      progress?.(done++, stale.length);
      collect();
      // The other thread comes first: what it has to do takes longest.
      begun ||= scribe?.works !== true || isBehind(scribe, left > 0 ? limits.early : limits.pages) || isApart(plan.get(path));
      if (begun) ahead.begin();
      if (performance.now() - heard > pause) {
        await new Promise(setImmediate);
        heard = performance.now();
      }
      const here = left === 0 && isBehind(scribe, limits.pages);
      const work = scribe?.works === true ? await workOf(path, here, writing) : undefined;
      if (work === undefined) {
        await writeHere(path);
        continue;
      }
      given.set(path, madeOf(path, writing, ahead.take(path)));
      scribe?.write(path, work);
    }
    for (const path of scribe?.finish() ?? []) await writeHere(path);
  } catch (error) {
    scribe?.close();
    output.drop();
    throw error;
  }
  scribe?.close();
  return written;
}

/** What was asked for each page that is begun, until its turn comes. */
function openAhead(
  stale: readonly string[],
  writing: Writing,
): { readonly begin: () => void; readonly take: (path: string) => Made | undefined } {
  const asked = new Map<string, Made>();
  const rest = stale.filter((path) => writing.plan.get(path)?.ahead !== undefined)[Symbol.iterator]();
  const begin = (): void => {
    while (asked.size < mostAhead) {
      const { value: path } = rest.next();
      if (path === undefined) return;
      writing.plan.get(path)?.ahead?.();
      asked.set(path, madeOf(path, writing));
    }
  };
  return {
    begin,
    take(path) {
      const made = asked.get(path);
      asked.delete(path);
      return made;
    },
  };
}

function scribeFor(files: number, { site, output, thread = {} }: Writing, written: ScribeOptions["written"]): Scribe | undefined {
  const { enough: least = enough, limits: _, ...how } = thread;
  if (files < least) return undefined;
  const { lanes, assets, journal } = site;
  const common = { lanes, root: journal.root, assets: assets.addresses, site: { private: journal.settings.site.private } };
  return openScribe({ folder: output.folder, fresh: output.fresh, common }, { ...how, kept, written });
}

/** None of those that come first. */
const isApart = (file: PlannedFile | undefined): boolean => file?.early === true || file?.ahead !== undefined;

const isBehind = (scribe: Scribe | undefined, limit: number): boolean => scribe?.works === true && scribe.underWay > limit;

/** In their order, but for those of `early` that are taken while `hurry` says so; with each how many of them are left. */
function* inTurn(all: readonly string[], early: readonly string[], hurry: () => boolean): Generator<readonly [path: string, left: number]> {
  const done = new Set<string>();
  const left = [...early].reverse();
  for (const path of all) {
    for (let next = left.at(-1); next !== undefined && hurry(); next = left.at(-1)) {
      left.pop();
      done.add(next);
      yield [next, left.length];
    }
    if (done.has(path)) continue;
    if (left.at(-1) === path) left.pop();
    yield [path, left.length];
  }
}

async function workOf(path: string, here: boolean, writing: Writing): Promise<Work | undefined> {
  const model = here ? undefined : await writing.plan.get(path)?.model?.();
  return model ?? make(path, writing);
}

async function make(path: string, { plan, before, output }: Writing): Promise<Content | undefined> {
  return plan.get(path)?.make(earlierOf(path, before, output));
}

/** `first`: of an attempt before, or of its beginning. */
function madeOf(path: string, { keys, asked }: Writing, first?: Made): Made {
  const questions = { ...(first === undefined || first.asked === "" ? {} : (JSON.parse(first.asked) as object)), ...asked() };
  return { key: keys.get(path) ?? "", asked: Object.keys(questions).length === 0 ? "" : JSON.stringify(questions) };
}

function earlierOf(path: string, before: Manifest, output: Output): Earlier | undefined {
  const rows = before.rows[path];
  const text = rows === undefined ? undefined : output.earlier(path);
  return rows === undefined || text === undefined ? undefined : { text, rows };
}
