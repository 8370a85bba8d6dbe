// A new run file. The built-in template is printed line by line from the template's data (no markdown or YAML library on the
// path of `journal new`; a test holds the prose equal to what remark-stringify prints); a user's own template is edited like
// any other file, so its comments, order and prose stay.

import { JournalError, lineStarts, place } from "../base/problem.ts";
import type { ConfigValue, NewMetric, NewRun, Source } from "../record/new-run.ts";
import { fields, templateText } from "../record/template.ts";
import type { Json } from "../record/tree.ts";
import { type Edit, edit } from "./edit.ts";
import { refuseUnreadable } from "./edit-limits.ts";
import { fenceProblem, findFences } from "./fences.ts";
import { parseFrontMatter } from "./frontmatter.ts";
import { badTemplate } from "./messages-edit.ts";
import { printAfterKey, printFlow, printKey, printTyped, typeAt } from "./print-yaml.ts";

/** Front matter of a new run, in the template's order: a value, text as typed, or a map of such. */
type Facts = ReadonlyMap<string, ConfigValue>;

/** `template` is a user's own text, if it says something of its own; problems in it are named and nothing is printed. */
export function printRun(run: NewRun, template?: string): string {
  const facts = factsOf(run);
  const filled = template === undefined || template === templateText() ? fillBuiltIn(facts) : fillTemplate(template, facts);
  const prose: Edit[] = Object.entries(run.prose ?? {}).flatMap(([section, items]) =>
    items.map((item): Edit => ({ kind: "append", section, item, task: section === "next" })),
  );
  const text = prose.length === 0 ? filled : edit(filled, prose).text;
  refuseUnreadable("", text);
  return text;
}

function factsOf(run: NewRun): Facts {
  const base = run.base ?? [];
  const known: readonly (readonly [string, ConfigValue | undefined])[] = [
    ["id", run.id],
    ["title", typed(run.title)],
    ["date", typed(run.date)],
    ["experimenter", typed(run.experimenter)],
    ["status", run.status],
    ["tags", filled(run.tags)],
    ["hypothesis", typed(run.hypothesis)],
    ["base", base.length > 1 ? base : base[0]],
    ["protocol", typed(run.protocol)],
    ["config", filled(run.config)],
    [
      "changes",
      filled(
        Object.fromEntries(
          (run.changes ?? []).map((change) => [
            change.name,
            pairOf([
              ["from", change.from],
              ["to", change.to],
            ]),
          ]),
        ),
      ),
    ],
    ["metrics", filled(Object.fromEntries((run.metrics ?? []).map((metric) => [metric.name, metricOf(metric)])))],
    ["hardware", filled(texts(run.hardware))],
    ["software", filled(texts(run.software))],
    ...Object.entries(run.more ?? {}),
  ];
  return new Map(known.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])));
}

const typed = (text: string | undefined): Source | undefined => (text === undefined ? undefined : { source: text });

function texts(record: Readonly<Record<string, string>> | undefined): Readonly<Record<string, Source>> | undefined {
  return record === undefined ? undefined : Object.fromEntries(Object.entries(record).map(([key, source]) => [key, { source }]));
}

function filled<T extends ConfigValue>(value: T | undefined): T | undefined {
  return value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0) ? undefined : value;
}

/** `85.5%` alone is what was measured; `{ before: 85.5%, after: ~ }` waits for it. */
function metricOf({ before, after, step, pick }: NewMetric): ConfigValue {
  if (before === undefined && step === undefined && pick === undefined) return after === undefined ? null : { source: after };
  return pairOf([
    ["before", before === undefined ? undefined : { source: before }],
    ["after", after === undefined ? null : { source: after }],
    ["step", step],
    ["pick", pick],
  ]);
}

/** A small map on one line. */
function pairOf(entries: readonly (readonly [string, Json | Source | undefined])[]): Source {
  const written = entries.flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${isTyped(value) ? printInFlow(value.source, key) : printFlow(value)}`],
  );
  return { source: written.length === 0 ? "{}" : `{ ${written.join(", ")} }` };
}

const printInFlow = (source: string, key: string): string =>
  (isCollection(source) ? keepCollection(source, [key]) : printTyped(source, undefined, "flow")) || "~";

const isTyped = (value: ConfigValue): value is Source =>
  value !== null && typeof value === "object" && typeof (value as Source).source === "string" && Object.keys(value).length === 1;

const isMap = (value: ConfigValue): value is { readonly [key: string]: ConfigValue } =>
  value !== null && typeof value === "object" && !Array.isArray(value) && !isTyped(value);

function fillBuiltIn(facts: Facts): string {
  const text = templateText();
  const { yamlStart, yamlEnd } = findFences(text) ?? { yamlStart: 0, yamlEnd: 0 };
  const blank = new Map(
    text
      .slice(yamlStart, yamlEnd)
      .trimEnd()
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf(":")), line] as const),
  );
  // What a command is about to fill needs no hint for a hand.
  const empty = (line: string): string => (facts.get("status") === "running" ? line.replace(/ # .*/, "") : line);
  const keys = new Set([...fields.map((field) => field.key), ...facts.keys()]);
  const lines = [...keys].flatMap((key) => {
    const value = facts.get(key);
    return value === undefined ? empty(blank.get(key) ?? "") || [] : `${printKey(key)}:${printFact(value, [key], "")}`;
  });
  return `${text.slice(0, yamlStart)}${lines.join("\n")}\n${text.slice(yamlEnd)}`;
}

/** What follows `key:`. */
function printFact(value: ConfigValue, path: readonly string[], indent: string): string {
  if (isTyped(value))
    return value.source.includes("\n") ? printAfterKey(value.source, indent, "\n") : ` ${printSource(value.source, path)}`.trimEnd();
  if (!isMap(value)) return printAfterKey(typeof value === "string" ? value : (value as Json), indent, "\n");
  const below = `${indent}  `;
  return Object.entries(value)
    .map(([key, item]) => `\n${below}${printKey(key)}:${item === null ? "" : printFact(item, [...path, key], below)}`)
    .join("");
}

const isCollection = (source: string): boolean => /^[[{]/.test(source);

/** Flow collections made here are kept; everything else is text as typed. */
function printSource(source: string, path: readonly string[]): string {
  return isCollection(source) ? keepCollection(source, path) : printTyped(source, typeAt(path), "block");
}

/** A typed list or map goes through the editor, which knows when readers disagree about it. */
function keepCollection(source: string, path: readonly string[]): string {
  const key = path.at(-1) ?? "value";
  const { text } = edit(`---\n${printKey(key)}:\n---\n`, [{ kind: "set", path: [key], value: { source } }]);
  const fences = findFences(text);
  return text.slice((fences?.yamlStart ?? 0) + printKey(key).length + 1, fences?.yamlEnd).trim();
}

function fillTemplate(template: string, facts: Facts): string {
  checkTemplate(template);
  const edits = [...facts].flatMap(([key, value]) => setEdits([key], value));
  return edit(template, edits).text;
}

function setEdits(path: readonly string[], value: ConfigValue): readonly Edit[] {
  if (isMap(value)) return Object.entries(value).flatMap(([key, item]) => setEdits([...path, key], item));
  return [{ kind: "set", path, value: value as Json | Source }];
}

function checkTemplate(template: string): void {
  const found =
    findFences(template) === undefined
      ? [fenceProblem(template)]
      : parseFrontMatter(template).problems.filter((problem) => problem.severity === "error");
  if (found.length === 0) return;
  const starts = lineStarts(template);
  throw new JournalError([badTemplate(found.length), ...found.map((problem) => place(problem, "templates/experiment.md", starts))]);
}
