// The header's tools and what the shell adds, under a reader's hands and keys.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { inBrowser, type Visit, visit } from "./browser.ts";
import { busy, large, type Site, written } from "./sites.ts";

interface Opened extends Visit {
  readonly at: Site;
}

async function open(site: Promise<Site>, address: string, more: Partial<Parameters<typeof visit>[0]> = {}): Promise<Opened> {
  const at = await site;
  const visited = await visit({ home: at.file, ...more });
  await visited.page.goto(at.file + address);
  return { ...visited, at };
}

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "");

const two = (): Promise<Site> =>
  written(
    "long-titles",
    {
      "experiments/EXP001-aaaa-x.md": "---\nid: EXP001-aaaa\ntitle: <b>One</b>\nstatus: finished\nmetrics: { val_accuracy: 80% }\n---\n",
      "experiments/a-study/study.yaml": 'title: "An equally long study title that nobody can read in a header"\n',
      "experiments/a-study/EXP002-bbbb-x.md":
        "---\nid: EXP002-bbbb\ntitle: Two\ntags: [sweep]\nstatus: finished\nreason: Zebra crossing\nmetrics: { val_accuracy: 81% }\n---\n",
      "experiments/a-study/EXP003-cccc-x.md": "---\nid: EXP003-cccc\ntitle: [x\n---\n",
    },
    'title: "A very long journal title about cats, dogs, <b>birds</b> & everything else in the world"\n',
  );

describe("the header", inBrowser, () => {
  for (const width of [400, 720, 900, 1024, 1280, 1920])
    test(`fits ${width} pixels, whatever the names`, async () => {
      const { page, close } = await open(two(), "a-study/index.html", { viewport: { width, height: 700 } });
      await page.waitForSelector(".study-menu");
      const wrong = await page.evaluate(() => {
        const shown = [...document.querySelectorAll(".crumbs > *, .tabs a, .menu summary, .counts a, .tools .search, .tools .theme")]
          .filter((element) => element.getClientRects().length > 0)
          .map((element) => ({ element, box: element.getBoundingClientRect() }));
        return shown.flatMap(({ element, box }, at) => {
          const name = `${element.className} ${element.textContent?.slice(0, 12)}`;
          const over = shown.slice(at + 1).filter(({ element: other, box: next }) => {
            if (element.contains(other) || other.contains(element)) return false;
            const wide = Math.min(box.right, next.right) - Math.max(box.left, next.left);
            return wide > 1 && Math.min(box.bottom, next.bottom) - Math.max(box.top, next.top) > 1;
          });
          return [
            ...over.map(({ element: other }) => `${name} over ${other.className}`),
            ...(box.left < 0 || box.right > innerWidth || box.height > 48 ? [`${name} outside`] : []),
            ...(box.height < 24 || box.width < 24 ? [`${name} small: ${box.width} x ${box.height}`] : []),
          ];
        });
      });
      assert.deepEqual(wrong, []);
      await close();
    });

  test("knows runs, problems and studies, and its menus close by key and by a click elsewhere", async () => {
    const { page, faults, close } = await open(two(), "a-study/log.html");
    assert.match(await page.innerText(".counts"), /2 runs\s*\d problems?/);
    await page.click(".study-menu summary");
    assert.deepEqual(await page.locator(".study-menu a").evaluateAll((links) => links.map((link) => link.getAttribute("href"))), [
      "../main/log.html",
      "../a-study/log.html",
    ]);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".study-menu[open]").count(), 0);
    assert.equal(await focused(page), "Studies");
    await page.click(".study-menu summary");
    await page.click("h1");
    assert.equal(await page.locator(".study-menu[open]").count(), 0);
    assert.deepEqual(faults, []);
    await close();
  });

  test("turns the theme from the system's to light to dark and remembers it", async () => {
    const { page, at, close } = await open(busy(), "index.html", { colorScheme: "dark" });
    const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.click(".theme");
    assert.equal(await page.innerText(".theme"), "Light");
    assert.notEqual(await ground(), dark);
    await page.goto(`${at.file}problems.html`);
    assert.equal(await page.innerText(".theme"), "Light");
    await page.click(".theme");
    assert.equal(await ground(), dark);
    await page.click(".theme");
    assert.equal(await page.innerText(".theme"), "Auto");
    await close();
  });

  test("works where storage is not allowed", async () => {
    const at = await busy();
    const { page, context, faults, close } = await visit({ home: at.file });
    const refuse = "get() { throw new Error('not allowed'); }";
    for (const name of ["localStorage", "sessionStorage"])
      await context.addInitScript(`Object.defineProperty(window, "${name}", { ${refuse} })`);
    await page.goto(`${at.file}index.html`);
    await page.click(".theme");
    assert.equal(await page.innerText(".theme"), "Light");
    assert.deepEqual(faults, []);
    await close();
  });
});

describe("search", inBrowser, () => {
  test("opens a run by keys alone: by number, title, tag and note", async () => {
    for (const [words, id] of [
      ["2", "EXP002-bbbb"],
      ["two", "EXP002-bbbb"],
      ["sweep", "EXP002-bbbb"],
      ["zebra cross", "EXP002-bbbb"],
      ["<b>one", "EXP001-aaaa"],
    ] as const) {
      const { page, faults, close } = await open(two(), "index.html");
      await page.keyboard.press("/");
      await page.keyboard.type(words);
      await page.waitForSelector(`[role="option"][aria-selected="true"] >> text=${id}`);
      await page.keyboard.press("Enter");
      await page.waitForURL(`**/runs/${id}.html`);
      assert.deepEqual(faults, []);
      await close();
    }
  });

  test("moves with the arrows, closes on Escape and gives the focus back", async () => {
    const { page, close } = await open(busy(), "index.html");
    await page.keyboard.press("/");
    await page.keyboard.type("batch");
    await page.waitForSelector('[role="option"]');
    const active = (): Promise<string | null> => page.getAttribute('[role="combobox"]', "aria-activedescendant");
    const first = await active();
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await active(), first);
    await page.keyboard.press("ArrowUp");
    assert.equal(await active(), first);
    await page.keyboard.press("ArrowUp");
    assert.match(String(await active()), /-\d+$/);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator('[role="option"]').count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "BODY");
    await close();
  });

  test("says what it looks for when nothing matches, and leads to the log's filter", async () => {
    const { page, close } = await open(busy(), "index.html");
    await page.keyboard.press("/");
    await page.keyboard.type("zzzz");
    await page.waitForFunction(() => /No run matches “zzzz”/.test(document.querySelector(".hits")?.textContent ?? ""));
    assert.match(String(await page.getAttribute(".hits a:not([role])", "href")), /log\.html#where=text%20~%20%22zzzz%22$/);
    await close();
  });

  test("answers each key within 50 ms among 10,000 runs", async () => {
    const { page, close } = await open(large(), "index.html");
    await page.keyboard.press("/");
    await page.keyboard.type("b");
    await page.waitForFunction(() => /\d run/.test(document.querySelector(".hits")?.textContent ?? ""), undefined, { timeout: 60_000 });
    await page.waitForFunction(() => !/so far/.test(document.querySelector(".hits")?.textContent ?? ""), undefined, { timeout: 60_000 });
    const times = await page.evaluate(async () => {
      const field = document.querySelector<HTMLInputElement>('.tools input[type="search"]');
      const all: number[] = [];
      const typed = ["ba", "bat", "batch", "batch of", "batch of 1", "42", "exp77"];
      for (const words of [...typed, ...typed, ...typed]) {
        if (field === null) break;
        const start = performance.now();
        field.value = words;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((resolve) => setTimeout(resolve));
        all.push(performance.now() - start);
      }
      return all.sort((a, b) => a - b);
    });
    // Of three times each: others use the machine as well.
    assert.ok((times[Math.floor(times.length / 3)] ?? 1000) <= 50, `${times.map(Math.round).join(" ")} ms`);
    await close();
  });
});

describe("keys", inBrowser, () => {
  test("lead from page to page, show their list, and write in fields", async () => {
    const { page, at, close } = await open(busy(), "index.html");
    await page.goto(`${at.file}main/index.html`);
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await page.waitForURL("**/main/log.html");
    await page.keyboard.press("?");
    assert.ok(await page.locator("dialog.keys[open]").isVisible());
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("dialog.keys[open]").count(), 0);
    await page.keyboard.press("/");
    await page.keyboard.type("g?fx");
    assert.equal(await page.inputValue('.tools input[type="search"]'), "g?fx");
    assert.equal(await page.locator("dialog.keys[open]").count(), 0);
    await close();
  });

  test("go from run to run in a table and tick them; the tray keeps them from page to page", async () => {
    const { page, at, faults, close } = await open(busy(), "tags.html");
    await page.goto(`${at.file}next.html`);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    assert.equal(await page.evaluate(() => document.activeElement?.classList.contains("id") || document.activeElement?.tagName), true);
    await page.keyboard.press("x");
    await page.waitForSelector(".tray");
    assert.match(await page.innerText(".tray"), /^1 run/);
    await page.goto(`${at.file}index.html`);
    await page.waitForSelector(".tray");
    await page.keyboard.press("c");
    await page.waitForURL(/compare\.html/);
    await page.click(".tray >> text=Clear");
    assert.equal(await page.locator(".tray").count(), 0);
    assert.deepEqual(faults, []);
    await close();
  });
});

describe("paper", inBrowser, () => {
  test("is white, has no controls, and shows what was folded", async () => {
    const { page, close } = await open(busy(), "next.html", { colorScheme: "dark" });
    const look = () =>
      page.evaluate(() => ({
        ground: getComputedStyle(document.body).backgroundColor,
        controls: [...document.querySelectorAll(".top, .foot")].filter((element) => element.getClientRects().length > 0).length,
        folded: [...document.querySelectorAll("main details:not([open])")].filter(
          (element) => element.lastElementChild?.checkVisibility({ contentVisibilityAuto: true }) !== true,
        ).length,
      }));
    const screen = await look();
    assert.ok(screen.ground === "rgb(15, 18, 23)" && screen.controls === 2 && screen.folded > 0, JSON.stringify(screen));
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await look(), { ground: "rgb(255, 255, 255)", controls: 0, folded: 0 });
    await close();
  });
});

describe("a run's page", inBrowser, () => {
  test("knows the runs beside it, its rank, and copies its command from a disk", async () => {
    const { page, at, faults, close } = await open(busy(), "index.html");
    const address = at.pages.filter((path) => path.startsWith("runs/"))[30] ?? "";
    await page.goto(at.file + address);
    await page.waitForSelector(".neighbours");
    assert.match(await page.innerText(".neighbours"), /Previous.*Next.*Rank \d+ of \d+ by /s);
    const next = String(await page.getAttribute(".neighbours .next a", "href"));
    await page.click(".neighbours .next a");
    assert.ok(page.url().endsWith(next.replace("../", "")));
    await page.click(".copy");
    await page.waitForFunction(() => document.querySelector(".copy")?.textContent === "Copied");
    await page.click(".neighbours button");
    assert.equal(await page.getAttribute(".neighbours button", "aria-pressed"), "true");
    const download = page.waitForEvent("download");
    await page.click(".tray >> text=CSV");
    assert.equal((await download).suggestedFilename(), "runs.csv");
    assert.deepEqual(faults, []);
    await close();
  });
});
