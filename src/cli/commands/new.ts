// `journal new`: the next run file, with everything filled in that the machine can know.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { exits, JournalError } from "../../base/problem.ts";
import { safeLine } from "../../base/terminal.ts";
import { isoDateTime, parseDate } from "../../base/time.ts";
import type { RunFile } from "../../record/experiment.ts";
import type { NewRun } from "../../record/new-run.ts";
import type { StudySettings } from "../../record/settings.ts";
import type { Journal } from "../../store/journal.ts";
import { askForRun } from "../ask-run.ts";
import { type Assignment, parseAssignment } from "../assignments.ts";
import { type Bases, findBases, tellBase } from "../bases.ts";
import type { Options } from "../command.ts";
import { findEditor, openEditor } from "../editor.ts";
import type { Io } from "../io.ts";
import { readExperimenter, readMachine } from "../machine.ts";
import { noFile, noTitle, notAssignment, notDate, otherEra, reservedName } from "../messages.ts";
import { metricText } from "../metric-text.ts";
import { tellRepeats } from "../novelty.ts";
import type { Outcome } from "../outcome.ts";
import { type Base, planConfig, planMetrics } from "../plan-run.ts";
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
  const run = plan(journal, study, options, bases, io);
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

function plan(journal: Journal, study: StudySettings, options: NewOptions & { title: string }, bases: Bases, io: Io): Omit<NewRun, "id"> {
  const protocol = options.protocol ?? study.protocols.at(-1)?.name;
  const file = bases.files[0];
  const base = file === undefined ? undefined : readBase(journal, file);
  const sameEra = file === undefined || (file.run.protocol ?? study.protocols[0]?.name) === protocol;
  if (file !== undefined && !sameEra) io.warn(otherEra(file.run.id, protocol));
  const { config, changes, warnings } = planConfig(base, (options.set ?? []).map(assignment), study.ignore);
  for (const warning of warnings) io.warn(warning);
  const experimenter = readExperimenter(io, journal.root);
  return {
    title: options.title,
    date: options.date ?? isoDateTime(io.now()),
    ...(experimenter === undefined ? {} : { experimenter }),
    status: options.status ?? "planned",
    ...(options.tag === undefined ? {} : { tags: options.tag }),
    ...(options.hypothesis === undefined ? {} : { hypothesis: options.hypothesis }),
    ...(bases.files.length === 0 ? {} : { base: bases.files.map(({ run }) => run.id) }),
    ...(protocol === undefined ? {} : { protocol }),
    config,
    changes,
    metrics: sameEra ? planMetrics(base, (metric) => metricText(metric, study.metrics)) : [],
    hardware: readMachine(),
    ...(options.motivation === undefined ? {} : { prose: { motivation: options.motivation } }),
  };
}

function readBase(journal: Journal, file: RunFile): Base {
  const { text, parsed } = journal.read(file.path);
  return { id: file.run.id, front: parsed.tree, text, metrics: file.run.metrics };
}

/** Programs take them for something else, so no file may hold them as keys. */
const reservedNames: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype", ""]);

function assignment(text: string): Assignment {
  const read = parseAssignment(text);
  if (read === undefined) throw new JournalError(notAssignment(text, "--set batch_size=64"));
  const reserved = read.key.split(".").find((part) => reservedNames.has(part));
  if (reserved !== undefined) throw new JournalError(reservedName(reserved));
  return read;
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
