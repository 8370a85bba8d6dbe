// `journal todo`: what to try next and what to find out, gathered from all runs.

import { exits, JournalError } from "../../base/problem.ts";
import { safeLine } from "../../base/terminal.ts";
import type { RunFile } from "../../record/experiment.ts";
import type { Journal } from "../../store/journal.ts";
import { applyAll } from "../apply.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { noTask } from "../messages.ts";
import type { Outcome } from "../outcome.ts";
import { findStudy } from "../study.ts";
import { filterRuns } from "../targets.ts";

interface Step {
  /** Place in the list, from 1. */
  readonly number: number;
  readonly file: RunFile;
  /** 0-based among the file's tasks. */
  readonly task: number;
  readonly line: number;
  readonly text: string;
}

export async function todo(
  journal: Journal,
  options: Pick<Options, "study" | "done"> & { readonly filter: string },
  io: Io,
): Promise<Outcome> {
  const study = options.study === undefined ? undefined : findStudy(journal, options.study).name;
  const all = options.filter === "" ? journal.files() : await filterRuns(journal, options.filter);
  // The newest ideas first.
  const files = all.filter((file) => study === undefined || file.study === study).toReversed();
  const steps = openSteps(files);
  if (options.done !== undefined) return tick(journal, options.done, steps, io);
  const questions = files.flatMap((file) => file.body.questions.map((text) => ({ file, text })));
  const { bold, dim } = { bold: (text: string) => io.paint.out("bold", text), dim: (text: string) => io.paint.out("dim", text) };
  const lines = [
    ...(steps.length === 0 ? [] : [bold("Next steps")]),
    ...steps.map((step) => `${String(step.number).padStart(3)}  ${safeLine(step.text)}  ${dim(origin(step.file))}`),
    ...(steps.length === 0 || questions.length === 0 ? [] : [""]),
    ...(questions.length === 0 ? [] : [bold("Questions")]),
    ...questions.map(({ file, text }) => `  -  ${safeLine(text)}  ${dim(origin(file))}`),
  ];
  return {
    data: {
      steps: steps.map(({ number, file, task, line, text }) => ({ number, id: file.run.id, path: file.path, task: task + 1, line, text })),
      questions: questions.map(({ file, text }) => ({ id: file.run.id, path: file.path, text })),
    },
    text: lines.map((line) => `${line}\n`).join(""),
    talk: lines.length === 0 ? ["nothing to do: add a step with `journal note 42 --next 'Try 128'`"] : [],
  };
}

function openSteps(files: readonly RunFile[]): readonly Step[] {
  const open = files.flatMap((file) =>
    file.body.tasks.filter(({ done }) => !done).map(({ index, line, text }) => ({ file, task: index, line, text })),
  );
  return open.map((step, index) => ({ number: index + 1, ...step }));
}

const origin = ({ run }: RunFile): string => `${safeLine(run.id)} ${safeLine(run.title)}`;

/** All of them are found before the first is ticked, so that the numbers still mean what was shown. */
function tick(journal: Journal, wanted: readonly string[], steps: readonly Step[], io: Io): Outcome {
  const found = wanted.flatMap((text) => text.split(",")).map((text) => findStep(journal, text.trim(), steps));
  const files = [...new Set(found.map(({ file }) => file))];
  return applyAll(
    journal,
    files,
    (file) => found.filter((step) => step.file === file).map(({ task }) => ({ kind: "tick", task, done: true })),
    io,
  );
}

/** `2`, a place in the list, or `EXP042:1`, the first task of a run. */
function findStep(journal: Journal, text: string, steps: readonly Step[]): Step {
  const [, id, number] = /^(?:(.+):)?(\d{1,6})$/.exec(text) ?? [];
  const path = id === undefined ? undefined : journal.find(id).path;
  const step = steps.find((one) =>
    path === undefined ? one.number === Number(number) : one.file.path === path && one.task + 1 === Number(number),
  );
  if (number === undefined || step === undefined) throw new JournalError(noTask(text), exits.notFound);
  return step;
}
