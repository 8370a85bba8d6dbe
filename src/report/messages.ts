// What live blocks, charts of one's own and reports get wrong. Strings in, a Problem out.

import type { Problem } from "../base/problem.ts";

const error = (code: string, message: string, hint: string): Problem => ({ code: `report/${code}`, severity: "error", message, hint });
const warning = (code: string, message: string, hint: string): Problem => ({ code: `report/${code}`, severity: "warning", message, hint });

const listed = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(", ");
const quote = (text: string): string => `\`${text.length > 60 ? `${text.slice(0, 59)}…` : text}\``;
const meant = (word: string | undefined, rest: string): string => (word === undefined ? rest : `did you mean \`${word}\`? ${rest}`);

export const unknownBlock = (kind: string, kinds: readonly string[], close: string | undefined): Problem =>
  error("unknown-block", `${quote(kind)} is no block that a journal knows`, meant(close, `there are ${listed(kinds)}`));
export const notAMap = (kind: string): Problem =>
  error("not-a-map", `the block \`${kind}\` holds no keys`, "write one to a line, such as `where: tag:x`");
export const unknownKey = (key: string, kind: string, keys: readonly string[], close: string | undefined): Problem =>
  error("unknown-key", `${quote(key)} is no key of the block \`${kind}\``, meant(close, `there are ${listed(keys)}`));
export const wrongValue = (key: string, wanted: string, example: string): Problem =>
  error("wrong-value", `\`${key}\` takes ${wanted}`, `write it like this: \`${example}\``);
export const unknownStudy = (name: string, names: readonly string[], close: string | undefined): Problem =>
  error("unknown-study", `there is no study ${quote(name)}`, meant(close, `there are ${listed(names)}`));
export const whichStudy = (kind: string, names: readonly string[]): Problem =>
  error(
    "which-study",
    `the block \`${kind}\` is about one study and this journal has several`,
    `name it: \`study: ${names[0] ?? ""}\`; there are ${listed(names)}`,
  );
export const unknownRun = (reference: string, close: string | undefined): Problem =>
  error("unknown-run", `${quote(reference)} is not in this journal`, meant(close, "`journal list` shows the ids"));
export const ambiguousRun = (reference: string, candidates: readonly string[]): Problem =>
  error("ambiguous-run", `${quote(reference)} could be ${candidates.length} runs`, `write one of ${listed(candidates.slice(0, 8))}`);
export const hiddenRun = (id: string): Problem =>
  warning("hidden-run", `${quote(id)} is hidden from pages`, `show it again: \`journal set ${id} hidden=false\``);
export const notNumbers = (name: string): Problem =>
  error(
    "not-numbers",
    `no run has a number for ${quote(name)}`,
    "a chart takes one or two columns that hold numbers, such as `columns: [batch_size, val_accuracy]`",
  );
export const tooFewPoints = (n: number): Problem =>
  warning(
    "too-few-points",
    `${n} ${n === 1 ? "run has" : "runs have"} a value to draw, a chart needs two`,
    "widen `where`, or use the block `table`",
  );
export const unknownTableColumn = (name: string, names: readonly string[], close: string | undefined): Problem =>
  error("unknown-column", `${quote(name)} is no column of this table`, meant(close, `there are ${listed(names)}`));

// Charts of one's own

export const notAChart = (why: string): Problem =>
  error(
    "not-a-chart",
    `this is no chart: ${why}`,
    "a small one: `mark: point`, `encoding: { x: { field: date, type: temporal }, y: { field: val_accuracy, type: quantitative } }`",
  );
export const chartLoads = (what: string): Problem =>
  error(
    "chart-loads",
    `a chart loads nothing from elsewhere, and ${what} would`,
    "put the data inline, or name the journal's: `data: { name: runs }`",
  );
export const chartData = (name: string, names: readonly string[], close: string | undefined): Problem =>
  error(
    "chart-data",
    `there is no data named ${quote(name)}`,
    meant(close, `there are ${listed(names)}, and what the chart itself holds under \`datasets\``),
  );
export const chartUnknownField = (field: string, close: string | undefined): Problem =>
  error(
    "chart-field",
    `unknown field ${quote(field)}`,
    meant(close, "fields are `id`, `title`, `date`, `decision`, `status`, and the parameters and metrics of the runs"),
  );
export const chartWord = (word: string, what: "mark" | "type", words: readonly string[], close: string | undefined): Problem =>
  error("chart-word", `${quote(word)} is no ${what} of Vega-Lite`, meant(close, `there are ${listed(words)}`));
export const chartTooLarge = (n: number, most: number): Problem =>
  error("chart-too-large", `the chart is too large: ${n}, and ${most} is the most`, "draw fewer rows, or aggregate them before");
export const chartClock = (what: string): Problem =>
  error("chart-clock", `\`${what}()\` would draw another picture each time`, "write the date or the number itself");
export const chartFailed = (why: string): Problem =>
  error("chart-failed", `this chart could not be drawn: ${why}`, "try it in the Vega-Lite editor with a few rows of `journal list --json`");
export const chartSlow = (seconds: number): Problem =>
  error(
    "chart-slow",
    `drawing this chart took more than ${seconds} seconds or too much memory, so it was stopped`,
    "draw fewer rows, or take a transform away",
  );
export const noChartFile = (name: string, names: readonly string[], close: string | undefined): Problem =>
  error(
    "no-chart-file",
    `there is no ${quote(`charts/${name}.vl.yaml`)}`,
    names.length === 0 ? "make it, with a Vega-Lite chart in it" : meant(close, `there are ${listed(names)}`),
  );

// Prose

export const contradicted = (written: string, run: string, metric: string, truth: string): Problem =>
  warning(
    "contradicted",
    `the text says ${quote(written)} for ${metric} of ${run}, which has ${truth}`,
    "correct the number, or pin it with a block that says `as_of: <commit>`",
  );
