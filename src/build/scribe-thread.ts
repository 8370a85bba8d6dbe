// The second thread of a build, which `scribe.ts` starts.

import { workerData } from "node:worker_threads";
import { openMaker } from "./model-text.ts";
import { openStage, type Put } from "./put.ts";
import { type Answer, contentOf, type Failure, type Order, type Parcel, type Work } from "./scribe.ts";

const { folder, fresh, common, counters, port } = workerData as Order;
const stage = openStage(folder, "second");
const make = openMaker(common);
let failure: Failure | undefined;

port.on("message", ([number, files]: Parcel) => {
  const puts = files.map(([path, work]) => write(path, work));
  port.postMessage((failure === undefined ? [number, puts] : [number, puts, failure]) satisfies Answer);
  Atomics.add(counters, 0, 1);
  Atomics.notify(counters, 0);
});

function write(path: string, work: Work): Put | undefined {
  if (failure !== undefined || Atomics.load(counters, 1) === 1) return undefined;
  const content = contentOf(work, make);
  if (content === undefined) return undefined;
  try {
    return stage.put(path, content, fresh);
  } catch (error) {
    const { message, code, syscall, path: place } = error as NodeJS.ErrnoException;
    failure = { path, message, fields: { code, syscall, path: place } };
    return undefined;
  }
}
