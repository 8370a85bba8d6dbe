// The impact of a parameter in words: the change, its interval, how it was found and what to be careful about.

import type { Answer, Recommended, Told } from "../analysis/answers.ts";
import type { Association, NoAssociation } from "../analysis/association.ts";
import type { ContrastChange } from "../analysis/contrasts.ts";
import type { Importance, NoImportance } from "../analysis/importance.ts";
import type { Opposite } from "../analysis/opposites.ts";
import type { MetricView } from "../analysis/study.ts";
import { formatDelta, formatNumber } from "../record/format.ts";
import { effectView, pairs, pText } from "./effect-view.ts";

const longestValue = 24;

/** A value of a parameter as a table shows it. */
export const shortValue = (text: string, most: number = longestValue): string => {
  const shown = text.trim() === "" ? `"${text}"` : text;
  return shown.length > most ? `${shown.slice(0, most - 1)}…` : shown;
};

/** `32 → 64: +1.7 pp [0.3, 3.1]`, `ρ = +0.45 [0.2, 0.63]` */
export function toldText(told: Told, metric: MetricView | undefined): string | undefined {
  if (told.by === "nothing" || metric === undefined) return undefined;
  if (told.by === "association") return sizeText(told.association);
  const change = changeText(told.change, metric);
  return change === undefined ? undefined : `${shortValue(told.from)} → ${shortValue(told.to)}: ${change}`;
}

/** `+1.7 pp [0.3, 3.1]` */
export function changeText(change: ContrastChange | undefined, metric: MetricView | undefined): string | undefined {
  const view = change === undefined || metric === undefined ? undefined : effectView(change, metric);
  return view === undefined ? undefined : [view.text, view.interval].filter(Boolean).join(" ");
}

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${formatNumber(Math.abs(value), 2)}`;

export function sizeText({ kind, size, low, high }: Association): string {
  if (kind === "share") return `${Math.round(size * 100)}% of the scatter in rank`;
  return `ρ = ${signed(size)}${low === undefined || high === undefined ? "" : ` [${signed(low)}, ${signed(high)}]`}`;
}

/** `p = 0.002, 0.04 of 30` */
export function amongText(p: number, adjusted: number, of: number): string {
  const own = pText(p) ?? "";
  if (of < 2) return own;
  return `${own}, ${adjusted < 0.001 ? "< 0.001" : Number(adjusted.toPrecision(2))} among ${of}`;
}

/** Whether what the association says is more than chance among all parameters. */
export const isLikely = ({ adjusted }: Association): boolean => adjusted < 0.05;

export function wordOf(association: Association, { direction }: Pick<MetricView, "direction">): string {
  if (!isLikely(association)) return "unclear";
  if (association.kind === "share") return "differs";
  if (direction === undefined) return association.size > 0 ? "rises with it" : "falls with it";
  return association.size > 0 === (direction === "max") ? "more is better" : "less is better";
}

/** How it was found, in parts: `better`, `t over 3 pairs`, `p = 0.01, 0.08 among 12`. */
export function methodParts(answer: Answer, metric: MetricView): readonly string[] {
  const { told, among, impact } = answer;
  if (told.by === "nothing") return [];
  if (told.by === "association") {
    const { n, method, p, adjusted, looked } = told.association;
    return [wordOf(told.association, metric), `${n} configurations`, method, amongText(p, adjusted, looked), "other parameters vary too"];
  }
  const view = effectView(told.change, metric);
  const { p, method } = told.change.evidence;
  const chance = p === undefined ? undefined : told.by === "pairs" && among !== undefined ? amongText(p, among.p, among.of) : pText(p);
  const counted =
    told.by === "matched"
      ? blocks(told.change.n)
      : told.change.n === impact.effects.length
        ? pairs(told.change.n)
        : `${told.change.n} of ${pairs(impact.effects.length)}`;
  return [view?.evidence, counted, method?.replace("pairs", told.by === "matched" ? "blocks" : "pairs"), chance].filter(
    (part) => part !== undefined,
  );
}

const blocks = (n: number): string => `${n} matched ${n === 1 ? "block" : "blocks"}`;

/** Below it failures say little about a value, however seldom those of others are. */
const oftenFailed = 0.1;

/** What else there is to know before believing it. */
export function cautions({ impact, opposites, failures, mixed, importance }: Answer): readonly string[] {
  const [opposite] = opposites;
  const broken = failures.filter(({ more, failed, n }) => more && failed >= n * oftenFailed).slice(0, 2);
  return [
    ...(opposite === undefined ? [] : [oppositeText(opposite)]),
    ...broken.map(({ text, failed, n }) => `${shortValue(text)}: ${failed} of ${n} runs failed`),
    ...(mixed ? ["numbers and words mixed"] : []),
    ...(importance === undefined ? [] : [importanceText(importance)]),
    ...(impact.confounded === 0 ? [] : [`${impact.confounded} confounded`]),
  ];
}

export function importanceText({ share, low, high, unstable }: Importance): string {
  const percent = (value: number): string => `${Math.round(value * 100)}`;
  return `${percent(share)}% of importance [${percent(low)}, ${percent(high)}]${unstable ? ", unstable" : ""}`;
}

/** `0.8 → 0.9 helped in EXP012 and hurt in EXP034` */
export function oppositeText({ from, to, better, worse, judged }: Opposite): string {
  const change = `${shortValue(from)} → ${shortValue(to)}`;
  if (better.length === 0 || worse.length === 0) return `${change} was kept once and discarded once`;
  return `${change} helped in ${some(better)} and hurt in ${some(worse)}${judged ? "" : ", either may be noise"}`;
}

const some = (ids: readonly string[]): string => (ids.length > 2 ? `${ids[0]} and ${ids.length - 1} more` : ids.join(" and "));

/** Why nothing can be concluded. */
export function cannotText({ impact, association }: Pick<Answer, "impact" | "association">): string {
  const first =
    impact.confounded === 0
      ? "no two runs differ in it alone"
      : `${impact.confounded} ${impact.confounded === 1 ? "run" : "runs"}, all with other changes`;
  return `cannot tell: ${first}${"cannot" in association ? `; ${noAssociationText(association)}` : ""}`;
}

export function noAssociationText(none: NoAssociation): string {
  if (none.cannot === "few") return `${none.n} of the ${none.needs} results needed`;
  if (none.cannot === "apart") return `of ${none.n} results too few share code and data with another value`;
  if (none.cannot === "unique") return `each of ${none.n} configurations has a value of its own`;
  return `all ${none.n} results are the same`;
}

/** Of the study: why no importance is given. */
export function noImportanceText(none: NoImportance): string {
  if (none.cannot === "few") return `importance needs 40 results, there are ${none.n}`;
  if (none.cannot === "ties") return `importance cannot be told: too many of ${none.n} results are equal`;
  if (none.cannot === "no direction") return "importance needs to know which way is better";
  return "importance cannot be told: no parameter was recorded by half of the runs";
}

/** `64 to 128, the highest tried: extend` */
export function recommendedText(recommended: Recommended | undefined): string | undefined {
  if (recommended === undefined) return undefined;
  const { text, edge, basis, n } = recommended;
  const from = basis === "best runs" ? ` (best ${n} runs)` : "";
  return `${shortValue(text, 60)}${from}${edge === undefined ? "" : `, ${edgeText(edge)}`}`;
}

export const edgeText = (edge: "low" | "high"): string => `${edge === "low" ? "lowest" : "highest"} tried: extend`;

/** The range of all pairs, where no one contrast tells. */
export function timeRange({ impact: { onTime } }: Pick<Answer, "impact">, time: MetricView): string | undefined {
  if (onTime === undefined) return undefined;
  const text = (value: number): string => formatDelta(0, value, time.unit, { decimals: time.decimals, screen: true }).absolute;
  return onTime.low === onTime.high ? text(onTime.low) : `${text(onTime.low)} to ${text(onTime.high)}`;
}
