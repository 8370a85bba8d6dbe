// The front page of a study: are we getting better, what is best, what changed, what next?

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import type { Problem } from "../base/problem.ts";
import { shellWord } from "../base/shell.ts";
import { countRuns, plural } from "./counts.ts";
import { type Headline, headlinesOf } from "./headlines.ts";
import type { Figure, Notice, PageFrame } from "./page.ts";
import { groupRef, type RunLine, runLines } from "./run-line.ts";
import { proseOf, type Sentence } from "./sentence.ts";
import { openSteps, type Step } from "./steps.ts";
import { standingOf } from "./study-best.ts";
import { type Versus, versusOf } from "./versus.ts";
import { valueText } from "./view.ts";
import { newestFirst } from "./words.ts";
import { worthOf } from "./worth.ts";

export interface OverviewPage {
  readonly frame: PageFrame;
  readonly question?: Sentence;
  /** Of the study's README, safe HTML. */
  readonly conclusion?: string;
  readonly notices: readonly Notice[];
  readonly headlines: readonly Headline[];
  readonly figure?: Figure;
  /** The values in a sentence, where they are too few for a picture. */
  readonly values?: Sentence;
  readonly versus?: Versus;
  /** Why there is nothing to compare. */
  readonly versusEmpty?: Sentence;
  readonly versusNote?: string;
  readonly quick: readonly RunLine[];
  /** Name of the metric that the results are of. */
  readonly metric?: string;
  readonly log: { readonly text: string; readonly address: string };
  readonly steps: readonly Step[];
  readonly next: { readonly text: string; readonly address: string };
  readonly worth: readonly Sentence[];
  /** The README's prose without its tables, safe HTML. */
  readonly prose?: { readonly html: string; readonly folded: boolean };
}

export interface OverviewInput {
  readonly study: StudyAnalysis;
  readonly frame: PageFrame;
  /** Addresses of the study's other pages. */
  readonly ways: { readonly log: string; readonly next: string; readonly problems: string; readonly folder: string };
  readonly figure?: Figure;
  /** Of this study. */
  readonly problems: readonly Problem[];
  /** `triedRemarks`, where they are known. */
  readonly tried?: readonly Sentence[];
  readonly readme?: { readonly prose: string; readonly conclusion?: string };
}

const quickRows = 8;
const nextRows = 7;

export function overviewPage({ study, frame, ways, figure, problems, readme, tried }: OverviewInput): OverviewPage {
  const groups = newestFirst(study);
  const started = groups.filter(({ status }) => status !== "planned");
  const standing = standingOf(study);
  const versus = versusOf(study, standing);
  const { steps, all } = openSteps(study, nextRows);
  const values = figure === undefined ? valuesOf(study) : undefined;
  return {
    frame,
    ...(study.settings.question === undefined ? {} : { question: proseOf(study.settings.question) }),
    ...(readme?.conclusion === undefined ? {} : { conclusion: readme.conclusion }),
    notices: noticesOf(study, groups, started),
    headlines: headlinesOf(study, standing),
    ...(figure === undefined ? {} : { figure }),
    ...(values === undefined ? {} : { values }),
    ...versusPart(study, versus),
    quick: runLines(started.slice(0, quickRows), study, 2),
    ...(study.primary === undefined ? {} : { metric: study.primary.label }),
    log: { text: started.length === 1 ? "the log" : `all ${plural(started.length, "run")} in the log`, address: ways.log },
    steps,
    next: {
      text: all > steps.length ? `all ${plural(all, "open step")} in Next` : "Next, with questions and what is done",
      address: ways.next,
    },
    worth: worthOf({ study, standing, versus, problems, problemsAddress: ways.problems, folder: ways.folder, ...(tried && { tried }) }),
    ...(readme === undefined || readme.prose === "" ? {} : { prose: { html: readme.prose, folded: lineCount(readme.prose) > foldAfter } }),
  };
}

/** What a study in its beginnings, or one whose runs all failed, has to be told. */
function noticesOf(study: StudyAnalysis, groups: readonly Group[], started: readonly Group[]): readonly Notice[] {
  const { primary, primaryGuessed } = study;
  const [newest] = groups;
  const option = study.settings.name === "" ? "" : ` --study ${shellWord(study.settings.name)}`;
  if (newest === undefined) return [info("Nothing here yet. Write the first run:", `journal new "Baseline"${option}`)];
  if (started.length === 0)
    return [
      info(
        groups.length === 1
          ? `One run is planned, “${newest.first.run.title}”; nothing has run yet.`
          : `${groups.length} runs are planned, the newest “${newest.first.run.title}”; nothing has run yet.`,
      ),
    ];
  if (started.every(({ status }) => status === "failed" || status === "lost")) return [failedAll(started)];
  const id = shellWord((study.baseline ?? started.at(-1) ?? newest).first.run.id);
  if (primary === undefined) return [info("No run has a metric yet.", `journal log ${id} val_accuracy=85.5%`)];
  if (groups.length === 1) {
    const value = valueText(newest.readings.get(primary.name), primary);
    return [
      info(
        `One run so far${value === undefined ? "" : `: ${value}`}. Make the next one:`,
        `journal new 'What to try'${option} --base ${id}`,
      ),
    ];
  }
  return primaryGuessed && study.metrics.length > 1
    ? [info(`Showing ${primary.label}; name one under primary in ${study.settings.name === "" ? "journal.yaml" : "study.yaml"}.`)]
    : [];
}

const info = (text: string, command?: string): Notice => ({ kind: "info", text, ...(command === undefined ? {} : { command }) });

function failedAll(groups: readonly Group[]): Notice {
  const [newest] = groups;
  const { run, body } = newest?.files.at(-1) ?? {};
  const runs = countRuns(groups);
  const why = run?.reason ?? body?.failed[0] ?? run?.title ?? "";
  const start = runs === 1 ? "The only run failed" : `All ${runs} runs failed; the last`;
  return { kind: "bad", text: `${start}: ${why.replace(/[.\s]+$/, "")}.` };
}

/** One or two values are no picture. */
function valuesOf({ primary, groups }: StudyAnalysis): Sentence | undefined {
  if (primary === undefined) return undefined;
  const known = groups.flatMap((group) => {
    const text = group.first.run.hidden ? undefined : valueText(group.readings.get(primary.name), primary);
    return text === undefined ? [] : [{ group, text }];
  });
  if (known.length !== 2) return undefined;
  return [
    `${primary.label}: `,
    ...known.flatMap(({ group, text }, at): Sentence => [...(at === 0 ? [] : [", then "]), { run: groupRef(group) }, ` ${text}`]),
    ".",
  ];
}

function versusPart(study: StudyAnalysis, versus: Versus | undefined): Pick<OverviewPage, "versus" | "versusEmpty" | "versusNote"> {
  const { baseline, baselineWhy, best, primary } = study;
  if (versus !== undefined)
    return {
      versus,
      ...(baselineWhy === "oldest" ? { versusNote: `No run without a base; comparing with the oldest, ${versus.baseline.id}.` } : {}),
    };
  if (baseline === undefined) return { versusEmpty: ["No baseline yet: the first finished run without a base becomes it."] };
  if (primary !== undefined && primary.direction === undefined)
    return { versusEmpty: [`Whether a higher ${primary.label} is better is not known, so there is no best.`] };
  const held = best.some(({ group }) => group === baseline);
  return {
    versusEmpty: held
      ? ["Nothing beats the baseline ", { run: groupRef(baseline) }, " yet."]
      : ["Nothing to compare with the baseline yet."],
  };
}

const foldAfter = 20;
const lineLength = 68;

/** About how many lines the prose takes: each block, item and line break starts one. */
function lineCount(html: string): number {
  return html
    .split(/<\/(?:p|h[1-6]|li|tr|pre|blockquote)>|<br\s*\/?>|\n(?=[^<])/)
    .reduce((sum, block) => sum + Math.ceil(block.replace(/<[^>]*>/g, "").trim().length / lineLength), 0);
}
