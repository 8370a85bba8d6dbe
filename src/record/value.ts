// Values of parameters: what a text means, when two are the same, how one is shown in a message.

import type { Json } from "./tree.ts";

/** What a text means as a YAML value, for the two sides of an arrow: `64` is a number, `[512, 256]` a list. */
export function parseValue(source: string): Json {
  const trimmed = source.trim();
  const quoted = trimmed.length > 1 && (trimmed[0] === '"' || trimmed[0] === "'") && trimmed.endsWith(trimmed[0]);
  if (quoted) return trimmed.slice(1, -1);
  if (trimmed.length > 1 && trimmed.startsWith("[") && trimmed.endsWith("]") && !trimmed.slice(1, -1).includes("[")) {
    const inner = trimmed.slice(1, -1).trim();
    return inner === "" ? [] : inner.split(",").map(parseValue);
  }
  if (/^(?:true|True|TRUE)$/.test(trimmed)) return true;
  if (/^(?:false|False|FALSE)$/.test(trimmed)) return false;
  if (/^(?:null|Null|NULL|~|None)$/.test(trimmed)) return null;
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(trimmed)) {
    const value = Number(trimmed);
    if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return value;
  }
  return trimmed;
}

/** Equal as a person reads them: `64` and `"64"`, `1e-3` and `0.001`, lists item by item, maps key by key. */
export function sameValue(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (left === undefined || right === undefined || left === null || right === null) return false;
  if (typeof left !== "object" && typeof right !== "object") return String(left) === String(right) || sameText(String(left), String(right));
  if (typeof left !== "object" || typeof right !== "object") return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => sameValue(item, right[index]))
    );
  }
  const one = new Map(Object.entries(left));
  const other = new Map(Object.entries(right));
  return one.size === other.size && [...one].every(([key, value]) => other.has(key) && sameValue(value, other.get(key)));
}

function sameText(left: string, right: string): boolean {
  const one = parseValue(left);
  const other = parseValue(right);
  return typeof one !== "object" && typeof other !== "object" && String(one).toLowerCase() === String(other).toLowerCase();
}

/** For people: `64`, `relu`, `[512, 256]`. */
export function showValue(value: Json | undefined): string {
  if (value === undefined) return "?";
  if (typeof value === "string") return value;
  return Array.isArray(value) ? `[${value.map((item) => showValue(item as Json)).join(", ")}]` : JSON.stringify(value);
}
