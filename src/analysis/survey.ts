// What a study's runs say about its parameters beyond pairs of run and base: matched runs, association, importance, failures, drift.
// Weaker the further down, and each says how it was found.

import { type Association, associate, type NoAssociation } from "./association.ts";
import { type BestRange, bestRange } from "./best-range.ts";
import { findDrift } from "./drift.ts";
import { findFailures, type ValueFailures } from "./failures.ts";
import { findImportance, type Importances, type NoImportance } from "./importance.ts";
import { findMatched, type Matched } from "./matched.ts";
import { holm } from "./multiplicity.ts";
import type { StudyAnalysis } from "./study.ts";
import { type SubjectColumn, subjectsOf } from "./subjects.ts";
import { findTogether, type Together } from "./together.ts";

export interface Survey {
  /** Finished configurations of the current era with a value of the primary metric. */
  readonly n: number;
  /** Versions of code, data and packages among them; results are compared within one. */
  readonly segments: number;
  readonly matched: ReadonlyMap<string, Matched>;
  /** Of the parameters with two values at least. */
  readonly associations: ReadonlyMap<string, Association | NoAssociation>;
  readonly importance: Importances | NoImportance;
  /** What the best runs had. */
  readonly ranges: ReadonlyMap<string, BestRange>;
  /** Of numeric parameters the values by their text, in order. */
  readonly numbers: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Parameters of which some values are numbers and some are not. */
  readonly mixed: ReadonlySet<string>;
  readonly failures: ReadonlyMap<string, readonly ValueFailures[]>;
  readonly together: readonly Together[];
  readonly drift: Association | NoAssociation;
}

const surveys = new WeakMap<object, Survey>();

/** Made once for each analysis, when somebody asks. */
export function surveyOf(study: StudyAnalysis): Survey {
  const known = surveys.get(study.ground) ?? makeSurvey(study);
  surveys.set(study.ground, known);
  return known;
}

function makeSurvey(study: StudyAnalysis): Survey {
  const { groups, files, ground, primary: metric, era, noise, settings, metrics } = study;
  const failures = findFailures(files, ground);
  if (metric === undefined) return { ...empty, failures };
  const subjects = subjectsOf(study, metric);
  const seed = `${metric.name} ${subjects.groups.map(({ key }) => key).join(" ")}`;
  const time = metrics.find(({ duration }) => duration);
  return {
    n: subjects.groups.length,
    segments: subjects.segmentCount,
    matched: amongAll(findMatched(subjects, { metric, ground: { noise, settings }, ...(time === undefined ? {} : { time }) })),
    associations: associate(subjects.columns, { results: subjects.results, strata: subjects.segments, seed }),
    importance: findImportance(subjects, {
      seed,
      isLog: (name) => Object.hasOwn(settings.parameters, name) && settings.parameters[name]?.scale === "log",
      ...(metric.direction === undefined ? {} : { direction: metric.direction }),
    }),
    ranges: bestRange(subjects, metric.direction),
    numbers: numbersOf(subjects.columns),
    mixed: new Set(subjects.columns.filter(({ mixed }) => mixed).map(({ name }) => name)),
    failures,
    together: findTogether(subjects),
    drift: findDrift(groups, metric, era),
  };
}

const empty: Survey = {
  n: 0,
  segments: 0,
  matched: new Map(),
  associations: new Map(),
  importance: { cannot: "few", n: 0 },
  ranges: new Map(),
  numbers: new Map(),
  mixed: new Set(),
  failures: new Map(),
  together: [],
  drift: { cannot: "few", n: 0, needs: 8 },
};

function numbersOf(columns: readonly SubjectColumn[]): Survey["numbers"] {
  return new Map(
    columns.flatMap(({ name, numbers, texts }) => {
      if (numbers === undefined) return [];
      const pairs = numbers.map((number, code): readonly [string, number] => [texts[code] ?? "", number]);
      return [[name, new Map(pairs.sort(([, left], [, right]) => left - right))] as const];
    }),
  );
}

/** Each parameter has blocks of its own: their p values count together by Holm's rule. */
function amongAll(matched: ReadonlyMap<string, Matched>): ReadonlyMap<string, Matched> {
  const tested = [...matched].flatMap(([name, { test }]) => ("cannot" in test ? [] : [{ name, p: test.p }]));
  const adjusted = holm(tested.map(({ p }) => p));
  const byName = new Map(tested.map(({ name }, at) => [name, adjusted[at] ?? 1]));
  return new Map(
    [...matched].map(([name, own]) => {
      const { test } = own;
      return [name, "cannot" in test ? own : { ...own, test: { ...test, adjusted: byName.get(name) ?? 1, looked: tested.length } }];
    }),
  );
}
