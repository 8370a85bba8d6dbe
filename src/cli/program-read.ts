// The commands that read.

import { type CommandSpec, word, words } from "./command.ts";

export const listFormats = ["table", "markdown", "csv", "latex", "json"] as const;

export const read: readonly CommandSpec[] = [
  {
    name: "list",
    group: "Read",
    summary: "list runs",
    more: "The filter is the same everywhere: `val_accuracy > 87% and tag:batch and decision:keep`. Quote it, or the shell takes `>` for itself. Changes are computed from the configurations; `--json` has them when asked for: `--columns id,changes`. A value declared invalid is marked, and `null` there.",
    arguments: [{ name: "[filter...]", description: "only the runs that match" }],
    options: [
      { flags: "--study <name>", description: "only this study; `.` is the default one" },
      { flags: "--view <name>", description: "a view of journal.yaml; what is given besides narrows or replaces its parts" },
      { flags: "--all", description: "hidden runs too; a filter that names `hidden` shows them as well" },
      { flags: "--sort <columns>", description: "such as `-val_accuracy,date`; a minus turns the order round" },
      { flags: "--columns <names>", description: "such as `id,title,config.batch_size,val_loss`" },
      { flags: "--limit <n>", description: "at most so many" },
      { flags: "--since <rev|date>", description: "runs added or changed since a git revision, or dated since a day" },
      { flags: "--format <format>", description: "how to print", choices: listFormats },
    ],
    examples: [
      { line: "journal list", does: "all runs, in order" },
      { line: "journal list 'decision:keep and val_accuracy > 87%' --sort -val_accuracy", does: "the best kept ones first" },
      { line: "journal list --since origin/main --format markdown", does: "what this branch adds, for a pull request" },
      { line: "journal list --view recent-keeps", does: "filter, order and columns from journal.yaml" },
      { line: "journal list --json", does: "for a script" },
    ],
    run: async (given, { open, io, json }) =>
      (await import("./commands/list.ts")).list(await open(), { ...given.options, filter: words(given).join(" "), json }, io),
  },
  {
    name: "show",
    group: "Read",
    summary: "show one run",
    arguments: [{ name: "<id>", description: "id, its beginning, number, alias or file" }],
    examples: [
      { line: "journal show 42", does: "facts, changes, metrics before → after, prose" },
      { line: "journal show EXP042 --json", does: "the same for a script" },
    ],
    run: async (given, { open, io }) => (await import("./commands/show.ts")).show(await open(), { id: word(given) ?? "" }, io),
  },
  {
    name: "compare",
    group: "Read",
    summary: "hold runs against each other",
    more: "Every value against that of the first run, or of the one `--against` names: the change, its 95% interval where there are repeats, and what that says. Nothing is compared across protocols, evaluation data or, for times, machines. Runs that have one configuration show what each measured alone; any other shows what its configuration measured. With `--since` the runs that a branch adds, against the base they share, else the baseline. With `--pivot` one metric over the values of two parameters, the repeats of a cell as mean ± sd.",
    arguments: [{ name: "[id...]", description: "two runs or more; with `--pivot` only these, of all otherwise" }],
    options: [
      { flags: "--against <id>", description: "the run that the others are held against" },
      { flags: "--since <rev>", description: "runs added or changed since a git revision" },
      { flags: "--pivot <names>", description: "one metric over one or two parameters, such as `lr,batch_size`" },
      { flags: "--metric <name>", description: "of the pivot; the primary one otherwise" },
      { flags: "--study <name>", description: "of the pivot; `.` is the default one" },
      { flags: "--all", description: "parameters that are equal, too" },
      { flags: "--code", description: "of two runs, what changed in the code, in what was installed, and in the machine" },
      { flags: "--format <format>", description: "how to print", choices: listFormats },
    ],
    examples: [
      { line: "journal compare 41 42 43", does: "metrics with their evidence, then the parameters that differ" },
      { line: "journal compare --since origin/main --format markdown", does: "for a pull request" },
      { line: "journal compare --pivot lr,batch_size --metric val_loss", does: "what a sweep comes to" },
      { line: "journal compare 41 42 --code", does: "the patch between their snapshots; packages, old → new" },
    ],
    run: async (given, { open, io }) =>
      (await import("./commands/compare.ts")).compare(await open(), { ...given.options, ids: words(given) }, io),
  },
  {
    name: "verdict",
    group: "Read",
    summary: "is it real? what the numbers of a run say against its base",
    more: "`improved`, `regressed`, `equivalent`, `inconclusive` with how many more repeats would tell, `unjudged` where nothing says how much the values scatter, or `incomparable`. Everything that was tried on the same base counts as one question (Holm), and so does every look at growing repeats. One of A to D says how good the evidence is. The decision of the author is shown beside it and never changed. Asked about single runs, or with `--gate`, it ends with 7 where the answer is open, and with `--gate` with 6 where a run regressed, cannot be compared or breaks a guard rail.",
    arguments: [{ name: "[id...]", description: "of these runs; of all that have a base otherwise" }],
    options: [
      { flags: "--against <id>", description: "held against this run instead of the base" },
      { flags: "--metric <name>", description: "by this metric instead of the primary one" },
      { flags: "--study <name>", description: "only this study; `.` is the default one" },
      { flags: "--since <rev>", description: "runs added or changed since a git revision" },
      { flags: "--gate", description: "fail where something got worse, for CI" },
      { flags: "--format <format>", description: "how to print", choices: listFormats },
    ],
    examples: [
      { line: "journal verdict 42", does: "one run in full" },
      { line: "journal verdict", does: "all runs that have a base, a line each" },
      { line: "journal verdict --since origin/main --gate", does: "for CI: fail when this branch makes something worse" },
    ],
    run: async (given, { open, io, json }) =>
      (await import("./commands/verdict.ts")).verdict(await open(), { ...given.options, ids: words(given), json }, io),
  },
  {
    name: "impact",
    group: "Read",
    summary: "what each parameter did",
    more: "The surest change of each parameter, by the soundest method that has something to say: runs and bases that differ in nothing else, else runs that are equal in all else, else an association. Every number comes with its n, its interval and how it was found; what cannot be told says why. With a parameter, everything that is known of it.",
    arguments: [{ name: "[parameter]", description: "only this one, in full" }],
    options: [
      { flags: "--metric <name>", description: "on this metric instead of the study's primary one" },
      { flags: "--study <name>", description: "of this study; `.` is the default one" },
      { flags: "--format <format>", description: "how to print", choices: listFormats },
    ],
    examples: [
      { line: "journal impact", does: "one line for each parameter, the surest effect first" },
      { line: "journal impact batch_size", does: "every change of it, matched runs, association, failures, what to use" },
      { line: "journal impact --metric training_time --format markdown", does: "what costs time, for a report" },
    ],
    run: async (given, { open, io }) => {
      const parameter = word(given);
      return (await import("./commands/impact.ts")).impact(
        await open(),
        { ...given.options, ...(parameter === undefined ? {} : { parameter }) },
        io,
      );
    },
  },
  {
    name: "tried",
    group: "Read",
    summary: "has anyone tried this?",
    more: "The earlier runs that are nearest in parameters (on the range that was tried, on a log scale where that is wide), in words (title, hypothesis, reason, observations) and in changed files, with what came of them and why. Words with `=` are parameters. Runs that changed a parameter to such a value come before those that only had it from their base.",
    arguments: [{ name: "[word...]", description: "`lr=3e-4` for a parameter, any other for the text" }],
    options: [
      { flags: "--param <key=value>", description: "a parameter", many: true },
      { flags: "--text <words>", description: "what it is about" },
      { flags: "--like <id>", description: "all parameters of this run" },
      { flags: "--diff-from <rev>", description: "the files that differ from this git revision now" },
      { flags: "--near <distance>", description: "only runs within it: 0 the same, 1 nothing alike" },
      { flags: "--study <name>", description: "only this study; `.` is the default one" },
      { flags: "--limit <n>", description: "at most so many; 10 otherwise" },
      { flags: "--format <format>", description: "how to print", choices: listFormats },
    ],
    examples: [
      { line: "journal tried lr=3e-4", does: "who had this learning rate, or one near it" },
      { line: "journal tried cosine warmup", does: "who wrote about it" },
      { line: "journal tried --like 42 --near 0.1", does: "runs nearly like run 42" },
      { line: "journal tried --diff-from HEAD", does: "who changed the files that are being changed now" },
    ],
    run: async (given, { open, io }) =>
      (await import("./commands/tried.ts")).tried(await open(), { ...given.options, words: words(given) }, io),
  },
  {
    name: "todo",
    group: "Read",
    summary: "open next steps and questions",
    arguments: [{ name: "[filter...]", description: "only of the runs that match" }],
    options: [
      { flags: "--study <name>", description: "only this study; `.` is the default one" },
      { flags: "--done <step>", description: "tick one: its number in the list, or `ID:number`", many: true },
    ],
    examples: [
      { line: "journal todo", does: "what to try next" },
      { line: "journal todo --done 2", does: "tick the second" },
    ],
    run: async (given, { open, io }) =>
      (await import("./commands/todo.ts")).todo(await open(), { ...given.options, filter: words(given).join(" ") }, io),
  },
];
