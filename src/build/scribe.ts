// A second thread that writes the files of a build, and makes the pages of runs from their models. It is handed a few files at a time, in
// their order, and never much more than it can write. One that cannot start, never gets a processor or dies costs time and nothing else: what
// it did not answer for is made and written by the caller.

import type { MessagePort } from "node:worker_threads";
import { writeFailure } from "../store/failure.ts";
import { startThread, type Thread, threadAddress } from "../store/thread.ts";
import type { Common, Model } from "./model.ts";
import type { Content } from "./plan.ts";
import type { Put } from "./put.ts";

export type Work = Content | Model;

/** Where and how it writes. */
export interface Desk {
  readonly folder: string;
  /** Nothing can stand there yet. */
  readonly fresh: boolean;
  readonly common: Common;
}

/** What the other thread is told. */
export interface Order extends Desk {
  /** How many parcels are answered; whether to write no more. */
  readonly counters: Int32Array;
  readonly port: MessagePort;
}

export type Parcel = readonly [number: number, files: readonly (readonly [path: string, work: Work])[]];

/** A parcel by its number, each file as it stands now; nothing for what needs the site, or came after a failure. */
export type Answer = readonly [number: number, puts: readonly (Put | undefined)[], failure?: Failure];

/** Of the system: an error loses its fields between threads. */
export interface Failure {
  readonly path: string;
  readonly message: string;
  readonly fields: { readonly [key in "code" | "syscall" | "path"]: string | undefined };
}

/** The other thread, as this one sees it. */
export type Scribing = Thread<Parcel, Answer>;

export interface Scribe {
  /** False after it was given up. */
  readonly works: boolean;
  /** How much it has to do, in characters. */
  readonly underWay: number;
  /** Waits while much is under way. */
  write(path: string, work: Work): void;
  /** Waits until all is answered; the paths of what was not written. */
  finish(): readonly string[];
  /** It writes nothing any more. */
  close(): void;
}

export interface ScribeOptions {
  readonly written: (path: string, put: Put) => void;
  /** `kept` says what became of the data. */
  readonly kept: string;
  readonly start?: (order: Omit<Order, "port">) => Scribing | undefined;
  /** Without a sign of the other thread it is given up, in ms. */
  readonly patience?: number;
}

/** Of a parcel, whichever is reached first; the size in characters. */
const most = { files: 16, size: 256_000 } as const;
/** Under way: where nothing more is handed over. */
const mostUnderWay = 10_000_000;
/** About what a model takes on its way. */
const sizes: { readonly [kind in Model["kind"]]: number } = { run: 4_500, copy: 200, log: 250_000 };

export function openScribe(desk: Desk, { written, kept, start = startScribe, patience = 10_000 }: ScribeOptions): Scribe | undefined {
  const counters = new Int32Array(new SharedArrayBuffer(8));
  const thread = start({ ...desk, counters });
  if (thread === undefined) return undefined;
  const underWay = new Map<number, Sent>();
  const undone: string[] = [];
  let parcel = emptyParcel();
  let number = 0;
  let works = true;
  const take = ([answered, puts, failure]: Answer): void => {
    for (const [at, path] of (underWay.get(answered)?.paths ?? []).entries()) {
      const put = puts[at];
      if (put === undefined) undone.push(path);
      else written(path, put);
    }
    underWay.delete(answered);
    if (failure !== undefined) throw writeFailure(Object.assign(new Error(failure.message), failure.fields), failure.path, kept);
  };
  const send = (): void => {
    const { files, size } = parcel;
    parcel = emptyParcel();
    underWay.set(number, { paths: files.map(([path]) => path), size });
    thread.post([number, files]);
    number += 1;
  };
  /** Gives up where nothing comes for too long. */
  const wait = (limit: number): void => {
    if (answersUntil(() => sizeOfAll(underWay) <= limit, { thread, take, counters, patience })) return;
    works = false;
    Atomics.store(counters, 1, 1);
    undone.push(...[...underWay.values()].flatMap(({ paths }) => paths));
    underWay.clear();
  };
  return {
    get works() {
      return works;
    },
    get underWay() {
      return sizeOfAll(underWay);
    },
    write(path, work) {
      parcel.files.push([path, work]);
      parcel.size += sizeOf(work);
      if (parcel.files.length < most.files && parcel.size < most.size) return;
      send();
      wait(mostUnderWay);
    },
    finish() {
      if (works) {
        send();
        wait(0);
      }
      return undone;
    },
    close() {
      Atomics.store(counters, 1, 1);
      if (works) answersUntil(() => Atomics.load(counters, 0) >= number, { thread, take: () => {}, counters, patience });
      works = false;
      thread.close();
    },
  };
}

interface Sent {
  readonly paths: readonly string[];
  readonly size: number;
}

/** One that is being filled. An empty one counts too, so that no file weighs nothing. */
const emptyParcel = (): { readonly files: (readonly [path: string, work: Work])[]; size: number } => ({ files: [], size: 1 });

const sizeOfAll = (underWay: ReadonlyMap<number, Sent>): number => [...underWay.values()].reduce((sum, { size }) => sum + size, 0);

interface Waiting {
  readonly thread: Scribing;
  readonly take: (answer: Answer) => void;
  readonly counters: Int32Array;
  readonly patience: number;
}

/** False where nothing came for too long. */
function answersUntil(enough: () => boolean, { thread, take, counters, patience }: Waiting): boolean {
  for (let waited = ""; ; ) {
    const answered = Atomics.load(counters, 0);
    const answers = thread.answers();
    answers.forEach(take);
    if (enough()) return true;
    if (answers.length > 0) continue;
    if (waited === "timed-out") return false;
    waited = Atomics.wait(counters, 0, answered, patience);
  }
}

function sizeOf(work: Work): number {
  if (typeof work === "string" || work instanceof Uint8Array) return work.length;
  return sizes[work.kind];
}

/** For the thread itself: what fails here is made by the other one, and fails there as ever. */
export function contentOf(work: Work, make: (model: Model) => Content | undefined): Content | undefined {
  if (typeof work === "string" || work instanceof Uint8Array) return work;
  try {
    return make(work);
  } catch {
    return undefined;
  }
}

/** Nothing where none can be started. */
export const startScribe = (
  order: Omit<Order, "port">,
  address: URL = threadAddress("scribe-thread", import.meta.url),
): Scribing | undefined => startThread<Parcel, Answer>(address, order);
