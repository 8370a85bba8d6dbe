// Under which name a run holds a metric that somebody named.

import type { RunFile } from "../record/experiment.ts";
import type { Journal } from "../store/journal.ts";

/** The name the run itself has for it, else the declared one of a name that other tools log it under (`from`), else the name as it is. */
export function metricNameIn(journal: Journal, { run, study }: RunFile, name: string): string {
  const written = new Set(run.metrics.map((metric) => metric.name));
  if (written.has(name)) return name;
  const declared = Object.values((journal.studies.get(study) ?? journal.settings).metrics);
  const metric = declared.find((one) => one.name === name || one.from.includes(name));
  return metric === undefined ? name : ([metric.name, ...metric.from].find((one) => written.has(one)) ?? metric.name);
}
