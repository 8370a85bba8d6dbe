import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import remarkParse from "remark-parse";
import remarkStringify from "remark-stringify";
import { unified } from "unified";
import { parse } from "yaml";
import { JournalError } from "../../src/base/problem.ts";
import { parseRun } from "../../src/markdown/parse.ts";
import { printRun } from "../../src/markdown/print.ts";
import type { NewRun } from "../../src/record/new-run.ts";
import { templateText } from "../../src/record/template.ts";

const least: NewRun = { id: "EXP042-k7f3", title: "Double the batch", date: "2026-11-20T10:15:00+01:00", status: "planned" };
const full: NewRun = {
  ...least,
  title: "Try: #2 doubles",
  experimenter: "Ada",
  tags: ["batch-size", "no"],
  hypothesis: "A batch of 64 trains faster.\nAt the same accuracy.",
  base: ["EXP041-9qd2"],
  protocol: "v2",
  config: { batch_size: { source: "64" }, model: { lr: { source: "1e-3" }, units: [512, 256] }, resume: { source: "no" }, "a.b": 1 },
  changes: [
    { name: "batch_size", from: 32, to: { source: "64" } },
    { name: "lr", from: { source: "3e-4" } },
  ],
  metrics: [{ name: "val_accuracy", before: "85.5%" }, { name: "val_loss" }, { name: "f1", before: "0.8", after: "0.9" }],
  hardware: { gpu: "NVIDIA T4", ram: "16 GB" },
  software: { python: "3.11.7", cuda: "12.2" },
  more: { source: { tool: "mlflow", path: "mlruns/0" } },
  prose: { motivation: ["Idle GPU"], next: ["Try 128"], worked: ["a", "b"] },
};
const front = (text: string): Record<string, unknown> => parse(text.split("---\n")[1] ?? "") as Record<string, unknown>;

describe("printRun", () => {
  it("gives a file that reads back as what was known, without a problem", () => {
    const parsed = parseRun(printRun(full), "experiments/EXP042-k7f3-x.md");
    assert.deepEqual(
      parsed.problems.filter((problem) => problem.severity === "error"),
      [],
    );
    assert.equal(parsed.run.title, full.title);
    assert.equal(parsed.run.hypothesis, full.hypothesis);
    assert.deepEqual(parsed.run.tags, full.tags);
    assert.deepEqual(parsed.run.base, full.base);
    assert.equal(parsed.run.config["batch_size"], 64);
    assert.equal(parsed.run.configText["model.lr"], "1e-3");
    assert.equal(parsed.run.config["resume"], "no");
    assert.equal(parsed.run.software["cuda"], "12.2");
    assert.equal(parsed.run.metrics.find((metric) => metric.name === "val_accuracy")?.before?.mean, 0.855);
    assert.deepEqual(parsed.body.worked, ["a", "b"]);
    assert.deepEqual(
      parsed.body.tasks.map((task) => task.text),
      ["Try 128"],
    );
  });

  it("fills the built-in template line by line", () => {
    const text = printRun(full);
    assert.ok(
      text.includes('\nconfig:\n  batch_size: 64\n  model:\n    lr: 1e-3\n    units: [512, 256]\n  resume: "no"\n  a.b: 1\n'),
      text,
    );
    assert.ok(text.includes("\nchanges:\n  batch_size: { from: 32, to: 64 }\n  lr: { from: 3e-4 }\n"), text);
    assert.ok(
      text.includes("\nmetrics:\n  val_accuracy: { before: 85.5%, after: ~ }\n  val_loss:\n  f1: { before: 0.8, after: 0.9 }\n"),
      text,
    );
    assert.ok(text.includes('\nsoftware:\n  python: 3.11.7\n  cuda: "12.2"\n'), text);
  });

  it("leaves what is not known for a person to fill", () => {
    const blank = templateText().split("\n");
    const lines = printRun(least).split("\n");
    assert.equal(lines.length, blank.length);
    assert.deepEqual(
      lines.filter((line, index) => line !== blank[index]),
      ["id: EXP042-k7f3", "title: Double the batch", "date: 2026-11-20T10:15:00+01:00"],
    );
  });

  it("prints prose exactly as remark-stringify does", () => {
    const body = printRun(full).split("---\n").slice(2).join("---\n").trimStart();
    assert.equal(
      String(unified().use(remarkParse).use(remarkStringify, { bullet: "-", listItemIndent: "one" }).processSync(body)).replace(
        /\\\[ \]/g,
        "[ ]",
      ),
      body,
    );
  });

  it("equals templates/experiment.md when nothing is known", () => {
    assert.equal(readFileSync(new URL("../../templates/experiment.md", import.meta.url), "utf8"), templateText());
  });

  it("honours a template of one's own: order, comments, further keys and prose stay", () => {
    const own =
      "---\r\n# ours\r\ntitle: # what\r\nteam: vision # us\r\nconfig:\r\n  seed: 1\r\n---\r\n# {{ x }}\r\n\r\n## Todo\r\n1. [ ] …\r\n";
    const text = printRun({ ...least, config: { batch_size: { source: "64" } }, prose: { next: ["Try"] } }, own);
    assert.equal(
      text,
      "---\r\n# ours\r\nid: EXP042-k7f3\r\ntitle: Double the batch # what\r\ndate: 2026-11-20T10:15:00+01:00\r\nstatus: planned\r\nteam: vision # us\r\nconfig:\r\n  seed: 1\r\n  batch_size: 64\r\n---\r\n# {{ x }}\r\n\r\n## Todo\r\n1. [ ] Try\r\n",
    );
  });

  it("names the mistakes of a template of one's own", () => {
    for (const own of ["---\ntitle: [x\n---\n", "no front matter\n", "---\ntitle: x\n", "", "---\n- a\n---\n", "---js\n---\n"]) {
      assert.throws(
        () => printRun(least, own),
        (error) => {
          assert.ok(error instanceof JournalError);
          assert.equal(error.problems[0]?.code, "markdown/bad-template");
          assert.ok(error.problems.length >= 2 && error.problems[1]?.line !== undefined);
          return true;
        },
      );
    }
  });

  it("reads back any title, tag, hypothesis, configuration and software as given", () => {
    const word = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
      .map((text) => text.trim())
      .filter((text) => text !== "" && !/[\u0000-\u001f\ufffe\uffff]/.test(text));
    fc.assert(
      fc.property(
        word,
        fc.array(word, { minLength: 1, maxLength: 3 }),
        fc.dictionary(
          fc.stringMatching(/^[a-z]{1,6}$/),
          fc.oneof(
            word,
            fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
            fc.boolean(),
          ),
          { minKeys: 1, maxKeys: 3, noNullPrototype: true },
        ),
        (title, tags, config) => {
          const matter = front(printRun({ ...least, title, tags, config, software: { x: title } }));
          const spoken = /^(?:~|null)$/.test(title) ? null : title;
          if (!/^["'[{]/.test(title)) assert.equal(matter["title"], spoken);
          assert.deepEqual(matter["tags"], tags);
          assert.deepEqual(matter["config"], config);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
