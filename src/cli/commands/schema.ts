// `journal schema`: JSON Schemas, for editors and for scripts.

import { JournalError } from "../../base/problem.ts";
import { suggest } from "../../base/suggest.ts";
import { runSchema, settingsSchema, studySchema } from "../../record/schema.ts";
import { unknownValue } from "../messages.ts";
import type { Outcome } from "../outcome.ts";

const schemas = new Map<string, () => object>([
  ["run", runSchema],
  ["journal", settingsSchema],
  ["study", studySchema],
]);

export async function schema(of = "run"): Promise<Outcome> {
  const make = schemas.get(of);
  if (make === undefined)
    throw new JournalError(
      unknownValue("a schema", of, [...schemas.keys()], suggest(of, schemas.keys()), (word) => `journal schema ${word}`),
    );
  const data = make();
  return { data, text: `${JSON.stringify(data, null, 2)}\n` };
}
