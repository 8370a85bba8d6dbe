// How often runs of each value broke: what is seen of a value's results are only those that survived it.

import type { RunFile } from "../record/experiment.ts";
import { wilson } from "./proportions.ts";
import { type Ground, type Row, recordedValue } from "./table.ts";

export interface ValueFailures {
  readonly text: string;
  readonly failed: number;
  /** Runs that ended, well or not. */
  readonly n: number;
  /** 95% interval of the share. */
  readonly low: number;
  readonly high: number;
  /** The interval lies above the share of all runs with another value. */
  readonly more: boolean;
}

const broke = ({ run: { status } }: RunFile): boolean => status === "failed" || status === "lost";
const ended = (file: RunFile): boolean => file.run.status === "finished" || broke(file);

/** By parameter the values of which a run failed, most failures first. */
export function findFailures(
  files: readonly RunFile[],
  { rows, table: { names } }: Pick<Ground, "rows" | "table">,
): ReadonlyMap<string, readonly ValueFailures[]> {
  const all = files.filter(ended);
  const failed = all.filter(broke);
  const seen = new Map<number, Map<number, { failed: number; n: number; file: RunFile }>>();
  for (const file of failed)
    eachCell(rows.get(file), (name, value) => {
      const values = seen.get(name) ?? new Map<number, { failed: number; n: number; file: RunFile }>();
      seen.set(name, values);
      const known = values.get(value);
      if (known === undefined) values.set(value, { failed: 1, n: 0, file });
      else known.failed += 1;
    });
  const recorded = new Map<number, number>();
  if (seen.size > 0)
    for (const file of all)
      eachCell(rows.get(file), (name, value) => {
        const values = seen.get(name);
        if (values === undefined) return;
        recorded.set(name, (recorded.get(name) ?? 0) + 1);
        const known = values.get(value);
        if (known !== undefined) known.n += 1;
      });
  return new Map(
    [...seen].map(([number, values]) => {
      const name = names[number] ?? "";
      const broken = [...values.values()].reduce((sum, value) => sum + value.failed, 0);
      const whole = { failed: broken, n: recorded.get(number) ?? 0 };
      const list = [...values.values()].map(({ file, ...count }) => rateOf(recordedValue(file, name)?.text ?? "", count, whole));
      return [name, list.sort((left, right) => Number(right.more) - Number(left.more) || right.failed - left.failed)];
    }),
  );
}

type Count = Pick<ValueFailures, "failed" | "n">;

function rateOf(text: string, { failed, n }: Count, whole: Count): ValueFailures {
  const [low, high] = wilson({ successes: failed, trials: n });
  const others = whole.n - n;
  return { text, failed, n, low, high, more: others > 0 && low > (whole.failed - failed) / others };
}

function eachCell(row: Row | undefined, visit: (name: number, value: number) => void): void {
  if (row !== undefined) for (let at = 0; at < row.length; at += 2) visit(row[at] ?? 0, row[at + 1] ?? 0);
}
