// Programs that are asked a question and must not keep us waiting.

import { execFile } from "node:child_process";

/** What it printed; nothing where it is absent, fails or takes too long. */
export function askProgram(
  command: string,
  words: readonly string[],
  options: {
    readonly folder?: string;
    readonly environment?: Readonly<Record<string, string | undefined>>;
    readonly patience?: number;
  } = {},
): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(
      command,
      words,
      {
        ...(options.folder === undefined ? {} : { cwd: options.folder }),
        env: options.environment ?? process.env,
        encoding: "utf8",
        timeout: options.patience ?? 20_000,
        killSignal: "SIGKILL",
        maxBuffer: 32 * 1024 * 1024,
        windowsHide: true,
      },
      (error, stdout) => resolve(error === null ? stdout : undefined),
    ).stdin?.end();
  });
}
