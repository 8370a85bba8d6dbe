// What each parameter did, by the soundest method that has something to say: pairs of run and base that differ in it alone, else runs that
// are equal in all else, else association.

import type { Association, NoAssociation } from "./association.ts";
import { type Contrast, type ContrastChange, certainty, changeOf, contrastsOf } from "./contrasts.ts";
import type { ValueFailures } from "./failures.ts";
import type { Importance } from "./importance.ts";
import type { Matched } from "./matched.ts";
import { holm } from "./multiplicity.ts";
import { findOpposites, type Opposite } from "./opposites.ts";
import { recommend, winsOf } from "./recommend.ts";
import type { Impact, StudyAnalysis } from "./study.ts";
import { surveyOf } from "./survey.ts";

export interface Answer {
  readonly impact: Impact;
  /** Of pairs of run and base, surest first. */
  readonly contrasts: readonly Contrast[];
  /** What is told first. */
  readonly told: Told;
  /** p of the surest contrast among those of all parameters, and how many those were. */
  readonly among?: { readonly p: number; readonly of: number };
  readonly matched?: Matched;
  readonly association: Association | NoAssociation;
  readonly importance?: Importance;
  readonly failures: readonly ValueFailures[];
  readonly opposites: readonly Opposite[];
  readonly recommended?: Recommended;
  /** Some of its values are numbers and some are not. */
  readonly mixed: boolean;
}

export type Told =
  | {
      readonly by: "pairs" | "matched";
      readonly from: string;
      readonly to: string;
      readonly change: ContrastChange;
      readonly time?: ContrastChange;
    }
  | { readonly by: "association"; readonly association: Association }
  | { readonly by: "nothing" };

export interface Recommended {
  readonly text: string;
  readonly edge?: "low" | "high" | undefined;
  /** From values that won, in pairs or matched runs, or from where the best runs lie. */
  readonly basis: "pairs" | "matched" | "best runs";
  /** Pairs, blocks or best runs behind it. */
  readonly n: number;
}

/** Surest effect first. */
export function answersOf(study: StudyAnalysis): readonly Answer[] {
  const found = study.impact.map((impact) => ({ impact, contrasts: contrastsOf(impact, study) }));
  const ps = found.flatMap(({ contrasts }) => contrasts.flatMap(({ change }) => change.evidence.p ?? []));
  const adjusted = new Map(holm(ps).map((p, at) => [ps[at], { p, of: ps.length }]));
  const answers = found.map(({ impact, contrasts }) => {
    const among = adjusted.get(contrasts[0]?.change.evidence.p);
    return { ...answer(impact, contrasts, study), ...(among === undefined ? {} : { among }) };
  });
  return answers
    .map((own) => ({ own, rank: rankOf(own.told) }))
    .sort(({ rank: left }, { rank: right }) => right[0] - left[0] || right[1] - left[1])
    .map(({ own }) => own);
}

function answer(impact: Impact, contrasts: readonly Contrast[], study: StudyAnalysis): Answer {
  const survey = surveyOf(study);
  const { parameter } = impact;
  const matched = survey.matched.get(parameter);
  const association = survey.associations.get(parameter) ?? { cannot: "few", n: 0, needs: 8 };
  const importance = "cannot" in survey.importance ? undefined : survey.importance.parameters.get(parameter);
  const recommended = recommendedOf(impact, matched, study);
  return {
    impact,
    contrasts,
    told: tell(contrasts, matched, association, study),
    association,
    failures: survey.failures.get(parameter) ?? [],
    opposites: findOpposites(contrasts, study),
    mixed: survey.mixed.has(parameter),
    ...(matched === undefined ? {} : { matched }),
    ...(importance === undefined ? {} : { importance }),
    ...(recommended === undefined ? {} : { recommended }),
  };
}

function tell(
  [first]: readonly Contrast[],
  matched: Matched | undefined,
  association: Association | NoAssociation,
  study: StudyAnalysis,
): Told {
  const [block] = matched?.contrasts ?? [];
  const judged = first !== undefined && first.change.evidence.word !== "unjudged";
  if (first !== undefined && (judged || block === undefined || block.change.evidence.word === "unjudged")) {
    const time = study.metrics.find(({ duration }) => duration);
    const onTime = time === undefined || time === study.primary ? undefined : changeOf(first, time, study);
    const { from, to, change } = first;
    return { by: "pairs", from, to, change, ...(onTime === undefined ? {} : { time: onTime }) };
  }
  if (block !== undefined) return { by: "matched", ...block };
  return "cannot" in association ? { by: "nothing" } : { by: "association", association };
}

/** Differences before associations, and those before nothing. */
function rankOf(told: Told): readonly [number, number] {
  if (told.by === "nothing") return [-2, 0];
  if (told.by === "association") return [-1, 1 - told.association.adjusted];
  return certainty(told.change);
}

function recommendedOf(
  { parameter, effects, recommended, edge }: Impact,
  matched: Matched | undefined,
  study: StudyAnalysis,
): Recommended | undefined {
  if (recommended !== undefined) return { text: recommended, basis: "pairs", n: effects.length, ...(edge === undefined ? {} : { edge }) };
  const survey = surveyOf(study);
  const judged = (matched?.contrasts ?? []).filter(({ change }) => change.evidence.word !== "unjudged");
  const won = recommend(winsOf(judged, undefined), survey.numbers.get(parameter) ?? new Map());
  if (won.recommended !== undefined)
    return { text: won.recommended, basis: "matched", n: matched?.blocks ?? 0, ...(won.edge === undefined ? {} : { edge: won.edge }) };
  const range = survey.ranges.get(parameter);
  if (range === undefined) return undefined;
  const text = range.low === range.high ? range.low : `${range.low} to ${range.high}`;
  return { text, basis: "best runs", n: range.top, ...(range.edge === undefined ? {} : { edge: range.edge }) };
}
