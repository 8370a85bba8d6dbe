import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parseYaml } from "../../src/markdown/yaml.ts";
import type { Reading, Run } from "../../src/record/experiment.ts";
import { normalize } from "../../src/record/normalize.ts";
import { parseMetric } from "../../src/record/reading.ts";
import { type Dict, find, type Tree } from "../../src/record/tree.ts";
import { type GoldenScalar, goldenScalars } from "./golden-scalars.ts";

/** The value as the front matter reader gives it, not as a literal of the test. */
function yaml(text: string): Dict {
  const { tree } = parseYaml(text, 0, text.length);
  assert.equal(tree?.kind, "dict", text);
  return tree as Dict;
}

function treeOf(written: string): Tree {
  const value = find(yaml(`v: ${written}\n`), "v");
  assert.ok(value, written);
  return value;
}

function reading(value: Reading): string {
  if (value.mean === undefined) return value.diverged > 0 ? "diverged" : "text";
  const unit = value.unit === undefined ? "" : ` (unit \`${value.unit}\`)`;
  if (value.count) return `${value.mean} (${value.count.successes} of ${value.count.trials})`;
  return value.sd === undefined ? `${value.mean}${unit}` : `mean ${value.mean}${unit}, sd ${value.sd}, n ${value.n}`;
}

function asMetric(written: string, name: string): string {
  const { metric, problems } = parseMetric(name, treeOf(written));
  const sides = metric.before
    ? `before ${reading(metric.before)}, after ${metric.after ? reading(metric.after) : "absent"}`
    : metric.after
      ? reading(metric.after)
      : "absent";
  return [sides, ...problems.map(({ code }) => `\`${code}\``)].join(", ");
}

function run(front: string): Run {
  return normalize(yaml(front), { id: "absent", title: "absent" }).run;
}

function asConfig(written: string): string {
  const { config, configText } = run(`config:\n  v: ${written}\n`);
  const value = config["v"];
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") {
    assert.equal(value, written);
    return "text";
  }
  if (configText["v"] !== undefined) assert.equal(configText["v"], written);
  return `${typeof value} ${String(value)}${configText["v"] === undefined ? "" : ", text kept"}`;
}

describe("golden table of scalars", () => {
  for (const row of goldenScalars) {
    test(`reads \`${row.written}\` the same way as ever in all four roles`, () => {
      const { id, title } = run(`id: ${row.written}\ntitle: ${row.written}\n`);
      const found: GoldenScalar = {
        written: row.written,
        metric: asMetric(row.written, "score"),
        ...(row.time === undefined ? {} : { time: asMetric(row.written, "training_time") }),
        config: asConfig(row.written),
        id,
        text: title,
      };
      assert.deepEqual(found, row);
    });
  }

  test("a quoted value is the same metric as a plain one", () => {
    for (const { written, metric } of goldenScalars) {
      if (written !== "~") assert.equal(asMetric(JSON.stringify(written), "score"), metric);
    }
  });

  test("is the table of docs/values.md, row by row", () => {
    const docs = readFileSync(new URL("../../docs/values.md", import.meta.url), "utf8");
    const [, section = ""] = docs.split("## The golden table");
    const table = section.split("\n").filter((line) => line.startsWith("| `"));
    const golden = goldenScalars.map(({ written, metric, time, config, id, text }) => {
      const measured = time === undefined ? metric : `${metric}; of a time: ${time}`;
      const names = [id, text].map((name) => (name === written ? "as written" : name));
      return `| ${[`\`${written}\``, measured, config, ...names].join(" | ")} |`;
    });
    assert.deepEqual(table, golden);
  });
});
