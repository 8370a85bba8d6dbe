// `journal serve` with a page open: what is saved is shown, and the reader stays where they were.

import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { once } from "../../src/base/once.ts";
import { readAssets } from "../../src/build/assets.ts";
import { type Served, serve } from "../../src/build/serve.ts";
import { writeJournal } from "../support/generate.ts";
import { inBrowser, type Visit, visit } from "./browser.ts";

interface Live extends Visit {
  readonly root: string;
  readonly served: Served;
  /** Of some run in the middle. */
  readonly file: string;
  readonly id: string;
  /** Writes the run's title and waits until the page holds it; how long that took, ms. */
  retitle(title: string): Promise<number>;
}

async function start(runs: number, more: Readonly<Record<string, string>> = {}): Promise<Live> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "journal-live-")));
  after(() => rmSync(root, { recursive: true, force: true }));
  writeJournal(root, { runs });
  for (const [path, text] of Object.entries(more)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const served = await serve({ port: 0, root, assets: readAssets() });
  const visited = await visit({ home: served.url });
  const names = readdirSync(join(root, "experiments")).filter((name) => name.startsWith("EXP") && name.endsWith(".md"));
  const file = join(root, "experiments", names.sort()[names.length >> 1] ?? "");
  const text = readFileSync(file, "utf8");
  const close = once(async (): Promise<void> => {
    await visited.close();
    await served.close();
  });
  // A server that listens would keep the process of a test that failed.
  after(close);
  const retitle = async (title: string): Promise<number> => {
    const shown = visited.page.waitForFunction((words) => document.body.innerText.includes(words), title, { polling: 10 });
    const at = Date.now();
    writeFileSync(file, text.replace(/^title: .*/m, `title: ${title}`));
    await shown;
    return Date.now() - at;
  };
  return { ...visited, root, served, file, id: /^id: (\S+)/m.exec(text)?.[1] ?? "", close, retitle };
}

const settled = (page: Page): Promise<unknown> => page.waitForTimeout(300);

describe("a page under `journal serve`", inBrowser, () => {
  test("shows a save without loading again, where the reader was, with what was open and focused", async () => {
    const live = await start(40);
    const { page, id, served, faults } = live;
    await page.setViewportSize({ width: 1280, height: 400 });
    await page.goto(`${served.url}runs/${id}.html`);
    await page.waitForSelector(".neighbours");
    await settled(page);
    await page.evaluate(() => {
      (window as { mark?: boolean }).mark = true;
      document.querySelector("main details")?.setAttribute("open", "");
      document.querySelector<HTMLElement>("main .copy")?.focus();
      scrollTo(0, 200);
    });
    await live.retitle("Zebra crossing");
    await page.waitForSelector(".neighbours");
    assert.deepEqual(
      await page.evaluate(() => [
        (window as { mark?: boolean }).mark,
        document.querySelector<HTMLDetailsElement>("main details")?.open,
        document.activeElement?.className,
        scrollY,
        document.title.includes("Zebra"),
        document.querySelectorAll(".copy").length === document.querySelectorAll("[data-copy]").length,
      ]),
      [true, true, "copy bare", 200, true, true],
    );
    assert.deepEqual(faults, []);
    await live.close();
  });

  test("stays as it is when another run changes, but for the header", async () => {
    const live = await start(40);
    const { page, served, root } = live;
    await page.goto(`${served.url}runs/${live.id}.html`);
    await page.waitForSelector(".neighbours");
    await settled(page);
    const main = await page.evaluateHandle(() => document.querySelector("main"));
    writeFileSync(join(root, "experiments/EXP900-zzzz-new.md"), "---\nid: EXP900-zzzz\ntitle: New\nstatus: planned\n---\n");
    await page.waitForFunction(() => document.querySelector(".counts")?.textContent?.startsWith("41 runs"));
    assert.ok(await page.evaluate((old) => old === document.querySelector("main"), main));
    await live.close();
  });

  test("shows in the log what changed, under the filter in its address", async () => {
    const live = await start(40);
    const { page, served, id } = live;
    await page.goto(`${served.url}log.html#where=${encodeURIComponent(`id:${id}`)}`);
    await page.waitForSelector("main [role='row'], main tbody tr");
    await settled(page);
    await live.retitle("Giraffe");
    assert.match(page.url(), /#where=/);
    await page.waitForFunction(() => !document.body.innerText.includes("EXP001-"));
    await live.close();
  });

  test("names a broken file with its line and cure until it is mended, and stays usable", async () => {
    const live = await start(10);
    const { page, served, file } = live;
    const text = readFileSync(file, "utf8");
    await page.goto(served.url);
    await settled(page);
    writeFileSync(file, text.replace(/^title: .*/m, "title: [unclosed"));
    await page.waitForSelector(".live-problems");
    assert.match(await page.innerText(".live-problems"), /experiments\/EXP\S+\.md:3:\d+ .*never closed/);
    await page.click(".tabs a >> text=Log");
    await page.waitForURL("**/log.html");
    await page.waitForSelector(".live-problems");
    await page.click(".live-problems >> text=Hide");
    assert.equal(await page.locator(".live-problems").count(), 0);
    writeFileSync(file, text.replace(/^title: .*/m, "title: {unclosed"));
    await page.waitForSelector(".live-problems");
    writeFileSync(file, text);
    await page.waitForSelector(".live-problems", { state: "detached" });
    await live.close();
  });

  test("comes back by itself from a page that is gone, and says when the server has ended", async () => {
    const live = await start(10);
    const { page, served, file, id } = live;
    const text = readFileSync(file, "utf8");
    await page.goto(`${served.url}runs/${id}.html`);
    await settled(page);
    rmSync(file);
    await page.waitForFunction(() => document.querySelector("h1")?.textContent === "There is no such page");
    writeFileSync(file, text);
    await page.waitForSelector(".neighbours");
    await served.close();
    await page.waitForSelector(".live-ended");
    await live.close();
  });

  test("follows the curve of a run that goes on", async () => {
    const live = await start(10, {
      "experiments/EXP500-zzzz-on.md": "---\nid: EXP500-zzzz\ntitle: Goes on\nstatus: running\nmetrics: { val_loss: 0.5 }\n---\n",
      "experiments/EXP500-zzzz.files/curves.csv": "step,val_loss\n1,0.9\n2,0.8\n3,0.7\n",
    });
    const { page, served, root } = live;
    await page.goto(`${served.url}runs/EXP500-zzzz.html`);
    await settled(page);
    const before = await page.innerHTML("main");
    appendFileSync(join(root, "experiments/EXP500-zzzz.files/curves.csv"), "4,0.65\n5,0.61\n");
    await page.waitForFunction((old) => document.querySelector("main")?.innerHTML !== old, before);
    await live.close();
  });

  test("shows a save among 10,000 runs in about a second", async () => {
    const live = await start(10_000);
    const { page, served, id } = live;
    await page.goto(`${served.url}runs/${id}.html`, { timeout: 120_000 });
    await page.waitForSelector(".neighbours", { timeout: 60_000 });
    const times: number[] = [];
    const worked: number[] = [];
    for (const word of ["Ant", "Bee", "Cat", "Dog", "Elk", "Fox", "Gnu"]) {
      await page.waitForTimeout(1500);
      const before = process.cpuUsage();
      times.push(await live.retitle(`${word} ${word}`));
      const { user, system } = process.cpuUsage(before);
      worked.push(Math.round((user + system) / 1000));
    }
    console.log(`    save to shown among 10,000 runs: ${times.join(" ")} ms, of this process ${worked.join(" ")} ms`);
    // Others use the machine as well: the quickest of seven says what it takes, and on a busy machine the work alone does, which is
    // slower there by what the others do to the caches.
    const isBusy = (loadavg()[0] ?? 0) > cpus().length;
    const least = Math.min(...(isBusy ? worked : times));
    assert.ok(least <= (isBusy ? 1800 : 1200), `${least} ms`);
    await live.close();
  });
});
