// The second thread of a build, which `scribe.ts` starts.

import { workerData } from "node:worker_threads";
import type { Content } from "./plan.ts";
import { openStage, type Put } from "./put.ts";
import { runText } from "./run-text.ts";
import type { Answer, Failure, Order, Parcel, Work } from "./scribe.ts";

const { folder, fresh, common, counters, port } = workerData as Order;
const stage = openStage(folder, "second");
let failure: Failure | undefined;

port.on("message", ([number, files]: Parcel) => {
  const puts = files.map(([path, work]) => write(path, work));
  port.postMessage((failure === undefined ? [number, puts] : [number, puts, failure]) satisfies Answer);
  Atomics.add(counters, 0, 1);
  Atomics.notify(counters, 0);
});

function write(path: string, work: Work): Put | undefined {
  if (failure !== undefined || Atomics.load(counters, 1) === 1) return undefined;
  const content = contentOf(work);
  if (content === undefined) return undefined;
  try {
    return stage.put(path, content, fresh);
  } catch (error) {
    const { message, code, syscall, path: place } = error as NodeJS.ErrnoException;
    failure = { path, message, fields: { code, syscall, path: place } };
    return undefined;
  }
}

/** What fails here is made by the other thread, and fails there as ever. */
function contentOf(work: Work): Content | undefined {
  if (typeof work === "string" || work instanceof Uint8Array) return work;
  try {
    return runText(work, common);
  } catch {
    return undefined;
  }
}
