// The software a run had: interpreter, declared packages, everything installed, lock files, the variables that matter.

import { readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { sha256 } from "../base/hash.ts";
import type { Settings } from "../record/settings.ts";
import { findGit } from "../store/git-folder.ts";
import { type Environment, findInterpreter } from "./interpreter.ts";
import { foldName, type Installed, readInstalled } from "./packages.ts";
import { isSecretName, redactor } from "./redact.ts";

export interface LockFile {
  /** From the folder the command ran in. */
  readonly path: string;
  readonly sha256: string;
}

export interface EnvironmentFacts {
  /** For the front matter: the interpreter, the declared packages, CUDA. */
  readonly software: Readonly<Record<string, string>>;
  /** Everything installed, a line each; for an attachment. */
  readonly freeze?: string;
  readonly locks: readonly LockFile[];
  /** Allowed ones that are set; a secret is masked. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Never throws; what cannot be found out is absent. */
export async function readEnvironment(
  folder: string,
  argv: readonly string[],
  settings: Pick<Settings, "capture">,
  environment: Environment,
): Promise<EnvironmentFacts> {
  const interpreter = findInterpreter(folder, argv, environment);
  const installed: Installed = interpreter === undefined ? { packages: new Map() } : await readInstalled(interpreter, folder, environment);
  const redact = redactor(environment);
  return {
    software: {
      ...(interpreter === undefined || installed.version === undefined ? {} : { [interpreter.kind]: installed.version }),
      ...choosePackages(installed.packages, settings.capture.packages),
    },
    ...(installed.freeze === undefined || installed.freeze === "" ? {} : { freeze: redact(installed.freeze) }),
    locks: readLocks(folder),
    variables: chooseVariables(environment, settings.capture.env),
  };
}

/** Shown where nothing is declared, as far as they are installed. */
const frameworks =
  "torch tensorflow jax jaxlib keras flax transformers lightning pytorch-lightning accelerate deepspeed scikit-learn xgboost lightgbm catboost numpy pandas scipy".split(
    " ",
  );
const mostUndeclared = 8;

function choosePackages(packages: ReadonlyMap<string, string>, declared: readonly string[]): Readonly<Record<string, string>> {
  const versions = new Map([...packages].map(([name, version]) => [foldName(name), version]));
  const wanted = declared.length > 0 ? declared : frameworks.filter((name) => versions.has(name)).slice(0, mostUndeclared);
  const chosen = wanted.flatMap((name): readonly (readonly [string, string])[] => {
    const version = versions.get(foldName(name));
    return version === undefined ? [] : [[name, version]];
  });
  const runtime = (name: string): string | undefined => [...versions].find(([key]) => key.startsWith(`nvidia-${name}`))?.[1];
  const torch = /\+cu(\d+)(\d)$/.exec(versions.get("torch") ?? "");
  const cuda = runtime("cuda-runtime") ?? (torch === null ? undefined : `${torch[1]}.${torch[2]}`);
  const cudnn = runtime("cudnn");
  return { ...Object.fromEntries(chosen), ...(cuda === undefined ? {} : { cuda }), ...(cudnn === undefined ? {} : { cudnn }) };
}

const lockNames =
  "uv.lock poetry.lock pdm.lock Pipfile.lock pylock.toml conda-lock.yml environment.yml environment.yaml requirements.txt requirements.lock package-lock.json pnpm-lock.yaml yarn.lock bun.lock Cargo.lock go.sum Manifest.toml renv.lock flake.lock".split(
    " ",
  );
const largestLock = 32 * 1024 * 1024;

/** Those of the folder and of the ones above it, up to the top of the repository. */
function readLocks(folder: string): readonly LockFile[] {
  const top = findGit(folder)?.top ?? folder;
  const found: LockFile[] = [];
  for (let at = folder; ; at = dirname(at)) {
    for (const name of lockNames) {
      const path = join(at, name);
      const stats = statSync(path, { throwIfNoEntry: false });
      if (!stats?.isFile() || stats.size > largestLock) continue;
      found.push({ path: relative(folder, path).split(sep).join("/"), sha256: sha256(readFileSync(path)) });
    }
    if (at === top || dirname(at) === at || !at.startsWith(top)) return found;
  }
}

/** They change what a program computes, or how fast. */
const allowed =
  /^(?:CUDA_(?:VISIBLE_DEVICES|LAUNCH_BLOCKING|DEVICE_ORDER)|CUBLAS_WORKSPACE_CONFIG|NVIDIA_(?:VISIBLE_DEVICES|TF32_OVERRIDE)|PYTHON(?:HASHSEED|OPTIMIZE|PATH|UNBUFFERED)|(?:OMP|MKL|OPENBLAS|NUMEXPR|VECLIB_MAXIMUM)_(?:NUM_)?(?:THREADS|PROC_BIND|PLACES|SCHEDULE|DYNAMIC)|(?:NCCL|TORCH|PYTORCH|TF_(?!CLI|VAR|DATA|LOG|PLUGIN|WORKSPACE)|XLA|JAX|TRITON|CUDNN|HYDRA)_?[A-Z0-9_]+|TOKENIZERS_PARALLELISM|SLURM_(?:JOB_ID|ARRAY_JOB_ID|ARRAY_TASK_ID|JOB_PARTITION|NNODES|NTASKS|CPUS_PER_TASK|GPUS|RESTART_COUNT)|CONDA_DEFAULT_ENV|WORLD_SIZE|LOCAL_WORLD_SIZE|SEED|[A-Z0-9_]+_SEED)$/;
const longestValue = 500;

function chooseVariables(environment: Environment, declared: readonly string[]): Readonly<Record<string, string>> {
  const wanted = new Set(declared);
  const redact = redactor(environment);
  const chosen: Record<string, string> = {};
  for (const name of Object.keys(environment).sort()) {
    const value = environment[name];
    if (value === undefined || !(wanted.has(name) || (allowed.test(name) && !isSecretName(name)))) continue;
    chosen[name] = isSecretName(name) ? `[redacted:${name.toLowerCase().replaceAll("_", "-")}]` : redact(value.slice(0, longestValue));
  }
  return chosen;
}
