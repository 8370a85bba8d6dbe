// What a script handed to its client, as it told it, and which clients there are.

import type { Json } from "../../src/record/tree.ts";
import type { Venv } from "./venv.ts";

export const packages: { readonly trackers: readonly string[]; readonly others: readonly string[] } = {
  trackers: ["tensorboardX==2.6.5", "wandb==0.31.0", "mlflow-skinny==3.17.2", "tqdm==4.70.1"],
  others: ["dvclive==3.49.1", "hydra-core==1.3.8"],
};

export const skipOf = (venv: Venv): string | false => ("reason" in venv ? venv.reason : false);

export interface Given {
  readonly config: Record<string, Json> | null;
  /** Values as Python shows them. */
  readonly points: Record<string, [step: number, value: string][]>;
  readonly single?: Record<string, string>;
  /** The client's own spelling of a name. */
  readonly renamed?: Record<string, string>;
}

const numbers: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY };

/** By the client's names: every point, in its precision. */
export function expected({ points, renamed }: Given, single: boolean): Record<string, readonly (readonly [number, number])[]> {
  const number = (text: string): number => {
    const value = numbers[text] ?? Number(text);
    return single ? Math.fround(value) : value;
  };
  return Object.fromEntries(
    Object.entries(points).map(([name, rows]) => [renamed?.[name] ?? name, rows.map(([step, text]) => [step, number(text)] as const)]),
  );
}
