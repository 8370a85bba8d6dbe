// Rails beside a list, as `git log --graph` draws them: children above their bases, a lane for each line of work, merges join.

/** One row of the list. */
export interface RailItem<T> {
  readonly content: T;
  /** Rows further down that this one came from; the first goes on in its own lane. */
  readonly parents: readonly RailItem<T>[];
  /** On the way to the best: lane 0 is kept for it. */
  readonly onPath: boolean;
  /** The line to its parents, or from its children, is no real one. */
  readonly dashed?: boolean;
}

export interface Rails {
  /** Of the row's own mark. */
  readonly lane: number;
  /** How far to the right anything of this row is. */
  readonly lanes: number;
  /** SVG paths of 20 px lanes in a box 28 high. */
  readonly strong: string;
  readonly best: string;
  readonly dashed: string;
  /** Lanes that go on below this row. */
  readonly below: readonly { readonly lane: number; readonly best: boolean }[];
}

const width = 20;
const height = 28;
const middle = height / 2;
const x = (lane: number): number => lane * width + width / 2;

interface Open<T> {
  readonly wants: RailItem<T>;
  readonly best: boolean;
  readonly dashed: boolean;
}

/** `items` from top to bottom, every one above its parents. */
export function layRails<T>(items: readonly RailItem<T>[]): readonly Rails[] {
  const open: (Open<T> | undefined)[] = [];
  return items.map((item) => layRow(item, open));
}

function layRow<T>(item: RailItem<T>, open: (Open<T> | undefined)[]): Rails {
  const strong: string[] = [];
  const best: string[] = [];
  const dashed: string[] = [];
  const draw = (way: string, line: Pick<Open<T>, "best" | "dashed">): void => {
    (line.best ? best : line.dashed ? dashed : strong).push(way);
  };
  const arriving = open.flatMap((line, lane) => (line?.wants === item ? [lane] : []));
  const lane = item.onPath ? 0 : (arriving[0] ?? firstFree(open));
  const before = open.map((line, at) => ({ line, at })).filter(({ line, at }) => line !== undefined && !arriving.includes(at));
  for (const from of arriving) {
    const line = open[from];
    if (line !== undefined)
      draw(from === lane ? `M${x(lane)} 0V${middle}` : `M${x(from)} 0Q${x(from)} ${middle} ${x(lane)} ${middle}`, line);
    open[from] = undefined;
  }
  for (const { line, at } of before) if (line !== undefined) draw(`M${x(at)} 0V${height}`, line);
  for (const [index, parent] of item.parents.entries()) leave(item, { parent, index, lane }, open, draw);
  const used = [lane, ...before.map(({ at }) => at), ...arriving, ...open.flatMap((line, at) => (line === undefined ? [] : [at]))];
  return {
    lane,
    lanes: used.reduce((most, at) => Math.max(most, at + 1), 1),
    strong: strong.join(""),
    best: best.join(""),
    dashed: dashed.join(""),
    below: open.flatMap((line, at) => (line === undefined ? [] : [{ lane: at, best: line.best }])),
  };
}

interface Leaving<T> {
  readonly parent: RailItem<T>;
  readonly index: number;
  readonly lane: number;
}

function leave<T>(
  item: RailItem<T>,
  { parent, index, lane }: Leaving<T>,
  open: (Open<T> | undefined)[],
  draw: (way: string, line: Pick<Open<T>, "best" | "dashed">) => void,
): void {
  const line = { wants: parent, best: item.onPath && parent.onPath && index === 0, dashed: item.dashed === true || parent.dashed === true };
  const known = open.findIndex((other) => other?.wants === parent);
  const to = known !== -1 ? known : targetOf(parent, lane, index, open);
  draw(to === lane ? `M${x(lane)} ${middle}V${height}` : `M${x(lane)} ${middle}Q${x(to)} ${middle} ${x(to)} ${height}`, line);
  // The first line decides what the lane looks like further down.
  if (known === -1) open[to] = line;
}

/** Lane 0 is for the way to the best; a first parent stays in the lane of its child. */
function targetOf<T>(parent: RailItem<T>, lane: number, index: number, open: readonly (Open<T> | undefined)[]): number {
  if (parent.onPath && open[0] === undefined) return 0;
  if (index === 0 && open[lane] === undefined && lane !== 0) return lane;
  return firstFree(open);
}

function firstFree(open: readonly unknown[]): number {
  for (let lane = 1; ; lane += 1) if (open[lane] === undefined) return lane;
}
