// JSON Schema 2020-12 for editors, made from the templates: it completes keys, shows their meaning and marks wrong types.
// It is as lenient as the reader: unknown keys are allowed, and every handwriting format.md accepts is valid.

import type { Field, FieldType } from "./field.ts";
import { settingsFields, studyFields } from "./settings-template.ts";
import { fields } from "./template.ts";

export interface Schema {
  readonly [key: string]: SchemaValue;
}
export type SchemaValue = string | number | boolean | null | readonly SchemaValue[] | Schema;

const dialect = "https://json-schema.org/draft/2020-12/schema";

export function runSchema(): Schema {
  return document("Front matter of a run", "The facts of one experiment; every key is optional.", fields);
}

export function settingsSchema(): Schema {
  return document("journal.yaml", "Settings of a journal; everything has a working default.", settingsFields);
}

export function studySchema(): Schema {
  return document("study.yaml", "Settings of one study; everything has a working default.", studyFields);
}

function document(title: string, description: string, known: readonly Field[]): Schema {
  return { $schema: dialect, title, description, ...map(known) };
}

function map(known: readonly Field[]): Schema {
  return { type: ["object", "null"], properties: Object.fromEntries(known.map((field) => [field.key, property(field)])) };
}

function property(field: Field): Schema {
  const also = field.also === undefined ? "" : ` Also ${field.also}.`;
  return { description: `${field.description}.${also}`, examples: [field.example], ...shapes[field.type](field) };
}

const scalar: Schema = { type: ["string", "number", "boolean", "null"] };
const textual: Schema = { type: ["string", "number", "null"] };
const measured: Schema = { type: ["string", "number", "null"] };

/** A value, a list with a slot per repeat, or a summary `{ mean, sd, n }`. */
const reading: Schema = {
  anyOf: [
    measured,
    { type: "array", items: measured },
    {
      type: "object",
      properties: { mean: measured, sd: measured, n: { type: "integer" }, values: { type: "array", items: measured } },
      additionalProperties: false,
    },
  ],
};

const shapes: { readonly [type in FieldType]: (field: Field) => Schema } = {
  text: (field) => (field.also === undefined ? scalar : anyOf(scalar, field)),
  texts: () => ({ anyOf: [scalar, { type: "array", items: scalar }] }),
  date: () => textual,
  choice: (field) =>
    field.also === undefined
      ? { enum: [...(field.values ?? []), null] }
      : { anyOf: [{ enum: [...(field.values ?? []), null] }, { type: "string" }] },
  number: () => measured,
  flag: () => ({ anyOf: [{ type: ["boolean", "null"] }, { enum: ["yes", "no"] }] }),
  hash: () => textual,
  duration: () => measured,
  size: () => measured,
  value: () => ({}),
  metric: (field) => ({
    anyOf: [
      measured,
      { type: "array", items: measured },
      {
        type: "object",
        properties: {
          ...Object.fromEntries(
            (field.fields ?? []).map((part) => [
              part.key,
              part.key === "before" || part.key === "after" ? { ...property(part), ...reading } : property(part),
            ]),
          ),
        },
      },
    ],
  }),
  change: () => ({
    anyOf: [
      scalar,
      { type: "array" },
      { type: "object", properties: { from: { description: "Value in the base." }, to: { description: "Value in this run." } } },
    ],
  }),
  map: (field) => {
    const named: Schema = {
      type: ["object", "null"],
      additionalProperties: field.of === "fields" ? withText(map(field.fields ?? []), field) : shapes[field.of ?? "value"](field),
    };
    return field.also === undefined ? named : anyOf(named, field);
  },
  fields: (field) => (field.also === undefined ? map(field.fields ?? []) : anyOf(map(field.fields ?? []), field)),
  entries: (field) => anyOf({ type: ["array", "null"], items: withText(map(field.fields ?? []), field) }, field),
};

/** Short forms are texts, numbers or lists. */
function anyOf(schema: Schema, field: Field): Schema {
  return field.also === undefined ? schema : { anyOf: [schema, scalar, { type: "array" }] };
}

function withText(schema: Schema, field: Field): Schema {
  return field.also === undefined ? schema : { anyOf: [schema, scalar] };
}
