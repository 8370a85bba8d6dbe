// The impact of parameters for other programs: numbers in full, in canonical units; each with its n and its method.

import type { Answer } from "../analysis/answers.ts";
import type { Association, NoAssociation } from "../analysis/association.ts";
import type { Contrast, ContrastChange } from "../analysis/contrasts.ts";
import type { Matched } from "../analysis/matched.ts";
import type { StudyAnalysis } from "../analysis/study.ts";
import { surveyOf } from "../analysis/survey.ts";
import { findFixed, findInseparable } from "../analysis/varied.ts";
import { cannotText, noAssociationText, noImportanceText } from "./impact-words.ts";

export function impactData(study: StudyAnalysis, answers: readonly Answer[]): object {
  const { primary, settings } = study;
  const { n, segments, importance, together, drift } = surveyOf(study);
  const time = study.metrics.find(({ duration }) => duration);
  return {
    study: settings.name,
    metric: primary === undefined ? null : { name: primary.name, direction: primary.direction ?? null, unit: primary.unit ?? null },
    time: time?.name ?? null,
    results: n,
    segments,
    parameters: answers.map((answer) => parameterData(study, answer)),
    importance:
      "cannot" in importance ? { cannot: noImportanceText(importance) } : { n: importance.n, top: importance.top, draws: importance.draws },
    together,
    inseparable: findInseparable(study),
    fixed: findFixed(study).parameters,
    drift: associationData(drift),
  };
}

export function parameterData(study: StudyAnalysis, answer: Answer): object {
  const { impact, told, among, matched, association, importance, failures, opposites, recommended, mixed } = answer;
  return {
    parameter: impact.parameter,
    category: impact.category,
    tested: impact.tested,
    untold: impact.untold,
    method: told.by,
    ...("change" in told
      ? {
          from: told.from,
          to: told.to,
          effect: changeData(told.change),
          ...(told.time === undefined ? {} : { time: changeData(told.time) }),
        }
      : {}),
    ...(told.by === "nothing" || study.primary === undefined ? { cannot: cannotText(answer) } : {}),
    ...(among === undefined ? {} : { among }),
    pairs: impact.effects.length,
    confounded: impact.confounded,
    contrasts: answer.contrasts.map(contrastData),
    ...(matched === undefined ? {} : { matched: matchedData(matched) }),
    association: associationData(association),
    ...(importance === undefined ? {} : { importance }),
    ...(failures.length === 0 ? {} : { failures }),
    ...(opposites.length === 0 ? {} : { opposites }),
    ...(recommended === undefined ? {} : { recommended }),
    ...(mixed ? { mixed } : {}),
  };
}

const changeData = ({ mean, before, n, evidence }: ContrastChange): object => ({ mean, before, n, ...evidence });

const contrastData = ({ from, to, pairs, change }: Contrast): object => ({
  from,
  to,
  ...changeData(change),
  runs: pairs.map(({ run }) => run),
});

const matchedData = ({ blocks, n, contrasts, test }: Matched): object => ({
  blocks,
  n,
  test: associationData(test),
  contrasts: contrasts.map(({ from, to, change, time }) => ({
    from,
    to,
    ...changeData(change),
    ...(time === undefined ? {} : { time: changeData(time) }),
  })),
});

const associationData = (found: Association | NoAssociation): object =>
  "cannot" in found ? { cannot: noAssociationText(found), n: found.n } : found;
