// Has anyone tried this? The runs nearest to some parameters, words and changed files; and whether a run would be the same once more.

import { eraOf } from "../query/validity.ts";
import { codeWord } from "../record/code.ts";
import { sameProgram } from "../record/command.ts";
import type { DataItem, Run, RunFile } from "../record/experiment.ts";
import type { Settings, StudySettings } from "../record/settings.ts";
import { showValue } from "../record/value.ts";
import { writtenCode } from "./changes.ts";
import { nearnessTo, sharedPaths, type Wanted } from "./nearness.ts";
import { contentOf, isEvaluation, isIgnored, valueKey } from "./table.ts";
import { searchTexts } from "./text-search.ts";

export interface TriedQuestion {
  readonly parameters: readonly Wanted[];
  readonly text: string;
  /** From the root of the repository. */
  readonly paths: ReadonlySet<string>;
  /** Of these runs the paths that they changed, where git knows. */
  readonly changed: (file: RunFile) => ReadonlySet<string> | undefined;
  /** Names of the parameters that a run changed. */
  readonly changes: (file: RunFile) => readonly string[];
}

export interface Near {
  readonly file: RunFile;
  /** 1 for the same in all that was asked; the mean of the parts. */
  readonly likeness: number;
  /** 1 for equal parameters, 0 for none alike. */
  readonly parameters?: number;
  /** Of the best match's. */
  readonly text?: number;
  readonly paths?: number;
  /** Parameters asked for that this run itself changed to what it has; the others it had from its base. */
  readonly moved: readonly string[];
}

/** Nearest first; of equals those that changed it themselves, then the newest. Runs with nothing alike are left out. */
export function findTried(files: readonly RunFile[], question: TriedQuestion, study: StudySettings): readonly Near[] {
  const { parameters, text, paths } = question;
  const nearness = nearnessTo(parameters, files, study);
  const scores = text.trim() === "" ? undefined : searchTexts(text, files.map(proseOf));
  const best = scores === undefined ? 0 : [...scores.values()].reduce((most, score) => Math.max(most, score), 0);
  const found = files.flatMap((file, at): readonly (Near & { readonly at: number })[] => {
    const parts = {
      ...(parameters.length === 0 ? {} : { parameters: 1 - nearness.distance(file) }),
      ...(scores === undefined ? {} : { text: best > 0 ? (scores.get(at) ?? 0) / best : 0 }),
      ...(paths.size === 0 ? {} : { paths: sharedPaths(paths, question.changed(file) ?? new Set()) }),
    };
    const values = Object.values(parts);
    const likeness = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    return likeness > 0 ? [{ file, likeness, ...parts, moved: [], at }] : [];
  });
  found.sort((left, right) => right.likeness - left.likeness || right.at - left.at);
  return withMoved(found, nearness.apart, question);
}

const mostMoved = 500;

/** Whoever changed a parameter to a value tried it; whoever inherited it did not. Only the nearest are looked at. */
function withMoved(
  found: readonly (Near & { readonly at: number })[],
  apart: (file: RunFile, name: string) => number,
  { parameters, changes }: TriedQuestion,
): readonly Near[] {
  const last = found[mostMoved - 1]?.likeness ?? 0;
  const head = found.filter(({ likeness }, at) => at < mostMoved || (parameters.length > 0 && likeness === 1 && likeness === last));
  const moved = head.map((near) => {
    if (parameters.length === 0) return near;
    const names = new Set(changes(near.file));
    const own = parameters.map(({ name }) => name).filter((name) => names.has(name) && apart(near.file, name) < 1);
    return { ...near, moved: own };
  });
  moved.sort((left, right) => right.likeness - left.likeness || right.moved.length - left.moved.length || right.at - left.at);
  return [...moved, ...found.slice(head.length)].map(({ at: _, ...near }) => near);
}

/** Title, hypothesis, reason and observations. */
function proseOf({ run, body }: RunFile): string {
  return [
    run.title,
    run.hypothesis,
    run.reason,
    ...run.assumptions,
    ...run.tags,
    ...run.earlier.map(({ reason }) => reason),
    ...body.worked,
    ...body.failed,
    ...body.unexpected,
    ...body.questions,
  ].join("\n");
}

/** A run that is about to be made. */
export interface Planned {
  readonly run: Run;
  /** Its code and data are those of its base where it does not say. */
  readonly base?: RunFile;
  readonly study: StudySettings;
}

/** Whether an earlier run was the same: program, configuration, code, data, protocol, and no other seed. What was not recorded is not the same. */
export function isExactRepeat({ run, base, study }: Planned, earlier: RunFile, settings: Settings): boolean {
  if (earlier.study !== study.name || eraOf(run, study) !== eraOf(earlier.run, study)) return false;
  const config = comparable(run, study);
  const theirs = comparable(earlier.run, study);
  if (config.size === 0 || config.size !== theirs.size) return false;
  for (const [name, value] of config) if (theirs.get(name) !== value) return false;
  return (
    sameProgram(run.run?.command === undefined ? base?.run.run : run.run, earlier.run.run) &&
    sameCode(run, base, earlier) &&
    sameData(run.data.length > 0 ? run.data : (base?.run.data ?? []), earlier.run.data, settings) &&
    sameSeed(run, earlier.run)
  );
}

const seedName = /(?:^|[._-])seed$/i;

function comparable({ config }: Run, study: StudySettings): ReadonlyMap<string, string> {
  const names = Object.keys(config).filter((name) => !isIgnored(name, study) && !seedName.test(name));
  return new Map(names.map((name) => [name, valueKey(config[name] ?? null)]));
}

function sameCode(run: Run, base: RunFile | undefined, earlier: RunFile): boolean {
  const own = codeWord(run.run) ?? codeWord(base?.run.run);
  const theirs = codeWord(earlier.run.run);
  if (own !== undefined || theirs !== undefined) return own === theirs;
  return earlier === base || (writtenCode(earlier) === undefined && writtenCode({ run }) === undefined);
}

function sameData(own: readonly DataItem[], theirs: readonly DataItem[], settings: Settings): boolean {
  const contents = (items: readonly DataItem[]): string =>
    JSON.stringify(items.map((item) => [item.name, isEvaluation(item, settings), contentOf(item) ?? ""]).sort());
  return contents(own) === contents(theirs);
}

/** Whoever names another seed asks for a repetition. */
function sameSeed(own: Run, theirs: Run): boolean {
  const ours = seedsOf(own);
  const old = new Set(seedsOf(theirs));
  return ours.length === 0 || ours.some((seed) => old.has(seed));
}

function seedsOf({ config, repeats }: Run): readonly string[] {
  const named = Object.keys(config).filter((name) => seedName.test(name));
  return [...named.map((name) => showValue(config[name])), ...repeats.flatMap(({ seed }) => seed ?? [])];
}
