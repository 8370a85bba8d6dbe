import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { plainBody } from "../../src/markdown/plain-text.ts";

const body = `## Observations
### What worked
- **Loss** of \`0.4\`, see [the log](x.md)
  goes on here
- [x] done

Prose of
two lines.

\`\`\`
code 1 | 2
\`\`\`
> quoted 9
| run | loss |
|-----|-----:|
| EXP001 | 0.4 |
| EXP002 | *0.5* |

    indented code
<!-- a comment -->
`;

test("paragraphs are what is read, with their lines; code, quotes, headings and comments are not", () => {
  assert.deepEqual(plainBody(body).paragraphs, [
    { line: 3, text: "Loss of 0.4, see the log\n  goes on here" },
    { line: 5, text: "done" },
    { line: 7, text: "Prose of\ntwo lines." },
  ]);
});

test("tables are heads and rows, without their ruler", () => {
  assert.deepEqual(plainBody(body).tables, [
    {
      head: ["run", "loss"],
      rows: [
        { line: 16, cells: ["EXP001", "0.4"] },
        { line: 17, cells: ["EXP002", "0.5"] },
      ],
    },
  ]);
});

test("names with underscores stay whole", () => {
  assert.equal(
    plainBody("the val_loss and my_best_run are _fine_ and 2*3").paragraphs[0]?.text,
    "the val_loss and my_best_run are fine and 2*3",
  );
});

test("any text is read, in time, and lines are within it", () =>
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("|", "-", "`", "~", "\n", "a", "*", "_", "[", "]", "(", ")", " ", "0") }), (text) => {
      const { paragraphs, tables } = plainBody(text);
      const lines = text.split("\n").length;
      for (const { line } of [...paragraphs, ...tables.flatMap(({ rows }) => rows)]) assert.ok(line >= 1 && line <= lines);
    }),
  ));
