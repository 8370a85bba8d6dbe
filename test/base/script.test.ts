import assert from "node:assert/strict";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { assignment, scriptJson } from "../../src/base/script.ts";

const hostile = "</script><!-- \u2028 \u2029 \\ \" ' ${x} `";

test("what a data script assigns is what was written, whatever it holds", () => {
  const window: { data?: unknown } = {};
  runInContext(assignment("window.data", { hostile }), createContext({ window }));
  assert.equal(JSON.stringify(window.data), JSON.stringify({ hostile }));
});

test("a data script holds nothing that could end a script, and stays JSON", () => {
  const text = scriptJson({ hostile });
  assert.doesNotMatch(text, /[<\u2028\u2029]/);
  assert.deepEqual(JSON.parse(text), { hostile });
});
