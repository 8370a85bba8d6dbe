// V8 compiles a function anew, on other threads, when it has run for a while. A build runs hundreds of functions for a second or two each,
// and half of the processor time of a small site went into compiling what then hardly ran.

import { setFlagsFromString } from "node:v8";

/** Bytes of bytecode that a function runs between two such thoughts; V8's own is 67,584. */
const budget = 300_000;

/** The only version of Node we run on whose V8 has the word; the others complain of it on stderr. */
const node = 20;

/** For the whole process, from now on. */
export function compileLess(): void {
  if (Number.parseInt(process.versions.node, 10) === node) setFlagsFromString(`--interrupt-budget=${budget}`);
}
