// A run and its file as views of one row of a data shard. A shard holds a thousand runs of which a page shows thirty, so that no fact is
// read before somebody asks. Spreading a view (`{ ...run }`) copies nothing; `Object.create(run, …)` is how to change a fact.

import { slug } from "../base/path.ts";
import type {
  BodyFacts,
  CodeChange,
  DataItem,
  Decision,
  Execution,
  Hardware,
  Metric,
  Repeat,
  Run,
  RunFile,
  Status,
} from "../record/experiment.ts";
import type { Json } from "../record/tree.ts";

export type Config = Pick<Run, "config" | "configText">;

export interface ShardView {
  readonly study: string;
  readonly get: (name: string, row: number) => Json | undefined;
  readonly config: (row: number) => Config;
  readonly metrics: (row: number) => readonly Metric[];
}

/** Where a run's file is unless the shard says otherwise. */
export function usualPath({ id, title }: Pick<Run, "id" | "title">, study: string): string {
  return `experiments/${study === "" ? "" : `${study}/`}${id}-${slug(title)}.md`;
}

type Read<T> = (view: ShardView, row: number) => T;
type Facts<T> = { readonly [key in keyof T]-?: Read<T[key] | undefined> };

/** Objects of type T whose every key reads its fact when it is asked. */
export function makeViews<T extends object>(facts: Facts<T>): Read<T> {
  class Place {
    readonly view: ShardView;
    readonly row: number;
    constructor(view: ShardView, row: number) {
      this.view = view;
      this.row = row;
    }
  }
  for (const key of Object.keys(facts) as (keyof T & string)[]) {
    const read = facts[key];
    Object.defineProperty(Place.prototype, key, {
      get(this: Place) {
        return read(this.view, this.row);
      },
    });
  }
  return (view, row) => new Place(view, row) as object as T;
}

const nothing: readonly never[] = [];
const none: Readonly<Record<string, never>> = {};
const asText = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);
const asNumber = (value: Json | undefined): number | undefined => (typeof value === "number" ? value : undefined);
const asList = (value: Json | undefined): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : nothing);

const text =
  <T extends string>(name: string): Read<T | undefined> =>
  (view, row) =>
    asText(view.get(name, row)) as T | undefined;
const texts =
  (name: string): Read<readonly string[]> =>
  (view, row) =>
    asList(view.get(name, row));
/** Written by our own build, whose types say what it is. */
const as =
  <T>(name: string, otherwise: T): Read<T> =>
  (view, row) =>
    (view.get(name, row) as T | undefined) ?? otherwise;
const always =
  <T>(value: T): Read<T> =>
  () =>
    value;

export const runView: Read<Run> = makeViews<Run>({
  id: (view, row) => asText(view.get("id", row)) ?? "",
  title: (view, row) => asText(view.get("title", row)) ?? "",
  status: (view, row) => (asText(view.get("status", row)) ?? "finished") as Status,
  date: text("date"),
  experimenter: text("experimenter"),
  tags: texts("tags"),
  hypothesis: text("hypothesis"),
  assumptions: texts("assumptions"),
  aliases: texts("aliases"),
  base: (view, row) => {
    const base = view.get("base", row);
    return typeof base === "string" ? [base] : asList(base);
  },
  protocol: text("protocol"),
  study: always(undefined),
  config: (view, row) => view.config(row).config,
  configText: (view, row) => view.config(row).configText,
  changes: always(nothing),
  code: (view, row) => codeAt(view.get("code", row)),
  metrics: (view, row) => view.metrics(row),
  repeats: (view, row) => asList(view.get("seeds", row)).map((seed): Repeat => (seed === null ? {} : { seed })),
  data: as<readonly DataItem[]>("data", nothing),
  hardware: as<Hardware | undefined>("hardware", undefined),
  software: as<Run["software"]>("software", none),
  run: executionAt,
  artifacts: always(nothing),
  decision: text<Decision>("decision"),
  decisionWord: text("word"),
  reason: text("reason"),
  earlier: (view, row) => asList(view.get("earlier", row)).map((reason) => ({ reason })),
  hidden: always(false),
  maxLooks: always(undefined),
  invalid: as<Run["invalid"]>("invalid", none),
  remeasured: always(none),
  attempts: always(nothing),
  repeatOf: text("repeatOf"),
  rerunOf: text("rerunOf"),
  source: always(undefined),
  verdict: always(undefined),
  other: always(none),
});

export const fileView: Read<RunFile> = makeViews<RunFile>({
  path: (view, row) => asText(view.get("path", row)) ?? usualPath(runView(view, row), view.study),
  study: (view) => view.study,
  hash: always(""),
  said: always(undefined),
  front: always(undefined),
  run: runView,
  body: bodyAt,
  broken: (view, row) => (view.get("broken", row) === true ? true : undefined),
});

function codeAt(packed: Json | undefined): CodeChange | undefined {
  if (!Array.isArray(packed)) return undefined;
  const [files, added, removed] = packed.map((value) => asNumber(value as Json));
  return {
    ...(files === undefined ? {} : { files }),
    ...(added === undefined ? {} : { added }),
    ...(removed === undefined ? {} : { removed }),
  };
}

const executionKeys = ["command", "cwd", "branch", "commit", "snapshot", "started", "seconds", "exit"] as const;

function executionAt(view: ShardView, row: number): Execution | undefined {
  const facts: Record<string, unknown> = {};
  for (const key of executionKeys) {
    const value = view.get(key, row);
    if (value !== undefined) facts[key] = value === true ? view.get("date", row) : value;
  }
  return Object.keys(facts).length === 0 ? undefined : ({ ...facts, other: none } as Execution);
}

function bodyAt(view: ShardView, row: number): BodyFacts {
  const list = (name: string): readonly string[] => asList(view.get(name, row));
  return {
    worked: list("worked"),
    failed: list("failed"),
    unexpected: list("unexpected"),
    questions: list("questions"),
    tasks: list("next").map((task, index) => ({ text: task, done: false, index, line: 0 })),
    links: nothing,
  };
}
