// `journal serve`: the site on this machine, always as the files are now.

import { createServer } from "node:net";
import { setFlagsFromString } from "node:v8";
import { exits, JournalError } from "../../base/problem.ts";
import { readAssets } from "../../build/assets.ts";
import { type Served, serve as start } from "../../build/serve.ts";
import type { Journal } from "../../store/journal.ts";
import { openBrowser } from "../browser.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { badPort, portTaken } from "../messages.ts";
import type { Outcome } from "../outcome.ts";
import { document } from "../output.ts";

/** Ends, with 0, when the process is told to: Ctrl-C, or SIGTERM. */
export async function serve(journal: Journal, options: Pick<Options, "port" | "open">, json: boolean, io: Io): Promise<Outcome> {
  const port = Number(options.port ?? 4747);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new JournalError(badPort(options.port ?? ""));
  // Each save makes much that is soon forgotten: with room for it a quarter of the work falls away.
  setFlagsFromString("--max-semi-space-size=32");
  const served = await startOrRefuse(journal.root, port);
  const outcome: Outcome = { data: { url: served.url, port: served.port }, text: "", printed: true };
  io.out(json ? document("serve", outcome, []) : `${served.url}\n`);
  io.err("serving; Ctrl-C ends it\n");
  if (options.open === true && io.interactive) openBrowser(served.url);
  await untilTold();
  await served.close();
  return outcome;
}

async function startOrRefuse(root: string, port: number): Promise<Served> {
  try {
    return await start({ port, root, assets: readAssets() });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    throw new JournalError(portTaken(port, code === "EACCES", await findFree(Math.max(port, 1024) + 1)), exits.conflict);
  }
}

const tries = 20;

/** The first port from `port` on that nobody listens on. */
async function findFree(port: number): Promise<number> {
  for (let next = port; next < Math.min(port + tries, 65536); next++) if (await isFree(next)) return next;
  return 0;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

/** A terminal that is closed ends the process by itself, unless it was started to outlive it. */
function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      for (const signal of signals) process.off(signal, end);
      resolve();
    };
    for (const signal of signals) process.on(signal, end);
  });
}

const signals = ["SIGINT", "SIGTERM"] as const;
