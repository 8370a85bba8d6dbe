import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { JournalError } from "../../src/base/problem.ts";
import { scanBlocks } from "../../src/markdown/blocks.ts";
import { type Edit, edit } from "../../src/markdown/edit.ts";
import { equal, isMapNode, isSeqNode, keyOf, type MatterNode, plainOf, readMatter, written } from "../../src/markdown/edit-matter.ts";
import { findFences } from "../../src/markdown/fences.ts";
import type { Json } from "../../src/record/tree.ts";

const eol = fc.constantFrom("\n", "\n", "\n", "\r\n");
const key = fc.constantFrom("title", "config", "metrics", "tags", "lr", "a.b", "a", "b", "val_acc", "reason", "x y", "12");
const scalar = fc.constantFrom(
  "1",
  "0.10",
  "1e-3",
  "word",
  "two words",
  "'it''s'",
  '"q: u"',
  '"12.2"',
  "~",
  "",
  "no",
  "87.2%",
  "2024-01-02",
  "[1, 2]",
  "[a, 'b', { c: 1 }]",
  "{ a: 1, b: two }",
  "{}",
  "[]",
  "{a: 1,b: 2}",
  "*ref",
  "&anc 5",
  "!!str 7",
  "[\n    1, # c\n    2,\n  ]",
  "one\n    two",
);
const comment = fc.constantFrom("", "", "", " # note", "   # far: away", "  ");
const filler = fc.constantFrom("", "", "", "# a comment\n", "\n", "  # deeper comment\n", "\n\n");

/** Block YAML grown by indentation, with whatever people put between the lines. */
const block: (indent: string, depth: number) => fc.Arbitrary<string> = (indent, depth) => {
  const inner = `${indent}${depth % 2 === 0 ? "  " : "    "}`;
  const value = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(scalar, comment).map(([text, after]) => ` ${text}${text === "" || text.includes("\n") ? "" : after}\n`),
    },
    { weight: 1, arbitrary: fc.constantFrom("|", "|-", "|+", ">", ">-").map((style) => ` ${style}\n${inner}line one\n${inner}  more\n\n`) },
    {
      weight: 1,
      arbitrary: fc
        .array(
          scalar.filter((text) => !text.includes("\n")),
          { minLength: 1, maxLength: 3 },
        )
        .map((items) => `\n${items.map((item) => `${inner}- ${item}\n`).join("")}`),
    },
    ...(depth > 2
      ? []
      : [
          { weight: 2, arbitrary: block(inner, depth + 1).map((below) => `\n${below}`) },
          { weight: 1, arbitrary: block(`${inner}  `, depth + 1).map((below) => `\n${inner}- ${below.trimStart()}`) },
        ]),
  );
  return fc
    .uniqueArray(fc.tuple(key, value, filler), { minLength: 1, maxLength: 4, selector: ([name]) => name })
    .map((entries) => entries.map(([name, text, after]) => `${indent}${name}:${text}${after}`).join(""));
};

const prose = fc
  .array(
    fc.constantFrom(
      "# Title\n",
      "## Next steps\n",
      "### What worked\n",
      "- [ ] one\n",
      "* [x] two\n",
      "- …\n",
      "1. a\n",
      "2. b\n",
      "\n",
      "text\n",
      "  - nested\n",
      "```\n- [ ] no\n```\n",
      "> quote\n",
      "    code\n",
      "<!-- c -->\n",
      "Head\n====\n",
      "trailing  \n",
      "## What worked\n",
      "- a\n\n  b\n",
      "| a | b |\n|---|---|\n| 1 | 2 |\n",
    ),
    { maxLength: 14 },
  )
  .map((lines) => lines.join(""));

const file = fc.tuple(block("", 0), prose, eol, fc.boolean(), fc.boolean()).map(([yaml, body, end, bom, cut]) => {
  const text = `${bom ? "\ufeff" : ""}---\n${yaml}---\n${cut ? body.replace(/\n$/, "") : body}`;
  return end === "\n" ? text : text.replaceAll("\n", end);
});

const path = fc.array(key, { minLength: 1, maxLength: 3 });
const value: fc.Arbitrary<Json | { readonly source: string }> = fc.oneof(
  fc.constantFrom<Json>(1, 0.5, "word", "a: b", "no", true, null, [1, "x"], { from: 1, to: "y" }, "l1\nl2", 1e-9, { deep: { er: [1] } }, [
    { a: "b" },
  ]),
  fc
    .constantFrom("64", "1e-3", "0.10", "0.1", "no", "Try: more", "[1, 2]", "{ a: 1 }", "", "'single'", "a #1", "12:30")
    .map((source) => ({ source })),
);
const words = fc.constantFrom(
  "did it",
  "**bold** text",
  "two\nlines",
  "`code`",
  "[ ] box",
  "# hash",
  "- dash",
  "1. one",
  "<b>",
  "    deep",
  "```",
  "===",
  "---",
  "<!--",
);
const change: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("set" as const), path, value }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("remove" as const), path }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("push" as const), path, value: fc.constantFrom<Json>(1, "x", { a: 1 }) }) },
);
const bodyChange: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constant("append" as const),
    section: fc.constantFrom("worked", "next", "notes/2026-11-20", "questions", "Own heading"),
    item: words,
    task: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("text" as const), section: fc.constantFrom("worked", "notes/2026-11-20", "curves"), text: words }),
  fc.record({ kind: fc.constant("tick" as const), task: fc.nat(3), done: fc.boolean() }),
);

/** Every scalar with the path to it, as written. */
function leaves(text: string): ReadonlyMap<string, string> {
  const fences = findFences(text);
  assert.ok(fences !== undefined);
  const matter = readMatter(text, fences.yamlStart, fences.yamlEnd);
  assert.equal(matter.broken, undefined);
  const found = new Map<string, string>();
  const walk = (node: MatterNode, at: string): void => {
    if (isMapNode(node)) for (const pair of node.items) walk(pair.value, `${at}/${keyOf(pair) ?? "?"}`);
    else if (isSeqNode(node)) for (const [index, item] of node.items.entries()) walk(item, `${at}/${index}`);
    else found.set(at, `${written(matter, node)} = ${JSON.stringify(plainOf(node))}`);
  };
  walk(matter.root, "");
  return found;
}

const subsequence = (short: string, long: string): boolean => {
  let at = 0;
  for (const character of long) if (character === short[at]) at += 1;
  return at >= short.length;
};

function attempt(text: string, edits: readonly Edit[]): ReturnType<typeof edit> | undefined {
  try {
    return edit(text, edits);
  } catch (error) {
    assert.ok(error instanceof JournalError, String(error));
    assert.equal(error.exit, 2);
    assert.match(error.problems[0]?.code ?? "", /^markdown\/edit-/);
    return undefined;
  }
}

const readable = (text: string): boolean => {
  const fences = findFences(text);
  return fences !== undefined && readMatter(text, fences.yamlStart, fences.yamlEnd).broken === undefined;
};

describe("an edit of a random file", () => {
  it("changes the named path, keeps every other value as written and every byte of the prose, or refuses", () => {
    let refused = 0;
    let tried = 0;
    fc.assert(
      fc.property(file.filter(readable), change, (text, each) => {
        tried += 1;
        const result = attempt(text, [each]);
        if (result === undefined) {
          refused += 1;
          return;
        }
        if (result.done.length === 0) return assert.equal(result.text, text);
        const [before, after] = [leaves(text), leaves(result.text)];
        const touched = result.done.map((done) => `/${(done.path as readonly string[]).join("/")}`);
        const within = (at: string): boolean =>
          touched.some(
            (place) =>
              at === place ||
              at.startsWith(`${place}/`) ||
              place.startsWith(`${at}/`) ||
              (each.kind === "remove" && at.startsWith(place.slice(0, place.lastIndexOf("/")))),
          );
        for (const [at, shown] of before) if (!within(at)) assert.equal(after.get(at), shown, at);
        for (const at of after.keys()) if (!within(at)) assert.ok(before.has(at), at);
        const [old, now] = [findFences(text), findFences(result.text)];
        assert.equal(result.text.slice(now?.bodyStart), text.slice(old?.bodyStart));
      }),
      { numRuns: 3000 },
    );
    assert.ok(refused < tried * 0.45, `${refused} of ${tried} refused`);
  });

  it("keeps comments of other lines", () => {
    fc.assert(
      fc.property(file.filter(readable), path, (text, at) => {
        const result = attempt(text, [{ kind: "set", path: at, value: 731 }]);
        if (result === undefined || result.done.some((done) => /[\n[{]/.test(done.old ?? ""))) return;
        assert.ok(
          subsequence(
            text
              .split("---")[1]
              ?.match(/#[^\r\n]*/g)
              ?.join("") ?? "",
            result.text,
          ),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("applied twice changes nothing the second time", () => {
    fc.assert(
      fc.property(file.filter(readable), path, value, (text, at, to) => {
        const once = attempt(text, [{ kind: "set", path: at, value: to }]);
        if (once === undefined) return;
        const twice = attempt(once.text, [{ kind: "set", path: at, value: to }]);
        assert.equal(twice?.text, once.text);
      }),
      { numRuns: 2000 },
    );
  });

  it("holds the value it was given", () => {
    fc.assert(
      fc.property(file.filter(readable), path, value, (text, at, to) => {
        const result = attempt(text, [{ kind: "set", path: at, value: to }]);
        if (result === undefined || result.done.length !== 1 || (to !== null && typeof to === "object" && "source" in to)) return;
        const fences = findFences(result.text);
        let node: MatterNode = readMatter(result.text, fences?.yamlStart ?? 0, fences?.yamlEnd ?? 0).root;
        for (const name of result.done[0]?.path ?? [])
          node = isMapNode(node)
            ? node.items.find((pair) => keyOf(pair) === name)?.value
            : isSeqNode(node)
              ? node.items[Number(name)]
              : undefined;
        assert.ok(equal(plainOf(node), to), JSON.stringify(plainOf(node)));
      }),
      { numRuns: 1500 },
    );
  });

  it("of the prose keeps the front matter, every heading and every task, and only adds text", () => {
    let refused = 0;
    fc.assert(
      fc.property(file.filter(readable), bodyChange, (text, each) => {
        const result = attempt(text, [each]);
        if (result === undefined) {
          refused += 1;
          return;
        }
        const start = findFences(text)?.bodyStart ?? 0;
        assert.equal(result.text.slice(0, start), text.slice(0, start));
        const [old, now] = [scanBlocks(text, start), scanBlocks(result.text, start)];
        if (each.kind === "tick") {
          assert.equal(result.text.length, text.length);
          const box = old.items.filter((item) => item.box !== undefined)[each.task]?.box ?? -1;
          assert.equal(result.text.slice(0, box) + result.text.slice(box + 1), text.slice(0, box) + text.slice(box + 1));
          return;
        }
        assert.ok(now.headings.length >= old.headings.length);
        assert.ok(now.items.filter((item) => item.box !== undefined).length >= old.items.filter((item) => item.box !== undefined).length);
        const lines = new Set(result.text.split(/\r?\n/));
        for (const line of text.split(/\r?\n/)) assert.ok(lines.has(line) || /^\s*(?:[-*+]|\d+[.)])\s*(?:\[ \]\s*)?…?$/.test(line), line);
        if (text.includes("\r\n")) assert.ok(!/[^\r]\n/.test(result.text) || /[^\r]\n/.test(text));
      }),
      { numRuns: 3000 },
    );
    assert.ok(refused < 1500, `${refused} refused`);
  });
});
