// A journal's own template of a run file.

import { statSync } from "node:fs";
import { join } from "node:path";
import { exits, JournalError } from "../base/problem.ts";
import { decode } from "../markdown/decode.ts";
import { parseRun } from "../markdown/parse.ts";
import { brokenTemplate } from "./messages.ts";
import { readBytes } from "./read.ts";

const templateFile = "templates/experiment.md";

export function readTemplate(root: string): string | undefined {
  if (statSync(join(root, templateFile), { throwIfNoEntry: false }) === undefined) return undefined;
  const { bytes, problem } = readBytes(root, templateFile);
  if (bytes === undefined) throw new JournalError(problem, exits.usage);
  const decoded = decode(bytes);
  if (decoded.text === undefined) throw new JournalError({ ...decoded.problem, path: templateFile }, exits.usage);
  return decoded.text;
}

/** A template of one's own may break the file it makes: better no file than one that cannot be read. */
export function checkNew(text: string, path: string, id: string): void {
  const parsed = parseRun(text, path);
  const error = parsed.problems.find(({ severity }) => severity === "error");
  if (parsed.broken) throw new JournalError(brokenTemplate(error?.message ?? "its front matter is damaged"), exits.usage);
  if (parsed.run.id !== id) throw new JournalError(brokenTemplate(`it sets the id \`${parsed.run.id}\``), exits.usage);
}
