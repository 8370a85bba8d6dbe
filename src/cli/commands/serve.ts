// `journal serve`: the site on this machine, always as the files are now.

import { exits, JournalError } from "../../base/problem.ts";
import { readAssets } from "../../build/assets.ts";
import { serve as listen } from "../../build/serve.ts";
import { planSite } from "../../build/site.ts";
import type { Journal } from "../../store/journal.ts";
import { openJournal } from "../../store/journal.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { badPort, portTaken } from "../messages.ts";
import type { Outcome } from "../outcome.ts";

/** Ends when the process is told to. */
export async function serve(journal: Journal, options: Pick<Options, "port">, io: Io): Promise<Outcome> {
  const port = Number(options.port ?? 4747);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new JournalError(badPort(options.port ?? ""));
  const assets = readAssets();
  const { server, url } = await listen({ port, site: () => planSite(openJournal(journal.root), assets, { live: true }) }).catch(
    (error: unknown) => {
      if ((error as { code?: string }).code === "EADDRINUSE") throw new JournalError(portTaken(port), exits.conflict);
      throw error;
    },
  );
  io.out(`${url}\n`);
  io.err("serving; Ctrl-C ends it\n");
  await new Promise((resolve) => server.once("close", resolve));
  return { data: { url }, text: "" };
}
