// Cheap facts about who and where: no process but git, no waiting.

import { cpus, totalmem } from "node:os";
import { readUserName, readUserNameSoon } from "../store/git.ts";
import type { Io } from "./io.ts";

/** Processor and memory as people write them; what the system does not tell is left out. */
export function readMachine(): Readonly<Record<string, string>> {
  const processors = cpus();
  const model = processors[0]?.model.replace(/\s+/g, " ").trim() ?? "";
  const cores = `${processors.length} ${processors.length === 1 ? "core" : "cores"}`;
  const memory = Math.round(totalmem() / 2 ** 30);
  return {
    ...(processors.length === 0 ? {} : { cpu: model === "" || model === "unknown" ? cores : `${model}, ${cores}` }),
    ...(memory > 0 ? { ram: `${memory} GB` } : {}),
  };
}

/** The name that git would sign a commit with. */
export function readExperimenter(io: Io, folder: string): string | undefined {
  return nameOf(io.environment["GIT_AUTHOR_NAME"] ?? readUserName(folder));
}

export async function readExperimenterSoon(io: Io, folder: string): Promise<string | undefined> {
  return nameOf(io.environment["GIT_AUTHOR_NAME"] ?? (await readUserNameSoon(folder)));
}

const nameOf = (name: string | undefined): string | undefined => name?.trim() || undefined;
