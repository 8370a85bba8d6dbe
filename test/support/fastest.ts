import { stopwatch } from "./stopwatch.ts";

/** Milliseconds of the fastest of three, so that a busy machine does not fail the test. */
export function fastest(run: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const spent = stopwatch();
    run();
    return spent();
  });
  return Math.min(...times);
}
