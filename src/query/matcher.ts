// Filter → test of a run. Names are resolved and values read once; the test itself only compares.
//
// A value that was not recorded matches nothing, not even `!=`. `not` turns the answer of what follows it around, so
// `not (x = 1)` holds for runs without x and `x != 1` does not.

import { JournalError } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import { parseDate } from "../base/time.ts";
import type { Reading, Run, RunFile } from "../record/experiment.ts";
import { resolve } from "../record/reference.ts";
import type { Json } from "../record/tree.ts";
import { compareVersions, fold } from "./compare.ts";
import { choices, type Field, type FieldKind, instantOf } from "./fields.ts";
import type { Filter, Node, Term } from "./filter.ts";
import * as say from "./messages.ts";
import { boundOnBest, dateTest, holds, isOrder, metricNumber, numberTest, quantityUnder, spotOf, type Typed } from "./operand.ts";
import { eraOf, invalidity, measured } from "./validity.ts";
import { type MetricName, resolveName, type Subject, type Vocabulary } from "./vocabulary.ts";

/** Pooled readings of a whole group stand in for the ones of its first file, where they are given. */
export type Predicate = (file: RunFile, readings?: ReadonlyMap<string, Reading>) => boolean;

export interface MatchOptions {
  /** The best value of a metric, for `best - 1pp`. */
  readonly best?: (metric: string) => number | undefined;
}

interface Context {
  readonly text: string;
  readonly known: Vocabulary;
  readonly options: MatchOptions;
}

/** Throws a JournalError that shows the place of a name or value that makes no sense. */
export function compile(filter: Filter, known: Vocabulary, options: MatchOptions = {}): Predicate {
  return filter.root === undefined ? () => true : compileNode(filter.root, { text: filter.text, known, options });
}

const compiled = new WeakMap<Filter, { readonly known: Vocabulary; readonly predicate: Predicate }>();

/** One run; for many, `compile` once. The last vocabulary of a filter is remembered. */
export function matches(filter: Filter, file: RunFile, known: Vocabulary): boolean {
  const remembered = compiled.get(filter);
  if (remembered?.known === known) return remembered.predicate(file);
  const predicate = compile(filter, known);
  compiled.set(filter, { known, predicate });
  return predicate(file);
}

function compileNode(node: Node, context: Context): Predicate {
  if (node.kind === "term") return compileTerm(node, context);
  if (node.kind === "not") {
    const part = compileNode(node.part, context);
    return (file, readings) => !part(file, readings);
  }
  const parts = node.parts.map((part) => compileNode(part, context));
  if (node.kind === "and") return (file, readings) => parts.every((part) => part(file, readings));
  return (file, readings) => parts.some((part) => part(file, readings));
}

function compileTerm(term: Term, context: Context): Predicate {
  if (term.name.text === "has" && !term.name.quoted) return presence(resolveName(term.value, context.text, context.known), context);
  const subject = resolveName(term.name, context.text, context.known);
  const typed: Typed = { term, text: context.text };
  if (subject.kind === "metric") return metricTerm(subject.metric, typed, context);
  if (subject.kind === "config") return configTerm(subject.name, typed);
  return fieldTerm(subject.field, typed, context);
}

function readingOf(metric: MetricName, file: RunFile, known: Vocabulary): Reading | undefined {
  if (invalidity(file.run, metric.names, known.studies.get(file.study)) !== undefined) return undefined;
  return measured(file.run.metrics, metric.names);
}

function presence(subject: Subject, { known }: Context): Predicate {
  if (subject.kind === "field") return (file) => subject.field.read(file, known.differences).length > 0;
  if (subject.kind === "config") return ({ run }) => Object.hasOwn(run.config, subject.name);
  const { metric } = subject;
  return (file, readings) => (readings === undefined ? readingOf(metric, file, known) : readings.get(metric.name))?.mean !== undefined;
}

function metricTerm(metric: MetricName, typed: Typed, { known, options }: Context): Predicate {
  const found = (file: RunFile, readings?: ReadonlyMap<string, Reading>): Reading | undefined =>
    readings === undefined ? readingOf(metric, file, known) : readings.get(metric.name);
  if (typed.term.operator === "~") {
    const part = fold(typed.term.value.text);
    return (file, readings) => found(file, readings)?.text.toLowerCase().includes(part) ?? false;
  }
  const test = numberTest(
    typed,
    (spot) => boundOnBest(typed, metric, spot, options.best?.(metric.name)) ?? metricNumber(typed, metric, spot),
  );
  return (file, readings) => {
    const mean = found(file, readings)?.mean;
    return mean !== undefined && test(mean);
  };
}

const shown = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));
const listText = (text: string): string => fold(text).replace(/[\s"']/g, "");

/** A parameter holds whatever its author wrote: numbers compare as numbers, lists also by their items, the rest as text. */
function configTerm(name: string, typed: Typed): Predicate {
  const { operator, value } = typed.term;
  const compare = (test: (value: Json, run: Run) => boolean): Predicate => {
    return ({ run }) => Object.hasOwn(run.config, name) && test(run.config[name] ?? null, run);
  };
  if (operator === "~") {
    const part = fold(value.text);
    return compare((found, run) => shown(found).toLowerCase().includes(part) || (run.configText[name] ?? "").toLowerCase().includes(part));
  }
  const number = configNumber(name, typed);
  const numeric = (found: Json): boolean | undefined => {
    const read = typeof found === "number" ? found : typeof found === "string" ? quantityUnder(found, name) : undefined;
    return read === undefined ? undefined : number?.(read);
  };
  if (isOrder(operator)) return compare((found) => items(found).some((item) => numeric(item) === true));
  const wanted = fold(value.text);
  const list = value.text.startsWith("[") ? listText(value.text) : undefined;
  const nothing = wanted === "none" || wanted === "~";
  const same = (found: Json): boolean => {
    if (found === null && nothing) return true;
    if (list !== undefined && Array.isArray(found) && listText(JSON.stringify(found)) === list) return true;
    return items(found).some((item) => fold(shown(item)) === wanted || (numeric(item) ?? false));
  };
  return compare((found) => same(found) === (operator !== "!="));
}

const items = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value]);

/** The test of the number, positive also for `!=`; none where the text is no number. An order needs one. */
function configNumber(name: string, typed: Typed): ((value: number) => boolean) | undefined {
  const { term, text } = typed;
  const positive: Typed = term.operator === "!=" ? { term: { ...term, operator: "=" }, text } : typed;
  const range = !term.value.quoted && term.value.text.includes("..");
  if (!isOrder(term.operator) && !range && quantityUnder(term.value.text, name) === undefined) return undefined;
  try {
    return numberTest(positive, (spot) => {
      const read = quantityUnder(spot.text, name);
      if (read === undefined) throw new JournalError(say.notANumber(spotOf(typed, spot), name));
      return read;
    });
  } catch (error) {
    if (isOrder(term.operator)) throw error;
    return undefined;
  }
}

/** The test of one value of a field; `file` where more than the text counts. */
type Test = (value: string, file: RunFile) => boolean;

function fieldTerm(field: Field, typed: Typed, context: Context): Predicate {
  const { operator, value } = typed.term;
  const asked = fold(value.text);
  const read = (file: RunFile): readonly string[] => field.read(file, context.known.differences);
  if (operator === "~") return (file) => read(file).some((text) => text.toLowerCase().includes(asked));
  const equality = !isOrder(operator);
  if (equality && asked === "none" && !value.quoted) return (file) => (read(file).length === 0) === (operator !== "!=");
  // A field of several values equals when one of them does, and differs when none of them does.
  const negative = operator === "!=";
  const positive: Typed = negative ? { ...typed, term: { ...typed.term, operator: "=" } } : typed;
  const test = tests[field.kind](positive, context, field);
  if (field.kind === "era") return (file) => test("", file) === !negative && eraOf(file.run, context.known.studies.get(file.study)) !== "";
  return (file) => {
    const values = read(file);
    return values.length > 0 && values.some((text) => test(text, file)) === !negative;
  };
}

const tests: Readonly<Record<FieldKind, (typed: Typed, context: Context, field: Field) => Test>> = {
  text: textTest,
  prose: (typed, context, field) => {
    const part = fold(typed.term.value.text);
    return typed.term.operator === ":" ? (text) => text.toLowerCase().includes(part) : textTest(typed, context, field);
  },
  number: (typed, _, field) => measuredTest(typed, field.name, false),
  duration: (typed, _, field) => measuredTest(typed, field.name, true),
  date: (typed) => {
    const test = dateTest(typed);
    return (text) => {
      const date = parseDate(text);
      return date !== undefined && test(date.day, instantOf(text) ?? 0);
    };
  },
  run: runTest,
  version: (typed) => (text) => holds(typed.term.operator, compareVersions(text, typed.term.value.text)),
  status: (typed) => choiceTest(typed, choices.status),
  decision: (typed, { known }) => choiceTest(typed, [...choices.decision, "none", ...known.decisions]),
  era: (typed, context, field) => {
    const test = textTest(typed, context, field);
    return (_, file) => test(eraOf(file.run, context.known.studies.get(file.study)), file);
  },
};

function textTest(typed: Typed, _: Context, field: Field): Test {
  const { operator, value } = typed.term;
  if (isOrder(operator)) throw new JournalError(say.noOrder(spotOf(typed, typed.term.name), field.name, operator));
  const wanted = fold(value.text);
  return (text) => fold(text) === wanted;
}

function measuredTest(typed: Typed, name: string, time: boolean): Test {
  const under = time ? "time" : name;
  const test = numberTest(typed, (spot) => {
    const read = quantityUnder(spot.text, under);
    if (read === undefined) throw new JournalError(say.notANumber(spotOf(typed, spot), name));
    return read;
  });
  return (text) => test(Number(text));
}

function choiceTest(typed: Typed, known: readonly string[]): Test {
  const { name, value, operator } = typed.term;
  const wanted = fold(value.text);
  if (isOrder(operator)) throw new JournalError(say.noOrder(spotOf(typed, name), name.text, operator));
  if (!known.some((word) => fold(word) === wanted))
    throw new JournalError(say.unknownValue(spotOf(typed, value), name.text, known, suggest(wanted, known)));
  return (text) => fold(text) === wanted;
}

/** Ids compare as references: `base:EXP031`, `base:31` and the full id mean the same run; one that is not here compares as text. */
function runTest(typed: Typed, { known }: Context, field: Field): Test {
  const { value, operator, name } = typed.term;
  if (isOrder(operator)) throw new JournalError(say.noOrder(spotOf(typed, name), field.name, operator));
  const found = resolve(value.text, known.ids);
  if ("candidates" in found && found.candidates.length > 1)
    throw new JournalError(say.ambiguousRun(spotOf(typed, value), found.candidates));
  const wanted = "id" in found ? found.id : fold(value.text);
  return (text) => {
    if (field.name === "id") return text === wanted;
    const theirs = resolve(text, known.ids);
    return "id" in theirs ? theirs.id === wanted : fold(text) === wanted;
  };
}
