// What this machine has now, in the shape of what a run recorded.

import type { Settings } from "../record/settings.ts";
import { readEnvironment } from "./environment.ts";
import { readHardware } from "./hardware.ts";
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
    hardware: Object.fromEntries(Object.entries(machine).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]))),
    variables: software.variables,
    locks: Object.fromEntries(software.locks.map(({ path, sha256 }) => [path, sha256])),
  };
}
