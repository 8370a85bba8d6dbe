// What `git status --porcelain=v2 -z --branch` says.

export interface Entry {
  /** From the top, its bytes as latin1. */
  readonly path: string;
  /** A submodule with changes of its own, or a repository that nobody added as one. */
  readonly modules?: "submodule" | "repository";
}

export interface Status {
  readonly commit?: string;
  readonly branch?: string;
  readonly entries: readonly Entry[];
}

export function parseStatus(answer: Buffer): Status {
  const entries = new Map<string, Entry>();
  let commit: string | undefined;
  let branch: string | undefined;
  for (const line of answer.toString("latin1").split("\0")) {
    const [, key, value] = /^# branch\.(oid|head) (.+)$/s.exec(line) ?? [];
    if (key === "oid" && value !== undefined && /^[0-9a-f]{40,64}$/.test(value)) commit = value;
    if (key === "head" && value !== "(detached)" && value !== undefined) branch = Buffer.from(value, "latin1").toString("utf8");
    const entry = parseEntry(line);
    if (entry !== undefined) entries.set(entry.path, entry);
  }
  return { ...(commit === undefined ? {} : { commit }), ...(branch === undefined ? {} : { branch }), entries: [...entries.values()] };
}

/** What `git ls-files -v -z` marks as skip-worktree or assume-unchanged: status says nothing about those. */
export function parseUnwatched(answer: Buffer): readonly string[] {
  return answer
    .toString("latin1")
    .split("\0")
    .filter((line) => /^[Sa-z] /.test(line))
    .map((line) => line.slice(2));
}

/** Words before the path, by the kind of line. */
const before: Readonly<Record<string, number>> = { "1": 8, u: 10 };

function parseEntry(line: string): Entry | undefined {
  const kind = line[0] ?? "";
  if (kind === "?") {
    const path = line.slice(2);
    return path.endsWith("/") ? { path: path.slice(0, -1), modules: "repository" } : { path };
  }
  const count = before[kind];
  if (count === undefined) return undefined;
  const words = line.split(" ", count);
  const path = line.slice(words.join(" ").length + 1);
  return /^S.(?:M|.U)/.test(words[2] ?? "") ? { path, modules: "submodule" } : { path };
}
