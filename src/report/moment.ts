// Date and time of a run, as its author's clock showed them.

import { remembered } from "../base/remembered.ts";
import { dayText } from "./day.ts";

const plain = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d{1,9})?)?(?:(Z)|([+-])(\d{2}:\d{2}))$/;
const loose = /\d[T\s](\d{1,2}:\d{2})(?::\d{2}(?:\.\d{1,9})?)?\s*(z|utc|[+-]\d{2}:?\d{2})?/i;

/** `20 Nov 2026, 10:15 +01:00`; without a time the day alone. */
export function momentText(written: string): string {
  const usual = plain.exec(written);
  if (usual !== null)
    return `${dayOf(usual[1] ?? "")}, ${usual[2]} ${usual[3] === undefined ? `${usual[4] === "-" ? "−" : "+"}${usual[5]}` : "UTC"}`;
  const [, time, zone] = loose.exec(written) ?? [];
  const shown = zone === undefined ? "" : /^[+-]/.test(zone) ? ` ${zone.replace("-", "−")}` : " UTC";
  return `${dayText(written) ?? written}${time === undefined ? "" : `, ${time}${shown}`}`;
}

/** Many runs share a day, and reading a date is slow. */
const dayOf = remembered((day: string) => dayText(day) ?? day);
