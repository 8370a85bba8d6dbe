// What W&B writes beside its log, online or in old versions: `files/config.yaml`, `wandb-summary.json`, `wandb-metadata.json`.

import type { Json } from "../record/tree.ts";
import type { Decoder, Fact, FactName } from "./item.ts";
import { unreadable } from "./json.ts";
import { parseLooseJson } from "./loose-json.ts";
import { type Dict, isDict, momentOf, parametersIn, pointsOf } from "./record-items.ts";
import { openWhole } from "./whole.ts";
import { openYaml } from "./yaml.ts";

const largest = 16_000_000;

/** Each value is wrapped: `lr: {desc: null, value: 0.1}`. */
export function openWandbConfig(): Decoder {
  return openYaml((config) => {
    const values = Object.entries(config).flatMap(([key, wrapped]): readonly (readonly [string, Json])[] =>
      key === "_wandb" || !isDict(wrapped) || wrapped["value"] === undefined ? [] : [[key, wrapped["value"]]],
    );
    return parametersIn(Object.fromEntries(values), "logger");
  });
}

/** The last value of everything; what begins with `_` W&B counts by itself. */
export function openWandbSummary(): Decoder {
  return openJson((summary) => {
    const step = summary["_step"];
    const own = Object.fromEntries(Object.entries(summary).filter(([key]) => !key.startsWith("_") && key !== "epoch"));
    return pointsOf(own, typeof step === "number" ? { step } : {});
  });
}

const metadataFacts: Readonly<Record<string, FactName>> = { python: "python", host: "host", username: "user", gpu: "gpu" };

export function openWandbMetadata(): Decoder {
  return openJson((metadata) => {
    const text = (value: Json | undefined, name: FactName): readonly Fact[] =>
      typeof value === "string" && value !== "" ? [{ kind: "fact", name, value }] : [];
    const git = metadata["git"];
    const started = momentOf(metadata["startedAt"]);
    const words = Array.isArray(metadata["args"]) ? metadata["args"] : [];
    const program = metadata["codePath"] ?? metadata["program"];
    return [
      ...Object.entries(metadataFacts).flatMap(([key, name]) => text(metadata[key], name)),
      ...(isDict(git) ? [...text(git["commit"], "commit"), ...text(git["remote"], "remote")] : []),
      ...(started === undefined ? [] : [{ kind: "fact", name: "started", value: started } as const]),
      ...(typeof program === "string" ? [{ kind: "fact", name: "command", value: [program, ...words] } as const] : []),
    ];
  });
}

function openJson(read: (value: Dict) => ReturnType<Decoder["end"]>): Decoder {
  return openWhole(largest, (text) => {
    const value = parseLooseJson(text);
    return isDict(value) ? read(value) : unreadable(text);
  });
}
