// The same program once more, in a session of its own, so that it outlives the terminal it was started from.

import { spawn } from "node:child_process";

export interface Sent {
  readonly id?: string;
  readonly path?: string;
}

/** Waits until the run has begun, or ended without beginning: then nothing is known about it. */
export function sendToBackground(
  program: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Sent> {
  const [name = "", ...words] = program;
  const child = spawn(name, words, { cwd, env: environment, detached: true, stdio: ["ignore", "ignore", "ignore", "ipc"] });
  return new Promise((resolve) => {
    const done = (sent: Sent): void => {
      if (child.connected) child.disconnect();
      child.unref();
      resolve(sent);
    };
    child.on("message", (message) => done(message as Sent));
    child.on("error", () => done({}));
    child.on("exit", () => done({}));
  });
}

/** To whoever sent us here. */
export function reportBegun(sent: Sent): void {
  if (process.connected !== true) return;
  process.send?.(sent);
  process.disconnect();
}
