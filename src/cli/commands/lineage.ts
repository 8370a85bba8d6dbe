// `journal lineage`: where a run came from, step by step; without one, who was the best when.

import { analyse } from "../../analysis/analyse.ts";
import { ancestorsOf, effectiveConfig } from "../../analysis/effective.ts";
import { type Incumbent, incumbentsOf } from "../../analysis/incumbents.ts";
import type { AnalysedRun, StudyAnalysis } from "../../analysis/study.ts";
import { renderTable, safeLine } from "../../base/terminal.ts";
import { eraOf } from "../../query/validity.ts";
import type { RunFile } from "../../record/experiment.ts";
import { plural } from "../../report/counts.ts";
import { deltaView, valueText } from "../../report/view.ts";
import { changesText } from "../../report/words.ts";
import type { Journal } from "../../store/journal.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import type { Outcome } from "../outcome.ts";
import { findStudy } from "../study.ts";

type LineageOptions = Pick<Options, "study"> & { readonly id?: string };

export async function lineage(journal: Journal, { id, study: name }: LineageOptions, io: Io): Promise<Outcome> {
  const only = name === undefined ? undefined : findStudy(journal, name).name;
  const file = id === undefined ? undefined : journal.find(id);
  const { studies } = analyse(journal.files(), journal.settings, journal.studies);
  if (file !== undefined) {
    const study = studies.find(({ settings }) => settings.name === file.study);
    if (study === undefined) throw new Error(`no study ${file.study}`);
    return way(file, study, io);
  }
  return times(
    studies.filter(({ settings, files }) => (only === undefined ? files.length > 0 : settings.name === only)),
    io,
  );
}

interface Step {
  readonly file: RunFile;
  readonly run?: AnalysedRun;
  readonly era: string;
}

/** From the first ancestor down. */
function way(file: RunFile, study: StudyAnalysis, io: Io): Outcome {
  const steps = ancestorsOf(file, study)
    .toReversed()
    .map((one): Step => {
      const run = study.runs.get(one.run.id);
      return { file: one, era: eraOf(one.run, study.settings), ...(run === undefined ? {} : { run }) };
    });
  const metric = study.primary;
  const config = effectiveConfig(file, study);
  const { text } = renderTable(
    [
      { label: "run", least: Number.POSITIVE_INFINITY },
      { label: "title" },
      { label: "changes", least: 16 },
      { label: metric?.label ?? "", align: "right" },
      { label: "on its base" },
      { label: "protocol" },
      { label: "decision" },
    ],
    steps.map((step) => [...stepCells(step, study), step.file.run.decision ?? ""].map(safeLine)),
    io.columns,
    io.paint.out,
  );
  const missing = study.runs.get(file.run.id)?.missing ?? [];
  return {
    data: {
      run: file.run.id,
      way: steps.map((step) => stepDocument(step, study)),
      config: config.map(({ name, text: value, from }) => ({ name, value, from: from.run.id })),
    },
    text: `${text}\n${configLines(config, file, io)}`,
    talk: [...missing.map((reference) => `base ${safeLine(reference)} is not in this journal`), ...oldest(steps, study)],
  };
}

function oldest([first]: readonly Step[], study: StudyAnalysis): readonly string[] {
  const cut = first?.run?.cut ?? [];
  return cut.length > 0
    ? [`a circle of bases is cut before ${first?.file.run.id}`]
    : study.baseline === undefined
      ? ["the study has no baseline yet"]
      : [];
}

function stepCells({ file, run, era }: Step, study: StudyAnalysis): readonly string[] {
  const metric = study.primary;
  const value = metric === undefined ? undefined : valueText(run?.group.readings.get(metric.name), metric);
  const delta = metric === undefined ? undefined : deltaView(run?.deltas.get(metric.name), metric);
  const apart = metric === undefined ? undefined : run?.notCompared.get(metric.name);
  const merged = (run?.bases ?? []).slice(1).map((base) => base.run.id);
  return [
    file.run.id,
    file.run.title,
    [run === undefined ? "" : changesText(run), merged.length === 0 ? "" : `merged ${merged.join(", ")}`].filter(Boolean).join("; "),
    value ?? "",
    delta === undefined ? (apart === undefined ? "" : `not compared: ${apart}`) : [delta.text, delta.evidence].join(" "),
    era,
  ];
}

function stepDocument({ file, run, era }: Step, study: StudyAnalysis): object {
  const metric = study.primary;
  const delta = metric === undefined ? undefined : run?.deltas.get(metric.name);
  const reading = metric === undefined ? undefined : run?.group.readings.get(metric.name);
  return {
    id: file.run.id,
    title: file.run.title,
    protocol: era,
    decision: file.run.decision ?? null,
    bases: (run?.bases ?? []).map((base) => base.run.id),
    changes: run?.changes ?? [],
    ...(reading?.mean === undefined ? {} : { value: reading.mean, n: reading.n }),
    ...(delta === undefined ? {} : { change: delta.absolute, evidence: delta.evidence.word }),
    ...(metric === undefined || run?.notCompared.get(metric.name) === undefined ? {} : { notCompared: run.notCompared.get(metric.name) }),
  };
}

function configLines(config: ReturnType<typeof effectiveConfig>, file: RunFile, io: Io): string {
  const width = Math.max(0, ...config.map(({ name }) => name.length));
  return config
    .map(({ name, text, from }) => {
      const source = from === file ? "" : io.paint.out("dim", `   # recorded by ${safeLine(from.run.id)}`);
      return `${io.paint.out("dim", safeLine(name).padEnd(width))}  ${safeLine(text)}${source}\n`;
    })
    .join("");
}

/** The best of each time, study by study. */
function times(studies: readonly StudyAnalysis[], io: Io): Outcome {
  const lines = studies.map((study) => ({ study, line: study.primary === undefined ? [] : incumbentsOf(study, study.primary) }));
  const blocks = lines.filter(({ line }) => line.length > 0).map(({ study, line }) => block(study, line, io));
  return {
    data: lines.map(({ study, line }) => ({
      study: study.settings.name,
      metric: study.primary?.name ?? null,
      protocols: study.settings.protocols.map(({ name, what, reason }) => ({
        name,
        ...(what === undefined ? {} : { what }),
        ...(reason === undefined ? {} : { reason }),
      })),
      baseline: study.baseline?.first.run.id ?? null,
      incumbents: line.map(({ group, era, since, value, tries, confirmations }) => ({
        run: group.first.run.id,
        protocol: era,
        since: since.run.run?.started ?? since.run.date ?? null,
        value,
        n: study.primary === undefined ? 0 : (group.readings.get(study.primary.name)?.n ?? 0),
        tries,
        confirmations: confirmations.map(({ run }) => run.id),
      })),
    })),
    text: blocks.join("\n"),
    talk: blocks.length === 0 ? ["no best yet: a study needs a finished run with a value of its primary metric"] : [],
  };
}

function block(study: StudyAnalysis, line: readonly Incumbent[], io: Io): string {
  const { primary } = study;
  if (primary === undefined) return "";
  const rows = line.map(({ group, era, since, tries, confirmations }) => [
    (since.run.run?.started ?? since.run.date ?? "").slice(0, 10),
    group.first.run.id,
    group.first.run.title,
    valueText(group.readings.get(primary.name), primary) ?? "",
    era,
    plural(tries, "try", "tries"),
    confirmations.length === 0 ? "never measured again" : `measured again by ${confirmations.map(({ run }) => run.id).join(", ")}`,
  ]);
  const title = study.settings.title ?? study.settings.name;
  return `${io.paint.out("bold", safeLine(title === "" ? primary.label : title))}\n${
    renderTable(
      [
        { label: "since" },
        { label: "best", least: Number.POSITIVE_INFINITY },
        { label: "title" },
        { label: primary.label, align: "right" },
        { label: "protocol" },
        { label: "tried on it" },
        { label: "" },
      ],
      rows.map((row) => row.map(safeLine)),
      io.columns,
      io.paint.out,
    ).text
  }`;
}
