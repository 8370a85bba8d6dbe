// What to use, and what it costs: the best configuration of each goal, how far it is to be believed, and all of it to copy.

import { type Confidence, confidenceOf } from "../analysis/confidence.ts";
import { deltaBetweenGroups } from "../analysis/deltas.ts";
import { type Guard, guardsOf } from "../analysis/guards.ts";
import { sinceConfirmation } from "../analysis/incumbents.ts";
import type { Best, Group, MetricView, StudyAnalysis } from "../analysis/study.ts";
import { isIgnored, recordedValue } from "../analysis/table.ts";
import type { Run } from "../record/experiment.ts";
import { formatDelta, formatQuantity } from "../record/format.ts";
import type { Goal } from "../record/settings.ts";
import type { Dict } from "../record/tree.ts";
import { sameValue } from "../record/value.ts";
import { type ConfigurationText, configurationTexts, nested } from "./configuration-text.ts";
import { plural } from "./counts.ts";
import { emptyStudy, guessNotices } from "./empty-study.ts";
import type { FrontRows } from "./front-rows.ts";
import { groupRef } from "./group-ref.ts";
import type { DeltaView, Figure, Notice, PageFrame, RunRef } from "./page.ts";
import { deltaView, intervalText, valueText } from "./view.ts";

export interface GoalView {
  /** `accuracy` */
  readonly name: string;
  /** `highest val_accuracy where …` */
  readonly aim: string;
  readonly notices: readonly Notice[];
  readonly best?: BestView;
}

export interface BestView {
  readonly metric: string;
  readonly value: string;
  /** `[86.9%, 87.5%]` and where it comes from. */
  readonly interval?: { readonly text: string; readonly title: string };
  /** `n = 3, chosen from 126 tries` */
  readonly n: string;
  /** `3 tries since a best was last measured again (EXP042)` */
  readonly since?: string;
  readonly run: RunRef;
  readonly badge: Badge;
  /** Against the baseline. */
  readonly gain?: DeltaView;
  readonly baseline?: RunRef;
  readonly guards: readonly GuardView[];
  readonly texts: readonly ConfigurationText[];
  /** Against which the lines are marked. */
  readonly marked?: string;
  /** `warmup 100`: what only the baseline recorded. */
  readonly lost: readonly string[];
}

export interface Badge {
  readonly word: Confidence["word"];
  readonly text: string;
  /** `expected about 86.4% when measured again` */
  readonly more?: string;
}

export interface GuardView {
  readonly name: string;
  readonly value: string;
  /** `+4.0% rel` */
  readonly change?: string;
  readonly word: "holds" | "broken" | "unknown";
  /** `6.0% of 10% left`, `0.9% over 10%` */
  readonly margin: string;
}

export interface BestPage {
  readonly frame: PageFrame;
  readonly notices: readonly Notice[];
  readonly goals: readonly GoalView[];
  readonly figure?: Figure;
  /** Instead of the picture. */
  readonly figureMissing?: string;
  readonly front?: FrontRows;
}

/** The configuration as its file has it; where that cannot be read, from the parameters. */
export type ReadConfig = (group: Group) => Dict | undefined;

/** Without the picture and its table. */
export function bestPage(study: StudyAnalysis, frame: PageFrame, read: ReadConfig): BestPage {
  const empty = emptyStudy(study);
  if (empty !== undefined) return { frame, notices: [empty], goals: [] };
  const goals = study.best.map((best) => goalView(best, study, read));
  const guessed: readonly Notice[] =
    study.goalsGuessed && goals.length > 0
      ? [{ kind: "info", text: "No goals are set: these follow from the metrics. In journal.yaml:", command: goalsText(study) }]
      : [];
  const none: readonly Notice[] = goals.length === 0 ? guessNotices(study) : [];
  return { frame, notices: [...guessed, ...none], goals };
}

function goalsText({ best }: StudyAnalysis): string {
  const goals = best.map(({ goal: { metric, direction } }) => `${yamlWord(metric)}: ${yamlWord(`${direction} ${metric}`)}`);
  return `study: { goals: { ${goals.join(", ")} } }`;
}

const yamlWord = (text: string): string => (/^[\w. -]+$/.test(text) ? text : JSON.stringify(text));

export function goalView(best: Best, study: StudyAnalysis, read: ReadConfig): GoalView {
  const { goal, problem, group } = best;
  const metric = metricOf(goal, study);
  const base = { name: goal.name, aim: aimText(goal, metric) };
  if (problem !== undefined) {
    const text = `This goal cannot be answered: ${problem.message}.`;
    return { ...base, notices: [{ kind: "bad", text: problem.hint === undefined ? text : `${text} Cure: ${problem.hint}` }] };
  }
  const view = metric === undefined ? undefined : bestView(best, metric, study, read);
  if (group?.first.run.hidden) return { ...base, notices: [{ kind: "info", text: "The best one is hidden by its author." }] };
  if (view === undefined) return { ...base, notices: [{ kind: "info", text: unanswered(best, metric) }] };
  return { ...base, notices: undecidedNotice(best), best: view };
}

const metricOf = ({ metric }: Goal, { metrics }: StudyAnalysis): MetricView | undefined => metrics.find(({ name }) => name === metric);

function aimText({ direction, metric, where }: Goal, view: MetricView | undefined): string {
  const label = view?.label ?? metric;
  return `${direction === "max" ? "highest" : "lowest"} ${label}${where === undefined ? "" : ` where ${where}`}`;
}

function unanswered({ tries, goal }: Best, metric: MetricView | undefined): string {
  if (metric === undefined || tries === 0) return `No finished run has a value of ${metric?.label ?? goal.metric} that counts.`;
  return goal.where === undefined
    ? tries === 1
      ? "The only try was discarded."
      : `All ${tries} tries were discarded.`
    : `None of ${tries} ${tries === 1 ? "try" : "tries"} satisfies \`${goal.where}\`, or all that do were discarded.`;
}

/** The best is never a decision of ours. */
function undecidedNotice({ group }: Best): readonly Notice[] {
  if (group === undefined || group.decision === "keep") return [];
  const { id } = group.first.run;
  return [{ kind: "undecided", text: `${id} is undecided. To keep it:`, command: `journal keep ${id} -m "why"` }];
}

/** The more was tried without making sure, the luckier the best of it is. Nothing for a goal with conditions: the best of all is another. */
function sinceText({ where }: Goal, metric: MetricView, study: StudyAnalysis): string | undefined {
  if (where !== undefined) return undefined;
  const { tries, last } = sinceConfirmation(study, metric);
  const counted = plural(tries, "try", "tries");
  return last === undefined
    ? `${counted}, and no best was ever measured again`
    : `${counted} since a best was last measured again (${last.run.id})`;
}

function bestView(best: Best, metric: MetricView, study: StudyAnalysis, read: ReadConfig): BestView | undefined {
  const { group, reading, tries, machine } = best;
  const confidence = confidenceOf(best, metric, study);
  const value = valueText(reading === undefined ? undefined : { ...reading, n: 1 }, metric);
  if (group === undefined || reading === undefined || value === undefined || confidence === undefined) return undefined;
  const { baseline } = study;
  const compared = baseline === undefined || baseline === group ? undefined : baseline;
  const gain = compared === undefined ? undefined : deltaView(deltaBetweenGroups(compared, group, metric, study), metric);
  const interval = intervalOf(confidence, metric);
  const since = sinceText(best.goal, metric, study);
  return {
    metric: metric.label,
    value,
    ...(interval === undefined ? {} : { interval }),
    n: [
      `n = ${Math.max(reading.n, 1)}`,
      tries > 1 ? `chosen from ${tries} tries` : "the only try",
      machine === undefined ? "" : `on ${machine}`,
    ]
      .filter(Boolean)
      .join(", "),
    ...(since === undefined ? {} : { since }),
    run: groupRef(group),
    badge: badgeOf(confidence, best, metric),
    ...(gain === undefined ? {} : { gain }),
    ...(compared === undefined || compared.first.run.hidden ? {} : { baseline: groupRef(compared) }),
    guards: guardsOf(group, study)
      .filter((guard) => guard.metric !== metric)
      .map((guard) => guardView(guard, group)),
    ...configurationOf(group, compared, study, read),
  };
}

function intervalOf({ low, high, borrowed }: Confidence, metric: MetricView): BestView["interval"] {
  if (low === undefined || high === undefined) return undefined;
  return {
    text: intervalText(low, high, metric),
    title: borrowed
      ? "95% interval, from the noise of other configurations that were repeated"
      : "95% interval of the mean, from its own repeats",
  };
}

function badgeOf({ word, fresh, expected }: Confidence, { goal, reading, tries }: Best, metric: MetricView): Badge {
  const text = (value: number): string => formatQuantity(value, metric.unit, { decimals: metric.decimals, screen: true });
  const chosen = `chosen from ${tries} tries: expect`;
  const worse = goal.direction === "min" ? "more" : "less";
  const again = expected === undefined ? {} : { more: `about ${text(expected)} is expected when it is measured again` };
  if (word === "confirmed" && fresh !== undefined)
    return {
      word,
      text: "confirmed by fresh repeats",
      more: `${fresh.n} later values have a mean of ${text(fresh.mean)}, and no other choice is better by more than the noise`,
    };
  if (word === "faded" && fresh !== undefined)
    return { word, text: `not confirmed: others are better than the mean of ${fresh.n} later values, ${text(fresh.mean)}`, ...again };
  if (word === "repeated")
    return {
      word,
      text: tries > 1 ? `${reading?.n ?? 2} repeats in one go, ${chosen} a little ${worse}` : `${reading?.n ?? 2} repeats in one go`,
      ...again,
    };
  return { word, text: tries > 1 ? `single run, ${chosen} ${worse}` : "single run", ...again };
}

function guardView({ metric, text, delta, allowed, worse, holds }: Guard, group: Group): GuardView {
  const limit = text.trim().replace(/^[+-]/, "");
  const value = valueText(group.readings.get(metric.name), metric) ?? "–";
  if (delta === undefined || allowed === undefined || worse === undefined || holds === undefined)
    return {
      name: metric.label,
      value,
      word: "unknown",
      margin: delta === undefined ? "not compared with the baseline" : `limit ${limit} not understood`,
    };
  const change = deltaView(delta, metric);
  const relative = /%\s*$/.test(text) && delta.before.mean !== undefined && delta.before.mean !== 0;
  const room = allowed - worse;
  const amount = relative
    ? `${Math.abs((room / Math.abs(delta.before.mean ?? 1)) * 100).toFixed(1)}%`
    : formatDelta(0, Math.abs(room), metric.unit, { decimals: metric.decimals, screen: true }).absolute.replace("+", "");
  return {
    name: metric.label,
    value,
    ...(change === undefined
      ? {}
      : { change: [change.text, change.relative === undefined ? "" : `(${change.relative})`].filter(Boolean).join(" ") }),
    word: holds ? "holds" : "broken",
    margin: holds ? `${amount} of ${limit} left` : `${amount} over ${limit}`,
  };
}

const mostLost = 12;

function configurationOf(
  group: Group,
  baseline: Group | undefined,
  study: StudyAnalysis,
  read: ReadConfig,
): Pick<BestView, "texts" | "marked" | "lost"> {
  const { run } = group.first;
  const config = read(group) ?? nested(run.config, run.configText);
  if (baseline === undefined) return { texts: texts(run, config), lost: [] };
  const old = (name: string): string | undefined => {
    const own = recordedValue(group.first, name);
    if (own === undefined || isIgnored(name, study.settings)) return undefined;
    const before = recordedValue(baseline.first, name);
    if (before === undefined) return "not recorded";
    return sameValue(before.value, own.value) ? undefined : short(before.text);
  };
  const lost = Object.keys(baseline.first.run.config).filter(
    (name) => !Object.hasOwn(run.config, name) && !isIgnored(name, study.settings),
  );
  return {
    texts: texts(run, config, old),
    marked: baseline.first.run.id,
    lost: [
      ...lost.slice(0, mostLost).map((name) => `${short(name)} ${short(recordedValue(baseline.first, name)?.text ?? "")}`),
      ...(lost.length > mostLost ? [`${lost.length - mostLost} more`] : []),
    ],
  };
}

/** Nothing to copy where nothing was recorded. */
const texts = ({ run }: Run, config: Dict, old?: (name: string) => string | undefined): readonly ConfigurationText[] =>
  config.entries.length === 0 ? [] : configurationTexts(config, old, run?.command);

const longest = 32;
const short = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
