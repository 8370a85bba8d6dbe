// What holds for every page there is: it keeps to its policy and its origin, has no error, does not scroll sideways, says everything
// without scripts, and axe finds nothing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { noBrowser, type Visit, visit } from "./browser.ts";
import { busy, host, large, odd, type Site, single } from "./sites.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** All pages that are not of one run, and a few that are. */
function chosen({ pages }: Site, most = 60): readonly string[] {
  const runs = pages.filter((path) => path.startsWith("runs/"));
  const tags = pages.filter((path) => /^(?:tags|.*log|.*parameters)\/./.test(path));
  const rest = pages.filter((path) => !runs.includes(path) && !tags.includes(path));
  const some = (list: readonly string[]): readonly string[] => [...list.slice(0, 2), ...list.slice(-1)];
  return [...new Set([...rest, ...some(tags), ...some(runs)])].slice(0, most);
}

/** In words; empty when all is well. */
async function lookAt({ page }: Visit, path: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const width of [400, 1280, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) found.push(`${path} at ${width}: scrolls sideways by ${over}px`);
    const { violations } = await page.evaluate(() =>
      (window as unknown as { axe: { run: (o: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run(
        {},
      ),
    );
    found.push(...violations.map(({ id, nodes }) => `${path} at ${width}: ${id}: ${nodes[0]?.html.slice(0, 160)} (${nodes.length})`));
  }
  const text = await page.evaluate(() => document.body.innerText);
  for (const word of [/\bundefined\b/, /\bNaN\b/, /\[object /, /\bInfinity\b/])
    if (word.test(text)) found.push(`${path}: shows ${word.source}`);
  return found;
}

async function sweep(at: Site, home: string, colorScheme: "light" | "dark"): Promise<readonly string[]> {
  const visited = await visit({ home, colorScheme, bypassCSP: false });
  const found: string[] = [];
  try {
    for (const path of chosen(at)) {
      await visited.page.goto(home + path, { waitUntil: "load" });
      // Playwright evaluates in a world of its own, which the page's policy does not rule.
      await visited.page.evaluate(axe);
      found.push(...(await lookAt(visited, path)));
    }
    return [...found, ...visited.faults];
  } finally {
    await visited.close();
  }
}

describe("every page", { skip: noBrowser }, () => {
  const journals = { "three studies": busy, "one study": single, ...odd };
  for (const [name, make] of Object.entries(journals)) {
    test(`of a journal with ${name} is sound over http, in light`, async () => {
      const at = await make();
      const { url, close } = await host(at);
      const found = await sweep(at, url, "light").finally(close);
      assert.deepEqual(found, []);
    });
  }
  test("is sound from a file, in dark", async () => {
    const at = await busy();
    assert.deepEqual(await sweep(at, at.file, "dark"), []);
  });
  test("of 10,000 runs is sound", async () => {
    const at = await large();
    const { url, close } = await host(at);
    const found = await sweep(at, url, "light").finally(close);
    assert.deepEqual(found, []);
  });
  test("says the same without scripts", async () => {
    const at = await busy();
    const { url, close } = await host(at);
    const plain = await visit({ home: url, javaScriptEnabled: false });
    try {
      for (const path of chosen(at)) {
        await plain.page.goto(url + path);
        const words = ((await plain.page.textContent("main")) ?? "").trim().length;
        assert.ok(words > 40, `${path} says ${words} characters`);
      }
      assert.deepEqual(plain.faults, []);
    } finally {
      await plain.close();
      close();
    }
  });
});

describe("every link", { skip: noBrowser }, () => {
  test("of a generated journal leads to a file of the site", async () => {
    for (const at of [await busy(), await single()]) {
      const broken: string[] = [];
      for (const path of at.pages) {
        const html = readFileSync(`${at.folder}/${path}`, "utf8");
        for (const [, address = ""] of html.matchAll(/ (?:href|src)="([^"#][^"]*)"/g)) {
          if (/^[a-z]+:/.test(address)) continue;
          const target = new URL(address.replaceAll("&amp;", "&"), `http://x/${path}`).pathname.slice(1);
          if (!(await exists(`${at.folder}/${decodeURIComponent(target)}`))) broken.push(`${path} → ${address}`);
        }
      }
      assert.deepEqual(broken.slice(0, 20), []);
    }
  });
});

async function exists(path: string): Promise<boolean> {
  const { existsSync } = await import("node:fs");
  return existsSync(path.endsWith("/") ? `${path}index.html` : path);
}
