// The command `journal`. The only place that ends the process.

import { realIo } from "./io.ts";
import { run } from "./run.ts";

// A reader that closed the pipe (`journal list | head`) has seen enough.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? (process.exitCode ?? 0) : 1));
}

void run(process.argv.slice(2), realIo()).then((code) => {
  process.exitCode = code;
});
