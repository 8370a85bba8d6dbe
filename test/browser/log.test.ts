// The log as a reader uses it: typing, pressing, drawing, going back; from a file and without its data.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { inBrowser, type Visit, visit } from "./browser.ts";
import { large, type Site, single } from "./sites.ts";

const ready = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.querySelector(".log-app .counts")?.textContent?.includes("loading") === false);
const counts = (page: Page): Promise<string | null> => page.textContent(".log-app .counts");
const ids = (page: Page): Promise<readonly (string | null)[]> =>
  page.$$eval(".log.scripted tr[data-line] a.id", (links) => links.map((link) => link.textContent));

const drawn = (page: Page): Promise<number> =>
  page.$$eval(".log tbody tr", (rows) => rows.filter((row) => (row as HTMLElement).offsetHeight > 0).length);

async function open(at: Site, path = "log.html"): Promise<Visit> {
  const visited = await visit({ home: at.file });
  await visited.page.goto(at.file + path);
  await ready(visited.page);
  return visited;
}

async function used(at: Site, path: string, use: (page: Page) => Promise<void>): Promise<void> {
  const visited = await open(at, path);
  try {
    await use(visited.page);
    assert.deepEqual(visited.faults, []);
  } finally {
    await visited.close();
  }
}

describe("the log in a browser", inBrowser, () => {
  test("takes the place of the static rows with the same ones", async () => {
    const at = await single();
    const still = await visit({ home: at.file, javaScriptEnabled: false });
    await still.page.goto(`${at.file}log.html`);
    const before = await still.page.$$eval("tbody a.id", (links) => links.map((link) => link.textContent));
    await still.close();
    await used(at, "log.html", async (page) => assert.deepEqual(await ids(page), before));
  });

  test("shows titles on a phone below the id, and gives titles and changes the room of a wide window", async () => {
    const at = await single();
    for (const javaScriptEnabled of [true, false]) {
      const { page, close } = await visit({ home: at.file, javaScriptEnabled, viewport: { width: 400, height: 800 } });
      await page.goto(`${at.file}log.html`);
      if (javaScriptEnabled) await page.waitForSelector(".log.scripted");
      const boxOf = async (kind: string) => (await page.locator(`.log tbody .run ${kind}`).first().boundingBox()) ?? { y: 0, height: 0 };
      const [id, title] = [await boxOf(".id"), await boxOf(".title")];
      assert.ok(title.height > 0 && title.y >= id.y + id.height - 1, JSON.stringify([id, title]));
      const width = (kind: string) =>
        page
          .locator(`.log ${kind}`)
          .first()
          .evaluate((cell) => cell.getBoundingClientRect().width);
      const phone = await width(".h-changes");
      await page.setViewportSize({ width: 1920, height: 900 });
      assert.ok((await width(".h-changes")) >= 1.9 * phone, String(await width(".h-changes")));
      assert.ok((await width(".h-note")) >= 140, String(await width(".h-note")));
      await close();
    }
  });
  test("filters while one types, completes names and values, and holds the filter in the address", async () => {
    await used(await single(), "log.html", async (page) => {
      await page.keyboard.press("f");
      await page.keyboard.type("decis");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.keyboard.type("k");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      assert.equal(await page.inputValue("[data-filter]"), "decision:keep ");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => location.hash === "#where=decision:keep");
      assert.match((await counts(page)) ?? "", /^\d+ of 46 runs/);
      assert.deepEqual(
        await page.$$eval(".log.scripted tr[data-line] .glyph", (marks) => [...new Set(marks.map((mark) => mark.className))]),
        ["glyph kept"],
      );
      await page.click('[aria-label="Remove decision:keep"]');
      assert.match((await counts(page)) ?? "", /^46 runs/);
      await page.goBack();
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>("[data-filter]")?.value === "decision:keep");
      await page.goBack();
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>("[data-filter]")?.value === "");
    });
  });

  test("keeps the last good result beside a mistake, and mends it", async () => {
    await used(await single(), "log.html#where=val_acuracy+%3E+90%25&columns=nonsense,val_loss", async (page) => {
      await page.waitForSelector(".mistake");
      assert.match((await counts(page)) ?? "", /^46 runs/);
      assert.match((await page.textContent(".notice")) ?? "", /nonsense/);
      await page.click(".mistake button");
      assert.equal(await page.inputValue("[data-filter]"), "val_accuracy > 90%");
      assert.match((await counts(page)) ?? "", / of 46 runs/);
    });
  });

  test("says which part of a filter stands in the way", async () => {
    await used(await single(), "log.html#where=val_accuracy+%3E+99%25+and+decision:keep", async (page) => {
      const way = page.locator(".no-match a").first();
      assert.match((await way.textContent()) ?? "", /\d+ runs/);
      await way.click();
      await page.waitForSelector(".log.scripted");
      assert.equal(await page.inputValue("[data-filter]"), "decision:keep");
    });
  });

  test("sorts by its heads, and a drawing on a histogram is a comparison", async () => {
    await used(await single(), "log.html", async (page) => {
      await page.click(".log.scripted th:nth-child(3) .sort");
      assert.equal(await page.getAttribute(".log.scripted th:nth-child(3)", "aria-sort"), "descending");
      await page.click(".log.scripted th:nth-child(4) .sort", { modifiers: ["Shift"] });
      assert.equal(await page.evaluate(() => location.hash), "#sort=-val_accuracy,-vs_base");
      const box = await page.locator(".log.scripted th:nth-child(3) .bars").boundingBox();
      assert.ok(box);
      await page.mouse.move(box.x + box.width / 2, box.y + 8);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.8, box.y + 8, { steps: 3 });
      await page.mouse.up();
      assert.match(await page.inputValue("[data-filter]"), /^val_accuracy = [\d.]+%\.\.[\d.]+%$/);
    });
  });

  test("is walked and ticked by keys, a range with Shift, and the ticks last for the next page", async () => {
    await used(await single(), "log.html", async (page) => {
      for (const key of ["j", "j", "x", "j", "j", "X"]) await page.keyboard.press(key);
      const shown = await ids(page);
      await page.waitForFunction(() => document.querySelectorAll(".log .ticked").length === 3);
      assert.deepEqual(
        await page.evaluate(() => (window as { journal?: { ticked?: readonly string[] } }).journal?.ticked),
        shown.slice(1, 4),
      );
      await page.waitForFunction((id) => document.activeElement?.textContent === id, shown[3]);
      await page.reload();
      await ready(page);
      await page.waitForFunction(() => document.querySelectorAll(".log .ticked").length === 3);
      await page.evaluate(() => localStorage.clear());
    });
  });

  test("groups rows under the values of a column and folds them", async () => {
    await used(await single(), "log.html#group=decision", async (page) => {
      const groups = await page.$$eval(".log .group b", (names) => names.map((name) => name.textContent));
      assert.deepEqual(groups, ["discard", "keep", "not recorded"]);
      const before = (await ids(page)).length;
      await page.click(".log .group .opens");
      assert.ok((await ids(page)).length < before);
    });
  });

  test("draws some dozens of 10,000 lines, and says how many there are", async () => {
    await used(await large(), "log.html", async (page) => {
      assert.equal(await page.getAttribute(".log.scripted", "aria-rowcount"), "10001");
      assert.ok((await ids(page)).length < 100);
      await page.evaluate(() => document.querySelector(".log-scroll")?.scrollTo(0, 1e9));
      await page.waitForSelector('.log.scripted tr[aria-rowindex="10001"]');
    });
  });

  test("asks for older runs when the newest are drawn", async () => {
    const at = await large();
    const { page, close } = await visit({ home: at.file });
    try {
      await page.addInitScript(() => {
        const asked: (readonly [string, boolean])[] = [];
        Object.assign(window, { asked });
        new MutationObserver((changes) => {
          for (const { addedNodes } of changes)
            for (const node of addedNodes)
              if (node instanceof HTMLScriptElement && /main-\d+\.js$/.test(node.src))
                asked.push([node.src.replace(/^.*\//, ""), document.querySelector(".log.scripted tr[data-line]") !== null]);
        }).observe(document, { childList: true, subtree: true });
      });
      await page.goto(`${at.file}log.html`);
      await ready(page);
      const asked = await page.evaluate(() => (window as Window & { asked?: unknown }).asked);
      assert.deepEqual(asked, [["main-10.js", false], ...[9, 8, 7, 6, 5, 4, 3, 2, 1].map((number) => [`main-${number}.js`, true])]);
    } finally {
      await close();
    }
  });

  test("shows what it has where a file of its data is missing, and says which", async () => {
    const at = await large();
    const part = join(at.folder, "data", "main-3.js");
    renameSync(part, `${part}.away`);
    const visited = await visit({ home: at.file });
    try {
      await visited.page.goto(`${at.file}log.html`);
      await visited.page.waitForSelector(".log-app .notice.bad");
      assert.match((await visited.page.textContent(".log-app .notice.bad")) ?? "", /9000 runs.*data\/main-3\.js/);
    } finally {
      renameSync(`${part}.away`, part);
      await visited.close();
    }
    const newest = join(at.folder, "data", "main-10.js");
    renameSync(newest, `${newest}.away`);
    const other = await visit({ home: at.file });
    try {
      await other.page.goto(`${at.file}log.html`);
      await other.page.waitForSelector(".log-page > .notice.bad");
      assert.equal(await drawn(other.page), 200);
    } finally {
      renameSync(`${newest}.away`, newest);
      await other.close();
    }
    assert.match(readFileSync(newest, "utf8").slice(0, 80), /main-10/);
  });

  test("draws of the rows that it replaces only those that a window holds, and all where it never comes", async () => {
    const at = await large();
    const { page, close } = await visit({ home: at.file });
    await page.addInitScript(() => {
      document.addEventListener("readystatechange", () => {
        const rows = [...document.querySelectorAll<HTMLElement>(".log tbody tr")];
        if (document.readyState === "interactive") Object.assign(window, { early: rows.filter((row) => row.offsetHeight > 0).length });
      });
    });
    const script = readdirSync(join(at.folder, "assets")).find((name) => /^log-.*\.js$/.test(name)) ?? "";
    const path = join(at.folder, "assets", script);
    try {
      await page.goto(`${at.file}log.html`);
      assert.equal(await page.evaluate(() => (window as Window & { early?: number }).early), 60);
      await ready(page);
      renameSync(path, `${path}.away`);
      await page.goto(`${at.file}log.html`);
      assert.equal(await drawn(page), 200);
    } finally {
      renameSync(`${path}.away`, path);
      await close();
    }
  });
});
