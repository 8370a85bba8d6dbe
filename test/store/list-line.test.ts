import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { RunFile } from "../../src/record/experiment.ts";
import { isKeptLine, isOfStudy, listLine, meanIn } from "../../src/store/list-line.ts";
import { run } from "../support/run.ts";

/** Texts that look like what is looked for. */
const word = fc.oneof(
  fc.constantFrom(
    "acc",
    'a"acc',
    ',"acc":1',
    '{"acc":2}',
    'x","decision":"keep","study":"s',
    '","study":"s","path":"',
    ',"metrics":{"acc":9}',
    "\u2028",
    "\\",
    "ü",
    "}",
  ),
  fc.string({ minLength: 1, maxLength: 6 }),
);

test("a fact found in a line is the one that parsing it finds", () => {
  fc.assert(
    fc.property(
      word,
      word,
      fc.constantFrom("keep", "discard", undefined),
      fc.dictionary(word, fc.oneof(fc.double({ noNaN: true }), fc.integer())),
      word,
      (title, study, decision, means, asked) => {
        const metrics = Object.entries(means).map(([name, mean]) => ({
          name,
          after: { values: [mean], mean, n: 1, diverged: 0, text: "" },
        }));
        const made = run({ title });
        const file: RunFile = { ...made, study, run: { ...made.run, metrics, ...(decision === undefined ? {} : { decision }) } };
        const line = listLine(file);
        const parsed = JSON.parse(line);
        assert.equal(isKeptLine(line), parsed.decision === "keep");
        for (const name of [study, asked]) assert.equal(isOfStudy(name)(line), parsed.study === name);
        for (const name of [...Object.keys(means), asked]) {
          const known = parsed.metrics !== undefined && Object.hasOwn(parsed.metrics, name) ? parsed.metrics[name] : undefined;
          assert.equal(meanIn(name)(line), known, name);
        }
      },
    ),
    { numRuns: 500 },
  );
});
