// `journal new`: the next run file, with everything filled in that the machine can know.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { exits, JournalError } from "../../base/problem.ts";
import { safeLine } from "../../base/terminal.ts";
import { parseDate } from "../../base/time.ts";
import type { StudySettings } from "../../record/settings.ts";
import type { Journal } from "../../store/journal.ts";
import { askForRun } from "../ask-run.ts";
import { settingOf } from "../assignments.ts";
import { findBases, tellBase } from "../bases.ts";
import type { Options } from "../command.ts";
import { draftRun } from "../draft-run.ts";
import { findEditor, openEditor } from "../editor.ts";
import type { Io } from "../io.ts";
import { noFile, noTitle, notDate } from "../messages.ts";
import { tellRepeats } from "../novelty.ts";
import type { Outcome } from "../outcome.ts";
import { findStudy, studyOfFolder } from "../study.ts";

export type NewOptions = Pick<
  Options,
  "study" | "base" | "set" | "hypothesis" | "motivation" | "tag" | "status" | "protocol" | "date" | "template" | "edit" | "strictNovelty"
> & { readonly title?: string };

export async function newRun(journal: Journal, given: NewOptions, io: Io): Promise<Outcome> {
  const study = findStudy(journal, given.study ?? studyOfFolder(journal, io.cwd));
  const options = await complete(journal, study, given, io);
  const editor = options.edit === true ? findEditor(io) : undefined;
  const template = options.template === undefined ? undefined : readTemplate(resolve(io.cwd, options.template));
  const bases = await findBases(journal, study, options.base);
  const { title, date, tag, hypothesis, motivation, protocol } = options;
  const set = (options.set ?? []).map(settingOf);
  const status = options.status ?? "planned";
  const run = draftRun(journal, study, { title, status, set, inherit: true, date, tags: tag, hypothesis, motivation, protocol }, bases, io);
  // Who names no parameter means to change something that the configuration does not tell.
  if (options.set !== undefined) tellRepeats(journal, { run, study, base: bases.files[0] }, options.strictNovelty === true, io);
  const { id, path } = journal.create(run, { study: study.name, ...(template === undefined ? {} : { template }) });
  if (editor !== undefined) editAndCheck(journal, editor, path, io);
  return {
    data: { id, path, title: run.title, study: study.name, base: run.base ?? [], changes: (run.changes ?? []).map(({ name }) => name) },
    text: `${safeLine(path)}\n`,
    talk: [
      ...tellBase(bases, io),
      ...(editor === undefined ? [`next: fill it in, then \`journal keep ${id} -m "why"\` or \`journal discard ${id} -m "why"\``] : []),
    ],
  };
}

/** Asks only when a person is there and gave nothing; without a title the changes name the run. */
async function complete(journal: Journal, study: StudySettings, given: NewOptions, io: Io): Promise<NewOptions & { title: string }> {
  const { study: _study, edit: _edit, strictNovelty: _strict, ...said } = given;
  const asked = Object.values(said).length === 0 && io.interactive ? await askForRun(journal, study.name, await io.ask()) : {};
  const options = { ...given, ...asked };
  const title = options.title?.trim() || options.set?.map((text) => text.replace("=", " = ")).join(", ");
  if (!title) throw new JournalError(noTitle());
  if (options.date !== undefined && parseDate(options.date) === undefined) throw new JournalError(notDate(options.date));
  return { ...options, title };
}

function readTemplate(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new JournalError(noFile(path), exits.notFound);
  }
}

function editAndCheck(journal: Journal, editor: string, path: string, io: Io): void {
  openEditor(editor, join(journal.root, path), path, io);
  for (const problem of journal.read(path).parsed.problems) io.warn(problem);
}
