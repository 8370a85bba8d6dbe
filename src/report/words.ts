// Short texts that several tables share: what changed, what came out, what was decided.

import type { AnalysedRun, Delta, Group, MetricView, ParameterChange, StudyAnalysis } from "../analysis/study.ts";
import { invalidity, measured } from "../query/validity.ts";
import type { Reading } from "../record/experiment.ts";
import { formatDelta, formatReading } from "../record/format.ts";
import type { StudySettings } from "../record/settings.ts";
import type { Glyph } from "./page.ts";

/** `87.2% ± 0.3, n = 3`, in the metric's unit and with its decimals. */
export function readingText(reading: Reading | undefined, metric: MetricView): string | undefined {
  if (reading === undefined) return undefined;
  return formatReading(reading, { decimals: metric.decimals }, metric.unit);
}

/** The pooled value, else the word for why there is none. */
export function resultText(group: Group, metric: MetricView, study: StudySettings): string | undefined {
  const text = readingText(group.readings.get(metric.name), metric);
  if (text !== undefined) return text;
  if (group.status === "failed" || group.status === "lost") return group.status;
  const settings = Object.hasOwn(study.metrics, metric.name) ? study.metrics[metric.name] : undefined;
  const names = [metric.name, ...(settings?.from ?? [])];
  const withdrawn = group.files.some(
    ({ run }) => measured(run.metrics, names) !== undefined && invalidity(run, names, study) !== undefined,
  );
  return withdrawn ? "invalid" : undefined;
}

/** `+1.7 pp (+2.0% rel)`: one run against one run is a difference, not a verdict. */
export function deltaText(delta: Delta | undefined, metric: MetricView): string | undefined {
  if (delta?.before.mean === undefined || delta.after.mean === undefined) return undefined;
  const { absolute, relative } = formatDelta(delta.before.mean, delta.after.mean, metric.unit, { decimals: metric.decimals });
  return relative === undefined ? absolute : `${absolute} (${relative})`;
}

export function changeText(change: ParameterChange): string {
  return `${change.name} ${change.fromText} → ${change.toText}`;
}

/** What differs from the base, then what only one of the two recorded: shown with a `?`, for it may have changed or not. */
export function differences(run: AnalysedRun): readonly ParameterChange[] {
  return [...run.changes, ...run.unrecorded];
}

/** At most `most` differences, the rest counted; more than one is what makes a run confounded. */
export function changesText(run: AnalysedRun, most = 3): string {
  const all = differences(run);
  const shown = all.slice(0, most).map(changeText);
  const rest = all.length - shown.length;
  return [...shown, ...(rest > 0 ? [`+${rest} more`] : [])].join(", ");
}

/** The rows of a table, newest first; a run that its author hid has none. */
export function newestFirst(study: StudyAnalysis): readonly Group[] {
  return study.groups.filter((group) => !group.first.run.hidden).reverse();
}

const glyphs: Readonly<Record<Glyph["word"], Glyph["mark"]>> = {
  kept: "●",
  discarded: "○",
  undecided: "◇",
  failed: "×",
  lost: "×",
  running: "◐",
  planned: "◌",
};

export function glyphOf(group: Pick<Group, "decision" | "status">): Glyph {
  const word = wordOf(group);
  return { mark: glyphs[word], word };
}

/** That it failed says more than that nobody wants it. */
function wordOf({ decision, status }: Pick<Group, "decision" | "status">): Glyph["word"] {
  if (decision === "keep") return "kept";
  if (decision === "discard" && status !== "failed" && status !== "lost") return "discarded";
  return status === "finished" ? "undecided" : status;
}
