// Earlier runs that are like what is asked for: how like, in which context, what came of them, and why they were kept or not.

import type { Wanted } from "../analysis/nearness.ts";
import type { Group, StudyAnalysis } from "../analysis/study.ts";
import { recordedValue, valueKey } from "../analysis/table.ts";
import type { Near } from "../analysis/tried.ts";
import { eraOf } from "../query/validity.ts";
import { shortValue } from "./impact-words.ts";
import { cell, left, right, type Table } from "./table.ts";
import { deltaView, valueText } from "./view.ts";

interface Asked {
  readonly parameters: readonly Wanted[];
}

export function nearTable(nears: readonly Near[], studies: ReadonlyMap<string, StudyAnalysis>, asked: Asked): Table {
  return {
    name: "tried",
    title: "Tried before",
    columns: [
      right("like", "like"),
      left("run", "id"),
      left("title", "title"),
      left("had", "had"),
      left("context", "besides"),
      left("outcome", "outcome"),
      left("decision", "decision"),
      left("reason", "reason"),
    ],
    rows: nears.map((near) => {
      const study = studies.get(near.file.study);
      const { run } = near.file;
      const { value, change, evidence } = outcomeOf(near, study);
      return [
        cell(`${Math.floor(near.likeness * 100)}%`, near.likeness),
        { text: run.id, run: run.id },
        cell(run.title),
        cell(hadOf(near, asked).join(", ")),
        cell(contextOf(near, study, asked).join(", ")),
        cell([value, change, evidence].filter(Boolean).join(" ")),
        cell(run.decisionWord ?? run.decision ?? (run.status === "finished" ? "undecided" : run.status)),
        cell(run.reason),
      ];
    }),
    notes: [],
    empty: "Nobody tried anything like it.",
  };
}

export function nearData(near: Near, study: StudyAnalysis | undefined, asked: Asked): object {
  const { file, likeness, parameters, text, paths, moved } = near;
  const { run } = file;
  const delta = study?.primary === undefined ? undefined : study.runs.get(run.id)?.deltas.get(study.primary.name);
  const group = study?.runs.get(run.id)?.group;
  const measured = study?.primary !== undefined && group !== undefined && measuredBy(group, study.primary.name).includes(run.id);
  const reading = measured ? group.readings.get(study.primary.name) : undefined;
  return {
    id: run.id,
    title: run.title,
    path: file.path,
    likeness,
    ...(parameters === undefined ? {} : { parameters }),
    ...(text === undefined ? {} : { text }),
    ...(paths === undefined ? {} : { paths }),
    had: Object.fromEntries(asked.parameters.map(({ name }) => [name, recordedValue(file, name)?.value ?? null])),
    moved,
    context: contextOf(near, study, asked),
    status: run.status,
    ...(run.decision === undefined ? {} : { decision: run.decision }),
    ...(run.decisionWord === undefined ? {} : { word: run.decisionWord }),
    ...(run.reason === undefined ? {} : { reason: run.reason }),
    ...(run.assumptions.length === 0 ? {} : { assumptions: run.assumptions }),
    ...(reading?.mean === undefined ? {} : { metric: study?.primary?.name, mean: reading.mean, n: reading.n }),
    ...(delta === undefined || !measured ? {} : { change: delta.absolute, evidence: delta.evidence }),
  };
}

function outcomeOf(
  { file }: Near,
  study: StudyAnalysis | undefined,
): { value?: string | undefined; change?: string | undefined; evidence?: string | undefined } {
  const { id, status } = file.run;
  const metric = study?.primary;
  const run = study?.runs.get(id);
  if (metric === undefined || run === undefined || status !== "finished") return { value: status };
  // A value of the whole group is no outcome of a run that measured nothing itself.
  const by = measuredBy(run.group, metric.name);
  if (!by.includes(id)) return { value: by[0] === undefined ? "no value" : `no value of its own, see ${by[0]}` };
  const view = deltaView(run.deltas.get(metric.name), metric);
  return {
    value: valueText(run.group.readings.get(metric.name), metric) ?? "no value",
    change: view?.text,
    evidence: view?.evidence,
  };
}

/** Those of the group that have a value of the metric. */
const measuredBy = ({ members }: Group, metric: string): readonly string[] =>
  members.flatMap(({ file, readings }) => (readings.get(metric)?.mean === undefined ? [] : [file.run.id]));

const most = 4;

/** `lr 3e-4 (its change)`; first what is not as asked, then what it changed itself. */
function hadOf({ file, moved }: Near, { parameters }: Asked): readonly string[] {
  const known = parameters.flatMap(({ name, value: wanted }) => {
    const found = recordedValue(file, name);
    if (found === undefined) return [];
    const own = moved.includes(name);
    const rank = (valueKey(found.value) === valueKey(wanted) ? 0 : 2) + Number(own);
    return [{ rank, text: `${name} ${shortValue(found.text)}${own ? " (its change)" : ""}` }];
  });
  const sorted = known.sort((left, right) => right.rank - left.rank).map(({ text }) => text);
  return sorted.length > most ? [...sorted.slice(0, most), `+${sorted.length - most}`] : sorted;
}

/** What else it changed, under which protocol, and whether the code changed too. */
function contextOf({ file }: Near, study: StudyAnalysis | undefined, { parameters }: Asked): readonly string[] {
  const run = study?.runs.get(file.run.id);
  if (study === undefined || run === undefined) return [];
  const asked = new Set(parameters.map(({ name }) => name));
  const others = run.changes
    .filter(({ name }) => !asked.has(name))
    .map(({ name, fromText, toText }) => `${name} ${shortValue(fromText)} → ${shortValue(toText)}`);
  const era = eraOf(file.run, study.settings);
  return [
    ...(run.base === undefined ? [] : [`on ${run.base.run.id}`]),
    ...others.slice(0, most),
    ...(others.length > most ? [`+${others.length - most}`] : []),
    ...(run.code === "changed" ? ["code changed"] : run.code === "program" ? ["another program"] : []),
    ...(era === study.era ? [] : [`protocol ${era}`]),
    ...(study.settings.name === "" ? [] : [`study ${study.settings.name}`]),
  ];
}
