// `journal tried`: has anyone tried this, in which context, and what came of it?

import { analyse } from "../../analysis/analyse.ts";
import type { Wanted } from "../../analysis/nearness.ts";
import type { StudyAnalysis } from "../../analysis/study.ts";
import { findTried, type Near } from "../../analysis/tried.ts";
import { exits, JournalError } from "../../base/problem.ts";
import { renderTable, safe, safeLine } from "../../base/terminal.ts";
import { ownPaths } from "../../capture/own-paths.ts";
import type { RunFile } from "../../record/experiment.ts";
import { parseValue } from "../../record/value.ts";
import { nearData, nearTable } from "../../report/tried-table.ts";
import { findGit } from "../../store/git-folder.ts";
import { findDangling, readChangedHere, readChangedPaths } from "../../store/git-objects.ts";
import type { Journal } from "../../store/journal.ts";
import { noRef } from "../../store/messages.ts";
import { type Assignment, parseAssignment } from "../assignments.ts";
import type { Options } from "../command.ts";
import type { Grid } from "../grid.ts";
import { formats } from "../grid-formats.ts";
import type { Io } from "../io.ts";
import { notAssignment, notCount } from "../messages.ts";
import { nothingAsked, notNearness } from "../messages-parameters.ts";
import type { Outcome } from "../outcome.ts";
import { plural } from "../print.ts";
import { findStudy } from "../study.ts";

export type TriedOptions = Pick<Options, "param" | "text" | "like" | "diffFrom" | "near" | "study" | "limit" | "format"> & {
  readonly words: readonly string[];
};

const usualLimit = 10;

export async function tried(journal: Journal, options: TriedOptions, io: Io): Promise<Outcome> {
  const limit = options.limit === undefined ? usualLimit : readLimit(options.limit);
  const farthest = options.near === undefined ? 1 : readNearness(options.near);
  const asked = questionOf(journal, options);
  const all = journal.files().filter(({ broken, study }) => broken !== true && (asked.study === undefined || study === asked.study));
  const files = all.filter((file) => file.path !== asked.like?.path);
  // The lineage and the changes of all runs are found when they are asked for.
  const { studies } = analyse(journal.files(), journal.settings, journal.studies);
  const byName = new Map(studies.map((study) => [study.settings.name, study]));
  const question = {
    ...asked,
    changed: changedPaths(journal, files, asked.paths, byName),
    changes: (file: RunFile) => changesOf(file, byName),
  };
  const found = findTried(files, question, asked.settings).filter(({ likeness }) => likeness >= 1 - farthest);
  const shown = found.slice(0, limit);
  return {
    data: { looked: files.length, found: found.length, runs: shown.map((near) => nearData(near, byName.get(near.file.study), question)) },
    text: printed(shown, byName, question, options.format, io),
    talk: remarks(files.length, found, shown),
  };
}

function remarks(looked: number, found: readonly Near[], shown: readonly Near[]): readonly string[] {
  if (found.length === 0) return [`nobody tried anything like it among ${plural(looked, "run")}`];
  const same = found.filter(({ parameters }) => parameters === 1).length;
  return [
    ...(same > 0 ? [`${plural(same, "run")} had exactly these parameters`] : []),
    ...(found.length > shown.length
      ? [`${plural(found.length - shown.length, "more run")}, see them with a larger \`--limit\` or fewer with \`--near 0.1\``]
      : []),
  ];
}

interface Asked {
  readonly parameters: readonly Wanted[];
  readonly text: string;
  readonly paths: ReadonlySet<string>;
  readonly like?: RunFile;
  /** Only of this one. */
  readonly study?: string;
  /** Whose scales are used. */
  readonly settings: Journal["settings"]["study"];
}

/** Words with `=` are parameters, the others text. */
function questionOf(journal: Journal, options: TriedOptions): Asked {
  const like = options.like === undefined ? undefined : journal.find(options.like);
  const given = [...options.words.filter((word) => parseAssignment(word) !== undefined), ...(options.param ?? [])].map(assignment);
  const text = [
    ...options.words.filter((word) => parseAssignment(word) === undefined),
    ...(options.text === undefined ? [] : [options.text]),
  ].join(" ");
  const settings = options.study === undefined ? journal.settings.study : findStudy(journal, options.study);
  const parameters = new Map<string, Wanted>();
  for (const [name, value] of Object.entries(like?.run.config ?? {}))
    if (!settings.ignore.includes(name)) parameters.set(name, { name, value });
  for (const { key, value } of given) {
    const name = key.replace(/^config\.(?=.)/, "");
    parameters.set(name, { name, value: parseValue(value) });
  }
  const paths = options.diffFrom === undefined ? new Set<string>() : pathsHere(journal, options.diffFrom);
  if (parameters.size === 0 && text.trim() === "" && options.diffFrom === undefined) throw new JournalError(nothingAsked());
  return {
    parameters: [...parameters.values()],
    text,
    paths,
    settings,
    ...(like === undefined ? {} : { like }),
    ...(options.study === undefined ? {} : { study: settings.name }),
  };
}

function assignment(text: string): Assignment {
  const read = parseAssignment(text);
  if (read === undefined) throw new JournalError(notAssignment(text, "--param lr=3e-4"));
  return read;
}

function pathsHere({ root }: Journal, revision: string): ReadonlySet<string> {
  const paths = readChangedHere(root, revision);
  if (paths === undefined) throw new JournalError(noRef(revision), exits.notFound);
  const isOwn = ownPaths(findGit(root)?.top ?? root, root);
  return new Set(paths.filter((path) => !isOwn(path)));
}

type Studies = ReadonlyMap<string, StudyAnalysis>;

const changesOf = (file: RunFile, studies: Studies): readonly string[] =>
  studies
    .get(file.study)
    ?.runs.get(file.run.id)
    ?.changes.map(({ name }) => name) ?? [];

/** What each run changed in the code against its base, where git still has both; asked only when paths are looked for. */
function changedPaths({ root }: Journal, files: readonly RunFile[], wanted: ReadonlySet<string>, studies: Studies) {
  if (wanted.size === 0) return () => undefined;
  const pairs = files.flatMap((file) => {
    const base = studies.get(file.study)?.runs.get(file.run.id)?.base;
    const to = file.run.run?.snapshot ?? file.run.run?.commit ?? file.run.code?.to;
    const from = base?.run.run?.snapshot ?? base?.run.run?.commit ?? file.run.code?.from;
    return from === undefined || to === undefined ? [] : [{ path: file.path, pair: { from, to } }];
  });
  const gone = findDangling(
    root,
    pairs.flatMap(({ pair: { from, to } }) => [from, to]),
  );
  const here = pairs.filter(({ pair: { from, to } }) => gone !== undefined && !gone.has(from) && !gone.has(to));
  const changed = readChangedPaths(
    root,
    here.map(({ pair }) => pair),
  );
  const byPath = new Map(here.map(({ path, pair }) => [path, new Set(changed.get(pair) ?? [])]));
  return ({ path }: RunFile): ReadonlySet<string> | undefined => byPath.get(path);
}

function readLimit(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new JournalError(notCount("--limit", text));
  return count;
}

function readNearness(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1)) throw new JournalError(notNearness(text));
  return value;
}

function printed(shown: readonly Near[], studies: Studies, asked: Asked, format: string | undefined, io: Io): string {
  if (shown.length === 0) return "";
  const table = nearTable(shown, studies, asked);
  const grid: Grid = {
    columns: table.columns.map(({ key, label, align }) => ({ name: key, label, number: align === "right", whole: key === "run" })),
    rows: table.rows.map((row) => row.map(({ text }) => ({ text }))),
  };
  if (format === "markdown" || format === "csv" || format === "latex") {
    const text = formats[format](grid);
    return io.columns === undefined ? text : safe(text.replaceAll("\r\n", "\n"));
  }
  return renderTable(
    grid.columns.map(({ label, number, whole }) => ({
      label,
      align: number ? "right" : "left",
      least: whole ? Number.POSITIVE_INFINITY : 8,
    })),
    grid.rows.map((row) => row.map((cell) => safeLine(cell.text))),
    io.columns,
    io.paint.out,
  ).text;
}
