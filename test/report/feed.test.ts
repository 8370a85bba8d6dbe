import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { feedOf, renderFeed, xml } from "../../src/report/feed.ts";
import { analyseStudy } from "../support/analysis.ts";
import { evidenceStudy, judged } from "../support/evidence.ts";
import { run, settings } from "../support/run.ts";

const id = (name: string): string => `urn:x:${name}`;
const one = (study: ReturnType<typeof analyseStudy>) => [{ study, title: "Digits" }];

describe("the feed", () => {
  test("holds the newest runs with their own dates, and says what became of each", () => {
    const { entries } = feedOf(one(evidenceStudy()), settings({ title: "Journal" }));
    assert.deepEqual(
      entries.map((entry) => entry.id),
      [judged.unclear, judged.same, judged.worse, judged.better, "EXP001-aaaa"],
    );
    assert.equal(entries[3]?.updated, Date.UTC(2026, 10, 2));
    assert.equal(entries[3]?.summary, "kept · lr 1 → 2 · Accuracy 88.00% ± 0.09, n = 4 · +3.00 pp on its base (better)");
  });

  test("leaves out what has no date and what is only planned", () => {
    const study = analyseStudy([
      run({ id: "EXP001", config: { a: 1 } }),
      run({ id: "EXP002", date: "soon", config: { a: 2 } }),
      run({ id: "EXP003", date: "2026-11-01", status: "planned", config: { a: 3 } }),
      run({ id: "EXP004", date: "2026-11-01T10:00:00+02:00", config: { a: 4 } }),
    ]);
    const { entries } = feedOf(one(study), settings());
    assert.deepEqual(
      entries.map(({ id: own, updated }) => [own, updated]),
      [["EXP004", Date.UTC(2026, 10, 1, 8)]],
    );
  });

  test("is relative without an address of the site, absolute with one", () => {
    const study = one(evidenceStudy());
    const near = renderFeed(feedOf(study, settings()), id);
    assert.match(near, /<link rel="self" type="application\/atom\+xml" href="feed\.xml"\/>/);
    assert.match(near, /href="runs\/EXP001-aaaa\.html"/);
    assert.doesNotMatch(near, /https?:\/\/(?!www\.w3\.org)/);
    const far = renderFeed(feedOf(study, settings({ site: { private: false, url: "https://example.org/j" } })), id);
    assert.match(far, /<id>https:\/\/example\.org\/j\/<\/id>/);
    assert.match(far, /href="https:\/\/example\.org\/j\/runs\/EXP001-aaaa\.html"/);
    assert.doesNotMatch(far, /href="(?!https:\/\/example\.org\/j\/)/);
  });

  test("has what Atom asks for, also without any run", () => {
    const empty = renderFeed(feedOf(one(analyseStudy([])), settings()), id);
    for (const name of ["title", "id", "updated", "author"]) assert.match(empty, new RegExp(`<${name}>`));
    assert.match(empty, /<updated>1970-01-01T00:00:00Z<\/updated>/);
  });

  test("publishes no mail address and nothing that XML cannot hold", () => {
    const study = analyseStudy([
      run({ id: "EXP001", title: 'a <b> & "c" \u0000\ud800 ada@example.org', date: "2026-11-01", experimenter: "Ada <ada@example.org>" }),
    ]);
    const text = renderFeed(feedOf(one(study), settings()), id);
    assert.doesNotMatch(text, /@/);
    assert.match(text, /a &lt;b&gt; &amp; &quot;c&quot; {2}ada<\/title>/);
    assert.match(text, /<author><name>Ada<\/name><\/author>/);
    assert.equal(xml("\ud83d\ude00\ufffe\u0001\t"), "\ud83d\ude00\t");
  });

  test("gives the same bytes for the same journal, and keeps a run's name when its title changes", () => {
    const text = (title: string): string =>
      renderFeed(feedOf(one(analyseStudy([run({ id: "EXP001", title, date: "2026-11-01" })])), settings()), id);
    assert.equal(text("a"), text("a"));
    assert.match(text("b"), /urn:x:run EXP001/);
  });
});
