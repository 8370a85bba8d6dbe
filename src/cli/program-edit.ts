// The commands that change run files: each makes the smallest possible edit and prints what it did.

import { type CommandSpec, type OptionSpec, word, words } from "./command.ts";

const where: OptionSpec = { flags: "--where <filter>", description: "all runs that match, instead of ids" };
const message: OptionSpec = { flags: "-m, --message <text>", description: "why" };
const ids = { name: "[id...]", description: "id, its beginning, number, alias or file" };

export const edit: readonly CommandSpec[] = [
  {
    name: "set",
    group: "Write",
    summary: "set fields and parameters",
    more: "A bare name is a field of the template (`title`, `status`, `hypothesis`, …), any other is a parameter under `config`. A dotted name is a path. It says which it took.",
    arguments: [{ name: "[id|key=value...]", description: "runs, then what to set" }],
    options: [
      { flags: "--unset <key>", description: "remove a field or parameter", many: true },
      { flags: "--tag <tag>", description: "add a tag to those it has", many: true },
      { flags: "--untag <tag>", description: "take a tag away", many: true },
      where,
    ],
    examples: [
      { line: "journal set 42 batch_size=64 status=finished", does: "a parameter and a field" },
      { line: "journal set 42 hardware.gpu='NVIDIA T4'", does: "a value inside a field" },
      { line: "journal set --where 'tag:sweep' protocol=v2", does: "in many runs" },
      { line: "journal set 42 --unset dropout", does: "remove it" },
      { line: "journal set 42 --tag batch-size --untag todo", does: "one tag more, one less" },
    ],
    run: async (given, { open, io }) =>
      (await import("./commands/set.ts")).set(await open(), { ...given.options, words: words(given) }, io),
  },
  {
    name: "log",
    group: "Write",
    summary: "record measured values",
    more: "A planned run that gets a result becomes a finished one. A name that journal.yaml lists under `from` is the metric it belongs to.",
    arguments: [{ name: "[id|metric=value...]", description: "runs, then their metrics; one value per repeat, separated by commas" }],
    options: [{ flags: "--before", description: "the value before the change; for runs without a base file" }, where],
    examples: [
      { line: "journal log 42 val_accuracy=87.2% training_time=1.6h", does: "two metrics" },
      { line: "journal log 42 val_loss=0.38,0.39,0.37", does: "one value per repeat" },
    ],
    run: async (given, { open, io }) =>
      (await import("./commands/log.ts")).log(await open(), { ...given.options, words: words(given) }, io),
  },
  {
    name: "note",
    group: "Write",
    summary: "write down what was seen",
    more: "Without an option the text goes under today's date in the run notes.",
    arguments: [{ name: "[id|text...]", description: "runs, then a plain note" }],
    options: [
      { flags: "--worked <text>", description: "what worked", many: true },
      { flags: "--failed <text>", description: "what did not", many: true },
      { flags: "--unexpected <text>", description: "what nobody expected", many: true },
      { flags: "--next <text>", description: "a next step, as a task", many: true },
      { flags: "--question <text>", description: "a follow-up question", many: true },
      { flags: "--motivation <text>", description: "why this run", many: true },
      { flags: "--issue <text>", description: "a problem on the way", many: true },
      { flags: "--resolved <text>", description: "how the issue was resolved", many: true },
      where,
    ],
    examples: [
      { line: 'journal note 42 "Loss flat until step 300"', does: "a dated note" },
      { line: "journal note 42 --worked 'Twice as fast' --next 'Try 128'", does: "an observation and a next step" },
      { line: "journal note 42 --issue 'Out of memory' --resolved 'gradient checkpointing'", does: "an issue and its cure" },
    ],
    run: async (given, { open, io }) =>
      (await import("./commands/note.ts")).note(await open(), { ...given.options, words: words(given) }, io),
  },
  {
    name: "keep",
    group: "Write",
    summary: "decide to keep a run",
    arguments: [ids],
    options: [message, where],
    examples: [{ line: 'journal keep 42 -m "+1.7 points for no extra cost"', does: "the decision and its reason" }],
    run: async (given, { open, io }) =>
      (await import("./commands/decide.ts")).decide(await open(), { ...given.options, ids: words(given), decision: "keep" }, io),
  },
  {
    name: "discard",
    group: "Write",
    summary: "decide against a run",
    more: "The file stays: what did not work is worth knowing. A decision that is replaced moves to `earlier` with its reason.",
    arguments: [ids],
    options: [message, where],
    examples: [{ line: 'journal discard 43 -m "no gain, twice the memory"', does: "the decision and its reason" }],
    run: async (given, { open, io }) =>
      (await import("./commands/decide.ts")).decide(await open(), { ...given.options, ids: words(given), decision: "discard" }, io),
  },
  {
    name: "invalidate",
    group: "Write",
    summary: "mark a result as not to be trusted",
    more: "The values stay readable and leave best, verdict and impact. Without a metric the whole run is meant.",
    arguments: [{ name: "[id|metric...]", description: "a run, then only these of its metrics" }],
    options: [message, where],
    examples: [
      { line: 'journal invalidate 40 val_accuracy -m "812 train pages in val"', does: "one metric" },
      { line: 'journal invalidate 40 -m "wrong checkpoint"', does: "the whole run" },
    ],
    run: async (given, { open, io }) =>
      (await import("./commands/invalidate.ts")).invalidate(await open(), { ...given.options, words: words(given) }, io),
  },
  {
    name: "attach",
    group: "Write",
    summary: "copy files beside a run",
    arguments: [
      { name: "<id>", description: ids.description },
      { name: "<file...>", description: "figures, logs, curves" },
    ],
    options: [{ flags: "--name <name>", description: "another name for a single file" }],
    examples: [{ line: "journal attach 42 confusion.png", does: "into experiments/EXP042-….files/, with a link to paste" }],
    run: async (given, { open, io }) =>
      (await import("./commands/attach.ts")).attach(await open(), { ...given.options, id: word(given) ?? "", files: words(given, 1) }, io),
  },
  {
    name: "drop",
    group: "Write",
    summary: "remove a run's file and attachments",
    more: "For runs that should never have been made; a run that did not work is better discarded, which keeps what was learnt.",
    arguments: [ids],
    options: [{ flags: "--yes", description: "do not ask" }, { flags: "--force", description: "even when other runs refer to it" }, where],
    examples: [{ line: "journal drop 44 --yes", does: "remove it without being asked" }],
    run: async (given, { open, io }) =>
      (await import("./commands/drop.ts")).drop(await open(), { ...given.options, ids: words(given) }, io),
  },
];
