import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { parseFrontMatter } from "../../src/markdown/frontmatter.ts";
import type { TextMerge } from "../../src/markdown/merge.ts";
import { mergeRuns } from "../../src/markdown/merge.ts";
import type { Merged } from "../../src/markdown/merge-sequence.ts";
import { plain } from "../../src/record/tree.ts";

const asText: TextMerge = (base, ours, theirs) => ({
  text: `<<<<<<< ours\n${ours}||||||| base\n${base}=======\n${theirs}>>>>>>> theirs\n`,
  conflicts: true,
});

const base = `---
id: EXP042-k7f3
title: Double the batch   # working title
status: finished
tags: [batch-size]

# what was tried
config:
  batch_size: 64
  optimizer:
    name: adamw
    lr: 1.0e-3
  dense_units: [512, 256]
metrics:
  val_accuracy: { before: 85.5%, after: [87.2%, 87.0%] }
  training_time: { before: 2 h, after: [1.6 h, 1.7 h] }
repeats:
  - { seed: 1, seconds: 5760 }
  - { seed: 2, seconds: 6120 }
reason: |
  A first guess.
---
## Observations
### What worked
- stable
### What didn't work
## Next steps
- [ ] try 128
- [ ] try 256
- [ ] rest

## Run notes
### 2026-11-20
- started
`;

function merge(ours: string, theirs: string, from = base): Merged {
  const merged = mergeRuns(from, ours, theirs, asText);
  assert.ok(merged, "the merge was in doubt");
  return merged;
}

function change(...pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((text, [old, next]) => {
    assert.ok(text.includes(old), old);
    return text.replace(old, () => next);
  }, base);
}

/** Pairs of edits that have to come together, in either order. */
const together: readonly (readonly [name: string, one: readonly [string, string], two: readonly [string, string]])[] = [
  ["neighbouring keys", ["status: finished", "status: failed"], ["title: Double", "title: Triple"]],
  ["a decision here, metrics there", ["reason: |", "decision: keep\nreason: |"], ["after: [87.2%, 87.0%]", "after: [87.3%, 87.0%]"]],
  ["two nested keys", ["name: adamw", "name: lion"], ["lr: 1.0e-3", "lr: 3.0e-4"]],
  [
    "two values in one flow map",
    ["{ before: 85.5%,", "{ before: 85.4%,"],
    ["after: [87.2%, 87.0%] }", "after: [87.2%, 87.0%], step: 900 }"],
  ],
  ["a comment and its value", ["# working title", "# final title"], ["title: Double", "title: Triple"]],
  ["a key added, another removed", ["reason: |\n  A first guess.\n", ""], ["status: finished", "status: finished\nexperimenter: Ada"]],
  [
    "keys added in two places of one map",
    ["  batch_size: 64", "  batch_size: 64\n  warmup: 100"],
    ["    lr: 1.0e-3", "    lr: 1.0e-3\n    decay: 0.1"],
  ],
  ["a block text and a key", ["  A first guess.", "  A second\n  guess."], ["status: finished", "status: lost"]],
  ["two sections", ["- stable", "- very stable"], ["- started", "- started late"]],
  ["front matter and prose", ["status: finished", "status: lost"], ["- stable", "- very stable"]],
  ["ticks on neighbouring tasks", ["- [ ] try 128", "- [x] try 128"], ["- [ ] try 256", "- [x] try 256"]],
  ["a tick and a new task", ["- [ ] rest", "- [x] rest"], ["- [ ] rest\n", "- [ ] rest\n- [ ] more\n"]],
  ["a new section and an item at the end", ["- started\n", "- started\n- ended\n"], ["- started\n", "- started\n\n## Afterword\nText.\n"]],
  [
    "a new section before and an item in it",
    ["## Run notes", "## Thoughts\nLong.\n\n## Run notes"],
    ["- [ ] rest", "- [ ] rest\n- [ ] more"],
  ],
];

test("changes of different things come together, in either order", () => {
  for (const [name, one, two] of together) {
    const results = [merge(change(one), change(two)), merge(change(two), change(one))];
    for (const merged of results) {
      assert.equal(merged.conflicts, false, `${name}\n${merged.text}`);
      assert.deepEqual(lines(merged.text).toSorted(), expected(one, two), `${name}\n${merged.text}`);
    }
  }
});

/** Lines of the base, less what either side removed, plus what either added; exact where both edit one line is not. */
function expected(one: readonly [string, string], two: readonly [string, string]): readonly string[] {
  const both = change(one).includes(two[0]) ? change(one, two) : change(two, one);
  return lines(both).toSorted();
}

function lines(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

test("lists that grow are united, ours first", () => {
  const grown = (old: string, one: string, two: string): string => merge(change([old, one]), change([old, two])).text;
  assert.match(
    grown("tags: [batch-size]", "tags: [batch-size, fast]", "tags: [batch-size, slow, fast]"),
    /^tags: \[batch-size, fast, slow\]$/m,
  );
  assert.match(grown("tags: [batch-size]", "tags: [fast]", "tags: [batch-size, slow]"), /^tags: \[fast, slow\]$/m);
  assert.match(grown("tags: [batch-size]", "tags: [batch-size, slow]", "tags: []"), /^tags: \[slow\]$/m);
  const last = "  - { seed: 2, seconds: 6120 }\n";
  assert.match(
    grown(last, `${last}  - { seed: 3 }\n`, `${last}  - seed: 4\n    seconds: 7\n`),
    /seconds: 6120 \}\n {2}- \{ seed: 3 \}\n {2}- seed: 4\n {4}seconds: 7\nreason/,
  );
  assert.equal(
    grown(
      "status: finished\n",
      "status: finished\nearlier: [ { decision: keep } ]\n",
      "status: finished\nearlier: [ { decision: discard } ]\n",
    ).includes("earlier: [ { decision: keep }, { decision: discard } ]\n"),
    true,
  );
});

test("repeats of both sides keep one slot each in every metric", () => {
  const add = (seed: number, accuracy: string, time: string): string =>
    change(["87.0%]", `87.0%, ${accuracy}]`], ["1.7 h]", `1.7 h, ${time}]`], ["6120 }\n", `6120 }\n  - { seed: ${seed}, seconds: 1 }\n`]);
  const { text, conflicts } = merge(add(3, "87.1%", "1.5 h"), add(4, "86.9%", "1.4 h"));
  assert.equal(conflicts, false);
  const { tree } = parseFrontMatter(text);
  const data = JSON.parse(JSON.stringify(tree && plain(tree))) as { repeats: unknown[]; metrics: Record<string, { after: unknown[] }> };
  assert.equal(data.repeats.length, 4);
  assert.deepEqual(data.metrics["val_accuracy"]?.after, ["87.2%", "87.0%", "87.1%", "86.9%"]);
  assert.deepEqual(data.metrics["training_time"]?.after, ["1.6 h", "1.7 h", "1.5 h", "1.4 h"]);
  // A seed that both sides already share is not taken twice.
  const shared = (more: string): string =>
    change(
      ["6120 }\n", `6120 }\n  - { seed: 3 }\n${more}`],
      ["87.0%]", `87.0%, 1%${more && ", 2%"}]`],
      ["1.7 h]", `1.7 h, 1 h${more && ", 2 h"}]`],
    );
  const taken = merge(shared("  - { seed: 4 }\n"), shared(""));
  assert.equal(taken.text, shared("  - { seed: 4 }\n"));
  // Two seeds that happen to measure the same would lose a slot: that is doubt.
  assert.equal(mergeRuns(base, add(3, "87.1%", "1.5 h"), add(4, "87.1%", "1.4 h"), asText), undefined);
});

test("list items and table rows added by both sides are both kept, the same one once", () => {
  const { text, conflicts } = merge(
    change(["- stable\n", "- stable\n- fast\n- same\n"]),
    change(["- stable\n", "- stable\n- cheap\n  by far\n- same\n"]),
  );
  assert.equal(conflicts, false);
  assert.ok(text.includes("- stable\n- fast\n- same\n- cheap\n  by far\n###"), text);
  const empty = merge(
    change(["### What didn't work\n", "### What didn't work\n- a\n"]),
    change(["### What didn't work\n", "### What didn't work\n- b\n"]),
  );
  assert.ok(!empty.conflicts && empty.text.includes("- a\n- b\n## Next"), empty.text);
  const dated = merge(
    change(["- started\n", "- started\n### 2026-11-21\n- one\n"]),
    change(["- started\n", "- started\n### 2026-11-21\n- two\n"]),
  );
  assert.ok(!dated.conflicts && dated.text.endsWith("### 2026-11-21\n- one\n- two\n"), dated.text);
});

test("one scalar changed to two values is one readable conflict in that field alone", () => {
  const { text, conflicts } = merge(
    change(["status: finished", "status: failed"], ["- stable", "- very stable"]),
    change(["status: finished", "status: lost"], ["lr: 1.0e-3", "lr: 1"]),
  );
  assert.equal(conflicts, true);
  assert.ok(text.includes("\n<<<<<<< ours\nstatus: failed\n=======\nstatus: lost\n>>>>>>> theirs\ntags:"), text);
  assert.ok(text.includes("- very stable") && text.includes("lr: 1\n"));
  const nested = merge(change(["lr: 1.0e-3", "lr: 2"]), change(["lr: 1.0e-3", "lr: 3"])).text;
  assert.ok(nested.includes("    name: adamw\n<<<<<<< ours\n    lr: 2\n=======\n    lr: 3\n>>>>>>> theirs\n  dense_units"), nested);
  const removed = merge(change(["{ before: 2 h, after", "{ after"]), change(["before: 2 h", "before: 3 h"]));
  assert.equal(removed.conflicts, true, "removed here, changed there");
  assert.ok(removed.text.includes("<<<<<<< ours\n  training_time: { after:"), removed.text);
  const one = merge(change(["[512, 256]", "[512, 128]"]), change(["[512, 256]", "[512, 256, 64]"]));
  assert.equal(one.conflicts, true, "a configured list is one value");
});

test("prose that both sides rewrote is a conflict of those lines alone", () => {
  const merged = merge(
    change(["- stable", "- rather stable"], ["- started\n", "- started\n\nOurs.\n"]),
    change(["- stable", "- unstable"], ["- started\n", "- started\n\nTheirs.\n"]),
  );
  assert.equal(merged.conflicts, true);
  assert.ok(
    merged.text.includes("### What worked\n<<<<<<< ours\n- rather stable\n=======\n- unstable\n>>>>>>> theirs\n### What"),
    merged.text,
  );
  assert.ok(merged.text.endsWith("- started\n\nOurs.\n\nTheirs.\n"), merged.text);
});

test("paragraphs that both sides added at one place are both kept, ours first", () => {
  const grown = (old: string, one: string, two: string): string => {
    const { text, conflicts } = merge(change([old, one]), change([old, two]));
    assert.equal(conflicts, false, text);
    return text.slice(text.indexOf("## Run notes"));
  };
  const dated = "### 2026-11-20\n- started\n";
  assert.ok(grown(dated, `${dated}\nA.\n`, `${dated}\nB.\n\nC.\n`).endsWith("- started\n\nA.\n\nB.\n\nC.\n"));
  assert.ok(grown(dated, `${dated}\nSame.\n\nA.\n`, `${dated}\nSame.\n`).endsWith("- started\n\nSame.\n\nA.\n"));
  const next = (text: string): string => `${dated}\n### 2026-11-21\n\n${text}\n`;
  assert.ok(grown(dated, next("A."), next("B.")).endsWith("### 2026-11-21\n\nA.\n\nB.\n"));
  assert.ok(grown(dated, `${dated}more\n`, `${dated}\n| a |\n| - |\n| 1 |\n`).endsWith("more\n\n| a |\n| - |\n| 1 |\n"));
  const table = (head: string, row: string): string => `${dated}\n| ${head} |\n| - |\n| ${row} |\n`;
  assert.ok(grown(dated, table("a", "1"), table("a", "2")).endsWith("\n| a |\n| - |\n| 1 |\n| 2 |\n"));
  assert.ok(grown(dated, table("a", "1"), table("b", "2")).endsWith("| 1 |\n\n| b |\n| - |\n| 2 |\n"));
  const code = merge(change([dated, `${dated}\n\`\`\`\nA\n`]), change([dated, `${dated}\nB\n`]));
  assert.equal(code.conflicts, true, "a code block left open swallows what follows");
});

test("line ends that one side changed are taken, with what the other side wrote", () => {
  const [one, two] = [change(["status: finished", "status: lost"]), change(["- started\n", "- started\n- ended\n"])];
  const both = change(["status: finished", "status: lost"], ["- started\n", "- started\n- ended\n"]).replaceAll("\n", "\r\n");
  assert.deepEqual(merge(one.replaceAll("\n", "\r\n"), two), { text: both, conflicts: false });
  assert.deepEqual(merge(one, two.replaceAll("\n", "\r\n")), { text: both, conflicts: false });
});

test("any doubt leaves the merge to text", () => {
  const doubtful: readonly (readonly [string, string])[] = [
    [change(["status: finished", "status: fin: x"]), change(["- stable", "- x"])],
    [change(["status: finished", "status: &a finished"]), change(["status: finished", "status: lost"])],
    [change(["  batch_size: 64", "  ? [x]\n  : 1"]), change(["batch_size: 64", "batch_size: 1"])],
    [change(["status: finished\n", "status: finished\nstatus: lost\n"]), change(["batch_size: 64", "batch_size: 1"])],
    [
      change(["status: finished\ntags: [batch-size]\n", "tags: [batch-size]\nstatus: finished\n"]),
      change(["status: finished", "status: lost"]),
    ],
    [change(["status: finished\n", ""]), change(["status: finished", "status: lost"])],
    [change(["status: finished", "status: fin\nmore: { a: 1, b: 2 }"]), "---\nid: [\n---\n"],
    [base.replace("\n", "\r\n"), change(["status: finished", "status: lost"])],
    ["no front matter\n", change(["status: finished", "status: lost"])],
    [change(["status: finished", "<<<<<<< a\nstatus: x\n=======\nstatus: y\n>>>>>>> b"]), change(["- stable", "- x"])],
  ];
  for (const [ours, theirs] of doubtful) {
    assert.equal(mergeRuns(base, ours, theirs, asText), undefined, ours);
    assert.equal(mergeRuns(base, theirs, ours, asText), undefined, ours);
  }
});

test("line ends and the byte order mark of both sides are kept", () => {
  const crlf = (text: string): string => `\ufeff${text.replaceAll("\n", "\r\n")}`;
  const merged = merge(
    crlf(change(["status: finished", "status: lost"], ["- stable", "- stable\n- a"])),
    crlf(change(["batch_size: 64", "batch_size: 1"], ["- stable", "- stable\n- b"])),
    crlf(base),
  );
  assert.equal(
    merged.text,
    crlf(change(["status: finished", "status: lost"], ["batch_size: 64", "batch_size: 1"], ["- stable", "- stable\n- a\n- b"])),
  );
});

/** Edits of separate things: any subset on one side and any other on the other side. */
const edits: readonly (readonly [string, string])[] = [
  ["title: Double", "title: Triple"],
  ["status: finished", "status: failed"],
  ["batch_size: 64", "batch_size: 128"],
  ["name: adamw", "name: lion"],
  ["lr: 1.0e-3", "lr: 3.0e-4   # halved"],
  ["[512, 256]", "[1024]"],
  ["before: 85.5%", "before: 85%"],
  ["87.2%, 87.0%", "87.3%, 87.1%"],
  ["before: 2 h", "before: 3 h"],
  ["  A first guess.", "  A second guess.\n\n  Really."],
  ["tags: [batch-size]\n", "tags: [batch-size]\nexperimenter: Ada\n"],
  ["- stable\n", "- stable\n- more\n"],
  ["### What didn't work\n", "### What didn't work\nnothing at all\n"],
  ["- [ ] try 128", "- [x] try 128"],
  ["- [ ] try 256", "- [x] try 256"],
  ["- [ ] rest", "- [ ] rest, then sleep"],
  ["- started\n", "- started\n- ended\n"],
  ["# what was tried", "# what we tried"],
];

test("random disjoint edits on two sides all arrive, and nothing else changes", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(0, 1, 2), { minLength: edits.length, maxLength: edits.length }), fc.boolean(), (sides, crlf) => {
      const eol = (text: string): string => (crlf ? text.replaceAll("\n", "\r\n") : text);
      const of = (...wanted: readonly number[]): string => eol(change(...edits.filter((_, index) => wanted.includes(sides[index] ?? 0))));
      const merged = mergeRuns(eol(base), of(1), of(2), asText);
      assert.deepEqual(merged, { text: of(1, 2), conflicts: false });
      assert.deepEqual(mergeRuns(eol(base), of(2), of(1), asText), merged);
    }),
    { numRuns: 400 },
  );
});

test("a side that changed nothing yields the other one byte for byte, whatever it is", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, two) => {
      assert.deepEqual(mergeRuns(one, one, two, asText), { text: two, conflicts: false });
      assert.deepEqual(mergeRuns(one, two, one, asText), { text: two, conflicts: false });
      assert.deepEqual(mergeRuns(two, one, one, asText), { text: one, conflicts: false });
    }),
  );
});

const line = fc.oneof(
  fc.constantFrom("- a", "- b", "- [ ] t", "- [x] t", "| r |", "text", "", "## H", "### H", "  more"),
  fc.stringMatching(/^- [a-c]{1,3}$/),
);
const key = fc
  .tuple(
    fc.constantFrom("title", "status", "tags", "config", "reason", "metrics", "x"),
    fc.constantFrom(
      " a",
      " b",
      " [a]",
      " [a, b]",
      " { p: 1 }",
      " { p: 2, q: 1 }",
      "\n  p: 1\n  q: 2",
      "\n  p: 1",
      "\n  - a\n  - b",
      " # c",
      " |\n  t",
      "",
    ),
  )
  .map(([name, value]) => `${name}:${value}`);
const run = fc
  .tuple(fc.uniqueArray(key, { selector: (text) => text.split(":")[0], maxLength: 5 }), fc.array(line, { maxLength: 8 }))
  .map(([keys, body]) => `---\n${keys.map((text) => `${text}\n`).join("")}---\n${body.join("\n")}\n`);

test("a merge without conflict can be read, has no key of nowhere and loses no value both sides kept", () => {
  fc.assert(
    fc.property(run, run, run, (from, ours, theirs) => {
      const merged = mergeRuns(from, ours, theirs, asText);
      if (merged === undefined || merged.conflicts) return;
      const read = (text: string): Record<string, unknown> => {
        const { tree, problems } = parseFrontMatter(text);
        assert.deepEqual(
          problems.filter((problem) => problem.severity === "error"),
          [],
          text,
        );
        return JSON.parse(JSON.stringify(tree === undefined ? {} : plain(tree))) as Record<string, unknown>;
      };
      const [old, mine, other, result] = [read(from), read(ours), read(theirs), read(merged.text)];
      const text = (value: unknown): string => JSON.stringify(value) ?? "absent";
      for (const name of Object.keys({ ...old, ...mine, ...other, ...result })) {
        const [was, one, two, now] = [text(old[name]), text(mine[name]), text(other[name]), text(result[name])];
        if (one === two || was === two) assert.equal(now, one, `${name}\n${merged.text}`);
        else if (was === one) assert.equal(now, two, `${name}\n${merged.text}`);
      }
      for (const item of ours.split("\n").filter((entry) => entry.startsWith("- ") && theirs.split("\n").includes(entry)))
        assert.ok(merged.text.includes(item), item);
    }),
    { numRuns: 2000 },
  );
});
