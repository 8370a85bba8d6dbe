// Garbage lies around while the other threads that would collect it wait for a processor. On a busy machine a build of 10,000 pages would
// take twice the memory it needs.

import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Bytes on the heap of this thread above which garbage is collected before anything else is made. What the process takes in all would tell
 * too little: memory goes back to the system when another thread finds the time.
 */
const enough = 240_000_000;
/** What is alive is not to be collected again and again. */
const room = 60_000_000;
/** Files between two looks: the last pages weigh all runs, and each leaves as much behind as a hundred others. */
const pause = 10;

/** To be called for each file; looks now and then. */
export function makeCollector(): () => void {
  let calls = 0;
  let next = enough;
  let collect: (() => void) | undefined;
  return () => {
    calls += 1;
    if (calls % pause !== 0 || used() < next) return;
    if (collect === undefined) {
      setFlagsFromString("--expose-gc");
      collect = runInNewContext("gc") as () => void;
    }
    collect();
    next = Math.max(enough, used() + room);
  };
}

const used = (): number => getHeapStatistics().used_heap_size;
