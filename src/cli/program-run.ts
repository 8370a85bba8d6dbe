// The commands that run something.

import { type CommandSpec, words } from "./command.ts";

export const execute: readonly CommandSpec[] = [
  {
    name: "run",
    group: "Begin",
    summary: "run a command, and leave a page about it",
    more: "The file exists before the command starts. Output, input, signals and exit code are the command's own. Put it behind `--`.",
    arguments: [{ name: "[command...]", description: "what is run, behind `--`" }],
    options: [
      { flags: "--id <id>", description: "a run that was planned, or one that failed or was lost and goes on" },
      { flags: "--study <name>", description: "the study it belongs to; the default study otherwise" },
      { flags: "--base <id>", description: "the run it changes; `none` for a run without one", many: true },
      { flags: "--set <key=value>", description: "a parameter that is changed; the others are the base's", many: true },
      { flags: "--title <text>", description: "what is tried; the command otherwise" },
      { flags: "--hypothesis <text>", description: "what is expected, and why" },
      { flags: "--motivation <text>", description: "why now, into the run notes", many: true },
      { flags: "--tag <tag>", description: "a word to find it by", many: true },
      { flags: "--protocol <name>", description: "the comparability era; the study's last otherwise" },
      { flags: "--repeat <n>", description: "run it n times, as repetitions of one run; `{seed}` in the command is 1 to n" },
      {
        flags: "--grid <name=value,value>",
        description: "a run for each value of `{name}` in the command; several make all combinations",
        many: true,
      },
      {
        flags: "--artifact <path>",
        description: "a file that it leaves behind, recorded by size and hash; may be a pattern: `'out/*.pt'`",
        many: true,
      },
      { flags: "--checks <command>", description: "a command line that must succeed too, before the run may be kept" },
      { flags: "--timeout <time>", description: "end it after this time (`90`, `30min`, `2h`), with exit code 124" },
      { flags: "--detach", description: "go on in the background; the file says how far it is" },
      { flags: "--strict-novelty", description: "refuse, with 9, what was exactly tried before, instead of a warning at the end" },
      { flags: "--debug", description: "leave no record" },
    ],
    examples: [
      { line: "journal run -- python train.py --lr 3e-4", does: "train, and find a page with the metrics, curves and machine" },
      { line: "journal run --repeat 3 -- python train.py --seed '{seed}'", does: "three repetitions, so that a difference can be judged" },
      {
        line: "journal run --grid lr=1e-4,3e-4 --grid bs=32,64 -- python train.py --lr '{lr}' --bs '{bs}'",
        does: "four runs; started again, those that are missing",
      },
      { line: "journal run --id 42 -- ./bench.sh", does: "run what was planned as run 42" },
    ],
    run: async (given, { open, io, json }) =>
      (await import("./commands/run.ts")).run(open, { ...given.options, command: words(given), json }, io),
  },
];
