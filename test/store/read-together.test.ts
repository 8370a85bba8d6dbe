import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Context, readPlace } from "../../src/store/facts.ts";
import { nextPortion, type Order, type Reader, readPortion, readTogether, startReader } from "../../src/store/read-together.ts";
import { listFiles, type Place } from "../../src/store/root.ts";
import { readSettings } from "../../src/store/settings.ts";

const root = mkdtempSync(join(tmpdir(), "journal-together-"));
let places: readonly Place[] = [];
let context: Context;
after(() => rmSync(root, { recursive: true, force: true }));

before(() => {
  mkdirSync(join(root, "experiments"));
  writeFileSync(join(root, "journal.yaml"), "");
  for (let number = 1; number <= 1_600; number++) {
    const text = number % 100 === 0 ? "---\nid: [\n---\n" : `---\nid: EXP${number}-aaaa\nmetrics: { loss: 0.${number} }\n---\n\n- it ran\n`;
    writeFileSync(join(root, `experiments/EXP${number}-aaaa.md`), text);
  }
  places = listFiles(root).runs;
  context = { root, settings: readSettings(root).settings, studies: new Set([""]), today: "2026-11-30" };
});

const alone = (): ReadonlyMap<string, unknown> => new Map(places.map((place) => [place.path, readPlace(place, context)]));
const sorted = (found: ReadonlyMap<string, unknown>): unknown => [...found].sort(([a], [b]) => (a < b ? -1 : 1));

describe("many files read by two threads", () => {
  test("say what they say to one", () => {
    let answered = 0;
    // From source there is no thread: the built one helps, and is waited for.
    const start = (order: Omit<Order, "port">): Reader | undefined => {
      const reader = startReader(order, pathToFileURL(resolve("dist/chunks/reader.js")));
      if (reader === undefined) return undefined;
      Atomics.wait(order.counters, 1, 0, 20_000);
      return {
        answers() {
          const answers = reader.answers();
          answered += answers.length;
          return answers;
        },
      };
    };
    assert.deepEqual(sorted(readTogether(places, context, start)), sorted(alone()));
    assert.ok(answered > 0);
    assert.deepEqual(sorted(readTogether(places, context)), sorted(alone()));
  });

  test("come from the other thread where it was first", () => {
    const start = ({ counters }: Omit<Order, "port">): Reader => {
      const number = nextPortion(counters, places) ?? 0;
      const facts = readPortion(number, places, context).map(({ entry, line }) => ({ entry: { ...entry, twin: "theirs" }, line }));
      return { answers: () => [[number, facts]] };
    };
    const found = readTogether(places, context, start);
    assert.equal([...found.values()].filter(({ entry }) => entry.twin === "theirs").length, 32);
    assert.equal(found.size, places.length);
  });

  test("are all read when the other thread takes some and dies", () => {
    const start = ({ counters }: Omit<Order, "port">): Reader => {
      nextPortion(counters, places);
      return { answers: () => [] };
    };
    assert.deepEqual(sorted(readTogether(places, context, start)), sorted(alone()));
  });

  test("are left to the caller where they are few", () => {
    assert.equal(readTogether(places.slice(0, 100), context).size, 0);
  });
});
