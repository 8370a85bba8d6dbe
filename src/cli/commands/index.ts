// `journal index`: the generated tables into each study's README, between markers.

import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { analyse } from "../../analysis/analyse.ts";
import type { StudyAnalysis } from "../../analysis/study.ts";
import { relativePath } from "../../base/path.ts";
import { exits, type Problem } from "../../base/problem.ts";
import { safeLine } from "../../base/terminal.ts";
import { hasBlock, replaceBlock } from "../../markdown/markers.ts";
import { indexTables } from "../../report/index-tables.ts";
import { toMarkdown } from "../../report/markdown.ts";
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
}

export async function index(journal: Journal, options: Pick<Options, "study" | "check">, io: Io): Promise<Outcome> {
  const only = options.study === undefined ? undefined : findStudy(journal, options.study).name;
  const { studies } = analyse(journal.files(), journal.settings, journal.studies);
  const pages = studies.filter(({ settings }) => only === undefined || settings.name === only).flatMap((study) => planPage(journal, study));
  const stale = pages.filter(({ old, text }) => old !== text);
  if (options.check === true) return report(pages, stale, io);
  for (const page of stale) write(journal, page);
  return {
    data: { pages: pages.map((page) => ({ path: page.path, changed: stale.includes(page) })) },
    text: pages.map((page) => `${safeLine(page.path)}${stale.includes(page) ? "" : ` ${io.paint.out("dim", "(unchanged)")}`}\n`).join(""),
  };
}

/** None for a study without runs, unless its README asks for tables: an empty default study beside full ones stays quiet. */
function planPage(journal: Journal, study: StudyAnalysis): readonly Page[] {
  const path = posix.join("experiments", study.settings.name, "README.md");
  const absolute = join(journal.root, path);
  const old = existsSync(absolute) ? readFileSync(absolute, "utf8") : undefined;
  const links = new Map(study.files.map((file) => [file.run.id, relativePath(path, file.path)]));
  const title = study.settings.title ?? (study.settings.name === "" ? journal.settings.title : study.settings.name);
  const tables = wanted(indexTables(study), old ?? "");
  if (study.files.length === 0 && !tables.some(({ name }) => hasBlock(old ?? "", name))) return [];
  const text = tables.reduce(
    (text, table) => replaceBlock(text, table.name, `## ${table.title}\n\n${toMarkdown(table, (id) => links.get(id))}`),
    old ?? `# ${title}\n`,
  );
  return [{ path, text, ...(old === undefined ? {} : { old }) }];
}

/** All of them in a README that has none yet; later those that its author left there. */
function wanted(tables: readonly Table[], text: string): readonly Table[] {
  const kept = tables.filter(({ name }) => hasBlock(text, name));
  return kept.length === 0 ? tables : kept;
}

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
