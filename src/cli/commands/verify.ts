// `journal verify ID`: what is there to run it again, and what is missing.

import { exits } from "../../base/problem.ts";
import { type Style, safeLine } from "../../base/terminal.ts";
import { type Check, type CheckState, verifyRun } from "../../capture/verify.ts";
import type { Journal } from "../../store/journal.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import type { Outcome } from "../outcome.ts";
import { findTargets } from "../targets.ts";

type VerifyOptions = Pick<Options, "where" | "strict"> & { readonly ids: readonly string[] };

/** Exit 5 where one cannot be run again; with `strict`, where anything is missing. */
export async function verify(journal: Journal, options: VerifyOptions, io: Io): Promise<Outcome> {
  const files = await findTargets(journal, options, "verify", "journal verify 42");
  const runs: { id: string; reproducible: string; checks: readonly Check[] }[] = [];
  for (const file of files) {
    const { reproducible, checks } = await verifyRun(file, { root: journal.root, settings: journal.settings, environment: io.environment });
    runs.push({ id: file.run.id, reproducible, checks });
  }
  const failing = runs.filter(({ reproducible }) => reproducible === "no" || (options.strict === true && reproducible !== "full"));
  return {
    data: { runs },
    text: runs.map((run) => printRun(run, io)).join("\n"),
    exit: failing.length > 0 ? exits.checks : exits.ok,
  };
}

const words: Readonly<Record<string, readonly [Style, string]>> = {
  full: ["green", "can be run again"],
  partial: ["yellow", "can be run again in part"],
  no: ["red", "cannot be run again"],
};
const styles: Readonly<Record<CheckState, Style>> = { ok: "green", missing: "yellow", differs: "yellow" };

function printRun({ id, reproducible, checks }: { id: string; reproducible: string; checks: readonly Check[] }, io: Io): string {
  const [style, word] = words[reproducible] ?? ["dim", reproducible];
  const lines = checks.map(({ what, state, text, cure, note }) => {
    const mark = io.paint.out(note === true ? "dim" : styles[state], state.padEnd(7));
    return `  ${mark}  ${what.padEnd(11)}  ${safeLine(text)}\n${cure === undefined ? "" : `${" ".repeat(24)}${io.paint.out("cyan", safeLine(cure))}\n`}`;
  });
  return `${io.paint.out("bold", safeLine(id))}: ${io.paint.out(style, word)}\n${lines.join("")}`;
}
