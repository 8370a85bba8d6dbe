// The public API: read and edit a journal with the guarantees of the command line. Everything here is documented in docs/api.md.

export { analyse } from "./analysis/analyse.ts";
export type {
  AnalysedRun,
  Analysis,
  Best,
  Delta,
  Effect,
  Evidence,
  Group,
  Impact,
  Machine,
  MetricView,
  PairEffect,
  ParameterChange,
  StudyAnalysis,
} from "./analysis/study.ts";
export { type ExitCode, exits, JournalError, type Problem, type Severity } from "./base/problem.ts";
export type { Done, Edit } from "./markdown/edit.ts";
export { edit } from "./markdown/edit.ts";
export { type ParsedRun, parseRun } from "./markdown/parse.ts";
export type { Filter } from "./query/filter.ts";
export { matches } from "./query/matcher.ts";
export { parseFilter } from "./query/parser.ts";
export { type Vocabulary, vocabulary } from "./query/vocabulary.ts";
export type * from "./record/experiment.ts";
export type { ConfigValue, NewRun, Source } from "./record/new-run.ts";
export { runSchema, settingsSchema, studySchema } from "./record/schema.ts";
export type { Settings, StudySettings } from "./record/settings.ts";
export type { Json } from "./record/tree.ts";
export { indexTables } from "./report/index-tables.ts";
export { toMarkdown } from "./report/markdown.ts";
export type { Cell, Column, Table } from "./report/table.ts";
export type { Effects } from "./store/effects.ts";
export { type Journal, openJournal } from "./store/journal.ts";
