// What `journal run` notes beside the command, in words; whatever else stands there is shown as it is written.

import { formatDuration } from "../base/time.ts";
import type { Json } from "../record/tree.ts";
import { showValue } from "../record/value.ts";

type Noted = Readonly<Record<string, Json>>;

interface Wording {
  readonly name: string;
  /** "" where the value is none that `run` writes. */
  readonly text: (value: Json, all: Noted) => string;
}

const isMap = (value: Json): value is { readonly [key: string]: Json } =>
  value !== null && typeof value === "object" && !Array.isArray(value);
const pairs = (value: Json, word: (key: string, text: string) => string): string =>
  isMap(value)
    ? Object.entries(value)
        .map(([key, item]) => word(key, showValue(item)))
        .join(", ")
    : "";
const duration = (value: Json | undefined): string => (typeof value === "number" ? formatDuration(value) : "");

const wordings: Readonly<Record<string, Wording>> = {
  user_seconds: {
    name: "Processor",
    text: (value, { system_seconds: system }) =>
      [`${duration(value)} in the program`, ...(duration(system) === "" ? [] : [`${duration(system)} in the system`])].join(", "),
  },
  locks: { name: "Lock files", text: (value) => pairs(value, (path, hash) => `${path} ${hash.slice(0, 12)}`) },
  variables: { name: "Variables", text: (value) => pairs(value, (key, text) => `${key}=${text}`) },
  left_out: { name: "Left out", text: (value) => pairs(value, (path, why) => `${path} (${why})`) },
  not_recorded: { name: "Not recorded", text: (value) => (Array.isArray(value) ? value.map(showValue).join(", ") : "") },
  checks: {
    name: "Checks",
    text: (value) => (isMap(value) ? `${showValue(value["command"] ?? "")}, exit code ${showValue(value["exit"] ?? "")}` : ""),
  },
};
/** Told by another. */
const silent: ReadonlySet<string> = new Set(["system_seconds"]);

/** Name → text, in the order of the file. */
export function executionWords(all: Noted): readonly { readonly name: string; readonly text: string }[] {
  return Object.entries(all)
    .filter(([key]) => !silent.has(key) || all["user_seconds"] === undefined)
    .map(([key, value]) => {
      const known = Object.hasOwn(wordings, key) ? wordings[key] : undefined;
      const text = known?.text(value, all) ?? "";
      return known === undefined || text === "" ? { name: key, text: showValue(value) } : { name: known.name, text };
    });
}
