import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isScalar } from "yaml";
import { JournalError } from "../../src/base/problem.ts";
import { edit } from "../../src/markdown/edit.ts";
import { isMapNode, isSeqNode, keyOf, type MatterNode, readMatter } from "../../src/markdown/edit-matter.ts";
import { findFences } from "../../src/markdown/fences.ts";
import { printTyped, typeAt } from "../../src/markdown/print-yaml.ts";
import { fileOf, type Shape, shapes } from "./shapes.ts";

interface Leaf {
  readonly path: readonly string[];
  /** What a person types to get the value: source of a plain scalar, text of a quoted or block one. */
  readonly typed: string;
  readonly lines: number;
  /** Text in lists is always quoted, so it does not always come back bare. */
  readonly inList: boolean;
  readonly plain: boolean;
}

function leaves(text: string): readonly Leaf[] {
  const fences = findFences(text);
  assert.ok(fences !== undefined);
  const matter = readMatter(text, fences.yamlStart, fences.yamlEnd);
  const found: Leaf[] = [];
  const walk = (node: MatterNode, path: readonly string[], inList = false): void => {
    if (isMapNode(node)) for (const pair of node.items) walk(pair.value, [...path, keyOf(pair) ?? "?"]);
    else if (isSeqNode(node)) for (const [index, item] of node.items.entries()) walk(item, [...path, String(index)], true);
    else if (isScalar(node)) {
      const written = text.slice(matter.start + (node.range?.[0] ?? 0), matter.start + (node.range?.[1] ?? 0)).replace(/\r?\n$/, "");
      found.push({
        path,
        typed: node.type === "PLAIN" ? (node.source ?? "") : written.includes("\\") ? written : String(node.value),
        lines: written.split("\n").length,
        inList,
        plain: node.type === "PLAIN",
      });
    } else found.push({ path, typed: "?", lines: 1, inList, plain: false });
  };
  walk(matter.root, []);
  return found.filter((leaf) => !leaf.path.includes("?"));
}

/** Added and removed lines as `git diff --numstat` counts them for one changed stretch. */
function numstat(before: string, after: string): string {
  const [a, b] = [before.split("\n"), after.split("\n")];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  return `${b.length - head - tail} ${a.length - head - tail}`;
}

function isLocked(shape: Shape, leaf: Leaf): boolean {
  return shape.locked?.includes(leaf.path.join(".")) === true;
}

describe("an edit of one value, on every shape of YAML", () => {
  it("has at least thirty shapes", () => assert.ok(shapes.length >= 30));

  for (const shape of shapes) {
    const text = fileOf(shape);
    it(`changes only the line of the value: ${shape.name}`, () => {
      for (const leaf of leaves(text)) {
        for (const value of ["731", "0.25", "fresh", "Try: more", "no", "2024-05-06", "a #1", "[1, 2]"]) {
          const change = () => edit(text, [{ kind: "set", path: leaf.path, value: { source: value } }]);
          if (isLocked(shape, leaf)) {
            assert.throws(change, JournalError);
            continue;
          }
          if (value === leaf.typed) continue;
          const { text: after, done } = change();
          assert.equal(done.length, 1, `${leaf.path.join(".")} = ${value}`);
          assert.equal(numstat(text, after), `1 ${leaf.lines}`, `${leaf.path.join(".")} = ${value}\n${after}`);
        }
      }
    });

    it(`is the identity without a change: ${shape.name}`, () => {
      assert.equal(edit(text, []).text, text);
      for (const leaf of leaves(text)) {
        if (isLocked(shape, leaf) || leaf.typed === "?") continue;
        const same = edit(text, [{ kind: "set", path: leaf.path, value: { source: leaf.typed } }]);
        assert.deepEqual(same, { text, done: [] }, leaf.path.join("."));
      }
    });

    it(`comes back to the same bytes: ${shape.name}`, () => {
      for (const leaf of leaves(text)) {
        if (isLocked(shape, leaf) || leaf.typed === "?" || leaf.lines > 1 || leaf.inList) continue;
        // What YAML readers disagree about (`12:30`, `017`) is quoted when it is written again.
        if (leaf.plain && printTyped(leaf.typed, typeAt(leaf.path), "block") !== leaf.typed) continue;
        for (const value of ["731", "fresh", "0.5"]) {
          const there = edit(text, [{ kind: "set", path: leaf.path, value: { source: value } }]).text;
          const back = edit(there, [{ kind: "set", path: leaf.path, value: { source: leaf.typed } }]).text;
          assert.equal(back, text, `${leaf.path.join(".")} = ${value}: ${there}`);
        }
      }
    });

    it(`adds and removes a key without touching another: ${shape.name}`, () => {
      const path = ["config", "model", "width"];
      const { text: more } = edit(text, [{ kind: "set", path, value: 64 }]);
      const kept = more.split("\n").filter((line) => !/^\s*(?:config|model|width):/.test(line.replace(/, config: .*(?= })/, "")));
      if (shape.name !== "document with flow root") assert.deepEqual(kept, text.split("\n"));
      const less = edit(more, [{ kind: "remove", path: ["config"] }]).text;
      assert.equal(less, text);
    });
  }
});
