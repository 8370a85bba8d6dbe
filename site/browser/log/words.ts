// The names that the filter box completes and the menus offer, and the values that runs have under them.

import { once } from "../../../src/base/once.ts";
import { choices, fieldNames } from "../../../src/query/fields.ts";
import { lookUp } from "../../../src/query/vocabulary.ts";
import { parameterText } from "../../../src/report/log-row.ts";
import { type Known, nameWord, type Word } from "./complete.ts";
import type { LogTable } from "./table.ts";

const likely = ["tag", "decision", "status", "text", "base", "date", "title", "has", "changed", "experimenter"];

/** Metrics and parameters under names that can be nothing else. */
export function metricNames({ head, known }: LogTable): readonly string[] {
  return head.metrics.map(({ name }) => (isMetric(name, known) ? name : `metric.${name}`));
}

const isMetric = (name: string, known: LogTable["known"]): boolean => {
  const subject = lookUp(name, known);
  return subject !== undefined && subject !== "ambiguous" && subject.kind === "metric";
};

/** By impact first. */
export function parameterNames({ head, known }: LogTable): readonly string[] {
  return [...new Set([...head.parameters, ...known.configs])].map((name) => {
    const subject = lookUp(name, known);
    return subject !== undefined && subject !== "ambiguous" && subject.kind === "config" ? name : `config.${name}`;
  });
}

export function knownWords(table: LogTable): Known {
  const rest = fieldNames.filter((name) => !likely.includes(name) && name !== "hidden" && name !== "study");
  const names = once((): readonly Word[] => [
    ...metricNames(table).map((name) => nameWord(name, "metric")),
    ...parameterNames(table).map((name) => nameWord(name, "parameter")),
    ...[...likely, ...rest].map((name) => nameWord(name, "")),
  ]);
  const kept = new Map<string, readonly (readonly [string, number])[]>();
  return {
    get names() {
      return names();
    },
    valuesOf: (name) => {
      const known = kept.get(name) ?? countValues(table, name);
      kept.set(name, known);
      return known;
    },
  };
}

const mostCounted = 2000;

/** The values under a name and how many runs have each, the most used first; none for a metric and for prose. */
export function countValues(table: LogTable, name: string): readonly (readonly [string, number])[] {
  const subject = lookUp(name, table.known);
  if (subject === undefined || subject === "ambiguous" || subject.kind === "metric") return [];
  const counts = new Map<string, number>();
  if (subject.kind === "field" && subject.field.kind === "prose") return [];
  const fixed = subject.kind === "field" && (subject.field.kind === "status" || subject.field.kind === "decision");
  if (fixed) for (const word of choices[name === "status" ? "status" : "decision"]) counts.set(word, 0);
  for (const { group } of table.entries) {
    for (const file of group.files) {
      const values =
        subject.kind === "config" ? [parameterText(file, subject.name) ?? ""] : subject.field.read(file, table.known.differences);
      for (const value of values)
        if (value !== "" && (counts.has(value) || counts.size < mostCounted)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, left], [, right]) => right - left);
}

const groupFields = ["decision", "status", "tag", "experimenter", "base", "protocol", "hardware.class"];
const mostGroupNames = 20;

/** What rows can be put together by: parameters, and the fields that tell runs apart. */
export function groupNames(table: LogTable): readonly string[] {
  return [...parameterNames(table).slice(0, mostGroupNames), ...groupFields.filter((name) => differs(table, name))];
}

function differs(table: LogTable, name: string): boolean {
  const subject = lookUp(name, table.known);
  if (subject === undefined || subject === "ambiguous" || subject.kind !== "field") return false;
  const read = ({ group }: LogTable["entries"][number]): string => subject.field.read(group.first).join(", ");
  const [first, ...rest] = table.entries;
  if (first === undefined) return false;
  const one = read(first);
  return rest.some((entry) => read(entry) !== one);
}
