import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { publicModel, publicName, publicText } from "../../src/report/private.ts";
import { stopwatch } from "../support/stopwatch.ts";

const published = { site: { private: false } };
const inside = { site: { private: true } };

describe("what a page publishes", () => {
  const cases: readonly (readonly [written: string, shown: string])[] = [
    ["Ada <ada@example.org>", "Ada"],
    ["ada.lovelace@example.org", "ada.lovelace"],
    ["ask ada@example.org, then Grace <grace@navy.mil>", "ask ada, then Grace"],
    ["Ada (ada@163.com)", "Ada (ada)"],
    ["mAP@0.5 and recall@k, user@host", "mAP@0.5 and recall@k, user@host"],
    ["clone git@github.com:me/repo", "clone git@github.com:me/repo"],
    ["weights in /home/ada/out/best.pt and C:\\Users\\ada\\x", "weights in ~/out/best.pt and ~\\x"],
    ["see data/home/ada and https://example.org/home/ada", "see data/home/ada and https://example.org/home/ada"],
    ['<a href="mailto:ada@example.org">ada@example.org</a>', "ada"],
  ];
  for (const [written, shown] of cases) {
    test(written, () => assert.equal(publicText(written, published), shown));
  }

  test("is everything where the site is private", () => {
    assert.equal(publicText("Ada <ada@example.org> /home/ada", inside), "Ada <ada@example.org> /home/ada");
    const model = { by: ["ada@example.org"] };
    assert.equal(publicModel(model, inside), model);
  });

  test("holds no address in any text of a model, and leaves the way to a page alone", () => {
    const model = { title: "By ada@example.org", rows: [{ text: "Ada <a@b.org>", address: "a@b.org" }], n: 3, url: "https://me@x.org/" };
    assert.deepEqual(publicModel(model, published), {
      title: "By ada",
      rows: [{ text: "Ada", address: "a@b.org" }],
      n: 3,
      url: "https://me@x.org/",
    });
  });

  test("takes no long time over a text that is all signs", () => {
    const spent = stopwatch();
    publicText(`${"a.".repeat(50_000)}@${"b.".repeat(50_000)}`, published);
    publicText(`<a ${'href="mailto:'.repeat(20_000)}@`, published);
    assert.ok(spent() < 2000);
  });
});

test("a name is one line without quotes around it", () => {
  assert.equal(publicName('"Ada Lovelace" <ada@example.org>', published), "Ada Lovelace");
  assert.equal(publicName("Ada\n Lovelace", published), "Ada Lovelace");
});
