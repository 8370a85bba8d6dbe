// What this machine has now, in the shape of what a run recorded.

import { cpus } from "node:os";
import type { Settings } from "../record/settings.ts";
import { readEnvironment } from "./environment.ts";
import { type HardwareFacts, readHardware } from "./hardware.ts";
import type { Environment } from "./interpreter.ts";
import { parseFreeze, type Recorded } from "./recorded.ts";

/** `folder` is where the command would run. */
export async function readCurrent(
  folder: string,
  argv: readonly string[],
  settings: Pick<Settings, "capture">,
  environment: Environment,
): Promise<Recorded> {
  const [software, machine] = await Promise.all([readEnvironment(folder, argv, settings, environment), readHardware(environment)]);
  return {
    software: software.software,
    ...(software.freeze === undefined ? {} : { packages: parseFreeze(software.freeze) }),
    hardware: machineOf(machine),
    variables: software.variables,
    locks: Object.fromEntries(software.locks.map(({ path, sha256 }) => [path, sha256])),
  };
}

/** The cores stand behind the processor, as `journal new` and `journal run` write them. How much memory there is changes no result. */
function machineOf({ cpu, cores: _, ram: __, ...rest }: HardwareFacts): Readonly<Record<string, string>> {
  const count = cpus().length;
  const known = { ...rest, ...(cpu === undefined ? {} : { cpu: `${cpu}, ${count} ${count === 1 ? "core" : "cores"}` }) };
  return Object.fromEntries(Object.entries(known).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])));
}
