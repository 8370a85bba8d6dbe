// Under which name a run holds a metric that somebody named.

import type { Problem } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import type { RunFile } from "../record/experiment.ts";
import { usualIn } from "../record/share.ts";
import type { Journal } from "../store/journal.ts";
import { missingSign, newMetric } from "./messages.ts";

/** The name the run itself has for it, else the declared one of a name that other tools log it under (`from`), else the name as it is. */
export function metricNameIn(journal: Journal, { run, study }: RunFile, name: string): string {
  const written = new Set(run.metrics.map((metric) => metric.name));
  if (written.has(name)) return name;
  const declared = Object.values((journal.studies.get(study) ?? journal.settings).metrics);
  const metric = declared.find((one) => one.name === name || one.from.includes(name));
  return metric === undefined ? name : ([metric.name, ...metric.from].find((one) => written.has(one)) ?? metric.name);
}

/** A misspelt metric would silently become one of its own: said when neither the run, the settings nor another run knows it, but one alike. */
export function misspeltMetric(journal: Journal, { run, study, path }: RunFile, name: string): Problem | undefined {
  const own = [...run.metrics.map((metric) => metric.name), ...Object.keys((journal.studies.get(study) ?? journal.settings).metrics)];
  if (own.includes(name)) return undefined;
  const known = new Set([...own, ...journal.files().flatMap((file) => file.run.metrics.map((metric) => metric.name))]);
  const guess = known.has(name) ? undefined : suggest(name, known);
  return guess === undefined ? undefined : { ...newMetric(name, guess, run.id), path };
}

/** `87.2` of a metric in % is 8720%: said at once. */
export function unsignedPercent(journal: Journal, { run, study, path }: RunFile, name: string, value: string): Problem | undefined {
  const sides = value.split(/\s*(?:->|→|=>)\s*/);
  const numbers = sides.flatMap((side) => side.replace(/^\s*\[|\]\s*$/g, "").split(","));
  if (!numbers.some((text) => bare.test(text) && Math.abs(Number(text)) > 1.5)) return undefined;
  const { metrics } = journal.studies.get(study) ?? journal.settings;
  const declared = Object.hasOwn(metrics, name) ? metrics[name]?.unit : undefined;
  const unit = declared ?? usualIn(journal.files(), { study, id: run.id, base: run.base })(name)?.unit;
  if (unit !== "%") return undefined;
  const signed = value.replace(/(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?![\w.%]|\s*%)/g, "$&%");
  return { ...missingSign(name, value, signed, run.id), path };
}

const bare = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)\s*$/;
