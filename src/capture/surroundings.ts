// What a run ran on and with: found out while it runs, so that it does not wait, and kept as edits of its file.

import type { Edit } from "../markdown/edit.ts";
import type { Settings } from "../record/settings.ts";
import { setAll } from "./code-state.ts";
import { readData } from "./data.ts";
import { readEnvironment } from "./environment.ts";
import { environmentFacts } from "./facts.ts";
import { readHardware } from "./hardware.ts";

export interface Surroundings {
  readonly edits: readonly Edit[];
  /** Everything installed, a line each. */
  readonly freeze?: string;
  readonly missing: readonly string[];
}

export interface Place {
  readonly root: string;
  readonly cwd: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** `cpu` and `ram` stand in the file from the beginning. */
const written: ReadonlySet<string> = new Set(["cpu", "cores", "ram"]);

export async function lookAround({ root, cwd, command, environment }: Place, settings: Settings): Promise<Surroundings> {
  const [software, hardware, data] = await Promise.all([
    readEnvironment(cwd, command, settings, environment),
    readHardware(environment),
    readData(root, settings),
  ]);
  const machine = Object.fromEntries(Object.entries(hardware).filter(([key]) => !written.has(key)));
  return {
    edits: [
      ...setAll("hardware", machine),
      ...setAll("software", software.software),
      ...setAll("run", environmentFacts(software)),
      ...setAll("data", Object.fromEntries(data.data.map(({ name, ...item }) => [name, { ...item }]))),
    ],
    ...(software.freeze === undefined ? {} : { freeze: software.freeze }),
    missing: data.missing,
  };
}
