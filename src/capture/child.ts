// The command as a process: started without a shell reading its words, with its own output, input and signals, and seen to its end.

import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, constants, openSync, readFileSync, rm, rmSync, writeSync } from "node:fs";
import { constants as system } from "node:os";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { shellWord } from "../base/shell.ts";
import { type Ended, files, readTimes } from "./live.ts";
import { type Branch, findTools, leadToOne, type Mode, makePipes, openBranch, readTerminals, type Terminals } from "./output.ts";
import { firstChildOf, isHeld, membersOf, signalAll } from "./processes.ts";

export interface ChildPlan {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of this part of the run. */
  readonly folder: string;
  /** Where stdout goes on to: 2 while stdout is for a document, nothing when nobody looks. */
  readonly target: 1 | 2 | undefined;
  readonly timeoutMs?: number;
  /** Between TERM and KILL. */
  readonly graceMs?: number;
}

export interface Child {
  readonly mode: Mode;
  /** Of the process group or tree that is watched. */
  readonly pid: number | undefined;
  readonly ended: Promise<Ended>;
  /** When all that was written has arrived; whether the copies are whole. */
  drained(): Promise<boolean>;
}

/**
 * Between us and the command stands a shell that runs nothing but it: it writes down how the command ended, so that somebody who
 * comes later can know when we were killed. It lets signals pass, and the words reach `exec` as they are.
 */
const keeper = `trap : HUP INT QUIT TERM USR1 USR2 ALRM
echo $$ >"$0/${files.pid}"
( exec "$@" 2>&3 3>&- )
code=$?
{ echo "$code"; times; } >"$0/${files.exit}" 2>/dev/null
exit "$code"`;

const shell = "/bin/sh";
/** Signals that somebody may send us and mean the command. */
const passed: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"];
const defaultGrace = 10_000;

interface Started {
  readonly mode: Mode;
  readonly process: ChildProcess;
  readonly branches: readonly Branch[];
  /** Whether the keyboard's signals reach the command without us. */
  readonly shared: boolean;
}

export function startChild(plan: ChildPlan, way: Way): Child {
  const begun = Date.now();
  const started = start(plan, way);
  const { mode, process: child, branches } = started;
  const leader = (): number | undefined => readPid(join(plan.folder, files.pid)) ?? child.pid;
  const stopPassing = passSignals(started, () => readPid(join(plan.folder, files.pid)));
  let ending: Promise<void> | undefined;
  const timer =
    plan.timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          ending = endAll(leader(), mode === "terminal" || !started.shared, plan.graceMs ?? defaultGrace);
        }, plan.timeoutMs);
  const ended = new Promise<Ended>((resolve) => {
    const finish = async (exit: number): Promise<void> => {
      clearTimeout(timer);
      const timedOut = ending !== undefined;
      await ending;
      stopPassing();
      const [code = "", , times = ""] = readOr(join(plan.folder, files.exit)).split("\n");
      const known = /^\d{1,3}$/.test(code) ? Number(code) : exit;
      const seconds = (Date.now() - begun) / 1000;
      resolve({ exit: timedOut ? 124 : known, seconds, ...readTimes(times), ...(timedOut ? { timedOut: true } : {}) });
    };
    child.on("error", (error: NodeJS.ErrnoException) => void finish(error.code === "ENOENT" ? 127 : 126));
    child.on("exit", (code, signal) => void finish(code ?? 128 + (signal === null ? 0 : system.signals[signal])));
  });
  return { mode, pid: child.pid, ended, drained: () => drain(branches, leader()) };
}

/** How the output of a command will be taken, and the named pipes for it: made ahead, while other work goes on. */
export type Way =
  | { readonly mode: "plain" }
  | { readonly mode: "terminal"; readonly script: string; readonly tee: string; readonly path: string }
  | { readonly mode: "pipe"; readonly tee: string; readonly paths: Pipes };

/** Streams without a pipe stay untouched; without `err` alone, both lead to one place. */
type Pipes = { readonly [name in "out" | "err"]?: string };

/** Never rejects: where there are no named pipes, or no room for one, the output comes through this process. */
export async function prepareWay({ environment, folder, target }: Omit<ChildPlan, "command" | "cwd">): Promise<Way> {
  const terminals = readTerminals();
  const { tee, mkfifo, script } = findTools(environment["PATH"]);
  if (tee === undefined || mkfifo === undefined) return { mode: "plain" };
  try {
    if (target === 1 && terminals.out && terminals.err && script !== undefined) {
      const [path = ""] = await makePipes(mkfifo, folder, ["out"]);
      return { mode: "terminal", script, tee, path };
    }
    const { out, err, one } = streamsOf(target, terminals);
    const names = [...(out ? [] : (["out"] as const)), ...(err || one ? [] : (["err"] as const))];
    const paths = await makePipes(mkfifo, folder, names);
    return { mode: "pipe", tee, paths: Object.fromEntries(names.map((name, at) => [name, paths[at]])) };
  } catch {
    return { mode: "plain" };
  }
}

/** Which streams stay untouched, and whether both lead to one place. */
function streamsOf(target: ChildPlan["target"], terminals: Terminals) {
  const untouched = { out: target === 1 && terminals.out, err: target !== undefined && terminals.err };
  return { ...untouched, one: target !== undefined && !untouched.out && !untouched.err && leadToOne(target, 2) };
}

function start(plan: ChildPlan, way: Way): Started {
  if (way.mode === "plain") return startPlain(plan);
  const branches: Branch[] = [];
  try {
    if (way.mode === "terminal") {
      const branch = openBranch(way.tee, way.path, join(plan.folder, files.out), undefined);
      branches.push(branch);
      return startOnTerminal(plan, way.script, branch);
    }
    return startPiped(plan, way.tee, way.paths, branches);
  } catch {
    // No named pipes here, or no room for one.
    for (const branch of branches) letGo(branch);
    return startPlain(plan);
  }
}

/** The command has its end by now, or never will. Throws nothing: once a command has started, no other may be. */
function letGo({ descriptor, path }: Branch, named = false): void {
  try {
    closeSync(descriptor);
    if (!named) rmSync(path, { force: true });
  } catch {
    // a name too many in a folder that is swept
  }
}

const wordsOf = ({ folder, command }: ChildPlan): readonly string[] => ["-c", keeper, folder, ...command];

/** `script` makes a terminal for the command and hands the keys on; its log is the pipe. */
function startOnTerminal(plan: ChildPlan, script: string, branch: Branch): Started {
  const own = plan.environment["SHELL"];
  const { input } = readTerminals();
  const line = [
    own === undefined ? "unset SHELL" : `export SHELL=${shellWord(own)}`,
    `exec ${[shell, ...wordsOf(plan)].map(shellWord).join(" ")} ${input ? "" : "<&3 "}3>&2 2>/dev/null 4>&-`,
  ].join("; ");
  const child = spawn(script, ["-q", "-e", "-f", "-c", line, branch.path], {
    cwd: plan.cwd,
    env: { ...plan.environment, SHELL: shell },
    // The last one keeps the pipe open until `script` has opened it by its name.
    stdio: [input ? 0 : "ignore", 1, 2, input ? "ignore" : 0, branch.descriptor],
  });
  letGo(branch, true);
  child.on("exit", () => rm(branch.path, () => {}));
  return { mode: "terminal", process: child, branches: [branch], shared: true };
}

function startPiped(plan: ChildPlan, tee: string, paths: Pipes, branches: Branch[]): Started {
  const { folder, target } = plan;
  const terminals = readTerminals();
  const untouched = streamsOf(target, terminals);
  const open = (name: "out" | "err", to: number | undefined): number | undefined => {
    const path = paths[name];
    if (path === undefined) return undefined;
    const branch = openBranch(tee, path, join(folder, files[name]), to);
    branches.push(branch);
    return branch.descriptor;
  };
  const out = open("out", target) ?? 1;
  const err = open("err", target === undefined ? undefined : 2) ?? (untouched.one ? out : 2);
  const shared = terminals.input || untouched.out || untouched.err;
  const child = spawn(shell, wordsOf(plan), {
    cwd: plan.cwd,
    env: plan.environment,
    stdio: [target === undefined ? "ignore" : 0, out, "ignore", err],
    detached: !shared,
  });
  for (const branch of branches) letGo(branch);
  return { mode: "pipe", process: child, branches, shared };
}

/** The output comes through this process; the command does not outlive it by much. */
function startPlain(plan: ChildPlan): Started {
  const { folder, target, command } = plan;
  const [name = "", ...words] = command;
  const child = spawn(name, words, {
    cwd: plan.cwd,
    env: plan.environment,
    stdio: [target === undefined ? "ignore" : 0, "pipe", "pipe"],
    windowsHide: true,
  });
  const streams = [
    [child.stdout, target === undefined ? undefined : target === 1 ? process.stdout : process.stderr, files.out],
    [child.stderr, target === undefined ? undefined : process.stderr, files.err],
  ] as const;
  for (const [from, to, log] of streams) if (from !== null) copy(from, to, join(folder, log));
  return { mode: "plain", process: child, branches: [], shared: process.platform === "win32" || readTerminals().input };
}

function copy(from: NodeJS.ReadableStream, to: Writable | undefined, log: string): void {
  let file: number | undefined;
  try {
    file = openSync(log, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND);
  } catch {
    // the command's output is worth more than our copy
  }
  from.on("data", (chunk: Buffer) => {
    try {
      if (file !== undefined) writeSync(file, chunk);
    } catch {
      file = undefined;
    }
    if (to === undefined || to.write(chunk)) return;
    from.pause();
    to.once("drain", () => from.resume());
  });
}

/** A signal that was sent to us is the command's; one from the keyboard reached it already. */
function passSignals({ process: child, shared, mode }: Started, keeper: () => number | undefined): () => void {
  const fromKeyboard = new Set<string>(shared ? ["SIGINT", "SIGQUIT"] : []);
  let over = false;
  // Below the shell that keeps it, which may not have started it yet.
  const passDown = async (signal: NodeJS.Signals): Promise<void> => {
    for (let tries = 0; !over && tries < mostTries; tries += 1) {
      const pid = keeper();
      const first = pid === undefined ? undefined : await firstChildOf(pid);
      if (first !== undefined) return signalAll([first], signal);
      await later(soon);
    }
  };
  const listeners = passed.map((signal) => {
    const listener = (): void => {
      if (fromKeyboard.has(signal)) return;
      if (mode === "plain") child.kill(signal);
      else void passDown(signal);
    };
    process.on(signal, listener);
    return [signal, listener] as const;
  });
  return () => {
    over = true;
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}

const mostTries = 100;
const soon = 10;
const lookAgain = 50;

/** TERM to all of it, then KILL to what is left. What left the group is found by its parents. */
async function endAll(leader: number | undefined, grouped: boolean, grace: number): Promise<void> {
  if (leader === undefined) return;
  const known = new Map<number, string>();
  const tell = async (signal: NodeJS.Signals): Promise<boolean> => {
    // Looked for first: without its parent nobody knows whose it was.
    const members = await membersOf(leader, known);
    if (grouped) signalAll([-leader], signal);
    signalAll(members, signal);
    return members.length === 0;
  };
  let over = await tell("SIGTERM");
  for (const deadline = Date.now() + grace; !over && Date.now() < deadline; ) {
    await later(lookAgain);
    over = (await membersOf(leader, known)).length === 0;
  }
  for (let tries = 0; !over && tries < 20; tries += 1) {
    over = await tell("SIGKILL");
    await later(lookAgain);
  }
}

const patience = 1000;

/** Whatever goes on in the background may hold the pipe for ever; else the rest is on its way, to somebody who reads slowly. */
async function drain(branches: readonly Branch[], leader: number | undefined): Promise<boolean> {
  const all = Promise.all(branches.map(({ done }) => done)).then((whole) => whole.every(Boolean));
  const pipes = new Set(branches.map(({ pipe }) => pipe));
  const tees = new Set(branches.flatMap(({ tee }) => tee.pid ?? []));
  for (;;) {
    let timer: NodeJS.Timeout | undefined;
    const long = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), patience);
    });
    const waited = await Promise.race([all, long]);
    clearTimeout(timer);
    if (waited !== undefined) return waited;
    if (leader === undefined || isHeld(pipes, tees) || (await membersOf(leader)).length > 0) {
      for (const { tee } of branches) tee.unref();
      return true;
    }
  }
}

function later(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), milliseconds);
  });
}

function readPid(path: string): number | undefined {
  const pid = Number(readOr(path));
  return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
}

function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
