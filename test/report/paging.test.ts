import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { countPages, type PagePart, pageAddress, pagerOf, paginate, type Section } from "../../src/report/paging.ts";

const section = (key: string, length: number): Section<number> => ({ key, title: key, rows: Array.from({ length }, (_, at) => at) });
const shape = (pages: readonly PagePart<number>[]) =>
  pages.map(({ parts }) =>
    parts.map(({ key, from, rows, next }) => `${key} ${from}+${rows.length}${next === undefined ? "" : ` → ${next}`}`),
  );

describe("a long list", () => {
  test("is one page while it fits, with every section on it", () => {
    assert.deepEqual(shape(paginate([section("a", 3), section("b", 0)], 10)), [["a 0+3", "b 0+0"]]);
    assert.deepEqual(shape(paginate([], 10)), [[]]);
  });

  test("shows the beginning of every section first, and says where each goes on", () => {
    assert.deepEqual(shape(paginate([section("a", 25), section("b", 2), section("c", 12)], 12)), [
      ["a 0+12 → 2", "b 0+2", "c 0+12"],
      ["a 12+12 → 3"],
      ["a 24+1"],
    ]);
  });

  test("loses and repeats no row", () => {
    const sections = [section("a", 950), section("b", 7), section("c", 433)];
    const pages = paginate(sections);
    assert.deepEqual(
      pages[0]?.parts.map(({ rows }) => rows.length),
      [66, 7, 66],
      "the sections share the first page",
    );
    for (const { key, rows } of sections)
      assert.deepEqual(
        pages.flatMap(({ parts }) => parts.filter((part) => part.key === key).flatMap((part) => part.rows)),
        rows,
      );
    assert.ok(pages.slice(1).every(({ parts }) => parts.reduce((sum, part) => sum + part.rows.length, 0) <= 200));
  });
});

test("pages are counted without making them", () => {
  for (const lengths of [[], [0], [3, 0], [200], [201], [150, 60], [950, 7, 433], [1, 1, 1, 500], Array.from({ length: 30 }, () => 25)]) {
    const pages = paginate(lengths.map((length, at) => section(`s${at}`, length)));
    assert.equal(countPages(lengths), pages.length, lengths.join(" "));
  }
});

test("pages lead to each other", () => {
  const address = (number: number): string => pageAddress("next", number);
  assert.equal(pagerOf(1, 1, address), undefined);
  assert.deepEqual(pagerOf(1, 3, address), { number: 1, pages: 3, next: "next-2.html" });
  assert.deepEqual(pagerOf(2, 3, address), { number: 2, pages: 3, previous: "next.html", next: "next-3.html" });
});
