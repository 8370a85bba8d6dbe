// Other site generators over the same run files: a page per run with header, tables and body, and one index table. Their templates are in
// rivals/; they are installed outside of the repository.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";

export interface Rival {
  readonly name: string;
  readonly version: string;
  /** Sets up a project over the runs in `experiments` and says how it is built into a folder. */
  prepare(folder: string, experiments: string): (output: string) => readonly [string, ...string[]];
}

const templates = resolve(import.meta.dirname, "rivals");

/** Installed below `folder` unless it is there already. */
export function eleventy(folder: string): Rival {
  mkdirSync(folder, { recursive: true });
  cpSync(join(templates, "eleventy/package.json"), join(folder, "package.json"));
  const modules = join(folder, "node_modules");
  const bin = join(modules, "@11ty/eleventy/cmd.cjs");
  if (!existsSync(bin)) {
    const { status, stderr } = spawnSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: folder,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`Eleventy could not be installed: ${stderr}`);
  }
  const version = spawnSync(process.execPath, [bin, "--version"], { encoding: "utf8" }).stdout.trim();
  return {
    name: "eleventy",
    version,
    prepare(project, experiments) {
      cpSync(join(templates, "eleventy"), project, { recursive: true });
      cpSync(experiments, join(project, "experiments"), { recursive: true });
      cpSync(join(templates, "eleventy/experiments.json"), join(project, "experiments/experiments.json"));
      symlinkSync(modules, join(project, "node_modules"));
      return (output) => [
        process.execPath,
        bin,
        "--quiet",
        `--input=${project}`,
        `--config=${join(project, "eleventy.config.js")}`,
        `--output=${output}`,
      ];
    },
  };
}

/** Nothing where it is not installed. */
export function hugo(): Rival | undefined {
  const { stdout, error } = spawnSync("hugo", ["version"], { encoding: "utf8" });
  if (error !== undefined) return undefined;
  return {
    name: "hugo",
    version: /v(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? "",
    prepare(project, experiments) {
      cpSync(join(templates, "hugo"), project, { recursive: true });
      cpSync(experiments, join(project, "content/runs"), { recursive: true });
      return (output) => ["hugo", "--quiet", "--source", project, "--destination", output];
    },
  };
}
