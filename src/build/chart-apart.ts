// Draws charts in a process apart, which loads Vega and draws while this one makes other pages. Whatever somebody's own specification makes
// Vega do, it ends after a few seconds and within its memory, and the clock there knows no time zones, so that the bytes are the same
// everywhere. The process is this very file, started again.

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Chart, Spec } from "../report/chart.ts";
import type { Compiled } from "./chart.ts";
import { compileLess } from "./compiler.ts";

/** What the other process is asked: to draw a chart for wide and for narrow pages … */
export type Drawing = Pick<Chart, "slug" | "name" | "wide" | "narrow">;

/** … or to compile specifications for the browser, by name. */
export interface Compiling {
  readonly compile: Readonly<Record<string, Spec>>;
}

export type Drawn = { readonly wide: string; readonly narrow?: string } | Failed;

export type Failed = { readonly failure: string } | { readonly stopped: true };

type CompiledAll = { readonly compiled: Readonly<Record<string, Compiled>> } | Failed;

/** For one chart of somebody's own, from the moment that the process is there. */
export const patience = 10_000;
/** For the start, and for what this program itself wants drawn. */
export const longPatience = 60_000;
const memory = 512;
const word = "draw-charts";

let child: ChildProcess | undefined;
let turn: Promise<unknown> = Promise.resolve();

/** Never throws. */
export const drawApart = (drawing: Drawing, limit: number = patience): Promise<Drawn> => inTurn<Drawn>(drawing, limit);

/** Never throws. */
export const compileApart = (compile: Compiling["compile"]): Promise<CompiledAll> => inTurn<CompiledAll>({ compile }, longPatience);

/** Starts the process before there is anything to draw. */
export function expectCharts(): void {
  turn = turn.then(present);
}

/** Ends the process; the next chart starts another. */
export function endCharts(): Promise<void> {
  const ended = turn.then(async () => {
    if (child?.connected !== true) return;
    const gone = once(child, "exit");
    hold(child, true);
    child.kill("SIGKILL");
    child = undefined;
    await gone;
  });
  turn = ended;
  return ended;
}

/** One after the other. */
function inTurn<Answer>(task: Drawing | Compiling, limit: number): Promise<Answer | Failed> {
  const answer = turn.then(() => ask<Answer>(task, limit));
  turn = answer;
  return answer;
}

const present = async (): Promise<ChildProcess | undefined> => (child?.connected === true ? child : start());

async function ask<Answer>(task: Drawing | Compiling, limit: number): Promise<Answer | Failed> {
  const asked = await present();
  if (asked === undefined) return { failure: "no second process could be started to draw it" };
  hold(asked, true);
  const answer = await answerOf(asked, limit, task);
  if (answer === undefined) {
    asked.kill("SIGKILL");
    child = undefined;
    return { stopped: true };
  }
  hold(asked, false);
  return answer as Answer | Failed;
}

async function start(): Promise<ChildProcess | undefined> {
  try {
    const made = fork(fileURLToPath(import.meta.url), [word], {
      execArgv: [...loaders(), `--max-old-space-size=${memory}`],
      env: { TZ: "UTC", ...(process.env["PATH"] === undefined ? {} : { PATH: process.env["PATH"] }) },
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      serialization: "advanced",
    });
    const ready = await answerOf(made, longPatience);
    if (ready === undefined) {
      made.kill("SIGKILL");
      return undefined;
    }
    child = made;
    return made;
  } catch {
    return undefined;
  }
}

/** What this process itself was started with to read its source. */
function loaders(): readonly string[] {
  const given = process.execArgv;
  return given.flatMap((argument, index) => {
    if (/^(?:--import|--require|-r|--loader)$/.test(argument)) return [argument, given[index + 1] ?? ""];
    return /^--(?:import|require|loader)=/.test(argument) ? [argument] : [];
  });
}

/** The next message; nothing when it ends or takes too long. */
function answerOf(asked: ChildProcess, limit: number, task?: Drawing | Compiling): Promise<unknown> {
  return new Promise((resolve) => {
    const finish = (answer: unknown): void => {
      clearTimeout(timer);
      asked.off("message", finish);
      asked.off("exit", gone);
      asked.off("error", gone);
      resolve(answer);
    };
    const gone = (): void => finish(undefined);
    const timer = setTimeout(gone, limit);
    asked.once("message", finish);
    asked.once("exit", gone);
    asked.once("error", gone);
    if (task !== undefined) asked.send(task, (error) => (error === null ? undefined : gone()));
  });
}

/** A process that has nothing to draw keeps nobody waiting. */
function hold(asked: ChildProcess, held: boolean): void {
  if (held) asked.ref();
  else asked.unref();
  const { channel } = asked;
  if (held) channel?.ref();
  else channel?.unref();
}

if (process.send !== undefined && process.argv[2] === word) {
  compileLess();
  let seed = 1;
  // The same chart is the same bytes, whatever was drawn before: a generator of its own, begun anew for each. Vega takes hold of it at once.
  Math.random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const { compileAll, drawBoth } = await import("./chart.ts");
  const send = (answer: Drawn | CompiledAll | "ready"): void => void process.send?.(answer);
  const begin = (): void => {
    seed = 1;
  };
  const answer = async (task: Drawing | Compiling): Promise<Drawn | CompiledAll> =>
    "compile" in task ? { compiled: compileAll(task.compile) } : drawBoth(task, begin);
  process.on("disconnect", () => process.kill(process.pid));
  process.on("message", (task: Drawing | Compiling) => {
    answer(task).then(send, (error: unknown) => send({ failure: error instanceof Error ? error.message : String(error) }));
  });
  send("ready");
}
