// `journal build`: the static site into a folder.

import { resolve } from "node:path";
import { safeLine } from "../../base/terminal.ts";
import { buildSite } from "../../build/build.ts";
import type { Journal } from "../../store/journal.ts";
import type { Options } from "../command.ts";
import type { Outcome } from "../outcome.ts";

export async function build(journal: Journal, options: Pick<Options, "output">, start: string): Promise<Outcome> {
  const folder = options.output === undefined ? resolve(journal.root, "_site") : resolve(start, options.output);
  const result = await buildSite(journal, folder);
  return {
    data: { folder, ...result },
    text: `${safeLine(folder)}: ${result.written} written, ${result.same} unchanged, ${result.removed} removed\n`,
  };
}
