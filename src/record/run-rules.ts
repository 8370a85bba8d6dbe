// What one run says against itself. Each rule is a question with a name; a rule sees values, so its places are paths of keys.

import type { Problem } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import { possibleDays } from "../base/time.ts";
import type { BodyFacts, Run } from "./experiment.ts";
import { isDuration, isSize, unitOfName } from "./guess.ts";
import * as say from "./messages.ts";
import { numberId, unreadableDate } from "./messages-values.ts";
import { isUnmeasured } from "./normalize-metrics.ts";
import { isPlaceholder, unitScale } from "./quantity.ts";
import { secretIn } from "./secret.ts";
import type { Settings } from "./settings.ts";
import { sameValue, showValue } from "./value.ts";

export interface RunSubject {
  readonly run: Run;
  readonly body: BodyFacts;
  readonly path: string;
  readonly settings?: Settings;
  /** `2026-11-20` */
  readonly today: string;
}

export type RunRule = (subject: RunSubject) => readonly Problem[];

const none: readonly Problem[] = [];

function decisionWithoutReason({ run }: RunSubject): readonly Problem[] {
  return run.decision !== undefined && run.reason === undefined ? [say.missingReason(run.decision, afterDecision(run.decisionWord))] : none;
}

/** `keep because it is better`, `REVERT (noise)`: what follows is the reason. */
function afterDecision(word = ""): string | undefined {
  const text = word.replace(/\s+/g, " ").slice(0, 300);
  const rest = /(?:\bbecause |\bsince |[:;,—–(]| - )(.+)$/.exec(text)?.[1]?.trim();
  return rest?.endsWith(")") && !rest.includes("(") ? rest.slice(0, -1).trim() : rest;
}

function keepUnfinished({ run }: RunSubject): readonly Problem[] {
  return run.decision === "keep" && run.status !== "finished" ? [say.keepOnUnfinished(run.status)] : none;
}

function baseIsItself({ run }: RunSubject): readonly Problem[] {
  return run.base.some((reference) => reference.toLowerCase() === run.id.toLowerCase()) ? [say.selfBase(run.id)] : none;
}

function usableId({ run, path }: RunSubject): readonly Problem[] {
  if (/^\d+$/.test(run.id)) {
    const own = /(?:^|\/)(\p{Lu}{2,8}\d{1,9}-[0-9a-z]{4})(?=[-.])/u.exec(path)?.[1];
    return [numberId(run.id, own ?? `EXP${run.id.padStart(3, "0")}-…`)];
  }
  return /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,199}$/u.test(run.id) ? none : [say.badId(run.id)];
}

/** `[X%]`, `[X] points`, `<what you saw>`, `TODO` alone, `…` alone: text of a template nobody replaced. */
const lettered = /\[[XYZN]{1,2}(?:[.,][XYZN]{1,2})?\s?%?\](?![([:])/;
const described = /\[(?:insert|describe|parameter|metric|value|your)\b[^[\]]{0,60}\](?![([:])/i;
const angled = /^<[^<>/]{2,80}>[.:]?$/;

function leftover(text: string): string | undefined {
  const found = text.includes("[") ? (lettered.exec(text) ?? described.exec(text))?.[0] : undefined;
  if (found !== undefined) return found;
  const trimmed = text.trim();
  return trimmed !== "" && (angled.test(trimmed) || trimmed === "…" || trimmed === "..." || isPlaceholder(trimmed)) ? trimmed : undefined;
}

function placeholdersInProse({ run, body }: RunSubject): readonly Problem[] {
  const problems: Problem[] = [];
  for (const key of ["title", "hypothesis", "reason"] as const) {
    const found = leftover(run[key] ?? "");
    if (found !== undefined && !isPlaceholder(run[key] ?? "")) problems.push(say.leftInProse(found, `\`${key}\``, { key: [key] }));
  }
  for (const key of ["worked", "failed", "unexpected", "questions"] as const) {
    for (const item of body[key]) {
      const found = leftover(item);
      if (found !== undefined) problems.push(say.leftInProse(found, sectionNames[key], {}));
    }
  }
  for (const task of body.tasks) {
    const found = leftover(task.text);
    if (found !== undefined) problems.push(say.leftInProse(found, "the task list", { line: task.line }));
  }
  return problems;
}

const sectionNames = {
  worked: "`What worked`",
  failed: "`What didn't work`",
  unexpected: "`Unexpected behaviors`",
  questions: "`Follow-up questions`",
} as const;

/** The common case, without patterns: ISO, not after today, and a day that every month has. */
function isPlainDay(text: string, today: string): boolean {
  return (
    text[4] === "-" &&
    text[7] === "-" &&
    text.slice(0, 10) <= today &&
    text.slice(8, 10) <= "28" &&
    (text.length === 10 || text[10] === "T") &&
    !Number.isNaN(Date.parse(text))
  );
}

/** Dates people wrote: readable in one way only, and not tomorrow's (a day's grace for time zones). */
function dates({ run, today }: RunSubject): readonly Problem[] {
  const problems: Problem[] = [];
  const look = (key: readonly string[], text: string | undefined): void => {
    if (text === undefined || isPlainDay(text, today)) return;
    const days = possibleDays(text);
    const day = days[0];
    if (day === undefined || days.length > 1) {
      const { offset: _, ...problem } = unreadableDate(key.join("."), text, days, 0);
      problems.push({ ...problem, key });
    } else {
      if (!/^\d{4}-\d{2}-\d{2}(?:$|[Tt\s])/.test(text.trim())) problems.push(say.dateOrder(key, text, day));
      if (Date.parse(day) - Date.parse(today) > 86_400_000) problems.push(say.futureDate(key, text, today));
    }
  };
  look(["date"], run.date);
  look(["run", "started"], run.run?.started);
  run.earlier.forEach((past, index) => {
    look(["earlier", String(index), "date"], past.date);
  });
  return problems;
}

/** A changed parameter belongs to the resulting configuration, with the value it was changed to. */
function changesAgainstConfig({ run }: RunSubject): readonly Problem[] {
  const names = Object.keys(run.config);
  if (run.changes.length === 0 || names.length === 0) return none;
  const problems: Problem[] = [];
  for (const { name, to } of run.changes) {
    if (to === undefined || to === null) continue; // taken out, or not recorded
    if (!Object.hasOwn(run.config, name)) {
      const inner = names.some((other) => other.startsWith(`${name}.`));
      if (!inner) problems.push(say.changeNotInConfig(name, names.find((other) => other.endsWith(`.${name}`)) ?? suggest(name, names)));
    } else if (!sameValue(to, run.config[name])) problems.push(say.changeDiffers(name, showValue(to), showValue(run.config[name])));
  }
  return problems;
}

function finishedWithoutAfter({ run }: RunSubject): readonly Problem[] {
  return run.status === "finished"
    ? run.metrics.filter(isUnmeasured).map(({ name, before }) => say.missingAfter(name, run.id, before?.text))
    : none;
}

function exitAgainstStatus({ run }: RunSubject): readonly Problem[] {
  const exit = run.run?.exit;
  return run.status === "finished" && exit !== undefined && exit !== 0 ? [say.exitAgainstStatus(exit)] : none;
}

/** A name that says so holds differences, which may be negative. */
const differs = /delta|diff|change|sav(?:ed|ing)|gain|offset|skew|drift|reduc/i;

function isDimensioned(name: string, unit: string | undefined): boolean {
  const dimension = unitScale(unit ?? unitOfName(name) ?? "")?.dimension;
  return dimension === "time" || dimension === "size" || isDuration(name) || isSize(name);
}

function negativeDurations({ run }: RunSubject): readonly Problem[] {
  const problems = run.metrics.flatMap(({ name, after }) => {
    const negative = after !== undefined && ((after.mean ?? 0) < 0 || after.values.some((value) => value !== null && value < 0));
    return negative && isDimensioned(name, after.unit) && !differs.test(name) ? [say.negativeDuration(["metrics", name], after.text)] : [];
  });
  const seconds = run.run?.seconds;
  return seconds !== undefined && seconds < 0 ? [...problems, say.negativeDuration(["run", "seconds"], String(seconds))] : problems;
}

function slotsPerRepeat({ run }: RunSubject): readonly Problem[] {
  const repeats = run.repeats.length;
  if (repeats === 0) return none;
  return run.metrics
    .filter(({ after }) => after !== undefined && after.values.length > 0 && after.values.length !== repeats)
    .map((metric) => say.repeatSlots(metric.name, metric.after?.values.length ?? 0, repeats));
}

/** Names the filter grammar can say without quotes. */
function metricNames({ run }: RunSubject): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { name } of run.metrics) {
    const odd = /[\s"'`()[\]{}<>=!~,:;|\p{Cc}]/u.exec(name.slice(0, 300))?.[0];
    if (odd === undefined && name !== "") continue;
    const better =
      name
        .trim()
        .replace(/[^\p{L}\p{N}_./%@-]+/gu, "_")
        .replace(/^_|_$/g, "") || "metric";
    problems.push(
      say.metricName(name, odd === undefined ? "is empty" : odd === " " ? "has a blank" : `has ${say.quote(say.visible(odd))}`, better),
    );
  }
  return problems;
}

function secrets({ run }: RunSubject): readonly Problem[] {
  const problems: Problem[] = [];
  const look = (key: readonly string[], value: unknown): void => {
    if (typeof value !== "string") return;
    const kind = secretIn(value, key.at(-1) ?? "");
    if (kind !== undefined) problems.push(say.secretLike(key, kind));
  };
  for (const [name, value] of Object.entries(run.config)) look(["config", name], value);
  for (const [name, value] of Object.entries(run.other)) look([name], value);
  for (const word of run.run?.command ?? []) look(["run", "command"], word);
  look(["hypothesis"], run.hypothesis);
  look(["reason"], run.reason);
  return problems;
}

/** The rules that ask what day it is. */
export const timelyRules: readonly RunRule[] = [dates];

export const runRules: readonly RunRule[] = [
  usableId,
  decisionWithoutReason,
  keepUnfinished,
  baseIsItself,
  placeholdersInProse,
  dates,
  changesAgainstConfig,
  finishedWithoutAfter,
  exitAgainstStatus,
  negativeDurations,
  slotsPerRepeat,
  metricNames,
  secrets,
];
