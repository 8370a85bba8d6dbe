// Which program reads the script: behind `uv run`, `torchrun`, `env`, or the first line of the script itself.

import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";
import { basename, delimiter, dirname, join, resolve } from "node:path";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Interpreter {
  readonly kind: "python" | "node" | "rscript" | "julia";
  /** A path, or a name that the system finds. */
  readonly path: string;
}

const kinds: readonly (readonly [Interpreter["kind"], RegExp])[] = [
  ["python", /^(?:python|pypy)(?:[\d.]*)(?:t|d)?(?:\.exe)?$/i],
  ["node", /^(?:node|nodejs|tsx|ts-node|npx|npm|pnpm|yarn)(?:\.exe|\.cmd)?$/i],
  ["rscript", /^(?:rscript|r)(?:\.exe)?$/i],
  ["julia", /^julia(?:\.exe)?$/i],
];
/** They start the next word, after options. */
const starters = new Set(
  "env nice ionice nohup time timeout stdbuf setsid taskset numactl srun mpirun mpiexec xvfb-run sudo caffeinate".split(" "),
);

/** Looks at files only; nothing is started. */
export function findInterpreter(folder: string, argv: readonly string[], environment: Environment): Interpreter | undefined {
  const words = argv.slice(0, 40);
  for (const [at, word] of words.entries()) {
    const name = basename(word);
    if (
      at > 0 &&
      !/^(?:uv|poetry|pipenv|pdm|hatch|conda|mamba|micromamba|rye)$/.test(basename(words[0] ?? "")) &&
      !starters.has(basename(words[0] ?? ""))
    )
      break;
    if (/^-|^\w+=/.test(word)) continue;
    const kind = kinds.find(([, pattern]) => pattern.test(name))?.[0];
    if (kind !== undefined && !inTool(words, at)) return { kind, path: locate(word, folder, environment) ?? word };
    const script = locate(word, folder, environment);
    const read = script === undefined ? undefined : readFirstLine(script, environment);
    if (read !== undefined) return read;
  }
  const wrapped = /\.py\b|\bpython\d?\b/.test(words.join(" ")) ? ownPython(folder, environment) : undefined;
  return wrapped;
}

/** `uv run python` means the python of the project, not the one on the path. */
const inTool = (words: readonly string[], at: number): boolean =>
  at > 0 && /^(?:uv|poetry|pipenv|pdm|hatch|rye)$/.test(basename(words[0] ?? ""));

function ownPython(folder: string, environment: Environment): Interpreter | undefined {
  const bin = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  const homes = [environment["VIRTUAL_ENV"], environment["CONDA_PREFIX"]].filter((home) => home !== undefined && home !== "");
  for (let at = resolve(folder); ; at = dirname(at)) {
    homes.push(join(at, ".venv"), join(at, "venv"));
    if (dirname(at) === at) break;
  }
  const path =
    homes.map((home) => join(home ?? "", ...bin)).find(isFile) ??
    locate("python3", folder, environment) ??
    locate("python", folder, environment);
  return path === undefined ? undefined : { kind: "python", path };
}

/** As the system would find it. */
export function locate(word: string, folder: string, environment: Environment): string | undefined {
  if (/[/\\]/.test(word)) return [resolve(folder, word)].find(isFile);
  const suffixes = process.platform === "win32" ? ["", ".exe", ".cmd"] : [""];
  const places = (environment["PATH"] ?? "").split(delimiter).filter((place) => place !== "");
  return places.flatMap((place) => suffixes.map((suffix) => resolve(folder, place, word + suffix))).find(isRunnable);
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return isFile(path);
  } catch {
    return false;
  }
}

/** `#!/usr/bin/env python3`, `#!/home/ada/.venv/bin/python`. */
function readFirstLine(path: string, environment: Environment): Interpreter | undefined {
  const bytes = Buffer.alloc(400);
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    readSync(file, bytes, 0, bytes.length, 0);
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
  const line = /^#!\s*([^\n]+)/.exec(bytes.toString("latin1"))?.[1];
  const words =
    line
      ?.trim()
      .split(/\s+/)
      .filter((word, at) => !word.startsWith("-") && !(at === 0 && basename(word) === "env")) ?? [];
  const kind = kinds.find(([, pattern]) => pattern.test(basename(words[0] ?? "")))?.[0];
  return kind === undefined || words[0] === undefined
    ? undefined
    : { kind, path: locate(words[0], dirname(path), environment) ?? words[0] };
}
