// The cures of `check --fix`: first a plan that can be shown, then each step by itself.

import { relative, sep } from "node:path";
import { slug } from "../base/path.ts";
import type { Edit } from "../markdown/edit.ts";
import type { RunFile } from "../record/experiment.ts";
import { splitArrow } from "../record/quantity.ts";
import { indexIds, resolve } from "../record/reference.ts";
import { differingChanges, staleChanges, staleReadings } from "../record/stale.ts";
import { find, type Tree } from "../record/tree.ts";
import { isUsable } from "./ids.ts";
import type { Journal } from "./journal.ts";
import { findLeftovers, removeLeftover } from "./sweep.ts";

interface Common {
  /** From the root. */
  readonly path: string;
  /** One sentence: what will be done. */
  readonly what: string;
}

/** `cure` is the word that a problem carries under `fix`. */
export type Fix =
  | (Common & { readonly cure: "stale-before" | "stale-change"; readonly edits: readonly Edit[] })
  | (Common & { readonly cure: "file-name"; readonly to: string })
  | (Common & { readonly cure: "temp-files"; readonly absolute: string });

/** Edits come before renames, so that a path in the plan is still true when its turn comes. */
export function planFixes(journal: Journal, now: Date): readonly Fix[] {
  const files = journal.files().filter((file) => file.broken !== true);
  return [...planCopies(journal, files), ...planNames(files), ...planSweep(journal, now)];
}

/** Refuses as the journal does: a file that changed meanwhile stays as it is. */
export function applyFix(journal: Journal, fix: Fix): void {
  if ("edits" in fix) journal.edit(fix.path, fix.edits);
  else if ("to" in fix) journal.rename(fix.path);
  else removeLeftover(fix.absolute);
}

function planCopies(journal: Journal, files: readonly RunFile[]): readonly Fix[] {
  const ids = indexIds(files);
  const byId = new Map(files.map((file) => [file.run.id, file]));
  return files.flatMap((file) => {
    const found = file.run.base[0] === undefined ? undefined : resolve(file.run.base[0], ids);
    const base = found !== undefined && "id" in found ? byId.get(found.id) : undefined;
    const stale: readonly Copy[] = [...(base === undefined || base === file ? [] : copiesOfBase(file, base)), ...copiesOfConfig(file)];
    return stale.flatMap((copy) => planCopy(journal, file.path, copy, stale));
  });
}

function copiesOfBase(file: RunFile, base: RunFile): readonly Copy[] {
  const readings = staleReadings(file.run, base.run).map(
    ({ metric, written, current }) =>
      ({ cure: "stale-before", section: "metrics", name: metric, side: "before", written, current }) as const,
  );
  const changes = staleChanges(file.run, base.run).map(
    ({ name, written, current }) =>
      ({ cure: "stale-change", section: "changes", name, side: "from", written, current: base.run.configText[name] ?? current }) as const,
  );
  return [...readings, ...changes];
}

function copiesOfConfig({ run }: RunFile): readonly Copy[] {
  return differingChanges(run).map(({ name, written, current }) => ({
    cure: "stale-change",
    section: "changes",
    name,
    side: "to",
    written,
    current: run.configText[name] ?? current,
  }));
}

interface Copy {
  readonly cure: "stale-before" | "stale-change";
  readonly section: "metrics" | "changes";
  readonly name: string;
  readonly side: "before" | "from" | "to";
  readonly written: string;
  readonly current: string;
}

/** The copy is a value of its own or a side of an arrow, whose other side may be stale too; any other writing is left to its author. */
function planCopy(journal: Journal, path: string, copy: Copy, all: readonly Copy[]): readonly Fix[] {
  const { cure, section, name, side, written, current } = copy;
  const tree: Tree | undefined = find(find(journal.read(path).parsed.tree, section), name);
  const what = `\`${section}.${name}\`: \`${written}\` becomes ${side === "to" ? "`config`" : "the base"}'s \`${current}\``;
  if (tree?.kind === "dict" && find(tree, side) !== undefined)
    return [{ cure, path, what, edits: [{ kind: "set", path: [section, name, side], value: { source: asList(current) } }] }];
  const arrow = tree?.kind === "scalar" ? splitArrow(tree.source) : undefined;
  if (arrow === undefined) return [];
  const now = (right: boolean): string | undefined =>
    all.find((one) => one.section === section && one.name === name && (one.side === "to") === right)?.current;
  const [left, right] = [now(false) ?? arrow.from, now(true) ?? arrow.to];
  return [{ cure, path, what, edits: [{ kind: "set", path: [section, name], value: { source: `${left} → ${right}` } }] }];
}

/** Repeats are shown joined by commas; as a value they are a list. */
function asList(text: string): string {
  return text.includes(", ") && !/^[[{"']/.test(text) ? `[${text}]` : text;
}

function planNames(files: readonly RunFile[]): readonly Fix[] {
  const taken = new Set(files.map((file) => file.path));
  return files.flatMap(({ path, run }) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const to = `${path.slice(0, path.lastIndexOf("/") + 1)}${run.id}-${slug(run.title)}.md`;
    if (name === `${run.id}.md` || name.startsWith(`${run.id}-`) || !isUsable(run.id) || taken.has(to)) return [];
    return [{ cure: "file-name", path, to, what: `is renamed to \`${to}\`` } as const];
  });
}

function planSweep(journal: Journal, now: Date): readonly Fix[] {
  return findLeftovers(journal.root, now).map((absolute) => {
    const path = relative(journal.root, absolute).split(sep).join("/");
    return { cure: "temp-files", path, absolute, what: "a file that a killed command left is removed" } as const;
  });
}
