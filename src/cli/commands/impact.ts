// `journal impact`: what each parameter did to the results, and to the time; of one parameter everything that is known.

import { analyse } from "../../analysis/analyse.ts";
import { answersOf } from "../../analysis/answers.ts";
import type { StudyAnalysis } from "../../analysis/study.ts";
import { findFixed } from "../../analysis/varied.ts";
import { exits, JournalError } from "../../base/problem.ts";
import { suggest } from "../../base/suggest.ts";
import { renderTable, safe, safeLine } from "../../base/terminal.ts";
import type { StudySettings } from "../../record/settings.ts";
import { impactData, parameterData } from "../../report/impact-data.ts";
import { parameterTable } from "../../report/impact-parameter.ts";
import { impactRemarks } from "../../report/impact-remarks.ts";
import { impactTable } from "../../report/impact-table.ts";
import type { Table } from "../../report/table.ts";
import type { Journal } from "../../store/journal.ts";
import type { Options } from "../command.ts";
import type { Grid } from "../grid.ts";
import { formats } from "../grid-formats.ts";
import type { Io } from "../io.ts";
import { noMetric, unknownParameter } from "../messages-parameters.ts";
import type { Outcome } from "../outcome.ts";
import { findStudy } from "../study.ts";

export type ImpactOptions = Pick<Options, "study" | "metric" | "format"> & { readonly parameter?: string };

export async function impact(journal: Journal, options: ImpactOptions, io: Io): Promise<Outcome> {
  const study = studyFor(journal, options);
  if (options.parameter !== undefined) return oneParameter(study, options.parameter, options.format, io);
  const answers = answersOf(study);
  return {
    data: impactData(study, answers),
    text: printed(impactTable(study, answers), options.format, io),
    talk: [
      ...(options.study === undefined && study.settings.name !== ""
        ? [`of the study ${study.settings.name}; name another with --study`]
        : []),
      ...(answers.length === 0 ? [`no parameter was varied yet among ${study.files.length} runs`] : []),
      ...impactRemarks(study),
    ].map(safeLine),
  };
}

/** Of another metric by making that one what the study is about. */
function studyFor(journal: Journal, { study: name, metric }: ImpactOptions): StudyAnalysis {
  const settings = name === undefined ? usualStudy(journal) : findStudy(journal, name);
  const about: StudySettings = metric === undefined ? settings : { ...settings, primary: metric };
  const studies = new Map([...journal.studies, [settings.name, about] as const]);
  const found = analyse(journal.files(), journal.settings, studies).studies.find((one) => one.settings.name === settings.name);
  if (found === undefined) throw new Error(`no study ${settings.name}`);
  const { primary } = found;
  if (metric === undefined || found.groups.some(({ readings }) => primary !== undefined && readings.has(primary.name))) return found;
  const known = found.metrics.map((one) => one.name).filter((one) => one !== primary?.name);
  throw new JournalError(noMetric(metric, known, suggest(metric, known)), exits.notFound);
}

/** The default one; where it is empty, the one that most runs are in. */
function usualStudy(journal: Journal): StudySettings {
  const counts = new Map<string, number>();
  for (const { study } of journal.files()) counts.set(study, (counts.get(study) ?? 0) + 1);
  const [most] = [...counts].sort(([, left], [, right]) => right - left);
  return findStudy(journal, counts.has("") || most === undefined ? "." : most[0]);
}

function oneParameter(study: StudyAnalysis, name: string, format: string | undefined, io: Io): Outcome {
  const answer = answersOf(study).find(({ impact: { parameter } }) => parameter === name);
  if (answer !== undefined)
    return { data: parameterData(study, answer), text: printed(parameterTable(study, answer), format, io), talk: [] };
  const fixed = findFixed(study);
  const known = fixed.parameters.find((one) => one.name === name);
  if (known === undefined) {
    const names = [...study.impact.map(({ parameter }) => parameter), ...fixed.parameters.map((one) => one.name)];
    throw new JournalError(unknownParameter(name, suggest(name, names)), exits.notFound);
  }
  return {
    data: { parameter: name, fixed: known.text, n: known.n },
    text: `${safeLine(name)} was never varied: ${safeLine(known.text)} in all ${known.n} configurations that recorded it\n`,
  };
}

function printed(table: Table, format: string | undefined, io: Io): string {
  if (table.rows.length === 0) return "";
  const grid: Grid = {
    columns: table.columns.map(({ key, label, align }) => ({ name: key, label, number: align === "right", whole: false })),
    rows: table.rows.map((row) => row.map(({ text }) => ({ text }))),
  };
  if (format === "markdown" || format === "csv" || format === "latex") {
    const text = formats[format](grid);
    return io.columns === undefined ? text : safe(text.replaceAll("\r\n", "\n"));
  }
  const { text } = renderTable(
    grid.columns.map(({ label, number }, at) => ({ label, align: number ? "right" : "left", ...(at < 2 ? { least: 10 } : {}) })),
    grid.rows.map((row) => row.map((cell) => safeLine(cell.text))),
    io.columns,
    io.paint.out,
  );
  return text;
}
