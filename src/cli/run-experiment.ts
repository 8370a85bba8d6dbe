// One run from its first word to its result: the file, then the command, then what came of it. Nothing that fails on the way of writing
// things down reaches the command: it ends as it would have, with its own output and exit code.

import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exits, type Problem } from "../base/problem.ts";
import { isoDateTime } from "../base/time.ts";
import { reportBegun } from "../capture/background.ts";
import { runBare } from "../capture/bare.ts";
import { type Child, type ChildPlan, prepareWay, startChild, type Way } from "../capture/child.ts";
import { type Claim, Claims, formatOf } from "../capture/claims.ts";
import { type Code, codeEdits, keepCode } from "../capture/code-state.ts";
import {
  beat,
  countParts,
  type Ended,
  files,
  type LiveRun,
  type LiveState,
  makeLive,
  makePart,
  type Part,
  unarchive,
  writeState,
} from "../capture/live.ts";
import { hadNeighbour } from "../capture/neighbours.ts";
import { below } from "../capture/process-tree.ts";
import { Recorder } from "../capture/recorder.ts";
import { type Redact, redactor } from "../capture/redact.ts";
import { redactParameter, redactWord, redactWords } from "../capture/secret-words.ts";
import { takeSnapshotSoon } from "../capture/snapshot.ts";
import type { Surroundings } from "../capture/surroundings.ts";
import { type UsageWatch, watchUsage } from "../capture/usage.ts";
import { parametersOf } from "../formats/arguments.ts";
import type { Parameter } from "../formats/item.ts";
import type { Edit } from "../markdown/edit.ts";
import { type Journal, openJournal } from "../store/journal.ts";
import type { Io } from "./io.ts";
import { checksFailed, codeDoubts, inputsIgnored, logsInDoubt, partlyRecorded } from "./messages-run.ts";
import { pause } from "./pause.ts";
import { type Begun, beginRun, firstState } from "./run-begin.ts";
import type { Finished } from "./run-finish.ts";
import { countedIn, filesIn, fill, type RunPlan } from "./run-plan.ts";
import { type Experiment, isDiskTrouble, runUnrecorded } from "./run-unrecorded.ts";

/** Runs the command, as often as the plan says, and writes down what came of it. */
export async function runExperiment(journal: Journal, plan: RunPlan, io: Io): Promise<Experiment> {
  const redact = redactor(io.environment);
  const command = fill(plan.command, plan.values);
  const shown = redactWords(command, redact);
  const captured = parametersOf(shown)
    .filter((item): item is Parameter => item.kind === "parameter" && item.text?.includes("{seed}") !== true)
    .map((item) => redactParameter(item, redact));
  const started = isoDateTime(io.now());
  // Git looks at the code while the file is made: both are done before the command starts.
  const code = plan.debug
    ? undefined
    : (plan.code ?? takeSnapshotSoon(journal.root, redact, { named: filesIn(journal, plan, command), counted: countedIn(journal, plan) }));
  let begun: Begun | undefined;
  try {
    begun = plan.debug ? undefined : await beginRun(journal, plan, { command: shown, started, captured, code, redact }, io);
  } catch (reason) {
    if (!isDiskTrouble(reason)) throw reason;
    return runUnrecorded(plan, reason, io);
  }
  for (const line of begun?.talk ?? []) io.err(`${line}\n`);
  if (begun !== undefined && plan.silent) reportBegun({ id: begun.id, path: begun.path });
  const held =
    begun === undefined || code === undefined ? undefined : plan.code ? codeEdits(plan.code) : keepCode(journal.root, begun.id, code);
  const life = new Life(journal, plan, begun, { shown, redact, code: held }, io);
  try {
    return await life.lead();
  } finally {
    life.close();
  }
}

interface Words {
  /** Without secrets. */
  readonly shown: readonly string[];
  readonly redact: Redact;
  readonly code: Code | Promise<Code> | undefined;
}

const pollMs = 50;
const walkMs = 2_000;
const beatMs = 5_000;
const showMs = 2_000;
const usageMs = 5_000;
/** That hashing large data may hold up the end. */
const patienceMs = 30_000;

class Life {
  private readonly journal: Journal;
  private readonly plan: RunPlan;
  private readonly begun: Begun | undefined;
  private readonly io: Io;
  private readonly folder: string;
  private readonly problems: Problem[] = [];
  private readonly recorder: Recorder;
  private readonly redact: Redact;
  private readonly code: Words["code"];
  private state: LiveState;
  private claims: Claims | undefined;
  private watch: UsageWatch | undefined;
  private surroundings: Promise<Surroundings> | undefined;
  private stopped = false;
  private patient = new AbortController();
  /** That came before the command could get it. */
  private early: NodeJS.Signals | undefined;
  private checksExit: number | undefined;
  private readonly listen: (signal: NodeJS.Signals) => void;

  constructor(journal: Journal, plan: RunPlan, begun: Begun | undefined, words: Words, io: Io) {
    this.journal = journal;
    this.plan = plan;
    this.begun = begun;
    this.io = io;
    this.redact = words.redact;
    this.code = words.code;
    this.folder = this.makeFolder();
    this.state = firstState(journal, plan, begun, words.shown);
    this.recorder = new Recorder(this.live);
    // Nothing else has it until it is committed.
    if (begun !== undefined) this.safely(() => copyFileSync(join(journal.root, begun.path), join(this.folder, files.page)));
    // Between two repetitions too, a signal ends the run and not this process.
    this.listen = (signal) => {
      this.stopped = true;
      this.patient.abort();
      this.early = signal;
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, this.listen);
  }

  async lead(): Promise<Experiment> {
    if (this.begun?.again === true) this.recorder.takeUp();
    const earlier = countParts(this.folder);
    for (let number = 1; number <= this.plan.repeats && !this.stopped; number += 1) {
      const { part, way } = await this.beginPart(String(earlier + number), number);
      const child = this.start(part, way);
      this.lookAround(child);
      // What is needed at the end is loaded meanwhile.
      void Promise.all([import("./run-finish.ts"), import("./run-artifacts.ts"), import("./run-summary.ts")]);
      const ended = await this.attend(part, child);
      this.endPart(part, ended);
    }
    await this.check();
    const finished = await this.finish();
    const { begun } = this;
    return {
      ...(begun === undefined ? {} : { id: begun.id, path: finished.file?.path ?? begun.path }),
      exit: finished.exit === 0 ? (this.checksExit ?? 0) : finished.exit,
      finished,
      ...(finished.file === undefined ? {} : { file: finished.file }),
      problems: [...this.problems, ...finished.problems],
      ...(this.stopped ? { stopped: true } : {}),
    };
  }

  /** After a command that went well: what must succeed too before the run may be kept. */
  private async check(): Promise<void> {
    const { checks } = this.plan;
    const went = this.state.parts.every(({ ended }) => ended?.exit === 0);
    if (checks === undefined || !went || this.stopped || this.begun === undefined) return;
    const begun = Date.now();
    const exit = await runBare({ cwd: this.plan.cwd, quiet: this.plan.silent }, ["/bin/sh", "-c", checks], this.io.environment);
    const value = { command: redactWord(checks, this.redact), exit, seconds: (Date.now() - begun) / 1000 };
    this.note([...(this.state.edits ?? []), { kind: "set", path: ["run", "checks"], value }]);
    if (exit === 0) return;
    this.problems.push(checksFailed(this.begun.id, value.command, exit, this.begun.path));
    this.checksExit = exits.gate;
  }

  close(): void {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(signal, this.listen);
    this.recorder.close();
    if (this.begun === undefined) rmSync(this.folder, { recursive: true, force: true });
  }

  private get live(): LiveRun {
    return { folder: this.folder, state: this.state };
  }

  /** Without a record, or without room for one, things lie where they are swept away. */
  private makeFolder(): string {
    const { begun, journal } = this;
    if (begun !== undefined) {
      try {
        return begun.again ? unarchive(journal.root, begun.id) : makeLive(journal.root, begun.id);
      } catch (reason) {
        this.problems.push(partlyRecorded((reason as Error).message, begun.path));
      }
    }
    return mkdtempSync(join(tmpdir(), "journal-run-"));
  }

  private async beginPart(name: string, number: number): Promise<{ readonly part: Part; readonly way: Way }> {
    const seeded = this.plan.repeats > 1 || this.plan.seeds !== undefined;
    const seed = seeded ? (this.plan.seeds?.[number - 1] ?? String(number)) : undefined;
    this.safely(() => makePart(this.folder, { name }));
    const [way, code] = await Promise.all([prepareWay(this.output(name)), number === 1 ? this.code : undefined]);
    if (code !== undefined && code.ignored.length > 0) this.problems.push(inputsIgnored(code.ignored, this.begun?.path));
    if (code !== undefined) this.problems.push(...codeDoubts(code.doubts, this.begun?.path));
    const part: Part = {
      name,
      started: isoDateTime(this.io.now()),
      points: this.recorder.pointsBytes,
      ...(seed === undefined ? {} : { seed }),
      ...(code?.snapshot === undefined ? {} : { snapshot: code.snapshot }),
    };
    this.state = { ...this.state, parts: [...this.state.parts, part], ...(code === undefined ? {} : { edits: code.edits }) };
    this.safely(() => writeState(this.folder, this.state));
    this.recorder.begin(part, number);
    const own = [".journal", "experiments", "_site", ".git"].map((name) => join(this.journal.root, name));
    this.claims = new Claims({ cwd: this.plan.cwd, command: this.commandOf(part), started: Date.now(), own });
    return { part, way };
  }

  private commandOf({ seed }: Part): readonly string[] {
    const { command, values } = this.plan;
    return fill(command, seed === undefined ? values : { ...values, seed });
  }

  private output(name: string): Pick<ChildPlan, "environment" | "folder" | "target"> {
    const { plan, io } = this;
    return { environment: io.environment, folder: join(this.folder, name), target: plan.silent ? undefined : plan.json ? 2 : 1 };
  }

  private start(part: Part, way: Way): Child {
    const { plan, io } = this;
    const output = this.output(part.name);
    const number = this.state.parts.length;
    const environment = {
      ...io.environment,
      JOURNAL_DIR: output.folder,
      ...(this.begun === undefined ? {} : { JOURNAL_ID: this.begun.id }),
      ...(part.seed === undefined ? {} : { JOURNAL_SEED: part.seed, JOURNAL_REPEAT: String(number) }),
    };
    const limit = plan.timeoutMs === undefined ? {} : { timeoutMs: plan.timeoutMs };
    const child = startChild({ ...output, environment, command: this.commandOf(part), cwd: plan.cwd, ...limit }, way);
    if (this.early !== undefined) process.kill(process.pid, this.early);
    return child;
  }

  /** Machine, packages and data are looked at while the command runs. */
  private lookAround(child: Child): void {
    if (child.pid !== undefined) this.watch = watchUsage(child.pid, usageMs, this.io.environment);
    if (this.begun === undefined || this.surroundings !== undefined) return;
    const { root, settings } = this.journal;
    const place = { root, cwd: this.plan.cwd, command: this.state.command, environment: this.io.environment };
    this.surroundings = import("../capture/surroundings.ts").then(({ lookAround }) => lookAround(place, settings));
    this.surroundings.then(({ edits }) => this.note([...(this.state.edits ?? []), ...edits])).catch(() => {});
  }

  private note(edits: readonly Edit[]): void {
    this.state = { ...this.state, edits };
    this.save();
  }

  private save(): void {
    try {
      writeState(this.folder, this.state);
    } catch {
      // the result itself is still to be written
    }
  }

  /** Reads along until the command has ended and everything it wrote has arrived. */
  private async attend(part: Part, child: Child): Promise<Ended> {
    let over = false;
    const ended = child.ended.then(async (end) => {
      if (!(await child.drained())) this.problems.push(partlyRecorded("a copy of the output is not whole", this.begun?.path));
      over = true;
      return end;
    });
    let beaten = 0;
    let looked = 0;
    let walked = Date.now();
    let shown = Date.now();
    while (!over) {
      const now = Date.now();
      // A command that prints without end is read without a pause, but not asked more often what it has open.
      const look = now - looked >= pollMs;
      if (look) looked = now;
      const more = this.safely(() => {
        if (look) this.claim(part, this.claims?.lookOpen(child.pid === undefined ? [] : below([child.pid])) ?? []);
        return this.recorder.poll();
      });
      if (now - walked > walkMs) {
        this.safely(() => this.claim(part, this.claims?.lookAround() ?? []));
        walked = now;
      }
      if (now - beaten > beatMs) {
        beat(this.folder, new Date(now));
        beaten = now;
      }
      if (now - shown > showMs) {
        await this.show();
        shown = now + 10 * (Date.now() - now);
      }
      await Promise.race([ended, pause(more ? 0 : pollMs)]);
    }
    this.safely(() => {
      this.claim(part, this.claims?.lookAround() ?? []);
      this.lookBehind(part);
      this.recorder.end(part);
    });
    return ended;
  }

  /** At logs that were closed before anybody looked. */
  private lookBehind(part: Part): void {
    const found = this.claims?.lookBehind((since) => hadNeighbour(this.journal.root, this.state, since));
    this.claim(part, found?.claims ?? []);
    if (found?.doubt !== undefined) this.problems.push(logsInDoubt(found.doubt, found.paths, this.begun?.path));
  }

  /** Whatever goes wrong in reading along is said once, and never reaches the command. */
  private safely<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (reason) {
      const problem = partlyRecorded((reason as Error).message, this.begun?.path);
      if (!this.problems.some(({ message }) => message === problem.message)) this.problems.push(problem);
      return undefined;
    }
  }

  /** Files are written down before they are read: whoever settles the run reads the same ones. */
  private claim(part: Part, claims: readonly Claim[]): void {
    if (claims.length === 0) return;
    const number = this.state.parts.findIndex(({ name }) => name === part.name);
    const parts = this.state.parts.map((one, at) => (at === number ? { ...one, claims: [...(one.claims ?? []), ...claims] } : one));
    this.state = { ...this.state, parts };
    this.save();
    for (const claim of claims) {
      const format = formatOf(claim.path, this.plan.cwd);
      if (format !== undefined) this.recorder.follow(claim, format);
    }
  }

  /** For `journal serve`: the curves as far as they go. */
  private async show(): Promise<void> {
    if (this.begun === undefined) return;
    const { attachCurves } = await import("./run-finish.ts");
    try {
      attachCurves(this.journal.root, { path: this.begun.path, run: { id: this.begun.id } }, this.recorder, []);
    } catch {
      // a picture less
    }
  }

  private endPart(part: Part, ended: Ended): void {
    const usage = this.watch?.stop() ?? {};
    const memory = {
      ...(usage.peakRss === undefined ? {} : { peakMemory: usage.peakRss }),
      ...(usage.peakGpuMemory === undefined ? {} : { peakGpuMemory: usage.peakGpuMemory }),
    };
    this.state = {
      ...this.state,
      parts: this.state.parts.map((one) => (one.name === part.name ? { ...one, ended: { ...ended, ...memory } } : one)),
    };
    this.save();
  }

  private async finish(): Promise<Finished> {
    const { recorder } = this;
    const { finishRun, previewRun } = await import("./run-finish.ts");
    const { readMade } = await import("./run-artifacts.ts");
    if (this.begun === undefined) return previewRun(this.journal, this.live, recorder);
    const around = await Promise.race([this.surroundings?.catch(() => undefined), pause(patienceMs)]);
    const { now, environment, warn } = this.io;
    const journal = openJournal(this.journal.root, { now: () => now(), environment, warn: (problem) => warn(problem) });
    // A further signal ends the waiting for the hashes of large files.
    this.patient = new AbortController();
    const { made, problems } = await readMade(journal, this.live, this.patient.signal);
    this.state = { ...this.state, made };
    this.save();
    const failed = recorder.failure === undefined ? [] : [partlyRecorded((recorder.failure as Error).message, this.begun.path)];
    const freeze = around?.freeze === undefined ? {} : { freeze: around.freeze };
    const extras = { redact: this.redact, usage: this.watch?.points ?? [], ...freeze };
    const finished = this.safely(() => finishRun(journal, this.live, recorder, extras)) ?? previewRun(this.journal, this.live, recorder);
    return { ...finished, problems: [...failed, ...problems, ...finished.problems] };
  }
}
