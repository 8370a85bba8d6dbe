// A value as typed → what goes into the file, checked against the field it is for.

import { JournalError, type Problem } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import { parseDate } from "../base/time.ts";
import type { Field } from "../record/field.ts";
import type { Source } from "../record/new-run.ts";
import type { Json, Tree } from "../record/tree.ts";
import { fixedField, notDate, orParameter, unknownValue } from "./messages.ts";

/** Makes full ids of references; refuses those that lead nowhere. */
export type FullId = (reference: string) => string;

const references: ReadonlySet<string> = new Set(["base", "repeat_of", "rerun_of"]);

/** What `field=text` writes; refuses a text that the field cannot hold. */
export function fieldValue(field: Field, text: string, fullId: FullId, old?: Tree): Json | Source {
  if (field.key === "id")
    throw new JournalError(fixedField("id", "the file and the references of other runs carry it", "make another run with `journal new`"));
  if (text === "") return { source: "" };
  if (references.has(field.key)) return referenceValue(field.key, text, fullId);
  if (field.type === "choice") return checked(unknownChoice(field, text), text);
  if (field.type === "flag") return checked(unknownFlag(field, text), text === "true");
  if (field.type === "date" && parseDate(text) === undefined) throw new JournalError(notDate(text));
  if (field.type === "texts") return listValue(field.key, text);
  if (field.type === "text") return text;
  if (needsMap(field, old) && !/^[{[]/.test(text)) {
    const inside = field.fields?.[0]?.key ?? "name";
    const refused = fixedField(field.key, "it holds named values", `name one: \`${field.key}.${inside}=${text}\``);
    throw new JournalError(field.key === "config" ? refused : orParameter(refused, field.key, text));
  }
  return { source: text };
}

function checked<T>(problem: Problem | undefined, value: T): T {
  if (problem !== undefined) throw new JournalError(problem);
  return value;
}

function unknownChoice(field: Field, text: string): Problem | undefined {
  const known = field.values ?? [];
  return known.includes(text)
    ? undefined
    : unknownValue(`\`${field.key}\``, text, known, suggest(text, known), (word) => `${field.key}=${word}`);
}

function unknownFlag(field: Field, text: string): Problem | undefined {
  return text === "true" || text === "false"
    ? undefined
    : orParameter(
        unknownValue(`\`${field.key}\``, text, ["true", "false"], undefined, (word) => `${field.key}=${word}`),
        field.key,
        text,
      );
}

/** Known keys may stand as one text too, as long as that replaces no map. */
const needsMap = (field: Field, old: Tree | undefined): boolean =>
  field.type === "map" ||
  field.type === "entries" ||
  field.key === "code" ||
  (field.type === "fields" && old?.kind === "dict" && old.entries.length > 0);

function referenceValue(key: string, text: string, fullId: FullId): Json {
  try {
    const ids = splitList(text).map(fullId);
    return ids.length === 1 ? (ids[0] ?? "") : ids;
  } catch (reason) {
    // `base=resnet` means no run; `base=99` is a slip of the pen.
    if (!(reason instanceof JournalError) || /^(?:exp)?\d/i.test(text)) throw reason;
    throw new JournalError(
      reason.problems.map((problem) => orParameter(problem, key, text)),
      reason.exit,
    );
  }
}

/** Tags and aliases are words, so a comma parts them; an assumption is a sentence. */
function listValue(key: string, text: string): Json | Source {
  return key === "assumptions" && !text.startsWith("[") ? [text] : wordList(splitList(text));
}

/** `[a, b]` without quotes where every reader takes the words for text. */
export function wordList(words: readonly string[]): Json | Source {
  return words.length > 0 && words.every((word) => /^[A-Za-z][\w-]*$/.test(word)) ? { source: `[${words.join(", ")}]` } : words;
}

/** `a, b` and `[a, b]`. */
export function splitList(text: string): readonly string[] {
  const inner = text.startsWith("[") && text.endsWith("]") ? text.slice(1, -1) : text;
  return inner
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
