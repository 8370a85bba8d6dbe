// Why a command cannot be started, as a shell would say it; known before anything is written about it.

import type { ExitCode, Problem } from "../base/problem.ts";
import { lookUp, missingInterpreter } from "../capture/lookup.ts";
import { commandNotExecutable, commandNotFound, interpreterNotFound } from "./messages-run.ts";

export interface Unstartable {
  readonly problem: Problem;
  /** 127, or 126 of what may not be executed. */
  readonly exit: ExitCode;
}

export function unstartable([name = ""]: readonly string[], cwd: string, path: string | undefined): Unstartable | undefined {
  const found = lookUp(name, cwd, path);
  if (found === "missing") return { problem: commandNotFound(name), exit: 127 as ExitCode };
  if (found === "not-executable") return { problem: commandNotExecutable(name), exit: 126 as ExitCode };
  const interpreter = missingInterpreter(name, cwd, path);
  return interpreter === undefined ? undefined : { problem: interpreterNotFound(name, interpreter), exit: 127 as ExitCode };
}
