// `journal show`: one run, its facts first, then what changed and what came of it, then the prose.

import { analyse } from "../../analysis/analyse.ts";
import type { AnalysedRun, Break, StudyAnalysis } from "../../analysis/study.ts";
import { renderTable, safe, safeLine } from "../../base/terminal.ts";
import { emptySections } from "../../markdown/empty-sections.ts";
import { invalidText } from "../../query/columns.ts";
import { invalidity } from "../../query/validity.ts";
import type { Reading, Run, RunFile } from "../../record/experiment.ts";
import { formatDelta, formatReading } from "../../record/format.ts";
import { showValue } from "../../record/value.ts";
import { readingText } from "../../report/words.ts";
import type { Journal } from "../../store/journal.ts";
import { type Fact, facts } from "../facts.ts";
import type { Io } from "../io.ts";
import type { Outcome } from "../outcome.ts";

export async function show(journal: Journal, { id }: { readonly id: string }, io: Io): Promise<Outcome> {
  const { file, text, parsed } = journal.read(id);
  const { studies } = analyse(journal.files(), journal.settings, journal.studies);
  const study = studies.find(({ settings }) => settings.name === file.study);
  const analysed = study?.runs.get(file.run.id);
  const body = text.slice(parsed.fences?.bodyStart ?? 0).trim();
  for (const problem of parsed.problems) io.warn(problem);
  return {
    data: { path: file.path, study: file.study, run: file.run, body, ...(analysed === undefined ? {} : comparison(analysed)) },
    text: page(file, study, body, io),
  };
}

function page(file: RunFile, study: StudyAnalysis | undefined, body: string, io: Io): string {
  const { run, path } = file;
  const analysed = study?.runs.get(run.id);
  const prose = withoutEmptySections(body.replace(/\r\n/g, "\n"));
  const blocks = [
    `${io.paint.out("bold", `${safeLine(run.id)}  ${safeLine(run.title)}`)}\n${io.paint.out("dim", safeLine(path))}\n`,
    factLines(facts(run, analysed), io),
    factLines(
      Object.entries(run.config).map(([name, value]) => [
        `config.${name}`,
        Object.hasOwn(run.configText, name) ? (run.configText[name] ?? "") : showValue(value),
      ]),
      io,
    ),
    metricTable(run, study, io),
    prose === "" ? "" : `${safe(prose)}\n`,
  ];
  return blocks.filter((block) => block !== "").join("\n");
}

function withoutEmptySections(body: string): string {
  return emptySections(body)
    .reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end), body)
    .trim();
}

function factLines(list: readonly Fact[], io: Io): string {
  const width = Math.max(0, ...list.map(([label]) => label.length));
  return list.map(([label, value]) => `${io.paint.out("dim", safeLine(label).padEnd(width))}  ${safeLine(value)}\n`).join("");
}

const grounds: Readonly<Record<Break, string>> = {
  protocol: "another protocol",
  data: "other evaluation data",
  hardware: "another machine",
  invalid: "declared invalid",
  scale: "a sign or a unit is missing",
};

/** In the unit and with the decimals that all tables show the metric with. */
function metricTable(run: Run, study: StudyAnalysis | undefined, io: Io): string {
  if (run.metrics.length === 0) return "";
  const analysed = study?.runs.get(run.id);
  const rows = run.metrics.map(({ name, before, after }) => {
    const names = namesOf(name, study);
    const view = study?.metrics.find((metric) => names.includes(metric.name));
    const shown = (reading: Reading): string => (view === undefined ? formatReading(reading) : (readingText(reading, view) ?? ""));
    const delta = names.map((one) => analysed?.deltas.get(one)).find((one) => one !== undefined);
    const from = delta?.before ?? before;
    const change =
      delta === undefined
        ? undefined
        : formatDelta(
            delta.before.mean ?? Number.NaN,
            delta.after.mean ?? Number.NaN,
            view?.unit ?? after?.unit,
            view === undefined ? {} : { decimals: view.decimals },
          );
    const apart = names.map((one) => analysed?.notCompared.get(one)).find((one) => one !== undefined);
    const invalid = invalidity(run, names, study?.settings) !== undefined;
    return [
      name,
      from === undefined ? "–" : shown(from),
      after === undefined ? "–" : invalid ? invalidText(shown(after)) : shown(after),
      change !== undefined
        ? [change.absolute, change.relative].filter(Boolean).join(", ")
        : apart === undefined
          ? ""
          : `not compared: ${grounds[apart]}`,
    ];
  });
  return renderTable(
    [{ label: "metric" }, { label: "before", align: "right" }, { label: "after", align: "right" }, { label: "change", align: "right" }],
    rows,
    io.columns,
    io.paint.out,
  ).text;
}

/** As the run calls it, then as journal.yaml does and the ones it is imported from. */
function namesOf(name: string, study: StudyAnalysis | undefined): readonly string[] {
  const declared = Object.values(study?.settings.metrics ?? {}).find((metric) => metric.name === name || metric.from.includes(name));
  return declared === undefined ? [name] : [name, declared.name, ...declared.from];
}

function comparison(analysed: AnalysedRun): { base?: string; changes: unknown; deltas: unknown; notCompared?: unknown } {
  return {
    ...(analysed.base === undefined ? {} : { base: analysed.base.run.id }),
    changes: analysed.changes,
    deltas: Object.fromEntries(
      [...analysed.deltas].map(([name, { absolute, relative, better }]) => [
        name,
        { absolute, ...(relative === undefined ? {} : { relative }), ...(better === undefined ? {} : { better }) },
      ]),
    ),
    ...(analysed.notCompared.size === 0 ? {} : { notCompared: Object.fromEntries(analysed.notCompared) }),
  };
}
