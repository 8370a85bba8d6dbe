// Shows an address in the user's browser, where there is one.

import { createRequire } from "node:module";

const openers: Readonly<Record<string, readonly [program: string, ...words: string[]]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
};

/** Never fails and waits for nothing: a machine without a screen has no program that opens one. */
export function openBrowser(url: string): void {
  // Loaded only here: it would cost every other command its start.
  const { spawn } = createRequire(import.meta.url)("node:child_process") as typeof import("node:child_process");
  const [program, ...words] = openers[process.platform] ?? ["xdg-open"];
  const child = spawn(program, [...words, url], { stdio: "ignore", detached: true, windowsHide: true });
  child.on("error", () => {});
  child.unref();
}
