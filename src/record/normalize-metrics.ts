// `metrics` and `remeasured` in every shape; the value of one metric is reading.ts's matter.

import type { Metric } from "./experiment.ts";
import * as say from "./messages.ts";
import { dict, entriesOf, got, isEmpty, isRestOfText, type Problems, text } from "./normalize-values.ts";
import { isAbsent } from "./quantity.ts";
import { parseMetric } from "./reading.ts";
import type { Entry, Tree } from "./tree.ts";

const example = "{ val_accuracy: 87.2% }";
/** Keys that make a map one metric rather than a group of metrics. */
const parts: ReadonlySet<string> = new Set([
  "before",
  "after",
  "from",
  "to",
  "old",
  "new",
  "step",
  "pick",
  "value",
  "mean",
  "sd",
  "std",
  "stdev",
  "n",
  "values",
  "min",
  "max",
  "unit",
]);

/** A map by name, a list of `- name: value`, or groups (`val: { accuracy: …, loss: … }` is `val.accuracy`, `val.loss`). */
export function readMetrics(tree: Tree, problems: Problems, key: readonly string[] = ["metrics"]): readonly Metric[] {
  const metrics = new Map<string, Metric>();
  const label = key.join(".");
  if (tree.kind === "list") {
    for (const item of tree.items) {
      const name =
        item.kind === "dict" && item.entries.length > 1
          ? entriesOf(item).find((entry) => entry.key === "name" || entry.key === "metric")
          : undefined;
      const called = name === undefined ? undefined : text(name.value, "name", problems, "val_accuracy");
      if (called !== undefined && item.kind === "dict") {
        const rest = { ...item, entries: item.entries.filter((entry) => entry !== name) };
        addMetric({ key: called, keyStart: item.start, keyEnd: item.end, value: rest }, "", metrics, problems, key);
      } else if (item.kind === "dict") for (const entry of entriesOf(item)) addMetric(entry, "", metrics, problems, key);
      else if (!isEmpty(item)) problems.push(say.wrongType({ offset: item.start }, label, "names with values", got(item), example));
    }
    return [...metrics.values()];
  }
  const map = dict(tree, label, problems, example);
  if (map !== undefined) for (const entry of entriesOf(map)) addMetric(entry, "", metrics, problems, key);
  return [...metrics.values()];
}

function addMetric(entry: Entry, prefix: string, metrics: Map<string, Metric>, problems: Problems, key: readonly string[]): void {
  const name = prefix + entry.key;
  const { value } = entry;
  if (isRestOfText(entry, key.join("."), problems)) return;
  if (value.kind === "dict" && value.entries.length > 0 && !value.entries.some((part) => parts.has(part.key.toLowerCase()))) {
    for (const part of entriesOf(value)) addMetric(part, `${name}.`, metrics, problems, key);
    return;
  }
  const { metric, problems: found } = parseMetric(name, value);
  for (const problem of found)
    problems.push(problem.key === undefined && problem.offset === undefined ? { ...problem, key: [...key, name] } : problem);
  if (!metrics.has(name)) metrics.set(name, metric);
}

/** Nothing was written there. A text that cannot be read has its own problem. */
export function isUnmeasured({ after }: Metric): boolean {
  return after === undefined || (after.n === 0 && after.diverged === 0 && after.mean === undefined && isAbsent(after.text));
}

/** protocol → metrics measured again under it. */
export function readRemeasured(tree: Tree, problems: Problems): Readonly<Record<string, readonly Metric[]>> {
  const out: Record<string, readonly Metric[]> = {};
  const map = dict(tree, "remeasured", problems, "{ v2: { val_accuracy: 84.1% } }");
  if (map !== undefined) for (const entry of entriesOf(map)) out[entry.key] = readMetrics(entry.value, problems, ["remeasured", entry.key]);
  return out;
}
