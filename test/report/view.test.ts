import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeltaView } from "../../src/report/page.ts";
import { halfWidth } from "../../src/report/view.ts";

const delta = (share: number, word: DeltaView["word"]): DeltaView => ({ text: "", n: "", word, evidence: "", gain: share, share });

test("the bars of a table reach as far as its judged rows, and no outlier flattens those that nobody judged", () => {
  assert.equal(halfWidth([delta(0.01, "better"), delta(-0.3, "worse"), delta(4, "unjudged")]), 0.5);
  assert.equal(halfWidth([0.013, -0.012, 0.01, 2.3, 0.005].map((share) => delta(share, "unjudged"))), 0.05);
  assert.equal(halfWidth([delta(0.15, "unjudged")]), 0.2);
  assert.equal(halfWidth([undefined]), 0.05);
});
