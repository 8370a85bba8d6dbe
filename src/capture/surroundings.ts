// What a run ran on and with: found out while it runs, so that it does not wait, and kept as edits of its file.

import type { Edit } from "../markdown/edit.ts";
import type { Settings } from "../record/settings.ts";
import type { Json } from "../record/tree.ts";
import { readData } from "./data.ts";
import { readEnvironment } from "./environment.ts";
import { codeFacts, environmentFacts } from "./facts.ts";
import { readHardware } from "./hardware.ts";
import type { Redact } from "./redact.ts";
import { takeSnapshot } from "./snapshot.ts";

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

const set = (path: readonly string[], value: Json): Edit => ({ kind: "set", path, value });

function setAll(key: string, facts: Readonly<Record<string, Json | undefined>>): readonly Edit[] {
  return Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [set([key, name], value)]));
}

/** The code, before the command can change it. */
export function readCode(root: string, id: string, redact: Redact): { readonly snapshot?: string; readonly edits: readonly Edit[] } {
  const snapshot = takeSnapshot(root, id, undefined, redact);
  return { ...(snapshot.snapshot === undefined ? {} : { snapshot: snapshot.snapshot }), edits: setAll("run", codeFacts(snapshot)) };
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
      ...data.data.map(({ name, ...item }) => set(["data", name], { ...item })),
    ],
    ...(software.freeze === undefined ? {} : { freeze: software.freeze }),
    missing: data.missing,
  };
}
