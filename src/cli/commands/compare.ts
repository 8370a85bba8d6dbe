// `journal compare`: any number of runs side by side, held against one of them; with `--code` what changed in the code between two.

import { analyse } from "../../analysis/analyse.ts";
import { tQuantile } from "../../analysis/distribution.ts";
import { exits, JournalError } from "../../base/problem.ts";
import { renderTable, safeLine } from "../../base/terminal.ts";
import type { RunFile } from "../../record/experiment.ts";
import { type CompareRun, type CompareStudy, compareRun, compareStudy } from "../../report/compare-data.ts";
import { type CompareCell, type CompareComparison, compareRuns, type Line } from "../../report/compare-page.ts";
import type { Journal } from "../../store/journal.ts";
import type { Options } from "../command.ts";
import type { Grid } from "../grid.ts";
import { formats } from "../grid-formats.ts";
import type { Io } from "../io.ts";
import { wantsTwo } from "../messages.ts";
import { nothingSince } from "../messages-judge.ts";
import type { Outcome } from "../outcome.ts";

type CompareOptions = Pick<Options, "all" | "against" | "code" | "format" | "metric" | "pivot" | "since" | "study"> & {
  readonly ids: readonly string[];
};

export async function compare(journal: Journal, options: CompareOptions, io: Io): Promise<Outcome> {
  const named = [...new Set(options.ids.map((id) => journal.find(id).path))].map((path) => journal.find(path));
  if (options.pivot !== undefined) return (await import("./pivot.ts")).pivot(journal, named, options, io);
  const files = options.since === undefined ? named : await added(journal, named, options.since);
  if (files.length < 2) throw new JournalError(wantsTwo(), exits.usage);
  if (options.code === true) return (await import("./compare-code.ts")).compareCode(journal, files, io);
  const base = options.against === undefined ? undefined : journal.find(options.against).run.id;
  const { runs, studies } = gather(journal, files);
  const found = compareRuns({ runs, studies, unknown: [], all: options.all === true, ...(base === undefined ? {} : { base }) });
  return {
    data: documentOf(found),
    text: printed(found, options.format, io),
    talk: found.notices.map(({ text }) => text),
  };
}

/** What a branch adds, behind what it is held against: the base that all of it shares, else the baseline of its study. */
async function added(journal: Journal, named: readonly RunFile[], since: string): Promise<readonly RunFile[]> {
  const { readChangedSince } = await import("../../store/git.ts");
  const changed = readChangedSince(journal.root, since);
  const runs = journal.files().filter(({ path, run }) => changed.has(path) && run.metrics.some(({ after }) => after !== undefined));
  const [first] = runs;
  if (first === undefined) throw new JournalError(nothingSince(since), exits.notFound);
  const { studies } = analyse(journal.files(), journal.settings, journal.studies);
  const study = studies.find(({ settings }) => settings.name === first.study);
  const bases = new Set(runs.map(({ run }) => study?.runs.get(run.id)?.base));
  const [shared] = bases;
  const base = bases.size === 1 && shared !== undefined ? shared : study?.baseline?.first;
  return [...new Set([...(base === undefined ? [] : [base]), ...named, ...runs])];
}

function gather(journal: Journal, files: readonly RunFile[]): { runs: readonly CompareRun[]; studies: readonly CompareStudy[] } {
  const { studies } = analyse(journal.files(), journal.settings, journal.studies);
  const wanted = new Set(files.map(({ study }) => study));
  const own = studies.filter(({ settings }) => wanted.has(settings.name));
  // Nothing of one's own terminal is kept from oneself.
  const settings = { ...journal.settings, site: { ...journal.settings.site, private: true } };
  const runs = files.flatMap((file) => {
    const group = own.find((study) => study.settings.name === file.study)?.runs.get(file.run.id)?.group;
    return group === undefined ? [] : [compareRun(file, group, settings)];
  });
  return { runs, studies: own.map((study) => compareStudy(study, study.settings.title ?? study.settings.name)) };
}

function printed(found: CompareComparison, format: string | undefined, io: Io): string {
  const grid = gridOf(found);
  if (format === "markdown" || format === "csv" || format === "latex") return formats[format](grid);
  const { text } = renderTable(
    grid.columns.map(({ label }, at) => ({ label, ...(at === 0 ? { least: 12 } : {}) })),
    grid.rows.map((row) => row.map((cell) => cell.text)),
    io.columns,
    io.paint.out,
  );
  const equal =
    found.equal === 0 ? "" : `${found.equal} ${found.equal === 1 ? "parameter is" : "parameters are"} equal; --all shows them\n`;
  return text + io.paint.out("dim", equal);
}

/** Runs are columns; lines are metrics, then parameters, then what differs besides. */
function gridOf({ heads, metrics, parameters, environment, code }: CompareComparison): Grid {
  const line = ({ name, cells }: Line): Grid["rows"][number] => [{ text: name, value: name }, ...cells.map(cellOf)];
  const title = { name: "title", cells: heads.map(({ run }): CompareCell => ({ text: run.title })) };
  const decision = { name: "decision", cells: heads.map(({ run }): CompareCell => ({ text: run.glyph.word })) };
  return {
    columns: [
      { name: "what", label: "", number: false, whole: true },
      ...heads.map(({ run }) => ({ name: run.id, label: run.id, number: false, whole: false })),
    ],
    rows: [title, decision, ...metrics, ...parameters, ...environment, ...code].map(line),
  };
}

function cellOf({ text, word, delta, apart }: CompareCell): Grid["rows"][number][number] {
  if (text === undefined || text === "?") return { text: word ?? "" };
  const change =
    delta === undefined
      ? apart
      : [delta.text, delta.relative === undefined ? undefined : `(${delta.relative})`, delta.interval, delta.evidence]
          .filter(Boolean)
          .join(" ");
  return { text: safeLine(change === undefined ? text : `${text}  ${change}`) };
}

function documentOf({ heads, metrics, parameters, environment, code, notes, notices, equal }: CompareComparison): unknown {
  const values = (lines: readonly Line[]) =>
    lines.map(({ name, cells }) => ({ name, values: cells.map(({ text }) => (text === undefined || text === "?" ? null : text)) }));
  return {
    runs: heads.map(({ run, date, base }) => ({
      id: run.id,
      title: run.title,
      decision: run.glyph.word,
      base,
      ...(date === undefined ? {} : { date }),
    })),
    metrics: metrics.map(({ key, name, cells }) => ({
      name: key ?? name,
      values: cells.map(({ reading, word, delta, apart }) => ({
        ...(reading === undefined ? (word === undefined ? {} : { word }) : withInterval(reading)),
        ...(delta === undefined ? {} : { change: changeOf(delta) }),
        ...(apart === undefined ? {} : { apart }),
      })),
    })),
    parameters: values(parameters),
    equal,
    environment: values(environment),
    code: values(code),
    notes: notes.map(({ heading, cells }) => ({ heading, values: cells })),
    notices: notices.map(({ text }) => text),
  };
}

/** With the 95% interval of the mean, by the spread of its own repeats. */
function withInterval(reading: NonNullable<CompareCell["reading"]>): object {
  const { mean, sd, n } = reading;
  if (mean === undefined || sd === undefined || n < 2) return reading;
  const half = (tQuantile(0.975, n - 1) * sd) / Math.sqrt(n);
  return Number.isFinite(half) ? { ...reading, interval: [mean - half, mean + half] } : reading;
}

function changeOf(delta: NonNullable<CompareCell["delta"]>): object {
  const { text, relative, gain, share, word } = delta;
  return {
    text,
    ...(relative === undefined ? {} : { relative }),
    gain,
    ...(share === undefined ? {} : { relativeGain: share }),
    evidence: word,
    ...intervalOf(delta),
  };
}

function intervalOf({ gainLow, gainHigh, method }: NonNullable<CompareCell["delta"]>): object {
  return {
    ...(gainLow === undefined || gainHigh === undefined ? {} : { interval: [gainLow, gainHigh] }),
    ...(method === undefined ? {} : { method }),
  };
}
