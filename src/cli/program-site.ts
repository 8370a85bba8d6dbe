// The commands that show the journal to readers.

import type { CommandSpec } from "./command.ts";

export const site: readonly CommandSpec[] = [
  {
    name: "build",
    group: "Show",
    summary: "make the static site",
    options: [{ flags: "-o, --output <folder>", description: "where to write; `_site` otherwise" }],
    examples: [{ line: "journal build", does: "then open _site/index.html" }],
    run: async ({ options }, { open, start }) => (await import("./commands/build.ts")).build(await open(), options, start),
  },
  {
    name: "serve",
    group: "Show",
    summary: "show the site on this machine",
    more: "Read-only and on the loopback address; every page is made from the files as they are when it is asked for.",
    options: [{ flags: "-p, --port <number>", description: "4747 otherwise; 0 takes any free one" }],
    examples: [{ line: "journal serve", does: "then open the address it prints" }],
    run: async ({ options }, { open, io }) => (await import("./commands/serve.ts")).serve(await open(), options, io),
  },
];
