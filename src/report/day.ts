// Dates as pages show them: absolute, so that a page built once stays true.

import { parseDate } from "../base/time.ts";
import type { Run } from "../record/experiment.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

let last: { readonly written: string | undefined; readonly text: string | undefined } = { written: undefined, text: undefined };

/** `20 Nov 2026`; what is no date stays as it was written. What is asked for again and again is a run with many rows. */
export function dayText(written: string | undefined): string | undefined {
  if (written !== last.written) last = { written, text: dayOf(written) };
  return last.text;
}

function dayOf(written: string | undefined): string | undefined {
  if (written === undefined || written.trim() === "") return undefined;
  const day = parseDate(written)?.day;
  if (day === undefined) return written;
  const [year, month, date] = day.split("-");
  return `${Number(date)} ${months[Number(month) - 1]} ${year}`;
}

/** When a run began, as its file says it. */
export function writtenDay(run: Run): string | undefined {
  return run.run?.started ?? run.date;
}
