// What is there to run a past run again, and what is missing; nothing is run.

import { join, relative, resolve, sep } from "node:path";
import type { RunFile } from "../record/experiment.ts";
import type { Settings } from "../record/settings.ts";
import { callGit } from "../store/git-call.ts";
import { findGit } from "../store/git-folder.ts";
import { readCurrent } from "./current.ts";
import { readData } from "./data.ts";
import { findCode, isCommitAlone } from "./find-code.ts";
import { HashCache } from "./hash-cache.ts";
import type { Environment } from "./interpreter.ts";
import { lookUp } from "./lookup.ts";
import { readManifest } from "./manifest.ts";
import { compareRecorded, type FactDifference, type Recorded, readRecorded } from "./recorded.ts";
import { listSnapshots } from "./snapshot-refs.ts";

export type CheckState = "ok" | "missing" | "differs";

export interface Check {
  readonly what: "command" | "code" | "files" | "data" | "environment" | "machine" | "shared" | "artifact";
  readonly state: CheckState;
  readonly text: string;
  /** What to type. */
  readonly cure?: string;
  /** Worth knowing, and no obstacle. */
  readonly note?: true;
}

export interface Verified {
  readonly reproducible: "full" | "partial" | "no";
  readonly checks: readonly Check[];
  /** The commit whose files are the code. */
  readonly code?: string;
  readonly differences: readonly FactDifference[];
  /** Names of data that is not what it was. */
  readonly data: readonly string[];
}

export interface World {
  readonly root: string;
  readonly settings: Pick<Settings, "capture" | "data">;
  readonly environment: Environment;
}

export async function verifyRun(file: RunFile, world: World): Promise<Verified> {
  const { command } = file.run.run ?? {};
  const code = checkCode(file, world.root);
  const data = await checkData(file, world);
  const environment = command === undefined ? { checks: [], differences: [] } : await checkEnvironment(file, command, world);
  const checks = [
    command === undefined
      ? lacks("command", "no command is recorded", `journal set ${file.run.id} 'run.command=[python, train.py]'`)
      : checkCommand(file, command, code.commit, world),
    ...code.checks,
    ...leftOut(file),
    ...data.checks,
    ...environment.checks,
    ...(await checkArtifacts(file, world)),
  ];
  const isNo = command === undefined || code.commit === undefined;
  const isPartial = checks.some(({ state, note }) => state !== "ok" && note !== true);
  return {
    reproducible: isNo ? "no" : isPartial ? "partial" : "full",
    checks,
    ...(code.commit === undefined ? {} : { code: code.commit }),
    differences: environment.differences,
    data: data.changed,
  };
}

const fine = (what: Check["what"], text: string): Check => ({ what, state: "ok", text });
const lacks = (what: Check["what"], text: string, cure?: string): Check => ({
  what,
  state: "missing",
  text,
  ...(cure === undefined ? {} : { cure }),
});

/** A program that is a path must be here, or come with the code. */
function checkCommand({ run }: RunFile, command: readonly string[], code: string | undefined, { root, environment }: World): Check {
  const [name = ""] = command;
  const top = findGit(root)?.top ?? root;
  const folder = join(top, run.run?.cwd ?? ".");
  const path = relative(top, resolve(folder, name)).split(sep).join("/");
  const isThere =
    lookUp(name, folder, environment["PATH"]) === "found" ||
    (name.includes("/") && code !== undefined && callGit(top, ["cat-file", "-e", `${code}:${path}`]).ok);
  return isThere ? fine("command", command.join(" ")) : lacks("command", `there is no \`${name}\` here to start`);
}

function checkCode({ run }: RunFile, root: string): { readonly checks: readonly Check[]; readonly commit?: string } {
  const { snapshot, commit } = run.run ?? {};
  const git = findGit(root);
  if (git === undefined) return { checks: [lacks("code", "this folder is no git repository, so no code is kept")] };
  if (snapshot === undefined && commit === undefined) return { checks: [lacks("code", "neither commit nor snapshot is recorded")] };
  const code = findCode(root, run.run);
  if (snapshot === undefined) {
    const short = String(commit).slice(0, 12);
    if (code === undefined) return { checks: [lacks("code", `the commit ${short} is not in this clone`, "git fetch --all")] };
    return { checks: [lacks("code", `commit ${short}; whether there were changes on top of it is not recorded`)], commit: code };
  }
  if (code === undefined)
    return { checks: [lacks("code", `the snapshot ${snapshot.slice(0, 12)} is not in this clone`, "journal sync pull")] };
  if (isCommitAlone(root, run.run))
    return { checks: [fine("code", `commit ${commit?.slice(0, 12)}, with nothing on top of it`)], commit: code };
  return { checks: [fine("code", `snapshot ${snapshot.slice(0, 12)}`), ...checkShared(git.top, run.id, snapshot)], commit: code };
}

/** A snapshot that only this clone has goes with it. */
function checkShared(top: string, id: string, snapshot: string): readonly Check[] {
  const known = listSnapshots(top);
  const own = known?.refs.filter(({ name }) => name === id || name.startsWith(`${id}.`)) ?? [];
  if (own.some(({ name }) => known?.pushed.has(name))) return [fine("shared", "the snapshot is on a remote")];
  const kept =
    own.length > 0 || callGit(top, ["for-each-ref", "--count=1", `--contains=${snapshot}`, "--format=%(refname)"]).out.length > 0;
  if (kept) return [{ ...lacks("shared", "only this clone has the snapshot", "journal sync push"), note: true }];
  return [lacks("shared", "no ref holds the snapshot, so git may remove it", `git update-ref refs/journal/snap/${id} ${snapshot}`)];
}

function leftOut({ run }: RunFile): readonly Check[] {
  const left = run.run?.other["left_out"];
  const paths = left !== null && typeof left === "object" && !Array.isArray(left) ? Object.entries(left) : [];
  return paths.map(([path, why]) => lacks("files", `\`${path}\` is not in the snapshot (${String(why)})`));
}

/** More is not read for an answer. */
const mostRead = 50e9;

async function checkData(
  { run }: RunFile,
  { root, settings }: World,
): Promise<{ readonly checks: readonly Check[]; readonly changed: readonly string[] }> {
  const declared = Object.fromEntries(
    run.data.map((item) => [item.name, { ...(item.path === undefined ? {} : { path: item.path }), ...settings.data[item.name] }]),
  );
  const now = new Map((await readData(root, { data: declared })).data.map((item) => [item.name, item.sha256]));
  const changed: string[] = [];
  const checks = run.data.map(({ name, sha256 }): Check => {
    const hash = now.get(name);
    if (sha256 === undefined) return lacks("data", `\`${name}\` has no hash, so nobody knows whether it is the same`);
    if (hash === sha256) return fine("data", `\`${name}\` is what it was`);
    changed.push(name);
    if (hash === undefined) return lacks("data", `\`${name}\` is not here`);
    return { what: "data", state: "differs", text: `\`${name}\` is not what it was: ${sha256.slice(0, 12)} → ${hash.slice(0, 12)}` };
  });
  return { checks, changed };
}

/** What it left behind; to run it again none of it is needed. */
async function checkArtifacts({ run }: RunFile, { root }: World): Promise<readonly Check[]> {
  const cache = new HashCache(root);
  const checks: Check[] = [];
  for (const { path, bytes, sha256 } of run.artifacts) {
    const found = await readManifest(resolve(root, path), cache, mostRead);
    if ("missing" in found) checks.push({ ...lacks("artifact", `\`${path}\` cannot be compared: ${found.missing}`), note: true });
    else if (found.sha256 === (sha256 ?? found.sha256) && found.bytes === (bytes ?? found.bytes))
      checks.push(fine("artifact", `\`${path}\` is ${sha256 === undefined ? "there; no hash of it is recorded" : "what it was"}`));
    else checks.push({ what: "artifact", state: "differs", text: `\`${path}\` is not what it was`, note: true });
  }
  cache.save();
  return checks;
}

async function checkEnvironment(
  file: RunFile,
  command: readonly string[],
  world: World,
): Promise<{ readonly checks: readonly Check[]; readonly differences: readonly FactDifference[] }> {
  const recorded = readRecorded(world.root, file);
  const folder = join(findGit(world.root)?.top ?? world.root, file.run.run?.cwd ?? ".");
  const now = await readCurrent(folder, command, world.settings, world.environment);
  const differences = compareRecorded({ ...recorded, locks: {}, variables: {} }, now);
  const machine = differences.filter(({ kind }) => kind === "hardware");
  const software = differences.filter(({ kind }) => kind !== "hardware");
  return { checks: [softwareCheck(recorded, software), ...machineChecks(recorded, machine)], differences };
}

function softwareCheck(recorded: Recorded, differences: readonly FactDifference[]): Check {
  if (recorded.packages === undefined && Object.keys(recorded.software).length === 0)
    return lacks("environment", "no versions of software are recorded");
  if (differences.length > 0) return { what: "environment", state: "differs", text: few(differences) };
  if (recorded.packages === undefined) return fine("environment", "the recorded versions are installed");
  return fine("environment", `all ${recorded.packages.size} packages are what they were`);
}

function machineChecks(recorded: Recorded, differences: readonly FactDifference[]): readonly Check[] {
  if (Object.keys(recorded.hardware).length === 0) return [{ ...lacks("machine", "no machine is recorded"), note: true }];
  if (differences.length === 0) return [fine("machine", "the same")];
  return [{ what: "machine", state: "differs", text: few(differences), note: true }];
}

const most = 6;

function few(differences: readonly FactDifference[]): string {
  const shown = differences.slice(0, most).map(({ name, from, to }) => `${name} ${from ?? "none"} → ${to ?? "none"}`);
  return shown.join(", ") + (differences.length > most ? `, and ${differences.length - most} more` : "");
}
