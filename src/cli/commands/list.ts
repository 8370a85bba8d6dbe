// `journal list`: the runs that match, as a table or for machines.

import { exits, JournalError } from "../../base/problem.ts";
import { suggest } from "../../base/suggest.ts";
import { safe } from "../../base/terminal.ts";
import { parseDate } from "../../base/time.ts";
import type { RunFile } from "../../record/experiment.ts";
import type { Journal } from "../../store/journal.ts";
import { isHiddenLine, listLine } from "../../store/list-line.ts";
import type { Options } from "../command.ts";
import { type Grid, printGrid } from "../grid.ts";
import type { Io } from "../io.ts";
import { columnsLeft, notCount, noView } from "../messages.ts";
import type { Outcome, RawJson } from "../outcome.ts";
import { plural } from "../print.ts";
import { findStudy } from "../study.ts";

export type ListOptions = Pick<Options, "study" | "view" | "all" | "sort" | "columns" | "limit" | "since" | "format"> & {
  readonly filter: string;
  readonly json: boolean;
};

export async function list(journal: Journal, given: ListOptions, io: Io): Promise<Outcome> {
  const { columns: wanted, ...rest } = given;
  const options = withView(journal, wanted === undefined || wanted.trim() === "" ? rest : given);
  const json = options.json || options.format === "json";
  // The lines are ready in the cache: nothing to parse, whatever the number of runs.
  if (json && isPlain(options)) {
    const lines = journal.listLines();
    const shown = options.all === true ? lines : lines.filter((line) => !isHiddenLine(line));
    return { data: { raw: `[${shown.join(",")}]` } satisfies RawJson, text: "" };
  }
  const limit = options.limit === undefined ? undefined : readCount(options.limit);
  const { all, files, hidden, words } = await choose(journal, options);
  const shown = limit === undefined ? files : files.slice(0, limit);
  if (json && options.columns === undefined) {
    return { data: { raw: `[${shown.map(listLine).join(",")}]` } satisfies RawJson, text: "" };
  }
  const { makeGrid } = await import("../grid.ts");
  const grid = makeGrid(journal, { all, files: shown, words, columns: options.columns });
  if (json)
    return {
      data: grid.rows.map((row) => Object.fromEntries(row.map((cell, index) => [grid.columns[index]?.name ?? "", cell.value ?? null]))),
      text: "",
    };
  const found = await print(grid, { cut: files.length - shown.length, hidden }, options.format ?? "table", journal, io);
  const asked = options.filter === "" && options.since === undefined && (options.format ?? "table") === "table";
  return asked ? { ...found, talk: [...(found.talk ?? []), ...(await standstill(journal, all, options.study))] } : found;
}

/** What was not said is the view's; its filter and the given one must both hold. */
function withView(journal: Journal, options: ListOptions): ListOptions {
  const { view: name, ...rest } = options;
  if (name === undefined) return options;
  const { views } = journal.settings;
  const view = Object.hasOwn(views, name) ? views[name] : undefined;
  if (view === undefined) throw new JournalError(noView(name, Object.keys(views), suggest(name, Object.keys(views))), exits.notFound);
  const filters = [view.where ?? "", rest.filter].filter((text) => text !== "");
  return {
    ...rest,
    filter: filters.length > 1 ? filters.map((text) => `(${text})`).join(" and ") : (filters[0] ?? ""),
    ...(rest.sort !== undefined || view.sort === undefined ? {} : { sort: view.sort }),
    ...(rest.columns !== undefined || view.columns.length === 0 ? {} : { columns: view.columns.map((column) => `"${column}"`).join(",") }),
  };
}

const isPlain = ({ filter, study, sort, columns, limit, since }: ListOptions): boolean =>
  filter === "" && [study, sort, columns, limit, since].every((option) => option === undefined);

/** Filtered and sorted; hidden runs are counted, unless they are asked for. */
async function choose(journal: Journal, options: ListOptions) {
  const { asksFor } = await import("../../query/filter.ts");
  const { parseFilter } = await import("../../query/parser.ts");
  const { matches } = await import("../../query/matcher.ts");
  const { wordsOf } = await import("../words.ts");
  const { parseSort, sortFiles } = await import("../../query/sort.ts");
  const filter = options.filter === "" ? undefined : parseFilter(options.filter);
  const sort = options.sort === undefined ? undefined : parseSort(options.sort);
  const study = options.study === undefined ? undefined : findStudy(journal, options.study).name;
  const since = options.since === undefined ? undefined : await readSince(journal, options.since);
  const all = journal.files();
  const words = wordsOf(journal, all);
  const found = all.filter(
    (file) =>
      (study === undefined || file.study === study) && (since?.(file) ?? true) && (filter === undefined || matches(filter, file, words)),
  );
  const files = options.all === true || asksFor(filter, "hidden") ? found : found.filter(({ run }) => !run.hidden);
  return { files: sort === undefined ? files : sortFiles(files, sort, words), hidden: found.length - files.length, words, all };
}

/** A day, else a git revision: then what differs from where this branch left it. */
async function readSince(journal: Journal, text: string): Promise<(file: RunFile) => boolean> {
  const day = parseDate(text)?.day;
  if (day !== undefined) return ({ run }) => (parseDate(run.run?.started ?? run.date ?? "")?.day ?? "") >= day;
  const { readChangedSince } = await import("../../store/git.ts");
  const changed = readChangedSince(journal.root, text);
  return (file) => changed.has(file.path);
}

/** A larger journal takes a moment to judge. */
const quicklyJudged = 2000;

/** That the newest runs lead nowhere is worth a line to whoever looks at all of them. */
async function standstill(journal: Journal, files: readonly RunFile[], study: string | undefined): Promise<readonly string[]> {
  if (files.length < 5 || files.length > quicklyJudged) return [];
  const { analyse } = await import("../../analysis/analyse.ts");
  const { standstillOf } = await import("../../report/standstill-text.ts");
  const { plainText } = await import("../../report/sentence.ts");
  const wanted = study === undefined ? undefined : findStudy(journal, study).name;
  return analyse(files, journal.settings, journal.studies)
    .studies.filter(({ settings }) => wanted === undefined || settings.name === wanted)
    .flatMap((one) =>
      standstillOf(one).map((sentence) => `${one.settings.name === "" ? "" : `${one.settings.name}: `}${plainText(sentence)}`),
    );
}

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new JournalError(notCount("--limit", text));
  return count;
}

interface Left {
  /** Beyond the limit. */
  readonly cut: number;
  readonly hidden: number;
}

async function print(grid: Grid, { cut, hidden }: Left, format: string, journal: Journal, io: Io): Promise<Outcome> {
  const data = null;
  const more = [
    ...(cut > 0 ? [`${plural(cut, "more run")}, see them with a larger \`--limit\``] : []),
    ...(hidden > 0 ? [`${plural(hidden, "hidden run")}, see them with \`--all\``] : []),
  ];
  if (format === "table") {
    const { text, left } = printGrid(grid, io);
    const empty =
      grid.rows.length === 0 ? [journal.files().length === 0 ? 'no run yet: begin with `journal new "Baseline"`' : "no run matches"] : [];
    return { data, text: grid.rows.length === 0 ? "" : text, talk: [...empty, ...more, ...(left.length > 0 ? [columnsLeft(left)] : [])] };
  }
  const { formats } = await import("../grid-formats.ts");
  const printed = formats[format as keyof typeof formats](grid);
  // CSV keeps every character for the program that reads it; a terminal gets none that it would obey.
  return { data, text: io.columns === undefined ? printed : safe(printed.replaceAll("\r\n", "\n")), talk: more };
}
