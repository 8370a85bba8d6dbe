import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SiteContext } from "../../src/build/context.ts";
import { type Findings, openMemory } from "../../src/build/findings.ts";
import { textsOfRuns } from "../../src/build/run-texts.ts";
import type { RunFile } from "../../src/record/experiment.ts";

const file = (said: string): RunFile => ({ path: `experiments/${said}.md`, said: said.padEnd(16, "0") }) as unknown as RunFile;

/** What a build tells anew, and what it finds in all. */
function build(before: Findings, said: readonly string[], ground = "same") {
  const { known, all } = openMemory(before);
  const told: string[] = [];
  const tell = ({ path }: RunFile): string => {
    told.push(path.slice("experiments/".length, -".md".length));
    return `of ${path}`;
  };
  const texts = textsOfRuns({ known } as unknown as SiteContext, said.map(file), { name: "texts", ground, tell });
  return { told, texts, left: JSON.parse(JSON.stringify(all())) as Findings };
}

describe("texts of runs", () => {
  const { left, told, texts } = build({}, ["a", "b", "c"]);

  test("are told of every run at first", () => {
    assert.deepEqual(told, ["a", "b", "c"]);
    assert.deepEqual(texts, ["of experiments/a.md", "of experiments/b.md", "of experiments/c.md"]);
  });

  test("are told again of what says something else", () => {
    const next = build(left, ["a", "x", "c"]);
    assert.deepEqual(next.told, ["x"]);
    assert.deepEqual(next.texts, ["of experiments/a.md", "of experiments/x.md", "of experiments/c.md"]);
    assert.deepEqual(build(next.left, ["a", "b", "c"]).told, ["b"]);
  });

  test("are found where a run came, went or moved", () => {
    for (const said of [
      ["c", "a", "b"],
      ["b", "c"],
      ["new", "a", "b", "c"],
    ]) {
      const next = build(left, said);
      assert.deepEqual(
        next.told,
        said.filter((one) => one === "new"),
      );
      assert.deepEqual(
        next.texts,
        said.map((one) => `of experiments/${one}.md`),
      );
    }
  });

  test("are all told again on another ground", () => {
    assert.deepEqual(build(left, ["a", "b", "c"], "other").told, ["a", "b", "c"]);
  });
});
