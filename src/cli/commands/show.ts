// `journal show`: one run, its facts first, then what changed and what came of it, then the prose.

import { analyse } from "../../analysis/analyse.ts";
import type { AnalysedRun, Break } from "../../analysis/study.ts";
import { renderTable, safe, safeLine } from "../../base/terminal.ts";
import type { Run, RunFile } from "../../record/experiment.ts";
import { formatDelta, formatReading } from "../../record/format.ts";
import { showValue } from "../../record/value.ts";
import type { Journal } from "../../store/journal.ts";
import { type Fact, facts } from "../facts.ts";
import type { Io } from "../io.ts";
import type { Outcome } from "../outcome.ts";

export async function show(journal: Journal, { id }: { readonly id: string }, io: Io): Promise<Outcome> {
  const { file, text, parsed } = journal.read(id);
  const { studies } = analyse(journal.files(), journal.settings, journal.studies);
  const analysed = studies.find(({ settings }) => settings.name === file.study)?.runs.get(file.run.id);
  const body = text.slice(parsed.fences?.bodyStart ?? 0).trim();
  for (const problem of parsed.problems) io.warn(problem);
  return {
    data: { path: file.path, study: file.study, run: file.run, body, ...(analysed === undefined ? {} : comparison(analysed)) },
    text: page(file, analysed, body, io),
  };
}

function page(file: RunFile, analysed: AnalysedRun | undefined, body: string, io: Io): string {
  const { run, path } = file;
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
    metricTable(run, analysed, io),
    body === "" ? "" : `${safe(body.replace(/\r\n/g, "\n"))}\n`,
  ];
  return blocks.filter((block) => block !== "").join("\n");
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
};

function metricTable(run: Run, analysed: AnalysedRun | undefined, io: Io): string {
  if (run.metrics.length === 0) return "";
  const rows = run.metrics.map(({ name, before, after }) => {
    const delta = analysed?.deltas.get(name);
    const from = delta?.before ?? before;
    const change =
      delta === undefined ? undefined : formatDelta(delta.before.mean ?? Number.NaN, delta.after.mean ?? Number.NaN, after?.unit);
    const apart = analysed?.notCompared.get(name);
    return [
      name,
      from === undefined ? "–" : formatReading(from),
      after === undefined ? "–" : formatReading(after),
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
