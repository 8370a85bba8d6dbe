// Where the repository is shared, without the credentials that an address may hold.

import { askGit, readBranch } from "../store/git.ts";
import type { GitAnswer } from "../store/git-call.ts";

/** What to ask git for `parseRemote`. */
export const remoteWords: readonly string[] = ["config", "-z", "--get-regexp", "^(remote\\..*\\.url|branch\\..*\\.remote)$"];

/** The remote of the branch, else `origin`, else the first. */
export function parseRemote({ ok, out }: GitAnswer, branch?: string): string | undefined {
  const listed = ok ? out.toString("utf8") : "";
  const settings = new Map(
    listed.split("\0").map((line): [string, string] => [line.split("\n", 1)[0] ?? "", line.slice(line.indexOf("\n") + 1)]),
  );
  const name = settings.get(`branch.${branch}.remote`) ?? "origin";
  const first = [...settings].find(([key]) => key.startsWith("remote."))?.[1];
  const url = settings.get(`remote.${name}.url`) ?? first;
  return url === undefined || url === "" ? undefined : withoutCredentials(url);
}

/** Of the branch that is checked out; nothing where it has none. */
export function readRemoteName(top: string): string | undefined {
  const branch = readBranch(top);
  const name = branch === undefined ? undefined : askGit(top, ["config", "--get", `branch.${branch}.remote`])?.trim();
  return name === "" || name === "." ? undefined : name;
}

/** `https://ada:token@host/repo?key=…` → `https://host/repo`; the `git@` of ssh is nobody's name. */
export function withoutCredentials(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]{0,30}:\/\/)(?!git@)[^/@]{0,2000}@/i, "$1").replace(/^([a-z]+:\/\/[^?#]{0,2000})[?#].*$/is, "$1");
}
