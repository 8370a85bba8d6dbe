import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { inBrowser, visit } from "./browser.ts";
import { busy, host, type Site, single, written } from "./sites.ts";

const heads = (page: Page): Promise<readonly string[]> =>
  page.locator(".compare:not(.notes) thead th .id").evaluateAll((nodes) => [...new Set(nodes.map((node) => node.textContent ?? ""))]);

/** Runs `work` on the comparison of the site's first runs, over http and from a file. */
async function compared(work: (page: Page, ids: readonly string[]) => Promise<void>): Promise<void> {
  const at = await single();
  const ids = at.pages.filter((path) => path.startsWith("runs/")).map((path) => path.slice(5, -5));
  const { url, close } = await host(at);
  try {
    for (const home of [url, at.file]) {
      const { page, faults, close: leave } = await visit({ home });
      await page.goto(`${home}compare.html#runs=${ids.slice(0, 3).join(",")}`);
      await page.waitForSelector(".finder");
      await page.waitForFunction(() => document.querySelectorAll(".head .controls").length > 0);
      await work(page, ids);
      assert.deepEqual(faults, []);
      await leave();
    }
  } finally {
    close();
  }
}

/** Three runs, of which the last has no curves. */
function curved(): Promise<Site> {
  const text = (id: string): string => `---\nid: ${id}\ntitle: Try\nstatus: finished\nmetrics: { loss: 0.5 }\n---\n`;
  const rows = (by: number): string => Array.from({ length: 40 }, (_, at) => `${at},${(by / (at + 1)).toFixed(4)},${at}`).join("\n");
  return written("curved", {
    ...Object.fromEntries(["EXP001-aaaa", "EXP002-bbbb", "EXP003-cccc"].map((id) => [`experiments/${id}-x.md`, text(id)])),
    "experiments/EXP001-aaaa.files/curves.csv": `step,loss,acc\n${rows(2)}\n`,
    "experiments/EXP002-bbbb.files/curves.csv": `step,loss,acc\n${rows(3)}\n`,
  });
}

describe("the comparison", inBrowser, () => {
  test("of a study is reached by its tab, which takes what is ticked", async () => {
    const at = await busy();
    const [folder] = at.pages.filter((path) => path.endsWith("/log.html")).map((path) => path.slice(0, -"log.html".length));
    const { page, faults, close } = await visit({ home: at.file });
    const tab = page.locator(".tabs >> text=Compare");
    const study = (): Promise<string | null> => page.getAttribute("body", "data-study");
    await page.goto(`${at.file}${folder}log.html`);
    const name = await study();
    const own = await page.locator(".log tbody a.id").allTextContents();
    await tab.click();
    await page.waitForSelector(".finder");
    assert.equal(await study(), name);
    assert.equal(await page.locator('.tabs [aria-current="page"]').innerText(), "Compare");
    assert.deepEqual(
      (await heads(page)).filter((id) => !own.includes(id)),
      [],
    );
    await page.goto(`${at.file}${folder}log.html`);
    const boxes = page.locator(".log tbody input");
    for (const place of [1, 3]) await boxes.nth(place).click();
    const ids = await page.locator(".log tr.ticked a.id").allTextContents();
    await tab.click();
    await page.waitForFunction(() => document.querySelectorAll(".head .controls").length > 0);
    assert.deepEqual([await study(), ids.length], [name, 2]);
    assert.deepEqual(await heads(page), ids);
    const [first] = await page.locator(".compare thead a.id").evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    assert.equal(first, `${at.file}runs/${ids[0]}.html`);
    assert.deepEqual(faults, []);
    await close();
  });
  test("keeps a run in one column from table to table", async () => {
    const at = await single();
    const { page, close } = await visit({ home: at.file });
    await page.goto(`${at.file}compare.html`);
    await page.waitForSelector(".finder");
    const columns = await page
      .locator(".compare thead tr")
      .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => Math.round(cell.getBoundingClientRect().left)).join()));
    assert.ok(columns.length > 2);
    assert.equal(new Set(columns).size, 1, columns.join(" | "));
    await close();
  });
  test("draws the curves of its runs under one row of controls, which the address keeps", async () => {
    const at = await curved();
    const { page, faults, close } = await visit({ home: at.file });
    const labels = (): Promise<readonly string[]> =>
      page
        .locator(".curve-live svg")
        .first()
        .locator("text")
        .evaluateAll((all) => all.map((one) => one.textContent ?? "").filter((words) => words.startsWith("EXP")));
    await page.goto(`${at.file}compare.html#runs=EXP001-aaaa,EXP002-bbbb,EXP003-cccc`);
    await page.waitForSelector(".curve-live svg");
    assert.deepEqual(await page.locator(".curve-live b").allTextContents(), ["loss", "acc"]);
    assert.deepEqual([...(await labels())].sort(), ["EXP001-aaaa", "EXP002-bbbb"]);
    assert.equal(await page.innerText("#curves [role=status]"), "2 of 3 runs have curves.");
    await page.locator("#curves input[type=range]").fill("0.6");
    await page.getByLabel("Log y").click();
    const isLog = await page.getByLabel("Log y").isChecked();
    await page.getByRole("button", { name: "Remove EXP002-bbbb" }).first().click();
    await page.waitForFunction(() => !document.querySelector(".curve-live svg")?.textContent?.includes("EXP002"));
    assert.match(page.url(), /smooth=0\.6&y=(?:log|linear)/);
    await page.reload();
    await page.waitForSelector(".curve-live svg");
    assert.equal(await page.inputValue("#curves input[type=range]"), "0.6");
    assert.equal(await page.getByLabel("Log y").isChecked(), isLog);
    assert.deepEqual(faults, []);
    await close();
  });
  test("shows the runs of the address, and the address follows what is removed, added back and compared with", () =>
    compared(async (page, [first = "", second = "", third = ""]) => {
      assert.deepEqual(await heads(page), [first, second, third]);
      await page
        .getByRole("button", { name: `Remove ${second}` })
        .first()
        .click();
      await page.waitForFunction((id) => !location.hash.includes(id), second);
      assert.deepEqual(await heads(page), [first, third]);
      await page.getByLabel("Add a run").fill(second);
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await page.waitForFunction((id) => location.hash.includes(id), second);
      assert.deepEqual(await heads(page), [first, third, second]);
      await page.getByRole("radio").nth(1).check();
      await page.waitForFunction((id) => location.hash.includes(`base=${id}`), third);
      await page.goBack();
      await page.waitForFunction(() => !location.hash.includes("base="));
    }));
  test("finds a run by its number with the keyboard alone", () =>
    compared(async (page, ids) => {
      await page.getByLabel("Add a run").focus();
      await page.keyboard.type("10");
      await page.keyboard.press("Enter");
      const tenth = ids.find((id) => id.startsWith("EXP010")) ?? "";
      await page.waitForFunction((id) => location.hash.includes(id), tenth);
    }));
  test("shows all parameters when asked, and says that an unknown run is not here", () =>
    compared(async (page, ids) => {
      await page.getByRole("button", { name: "Show all" }).click();
      await page.waitForFunction(() => location.hash.includes("rows=all"));
      assert.ok((await page.locator("#parameters tbody tr").count()) > 3);
      await page.evaluate((id) => {
        location.hash = `#runs=${id},EXP999-zzzz`;
      }, ids[0] ?? "");
      await page.getByText("is not in this journal").waitFor();
    }));
  test("keeps the address when a section is gone to", () =>
    compared(async (page) => {
      const before = page.url();
      await page.locator("a[data-anchor]", { hasText: "Notes" }).click();
      assert.equal(page.url(), before);
    }));
  test("of many runs turns them into rows", () =>
    compared(async (page, ids) => {
      await page.evaluate((list) => {
        location.hash = `#runs=${list}`;
      }, ids.slice(0, 8).join(","));
      await page.locator(".compare.turned").first().waitFor();
      assert.equal(await page.locator(".compare.turned").first().locator("tbody tr").count(), 8);
    }));
});
