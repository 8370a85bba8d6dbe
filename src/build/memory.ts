// Garbage lies around while the other threads that would collect it wait for a processor. On a busy machine a build of 10,000 pages would
// take twice the memory it needs.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes of the whole process above which garbage is collected before anything else is made. */
const enough = 380_000_000;
/** Files between two looks. */
const pause = 200;

/** To be called for each file; looks now and then. */
export function makeCollector(): () => void {
  let calls = 0;
  let next = enough;
  let collect: (() => void) | undefined;
  return () => {
    calls += 1;
    if (calls % pause !== 0 || process.memoryUsage.rss() < next) return;
    if (collect === undefined) {
      setFlagsFromString("--expose-gc");
      collect = runInNewContext("gc") as () => void;
    }
    collect();
    // What is alive is not to be collected again and again.
    next = Math.max(enough, process.memoryUsage.rss() + 60_000_000);
  };
}
