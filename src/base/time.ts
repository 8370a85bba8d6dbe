// Dates and durations as text. No clock here: today is always a parameter.

export interface DateText {
  /** As written. */
  readonly text: string;
  /** `2026-11-20`, the calendar day as written. */
  readonly day: string;
  /** Milliseconds since 1970, when time and zone are known. */
  readonly instant?: number;
}

const months: readonly (readonly string[])[] = [
  ["january", "januar"],
  ["february", "februar"],
  ["march", "märz", "maerz"],
  ["april"],
  ["may", "mai"],
  ["june", "juni"],
  ["july", "juli"],
  ["august"],
  ["september", "sept"],
  ["october", "oktober"],
  ["november"],
  ["december", "dezember"],
];

const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:t|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(z|utc|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const yearFirst = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/;
const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})$/;
const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})$/;
const slashed = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})$/;
const dayWord = /^(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+([a-zä]{3,9})\.?,?[\s-]+(\d{4})$/;
const wordDay = /^([a-zä]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/;
const longest = 64;

/** A date somebody wrote, when it can only be one day: `2026-11-20`, `2026-11-20T10:15:00+01:00`, `27.09.2023`, `05/28/24`, `13 Jan 2025`. */
export function parseDate(text: string): DateText | undefined {
  return parsePlainDate(text) ?? parseAnyDate(text);
}

const plain =
  /^([1-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])(?:T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:Z|([+-])(0\d|1[0-7]):([0-5]\d)))?$/;

/** What programs write, on a day that every month has; nothing for anything else. */
function parsePlainDate(text: string): DateText | undefined {
  const match = plain.exec(text);
  if (match === null) return undefined;
  const [, year, month, date, hour, minute, second, sign, hours, minutes] = match;
  const day = text.slice(0, 10);
  if (hour === undefined) return { text, day };
  const local = Date.UTC(Number(year), Number(month) - 1, Number(date), Number(hour), Number(minute), Number(second));
  const offset = sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return { text, day, instant: local - offset * 60_000 };
}

function parseAnyDate(text: string): DateText | undefined {
  const days = possibleDays(text);
  const day = days[0];
  if (days.length !== 1 || day === undefined) return undefined;
  const instant = instantOf(text.trim());
  if (instant === null) return undefined;
  return { text, day, ...(instant === undefined ? {} : { instant }) };
}

/** Every day the text can mean: none for no date, two for `05/06/24`. */
export function possibleDays(text: string): readonly string[] {
  const trimmed = text.trim().toLowerCase();
  if (trimmed.length > longest) return [];
  const clear = iso.exec(trimmed) ?? yearFirst.exec(trimmed) ?? compact.exec(trimmed);
  if (clear) return days([clear[1], clear[2], clear[3]]);
  const german = dotted.exec(trimmed);
  if (german) return days([german[3], german[2], german[1]]);
  const either = slashed.exec(trimmed);
  if (either) return days([either[3], either[1], either[2]], [either[3], either[2], either[1]]);
  const european = dayWord.exec(trimmed);
  if (european) return days([european[3], month(european[2]), european[1]]);
  const american = wordDay.exec(trimmed);
  if (american) return days([american[3], month(american[1]), american[2]]);
  return [];
}

function month(word = ""): string | undefined {
  const index = months.findIndex((names) => names.some((name) => name.startsWith(word)));
  return index === -1 ? undefined : String(index + 1);
}

/** Year, month, day → the distinct ones that are in the calendar. */
function days(...parts: readonly (readonly (string | undefined)[])[]): readonly string[] {
  const found = parts.map(([year, monthText, dayText]) => {
    if (year === undefined || monthText === undefined || dayText === undefined) return undefined;
    const day = `${year.length === 2 ? `20${year}` : year}-${monthText.padStart(2, "0")}-${dayText.padStart(2, "0")}`;
    const date = new Date(`${day}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : undefined;
  });
  return [...new Set(found.filter((day) => day !== undefined))];
}

/** Nothing without time and zone; null for a time that is none (`25:00`). */
function instantOf(text: string): number | undefined | null {
  const match = iso.exec(text);
  if (match?.[4] === undefined) return undefined;
  const [, year = "", monthText = "", day = "", hour = "", minute = "", second = "0", fraction = "0", zone] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  if (zone === undefined) return undefined;
  const local = Date.UTC(Number(year), Number(monthText) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const offset = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  const minutes = offset ? (offset[1] === "-" ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3] ?? 0)) : 0;
  if (Math.abs(minutes) > 18 * 60) return null;
  return local + Math.floor(Number(`0.${fraction}`) * 1000) - minutes * 60_000;
}

const parts: readonly (readonly [string, number])[] = [
  ["d", 86400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
];

/** In words of two parts at most: `2 h 46 min`, `45 s`, `3.2 s`, `350 ms`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "";
  if (seconds < 0) return `-${formatDuration(-seconds)}`;
  if (seconds === 0) return "0 s";
  if (seconds < 0.9995) return `${Number((seconds * 1000).toPrecision(seconds < 0.01 ? 2 : 3))} ms`;
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`;
  // Rounded in the smaller of the two units shown, so that 59.9 min never reads `0 h 60 min`.
  const grain = seconds < 3599.5 ? 1 : seconds < 86_370 ? 60 : 3600;
  let left = Math.round(seconds / grain) * grain;
  const shown: string[] = [];
  for (const [unit, size] of parts) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) shown.push(`${count} ${unit}`);
  }
  return shown.slice(0, 2).join(" ");
}

/** `2026-11-20` in the local zone. */
export function isoDate(date: Date): string {
  return `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** `2026-11-20T10:15:00+01:00` in the local zone. */
export function isoDateTime(date: Date): string {
  const offset = -date.getTimezoneOffset();
  const zone = `${offset < 0 ? "-" : "+"}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`;
  return `${isoDate(date)}T${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}${zone}`;
}

function pad(number: number, width = 2): string {
  return String(number).padStart(width, "0");
}
