// `journal init`: adds what is missing for a journal; what is there stays as it is.

import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { JournalError } from "../../base/problem.ts";
import { safeLine } from "../../base/terminal.ts";
import { findGit } from "../../store/git-folder.ts";
import { readPackage } from "../../store/package.ts";
import { createFile, replaceFile } from "../../store/writer.ts";
import type { Options } from "../command.ts";
import { type Addition, attributes, ignores, readme, settingsText } from "../init-files.ts";
import type { Io } from "../io.ts";
import { attributeLine, installMergeDriver } from "../merge-setup.ts";
import { gitMissing, insideJournal } from "../messages.ts";
import type { Outcome } from "../outcome.ts";
import { workflow } from "../workflow.ts";

type InitOptions = Pick<Options, "title" | "mergeDriver" | "ci" | "pages" | "dryRun">;

interface Step {
  /** From the folder that becomes the journal. */
  readonly path: string;
  readonly action: "made" | "extended" | "there";
  readonly old?: Buffer;
  readonly text: string;
}

export async function init(start: string, options: InitOptions, io: Io): Promise<Outcome> {
  refuseInside(start);
  const git = findGit(start)?.top;
  const driver = options.mergeDriver === true;
  if (git === undefined) io.warn(gitMissing());
  const steps = plan(start, git, options).map((addition) => planStep(start, addition));
  if (options.dryRun !== true) for (const step of steps) write(start, step);
  const settings = driver && options.dryRun !== true ? installMergeDriver(start, io.environment["PATH"] ?? "") : [];
  const made = options.dryRun === true ? "would make" : "made";
  const words: Readonly<Record<Step["action"], string>> = {
    made,
    extended: options.dryRun === true ? "would extend" : "extended",
    there: "is there",
  };
  return {
    data: { root: start, dryRun: options.dryRun === true, files: steps.map(({ path, action }) => ({ path, action })), git: settings },
    text: [...steps.map(({ path, action }) => `${words[action]} ${safeLine(path)}`), ...settings].map((line) => `${line}\n`).join(""),
    talk: options.dryRun === true ? [] : ["", 'next: `journal run -- your command`, or `journal new "Baseline"`; then commit'],
  };
}

/** A journal inside a journal would read half of the other's runs. */
export function refuseInside(start: string): void {
  for (let folder = dirname(resolve(start)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "journal.yaml")) && !existsSync(join(start, "journal.yaml"))) throw new JournalError(insideJournal(folder));
    if (folder === dirname(folder)) return;
  }
}

function plan(start: string, git: string | undefined, options: InitOptions): readonly Addition[] {
  const title = options.title?.trim() || basename(start) || "Experiments";
  const inside = git === undefined ? "" : relative(git, start).split(sep).join("/");
  const up = inside === "" ? "" : "../".repeat(inside.split("/").length);
  return [
    { path: "journal.yaml", text: settingsText(title) },
    { path: "experiments/README.md", text: readme(title) },
    { path: ".gitignore", lines: ignores },
    ...(options.ci === false || git === undefined
      ? []
      : [{ path: `${up}.github/workflows/journal.yml`, text: workflow(inside, readPackage().version, options.pages !== false) }]),
    ...(options.mergeDriver === true ? [{ path: ".gitattributes", lines: attributes([attributeLine]) }] : []),
  ];
}

/** A whole file is made where none is; lines are added where they are missing. */
function planStep(start: string, addition: Addition): Step {
  const { path } = addition;
  const absolute = join(start, path);
  const old = existsSync(absolute) ? readFileSync(absolute) : undefined;
  if ("text" in addition)
    return { path, action: old === undefined ? "made" : "there", text: addition.text, ...(old === undefined ? {} : { old }) };
  const before = old?.toString("utf8") ?? "";
  const present = new Set(before.split(/\r?\n/).map(bare));
  const missing = addition.lines.filter((line) => !line.startsWith("#") && !present.has(bare(line)));
  if (missing.length === 0) return { path, action: "there", text: before, ...(old === undefined ? {} : { old }) };
  const end = before.includes("\r\n") ? "\r\n" : "\n";
  const kept = before === "" || before.endsWith("\n") ? before : before + end;
  const comment = addition.lines.filter((line) => line.startsWith("#") && !present.has(bare(line)));
  const text = kept + [...comment, ...missing].map((line) => line + end).join("");
  return { path, action: old === undefined ? "made" : "extended", text, ...(old === undefined ? {} : { old }) };
}

/** `/_site`, `_site/` and `_site` ignore the same folder. */
const bare = (line: string): string => line.trim().replace(/^\/|\/$/g, "");

function write(start: string, { path, action, old, text }: Step): void {
  if (action === "there") return;
  if (old === undefined) createFile(join(start, path), Buffer.from(text), path);
  else replaceFile(join(start, path), Buffer.from(text), old, path);
}
