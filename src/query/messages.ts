// Everything the filter, the sort and the columns have to say. Places are offsets into the text the person typed.

import type { Problem } from "../base/problem.ts";

/** The typed text and the part of it that is meant. */
export interface Place {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const widest = 72;

/** The text with a line of carets below the place; long texts are cut around it. */
function pointed({ text, start, end }: Place): string {
  const from = text.length <= widest ? 0 : Math.max(0, Math.min(start - 24, text.length - widest));
  const part = text.slice(from, from + widest).replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ");
  const before = from > 0 ? "…" : "";
  const after = from + widest < text.length ? "…" : "";
  const carets = "^".repeat(Math.max(1, Math.min(end - start, part.length - (start - from))));
  return `${before}${part}${after}\n${" ".repeat(before.length + start - from)}${carets}`;
}

function problem(code: string, place: Place, message: string, hint?: string): Problem {
  const shown = pointed(place);
  return { code: `query/${code}`, severity: "error", message, hint: hint === undefined ? shown : `${shown}\n${hint}`, offset: place.start };
}

/** What a message repeats of the typed text, never more than fits a line. */
const quote = (text: string): string => `\`${text.length > 60 ? `${text.slice(0, 59)}…` : text}\``;

export const tooLong = (length: number, limit: number): Problem => ({
  code: "query/too-long",
  severity: "error",
  message: `the filter is ${length} characters long, ${limit} are read`,
  hint: 'look for a tag instead of many ids: tag:"my selection"',
});
export const openQuote = (place: Place, mark: string): Problem =>
  problem(
    "open-quote",
    place,
    `the ${mark === "]" ? "list" : "quoted text"} that opens here has no closing ${quote(mark)}`,
    `close it: ${quote(`${place.text.slice(place.start).trimEnd()}${mark}`)}`,
  );
export const openParenthesis = (place: Place): Problem =>
  problem("open-parenthesis", place, "this parenthesis is never closed", "add `)` at the end");
export const strayParenthesis = (place: Place): Problem =>
  problem(
    "stray-parenthesis",
    place,
    "this parenthesis closes nothing",
    'remove it, or quote a name that holds one: metric."f1 (macro)" > 0.9',
  );
export const tooDeep = (place: Place, limit: number): Problem =>
  problem("too-deep", place, `parentheses and \`not\` are nested more than ${limit} deep`, "write a flatter filter: a and b and not c");
export const missingTerm = (place: Place, after: string): Problem =>
  problem(
    "missing-term",
    place,
    after === "" ? "a comparison belongs here" : `a comparison belongs after ${quote(after)}`,
    "such as: val_accuracy > 87%, batch_size = 64, tag:x, decision:keep",
  );
export const missingOperator = (place: Place, word: string): Problem =>
  problem("missing-operator", place, `${quote(word)} alone compares nothing`, meant(word));

/** A number or an id means a run, a word is searched for or names a parameter. */
function meant(word: string): string {
  const number = /^#?(\d{1,15})$/.exec(word)?.[1];
  if (number !== undefined) return `see that run: journal show ${number}; or filter by its number: number = ${number}`;
  if (/^[A-Za-z]{1,10}\d{1,15}(?:-[0-9a-z]{1,8})?$/.test(word) && !/^[a-z]/.test(word))
    return `see that run: journal show ${word}; or filter by its id: id:${word}`;
  const bare = /^[\w-]+$/.test(word) ? word : `"${word.replaceAll('"', "")}"`;
  return `search for it: text ~ ${bare}; as a parameter or a metric it is compared, ${bare} = 64, or asked for, has:${bare}`;
}
export const strayWord = (place: Place, whole: string): Problem =>
  problem(
    "stray-word",
    place,
    `${quote(place.text.slice(place.start, place.end))} belongs to no comparison`,
    `quote a value of several words: "${whole}"`,
  );
export const missingValue = (place: Place, operator: string): Problem =>
  problem(
    "missing-value",
    place,
    `a value belongs after ${quote(operator)}`,
    'an empty text is written "", a value that was not recorded is found by: not has:name',
  );
export const chained = (place: Place): Problem =>
  problem(
    "chained-comparison",
    place,
    "two comparisons in a row share no value",
    "write both: val_accuracy > 0.8 and val_accuracy < 0.9, or a range: val_accuracy = 0.8..0.9",
  );
export const missingName = (place: Place, operator: string): Problem =>
  problem("missing-name", place, `a name belongs before ${quote(operator)}`, "such as: val_accuracy > 87%");

export const unknownName = (place: Place, name: string, closest?: string): Problem =>
  problem(
    "unknown-name",
    place,
    `${quote(name)} is not a field, and no run has a parameter or a metric of that name`,
    closest === undefined ? "see what there is: journal list" : `did you mean \`${closest}\`?`,
  );
export const ambiguousName = (place: Place, name: string): Problem =>
  problem("ambiguous-name", place, `${quote(name)} is both a parameter and a metric`, `say which: config.${name} or metric.${name}`);
export const unknownValue = (place: Place, name: string, known: readonly string[], closest?: string): Problem =>
  problem(
    "unknown-value",
    place,
    `${quote(name)} is never ${quote(place.text.slice(place.start, place.end))}: it is one of ${known.join(", ")}`,
    closest === undefined ? `such as: ${name}:${known[0] ?? "none"}` : `did you mean \`${closest}\`?`,
  );
export const notANumber = (place: Place, name: string): Problem =>
  problem(
    "not-a-number",
    place,
    `${quote(place.text.slice(place.start, place.end))} is not a number, so ${quote(name)} cannot be compared with it`,
    `such as: ${name} > 0.5, ${name} < 2h, ${name} = 0.1..0.5`,
  );
export const notADate = (place: Place, name: string): Problem =>
  problem(
    "not-a-date",
    place,
    `${quote(place.text.slice(place.start, place.end))} is not a date`,
    `such as: ${name} >= 2026-11-01, ${name}:2026-11, ${name} = 2026-11-01..2026-11-20`,
  );
export const noOrder = (place: Place, name: string, operator: string): Problem =>
  problem(
    "no-order",
    place,
    `${quote(name)} is a text: ${quote(operator)} compares numbers and dates only`,
    `such as: ${name} = word, ${name} ~ part`,
  );
export const percent = (place: Place, name: string, number: string): Problem =>
  problem(
    "percent",
    place,
    `${quote(name)} is written in percent, and a bare ${number} means ${Number(number) * 100}%`,
    `write the unit: ${name} > ${number}%`,
  );
export const wrongUnit = (place: Place, name: string, unit: string, kind: string): Problem =>
  problem(
    "wrong-unit",
    place,
    `${quote(unit)} is a unit of ${kind}, which ${quote(name)} is not`,
    `compare with a bare number: ${name} > 0.5`,
  );
export const ambiguousRun = (place: Place, candidates: readonly string[]): Problem =>
  problem(
    "ambiguous-run",
    place,
    `${quote(place.text.slice(place.start, place.end))} names ${candidates.length} runs: ${candidates.slice(0, 5).join(", ")}${candidates.length > 5 ? " …" : ""}`,
    `give more of the id: ${candidates[0] ?? ""}`,
  );
export const noBest = (place: Place, name: string): Problem =>
  problem(
    "no-best",
    place,
    `there is no best ${quote(name)} to compare with here`,
    "`best` stands in the `where` of a goal, beside a metric whose better direction is known",
  );

export const emptyColumn = (place: Place): Problem =>
  problem("empty-column", place, "a name belongs between the commas", "such as: -date, val_accuracy");
