import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { countTicks, dateTicks, dayStarts, orderTicks } from "../../src/report/chart-ticks.ts";

/** `perDay` runs on each of the days from `first` on. */
function days(first: string, count: number, perDay = 1): readonly string[] {
  return Array.from({ length: count * perDay }, (_, at) =>
    new Date(Date.parse(first) + Math.floor(at / perDay) * 86_400_000).toISOString().slice(0, 10),
  );
}

describe("ticks of an axis that counts runs", () => {
  test("stand where days begin while these are few", () => {
    const starts = dayStarts(days("2026-12-30", 3, 10));
    assert.deepEqual(orderTicks(starts, 0.5, 30.5, 8), [
      { at: 1, text: "30 Dec 2026" },
      { at: 11, text: "31 Dec" },
      { at: 21, text: "1 Jan 2027" },
    ]);
  });
  test("stand at weeks, months or years when days are many", () => {
    const texts = (count: number, most = 8): readonly string[] => {
      const list = days("2026-01-01", count);
      return orderTicks(dayStarts(list), 0.5, list.length + 0.5, most).map(({ text }) => text);
    };
    assert.deepEqual(texts(30), ["1 Jan 2026", "5 Jan", "12 Jan", "19 Jan", "26 Jan"]);
    assert.deepEqual(texts(150), ["Jan 2026", "Feb", "Mar", "Apr", "May"]);
    assert.deepEqual(texts(1200), ["2026", "2027", "2028", "2029"]);
  });
  test("keep a distance: a night of few runs beside one of many gets none of its own", () => {
    const list = ["2026-01-01", ...days("2026-01-02", 1, 99)];
    assert.deepEqual(orderTicks(dayStarts(list), 0.5, 100.5, 8), [{ at: 1, text: "1 Jan 2026" }]);
  });
  test("follow the stretch that is looked at", () => {
    const starts = dayStarts(days("2026-01-01", 300, 10));
    assert.deepEqual(
      orderTicks(starts, 1000.5, 1030.5, 8).map(({ at, text }) => `${at} ${text}`),
      ["1001 11 Apr 2026", "1011 12 Apr", "1021 13 Apr"],
    );
  });
  test("are plain numbers where there are no days, or one", () => {
    assert.deepEqual(
      orderTicks([], 0.5, 45.5, 8).map(({ text }) => text),
      ["10", "20", "30", "40"],
    );
    assert.deepEqual(
      orderTicks(dayStarts(days("2026-01-01", 1, 45)), 0.5, 45.5, 8).map(({ text }) => text),
      ["10", "20", "30", "40"],
    );
  });
  test("are not led astray by a run without a date, or with an earlier one", () => {
    assert.deepEqual(dayStarts(["2026-01-02", undefined, "2026-01-01", "2026-01-03"]), [
      { at: 1, day: "2026-01-02" },
      { at: 4, day: "2026-01-03" },
    ]);
  });
});

test("counted ticks are whole, even and few", () => {
  for (const count of [3, 7, 46, 400, 10_000, 123_456]) {
    const ticks = countTicks(0.5, count + 0.5, 8);
    assert.ok(ticks.length > 0 && ticks.length <= 9, `${count}: ${ticks.length}`);
    assert.ok(ticks.every(({ at }) => Number.isInteger(at)));
  }
});

describe("ticks of an axis of dates", () => {
  const at = (text: string): number => Date.parse(text);
  test("are hours within three days, with the day at midnight", () => {
    assert.deepEqual(
      dateTicks(at("2026-01-01T20:00:00Z"), at("2026-01-02T08:00:00Z"), 5).map(({ text }) => text),
      ["1 Jan 21:00", "2 Jan 00:00", "03:00", "06:00"],
    );
  });
  test("are months within a year", () => {
    const texts = dateTicks(at("2026-01-15T00:00:00Z"), at("2026-07-15T00:00:00Z"), 8).map(({ text }) => text);
    assert.deepEqual(texts, ["Feb 2026", "Mar", "Apr", "May", "Jun", "Jul"]);
  });
  test("end, also over thousands of years", () => {
    assert.ok(dateTicks(at("0001-01-01T00:00:00Z"), at("9999-01-01T00:00:00Z"), 8).length <= 9);
  });
});
