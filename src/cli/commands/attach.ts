// `journal attach`: files beside a run, by a copy that is committed with it.

import { basename, resolve } from "node:path";
import { JournalError, type Problem } from "../../base/problem.ts";
import { safeLine } from "../../base/terminal.ts";
import type { Journal } from "../../store/journal.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { oneName } from "../messages.ts";
import type { Outcome } from "../outcome.ts";

const figure = /\.(?:png|jpe?g|gif|svg|webp|avif)$/i;

export async function attach(
  journal: Journal,
  options: Pick<Options, "name"> & { readonly id: string; readonly files: readonly string[] },
  io: Io,
): Promise<Outcome> {
  if (options.name !== undefined && options.files.length > 1) throw new JournalError(oneName(options.files.length));
  const { run, path: runPath } = journal.find(options.id);
  const attached: { path: string; link: string }[] = [];
  const problems: Problem[] = [];
  let exit: Outcome["exit"];
  for (const file of options.files) {
    try {
      const { path } = journal.attach(runPath, resolve(io.cwd, file), options.name);
      attached.push({ path, link: linkTo(path) });
    } catch (reason) {
      if (!(reason instanceof JournalError)) throw reason;
      problems.push(...reason.problems);
      exit = reason.exit;
    }
  }
  return {
    data: { id: run.id, run: runPath, attached },
    text: attached.map(({ path }) => `${safeLine(path)}\n`).join(""),
    talk: attached.length === 0 ? [] : ["to show it in the run, paste:", ...attached.map(({ link }) => `  ${safeLine(link)}`)],
    problems,
    ...(exit === undefined ? {} : { exit }),
  };
}

/** Attachments lie in a folder beside the run, so the link starts there. */
function linkTo(path: string): string {
  const name = basename(path);
  const target = path.split("/").slice(-2).map(encodeURIComponent).join("/");
  const label = name.replace(/[[\]\\]/g, "\\$&");
  return `${figure.test(name) ? "!" : ""}[${label}](${target})`;
}
