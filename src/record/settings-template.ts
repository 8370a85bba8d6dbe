// journal.yaml and study.yaml as data, in the shape of the log template: reader, schema and docs follow from it.

import { type Field, field } from "./field.ts";

export const directions = ["min", "max"] as const;

export const metricFields: readonly Field[] = [
  field("from", "texts", "[Accuracy/val, val_acc]", "Names other tools log it under"),
  field("goal", "choice", "max", "Which way is better; guessed from the name when absent, and said", {
    values: directions,
    synonyms: ["direction", "better"],
  }),
  field("unit", "text", '"%"', "Unit it is shown in"),
  field("pick", "value", "best", "Which point of a curve becomes `after`: best, last, first, min, max, or `{ at: best val_accuracy }`"),
  field("min_effect", "text", "0.3pp", "Smallest difference that matters: points, `1%` (relative), or a number in its unit", {
    synonyms: ["mineffect", "minimum_effect", "threshold"],
  }),
  field("guard", "text", "+10%", "How much worse it may get before a gain elsewhere is not worth it"),
  field("label", "text", "Validation accuracy", "Name in tables and charts", { synonyms: ["title", "name"] }),
];

export const parameterFields: readonly Field[] = [
  field("category", "text", "Batch Size", "Group in the parameter impact summary", { synonyms: ["group"] }),
  field("scale", "choice", "log", "Scale of its axis", { values: ["log", "linear"] }),
  field("label", "text", "Batch size", "Name in tables and charts", { synonyms: ["title", "name"] }),
];

export const goalFields: readonly Field[] = [
  field("min", "text", "training_time", "Metric to make small"),
  field("max", "text", "val_accuracy", "Metric to make large"),
  field("where", "text", "val_accuracy >= best - 1pp", "Filter the candidates must pass; `best` is the best value of that metric"),
];

export const protocolFields: readonly Field[] = [
  field("what", "text", "split by document", "What is different from here on"),
  field("invalid", "texts", "[val_accuracy, val_loss]", "Metrics that are not to be trusted in this era"),
  field("reason", "text", "812 train pages in val (EXP040)", "Why"),
];

const metrics = field("metrics", "map", '{ val_accuracy: { goal: max, unit: "%" } }', "Metrics by name", {
  of: "fields",
  fields: metricFields,
  also: "`val_loss: min`",
});
const parameters = field("parameters", "map", "{ batch_size: { category: Batch Size, scale: log } }", "Parameters by name", {
  of: "fields",
  fields: parameterFields,
  also: "`batch_size: Batch Size`",
  synonyms: ["params"],
});
const code = field(
  "code",
  "texts",
  '[train, lib, "!**/*.md"]',
  "Files whose changes count as changes of the code, from the top of the repository; with `!` those that do not. Without it all do",
);
const ignore = field("ignore", "texts", "[seed, out, device]", "Keys of `config` that are never a change and never split a group");

export const studyFields: readonly Field[] = [
  field("title", "text", "Cats and dogs", "Name of the study", { synonyms: ["name"] }),
  field("question", "text", "Does a deeper head pay?", "What it wants to find out"),
  field("primary", "text", "val_accuracy", "The metric the tables lead with", { synonyms: ["primary_metric", "metric"] }),
  field("baseline", "text", "EXP001-9qd2", "Run to compare with; else the oldest finished run without a base"),
  field(
    "goals",
    "map",
    "{ accuracy: max val_accuracy, speed: { min: training_time, where: val_accuracy >= best - 1pp } }",
    "Best configurations to name: `max METRIC`, `min METRIC`, or a map with a filter",
    {
      of: "fields",
      fields: goalFields,
      also: "`max val_accuracy`",
      synonyms: ["goal"],
    },
  ),
  field(
    "protocols",
    "map",
    "{ v1: { invalid: [val_loss], reason: leak }, v2: { what: split by document } }",
    "Comparability eras in order; the last is current",
    {
      of: "fields",
      fields: protocolFields,
      also: "`v2: split by document`",
      synonyms: ["protocol", "eras"],
    },
  ),
  field("target", "map", '{ val_loss: "<= 3.28 at p < 0.01" }', "Values to reach", { of: "text", synonyms: ["targets"] }),
  metrics,
  parameters,
  ignore,
  code,
];

const captureFields: readonly Field[] = [
  field("env", "texts", "[CUDA_VISIBLE_DEVICES]", "Environment variables to record"),
  field("packages", "texts", "[torch, tensorflow]", "Packages whose versions are recorded"),
  field(
    "patterns",
    "texts",
    "['^val_bpb: (?<val_bpb>[\\d.]+)']",
    "Regular expressions with a named group per metric, tried on each line of output",
  ),
  field(
    "artifacts",
    "texts",
    '["out/*.pt"]',
    "Files that a run may leave, from the journal's root: recorded by size and hash, never copied",
  ),
];

const siteFields: readonly Field[] = [
  field("url", "text", "https://example.org/journal/", "Address the site is served from"),
  field("repository", "text", "https://example.org/me/repo", "Address of the repository, for links to commits"),
  field("private", "flag", "false", "Whether hosts, users and paths may be shown"),
];

const viewFields: readonly Field[] = [
  field("where", "text", "decision:keep", "Filter", { synonyms: ["filter"] }),
  field("sort", "text", "-date", "Key to sort by, `-` for descending"),
  field("columns", "texts", "[title, changes, val_accuracy]", "Columns of the table"),
];

const dataFields: readonly Field[] = [
  field("path", "text", "data/val", "Where it lies"),
  field("role", "text", "eval", "`train`, `eval`, or a word of your own"),
];

export const settingsFields: readonly Field[] = [
  field("title", "text", "Cats and dogs", "Name of the journal", { synonyms: ["name"] }),
  metrics,
  parameters,
  ignore,
  code,
  field(
    "data",
    "map",
    "{ val: { path: data/val, role: eval } }",
    "Data to hash and record with each run; `role: eval` guards comparability",
    { of: "fields", fields: dataFields, also: "a path" },
  ),
  field("protected", "texts", '["eval/**"]', "Files a run must not change to stay comparable", { synonyms: ["protect"] }),
  field("capture", "fields", "{ env: [CUDA_VISIBLE_DEVICES], packages: [torch] }", "What `journal run` records besides", {
    fields: captureFields,
  }),
  field("site", "fields", "{ url: https://example.org/journal/, private: false }", "The built site", { fields: siteFields }),
  field(
    "views",
    "map",
    "{ recent-keeps: { where: decision:keep, sort: -date, columns: [title, changes] } }",
    "Named tables of the log page and of `journal list --view`",
    { of: "fields", fields: viewFields, also: "a filter alone", synonyms: ["view"] },
  ),
  field("study", "fields", "{ primary: val_accuracy }", "The default study; the same keys make `experiments/NAME/study.yaml`", {
    fields: studyFields,
  }),
];
