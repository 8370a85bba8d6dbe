import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { JournalError } from "../../src/base/problem.ts";
import { toHtml } from "../../src/markdown/html.ts";
import { findLiveFences, hasLiveFence, writeBelow } from "../../src/markdown/live-fences.ts";
import { removeBlocks } from "../../src/markdown/markers.ts";

const kinds = (text: string): readonly string[] => findLiveFences(text).map(({ kind, line }) => `${kind} ${line}`);
const fill = (text: string): string => writeBelow(text, ({ kind }, body) => (kind === "vega-lite" ? undefined : `made of ${body.trim()}`));

describe("live fences", () => {
  test("are found with their kind and line, wherever they stand", () => {
    const text = "# a\n\n```journal table\nwhere: x\n```\n- b\n\n  ~~~ journal chart\n  ~~~\n\n> ```vega-lite\n> {}\n> ```\n";
    assert.deepEqual(kinds(text), ["table 3", "chart 8", "vega-lite 11"]);
  });

  test("are not found inside of another fence, without an end, or under another name", () => {
    assert.deepEqual(kinds("````md\n```journal table\n```\n````\n"), []);
    assert.deepEqual(kinds("```journal table\nwhere: x\n"), []);
    assert.deepEqual(kinds("```journal\n```\n```journaltable\n```\n```vega\n```\n`journal table`\n"), []);
  });

  test("keep their kind in HTML, in the order in which they are found", () => {
    const text = "```journal table\na\n```\n\n- x\n\n  ```journal best more words\n  b\n  ```\n\n```vega-lite\nc\n```\n";
    const shown = [...toHtml(text).matchAll(/language-(?:journal-)?([a-z-]+)"/g)].map(([, kind]) => kind);
    assert.deepEqual(
      shown,
      findLiveFences(text).map(({ kind }) => kind),
    );
  });

  test("a hostile word after journal reaches no class", () => {
    assert.doesNotMatch(toHtml('```journal x"onclick=alert(1)\n```\n'), /journal-/);
    assert.match(toHtml("```journal Table\n```\n"), /class="language-journal"/);
  });

  test("a text without any is known at once", () => {
    assert.equal(hasLiveFence("journal table\n```python\n```"), false);
    assert.equal(hasLiveFence("~~~  journal table\n~~~"), true);
  });
});

describe("what is written below a fence", () => {
  const text = "a\n\n```journal table\nwhere: x\n```\n\nb\n\n```vega-lite\n{}\n```\n\n```journal best\n```";

  test("stands between markers, and a second time changes nothing", () => {
    const once = fill(text);
    assert.match(once, /```\n\n<!-- journal:live -->\n\nmade of where: x\n\n<!-- \/journal:live -->\n\nb\n/);
    assert.equal(once.match(/<!-- journal:live -->/g)?.length, 2);
    assert.equal(fill(once), once);
  });

  test("follows the fence when its content changes, and goes with it", () => {
    const once = fill(text);
    assert.equal(fill(once.replace("where: x", "where: y")).includes("made of where: y"), true);
    assert.equal(fill(once.replace("```journal table\nwhere: x\n```\n", "")).match(/<!-- journal:live -->/g)?.length, 1);
  });

  test("keeps the line ends of the file", () => {
    const made = fill(text.replaceAll("\n", "\r\n"));
    assert.doesNotMatch(made, /[^\r]\n/);
  });

  test("is left out of fences in lists and quotes", () => {
    const inner = "- a\n\n  ```journal table\n  ```\n\n> ```journal table\n> ```\n";
    assert.equal(fill(inner), inner);
  });

  test("is not touched where a merge left its marks across it", () => {
    const torn = "```journal table\n```\n\n<!-- journal:live -->\n\n<<<<<<< ours\na\n<!-- /journal:live -->\n=======\n";
    assert.throws(() => fill(torn), JournalError);
  });

  test("is taken out again for the page, line for line", () => {
    const once = fill(text);
    assert.equal(removeBlocks(once).split("\n").length, once.split("\n").length);
    assert.doesNotMatch(removeBlocks(once), /made of/);
    assert.equal(removeBlocks("a\n<!-- journal:log -->\nb\n"), "a\n\nb\n");
    assert.equal(removeBlocks("```\n<!-- journal:log -->\n```\n"), "```\n<!-- journal:log -->\n```\n");
  });
});
