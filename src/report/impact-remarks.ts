// What to keep in mind about all parameters at once: those that cannot be told apart, what never varied, time going by.

import type { StudyAnalysis } from "../analysis/study.ts";
import { surveyOf } from "../analysis/survey.ts";
import { findFixed, findInseparable } from "../analysis/varied.ts";
import { isLikely, noImportanceText, shortValue, sizeText } from "./impact-words.ts";

const most = 5;

export function impactRemarks(study: StudyAnalysis): readonly string[] {
  if (study.impact.length === 0) return fixedText(study);
  const { segments, n, importance } = surveyOf(study);
  return [
    ...(study.primaryGuessed && study.primary !== undefined ? [`about ${study.primary.name}, the metric that most runs measured`] : []),
    ...(segments > 1 ? [`${n} results of ${segments} versions of code, data and packages; compared within each`] : []),
    ...alwaysText(study),
    ...togetherText(study),
    ...driftText(study),
    ...("cannot" in importance ? [noImportanceText(importance)] : []),
    ...fixedText(study),
  ];
}

function alwaysText(study: StudyAnalysis): readonly string[] {
  const always = findInseparable(study).map(
    ({ parameters, n }) => `${names(parameters)} always changed together (${n} ${n === 1 ? "run" : "runs"})`,
  );
  return [...always.slice(0, most), ...more(always, "groups")];
}

/** Parameters that went together over the runs. */
export function togetherText(study: StudyAnalysis): readonly string[] {
  const known = new Set(study.impact.map(({ parameter }) => parameter));
  const often = surveyOf(study)
    .together.filter(({ parameters }) => parameters.every((name) => known.has(name)))
    .map(
      ({ parameters, strength, kind, n }) =>
        `${names(parameters)} went together: ${kind === "rho" ? "ρ" : kind} = ${strength.toFixed(2)}, n = ${n}`,
    );
  return [...often.slice(0, most), ...more(often, "pairs")];
}

export function driftText(study: StudyAnalysis): readonly string[] {
  const { drift } = surveyOf(study);
  if ("cannot" in drift || !isLikely(drift)) return [];
  return [
    `repeats of one configuration ${drift.size > 0 ? "rise" : "fall"} as time goes by: ${sizeText(drift)}, n = ${drift.n}, p = ${drift.p}; early and late runs are not alike`,
  ];
}

function fixedText(study: StudyAnalysis): readonly string[] {
  const { parameters } = findFixed(study);
  if (parameters.length === 0) return [];
  const shown = parameters.slice(0, most).map(({ name, text }) => `${shortValue(name, 40)} ${shortValue(text)}`);
  const rest = parameters.length - shown.length;
  return [`never varied: ${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`];
}

const names = (list: readonly string[]): string =>
  list.length > most ? `${list.slice(0, most).join(", ")} and ${list.length - most} more` : list.join(" and ");

const more = (list: readonly string[], what: string): readonly string[] =>
  list.length > most ? [`and ${list.length - most} more such ${what}`] : [];
