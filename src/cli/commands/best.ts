// `journal best`: what to use, and how far to believe it.

import { analyse } from "../../analysis/analyse.ts";
import { confidenceOf } from "../../analysis/confidence.ts";
import { countsOnce } from "../../analysis/copies.ts";
import { guardsOf } from "../../analysis/guards.ts";
import { sinceConfirmation } from "../../analysis/incumbents.ts";
import type { Best, Group, StudyAnalysis } from "../../analysis/study.ts";
import { judgeTarget, targetOf } from "../../analysis/target.ts";
import { exits, JournalError } from "../../base/problem.ts";
import { suggest } from "../../base/suggest.ts";
import { renderTable, safe, safeLine } from "../../base/terminal.ts";
import { type Dict, find } from "../../record/tree.ts";
import { type BestView, type GoalView, goalView } from "../../report/best-page.ts";
import { plural } from "../../report/counts.ts";
import { frontRows, tradeOffOf } from "../../report/front-rows.ts";
import type { Journal } from "../../store/journal.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { noBest, noSuchGoal } from "../messages-judge.ts";
import type { Outcome } from "../outcome.ts";
import { findStudy } from "../study.ts";

type BestOptions = Pick<Options, "format" | "goal" | "kept" | "study"> & { readonly json: boolean };

interface Answer {
  readonly study: StudyAnalysis;
  readonly best: Best;
  readonly view: GoalView;
}

export async function best(journal: Journal, options: BestOptions, io: Io): Promise<Outcome> {
  const studies = chosen(journal, options.study);
  const read = (group: Group): Dict | undefined => configOf(journal, group);
  const all = studies.flatMap((study) =>
    (options.kept === true ? study.bestKept : study.best).map((one): Answer => ({ study, best: one, view: goalView(one, study, read) })),
  );
  const answers =
    options.goal === undefined ? all : all.filter(({ best: { goal } }) => goal.name === options.goal || goal.metric === options.goal);
  if (options.goal !== undefined && answers.length === 0) {
    const known = [...new Set(all.map(({ best: { goal } }) => goal.name))];
    throw new JournalError(noSuchGoal(options.goal, known, suggest(options.goal, known)), exits.notFound);
  }
  const talk = answers.length === 0 ? ["no goal and no metric to be best in: log one, as in `journal log 1 val_loss=0.38`"] : [];
  if (options.json || options.format === "json")
    return { data: { goals: answers.map(documentOf), fronts: studies.flatMap(frontDocument) }, text: "", talk };
  const format = options.format ?? "table";
  if (format !== "table") return { data: null, ...textOf(answers, format) };
  const fronts = options.goal === undefined ? studies.map((study) => front(study, io)) : [];
  return { data: null, text: `${answers.map((one) => page(one, io)).join("\n")}${fronts.join("")}`, talk };
}

function chosen(journal: Journal, name: string | undefined): readonly StudyAnalysis[] {
  const only = name === undefined ? undefined : findStudy(journal, name).name;
  const { studies } = analyse(journal.files(), journal.settings, journal.studies);
  return studies.filter(({ settings, files }) => (only === undefined ? files.length > 0 : settings.name === only));
}

/** As the file nests it. */
function configOf(journal: Journal, { first }: Group): Dict | undefined {
  const found = find(journal.read(first.path).parsed.tree, "config");
  return found?.kind === "dict" ? found : undefined;
}

const languages: Readonly<Record<string, string>> = { yaml: "YAML", json: "JSON", python: "Python", flags: "flags" };

/** The configuration of the first goal that has one, and nothing else. */
function textOf(answers: readonly Answer[], format: string): { readonly text: string; readonly talk: readonly string[] } {
  const found = answers.filter(({ view }) => view.best !== undefined);
  const [first] = found;
  if (first?.view.best === undefined) throw new JournalError(noBest(), exits.notFound);
  const lines = first.view.best.texts.find(({ language }) => language === languages[format])?.lines ?? [];
  const talk = [
    `${first.view.aim}: ${first.view.best.run.id}, ${first.view.best.badge.text}`,
    ...(found.length > 1 ? [`of ${plural(found.length, "goal")} the first; name another with --goal`] : []),
  ];
  return { text: lines.map(({ text }) => `${safe(text)}\n`).join(""), talk: talk.map(safeLine) };
}

function page({ study, best: one, view }: Answer, io: Io): string {
  const paint = io.paint.out;
  const title = `${paint("bold", safeLine(`${view.name}: ${view.aim}`))}\n`;
  const notices = view.notices
    .map(({ text, command }) => `${safeLine(text)}${command === undefined ? "" : ` ${safeLine(command)}`}\n`)
    .join("");
  if (view.best === undefined) return title + notices;
  const lines = factsOf(view.best, one, study);
  const width = Math.max(...lines.map(([label]) => label.length));
  const config = view.best.texts.find(({ language }) => language === "YAML")?.lines ?? [];
  return [
    title,
    ...lines.map(([label, text]) => `${paint("dim", safeLine(label).padEnd(width))}  ${safeLine(text)}\n`),
    ...config.map(({ text, old }) => `  ${safe(text)}${old === undefined ? "" : paint("dim", `   # was ${safeLine(old)}`)}\n`),
    notices,
  ].join("");
}

function factsOf(view: BestView, one: Best, study: StudyAnalysis): readonly (readonly [string, string])[] {
  const { badge, gain, baseline, guards, interval, lost, since } = view;
  const target = targetText(one, study);
  return [
    ["run", `${view.run.id}  ${view.run.title}`],
    [view.metric, `${view.value}${interval === undefined ? "" : ` ${interval.text}`}, ${view.n}`],
    ["belief", [badge.text, badge.more].filter(Boolean).join("; ")],
    ...(since === undefined ? [] : [["tried", since] as const]),
    ...(gain === undefined || baseline === undefined
      ? []
      : [["gain", `${[gain.text, gain.relative, gain.evidence].filter(Boolean).join(", ")}, on ${baseline.id}`] as const]),
    ...(target === undefined ? [] : [["target", target] as const]),
    ...guards.map(
      ({ name, value, change, word, margin }) =>
        [`guard ${name}`, `${word}: ${[value, change, margin].filter(Boolean).join(", ")}`] as const,
    ),
    ...(lost.length === 0 ? [] : [["not recorded", lost.join(", ")] as const]),
  ];
}

const metricOf = (one: Best, study: StudyAnalysis) => study.metrics.find(({ name }) => name === one.goal.metric);

function targetText(one: Best, study: StudyAnalysis): string | undefined {
  const metric = metricOf(one, study);
  const target = metric === undefined ? undefined : targetOf(study.settings, metric);
  const { group, reading } = one;
  if (metric === undefined || target === undefined || group === undefined || reading === undefined) return undefined;
  const found = judgeTarget(reading, target, study.noise.get(metric.name), countsOnce(group, metric, reading));
  if (found === undefined) return undefined;
  const p = found.p === undefined ? "" : `, ${found.method}, p = ${Number(found.p.toPrecision(2))}`;
  return `${target.text}: ${found.word}${p}, n = ${found.n}`;
}

function front(study: StudyAnalysis, io: Io): string {
  const trade = tradeOffOf(study);
  if (trade === undefined) return "";
  const { rows, more, x, y } = frontRows(trade, study);
  if (rows.length < 2) return "";
  const { text } = renderTable(
    [{ label: "worth its cost", least: 12 }, { label: "title" }, { label: x, align: "right" }, { label: y, align: "right" }, { label: "" }],
    rows.map((row) => [row.run.id, row.run.title, row.x, row.y, row.near ? "within noise of the front" : ""].map(safeLine)),
    io.columns,
    io.paint.out,
  );
  return `\n${text}${more === 0 ? "" : `${plural(more, "more configuration")}\n`}`;
}

function frontDocument(study: StudyAnalysis): readonly object[] {
  const trade = tradeOffOf(study);
  if (trade === undefined) return [];
  const members = trade.front.trades
    .filter(({ place }) => place !== "behind")
    .map(({ group, x, y, place }) => ({ id: group.first.run.id, x, y, place }));
  return [{ study: study.settings.name, x: trade.x.name, y: trade.y.name, members }];
}

function documentOf({ study, best: one, view }: Answer): object {
  const { goal, group, reading, tries, machine, problem } = one;
  const metric = metricOf(one, study);
  const confidence = metric === undefined ? undefined : confidenceOf(one, metric, study);
  const json = view.best?.texts.find(({ language }) => language === "JSON");
  return {
    study: study.settings.name,
    goal,
    guessed: study.goalsGuessed,
    tries,
    ...(machine === undefined ? {} : { machine }),
    ...(problem === undefined ? {} : { problem: problem.message }),
    ...(group === undefined || reading === undefined
      ? { run: group?.first.run.id ?? null }
      : {
          run: group.first.run.id,
          decision: group.decision ?? null,
          value: { mean: reading.mean, n: reading.n, ...(reading.sd === undefined ? {} : { sd: reading.sd }) },
        }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(metric === undefined || goal.where !== undefined ? {} : { sinceConfirmation: sinceDocument(study, metric) }),
    guards:
      group === undefined
        ? []
        : guardsOf(group, study).map(({ metric: { name }, text, allowed, worse, holds }) => ({
            metric: name,
            text,
            holds: holds ?? null,
            ...(allowed === undefined || worse === undefined ? {} : { allowed, worse }),
          })),
    config: json === undefined ? null : JSON.parse(json.lines.map(({ text }) => text).join("\n")),
  };
}

function sinceDocument(study: StudyAnalysis, metric: Parameters<typeof sinceConfirmation>[1]): object {
  const { tries, last } = sinceConfirmation(study, metric);
  return { tries, last: last?.run.id ?? null };
}
