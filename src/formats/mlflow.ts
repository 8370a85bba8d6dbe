// MLflow's file store: a folder per run, a file per metric, parameter and tag.

import type { Json } from "../record/tree.ts";
import { parseValue } from "../record/value.ts";
import { type Decoder, type Fact, type FactName, fault, type Item } from "./item.ts";
import { readNumber } from "./number-text.ts";
import { openLines, openWhole } from "./whole.ts";
import { openYaml } from "./yaml.ts";

const largest = 1_000_000;

/** `metrics/train/loss`: `<ms> <value> <step>` a line; old stores have no step. */
export function openMlflowMetric(name: string): Decoder {
  return openLines(1000, (text, line): readonly Item[] => {
    const [time, value, step = 0] = text
      .trim()
      .split(/\s+/)
      .map((word) => readNumber(word) ?? word);
    if (typeof time !== "number" || typeof value !== "number" || typeof step !== "number" || !Number.isFinite(step))
      return [fault("the line is no point", { line })];
    return [{ kind: "point", name, value, step, time }];
  });
}

/** `params/lr`: the whole file is the value, always written as text. */
export function openMlflowParameter(name: string): Decoder {
  return openWhole(largest, (text) => [{ kind: "parameter", name, value: parseValue(text), text, from: "logger" }]);
}

const tagFacts: Readonly<Record<string, FactName>> = {
  "mlflow.note.content": "notes",
  "mlflow.runName": "title",
  "mlflow.user": "user",
  "mlflow.source.git.commit": "commit",
  "mlflow.source.git.branch": "branch",
  "mlflow.source.git.repoURL": "remote",
};

/** `tags/mlflow.user`; those of the user become words to find the run by. */
export function openMlflowTag(name: string): Decoder {
  return openWhole(largest, (text): readonly Fact[] => {
    const known = tagFacts[name];
    if (known !== undefined) return [{ kind: "fact", name: known, value: text }];
    if (name === "mlflow.source.name") return [{ kind: "fact", name: "command", value: [text] }];
    const short = !name.startsWith("mlflow.") && text.length <= 40;
    return short ? [{ kind: "fact", name: "tags", value: [text === "" ? name : `${name}: ${text}`] }] : [];
  });
}

const statuses: Readonly<Record<string, string>> = { 1: "running", 2: "running", 3: "finished", 4: "failed", 5: "failed" };

export function openMlflowMeta(): Decoder {
  return openYaml((meta) => {
    const fact = (name: FactName, value: Json | undefined): readonly Fact[] =>
      value === undefined || value === null || value === "" ? [] : [{ kind: "fact", name, value }];
    return [
      ...fact("id", meta["run_id"] ?? meta["run_uuid"]),
      ...fact("title", meta["run_name"]),
      ...fact("user", meta["user_id"]),
      ...fact("started", meta["start_time"]),
      ...fact("ended", meta["end_time"]),
      ...fact("status", statuses[String(meta["status"] ?? 1)]),
      ...(meta["lifecycle_stage"] === "deleted" ? fact("deleted", true) : []),
    ];
  });
}
