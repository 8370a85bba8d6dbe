// Decisions that the numbers do not bear out, for `journal check`. They are the author's and stay; the check only says so.

import { analyse } from "../analysis/analyse.ts";
import type { Group, StudyAnalysis } from "../analysis/study.ts";
import { isWithinNoise } from "../analysis/verdict.ts";
import type { Problem } from "../base/problem.ts";
import { placeKeys } from "../markdown/parse.ts";
import { changeText, noiseText } from "../report/verdict-text.ts";
import type { Journal } from "../store/journal.ts";
import { keptAlthoughWorse, keptWithinNoise } from "./messages-judge.ts";

/** A larger journal takes a moment to analyse: it is asked for with `--strict`. */
const usually = 5000;

export function judgementProblems(journal: Journal, strict: boolean): readonly Problem[] {
  const files = journal.files();
  if ((!strict && files.length > usually) || !files.some(({ run }) => run.decision === "keep")) return [];
  const { studies } = analyse(files, journal.settings, journal.studies);
  return studies.flatMap((study) => study.groups.flatMap((group) => judge(group, study, journal)));
}

/** By the single comparison: a family or a look more must not make a kept run noise. */
function judge(group: Group, study: StudyAnalysis, journal: Journal): readonly Problem[] {
  const metric = study.primary;
  const { run, path } = group.files.find((file) => file.run.decision === "keep") ?? group.first;
  if (metric?.direction === undefined || group.decision !== "keep" || group.status !== "finished") return [];
  const analysed = study.runs.get(group.first.run.id);
  const delta = analysed?.deltas.get(metric.name);
  const word = delta?.evidence.word;
  if (delta === undefined || analysed?.base === undefined) return [];
  if (word !== "worse" && !(word === "unclear" && isWithinNoise(group, analysed.base, metric, delta))) return [];
  const shown = changeText({ delta, metric }) ?? "";
  const n = `n = ${delta.before.n} v ${delta.after.n}`;
  const problem =
    word === "worse"
      ? keptAlthoughWorse(run.id, metric.label, shown, n)
      : keptWithinNoise(run.id, metric.label, shown, noiseText(delta, metric), n);
  const { parsed, text } = journal.read(path);
  return [placeKeys({ ...problem, path, key: ["decision"] }, parsed, text)];
}
