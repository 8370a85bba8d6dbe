// A build with a second thread that writes leaves the bytes of one without, whatever becomes of the thread.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { JournalError } from "../../src/base/problem.ts";
import { type Built, buildSite } from "../../src/build/build.ts";
import { stageName } from "../../src/build/folder.ts";
import type { Model } from "../../src/build/model.ts";
import type { Put } from "../../src/build/put.ts";
import { type Answer, type Order, openScribe, type Parcel, type Scribing, startScribe, type Work } from "../../src/build/scribe.ts";
import type { ThreadOptions } from "../../src/build/write-all.ts";
import { openJournal } from "../../src/store/journal.ts";
import { filesIn } from "../support/edits.ts";
import { generate } from "../support/generate.ts";
import { pretend } from "../support/scribe.ts";

const folder = mkdtempSync(join(tmpdir(), "journal-scribe-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const front = (id: string, more = ""): string => `---\nid: ${id}\ntitle: ${id}\nstatus: finished\nmetrics: { loss: 0.5 }\n${more}---\n`;
/** One of each kind of body: alone, with links within and away, with an attachment, with a live block, broken, not a plain text, with private facts
 * and a link that leads nowhere. */
const odd: Readonly<Record<string, string>> = {
  "EXP901-aaaa.md": `${front("EXP901-aaaa")}See [another](EXP902-bbbb.md), https://example.org and ada@example.org.\n`,
  "EXP902-bbbb.md": `${front("EXP902-bbbb")}[away](https://example.org/a(b) "t") and [down](#there), /home/ada/x.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n`,
  "EXP903-cccc.md": `${front("EXP903-cccc")}![curve](EXP903-cccc.files/a.png)\n`,
  "EXP903-cccc.files/a.png": "\u0089PNG",
  "EXP904-dddd.md": `${front("EXP904-dddd")}\`\`\`journal table\nwhere: id = EXP901-aaaa\n\`\`\`\n`,
  "EXP905-eeee.md": "---\nid: EXP905-eeee\ntitle: [unclosed\n---\nbody\n",
  "EXP906-ffff.md": `${front("EXP906-ffff", "experimenter: Ada <ada@example.org>\n")}## Observations\n\n## Next steps\n- [ ] more, κόσμε \u{1f600} \u202e\n\n[ref]: EXP901-aaaa.md\n\n[ref] <br> 1 < 2\n`,
  "EXP907-gggg.md": `${front("EXP907-gggg", "base: EXP901-aaaa\n")}## Observations\n\n- *one*\n  - **two** \`code\`\n`,
  "EXP908-hhhh.md": `${front("EXP908-hhhh", "hardware: { hostname: gpu-01 }\n")}[from the root](/home/ada/notes.md) and ada@example.org.\n`,
};
const root = join(folder, "journal");
for (const [path, text] of [
  ...generate({ runs: 30 }),
  ...Object.entries(odd).map(([name, text]) => [`experiments/${name}`, text] as const),
]) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const project = fileURLToPath(new URL("../..", import.meta.url));
let count = 0;
async function built(
  thread: ThreadOptions,
  before = "",
  clean = false,
): Promise<readonly [Readonly<Record<string, string>>, Built, string]> {
  const site = before === "" ? join(folder, `site-${count++}`) : before;
  const made = await buildSite(openJournal(root, { now: () => new Date("2026-11-20T12:00:00Z") }), site, { thread, clean });
  return [filesIn(site), made, site];
}
const isModel = (work: Work | undefined, kind: Model["kind"]): boolean => typeof work === "object" && "kind" in work && work.kind === kind;
const never: ThreadOptions = { enough: Number.POSITIVE_INFINITY };
const [alone, { written: all }] = await built(never);

describe("a build with a second thread", () => {
  test("leaves the bytes of a build without, and so does the next one", async () => {
    const posted: Parcel[] = [];
    const answered: (Put | undefined)[] = [];
    const start = (order: Omit<Order, "port">): Scribing | undefined => {
      const thread = startScribe(order, pathToFileURL(join(project, "dist/chunks/scribe-thread.js")));
      if (thread === undefined) return undefined;
      const post = (parcel: Parcel): void => {
        posted.push(parcel);
        thread.post(parcel);
        // It is never behind, however long it takes to start.
        Atomics.wait(order.counters, 0, posted.length - 1, 60_000);
      };
      const answers = (): readonly Answer[] => {
        const found = thread.answers();
        answered.push(...found.flatMap(([, puts]) => puts));
        return found;
      };
      return { ...thread, post, answers };
    };
    const [files, made, site] = await built({ enough: 1, start, patience: 60_000 });
    assert.deepEqual(files, alone);
    assert.equal(made.written, all);
    const models = posted.flatMap(([, given]) => given.filter(([, work]) => isModel(work, "run")));
    assert.equal(models.length, 33);
    // One is handed back.
    assert.deepEqual([posted.flatMap(([, given]) => given).length, answered.filter(Boolean).length], [all, all - 1]);
    const [again, second] = await built(never, site);
    assert.deepEqual([second.written, second.removed, again], [0, 0, alone]);
  });

  test("gives models of bodies that need nothing of the site", async () => {
    const posted: Parcel[] = [];
    await built({ enough: 1, start: pretend(() => true, posted) });
    const given = new Map(posted.flatMap(([, files]) => files));
    const ids = Object.keys(odd).flatMap((name) => (name.endsWith(".md") ? [name.slice(0, -3)] : []));
    assert.deepEqual(
      ids.filter((id) => isModel(given.get(`runs/${id}.html`), "run")),
      ["EXP902-bbbb", "EXP907-gggg", "EXP908-hhhh"],
    );
    assert.ok(ids.every((id) => isModel(given.get(`runs/${id}.md`), "copy")));
    assert.ok(isModel(given.get("log.html"), "log"));
  });

  for (const [name, works] of Object.entries({
    "never answers": () => false,
    "dies after some parcels": ([number]: Parcel) => number < 2,
    "leaves one out": ([number]: Parcel) => number !== 1,
  }))
    test(`writes what a thread left that ${name}`, async () => {
      const [files, made, site] = await built({ enough: 1, start: pretend(works), patience: 20 });
      assert.deepEqual(files, alone);
      assert.equal(made.written, all);
      const [, second] = await built(never, site);
      assert.equal(second.written, 0);
    });

  test("makes here what the thread cannot make", async () => {
    const start: ThreadOptions["start"] = ({ counters }) => {
      const answers: Answer[] = [];
      return {
        post([number, files]) {
          answers.push([number, files.map(() => undefined)]);
          Atomics.add(counters, 0, 1);
        },
        answers: () => answers.splice(0),
        close: () => {},
      };
    };
    assert.deepEqual((await built({ enough: 1, start }))[0], alone);
  });

  test("makes other pages where the thread has more to do, but not while somebody may read the site", async () => {
    const orders: (readonly string[])[] = [];
    /** Answers when there is nothing left to do but wait. */
    const start: ThreadOptions["start"] = (order) => {
      const paths: string[] = [];
      orders.push(paths);
      const thread = pretend(() => true)(order);
      if (thread === undefined) return undefined;
      let asked = 0;
      const post = (parcel: Parcel): void => {
        paths.push(...parcel[1].map(([path]) => path));
        asked = 0;
        thread.post(parcel);
      };
      return { ...thread, post, answers: () => (asked++ === 0 ? [] : thread.answers()) };
    };
    const slow: ThreadOptions = { enough: 1, start, patience: 20, limits: { early: 0, pages: 0 } };
    const [files, , site] = await built(slow);
    assert.deepEqual(files, alone);
    assert.deepEqual((await built(slow, site, true))[0], alone);
    const lastRun = (paths: readonly string[]): number => paths.findLastIndex((path) => path.startsWith("runs/"));
    const [fresh = [], again = []] = orders;
    assert.ok(fresh.indexOf("log.html") < lastRun(fresh) && again.indexOf("log.html") > lastRun(again));
    assert.ok(orders.every((paths) => paths.indexOf("index.html") > lastRun(paths)));
    const after = again.slice(lastRun(again) + 1);
    assert.deepEqual(
      fresh.filter((path) => after.includes(path)),
      after,
    );
  });

  test("goes on without a thread that cannot start", async () => {
    assert.deepEqual((await built({ enough: 1, start: () => undefined }))[0], alone);
  });

  test("fails as ever where the disk is full", async () => {
    const start: ThreadOptions["start"] = ({ counters }) => {
      const answers: Answer[] = [];
      const fields = { code: "ENOSPC", syscall: "write", path: undefined };
      return {
        post([number, given]) {
          answers.push([
            number,
            given.map(() => undefined),
            { path: "runs/x.html", message: "ENOSPC: no space left on device, write", fields },
          ]);
          Atomics.add(counters, 0, 1);
        },
        answers: () => answers.splice(0),
        close: () => {},
      };
    };
    const site = join(folder, "full");
    await assert.rejects(
      built({ enough: 1, start }, site),
      (error) => error instanceof JournalError && error.problems[0]?.code === "store/disk-full" && error.problems[0].path === "runs/x.html",
    );
    assert.equal(existsSync(join(site, stageName)), false);
  });
});

test("no more than it can write is under way", () => {
  const waiting: Answer[] = [];
  let underWay = 0;
  let most = 0;
  let ending = false;
  const put = { same: false, hash: "", size: 0, mtime: 0, ctime: 0 };
  const scribe = openScribe(
    { folder, fresh: true, common: { root: folder, assets: {}, lanes: true, site: { private: false } } },
    {
      kept: "",
      written: () => {},
      start: () => ({
        post([number, files]) {
          underWay += files.reduce((sum, [, work]) => sum + String(work).length, 0);
          most = Math.max(most, underWay);
          waiting.push([number, files.map(() => put)]);
        },
        // It answers when it has a good deal to do.
        answers() {
          if (underWay < 9_500_000 && !ending) return [];
          underWay = 0;
          return waiting.splice(0);
        },
        close: () => {},
      }),
    },
  );
  const sizes: number[] = [];
  for (let at = 0; at < 400; at++) {
    scribe?.write(`${at}`, "x".repeat(100_000));
    sizes.push(scribe?.underWay ?? 0);
  }
  ending = true;
  assert.deepEqual(scribe?.finish(), []);
  assert.deepEqual([sizes[0], scribe?.underWay], [0, 0]);
  assert.ok(Math.max(...sizes) >= 8_000_000 && most < 10_500_000, `${Math.max(...sizes)} and ${most} characters`);
});
