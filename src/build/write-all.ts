// Everything that is not there yet is made in its order, and written here or, where it is much, on another thread.

import type { SiteContext } from "./context.ts";
import type { Found } from "./look.ts";
import type { Manifest } from "./manifest.ts";
import { makeCollector } from "./memory.ts";
import { kept, type Made, type Output } from "./output.ts";
import type { Content, Earlier, Plan } from "./plan.ts";
import { openScribe, type Scribe, type ScribeOptions, type Work } from "./scribe.ts";

/** Fewer are written before a thread has started. */
const enough = 1_000;

export interface ThreadOptions extends Pick<ScribeOptions, "start" | "patience"> {
  /** From how many files on there is one. */
  readonly enough?: number;
}

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

/** Says how many were not there yet. */
export async function writeAll(stale: readonly string[], writing: Writing): Promise<number> {
  const { output, progress } = writing;
  const collect = makeCollector();
  let written = 0;
  /** What the scribe has not answered for. */
  const given = new Map<string, Made>();
  const scribe = scribeFor(stale.length, writing, (path, put) => {
    if (output.note(path, put, given.get(path) ?? { key: "", asked: "" })) written += 1;
    given.delete(path);
  });
  const writeHere = async (path: string): Promise<void> => {
    const content = await make(path, writing);
    if (content !== undefined && output.write(path, content, madeOf(path, writing, given.get(path)))) written += 1;
  };
  try {
    for (const [done, path] of stale.entries()) {
      progress?.(done, stale.length);
      collect();
      const work = scribe?.works === true ? await workOf(path, scribe, writing) : undefined;
      if (work === undefined) {
        await writeHere(path);
        continue;
      }
      given.set(path, madeOf(path, writing));
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

function scribeFor(files: number, { site, output, thread = {} }: Writing, written: ScribeOptions["written"]): Scribe | undefined {
  const { enough: least = enough, ...how } = thread;
  if (files < least) return undefined;
  const { lanes, assets, journal } = site;
  const common = { lanes, root: journal.root, assets: assets.addresses, site: { private: journal.settings.site.private } };
  return openScribe({ folder: output.folder, fresh: output.fresh, common }, { ...how, kept, written });
}

async function workOf(path: string, { isBehind }: Scribe, writing: Writing): Promise<Work | undefined> {
  const model = isBehind ? undefined : await writing.plan.get(path)?.model?.();
  return model ?? make(path, writing);
}

async function make(path: string, { plan, before, output }: Writing): Promise<Content | undefined> {
  return plan.get(path)?.make(earlierOf(path, before, output));
}

/** `first`: of an attempt before. */
function madeOf(path: string, { keys, asked }: Writing, first?: Made): Made {
  const questions = { ...(first === undefined || first.asked === "" ? {} : (JSON.parse(first.asked) as object)), ...asked() };
  return { key: keys.get(path) ?? "", asked: Object.keys(questions).length === 0 ? "" : JSON.stringify(questions) };
}

function earlierOf(path: string, before: Manifest, output: Output): Earlier | undefined {
  const rows = before.rows[path];
  const text = rows === undefined ? undefined : output.earlier(path);
  return rows === undefined || text === undefined ? undefined : { text, rows };
}
