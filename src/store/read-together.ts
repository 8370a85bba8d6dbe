// Many run files at once, with a second thread. The caller gets values, not a promise, as everywhere in the store: a thread that never
// gets a processor, or dies, costs time and nothing else.

import type { MessagePort } from "node:worker_threads";
import { type Context, type Facts, readPlace } from "./facts.ts";
import type { Place } from "./root.ts";
import { startThread, type Thread, threadAddress } from "./thread.ts";

/** Fewer are read before a thread has started. */
const enough = 1_500;
/** Files that are taken at a time. */
const portion = 32;
/** Without a sign of the other thread its files are read here, in ms. */
const patience = 2_000;

/** What the other thread is told. */
export interface Order {
  readonly places: readonly Place[];
  readonly context: Context;
  /** How many portions were taken, how many of those by the other thread are answered. */
  readonly counters: Int32Array;
  readonly port: MessagePort;
}

/** What it answers: a portion by its number. */
export type Answer = readonly [number: number, facts: readonly Facts[]];

/** The other thread, as this one sees it. */
export type Reader = Pick<Thread<never, Answer>, "answers">;

/** By path; nothing where the files are few. */
export function readTogether(
  places: readonly Place[],
  context: Context,
  start: (order: Omit<Order, "port">) => Reader | undefined = startReader,
): ReadonlyMap<string, Facts> {
  const found = new Map<string, Facts>();
  if (places.length < enough) return found;
  const counters = new Int32Array(new SharedArrayBuffer(8));
  const other = start({ places, context, counters });
  const missing = new Set(Array.from({ length: Math.ceil(places.length / portion) }, (_, number) => number));
  const take = ([number, facts]: Answer): void => {
    if (missing.delete(number)) for (const one of facts) found.set(one.entry.path, one);
  };
  for (let number = nextPortion(counters, places); number !== undefined; number = nextPortion(counters, places)) {
    take([number, readPortion(number, places, context)]);
    other?.answers().forEach(take);
  }
  for (let waited = ""; missing.size > 0 && waited !== "timed-out"; ) {
    const answered = Atomics.load(counters, 1);
    other?.answers().forEach(take);
    if (missing.size > 0) waited = Atomics.wait(counters, 1, answered, patience);
  }
  for (const number of missing) take([number, readPortion(number, places, context)]);
  return found;
}

/** Nothing where all are taken. */
export function nextPortion(counters: Int32Array, places: readonly Place[]): number | undefined {
  const number = Atomics.add(counters, 0, 1);
  return number * portion < places.length ? number : undefined;
}

export function readPortion(number: number, places: readonly Place[], context: Context): readonly Facts[] {
  return places.slice(number * portion, (number + 1) * portion).map((place) => readPlace(place, context));
}

/** Nothing where none can be started. */
export const startReader = (order: Omit<Order, "port">, address: URL = threadAddress("reader", import.meta.url)): Reader | undefined =>
  startThread<never, Answer>(address, order);
