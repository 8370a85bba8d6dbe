import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { formatDuration, isoDate, isoDateTime, parseDate, possibleDays } from "../../src/base/time.ts";

describe("parseDate", () => {
  for (const [text, day] of [
    ["2026-11-20", "2026-11-20"],
    ["2026-1-2", "2026-01-02"],
    [" 2026-11-20 ", "2026-11-20"],
    ["2026/11/20", "2026-11-20"],
    ["20261120", "2026-11-20"],
    ["2026-11-20 10:15", "2026-11-20"],
    ["27.09.2023", "2023-09-27"],
    ["7. 9. 2023", "2023-09-07"],
    ["05/28/24", "2024-05-28"],
    ["28/05/2024", "2024-05-28"],
    ["05/05/2024", "2024-05-05"],
    ["13 Jan 2025", "2025-01-13"],
    ["Jan 29 2026", "2026-01-29"],
    ["January 29th, 2026", "2026-01-29"],
    ["20. März 2026", "2026-03-20"],
    ["1-Dec-2026", "2026-12-01"],
    ["29 Feb 2024", "2024-02-29"],
  ] as const) {
    test(`reads ${JSON.stringify(text)} as ${day}`, () => {
      assert.equal(parseDate(text)?.day, day);
      assert.equal(parseDate(text)?.text, text);
    });
  }

  for (const text of [
    "",
    "today",
    "2026-02-30",
    "2026-13-01",
    "29 Feb 2023",
    "05/06/24",
    "2026",
    "12:30",
    "13 Jua 2025",
    "2026-11-20T25:00Z",
    "2026-11-20T10:61",
    "2026-11-20T10:15+99:00",
    "1.2.3.4",
    "3f2a",
    "x".repeat(100_000),
  ]) {
    test(`takes no day from ${JSON.stringify(text.slice(0, 24))}`, () => assert.equal(parseDate(text), undefined));
  }

  test("knows the instant only with time and zone", () => {
    assert.equal(parseDate("2026-11-20T10:15:00+01:00")?.instant, Date.UTC(2026, 10, 20, 9, 15));
    assert.equal(parseDate("2026-11-20t10:15:00.5z")?.instant, Date.UTC(2026, 10, 20, 10, 15, 0, 500));
    assert.equal(parseDate("2026-11-20 10:15 -0530")?.instant, Date.UTC(2026, 10, 20, 15, 45));
    assert.equal(parseDate("2026-11-20T10:15:00 UTC")?.instant, Date.UTC(2026, 10, 20, 10, 15));
    assert.equal(parseDate("2026-11-20T10:15:00")?.instant, undefined);
    assert.equal(parseDate("2026-11-20")?.instant, undefined);
  });

  test("the day is the one written, not the one in Greenwich", () => {
    assert.equal(parseDate("2026-11-20T00:15:00+05:00")?.day, "2026-11-20");
  });

  test("offers both days of an ambiguous date", () => {
    assert.deepEqual(possibleDays("05/06/24"), ["2024-05-06", "2024-06-05"]);
    assert.deepEqual(possibleDays("31/12/24"), ["2024-12-31"]);
    assert.deepEqual(possibleDays("soon"), []);
  });

  test("reads what toISOString writes as the same instant", () => {
    const between = { min: new Date("1000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true };
    fc.assert(fc.property(fc.date(between), (date) => assert.equal(parseDate(date.toISOString())?.instant, date.getTime())));
  });
});

describe("formatDuration", () => {
  for (const [seconds, text] of [
    [9960, "2 h 46 min"],
    [7200, "2 h"],
    [59.96, "1 min"],
    [45, "45 s"],
    [3.21, "3.2 s"],
    [0.35, "350 ms"],
    [0.0004, "0.4 ms"],
    [0, "0 s"],
    [3599.9, "1 h"],
    [7199, "2 h"],
    [86399, "1 d"],
    [97200, "1 d 3 h"],
    [90, "1 min 30 s"],
    [-90, "-1 min 30 s"],
    [Number.NaN, ""],
  ] as const) {
    test(`shows ${seconds} s as ${JSON.stringify(text)}`, () => assert.equal(formatDuration(seconds), text));
  }

  test("is never off by more than half of its last unit", () => {
    const sizes: Readonly<Record<string, number>> = { d: 86400, h: 3600, min: 60, s: 1, ms: 0.001 };
    fc.assert(
      fc.property(fc.double({ min: 10, max: 1e8, noNaN: true }), (seconds) => {
        const parts = formatDuration(seconds).split(" ");
        let shown = 0;
        for (let at = 0; at < parts.length; at += 2) shown += Number(parts[at]) * (sizes[parts[at + 1] ?? ""] ?? Number.NaN);
        assert.ok(Math.abs(shown - seconds) <= (seconds >= 86_370 ? 1800 : seconds >= 3599.5 ? 30 : 0.5), formatDuration(seconds));
      }),
    );
  });
});

describe("isoDate and isoDateTime", () => {
  test("write local time with its offset, which parses back to the same second", () => {
    for (const date of [new Date(2026, 10, 20, 10, 15, 7), new Date(2026, 6, 1, 0, 0, 0), new Date(2026, 0, 1)]) {
      assert.equal(parseDate(isoDateTime(date))?.instant, date.getTime());
      assert.equal(isoDateTime(date).slice(0, 10), isoDate(date));
    }
    assert.match(isoDateTime(new Date(2026, 10, 20, 1, 2, 3)), /^2026-11-20T01:02:03[+-]\d\d:\d\d$/);
  });
});

test("what programs write is read by a short way, with the same answer", () => {
  const zones = ["", "Z", "z", "+01:00", "-09:30", "+17:59", "+18:00", "-18:01", "+0100"];
  const times = ["", "T00:00:00", "T23:59:59", "T24:00:00", "T10:15:60", "T10:15", " 10:15:00", "T10:15:00.250"];
  for (const day of ["2026-11-20", "1000-01-01", "0042-05-05", "2024-02-28", "2024-02-29", "2023-02-29", "2026-13-01", "2026-04-31"]) {
    for (const time of times) {
      for (const zone of zones) {
        const text = `${day}${time}${zone}`;
        const long = parseDate(`${text} `);
        assert.deepEqual(parseDate(text), long === undefined ? undefined : { ...long, text }, text);
      }
    }
  }
});
