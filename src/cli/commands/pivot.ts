// `journal compare --pivot lr,batch_size`: one metric over the values of two parameters.

import { analyse } from "../../analysis/analyse.ts";
import type { MetricView, StudyAnalysis } from "../../analysis/study.ts";
import { recordedValue } from "../../analysis/table.ts";
import { exits, JournalError } from "../../base/problem.ts";
import { suggest } from "../../base/suggest.ts";
import { renderTable, safeLine } from "../../base/terminal.ts";
import type { RunFile } from "../../record/experiment.ts";
import { type PivotCell, pivotOf } from "../../report/pivot.ts";
import { valueText } from "../../report/view.ts";
import type { Journal } from "../../store/journal.ts";
import type { Options } from "../command.ts";
import type { Grid } from "../grid.ts";
import { formats } from "../grid-formats.ts";
import type { Io } from "../io.ts";
import { notTwoNames } from "../messages-judge.ts";
import { noMetric, unknownParameter } from "../messages-parameters.ts";
import type { Outcome } from "../outcome.ts";
import { findStudy } from "../study.ts";

type PivotOptions = Pick<Options, "format" | "metric" | "pivot" | "study">;

/** Of the named runs; of all of the study without any. */
export function pivot(journal: Journal, files: readonly RunFile[], options: PivotOptions, io: Io): Outcome {
  const names = (options.pivot ?? "").split(",").map((name) => name.trim().replace(/^config\./, ""));
  if (names.length > 2 || names.some((name) => name === "")) throw new JournalError(notTwoNames(options.pivot ?? ""), exits.usage);
  const study = studyOf(journal, files, options.study);
  const metric = metricOf(options.metric, study);
  const groups = files.length === 0 ? study.groups : study.groups.filter((group) => group.files.some((file) => files.includes(file)));
  for (const name of names) checkParameter(name, study);
  const found = pivotOf(groups, names, metric, study);
  const text = (cell: PivotCell | undefined): string => valueText(cell?.reading, metric) ?? "";
  const [down = "", across] = names;
  const heads = across === undefined ? [metric.label] : found.columns.map((value) => `${across} ${value}`);
  const rows = found.rows.map((value, row) => [
    value,
    ...found.columns.map((_, column) => mark(text(found.cells[row]?.[column]), found.best, row, column)),
  ]);
  return {
    data: {
      metric: metric.name,
      parameters: names,
      cells: found.rows.flatMap((value, row) =>
        found.columns.flatMap((other, column) => {
          const cell = found.cells[row]?.[column];
          if (cell === undefined) return [];
          const { mean, sd, n } = cell.reading;
          return [
            { values: across === undefined ? [value] : [value, other], mean, ...(sd === undefined ? {} : { sd }), n, runs: cell.runs },
          ];
        }),
      ),
      others: found.others,
    },
    text: printed(down, heads, rows, options.format, io),
    talk: [
      ...(found.rows.length === 0 ? [`no finished run recorded ${names.join(" and ")} and ${metric.label}`] : []),
      ...(found.others.length === 0 ? [] : [`beside these vary ${found.others.slice(0, 8).join(", ")}: a cell may hold different things`]),
      ...(found.elsewhere === 0 ? [] : [`${found.elsewhere} on other machines are left out, for ${metric.label} is a time`]),
    ].map(safeLine),
  };
}

const mark = (text: string, best: { row: number; column: number } | undefined, row: number, column: number): string =>
  best?.row === row && best.column === column ? `${text} (best)` : text;

function studyOf(journal: Journal, files: readonly RunFile[], name: string | undefined): StudyAnalysis {
  const counts = new Map<string, number>();
  for (const { study } of files.length === 0 ? journal.files() : files) counts.set(study, (counts.get(study) ?? 0) + 1);
  const most = [...counts].reduce<readonly [string, number]>((top, one) => (one[1] > top[1] ? one : top), ["", 0])[0];
  const wanted = name === undefined ? most : findStudy(journal, name).name;
  const found = analyse(journal.files(), journal.settings, journal.studies).studies.find(({ settings }) => settings.name === wanted);
  if (found === undefined) throw new Error(`no study ${wanted}`);
  return found;
}

function metricOf(name: string | undefined, study: StudyAnalysis): MetricView {
  const names = study.metrics.map((metric) => metric.name);
  const found = name === undefined ? study.primary : study.metrics.find((metric) => metric.name === name);
  if (found === undefined)
    throw new JournalError(
      noMetric(name ?? "a primary metric", names, name === undefined ? undefined : suggest(name, names)),
      exits.notFound,
    );
  return found;
}

function checkParameter(name: string, { files }: StudyAnalysis): void {
  if (files.some((file) => recordedValue(file, name) !== undefined)) return;
  const known = [...new Set(files.flatMap(({ run }) => Object.keys(run.config)))];
  throw new JournalError(unknownParameter(name, suggest(name, known)), exits.notFound);
}

function printed(down: string, heads: readonly string[], rows: readonly (readonly string[])[], format: string | undefined, io: Io): string {
  if (rows.length === 0) return "";
  const columns = [down, ...heads].map(safeLine);
  const cells = rows.map((row) => row.map(safeLine));
  if (format === "markdown" || format === "csv" || format === "latex") {
    const grid: Grid = {
      columns: columns.map((label) => ({ name: label, label, number: false, whole: true })),
      rows: cells.map((row) => row.map((text) => ({ text, value: text }))),
    };
    return formats[format](grid);
  }
  return renderTable(
    columns.map((label, at) => ({ label, align: at === 0 ? "left" : "right", least: Number.POSITIVE_INFINITY })),
    cells,
    io.columns,
    io.paint.out,
  ).text;
}
