// The text of a live block → what it shows. Used by pages and by `journal index`; never fails: what is wrong is said in its place.

import { JournalError, lineStarts, type Problem, place } from "../base/problem.ts";
import { parseYaml } from "../markdown/yaml.ts";
import { readBlock } from "../report/live-block.ts";
import type { World } from "../report/live-rows.ts";
import { type LiveOptions, type LiveView, liveView } from "../report/live-view.ts";
import type { PastWorld, Worlds } from "./live-world.ts";

export interface BlockText {
  /** `table`, `chart`, … as written. */
  readonly kind: string;
  /** The YAML between the fences. */
  readonly text: string;
  /** File and line of the opening fence, for messages. */
  readonly path: string;
  readonly line?: number;
}

export type BlockOptions = Omit<LiveOptions, "commit">;

/** `file` is set where the block shows a chart of `charts/`. */
export function readLiveView(source: BlockText, worlds: Worlds, options: BlockOptions): LiveView & { readonly file?: string } {
  const { tree, problems: yaml } = parseYaml(source.text, 0, source.text.length);
  const { block, problems } = yaml.some(({ severity }) => severity === "error") ? { problems: [] } : readBlock(source.kind, tree);
  const before = [...yaml, ...problems];
  if (block === undefined) return { said: [], problems: placed(before, source) };
  if (block.kind === "chart" && block.file !== undefined) return { said: [], file: block.file, problems: placed(before, source) };
  const asked = ask(block.asOf, worlds);
  if (asked.world === undefined) return { said: [], problems: placed([...before, ...asked.problems], source) };
  const commit = block.asOf === undefined ? undefined : (asked.world as PastWorld).commit;
  const view = liveView(block, asked.world, { ...options, ...(commit === undefined ? {} : { commit }) });
  return { ...view, problems: placed([...before, ...view.problems], source) };
}

function ask(asOf: string | undefined, worlds: Worlds): { readonly world?: World; readonly problems: readonly Problem[] } {
  try {
    return { world: asOf === undefined ? worlds.now() : worlds.at(asOf), problems: [] };
  } catch (error) {
    if (error instanceof JournalError) return { problems: error.problems };
    throw error;
  }
}

/** An offset of a filter counts in the filter's own text: its line is the fence's. */
function placed(problems: readonly Problem[], { text, path, line }: BlockText): readonly Problem[] {
  const starts = lineStarts(text);
  return problems.map((problem) => {
    const { offset, ...rest } = problem;
    if (line === undefined) return { ...rest, path };
    if (offset === undefined || problem.code.startsWith("query/")) return { ...rest, path, line };
    const found = place({ ...rest, offset }, path, starts);
    return { ...found, line: line + (found.line ?? 1) };
  });
}
