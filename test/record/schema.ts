// The part of JSON Schema 2020-12 that ours use, for tests.

import type { Schema, SchemaValue } from "../../src/record/schema.ts";
import type { Json } from "../../src/record/tree.ts";

const kindOf = (value: Json): string => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);

export function valid(schema: Schema, value: Json): boolean {
  const kind = kindOf(value);
  const types = [schema["type"] ?? kind].flat();
  if (!types.some((type) => type === kind || (type === "integer" && Number.isInteger(value)))) return false;
  const options = schema["enum"];
  if (Array.isArray(options) && !options.includes(value as SchemaValue)) return false;
  const any = schema["anyOf"];
  if (Array.isArray(any) && !any.some((one) => valid(one as Schema, value))) return false;
  const items = schema["items"];
  if (Array.isArray(value)) return items === undefined || value.every((item) => valid(items as Schema, item as Json));
  if (kind !== "object") return true;
  const known = (schema["properties"] ?? {}) as Schema;
  const others = schema["additionalProperties"] ?? {};
  return Object.entries(value as { [key: string]: Json }).every(([key, item]) =>
    Object.hasOwn(known, key) ? valid(known[key] as Schema, item) : others !== false && valid(others as Schema, item),
  );
}

export const vocabulary: ReadonlySet<string> = new Set([
  "$schema",
  "title",
  "description",
  "examples",
  "type",
  "properties",
  "items",
  "anyOf",
  "enum",
  "additionalProperties",
]);
