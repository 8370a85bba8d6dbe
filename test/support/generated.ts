// The runs of a generated journal without its folder; the default study alone.

import { parseRun } from "../../src/markdown/parse.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { generateRuns } from "./generate.ts";

export function generatedFiles(runs: number): readonly RunFile[] {
  return [...generateRuns({ runs })].map(({ path, text }) => {
    const { run, body } = parseRun(text, path);
    return { path, study: "", hash: text, run, body };
  });
}
