import assert from "node:assert/strict";
import { test } from "node:test";
import { momentText } from "../../src/report/moment.ts";

for (const [written, shown] of [
  ["2026-11-20T10:15:00+01:00", "20 Nov 2026, 10:15 +01:00"],
  ["2026-11-20T10:15:00.123-05:30", "20 Nov 2026, 10:15 −05:30"],
  ["2026-11-20T10:15:00Z", "20 Nov 2026, 10:15 UTC"],
  ["2026-11-20 10:15", "20 Nov 2026, 10:15"],
  ["2026-11-20", "20 Nov 2026"],
  ["27.09.2023", "27 Sep 2023"],
  ["some day", "some day"],
] as const)
  test(`${written} reads ${shown}`, () => assert.equal(momentText(written), shown));
