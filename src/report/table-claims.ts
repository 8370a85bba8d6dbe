// Tables typed by hand that the data contradict: a column named like a metric, a row with one run, and a number that is none of its values.

import type { MetricView } from "../analysis/study.ts";
import { agrees, type Contradiction, type FindRun, idShape, type NamedRun, readClaim } from "./contradictions.ts";
import { valueText } from "./view.ts";

export interface ClaimedTable {
  readonly head: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

export type TableClaim = Pick<Contradiction, "written" | "run" | "metric" | "truth"> & { readonly line: number };

/** Columns about a change, a moment or a part of the result are not about its value. */
const otherwise =
  /[Δ±]|\b(?:delta|change|diff\w*|gain|before|base\w*|old|prev\w*|vs|best|worst|min|max|sd|std|error|ci|first|start|target|epoch|step|rank|rel\w*)\b/i;

export function findTableClaims({ head, rows }: ClaimedTable, find: FindRun): readonly TableClaim[] {
  return rows.flatMap(({ line, cells }): readonly TableClaim[] => {
    const ids = cells.flatMap((cell) => [...cell.matchAll(idShape)].map(([id]) => id));
    const [id] = ids;
    const named = id === undefined || ids.length > 1 ? undefined : find(id);
    if (id === undefined || named === undefined || cells.length !== head.length) return [];
    return cells.flatMap((cell, at): readonly TableClaim[] => {
      const title = head[at] ?? "";
      const metric = otherwise.test(title) ? undefined : metricOf(title, named.study.metrics);
      const truth = metric === undefined ? undefined : contradicting(cell, title, metric, named);
      return metric === undefined || truth === undefined ? [] : [{ line, written: cell, run: id, metric: metric.label, truth }];
    });
  });
}

const fold = (text: string): string => text.toLowerCase().replaceAll("_", " ").trim();

/** `val_accuracy`, `Val accuracy (%)`. */
function metricOf(title: string, metrics: readonly MetricView[]): MetricView | undefined {
  const bare = fold(title.replace(/\s*[([][^)\]]*[)\]]\s*$/, ""));
  const found = metrics.filter(({ name, label }) => fold(name) === bare || fold(label) === bare);
  return found.length === 1 ? found[0] : undefined;
}

/** What the data say, where the cell is a number alone (with its spread) and no way to read it is one of the values. */
function contradicting(cell: string, title: string, metric: MetricView, named: NamedRun): string | undefined {
  const reading = named.group.readings.get(metric.name);
  const number = /^(\d+(?:\.\d+)?)(\s?(?:%|[A-Za-zµ]+))?(?:\s*±.*)?$/.exec(cell.trim());
  if (reading?.mean === undefined || number === null) return undefined;
  const [, digits = "", unit = ""] = number;
  const inHead = /[([]\s*([A-Za-zµ%]+)\s*[)\]]\s*$/.exec(title)?.[1];
  const units =
    unit !== "" ? [unit] : [...new Set([inHead ?? "", metric.unit === undefined ? "" : metric.unit === "%" ? "%" : ` ${metric.unit}`, ""])];
  const readings = units.map((one) => `${digits}${one}`);
  const claims = readings.flatMap((text) => readClaim(text, 0, metric) ?? []);
  // A fraction in a column of percentages is read as it stands.
  const bare =
    metric.unit === "%" && unit === ""
      ? [{ value: Number(digits), step: 10 ** -(digits.split(".")[1]?.length ?? 0), length: digits.length }]
      : [];
  const all = [...claims, ...bare];
  return all.length === 0 || all.some((claim) => agrees(claim, reading, named, metric)) ? undefined : valueText(reading, metric);
}
