// The refs that hold snapshots, here and on a remote.

import { callGit, type GitAnswer } from "../store/git-call.ts";
import { snapshotRefs } from "./snapshot.ts";

/** Of a bundle: the code alone, without the history it began from. */
export const bundleRefs = "refs/journal/code";
/** What a remote is known to have. */
const pushedRefs = "refs/journal/pushed";

export interface SnapshotRef {
  /** The run's id; a resumed run has `<id>.2` too. */
  readonly name: string;
  readonly hash: string;
  readonly tree: string;
}

export interface Snapshots {
  readonly refs: readonly SnapshotRef[];
  /** Names that some remote has, as they are here. */
  readonly pushed: ReadonlySet<string>;
}

/** Nothing where git gives no answer. */
export function listSnapshots(top: string): Snapshots | undefined {
  const format = "%(refname)%00%(objectname)%00%(tree)";
  const { ok, out } = callGit(top, ["for-each-ref", `--format=${format}`, snapshotRefs, pushedRefs]);
  if (!ok) return undefined;
  const refs: SnapshotRef[] = [];
  const known = new Set<string>();
  for (const line of out.toString("utf8").split("\n")) {
    const [ref = "", hash = "", tree = ""] = line.split("\0");
    const name = ref.slice(ref.lastIndexOf("/") + 1);
    if (ref.startsWith(`${snapshotRefs}/`)) refs.push({ name, hash, tree });
    else if (ref !== "") known.add(`${name} ${hash}`);
  }
  return { refs, pushed: new Set(refs.filter(({ name, hash }) => known.has(`${name} ${hash}`)).map(({ name }) => name)) };
}

/** `EXP002-bbbb.2` → `EXP002-bbbb`, unless a run is called so. */
export function idOfRef(name: string, isRun: (id: string) => boolean): string {
  return isRun(name) ? name : name.replace(/\.\d{1,4}$/, "");
}

/** Of these runs, those with a snapshot here that no remote is known to have. */
export function unpushedIds(top: string, ids: readonly string[]): readonly string[] {
  const known = listSnapshots(top);
  const wanted = new Set(ids);
  const here = known?.refs.filter(({ name }) => !known.pushed.has(name)).map(({ name }) => idOfRef(name, (id) => wanted.has(id))) ?? [];
  return [...new Set(here)].filter((id) => wanted.has(id));
}

export function listRemotes(top: string): readonly string[] {
  return callGit(top, ["remote"])
    .out.toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}

/** A network may be slow. */
const patience = 10 * 60_000;

export interface Network {
  /** A person can answer git's questions. */
  readonly interactive: boolean;
}

const asking = ({ interactive }: Network): { readonly environment: Record<string, string>; readonly patience: number } => ({
  environment: { GIT_TERMINAL_PROMPT: interactive ? "1" : "0" },
  patience,
});

export type Listed = ReadonlyMap<string, string> | { readonly failed: string };

/** Name → hash of what a remote, or a bundle, has. */
export function listShared(top: string, from: string, refs: string, network: Network): Listed {
  const answer = callGit(top, ["ls-remote", "--refs", "--end-of-options", from, `${refs}/*`], asking(network));
  if (!answer.ok) return { failed: answer.said };
  const found = new Map<string, string>();
  for (const line of answer.out.toString("utf8").split("\n")) {
    const [hash, ref] = line.split("\t");
    if (hash !== undefined && ref?.startsWith(`${refs}/`)) found.set(ref.slice(refs.length + 1), hash);
  }
  return found;
}

const chunk = 500;

/** Names that could not be sent, with what git said. */
export function pushRefs(top: string, remote: string, names: readonly string[], network: Network): ReadonlyMap<string, string> {
  const refused = new Map<string, string>();
  for (let at = 0; at < names.length; at += chunk) {
    const part = names.slice(at, at + chunk);
    const specs = part.map((name) => `${snapshotRefs}/${name}:${snapshotRefs}/${name}`);
    const answer = callGit(
      top,
      ["push", "--porcelain", "--no-follow-tags", "--no-verify", "--end-of-options", remote, ...specs],
      asking(network),
    );
    const sent = sentIn(answer);
    for (const name of part) if (!sent.has(name)) refused.set(name, answer.said);
  }
  return refused;
}

/** `*<tab>from:to<tab>[new reference]`; `!` for what was refused. */
function sentIn({ out }: GitAnswer): ReadonlySet<string> {
  const sent = new Set<string>();
  for (const line of out.toString("utf8").split("\n")) {
    const [flag, spec = ""] = line.split("\t");
    if (flag !== undefined && /^[*=+ ]$/.test(flag)) sent.add(spec.slice(spec.lastIndexOf("/") + 1));
  }
  return sent;
}

/** What git said when it failed. Branches, tags and FETCH_HEAD stay as they are. */
export function fetchRefs(top: string, from: string, refs: string, names: readonly string[], network: Network): string | undefined {
  if (names.length === 0) return undefined;
  const words = ["fetch", "--quiet", "--no-tags", "--no-prune", "--refmap=", "--no-recurse-submodules", "--no-write-fetch-head", "--stdin"];
  const input = names.map((name) => `${refs}/${name}:${snapshotRefs}/${name}\n`).join("");
  const answer = callGit(top, [...words, "--end-of-options", from], { ...asking(network), input });
  return answer.ok ? undefined : answer.said;
}

export function markPushed(top: string, remote: string, refs: readonly SnapshotRef[]): void {
  const input = refs.map(({ name, hash }) => `update ${pushedRefs}/${remote}/${name} ${hash}\n`).join("");
  if (input !== "") callGit(top, ["update-ref", "--stdin"], { input });
}

/** Only a ref that still is what was listed goes; the objects stay until git's own collection. */
export function removeRefs(top: string, refs: readonly SnapshotRef[]): boolean {
  const marks = callGit(top, ["for-each-ref", "--format=%(refname)", pushedRefs]).out.toString("utf8").split("\n");
  const names = new Set(refs.map(({ name }) => name));
  const lines = [
    ...refs.map(({ name, hash }) => `delete ${snapshotRefs}/${name} ${hash}\n`),
    ...marks.filter((ref) => names.has(ref.slice(ref.lastIndexOf("/") + 1))).map((ref) => `delete ${ref}\n`),
  ];
  return callGit(top, ["update-ref", "--stdin"], { input: lines.join("") }).ok;
}
