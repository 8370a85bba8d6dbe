// The commands that say what to believe.

import { type CommandSpec, word } from "./command.ts";

export const judge: readonly CommandSpec[] = [
  {
    name: "best",
    group: "Read",
    summary: "the best configuration of each goal, how far to believe it, and all of it to copy",
    more: "The best of many tries is partly the luckiest: beside the value stand its interval, from how many it was chosen, whether repeats that were made after the choice confirm it, what to expect when it is measured again, and how much was tried since anything was last confirmed. Guard rails are held against the baseline. With `--format yaml`, `python` or `flags` the configuration alone is printed, ready to be pasted; the JSON document holds it as `config`.",
    options: [
      { flags: "--study <name>", description: "only this study; `.` is the default one" },
      { flags: "--goal <name>", description: "only this goal, by its name or its metric" },
      { flags: "--kept", description: "among kept runs only" },
      { flags: "--format <format>", description: "how to print", choices: ["table", "yaml", "json", "python", "flags"] },
    ],
    examples: [
      { line: "journal best", does: "every goal, with what it costs" },
      { line: "journal best --goal accuracy --format flags", does: "its configuration as flags of a command line" },
      { line: "journal best --kept --json", does: "for a script" },
    ],
    run: async (given, { open, io, json }) => (await import("./commands/best.ts")).best(await open(), { ...given.options, json }, io),
  },
  {
    name: "lineage",
    group: "Read",
    summary: "where a run came from, and who was the best when",
    more: "Of a run: the way from its first ancestor to it, what each step changed, what was merged in, and the configuration that resulted. Without one: the best of each time, how much was tried while it was the best, and whether it was measured again.",
    arguments: [{ name: "[id]", description: "the way to this run" }],
    options: [{ flags: "--study <name>", description: "only this study; `.` is the default one" }],
    examples: [
      { line: "journal lineage 42", does: "from the first ancestor to run 42" },
      { line: "journal lineage", does: "the best of each time" },
    ],
    run: async (given, { open, io }) => {
      const id = word(given);
      return (await import("./commands/lineage.ts")).lineage(await open(), { ...given.options, ...(id === undefined ? {} : { id }) }, io);
    },
  },
];
