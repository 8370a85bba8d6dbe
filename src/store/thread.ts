// A second thread that is spoken to without promises: it costs time and nothing else where it never starts, stalls or dies.

import { createRequire } from "node:module";

export interface Thread<Message, Answer> {
  readonly post: (message: Message) => void;
  /** What has come since it was asked last. */
  readonly answers: () => readonly Answer[];
  readonly close: () => void;
}

/** The file a thread is started from: beside the module that starts it in the source, in the folder of chunks in the bundle. */
export function threadAddress(name: string, from: string): URL {
  return new URL(`./${name}${from.endsWith(".ts") ? ".ts" : ".js"}`, from);
}

/** `data` and a `port` are its `workerData`. Nothing from source, which no thread reads. Required here and not imported: most calls have no use for it. */
export function startThread<Message, Answer>(address: URL, data: object): Thread<Message, Answer> | undefined {
  if (address.pathname.endsWith(".ts")) return undefined;
  const { MessageChannel, receiveMessageOnPort, Worker } = createRequire(import.meta.url)(
    "node:worker_threads",
  ) as typeof import("node:worker_threads");
  const { port1, port2 } = new MessageChannel();
  try {
    const worker = new Worker(address, { workerData: { ...data, port: port2 }, transferList: [port2], stdout: true, stderr: true });
    worker.on("error", () => {});
    worker.unref();
  } catch {
    return undefined;
  }
  return {
    post: (message) => port1.postMessage(message),
    answers() {
      const answers: Answer[] = [];
      for (let found = receiveMessageOnPort(port1); found !== undefined; found = receiveMessageOnPort(port1)) answers.push(found.message);
      return answers;
    },
    close: () => port1.close(),
  };
}
