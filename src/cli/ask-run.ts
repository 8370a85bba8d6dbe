// The questions of `journal new` when nothing was given.

import { safeLine } from "../base/terminal.ts";
import type { Journal } from "../store/journal.ts";
import type { Ask } from "./ask.ts";
import type { Options } from "./command.ts";
import { findDefaultBase } from "./default-base.ts";

/** Only what was answered; an empty answer is no answer. */
export async function askForRun(
  journal: Journal,
  study: string,
  ask: Ask,
): Promise<Pick<Options, "base" | "set" | "hypothesis"> & { title?: string }> {
  const title = (await ask.text({ message: "What is tried?", placeholder: "Double the batch" })).trim();
  const base = await askForBase(journal, study, ask);
  const changed =
    base === "none"
      ? ""
      : await ask.text({ message: "What is changed? Parameters as name=value, separated by blanks", placeholder: "batch_size=64" });
  const hypothesis = (
    await ask.text({ message: "What do you expect, and why?", placeholder: "trains faster at the same accuracy" })
  ).trim();
  const set = changed.split(/\s+/).filter((text) => text !== "");
  return {
    ...(title === "" ? {} : { title }),
    ...(base === undefined ? {} : { base: [base] }),
    ...(set.length === 0 ? {} : { set }),
    ...(hypothesis === "" ? {} : { hypothesis }),
  };
}

const offered = 8;

/** The default first, then the newest runs of the study; no question where there is no run. */
async function askForBase(journal: Journal, study: string, ask: Ask): Promise<string | undefined> {
  const best = findDefaultBase(journal, study);
  const files = journal.files().filter((file) => file.study === study && file.path !== best?.file.path);
  if (files.length === 0 && best === undefined) return undefined;
  return ask.select({ message: "Which run does it change?", ...(best === undefined ? {} : { initial: best.file.run.id }) }, [
    ...(best === undefined
      ? []
      : [{ value: best.file.run.id, label: safeLine(`${best.file.run.id} ${best.file.run.title}`), hint: best.why }]),
    ...files
      .slice(-offered)
      .reverse()
      .map(({ run }) => ({ value: run.id, label: safeLine(`${run.id} ${run.title}`) })),
    { value: "none", label: "none: a run of its own" },
  ]);
}
