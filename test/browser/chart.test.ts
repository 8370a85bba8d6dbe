// Charts under a reader's hands: tips and ways to the runs, the live form with its switches, files to take along, all from a disk and
// under the policy.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { inBrowser, type Visit, visit } from "./browser.ts";
import { busy, large, type Site, written } from "./sites.ts";

/** A run per value; every second one is kept. */
const losses = (values: readonly string[], more: (at: number) => Readonly<Record<string, string>> = () => ({})): Promise<Site> =>
  written(
    `losses-${values.length}`,
    Object.assign(
      {},
      ...values.map((loss, at) => {
        const id = `EXP${String(at + 1).padStart(3, "0")}-abcd`;
        const text = `---\nid: ${id}\ntitle: Try ${at + 1}\ndate: 2026-11-${String(at + 1).padStart(2, "0")}\nstatus: finished\n${at > 0 ? "base: EXP001\n" : ""}config: { lr: ${at + 1} }\nmetrics: { val_loss: ${loss} }\ndecision: ${at % 2 ? "discard" : "keep"}\n---\n`;
        return { [`experiments/${id}-run.md`]: text, ...more(at) };
      }),
    ),
  );

async function open(
  at: Site,
  path: string,
  options: { readonly colorScheme?: "light" | "dark"; readonly width?: number } = {},
): Promise<Visit> {
  const { colorScheme = "light", width = 1280 } = options;
  const visited = await visit({ home: at.file, colorScheme, bypassCSP: false, acceptDownloads: true, viewport: { width, height: 900 } });
  await visited.page.goto(at.file + path);
  return visited;
}

async function explore(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Explore" }).first().click();
  await page.waitForSelector("figure.exploring .chart-live svg");
}

async function saved(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name, exact: true }).first().click()]);
  return readFileSync(await download.path(), "latin1");
}

const home = "index.html";
const values = ["0.97", "0.96", "0.5", "0.955", "0.05"];

describe("a chart", inBrowser, () => {
  test("tells its nearest mark and leads to the run", async () => {
    const visited = await open(await losses(values), home);
    const { page } = visited;
    const mark = page.locator(".chart.wide [data-tip^='EXP003']");
    const box = await mark.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width / 2 + 9, box.y + box.height / 2);
    assert.match((await page.textContent(".tip")) ?? "", /^EXP003-abcd Try 3.*0\.5.*kept$/);
    await page.mouse.click(box.x + box.width / 2 + 9, box.y + box.height / 2);
    await page.waitForURL(/EXP003-abcd\.html$/);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  test("opens its live form without ever an empty place, and closes it", async () => {
    const visited = await open(await losses(values), home, { colorScheme: "dark" });
    const { page } = visited;
    await page.evaluate(() => {
      const figure = document.querySelector("figure") as HTMLElement;
      const heights: number[] = [];
      Object.assign(window, { heights });
      new MutationObserver(() => heights.push(figure.clientHeight)).observe(figure, { subtree: true, childList: true, attributes: true });
    });
    await explore(page);
    const heights = await page.evaluate(() => (window as unknown as { heights: number[] }).heights);
    assert.ok(heights.length > 0 && heights.every((height) => height > 250), heights.join(" "));
    assert.equal(await page.locator(".chart.wide").isVisible(), false);
    await page.getByRole("button", { name: "Close" }).click();
    assert.equal(await page.locator(".chart.wide").isVisible(), true);
    assert.equal(await page.locator(".explorer").count(), 0);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  test("shows the stretch over which somebody drags, by mouse and by keys, and all again", async () => {
    const visited = await open(await losses(values), home);
    const { page } = visited;
    await explore(page);
    const marks = (): Promise<number> => page.locator(".chart-live path[aria-label^='EXP']").count();
    assert.equal(await marks(), 5);
    const box = await page.locator(".chart-live").boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + 100, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 480, box.y + 120, { steps: 4 });
    assert.equal(await page.locator(".brush").isVisible(), true);
    await page.mouse.up();
    await page.waitForTimeout(100);
    const some = await marks();
    assert.ok(some > 0 && some < 5, `${some} marks`);
    await page.locator(".chart-live").press("0");
    await page.waitForTimeout(100);
    assert.equal(await marks(), 5);
    await page.locator(".chart-live").press("+");
    await page.waitForTimeout(100);
    assert.ok((await marks()) < 5);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  test("switches to true dates and to the log scale", async () => {
    const visited = await open(await losses(values), home);
    const { page } = visited;
    await explore(page);
    const text = async (): Promise<string> => (await page.locator(".chart-live").textContent()) ?? "";
    assert.match(await text(), /runs in order of date/);
    await page.getByLabel("Dates").check();
    await page.waitForTimeout(100);
    assert.doesNotMatch(await text(), /runs in order/);
    assert.doesNotMatch(await text(), /log scale/);
    await page.getByLabel("Log scale").check();
    await page.waitForTimeout(200);
    assert.match(await text(), /log scale/);
    assert.equal(await page.locator(".chart-live svg").count(), 1);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  test("is saved as a drawing that stands alone, as a picture and as data", async () => {
    const visited = await open(await losses(values), home, { colorScheme: "dark" });
    const { page } = visited;
    for (const isLive of [false, true]) {
      if (isLive) await explore(page);
      const svg = await saved(page, "SVG");
      assert.match(svg, /^<svg/);
      assert.doesNotMatch(svg, /var\(|class=|style=|data-/);
      assert.match(svg, /#48b494/, "the colour of kept in the dark");
      assert.match(await saved(page, "PNG"), /^.PNG/);
      const csv = await saved(page, "CSV");
      assert.match(csv, /^decision,run,order,date,val_loss,about\r\n/);
      assert.match(csv, /kept,EXP003-abcd,3,2026-11-03T00:00:00.000Z,0\.5,/);
    }
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  test("follows the theme and the width", async () => {
    const visited = await open(await losses(values), home);
    const { page } = visited;
    await explore(page);
    const width = async (): Promise<number> => (await page.locator(".chart-live svg").boundingBox())?.width ?? 0;
    const wide = await width();
    await page.setViewportSize({ width: 400, height: 900 });
    await page.waitForTimeout(300);
    assert.ok((await width()) < 400 && wide > 1200, `${wide} and ${await width()}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 400);
    await page.evaluate(() => document.documentElement.setAttribute("data-theme", "dark"));
    await page.waitForTimeout(300);
    assert.equal(await page.locator(".chart-live svg").count(), 1);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  test("that is open stays open when the page's content is replaced, with the new data", async () => {
    const visited = await open(await losses(values), home);
    const { page } = visited;
    await explore(page);
    await page.evaluate(() => {
      document.dispatchEvent(new CustomEvent("journal:data"));
      document.dispatchEvent(new CustomEvent("journal:content"));
    });
    await page.waitForTimeout(500);
    assert.equal(await page.locator(".explorer:not(.waiting) .chart-live svg").count(), 1);
    await page.evaluate(() => {
      const main = document.querySelector("main");
      const figure = main?.querySelector("figure");
      figure?.querySelector(".explorer")?.remove();
      figure?.querySelector(".chart-tools")?.remove();
      figure?.classList.remove("exploring");
      main?.replaceWith(main.cloneNode(true));
      document.dispatchEvent(new CustomEvent("journal:content"));
    });
    await page.waitForSelector("figure.exploring .chart-live svg");
    assert.equal(await page.getByRole("button", { name: "Close" }).count(), 1);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  test("keeps its picture and says in words what did not load", async () => {
    const at = await losses(values);
    const visited = await open(at, home);
    const { page } = visited;
    await page.evaluate(() => {
      const site = (window as unknown as { journal: { site: { assets: Record<string, string> } } }).journal.site;
      site.assets["vega.js"] = "assets/gone.js";
    });
    await page.getByRole("button", { name: "Explore" }).click();
    await page.waitForFunction(() => document.querySelector(".chart-note")?.textContent?.includes("did not load"));
    assert.equal(await page.locator(".chart.wide").isVisible(), true);
    await visited.close();
  });

  test("of 10,000 runs shows columns, and the runs of a stretch one by one", async () => {
    const visited = await open(await large(), home);
    const { page } = visited;
    await explore(page);
    const marks = (): Promise<number> => page.locator(".chart-live path[aria-label]").count();
    const all = await marks();
    assert.ok(all > 100 && all < 1000, `${all} marks`);
    await page.selectOption(".chart-controls select", { label: "last 200" });
    await page.waitForTimeout(300);
    assert.ok((await marks()) >= 150, `${await marks()} marks`);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });

  test("of each study has its own live form", async () => {
    const at = await busy();
    const visited = await open(at, "study-1/index.html");
    await explore(visited.page);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });
});

describe("the curves of a run", inBrowser, () => {
  const rows = (seed: number): string =>
    Array.from(
      { length: 50 },
      (_, at) => `${at},${(2 / (at + seed)).toFixed(4)},${at === 49 && seed === 2 ? "nan" : (0.9 - 1 / (at + 2)).toFixed(4)}`,
    ).join("\n");
  const site = (): Promise<Site> =>
    losses(["0.9", "0.8", "0.7"], (at) => ({ [`experiments/EXP00${at + 1}-abcd.files/curves.csv`]: `step,loss,acc\n${rows(at + 1)}\n` }));

  test("open live beside those of the base, smooth, zoom together and are saved", async () => {
    const visited = await open(await site(), "runs/EXP002-abcd.html");
    const { page } = visited;
    await page.locator("[data-island=curves]").getByRole("button", { name: "Explore" }).click();
    await page.waitForSelector(".curve-live svg");
    assert.equal(await page.locator(".curve-live").count(), 2);
    assert.equal(await page.locator(".curves").isVisible(), false);
    const words = async (at: number): Promise<string> => (await page.locator(".curve-live").nth(at).textContent()) ?? "";
    assert.match(await words(0), /EXP001-abcd/);
    assert.match(await words(1), /EXP002-abcd diverged after step 48/);
    const paths = (): Promise<readonly string[]> =>
      page
        .locator(".curve-live")
        .first()
        .locator("svg svg path")
        .evaluateAll((all) => all.map((path) => path.getAttribute("d") ?? ""));
    const before = await paths();
    await page.locator("input[type=range]").fill("0.9");
    assert.equal((await paths()).length, before.length * 2, "the raw line stays behind");
    const surface = page.locator(".curve-live .chart-live").first();
    await surface.scrollIntoViewIfNeeded();
    await surface.hover({ position: { x: 180, y: 80 } });
    assert.match((await page.textContent(".tip")) ?? "", /^step \d+EXP00/);
    await surface.press("+");
    assert.match(
      (await page.locator(".curve-live svg").nth(2).getAttribute("aria-label")) ??
        (await page.locator(".curve-live .chart-live > svg").nth(1).getAttribute("aria-label")) ??
        "",
      /over step 1[0-9]/,
    );
    assert.doesNotMatch(await saved(page, "SVG"), /var\(|class=|style=/);
    assert.deepEqual(visited.faults, []);
    await visited.close();
  });
});
