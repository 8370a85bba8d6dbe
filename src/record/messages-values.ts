// Problems of values, each a function of strings and numbers. Offsets are where the value starts in the file.

import type { Problem } from "../base/problem.ts";

/** Long texts are cut where they are quoted. */
function quote(text: string): string {
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``;
}

/** Words for a key are the rest of a text: inside `{ }` a comma ends a value. */
export const commaInBraces = "a comma inside `{ }` begins a new key: put quotes around a text that holds one";

/** `None`, `(512, 256)`, `yes`: YAML knows no such values. */
export function readAsText(name: string, text: string, meant: string): Problem {
  return {
    code: "record/read-as-text",
    severity: "warning",
    message: `${quote(text)} in \`${name}\` is read as text`,
    hint: `write \`${meant}\`, or quotes around it where the text is meant`,
  };
}

export function numberId(id: string, better: string): Problem {
  return {
    code: "record/number-id",
    severity: "warning",
    message: `id \`${id}\` is a bare number: another clone can give the same one, and a reference \`${id}\` may mean any run of that number`,
    hint: `write \`id: ${better}\`${better.endsWith("…") ? " with a few letters of your own" : ", as the file is called"}`,
    key: ["id"],
  };
}

export function trailingComma(name: string, text: string, offset: number): Problem {
  return {
    code: "record/trailing-comma",
    severity: "error",
    message: `the value of \`${name}\` ends in a comma, so it is read as text: ${quote(text)}`,
    hint: text.length > 60 ? "leave the comma out" : `leave the comma out: \`${text.replace(/[\s,]+$/, "")}\``,
    offset,
  };
}

export function unreadableValue(name: string, text: string, hint: string | undefined, offset: number): Problem {
  return {
    code: "record/unreadable-value",
    severity: "warning",
    message: `the value of \`${name}\` is not a number, so it is kept as text: ${quote(text)}`,
    hint: hint ?? "write a number, with its unit if it has one: `0.872`, `87.2%`, `1.6 h`; `~` where there is none",
    offset,
  };
}

export function noMean(name: string, offset: number): Problem {
  return {
    code: "record/unreadable-value",
    severity: "warning",
    message: `the value of \`${name}\` is a map without \`mean\`, so there is no number`,
    hint: "write `{ mean: 0.38, sd: 0.01, n: 3 }` or `[0.38, 0.39]`",
    offset,
  };
}

export function nestedList(name: string, offset: number): Problem {
  return {
    code: "record/unreadable-value",
    severity: "warning",
    message: `the list of \`${name}\` holds a list or a map, which is not read`,
    hint: "write one value per repeat: `[0.38, 0.39]`",
    offset,
  };
}

export function ambiguousNumber(name: string, text: string, options: readonly [string, string], offset: number): Problem {
  return {
    code: "record/ambiguous-number",
    severity: "error",
    message: `the value of \`${name}\` has two meanings, so it is kept as text: ${quote(text)}`,
    hint: `write \`${options[0]}\` or \`${options[1]}\``,
    offset,
  };
}

/** `{ value: 0.87, unit: "%" }` */
export function fractionOrPercent(name: string, text: string, percent: string, offset: number): Problem {
  return {
    code: "record/ambiguous-number",
    severity: "error",
    message: `the value of \`${name}\` beside \`unit: "%"\` has two meanings, so it is read without the unit: ${quote(text)}`,
    hint: `write \`${percent}\` or \`${text}%\``,
    offset,
  };
}

export function outOfRange(name: string, text: string, offset: number): Problem {
  return {
    code: "record/out-of-range",
    severity: "error",
    message: `the value of \`${name}\` is out of range, so it is kept as text: ${quote(text)}`,
    hint: "numbers reach from 5e-324 to 1.8e308; write `inf` or `nan` for a run that diverged",
    offset,
  };
}

export function inexactInteger(name: string, text: string, offset: number): Problem {
  return {
    code: "record/inexact-integer",
    severity: "warning",
    message: `the value of \`${name}\` is an integer beyond 2^53, so calculations use the nearest number: ${quote(text)}`,
    hint: "nothing is lost in the file; quote it if it is a name and not a number",
    offset,
  };
}

export function mixedUnits(name: string, units: readonly string[], offset: number): Problem {
  const shown = units.map((unit) => (unit === "" ? "no unit" : `\`${unit}\``)).join(" and ");
  return {
    code: "record/mixed-units",
    severity: "warning",
    message: `the values of \`${name}\` do not share a unit: ${shown}`,
    hint: `write every value in one unit, as in ${units
      .filter((unit) => unit !== "")
      .map((unit) => (unit === "%" ? "`87.2%`" : `\`1.6 ${unit}\``))
      .join(" or ")}`,
    offset,
  };
}

export function spreadWithoutCount(name: string, text: string, offset: number): Problem {
  return {
    code: "record/spread-without-n",
    severity: "warning",
    message: `the value of \`${name}\` has a spread and no n, so the spread is not used: ${quote(text)}`,
    hint: `say of how many values: \`${text} (n=3)\``,
    offset,
  };
}

export function unknownMetricKey(name: string, key: string, suggestion: string | undefined, offset: number): Problem {
  return {
    code: "record/unknown-metric-key",
    severity: "warning",
    message: `\`${key}\` is not a key of a metric, so it is not read: \`${name}\``,
    hint: /\s/.test(key)
      ? commaInBraces
      : suggestion
        ? `did you mean \`${suggestion}\`?`
        : "known keys are `before`, `after`, `step`, `pick`; or `mean`, `sd`, `n`, `values`",
    offset,
  };
}

/** `days` are the readings a date can have: none, or two. */
export function unreadableDate(name: string, text: string, days: readonly string[], offset: number): Problem {
  const ambiguous = days.length > 1;
  return {
    code: ambiguous ? "record/ambiguous-date" : "record/unreadable-date",
    severity: "warning",
    message: ambiguous ? `\`${name}\` can mean ${days.length} days: ${quote(text)}` : `\`${name}\` is not a date: ${quote(text)}`,
    hint: ambiguous
      ? `write ${days.map((day) => `\`${day}\``).join(" or ")}`
      : "write year, month, day: `2026-11-20`, or with time and zone `2026-11-20T10:15:00+01:00`",
    offset,
  };
}
