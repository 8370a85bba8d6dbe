// The file of a run before its command starts: a new one, or one that was planned, failed or lost and is run now.

import { relative, sep } from "node:path";
import { exits, JournalError } from "../base/problem.ts";
import { announce, conditionOf, type LiveState, readLive, withdraw } from "../capture/live.ts";
import type { Redact } from "../capture/redact.ts";
import { redactAssignment, redactWord } from "../capture/secret-words.ts";
import type { Snapshot } from "../capture/snapshot.ts";
import type { Parameter } from "../formats/item.ts";
import type { Edit } from "../markdown/edit.ts";
import { printFlow } from "../markdown/print-yaml.ts";
import type { RunFile } from "../record/experiment.ts";
import type { ConfigValue, NewRun, Source } from "../record/new-run.ts";
import type { StudySettings } from "../record/settings.ts";
import type { Json } from "../record/tree.ts";
import { sameValue } from "../record/value.ts";
import { findGit } from "../store/git-folder.ts";
import type { Journal } from "../store/journal.ts";
import { self } from "../store/process.ts";
import { findBases, tellBase } from "./bases.ts";
import { parameterEdits } from "./captured-edits.ts";
import { draftRun } from "./draft-run.ts";
import type { Io } from "./io.ts";
import { readExperimenterSoon } from "./machine.ts";
import { alreadyFinished, alreadyRunning, contradicted } from "./messages-run.ts";
import { tellRepeats } from "./novelty.ts";
import { fill, type RunPlan, titleOf } from "./run-plan.ts";
import { studyOf, studyOfRun } from "./study.ts";

export interface Begun {
  readonly id: string;
  /** From the root. */
  readonly path: string;
  readonly study: StudySettings;
  /** What was chosen, to be said. */
  readonly talk: readonly string[];
  /** The run was started before. */
  readonly again: boolean;
}

/** What the file says about the command before it starts. */
export interface Start {
  /** Without secrets. */
  readonly command: readonly string[];
  readonly started: string;
  readonly captured: readonly Parameter[];
  readonly code: Snapshot | Promise<Snapshot> | undefined;
  readonly redact: Redact;
}

export async function beginRun(journal: Journal, plan: RunPlan, start: Start, io: Io): Promise<Begun> {
  return plan.id === undefined ? createRun(journal, plan, start, io) : attachRun(journal, plan, plan.id, start, io);
}

async function createRun(journal: Journal, plan: RunPlan, start: Start, io: Io): Promise<Begun> {
  const study = studyOf(journal, plan);
  const name = readExperimenterSoon(io, journal.root);
  const bases = await findBases(journal, study, plan.base);
  const set = plan.set.map((one) => redactAssignment(one, start.redact));
  // As source a mask would be a list.
  const masked = set.filter(({ value }, at) => value !== plan.set[at]?.value);
  const captured = [...start.captured, ...masked.map(({ key, value }) => ({ kind: "parameter", name: key, value, from: "flag" }) as const)];
  // What the command ran with, where that is not what was wished.
  const seen = new Map(start.captured.map(({ name, text }) => [name, text]));
  const wished = set.map(({ key, value }) => `${key} = ${seen.get(key) ?? value}`).join(", ");
  const title = redactWord(plan.title ?? (wished || titleOf(start.command)), start.redact);
  const wishes = {
    title,
    status: "running",
    set,
    // Whoever says what is changed means the rest to be as it was; else only what was seen is recorded.
    inherit: set.length > 0,
    captured,
    date: start.started,
    experimenter: await name,
    tags: plan.tags,
    hypothesis: plan.hypothesis,
    motivation: plan.motivation,
    protocol: plan.protocol,
    more: { ...plan.more, run: { ...executionOf(journal, plan, start), ...plan.run } },
  } as const;
  const run = draftRun(journal, study, wishes, bases, io);
  if (plan.strictNovelty) {
    // Data that is declared is looked at while the command runs; until then it is the base's.
    const base = Object.keys(journal.settings.data).length > 0 ? bases.files[0] : undefined;
    tellRepeats(journal, { run: withCode(run, await start.code), study, base }, true, io);
  }
  const begun = { study, talk: tellBase(bases, io), again: false };
  const { id, path } = announced(journal, (announce) =>
    journal.create(run, {
      study: study.name,
      announce: ({ id, path, text }) => announce(firstState(journal, plan, { ...begun, id, path }, start.command), text),
    }),
  );
  return { id, path, ...begun };
}

/** What looks after the run is there before its file says `running`, and gone again where that file could not be written. */
function announced<T>(journal: Journal, write: (announce: (state: LiveState, page: string) => void) => T): T {
  let known: LiveState | undefined;
  try {
    return write((state, page) => {
      known = state;
      try {
        announce(journal.root, state, page);
      } catch {
        // `.journal/` cannot be written: said when the command is about to start
      }
    });
  } catch (reason) {
    if (known !== undefined) withdraw(journal.root, known);
    throw reason;
  }
}

/** What is known about a run before its command starts. */
export function firstState(journal: Journal, plan: RunPlan, begun: Begun | undefined, command: readonly string[]): LiveState {
  return {
    version: 1,
    id: begun?.id ?? "debug",
    path: begun?.path ?? "",
    study: (begun?.study ?? studyOf(journal, plan)).name,
    keeper: self(),
    command,
    cwd: plan.cwd,
    mode: "pipe",
    repeats: plan.repeats,
    parts: [],
    patterns: journal.settings.capture.patterns,
    ...(begun?.again === true ? { again: true } : {}),
    ...(plan.artifacts.length === 0 ? {} : { artifacts: fill(plan.artifacts, plan.values) }),
  };
}

/** With what the working tree holds now. */
function withCode(run: Omit<NewRun, "id">, { snapshot, code }: Partial<Snapshot> = {}): Omit<NewRun, "id"> {
  const execution = run.more?.["run"];
  if (snapshot === undefined || typeof execution !== "object") return run;
  return {
    ...run,
    more: { ...run.more, run: { ...execution, snapshot, ...(code === undefined ? {} : { code }) } } as Record<string, ConfigValue>,
  };
}

function executionOf(journal: Journal, plan: RunPlan, { command, started }: Start): Readonly<Record<string, Source>> {
  const cwd = relative(findGit(journal.root)?.top ?? journal.root, plan.cwd)
    .split(sep)
    .join("/");
  return { command: { source: printFlow(command) }, cwd: { source: cwd === "" ? "." : printFlow(cwd) }, started: { source: started } };
}

function attachRun(journal: Journal, plan: RunPlan, id: string, start: Start, io: Io): Begun {
  const file = journal.find(id);
  const { run, path } = file;
  if (run.status === "finished") throw new JournalError(alreadyFinished(run.id, path), exits.conflict);
  const live = readLive(journal.root, run.id);
  const goesOn = live === undefined ? run.status === "running" : conditionOf(live) !== "ended";
  if (goesOn) throw new JournalError(alreadyRunning(run.id, path), exits.conflict);
  const again = run.status === "failed" || run.status === "lost" || run.status === "running";
  const study = studyOfRun(journal, file);
  const begun = { id: run.id, path, study, talk: [], again };
  const edits: readonly Edit[] = [
    { kind: "set", path: ["status"], value: "running" },
    ...(again ? earlierAttempt(file) : []),
    ...Object.entries({ ...executionOf(journal, plan, start), ...plan.run }).map(
      ([key, value]): Edit => ({ kind: "set", path: ["run", key], value }),
    ),
    ...(["seconds", "exit"] as const).flatMap((key): readonly Edit[] =>
      again && run.run?.[key] !== undefined ? [{ kind: "remove", path: ["run", key] }] : [],
    ),
    ...attachedParameters(journal, file, start.captured, io),
  ];
  announced(journal, (announce) => {
    announce(firstState(journal, plan, begun, start.command), journal.read(path).text);
    journal.edit(path, edits);
  });
  return begun;
}

/** The first start was no attempt among others until there is a second. */
function earlierAttempt({ run }: RunFile): readonly Edit[] {
  const { started, seconds, exit, snapshot } = run.run ?? {};
  if (run.attempts.length > 0 || run.run === undefined) return [];
  const attempt = { started, seconds, exit, snapshot };
  const value = Object.fromEntries(Object.entries(attempt).filter(([, fact]) => fact !== undefined)) as Record<string, Json>;
  return Object.keys(value).length === 0 ? [] : [{ kind: "push", path: ["attempts"], value }];
}

function attachedParameters(journal: Journal, file: RunFile, captured: readonly Parameter[], io: Io): readonly Edit[] {
  for (const { name, value, text } of captured) {
    const wished = file.run.config[name];
    if (file.run.status === "planned" && wished !== undefined && !sameValue(wished, value))
      io.warn(contradicted(name, file.run.configText[name] ?? String(wished), text ?? String(value)));
  }
  return parameterEdits(journal, file, captured);
}
