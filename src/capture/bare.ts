// The command alone, where nothing is to be written down: for ranks that are not the first, and where no record can be made.

import { spawn } from "node:child_process";
import { constants } from "node:os";

const passed: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];

/** Its exit code. Input, output and the keyboard are its own. */
export function runBare(
  { cwd, quiet = false }: { readonly cwd: string; readonly quiet?: boolean },
  [name = "", ...words]: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const child = spawn(name, words, { cwd, env: environment, stdio: quiet ? "ignore" : "inherit", windowsHide: true });
  const listeners = passed.map((signal) => {
    const listener = (): void => void (signal === "SIGINT" || signal === "SIGQUIT" || child.kill(signal));
    process.on(signal, listener);
    return [signal, listener] as const;
  });
  return new Promise((resolve) => {
    const end = (exit: number): void => {
      for (const [signal, listener] of listeners) process.off(signal, listener);
      resolve(exit);
    };
    child.on("error", (error: NodeJS.ErrnoException) => end(error.code === "ENOENT" ? 127 : 126));
    child.on("exit", (code, signal) => end(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
