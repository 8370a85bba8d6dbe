// The commands that show the journal to readers.

import type { CommandSpec } from "./command.ts";

export const site: readonly CommandSpec[] = [
  {
    name: "build",
    group: "Show",
    summary: "make the static site",
    more: "Opens from a disk, from any folder of a web server, or unpacked from the zip. What did not change since the last build is neither made nor written; problems of single files stop nothing.",
    options: [
      { flags: "-o, --output <folder>", description: "where to write; `_site` otherwise" },
      { flags: "--zip [file]", description: "also as one file to hand on; `_site.zip` otherwise" },
      { flags: "--clean", description: "make everything anew, whatever earlier builds left" },
      { flags: "--strict", description: "end with 5 when the journal has errors; the site is made all the same" },
      { flags: "--no-lanes", description: "render every text without short cuts: slow, with the same bytes" },
    ],
    examples: [
      { line: "journal build", does: "then open _site/index.html" },
      { line: "journal build --zip results.zip", does: "a file that shows the site wherever it is unpacked" },
      { line: "journal build -o public --strict", does: "in CI: publish public/, and fail when a file is wrong" },
    ],
    run: async ({ options }, { open, start, io }) => (await import("./commands/build.ts")).build(await open(), options, start, io),
  },
  {
    name: "serve",
    group: "Show",
    summary: "show the site on this machine",
    more: "Read-only, on the loopback address, for this machine's own browsers. What you save is on the open page a moment later; a file that cannot be read is named there until it is mended. Ctrl-C ends it, with 0.",
    options: [
      { flags: "-p, --port <number>", description: "4747 otherwise; 0 takes any free one" },
      { flags: "--open", description: "show it in the browser, when there is a terminal" },
    ],
    examples: [
      { line: "journal serve", does: "then open the address it prints" },
      { line: "journal serve --open --port 0", does: "on any free port, in the browser at once" },
    ],
    run: async ({ options }, { open, io, json }) => (await import("./commands/serve.ts")).serve(await open(), options, json, io),
  },
];
