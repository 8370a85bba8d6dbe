// `journal verdict`: is it real? Of one run in full, of many a line each; with `--gate` for CI.

import { analyse } from "../../analysis/analyse.ts";
import type { MetricView, StudyAnalysis } from "../../analysis/study.ts";
import { type Verdict, type VerdictQuestion, verdictOf } from "../../analysis/verdict.ts";
import { otherTests, sidesOf } from "../../analysis/verdict-sides.ts";
import { exits, JournalError } from "../../base/problem.ts";
import { suggest } from "../../base/suggest.ts";
import { renderTable, type Style, safeLine } from "../../base/terminal.ts";
import type { RunFile } from "../../record/experiment.ts";
import { answerText, changeText, cureText, decisionText, groundText, guardText, reasonText } from "../../report/verdict-text.ts";
import { valueText } from "../../report/view.ts";
import type { Journal } from "../../store/journal.ts";
import type { Options } from "../command.ts";
import type { Grid } from "../grid.ts";
import { formats } from "../grid-formats.ts";
import type { Io } from "../io.ts";
import { againstWhat, gateFailed, inconclusive } from "../messages-judge.ts";
import { noMetric } from "../messages-parameters.ts";
import type { Outcome } from "../outcome.ts";
import { findStudy } from "../study.ts";
import { outsideOf } from "../verdict-outside.ts";

type VerdictOptions = Pick<Options, "against" | "format" | "gate" | "metric" | "since" | "study"> & {
  readonly ids: readonly string[];
  readonly json: boolean;
};

export async function verdict(journal: Journal, options: VerdictOptions, io: Io): Promise<Outcome> {
  if (options.against !== undefined && options.ids.length === 0) throw new JournalError(againstWhat());
  const { studies } = analyse(journal.files(), journal.settings, journal.studies);
  const files = await chosen(journal, options);
  const outside = outsideOf(
    journal,
    files.length === 1 ? files.flatMap((file) => membersOf(file, studies)) : [...new Set(files.map(({ path }) => path))],
  );
  const families = new Map<StudyAnalysis, NonNullable<VerdictQuestion["families"]>>();
  const found = files.flatMap((file) => {
    const study = studies.find(({ settings }) => settings.name === file.study);
    if (study === undefined) return [];
    const against = options.against === undefined ? undefined : study.runs.get(journal.find(options.against).run.id);
    const metric = options.metric === undefined ? undefined : metricOf(options.metric, study);
    const known = families.get(study) ?? new Map();
    families.set(study, known);
    const one = verdictOf(file.run.id, study, {
      outside,
      families: known,
      ...(metric === undefined ? {} : { metric }),
      ...(against === undefined ? {} : { against }),
    });
    return one === undefined ? [] : [{ verdict: one, study }];
  });
  const [only] = found;
  const end = endOf(
    found.map((one) => one.verdict),
    options,
  );
  const alone = options.ids.length === 1 && only !== undefined;
  if (options.json || options.format === "json")
    return { data: alone ? { ...documentOf(only), ...detailsOf(only) } : found.map(documentOf), text: "", ...end };
  return {
    data: null,
    text: alone && (options.format ?? "table") === "table" ? page(only, io) : table(found, options.format, io),
    talk: found.length === 0 ? ["no run to judge: a verdict needs a finished run with a base"] : [],
    ...end,
  };
}

interface Found {
  readonly verdict: Verdict;
  readonly study: StudyAnalysis;
}

/** Those that are named; else every first run of a finished configuration that has a base. */
async function chosen(journal: Journal, { ids, study, since }: VerdictOptions): Promise<readonly RunFile[]> {
  if (ids.length > 0) return [...new Set(ids.map((id) => journal.find(id).path))].map((path) => journal.find(path));
  const { readChangedSince } = await import("../../store/git.ts");
  const changed = since === undefined ? undefined : readChangedSince(journal.root, since);
  const name = study === undefined ? undefined : findStudy(journal, study).name;
  return journal
    .files()
    .filter(
      ({ path, run, study: own }) =>
        run.base.length > 0 &&
        run.status === "finished" &&
        run.repeatOf === undefined &&
        !run.hidden &&
        (name === undefined || own === name) &&
        (changed?.has(path) ?? true),
    );
}

function membersOf(file: RunFile, studies: readonly StudyAnalysis[]): readonly string[] {
  const study = studies.find(({ settings }) => settings.name === file.study);
  const analysed = study?.runs.get(file.run.id);
  const base = analysed?.base === undefined ? undefined : study?.runs.get(analysed.base.run.id);
  const siblings = (base?.children ?? []).flatMap((child) => study?.runs.get(child.run.id)?.group.files ?? []);
  return [...new Set([...(analysed?.group.files ?? [file]), ...siblings].map(({ path }) => path))];
}

function metricOf(name: string, study: StudyAnalysis): MetricView {
  const found = study.metrics.find((metric) => metric.name === name || study.settings.metrics[metric.name]?.from.includes(name));
  if (found !== undefined) return found;
  const names = study.metrics.map((metric) => metric.name);
  throw new JournalError(noMetric(name, names, suggest(name, names)), exits.notFound);
}

/** What a run was judged to be; asked about single runs, or with `--gate`, that is the answer for a script too. */
function endOf(found: readonly Verdict[], { ids, gate }: VerdictOptions): Pick<Outcome, "exit" | "problems"> {
  const bad = gate === true ? found.filter(isBad) : [];
  if (bad.length > 0) return { exit: exits.gate, problems: [gateFailed(bad.map(naming))] };
  const open = gate === true || ids.length > 0 ? found.filter(isOpen) : [];
  return open.length > 0 ? { exit: exits.inconclusive, problems: [inconclusive(open.map(naming))] } : {};
}

/** `EXP042-k7f3 regressed` */
function naming({ file, word, guards }: Verdict): string {
  const broken = guards.find((guard) => guard.word === "broken");
  return `${file.run.id} ${word === "improved" && broken !== undefined ? `breaks the guard rail of ${broken.metric.label}` : word}`;
}

function isOpen({ word, guards }: Verdict): boolean {
  return ["inconclusive", "unjudged", "incomparable"].includes(word) || guards.some((guard) => guard.word === "unproven");
}

function isBad({ word, why, guards }: Verdict): boolean {
  return (
    word === "regressed" ||
    (word === "incomparable" && why !== "hardware") ||
    why === "failed" ||
    guards.some((one) => one.word === "broken")
  );
}

const styles: Readonly<Record<Verdict["word"], Style>> = {
  improved: "green",
  regressed: "red",
  equivalent: "cyan",
  inconclusive: "yellow",
  unjudged: "dim",
  incomparable: "yellow",
};

function page({ verdict: found, study }: Found, io: Io): string {
  const { file, base, metric, delta, word, guards, marks } = found;
  const { run } = file;
  const paint = io.paint.out;
  const cure = cureText(found);
  const lines: readonly (readonly [string, string | undefined])[] = [
    ["against", base === undefined ? undefined : `${base.file.run.id}  ${base.file.run.title}`],
    ["metric", metric === undefined ? undefined : metric.label],
    [
      "values",
      delta === undefined || metric === undefined ? undefined : `${valueText(delta.before, metric)} → ${valueText(delta.after, metric)}`,
    ],
    ["change", changeText(found)],
    ["because", reasonText(found)],
    ["rests on", groundText(found)],
    ["beside", besideText(found, study)],
    ["copies", copiesText(found)],
    ["mark", marks.length === 0 ? undefined : marks.join(", ")],
    ...guards.map((guard) => [`guard ${guard.metric.label}`, guardText(guard)] as const),
    ["decision", decisionText(found)],
    ["to know", cure],
  ];
  const shown = lines.flatMap(([label, text]) => (text === undefined ? [] : [[label, text] as const]));
  const width = Math.max(...shown.map(([label]) => label.length));
  return [
    `${paint("bold", safeLine(`${run.id}  ${run.title}`))}\n`,
    `${paint(styles[word], safeLine(answerText(found)))}\n`,
    ...shown.map(([label, text]) => `${paint("dim", safeLine(label).padEnd(width))}  ${safeLine(text)}\n`),
  ].join("");
}

/** What other tests say, and what so few values can never show. */
function besideText(found: Verdict, study: StudyAnalysis): string | undefined {
  const { rank, signFlip, exchange, effect } = otherTests(found, study);
  const p = (value: number): string => String(Number(value.toPrecision(2)));
  const { before, after } = found.delta ?? {};
  const texts = [
    ...(rank === undefined
      ? []
      : rank.smallest > 0.05
        ? [`ranks can say nothing with ${before?.n} v ${after?.n} (p ≥ ${p(rank.smallest)})`]
        : [`rank test p = ${p(rank.p)}`]),
    ...(signFlip === undefined ? [] : [`sign flips p = ${p(signFlip.p)} over ${signFlip.pairs} pairs`]),
    ...(exchange === undefined || signFlip !== undefined ? [] : [`permutation p = ${p(exchange.p)}`]),
    ...(effect === undefined ? [] : [`g = ${effect.g.toFixed(2)}`]),
  ];
  return texts.length === 0 ? undefined : texts.join(", ");
}

function copiesText({ group, base }: Verdict): string | undefined {
  const copies = group.copies + (base?.group.copies ?? 0);
  if (copies > 0) return `${copies} repeats equal others to the last digit and are not counted`;
  return group.identical || base?.group.identical ? "repeats that all gave the same numbers count as one" : undefined;
}

const columns = ["id", "title", "base", "metric", "change", "p", "Holm p", "n", "verdict", "decision"] as const;

function table(found: readonly Found[], format: string | undefined, io: Io): string {
  if (found.length === 0) return "";
  const rows = found.map(({ verdict: one }) => {
    const { file, base, metric, delta, corrected } = one;
    const p = (value: number | undefined): string => (value === undefined ? "" : String(Number(value.toPrecision(2))));
    const decision = one.disagreement ?? (one.group.decision === undefined ? "" : one.group.decision);
    return [
      file.run.id,
      file.run.title,
      base?.file.run.id ?? "",
      metric?.label ?? "",
      changeText(one) ?? "",
      p(delta?.evidence.p),
      p(corrected?.holm),
      delta === undefined ? "" : `${delta.before.n} v ${delta.after.n}`,
      answerText(one),
      decision,
    ].map(safeLine);
  });
  if (format === "markdown" || format === "csv" || format === "latex") {
    const grid: Grid = {
      columns: columns.map((name) => ({ name, label: name, number: false, whole: true })),
      rows: rows.map((row) => row.map((text) => ({ text, value: text }))),
    };
    return formats[format](grid);
  }
  return renderTable(
    columns.map((label) => ({
      label,
      ...(label === "id" || label === "verdict" ? { least: Number.POSITIVE_INFINITY, leaves: Number.NEGATIVE_INFINITY } : {}),
      ...(label === "verdict"
        ? { paint: (text: string, row: number) => io.paint.out(styles[found[row]?.verdict.word ?? "unjudged"], text) }
        : {}),
    })),
    rows,
    io.columns,
    io.paint.out,
  ).text;
}

/** What is worth computing for one run alone: both sides in full, and what other tests say. */
function detailsOf({ verdict: found, study }: Found): object {
  const beside = otherTests(found, study);
  return { ...sidesOf(found), ...(Object.keys(beside).length === 0 ? {} : { beside }) };
}

function documentOf({ verdict: found }: Found): object {
  const { file, base, metric, word, why, grade, small, delta, corrected, tries, looks, guards, marks, disagreement, more, group } = found;
  const evidence = delta?.evidence;
  return {
    id: file.run.id,
    study: file.study,
    ...(base === undefined ? {} : { against: base.file.run.id }),
    ...(metric === undefined ? {} : { metric: metric.name, direction: metric.direction ?? null }),
    verdict: word,
    ...(why === undefined ? {} : { why, because: reasonText(found) }),
    ...(grade === undefined ? {} : { grade }),
    ...(small === undefined ? {} : { small }),
    ...(delta === undefined
      ? {}
      : {
          n: [delta.before.n, delta.after.n],
          change: { absolute: delta.absolute, ...(delta.relative === undefined ? {} : { relative: delta.relative }) },
        }),
    ...(evidence?.low === undefined ? {} : { interval: [evidence.low, evidence.high], p: evidence.p, method: evidence.method }),
    ...(evidence?.ratio === undefined ? {} : { ratio: evidence.ratio }),
    ...(corrected === undefined ? {} : { corrected: { looks: corrected.p, holm: corrected.holm, q: corrected.q } }),
    tries,
    looks,
    ...(more === undefined ? {} : { more }),
    guards: guards.map(({ metric: { name }, text, word: holds, allowed, worse }) => ({
      metric: name,
      text,
      word: holds,
      ...(allowed === undefined || worse === undefined ? {} : { allowed, worse }),
    })),
    marks,
    decision: group.decision ?? null,
    ...(disagreement === undefined ? {} : { disagreement }),
  };
}
