// Curves as they lie beside a run: a table of text with a column that counts (step, epoch, time) and columns of numbers.

export type Point = readonly [x: number, y: number | null];

export interface Series {
  readonly name: string;
  /** What the other axis counts: `epoch`. */
  readonly x: string;
  /** By x; null where the value was no number: the run diverged there. */
  readonly points: readonly Point[];
}

/** What people and programs call the column that counts, the most exact first. */
const counters = [
  ["step", "global_step", "steps", "iteration", "iterations", "iter", "batch", "update"],
  ["epoch", "epochs"],
  ["index", "i", "n", ""],
  [
    "time",
    "seconds",
    "elapsed",
    "elapsed_time",
    "relative_time",
    "wall_time",
    "walltime",
    "timestamp",
    "minutes",
    "hours",
    "_step",
    "_runtime",
    "_timestamp",
  ],
];
/** Several curves under one another: the column that says which. */
const splitters = ["metric", "name", "tag", "key", "series", "seed", "repeat", "fold", "run", "split"];
/** Of those, what names a curve; the others number its repetitions. */
const naming = ["metric", "name", "tag", "key", "series"];
const mostColumns = 200;
const mostSeries = 200;
const mostRows = 200_000;

/** Every curve of the text; none where it is another kind of table. `fallback` names a column that is just called `value`. */
export function readCurves(text: string, fallback: string): readonly Series[] {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/, mostRows + 1);
  const header = lines.findIndex((line) => line.trim() !== "" && !line.startsWith("#"));
  const first = lines[header];
  if (first === undefined) return [];
  const mark = markOf(first);
  const names = cells(first, mark)
    .slice(0, mostColumns)
    .map((name) => name.trim());
  const at = counterIn(names);
  if (at === undefined) return [];
  const rows = lines.slice(header + 1).flatMap((line) => (line.trim() === "" || line.startsWith("#") ? [] : [cells(line, mark)]));
  return collect(rows, { names, at, fallback });
}

const fold = (name: string): string => name.toLowerCase().replace(/[\s-]+/g, "_");

function counterIn(names: readonly string[]): number | undefined {
  if (names.length < 2) return undefined;
  const folded = names.map(fold);
  for (const words of counters) {
    const at = folded.findIndex((name) => words.includes(name));
    if (at !== -1) return at;
  }
  return undefined;
}

const isCounter = (name: string): boolean => counters.some((words) => words.includes(fold(name)));

function markOf(line: string): string {
  return ["\t", ";", ","].find((mark) => line.includes(mark)) ?? ",";
}

/** One line; quotes as in RFC 4180, but no line end inside them. */
function cells(line: string, mark: string): readonly string[] {
  if (!line.includes('"')) return line.split(mark);
  const out: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === '"' && quoted && line.charAt(at + 1) === '"') cell += line.charAt(++at);
    else if (char === '"') quoted = !quoted;
    else if (char === mark && !quoted) {
      out.push(cell);
      cell = "";
    } else cell += char;
  }
  out.push(cell);
  return out;
}

interface Frame {
  readonly names: readonly string[];
  readonly at: number;
  readonly fallback: string;
}

function collect(rows: readonly (readonly string[])[], { names, at, fallback }: Frame): readonly Series[] {
  const x = names[at] === "" ? "index" : (names[at] ?? "step");
  const columns = names.map((_, column) => column).filter((column) => column !== at && !isCounter(names[column] ?? ""));
  const [splitting, values] = [true, false].map((is) => columns.filter((column) => splitters.includes(fold(names[column] ?? "")) === is));
  const isName = (column: number): boolean => naming.includes(fold(names[column] ?? ""));
  const isBare = (values ?? []).some((column) => isValue(names[column] ?? ""));
  const varied = (splitting ?? []).filter((column) => (isBare && isName(column)) || rows.some((row) => row[column] !== rows[0]?.[column]));
  const groups = [...varied.filter(isName), ...varied.filter((column) => !isName(column))];
  const found = new Map<string, Point[]>();
  for (const row of rows) {
    const place = number(row[at]);
    if (typeof place !== "number") continue;
    const group = groups.map((column) => groupName(names[column] ?? "", row[column]?.trim() ?? "")).filter((word) => word !== "");
    for (const column of values ?? []) {
      const value = number(row[column]);
      if (value === undefined) continue;
      const name = nameOf(names[column] ?? "", group, isName(groups[0] ?? -1), fallback);
      const points = found.get(name);
      if (points !== undefined) points.push([place, value]);
      else if (found.size < mostSeries) found.set(name, [[place, value]]);
    }
  }
  return [...found]
    .filter(([, points]) => points.some(([, y]) => y !== null))
    .map(([name, points]) => ({ name, x, points: inOrder(points) }));
}

/** `loss` speaks for itself, `1` is `seed 1`. */
const groupName = (column: string, value: string): string => (/^[\d.]*$/.test(value) && value !== "" ? `${column} ${value}` : value);

const isValue = (column: string): boolean => fold(column) === "value" || fold(column) === "values" || column === "";

/** `value` has the name that stands beside it; what tells its repetitions apart follows in brackets. */
function nameOf(column: string, group: readonly string[], isNamed: boolean, fallback: string): string {
  const plain = isValue(column);
  const [first = fallback, ...rest] = group;
  if (plain && (isNamed || group.length === 0)) return rest.length === 0 ? first : `${first} (${rest.join(", ")})`;
  if (group.length === 0) return column;
  return plain ? group.join(", ") : `${column} (${group.join(", ")})`;
}

const lost = /^[+-]?(?:nan|inf|infinity)$/i;

/** Nothing for an empty cell or a word: not recorded. Null for NaN and infinity. */
function number(cell: string | undefined): number | null | undefined {
  const text = cell?.trim() ?? "";
  if (text === "") return undefined;
  const value = Number(text.endsWith("%") ? text.slice(0, -1) : text);
  if (Number.isFinite(value)) return text.endsWith("%") ? value / 100 : value;
  return lost.test(text) || !Number.isNaN(value) ? null : undefined;
}

/** A resumed run goes back: what it wrote last for one place stands. */
function inOrder(points: readonly Point[]): readonly Point[] {
  const sorted = points.every(([x], index) => index === 0 || x > (points[index - 1]?.[0] ?? 0));
  if (sorted) return points;
  return [...new Map(points)].sort(([left], [right]) => left - right);
}

/** At most `most` points: the ends, and of each stretch between them the lowest and the highest. Gaps stay gaps. */
export function thin(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  const buckets = Math.max(Math.floor((most - 2) / 2), 1);
  const inner = points.length - 2;
  const kept: (Point | undefined)[] = [points[0]];
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = 1 + Math.floor((bucket * inner) / buckets);
    const to = 1 + Math.floor(((bucket + 1) * inner) / buckets);
    kept.push(...extremes(points, from, to));
  }
  kept.push(points.at(-1));
  return kept.filter((point) => point !== undefined);
}

function extremes(points: readonly Point[], from: number, to: number): readonly (Point | undefined)[] {
  let low = -1;
  let high = -1;
  let gap = -1;
  for (let at = from; at < to; at += 1) {
    const y = points[at]?.[1] ?? null;
    if (y === null) gap = at;
    else {
      if (low === -1 || y < (points[low]?.[1] ?? 0)) low = at;
      if (high === -1 || y > (points[high]?.[1] ?? 0)) high = at;
    }
  }
  const chosen = [...new Set([low, high, gap])].filter((at) => at !== -1).sort((left, right) => left - right);
  return chosen.map((at) => points[at]);
}
