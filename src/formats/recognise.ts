// Which decoder fits a file, by its path and its first bytes. A table: the first line that fits is the answer.

import { isCurveHeader, openDelimited } from "./delimited.ts";
import type { Decoder } from "./item.ts";
import { openJsonConfig, openJsonLines, openJsonMetrics } from "./json.ts";
import { openMlflowMeta, openMlflowMetric, openMlflowParameter, openMlflowTag } from "./mlflow.ts";
import { openTensorboard } from "./tensorboard.ts";
import { openTrainerState } from "./trainer-state.ts";
import { isWandbLog, openWandb } from "./wandb.ts";
import { openWandbConfig, openWandbMetadata, openWandbSummary } from "./wandb-files.ts";
import { openOverrides, openYamlConfig } from "./yaml.ts";

export interface Format {
  /** The tool, or the kind of file where no tool owns it: "tensorboard", "csv". */
  readonly name: string;
  /** Folder of the run that the file belongs to, written as the path is; "" for the folder that paths start from. */
  readonly run: string;
  readonly open: () => Decoder;
  /** Rewritten, not appended to: decode from the start at each change. */
  readonly whole?: boolean;
  /** Holds parameters and never a measurement. */
  readonly config?: boolean;
}

interface Rule {
  readonly name: string;
  /** Of the path with forward slashes. The group `inside` is what stands behind the run's folder, `of` what the file is about. */
  readonly path: RegExp;
  readonly head?: (text: string, bytes: Uint8Array) => boolean;
  readonly open: (of: string) => Decoder;
  readonly whole?: true;
  /** Holds parameters alone, and is rewritten. */
  readonly config?: true;
}

const isRecord = (text: string): boolean => /^\s*\{/.test(text);
const firstLine = (text: string): string => /^(?:[^\S\n]*(?:#.*)?\n)*(.*)/.exec(text)?.[1] ?? "";
const isTable = (text: string): boolean => isCurveHeader(firstLine(text), false);
/** A file whose name says that it is a log may count by time alone. */
const isLogTable = (text: string): boolean => isCurveHeader(firstLine(text), true);
const table = (of: string): Decoder => openDelimited({ value: of });
const curve = (of: string): Decoder => openDelimited({ value: of, named: true });
const mlflow = "(?:^|/)[0-9a-f]{32}/";
const wandb = "(?:^|/)(?:offline-)?run-\\d{8}_\\d{6}-[\\w-]+/";

const rules: readonly Rule[] = [
  { name: "tensorboard", path: /(?:^|\/)(?<inside>[^/]*\.tfevents\.[^/]*)$/, open: openTensorboard },
  { name: "wandb", path: /(?:^|\/)(?<inside>[^/]+\.wandb)$/, head: (_, bytes) => isWandbLog(bytes), open: openWandb },
  { name: "wandb", path: new RegExp(`${wandb}(?<inside>files/config\\.yaml)$`), open: openWandbConfig, config: true },
  { name: "wandb", path: new RegExp(`${wandb}(?<inside>files/wandb-summary\\.json)$`), open: openWandbSummary, whole: true },
  { name: "wandb", path: new RegExp(`${wandb}(?<inside>files/wandb-metadata\\.json)$`), open: openWandbMetadata, whole: true },
  { name: "mlflow", path: new RegExp(`${mlflow}(?<inside>metrics/(?<of>.+))$`), open: openMlflowMetric },
  { name: "mlflow", path: new RegExp(`${mlflow}(?<inside>params/(?<of>.+))$`), open: openMlflowParameter, whole: true },
  { name: "mlflow", path: new RegExp(`${mlflow}(?<inside>tags/(?<of>.+))$`), open: openMlflowTag, whole: true },
  { name: "mlflow", path: new RegExp(`${mlflow}(?<inside>meta\\.yaml)$`), open: openMlflowMeta, whole: true },
  { name: "dvclive", path: /(?:^|\/)(?<inside>plots\/metrics\/(?<of>.+)\.tsv)$/, head: isLogTable, open: curve },
  { name: "dvclive", path: /(?:^|\/)dvclive\/(?<inside>(?<of>.+)\.tsv)$/, head: isLogTable, open: curve },
  { name: "dvclive", path: /(?:^|\/)dvclive\/(?<inside>metrics\.json)$/, open: openJsonMetrics, whole: true },
  { name: "dvclive", path: /(?:^|\/)(?<inside>dvclive\.json)$/, open: openJsonMetrics, whole: true },
  { name: "dvclive", path: /(?:^|\/)dvclive\/(?<inside>params\.yaml)$/, open: () => openYamlConfig("logger"), config: true },
  { name: "hf-trainer", path: /(?:^|\/)(?<inside>(?:checkpoint-\d+\/)?trainer_state\.json)$/, open: openTrainerState, whole: true },
  { name: "hydra", path: /(?:^|\/)(?<inside>\.hydra\/config\.yaml)$/, open: () => openYamlConfig("file"), config: true },
  { name: "hydra", path: /(?:^|\/)(?<inside>\.hydra\/overrides\.yaml)$/, open: openOverrides, config: true },
  // Its header is rewritten when a metric appears.
  { name: "lightning", path: /(?:^|\/)version_\d+\/(?<inside>(?<of>metrics)\.csv)$/, head: isTable, open: table, whole: true },
  { name: "lightning", path: /(?:^|\/)(?<inside>hparams\.yaml)$/, open: () => openYamlConfig("logger"), config: true },
  {
    name: "ultralytics",
    path: /(?:^|\/)(?<inside>(?<of>results)\.csv)$/,
    head: (text) => /^\s*epoch,.*\bmetrics\//.test(text),
    open: table,
  },
  { name: "ultralytics", path: /(?:^|\/)(?<inside>args\.yaml)$/, open: () => openYamlConfig("logger"), config: true },
  {
    name: "yaml",
    path: /(?:^|\/)(?<inside>(?:params|config|configuration|hyperparameters|opt|hyp)\.ya?ml)$/i,
    open: () => openYamlConfig("file"),
    config: true,
  },
  { name: "json", path: /(?:^|\/)(?<inside>[^/]+\.(?:jsonl|ndjson))$/i, head: isRecord, open: openJsonLines },
  {
    name: "json",
    path: /(?:^|\/)(?<inside>(?:metrics|results|scores|summary|history|(?:all|train|eval|test|predict)_results)\.json)$/i,
    open: openJsonMetrics,
    whole: true,
  },
  {
    name: "json",
    path: /(?:^|\/)(?<inside>(?:config|configuration|params|parameters|hparams|hyperparameters|args|arguments|options|settings)\.json)$/i,
    open: () => openJsonConfig("file"),
    config: true,
  },
  {
    name: "csv",
    path: /(?:^|\/)(?<inside>(?<of>(?:metrics?|logs?|history|training(?:_log)?|progress|monitor)[^/]*)\.(?:csv|tsv))$/i,
    head: isLogTable,
    open: table,
  },
  { name: "csv", path: /(?:^|\/)(?<inside>(?<of>[^/]+)\.(?:csv|tsv))$/i, head: isTable, open: table },
];

/** Nothing when no decoder fits. `head` is the file's first bytes, a few hundred of them or more; only asked for where the path fits. */
export function recognise(path: string, head: Uint8Array | (() => Uint8Array)): Format | undefined {
  const slashed = path.replaceAll("\\", "/");
  let bytes: Uint8Array | undefined;
  for (const { name, path: pattern, head: fits, open, whole, config } of rules) {
    const found = pattern.exec(slashed);
    if (found === null) continue;
    if (fits !== undefined) {
      bytes ??= typeof head === "function" ? head() : head;
      if (!fits(new TextDecoder().decode(bytes), bytes)) continue;
    }
    const { inside = "", of = "" } = found.groups ?? {};
    const run = slashed.slice(0, Math.max(slashed.length - inside.length - 1, 0));
    return { name, run, open: () => open(of), ...(whole || config ? { whole: true } : {}), ...(config ? { config } : {}) };
  }
  return undefined;
}
