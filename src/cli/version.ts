// The program's version, read only when somebody asks.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** From the package's own package.json, wherever the program was bundled to. */
export function readVersion(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (existsSync(path)) {
      const { name, version } = JSON.parse(readFileSync(path, "utf8")) as { name?: string; version?: string };
      if (name === "experiment-journal" && version !== undefined) return version;
    }
    if (folder === dirname(folder)) return "unknown";
  }
}
