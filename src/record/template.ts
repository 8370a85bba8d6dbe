// The log template as data. Parser, writer, validation, JSON Schema, docs/format.md and templates/experiment.md follow from it.

import { decisions, statuses } from "./choices.ts";
import { type Field, field } from "./field.ts";

export interface SectionSpec {
  readonly key: string;
  readonly heading: string;
  readonly aliases: readonly string[];
  readonly level: 2 | 3;
  readonly parent?: string;
  /** Whether the empty template holds it. */
  readonly printed: boolean;
  readonly description: string;
}

const executionFields: readonly Field[] = [
  field("command", "texts", '[python, train.py, --batch-size, "64"]', "What ran, argument by argument", {
    also: "one line, as typed in a shell",
    synonyms: ["cmd"],
  }),
  field("cwd", "text", ".", "Folder it ran in, from the repository's root"),
  field("commit", "hash", '"0f3a…"', "Commit it ran on", { synonyms: ["sha", "revision", "hash"] }),
  field("snapshot", "hash", '"9b1c…"', "Snapshot of the working tree as it ran"),
  field("code", "hash", '"5d20…"', "Digest of the files that count as code, where the settings name them"),
  field("branch", "text", "main", "Branch it ran on"),
  field("started", "date", "2026-11-20T10:15:00+01:00", "When it began"),
  field("seconds", "duration", "5760", "How long it took", { also: "`1.6 h`", synonyms: ["duration", "time"] }),
  field("exit", "number", "0", "Exit code of the command", { synonyms: ["exit_code", "returncode"] }),
];

export const fields: readonly Field[] = [
  field("id", "text", "EXP042-k7f3", "Number for people and a random suffix, so that two clones that both take 042 never collide", {
    blank: "",
  }),
  field("title", "text", "Double the batch", "What this run is, in a few words", {
    blank: "",
    synonyms: ["name", "experiment", "run_name"],
  }),
  field("date", "date", "2026-11-20T10:15:00+01:00", "When it began; a plain date is fine", {
    blank: "",
    synonyms: ["day", "created", "timestamp"],
  }),
  field("experimenter", "text", "Ada", "Who ran it", { blank: "", synonyms: ["author", "user", "owner", "by"] }),
  field("status", "choice", "finished", "How far it is", { values: statuses, blank: "planned", synonyms: ["state"] }),
  field("tags", "texts", "[batch-size]", "Words to find it by", {
    blank: "[]",
    also: "one text with commas",
    synonyms: ["labels", "keywords"],
  }),
  field("hypothesis", "text", "A batch of 64 trains faster at the same accuracy.", "What was expected, written before the run", {
    blank: "",
    synonyms: ["idea", "goal", "expectation"],
  }),
  field("assumptions", "texts", "[the data order does not matter]", "What has to hold for the result to mean something"),
  field("aliases", "texts", "[big-batch]", "Further names it can be found by"),
  field("study", "text", "ocr", "Study it belongs to; otherwise the folder decides"),
  field(
    "base",
    "texts",
    "EXP041-9qd2",
    "The run this one changes; a list for a merge: the first is compared, the others are lineage; the baseline has none",
    { blank: "", synonyms: ["parent", "baseline", "base_run", "based_on"] },
  ),
  field("protocol", "text", "v2", "Comparability era, see study.yaml; absent means the study's first", { synonyms: ["era"] }),
  field(
    "config",
    "map",
    "{ batch_size: 64, learning_rate: 1.0e-3, dense_units: [512, 256] }",
    "The whole resulting configuration, nested as you like; a list is one value",
    {
      of: "value",
      blank: "",
      synonyms: ["parameters", "params", "hyperparameters", "hparams", "configuration", "settings"],
    },
  ),
  field(
    "changes",
    "map",
    "{ batch_size: { from: 32, to: 64 } }",
    "Parameters changed against the base, old to new; for readers, never computed with while the base resolves",
    {
      of: "change",
      blank: "",
      also: "`batch_size: 32 -> 64`, `32 → 64`, or a list `- batch_size 32 to 64`",
      synonyms: ["changed", "change", "diff"],
    },
  ),
  field("code", "fields", '{ from: "3f2a…", to: "0f3a…", files: 2, added: 14, removed: 3 }', "What changed in the code against the base", {
    fields: [
      field("from", "hash", '"3f2a…"', "Snapshot of the base"),
      field("to", "hash", '"0f3a…"', "Snapshot of this run"),
      field("files", "number", "2", "Files that differ"),
      field("added", "number", "14", "Lines added"),
      field("removed", "number", "3", "Lines removed"),
    ],
  }),
  field(
    "metrics",
    "map",
    "{ val_accuracy: { before: 85.5%, after: 87.2% } }",
    "Results; one slot of `after` per repeat, `~` where it has no value",
    {
      of: "metric",
      fields: [
        field("before", "value", "85.5%", "Value of the base, a copy for readers"),
        field("after", "value", "[87.2%, 87.0%, ~]", "Value of this run, or one per repeat"),
        field("step", "number", "4200", "Point of the curve `after` was taken from"),
        field("pick", "text", "best", "How that point was picked"),
      ],
      blank: "",
      also: "`val_accuracy: 87.2%`, `val_accuracy: 85.5% -> 87.2%`",
      synonyms: ["results", "result", "scores", "metric"],
    },
  ),
  field("repeats", "entries", "[ { seed: 1, seconds: 5760, exit: 0 } ]", "One entry per repetition of this very configuration", {
    fields: [
      field("seed", "hash", "1", "Seed of the repetition"),
      field("seconds", "duration", "5760", "How long it took"),
      field("exit", "number", "0", "Exit code"),
    ],
    also: "a number, or a list of seeds",
    synonyms: ["seeds", "replicates", "runs"],
  }),
  field("data", "map", '{ val: { path: data/val, sha256: "…", role: eval } }', "Data it used; `role: eval` guards comparability", {
    of: "fields",
    fields: [
      field("path", "text", "data/val", "Where it lies"),
      field("sha256", "hash", '"…"', "Hash of its content"),
      field("role", "text", "eval", "`train`, `eval`, or a word of your own"),
    ],
    also: "a list of paths",
    synonyms: ["dataset", "datasets"],
  }),
  field(
    "hardware",
    "fields",
    "{ gpu: NVIDIA T4, ram: 16 GB, cpu: Xeon 2.2 GHz, class: t4 }",
    "Machine it ran on; durations compare only within a class",
    {
      fields: [
        field("gpu", "text", "NVIDIA T4", "Accelerator, with its count when more than one"),
        field("ram", "text", "16 GB", "Main memory"),
        field("cpu", "text", "Xeon 2.2 GHz", "Processor"),
        field("class", "text", "t4", "Name of the class of equal machines"),
      ],
      blank: "",
      also: "one text",
      synonyms: ["machine", "device", "hw"],
    },
  ),
  field("software", "map", '{ python: 3.11.7, cuda: "12.2" }', "Versions that matter", {
    of: "hash",
    blank: "",
    also: "a list `- python 3.11.7`",
    synonyms: ["environment", "env", "versions", "packages"],
  }),
  field("run", "fields", '{ command: [python, train.py], cwd: ., commit: "0f3a…", seconds: 5760, exit: 0 }', "How it was executed", {
    fields: executionFields,
    also: "the command as one text",
    synonyms: ["execution", "command"],
  }),
  field("attempts", "entries", "[ { started: 2026-11-20T10:15:00+01:00, seconds: 900, exit: 1 } ]", "Every start of a resumed run", {
    fields: executionFields.filter((known) => ["started", "seconds", "exit", "snapshot"].includes(known.key)),
  }),
  field(
    "artifacts",
    "entries",
    '[ { role: checkpoint, path: out/best.pt, bytes: 102400000, sha256: "…" } ]',
    "Files it made, never copied into git",
    {
      fields: [
        field("role", "text", "checkpoint", "What it is"),
        field("path", "text", "out/best.pt", "Where it lies"),
        field("bytes", "size", "102400000", "Size"),
        field("sha256", "hash", '"…"', "Hash of its content"),
      ],
      also: "a list of paths",
      synonyms: ["outputs", "files", "checkpoints"],
    },
  ),
  field("repeat_of", "text", "EXP042-k7f3", "This file adds repetitions to that run"),
  field("rerun_of", "text", "EXP042-k7f3", "This run executes that one again"),
  field("source", "value", "{ tool: mlflow, path: mlruns/0/9f2c }", "Where an imported run came from"),
  field("remeasured", "map", "{ v2: { val_accuracy: 84.1% } }", "Metrics measured again under a later protocol", { of: "value" }),
  field("invalid", "map", "{ val_accuracy: leaked pages }", "Metrics not to be trusted, and why", {
    of: "text",
    also: "one text for the whole run",
  }),
  field("max_looks", "number", "3", "How often the result will be looked at while repeats are still added, written before the first look", {
    synonyms: ["looks"],
  }),
  field("hidden", "flag", "true", "Off the site and out of `journal list` unless asked for", { synonyms: ["private", "hide"] }),
  field("verdict", "value", "promising at small scale", "A judgement in words of your own"),
  field("decision", "choice", "keep", "The author's own; absent means undecided", {
    values: decisions,
    blank: "",
    also: "words of your own, read by their meaning: `kept`, `revert (noise)`",
    synonyms: ["keep", "outcome", "decided"],
  }),
  field("reason", "text", "+1.7 points for no extra cost.", "Why", { blank: "", synonyms: ["why", "because", "rationale"] }),
  field(
    "earlier",
    "entries",
    "[ { decision: discard, reason: looked like noise, date: 2026-11-19 } ]",
    "Decisions that were replaced and had a reason",
    {
      fields: [
        field("decision", "choice", "discard", "What was decided", { values: decisions }),
        field("reason", "text", "looked like noise", "Why"),
        field("date", "date", "2026-11-19", "When"),
        field("by", "text", "Ada", "By whom"),
      ],
      synonyms: ["history"],
    },
  ),
];

/** Field by key; a Map, so that a hostile key finds nothing. */
export const fieldsByKey: ReadonlyMap<string, Field> = new Map(fields.map((known) => [known.key, known]));

export const sections: readonly SectionSpec[] = [
  {
    key: "observations",
    heading: "Observations",
    aliases: ["Observation", "Key observations", "Findings", "Results and observations"],
    level: 2,
    printed: true,
    description: "What was seen",
  },
  {
    key: "worked",
    heading: "What worked",
    aliases: ["Worked", "What went well", "Works", "Successes", "What worked well"],
    level: 3,
    parent: "observations",
    printed: true,
    description: "List of what helped",
  },
  {
    key: "failed",
    heading: "What didn't work",
    aliases: [
      "What did not work",
      "What didnt work",
      "Didn't work",
      "Did not work",
      "Failed",
      "What failed",
      "What went wrong",
      "Failures",
      "Negative results",
    ],
    level: 3,
    parent: "observations",
    printed: true,
    description: "List of what did not help",
  },
  {
    key: "unexpected",
    heading: "Unexpected behaviors",
    aliases: [
      "Unexpected",
      "Unexpected behaviours",
      "Unexpected behavior",
      "Unexpected behaviour",
      "Surprises",
      "Surprising",
      "Unexpected results",
    ],
    level: 3,
    parent: "observations",
    printed: true,
    description: "List of what surprised",
  },
  {
    key: "curves",
    heading: "Training curves",
    aliases: ["Curves", "Training curve", "Learning curves", "Loss curves", "Plots", "Figures"],
    level: 2,
    printed: true,
    description: "Figures and remarks on them; recorded curves are drawn by themselves",
  },
  {
    key: "next",
    heading: "Next steps",
    aliases: [
      "Next",
      "Next step",
      "TODO",
      "To do",
      "To-do",
      "TODOs",
      "What next",
      "What's next",
      "Future work",
      "Plan",
      "Next experiments",
    ],
    level: 2,
    printed: true,
    description: "Task list, gathered by `journal todo`",
  },
  {
    key: "notes",
    heading: "Run notes",
    aliases: ["Notes", "Note", "Run note", "Log", "Diary"],
    level: 2,
    printed: true,
    description: "Dated notes, each under a heading with its date",
  },
  {
    key: "motivation",
    heading: "Motivation",
    aliases: ["Why", "Background", "Reason for this run", "Rationale"],
    level: 3,
    parent: "notes",
    printed: false,
    description: "Why this run",
  },
  {
    key: "issues",
    heading: "Issues",
    aliases: [
      "Issues encountered",
      "Issues encountered and resolved",
      "Issues and resolutions",
      "Problems",
      "Problems encountered",
      "Issue",
      "Bugs",
    ],
    level: 3,
    parent: "notes",
    printed: false,
    description: "What went wrong on the way and how it was resolved",
  },
  {
    key: "questions",
    heading: "Follow-up questions",
    aliases: ["Questions", "Open questions", "Follow up questions", "Followup questions", "Follow-ups", "Follow up", "Question"],
    level: 3,
    parent: "notes",
    printed: true,
    description: "List of what to find out",
  },
];

const sectionsByHeading: ReadonlyMap<string, SectionSpec> = new Map(
  sections.flatMap((section) => [section.heading, ...section.aliases].map((heading) => [foldHeading(heading), section] as const)),
);

/** The section a heading opens, however it is cased, punctuated, numbered or decorated: `2. What Didn’t work:` → `failed`. */
export function findSection(heading: string): SectionSpec | undefined {
  if (heading.length > 120) return undefined;
  const known = asked.get(heading);
  if (known !== undefined) return known;
  const found = sectionsByHeading.get(foldHeading(heading));
  if (found !== undefined && asked.size < mostAsked) asked.set(heading, found);
  return found;
}

/** Most files write the same few. */
const asked = new Map<string, SectionSpec>();
const mostAsked = 200;

function foldHeading(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/['’‘`´]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .replace(/^\d{1,3} /, "");
}

/** The empty template: what a person fills by hand and `journal new` fills with facts. Its comments are YAML's, so nothing in it counts as data. */
export function templateText(): string {
  const hints: Readonly<Record<string, string>> = {
    config: "batch_size: 64, one line each, two spaces in",
    changes: "batch_size: 32 -> 64",
    metrics: "val_accuracy: 85.5% -> 87.2%",
    decision: decisions.join(" or "),
  };
  const matter = fields
    .filter((known) => known.blank !== undefined)
    .map((known) =>
      [`${known.key}:`, known.blank, Object.hasOwn(hints, known.key) ? `# ${hints[known.key]}` : ""]
        .filter((part) => part !== "")
        .join(" "),
    );
  const headings = sections.filter((section) => section.printed).map((section) => `${"#".repeat(section.level)} ${section.heading}`);
  return ["---", ...matter, "---", "", headings.join("\n\n"), ""].join("\n");
}
