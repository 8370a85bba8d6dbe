// The four numbers at the head of an overview: best, gain, runs, and how long nothing was better.

import { countsOnce } from "../analysis/copies.ts";
import type { StudyAnalysis } from "../analysis/study.ts";
import { judgeTarget, type Target, targetOf } from "../analysis/target.ts";
import { formatDelta, formatQuantity } from "../record/format.ts";
import { countGlyphs, countText, plural } from "./counts.ts";
import { dayText, writtenDay } from "./day.ts";
import type { DeltaView } from "./page.ts";
import { groupRef, splitValue } from "./run-line.ts";
import type { Sentence } from "./sentence.ts";
import type { Standing } from "./study-best.ts";
import { deltaView, valueText } from "./view.ts";
import { newestFirst } from "./words.ts";

export interface Headline {
  readonly label: string;
  readonly value: string;
  /** Coloured only when judged. */
  readonly tone?: "better" | "worse";
  /** Small lines under the number. */
  readonly lines: readonly Sentence[];
}

export function headlinesOf(study: StudyAnalysis, standing: Standing | undefined): readonly Headline[] {
  const groups = newestFirst(study);
  if (groups.length === 0) return [];
  const { runs, configurations, pieces } = countGlyphs(groups);
  const spaced = pieces.flatMap((piece, at): Sentence => (at === 0 ? [piece] : ["  ", piece]));
  const several = configurations > 1;
  const pooled: readonly Sentence[] = runs === configurations ? [] : [[`in ${plural(configurations, "configuration")}`]];
  return [
    ...(standing === undefined ? [] : [bestOf(standing, study)]),
    ...(standing !== undefined && several ? [gainOf(standing, study)] : []),
    { label: runs === 1 ? "Run" : "Runs", value: countText(runs), lines: [...pooled, spaced] },
    ...(standing !== undefined && several ? [sinceOf(standing)] : []),
  ];
}

/** `↑` where higher is better, after a blank that does not break. */
export const arrowOf = (direction: "min" | "max" | undefined): string =>
  direction === undefined ? "" : direction === "max" ? "\u00a0↑" : "\u00a0↓";

function bestOf({ metric, group, reading, kept }: Standing, study: StudyAnalysis): Headline {
  const { value, spread = "n = 1" } = splitValue(valueText(reading, metric) ?? "–");
  const target = targetOf(study.settings, metric);
  const undecided = group.decision === undefined;
  return {
    label: `Best ${metric.label}${arrowOf(metric.direction)}`,
    value,
    lines: [
      [{ run: groupRef(group) }, `, ${spread}`],
      ...(target === undefined ? [] : [[targetText(target, { metric, group, reading }, study)]]),
      ...(undecided && kept !== undefined ? [["undecided; best kept is ", { run: groupRef(kept) }]] : []),
      ...(undecided && kept === undefined ? [["undecided; nothing is kept yet"]] : []),
    ],
  };
}

function targetText(
  target: Target,
  { metric, group, reading }: Pick<Standing, "metric" | "group" | "reading">,
  study: StudyAnalysis,
): string {
  const { unit, decimals, name } = metric;
  const text = `target ${formatQuantity(target.value, unit, { screen: true })}`;
  const found = judgeTarget(reading, target, study.noise.get(name), countsOnce(group, metric, reading));
  if (found === undefined) return text;
  const p = found.p === undefined ? "" : ` (p = ${Number(found.p.toPrecision(2))}, n = ${found.n})`;
  if (found.word === "reached") return `${text} reached${target.alpha === undefined ? "" : p}`;
  if (found.word === "unclear") return `${text} not surely reached${p}`;
  if (found.word === "unjudged") return `${text} reached by one value, which proves nothing yet`;
  return `${formatDelta(0, found.left, unit, { decimals, screen: true }).absolute.replace(/^\+/, "")} to the ${text}`;
}

function gainOf({ metric, group, delta }: Standing, study: StudyAnalysis): Headline {
  const { baseline } = study;
  const view = deltaView(delta, metric);
  const label = "Change on the baseline";
  if (baseline === undefined) return { label, value: "–", lines: [["no baseline in this protocol yet"]] };
  const ref = groupRef(baseline);
  if (baseline === group) return { label, value: "none yet", lines: [["the baseline ", { run: ref }, " is the best so far"]] };
  if (view === undefined) return { label, value: "–", lines: [["not comparable with ", { run: ref }]] };
  return {
    label: view.word === "better" ? "Gain on the baseline" : label,
    value: view.text,
    ...(view.word === "better" || view.word === "worse" ? { tone: view.word } : {}),
    lines: [[[view.interval, view.n].filter(Boolean).map(unbroken).join(", ")], [evidenceText(view), ", on ", { run: ref }]],
  };
}

const unbroken = (text = ""): string => text.replaceAll(" ", "\u00a0");

const evidenceText = ({ evidence, relative }: DeltaView): string => [relative, evidence].filter(Boolean).join(", ");

function sinceOf({ since, group }: Standing): Headline {
  const day = dayText(writtenDay(group.first.run));
  return {
    label: "Runs since the best improved",
    value: countText(since),
    lines: [since === 0 ? ["the newest run is the best"] : [{ run: groupRef(group) }, ...(day === undefined ? [] : [`, ${day}`])]],
  };
}
