// Configurations in YAML: Hydra's, Lightning's hparams, Ultralytics' args, DVC's params. Tags such as `!!python/object` are data.

import { parseYaml } from "../markdown/yaml.ts";
import { type Json, plain } from "../record/tree.ts";
import { parametersOf } from "./arguments.ts";
import { type Decoder, fault, type Item, type Parameter } from "./item.ts";
import { type Dict, isDict, parametersIn } from "./record-items.ts";
import { openWhole } from "./whole.ts";

const largest = 4_000_000;

/** Reads a map, and what it has to say about the text. */
export function openYaml(read: (value: Dict) => readonly Item[]): Decoder {
  return openWhole(largest, (text) => {
    const { value, faults } = readYaml(text);
    return [...faults, ...(isDict(value) ? read(value) : [])];
  });
}

export function openYamlConfig(from: Parameter["from"]): Decoder {
  return openYaml((config) => parametersIn(config, from));
}

/** Hydra's list of what differs from the composed configuration: `- lr=0.1`, `- +x=1`. */
export function openOverrides(): Decoder {
  return openWhole(largest, (text) => {
    const { value, faults } = readYaml(text);
    const words = Array.isArray(value) ? value.filter((word): word is string => typeof word === "string") : [];
    return [...faults, ...parametersOf(["hydra", ...words])];
  });
}

function readYaml(text: string): { readonly value: Json | undefined; readonly faults: readonly Item[] } {
  const { tree, problems } = parseYaml(text, 0, text.length);
  const errors = problems.filter(({ severity }) => severity === "error");
  return { value: tree === undefined ? undefined : plain(tree), faults: errors.map(({ message }) => fault(message)) };
}
