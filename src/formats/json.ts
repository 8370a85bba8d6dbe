// Files of JSON: records one a line, values that stand for the whole run, and configurations.

import type { Json } from "../record/tree.ts";
import { type Decoder, fault, type Item } from "./item.ts";
import { parseLooseJson } from "./loose-json.ts";
import { isDict, parametersIn, pointsOf } from "./record-items.ts";
import { openLines, openWhole } from "./whole.ts";

const longestLine = 1_000_000;
const largest = 32_000_000;

/** `metrics.jsonl`: a record a line. A line that is cut off or no record is a fault, the rest goes on. */
export function openJsonLines(): Decoder {
  return openLines(longestLine, (text, line): readonly Item[] => {
    const record = parseLooseJson(text);
    return isDict(record) ? pointsOf(record) : [fault("the line is no JSON record", { line })];
  });
}

/** `metrics.json`, `all_results.json`: values by name; Keras' history (`{"loss": [0.5, 0.4]}`); or a list of records. */
export function openJsonMetrics(): Decoder {
  return openWhole(largest, (text) => {
    const value = parseLooseJson(text);
    if (Array.isArray(value)) return value.flatMap((record: Json) => (isDict(record) ? pointsOf(record) : []));
    if (!isDict(value)) return unreadable(text);
    const history = Object.entries(value).flatMap(([name, list]) => historyOf(name, list));
    return history.length > 0 ? history : pointsOf(value);
  });
}

/** One number per epoch. */
function historyOf(name: string, list: Json): readonly Item[] {
  if (!Array.isArray(list) || !list.every((one) => typeof one === "number")) return [];
  return list.map((value, epoch): Item => ({ kind: "point", name, value, epoch }));
}

/** `config.json`: the configuration as the program resolved it. */
export function openJsonConfig(from: "file" | "logger"): Decoder {
  return openWhole(largest, (text) => {
    const value = parseLooseJson(text);
    return isDict(value) ? parametersIn(value, from) : unreadable(text);
  });
}

/** An empty file is one that is just being written. */
export function unreadable(text: string): readonly Item[] {
  return text.trim() === "" ? [] : [fault("the file is no JSON that can be read to its end")];
}
