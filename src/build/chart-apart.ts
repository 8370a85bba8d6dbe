// Draws charts of somebody's own in a process apart: whatever a specification makes Vega do, it ends after a few seconds and within its
// memory, and the clock there knows no time zones, so that the bytes are the same everywhere. The process is this very file, started again.

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Spec } from "../report/chart.ts";

/** What the other process is asked: a wide and a narrow drawing. */
export interface Drawing {
  readonly wide: Spec;
  readonly narrow: Spec;
  readonly name: string;
  readonly slug: string;
}

export type Drawn = { readonly wide: string; readonly narrow: string } | { readonly failure: string } | { readonly stopped: true };

/** For one chart, from the moment that the process is there. */
export const patience = 10_000;
const startPatience = 60_000;
const memory = 512;
const word = "draw-charts";

let child: ChildProcess | undefined;
let turn: Promise<unknown> = Promise.resolve();

/** One after the other. Never throws. */
export function drawApart(drawing: Drawing, limit: number = patience): Promise<Drawn> {
  const drawn = turn.then(() => ask(drawing, limit));
  turn = drawn;
  return drawn;
}

async function ask(drawing: Drawing, limit: number): Promise<Drawn> {
  const asked = child?.connected === true ? child : await start();
  if (asked === undefined) return { failure: "no second process could be started to draw it" };
  hold(asked, true);
  const answer = await answerOf(asked, limit, drawing);
  if (answer === undefined) {
    asked.kill("SIGKILL");
    child = undefined;
    return { stopped: true };
  }
  hold(asked, false);
  return answer as Drawn;
}

async function start(): Promise<ChildProcess | undefined> {
  try {
    const made = fork(fileURLToPath(import.meta.url), [word], {
      execArgv: [...loaders(), `--max-old-space-size=${memory}`],
      env: { TZ: "UTC", ...(process.env["PATH"] === undefined ? {} : { PATH: process.env["PATH"] }) },
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const ready = await answerOf(made, startPatience);
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
function answerOf(asked: ChildProcess, limit: number, drawing?: Drawing): Promise<unknown> {
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
    if (drawing !== undefined) asked.send(drawing, (error) => (error === null ? undefined : gone()));
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
  let seed = 1;
  // The same chart is the same bytes, whatever was drawn before: a generator of its own, begun anew for each. Vega takes hold of it at once.
  Math.random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const { drawChart } = await import("./chart.ts");
  const send = (answer: Drawn | "ready"): void => void process.send?.(answer);
  process.on("disconnect", () => process.kill(process.pid));
  process.on("message", ({ wide, narrow, name, slug }: Drawing) => {
    const draw = (spec: Spec, part: string): Promise<string> => {
      seed = 1;
      return drawChart({ spec, name }, `${slug}-${part}`);
    };
    draw(wide, "l")
      .then(async (drawn) => ({ wide: drawn, narrow: await draw(narrow, "s") }))
      .then(send, (error: unknown) => send({ failure: error instanceof Error ? error.message : String(error) }));
  });
  send("ready");
}
