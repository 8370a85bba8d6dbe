import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import * as fc from "fast-check";
import { analyse } from "../../src/analysis/analyse.ts";
import { findDefaultBase } from "../../src/cli/default-base.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { type Journal, openJournal } from "../../src/store/journal.ts";
import { makeFolder } from "../store/folder.ts";
import { generate } from "../support/generate.ts";

/** The definition, from the whole analysis. */
function byDefinition(journal: Journal, study: string): RunFile | undefined {
  const files = journal.files().filter((file) => file.study === study);
  const found = analyse(files, journal.settings, journal.studies).studies.find(({ settings }) => settings.name === study);
  const name = found?.primary?.name ?? "";
  const sign = found?.primary?.direction === "min" ? -1 : 1;
  const protocols = found?.settings.protocols ?? [];
  const kept = (found?.groups ?? []).filter(
    ({ first, decision, readings }) =>
      found?.primary?.direction !== undefined &&
      decision === "keep" &&
      first.run.status === "finished" &&
      (first.run.protocol ?? protocols[0]?.name) === protocols.at(-1)?.name &&
      readings.get(name)?.mean !== undefined,
  );
  const score = (group: (typeof kept)[number]): number => sign * (group.readings.get(name)?.mean ?? 0);
  const [first, ...rest] = kept;
  const best = first === undefined ? undefined : rest.reduce((top, one) => (score(one) > score(top) ? one : top), first);
  return best?.first ?? found?.baseline?.first;
}

const run = fc.record({
  lr: fc.constantFrom("0.1", "1e-1", '"0.1"', "0.2", "[1, 2]", "[1,2]", "Adam", "adam"),
  batch: fc.integer({ min: 1, max: 12 }),
  seed: fc.integer({ min: 1, max: 99 }),
  values: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 0, maxLength: 3 }),
  metric: fc.constantFrom("score", "score", "old_score", "other"),
  status: fc.constantFrom("finished", "finished", "finished", "failed", "planned"),
  decision: fc.constantFrom("", "", "decision: keep\n", "decision: discard\n"),
  protocol: fc.constantFrom("", "", "protocol: v1\n", "protocol: v2\n"),
  invalid: fc.constantFrom("", "", "", "", "invalid: { score: leaked }\n"),
  repeats: fc.option(fc.nat(), { freq: 6 }),
});
type Made = typeof run extends fc.Arbitrary<infer T> ? T : never;

const idOf = (index: number): string => `EXP${String(index + 1).padStart(3, "0")}-aaaa`;

function textOf(made: Made, index: number): string {
  const { lr, batch, seed, values, metric, status, decision, protocol, invalid, repeats } = made;
  const original = repeats === null || index === 0 ? "" : `repeat_of: ${idOf(repeats % index)}\n`;
  const metrics = values.length === 0 ? "" : `metrics:\n  ${metric}: { after: [${values.join(", ")}] }\n`;
  const head = `id: ${idOf(index)}\ntitle: Run ${index}\ndate: 2026-01-02\nstatus: ${status}\n${decision}${protocol}${invalid}${original}`;
  return `---\n${head}config: { lr: ${lr}, batch: ${batch}, seed: ${seed} }\n${metrics}---\n`;
}

const settings = (goal: string, protocols: string): string =>
  `ignore: [seed]\nmetrics:\n  score: { goal: ${goal}, from: old_score }\nstudy: { primary: score${protocols} }\n`;

function assertSame(journal: Journal, study: string): void {
  assert.equal(findDefaultBase(journal, study)?.file.path, byDefinition(journal, study)?.path);
}

test("the default base is the one that the whole analysis gives, whatever is repeated, kept or invalid", (context: TestContext) => {
  const journals = fc.record({
    goal: fc.constantFrom("min", "max"),
    protocols: fc.constantFrom("", ", protocols: [v1]", ", protocols: [v1, v2]"),
    runs: fc.array(run, { minLength: 66, maxLength: 140, size: "max" }),
  });
  fc.assert(
    fc.property(journals, ({ goal, protocols, runs }) => {
      const files = runs.map((made, index) => [`experiments/${idOf(index)}.md`, textOf(made, index)] as const);
      assertSame(openJournal(makeFolder(context, { "journal.yaml": settings(goal, protocols), ...Object.fromEntries(files) })), "");
    }),
    { numRuns: 40 },
  );
});

test("the default base of a busy journal is found from the facts of a few runs", (context: TestContext) => {
  const journal = openJournal(makeFolder(context, Object.fromEntries(generate({ runs: 600, studies: 2 }))));
  const read: number[] = [];
  const spied: Journal = Object.create(journal, {
    files: {
      value: (paths?: ReadonlySet<string>) => {
        read.push(paths?.size ?? Number.POSITIVE_INFINITY);
        return journal.files(paths);
      },
    },
  });
  for (const study of ["", "study-1", "study-2"]) {
    read.length = 0;
    assert.equal(findDefaultBase(spied, study)?.file.path, byDefinition(journal, study)?.path);
    assert.ok(Math.max(...read) < 150, `the facts of ${read} runs`);
  }
});

test("a repetition that names its original by number still counts", (context: TestContext) => {
  const kept = (index: number, more: string): string => `---\nid: ${idOf(index)}\ntitle: x\nstatus: finished\ndecision: keep\n${more}---\n`;
  const files = Array.from({ length: 80 }, (_, index) => [
    `experiments/${idOf(index)}.md`,
    kept(
      index,
      `config: { batch: ${index} }\nmetrics: { score: { after: ${index === 70 ? 100 : index} } }\n${index === 75 ? "repeat_of: 71\n" : ""}`,
    ),
  ]);
  assertSame(openJournal(makeFolder(context, { "journal.yaml": settings("max", ""), ...Object.fromEntries(files) })), "");
});
