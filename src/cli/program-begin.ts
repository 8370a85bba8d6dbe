// The commands that begin something.

import { type CommandSpec, word } from "./command.ts";

export const begin: readonly CommandSpec[] = [
  {
    name: "demo",
    group: "Begin",
    summary: "make a journal to look at",
    more: "A git repository with a real study in a folder of its own, and its site, which opens in the browser when there is a terminal. Nothing is fetched, and nothing that is there is touched; delete the folder when you have seen enough.",
    arguments: [{ name: "[folder]", description: "a new or empty one; a temporary one otherwise" }],
    options: [{ flags: "--no-open", description: "only say where it is" }],
    examples: [
      { line: "journal demo", does: "and see what a journal looks like" },
      { line: "journal demo digits --no-open", does: "into the folder digits" },
    ],
    run: async (given, { start, io }) => (await import("./commands/demo.ts")).demo(start, word(given), given.options, io),
  },
  {
    name: "init",
    group: "Begin",
    summary: "make this folder a journal",
    more: "Adds what is missing and leaves what is there alone, so it can be run again at any time.",
    options: [
      { flags: "--title <text>", description: "the journal's title; the folder's name by default" },
      { flags: "--merge-driver", description: "also let git merge run files by key and section" },
      { flags: "--no-ci", description: "leave out the workflow that checks the journal on GitHub and publishes its site" },
      { flags: "--no-pages", description: "let that workflow check only, and publish nothing" },
      { flags: "--dry-run", description: "say what would be made, make nothing" },
    ],
    examples: [
      { line: "journal init", does: "journal.yaml, experiments/, .gitignore lines and a GitHub workflow" },
      { line: "journal init --dry-run", does: "only say what is missing" },
    ],
    run: async ({ options }, { start, io }) => (await import("./commands/init.ts")).init(start, options, io),
  },
  {
    name: "new",
    group: "Begin",
    summary: "make the next run file",
    more: "The configuration is the base's with `--set` applied; without `--base` the base is the study's best kept run, else its baseline. Asks when it is on a terminal and nothing was given.",
    arguments: [{ name: "[title]", description: "what is tried, in a few words" }],
    options: [
      { flags: "--study <name>", description: "the study it belongs to; the default study otherwise" },
      { flags: "--base <id>", description: "the run it changes; `none` for a run without one", many: true },
      { flags: "--set <key=value>", description: "a parameter that is changed", many: true },
      { flags: "--hypothesis <text>", description: "what is expected, and why" },
      { flags: "--motivation <text>", description: "why now, into the run notes", many: true },
      { flags: "--tag <tag>", description: "a word to find it by", many: true },
      { flags: "--status <status>", description: "how far it is; planned otherwise", choices: ["planned", "running", "finished"] },
      { flags: "--protocol <name>", description: "the comparability era; the study's last otherwise" },
      { flags: "--date <date>", description: "when it was started; now otherwise" },
      { flags: "--template <file>", description: "the file to fill instead of the journal's own template" },
      { flags: "--strict-novelty", description: "refuse, with 9, what was exactly tried before, instead of a warning" },
      { flags: "--edit", description: "open the file in $VISUAL or $EDITOR, then check it" },
      { flags: "--report", description: "make a report instead: a page of prose with live tables and charts" },
    ],
    examples: [
      { line: 'journal new "Double the batch" --set batch_size=64', does: "a run that changes one parameter of the best kept run" },
      { line: "journal new", does: "be asked" },
      { line: 'journal new "Cosine decay" --base 12 --set schedule=cosine --tag schedule --edit', does: "from run 12, then open it" },
      { line: 'journal new --report "What the sweep taught us"', does: "reports/what-the-sweep-taught-us.md" },
    ],
    run: async (given, { open, io }) => {
      const options = { ...given.options, ...titled(word(given)) };
      if (options.report === true) return (await import("./commands/new-report.ts")).newReport(await open(), options, io);
      return (await import("./commands/new.ts")).newRun(await open(), options, io);
    },
  },
  {
    name: "import",
    group: "Begin",
    summary: "make runs of the logs of other tools",
    more: "Reads TensorBoard, W&B (offline), MLflow (file store), DVCLive, Hugging Face, Lightning, Keras, Ultralytics and Hydra folders, and tables, JSON lines and printed metrics of anybody: one run per folder, with its configuration, its metrics and its curves. The logs stay as they are. What was imported once is not imported again.",
    arguments: [{ name: "<folder>", description: "the folder that holds the logs" }],
    options: [
      { flags: "--study <name>", description: "the study the runs belong to; the default study otherwise" },
      { flags: "--dry-run", description: "say what would be made, make nothing" },
    ],
    examples: [
      { line: "journal import runs --dry-run", does: "see what would become a run, and what not and why" },
      { line: "journal import mlruns --study baselines", does: "a whole MLflow store into one study" },
    ],
    run: async (given, { open, start, io }) =>
      (await import("./commands/import.ts")).importRuns(await open(), { ...given.options, folder: word(given) ?? "." }, start, io),
  },
];

/** An absent title is an absent key. */
const titled = (title: string | undefined): { title?: string } => (title === undefined ? {} : { title });
