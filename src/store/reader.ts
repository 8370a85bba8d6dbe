// The second thread of `readTogether`.

import { workerData } from "node:worker_threads";
import { type Answer, nextPortion, type Order, readPortion } from "./read-together.ts";

const { places, context, counters, port } = workerData as Order;
for (let number = nextPortion(counters, places); number !== undefined; number = nextPortion(counters, places)) {
  port.postMessage([number, readPortion(number, places, context)] satisfies Answer);
  Atomics.add(counters, 1, 1);
  Atomics.notify(counters, 1);
}
port.close();
