// A key as the templates describe it: reader, schema, docs and the empty files follow from such data.

export type FieldType =
  | "text" // one line or a block of prose
  | "texts" // a list, or one text
  | "date"
  | "choice" // one of `values`
  | "number"
  | "flag"
  | "hash" // read from the source text, whatever YAML would make of it
  | "duration" // seconds, or a time with its unit
  | "size" // bytes, or a size with its unit
  | "metric" // a reading, `before -> after`, or a map
  | "change" // `{ from, to }` or `from -> to`
  | "value" // anything
  | "map" // names of the author's own → `of`
  | "fields" // a map of the known keys in `fields`
  | "entries"; // a list of such maps

export interface Field {
  readonly key: string;
  readonly type: FieldType;
  readonly description: string;
  /** YAML as it stands after `key:`. */
  readonly example: string;
  readonly values?: readonly string[];
  /** Type of each value of a `map`. */
  readonly of?: FieldType;
  /** Known keys of `fields` and `entries`, and of the maps inside a `map` of `fields`. */
  readonly fields?: readonly Field[];
  /** Short forms that are read too, for docs and schema. */
  readonly also?: string;
  /** Words people type for this key; they get a did-you-mean. */
  readonly synonyms?: readonly string[];
  /** What the empty template holds after `key:`; absent when `journal new` prints the key only with a value. */
  readonly blank?: string;
}

export function field(key: string, type: FieldType, example: string, description: string, more: Partial<Field> = {}): Field {
  return { key, type, description, example, ...more };
}
