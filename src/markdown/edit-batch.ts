// Many values set on one reading of the file: each change stands alone, so that one proof holds for all of them and the time
// grows with their number, not with its square. What may depend on an earlier change is left to be applied by itself.

import { JournalError } from "../base/problem.ts";
import type { Source } from "../record/new-run.ts";
import { fieldsByKey } from "../record/template.ts";
import type { Json } from "../record/tree.ts";
import { locate } from "./edit-locate.ts";
import { type Both, equal, isMapNode, keyOf, type Matter, type MatterNode, plainOf, same } from "./edit-matter.ts";
import { isFlow } from "./edit-places.ts";
import type { Plan, Splice } from "./edit-splice.ts";
import { isSource } from "./edit-value.ts";
import { planSet } from "./edit-yaml.ts";

export interface Setting {
  readonly path: readonly string[];
  readonly value: Json | Source;
  readonly patch: string;
}

/** What is to be read where: a plan, or what is below a key. */
type Changes = Map<string, Plan | Changes>;

export interface Batch {
  readonly plans: readonly Plan[];
  /** How many settings it holds, those that change nothing included. */
  readonly count: number;
  readonly changes: Changes;
}

/** As many of the settings, from the first on, as stand alone. */
export function planBatch(matter: Matter, settings: Iterable<Setting>): Batch {
  const plans: Plan[] = [];
  const changes: Changes = new Map();
  const made = new Set<string>();
  let count = 0;
  for (const setting of settings) {
    const plan = planAlone(matter, setting, changes, made);
    if (plan === undefined) break;
    count += 1;
    if (plan === "same") continue;
    plans.push(plan);
    enter(changes, plan);
  }
  return { plans, count, changes };
}

/** Nothing where an earlier change of the batch may matter; `made` holds the new keys so far. */
function planAlone(matter: Matter, { path, value, patch }: Setting, changes: Changes, made: Set<string>): Plan | "same" | undefined {
  if (!isSource(value) && value !== null && typeof value === "object") return undefined;
  try {
    const { steps, rest, keys } = locate(matter, path, patch);
    if (steps.some((step) => step.pair === undefined) || isTouched(changes, keys)) return undefined;
    if (rest.length > 0) {
      const holder = steps.at(-1)?.value ?? matter.root;
      const field = steps.length === 0 && fieldsByKey.has(rest[0] ?? "");
      const fresh = keys.slice(0, steps.length + 1).join("\0");
      if (field || made.has(fresh) || !isMapNode(holder) || isFlow(holder) || holder.items.length === 0) return undefined;
      made.add(fresh);
    }
    return planSet(matter, path, value, patch, false) ?? "same";
  } catch (reason) {
    // It may be in order after the changes before it; if not, it is refused when its turn comes.
    if (reason instanceof JournalError) return undefined;
    throw reason;
  }
}

/** Whether a place is, lies above or lies below what an earlier plan changes. */
function isTouched(changes: Changes, keys: Plan["keys"]): boolean {
  let inner: Plan | Changes | undefined = changes;
  for (const key of keys) {
    if (inner === undefined) return false;
    if (!(inner instanceof Map)) return true;
    inner = inner.get(String(key));
  }
  return inner !== undefined;
}

function enter(changes: Changes, plan: Plan): void {
  let inner = changes;
  const keys = plan.keys.map(String);
  for (const key of keys.slice(0, -1)) {
    const below = inner.get(key);
    const next: Changes = below instanceof Map ? below : new Map();
    inner.set(key, next);
    inner = next;
  }
  inner.set(keys.at(-1) ?? "", plan);
}

export const splicesOf = ({ plans }: Batch): readonly Splice[] => plans.flatMap((plan) => plan.splices);

/** Whether `after` is `before` with exactly these changes: keys there keep their order, new ones follow. */
export function changedAll(before: Matter, after: Matter, { changes }: Batch): boolean {
  return after.broken === undefined && compare({ before, after }, before.root, after.root, changes);
}

function compare(both: Both, before: MatterNode, after: MatterNode, changes: Changes): boolean {
  if (!isMapNode(before) || !isMapNode(after)) return false;
  let changed = 0;
  const kept = after.items.every((pair, index) => {
    const old = before.items[index];
    const change = changes.get(keyOf(pair) ?? "");
    if (change !== undefined) changed += 1;
    if (old === undefined) return change !== undefined && equal(plainOf(pair.value), expected(change));
    if (!same(both, old.key, pair.key)) return false;
    if (change === undefined) return same(both, old.value, pair.value);
    return change instanceof Map ? compare(both, old.value, pair.value, change) : equal(plainOf(pair.value), change.reads as Json);
  });
  return kept && changed === changes.size && after.items.length >= before.items.length;
}

function expected(change: Plan | Changes): Json {
  if (!(change instanceof Map)) return change.reads as Json;
  const out: { [key: string]: Json } = Object.create(null);
  for (const [key, inner] of change) out[key] = expected(inner);
  return out;
}
