// A bar on stderr while something takes long: on a terminal only, and gone when it is done.

import type { Io } from "./io.ts";

export interface Progress {
  /** Draws now and then, not at every step. */
  step(done: number, all: number): void;
  /** Wipes the bar away. */
  end(): void;
}

/** Work that is done sooner shows nothing. */
const patience = 300;
const pause = 80;
const widest = 30;

export function progressOn(io: Io, what: string): Progress {
  const { errColumns: columns } = io;
  if (columns === undefined) return { step: () => {}, end: () => {} };
  let next = io.now().getTime() + patience;
  let shown = false;
  return {
    step(done, all) {
      const now = io.now().getTime();
      if (now < next) return;
      next = now + pause;
      shown = true;
      io.err(`\r${bar(what, done, all, columns, io)}`);
    },
    end() {
      if (shown) io.err("\r\x1b[2K");
      shown = false;
    },
  };
}

function bar(what: string, done: number, all: number, columns: number, io: Io): string {
  const count = `${grouped(done).padStart(grouped(all).length)} of ${grouped(all)}`;
  const width = Math.min(widest, columns - what.length - count.length - 6);
  if (width < 4) return `${what} ${count}`.slice(0, columns - 1);
  const full = Math.floor((done / Math.max(all, 1)) * width);
  return `${what} [${io.paint.err("cyan", "#".repeat(full))}${".".repeat(width - full)}] ${count}`;
}

const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
