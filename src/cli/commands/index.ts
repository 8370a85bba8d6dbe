// `journal index`: the generated tables into each study's README, and below the live blocks of READMEs and reports, between markers.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyse } from "../../analysis/analyse.ts";
import type { StudyAnalysis } from "../../analysis/study.ts";
import { relativePath } from "../../base/path.ts";
import { exits, type Problem } from "../../base/problem.ts";
import { safeLine } from "../../base/terminal.ts";
import { readLiveView } from "../../build/live-block.ts";
import { openWorlds, type Worlds } from "../../build/live-world.ts";
import { readmePath, readReports } from "../../build/report-files.ts";
import { writeBelow } from "../../markdown/live-fences.ts";
import { hasBlock, replaceBlock } from "../../markdown/markers.ts";
import { indexTables } from "../../report/index-tables.ts";
import { liveMarkdown } from "../../report/live-markdown.ts";
import { type Link, toMarkdown } from "../../report/markdown.ts";
import type { Table } from "../../report/table.ts";
import type { Journal } from "../../store/journal.ts";
import { createFile, replaceFile } from "../../store/writer.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { staleIndex } from "../messages.ts";
import type { Outcome } from "../outcome.ts";
import { findStudy } from "../study.ts";

interface Page {
  readonly path: string;
  /** Absent when the file does not exist yet. */
  readonly old?: string;
  readonly text: string;
  /** What is wrong with its live blocks. */
  readonly problems: readonly Problem[];
}

export async function index(journal: Journal, options: Pick<Options, "study" | "check">, io: Io): Promise<Outcome> {
  const only = options.study === undefined ? undefined : findStudy(journal, options.study).name;
  const pages = planPages(journal, only);
  const stale = pages.filter(({ old, text }) => old !== text);
  for (const { problems } of pages) for (const problem of problems) io.warn(problem);
  if (options.check === true) return report(pages, stale, io);
  for (const page of stale) write(journal, page);
  return {
    data: { pages: pages.map((page) => ({ path: page.path, changed: stale.includes(page) })) },
    text: pages.map((page) => `${safeLine(page.path)}${stale.includes(page) ? "" : ` ${io.paint.out("dim", "(unchanged)")}`}\n`).join(""),
  };
}

interface Source {
  readonly journal: Journal;
  readonly worlds: Worlds;
  /** Id → path of a run's file. */
  readonly paths: ReadonlyMap<string, string>;
}

/** The READMEs of the studies, then the reports, which belong to none. */
function planPages(journal: Journal, only: string | undefined): readonly Page[] {
  const analysis = analyse(journal.files(), journal.settings, journal.studies);
  const files = analysis.studies.flatMap((study) => study.files);
  const source: Source = {
    journal,
    worlds: openWorlds(journal, () => analysis),
    paths: new Map(files.map((file) => [file.run.id, file.path])),
  };
  const studies = analysis.studies.filter(({ settings }) => only === undefined || settings.name === only);
  return [...studies.flatMap((study) => planReadme(source, study)), ...(only === undefined ? planReports(source) : [])];
}

/** None for a study without runs, unless its README asks for tables: an empty default study beside full ones stays quiet. */
function planReadme(source: Source, study: StudyAnalysis): readonly Page[] {
  const { journal } = source;
  const { name } = study.settings;
  const path = readmePath(name);
  const absolute = join(journal.root, path);
  const old = existsSync(absolute) ? readFileSync(absolute, "utf8") : undefined;
  const title = study.settings.title ?? (name === "" ? journal.settings.title : name);
  const filled = old === undefined ? undefined : fill(source, path, old, name);
  const tables = wanted(indexTables(study), old ?? "");
  const asks = tables.some((table) => hasBlock(old ?? "", table.name)) || (filled !== undefined && filled.text !== old);
  if (study.files.length === 0 && !asks) return [];
  const text = tables.reduce(
    (text, table) => replaceBlock(text, table.name, `## ${table.title}\n\n${toMarkdown(table, linkFrom(source, path))}`),
    filled?.text ?? `# ${title}\n`,
  );
  return [{ path, text, problems: filled?.problems ?? [], ...(old === undefined ? {} : { old }) }];
}

/** All of them in a README that has none yet; later those that its author left there. */
function wanted(tables: readonly Table[], text: string): readonly Table[] {
  const kept = tables.filter(({ name }) => hasBlock(text, name));
  return kept.length === 0 ? tables : kept;
}

/** Those that have live blocks, or what was written below one. */
function planReports(source: Source): readonly Page[] {
  return readReports(source.journal.root).flatMap(({ path, text: old, problems }): readonly Page[] => {
    if (old === "" && problems.length > 0) return [];
    const filled = fill(source, path, old, undefined);
    return filled.blocks === 0 && filled.text === old ? [] : [{ path, old, text: filled.text, problems: filled.problems }];
  });
}

interface Filled {
  readonly text: string;
  readonly blocks: number;
  readonly problems: readonly Problem[];
}

/** `home` is the study that the file belongs to. */
function fill(source: Source, path: string, old: string, home: string | undefined): Filled {
  const problems: Problem[] = [];
  let blocks = 0;
  const text = writeBelow(old, ({ kind, line }, body) => {
    if (kind === "vega-lite") return undefined;
    const view = readLiveView({ kind, text: body, path, line }, source.worlds, {
      slug: `live-${line}`,
      screen: false,
      ...(home === undefined ? {} : { home }),
    });
    problems.push(...view.problems);
    if (view.file !== undefined) return undefined;
    blocks += 1;
    return liveMarkdown(view, linkFrom(source, path));
  });
  return { text, blocks, problems };
}

const linkFrom =
  ({ paths }: Source, path: string): Link =>
  (id) => {
    const target = paths.get(id);
    return target === undefined ? undefined : relativePath(path, target);
  };

function write(journal: Journal, { path, old, text }: Page): void {
  const absolute = join(journal.root, path);
  if (old === undefined) createFile(absolute, Buffer.from(text), path);
  else replaceFile(absolute, Buffer.from(text), Buffer.from(old), path);
}

function report(pages: readonly Page[], stale: readonly Page[], io: Io): Outcome {
  const problems: readonly Problem[] = stale.map(({ path }) => staleIndex(path));
  return {
    data: { pages: pages.map((page) => ({ path: page.path, stale: stale.includes(page) })) },
    text: pages
      .filter((page) => !stale.includes(page))
      .map(({ path }) => `${safeLine(path)} ${io.paint.out("dim", "(up to date)")}\n`)
      .join(""),
    problems,
    exit: problems.length > 0 ? exits.checks : exits.ok,
  };
}
