// Where this program's own package lies, wherever it was bundled to: for its version and the files it ships.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Package {
  readonly folder: string;
  readonly version: string;
}

export function readPackage(): Package {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (existsSync(path)) {
      const { name, version } = JSON.parse(readFileSync(path, "utf8")) as { name?: string; version?: string };
      if (name === "experiment-journal" && version !== undefined) return { folder, version };
    }
    if (folder === dirname(folder)) throw new Error("the package.json of experiment-journal is not above its program");
  }
}
