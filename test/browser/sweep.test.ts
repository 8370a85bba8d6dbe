// What holds for every page there is: it keeps to its policy and its origin, has no error, does not scroll sideways, says everything
// without scripts, and axe finds nothing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { inBrowser, type Visit, visit } from "./browser.ts";
import { busy, host, large, odd, type Site, single } from "./sites.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What is drawn by the same component: `tags/` of every tag, `best` of every study, `next` of every page. */
function kindOf(path: string): string {
  const one = /(?:^|\/)(log|parameters|runs|tags)\//.exec(path)?.[1];
  if (one !== undefined) return `${one}/`;
  return /^(?:reports\/.|.*\bviews\/)/.test(path) ? path : path.replace(/^.*\//, "").replace(/-?\d*\.html$/, "");
}

interface Chosen {
  readonly path: string;
  /** Of its kind, in this journal. */
  readonly isFirst: boolean;
}

/** The first two and the last page of each kind; what a person wrote is a kind of its own. */
function chosen({ pages }: Site): readonly Chosen[] {
  const kinds = new Map<string, string[]>();
  for (const path of pages) kinds.set(kindOf(path), [...(kinds.get(kindOf(path)) ?? []), path]);
  return [...kinds.values()].flatMap((paths) =>
    [...new Set([...paths.slice(0, 2), ...paths.slice(-1)])].map((path, at) => ({ path, isFirst: at === 0 })),
  );
}

interface Axe {
  readonly run: (
    context: Document,
    options: object,
  ) => Promise<{ readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[] }>;
}

/** In words; empty when all is well. */
async function violations({ page }: Visit): Promise<readonly string[]> {
  // Playwright evaluates in a world of its own, which the page's policy does not rule.
  await page.evaluate(axe);
  const result = await page.evaluate(() =>
    // Without `preload`, which asks for style sheets by a request that no page from a disk may make.
    (window as unknown as { axe: Axe }).axe.run(document, { preload: false, resultTypes: ["violations"] }),
  );
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} (${nodes.length})`);
}

const widths = [1920, 1280, 400];

async function lookAt(visited: Visit, path: string, axeAt: readonly number[]): Promise<readonly string[]> {
  const { page } = visited;
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) found.push(`${path} at ${width}: scrolls sideways by ${over}px`);
    if (axeAt.includes(width)) found.push(...(await violations(visited)).map((words) => `${path} at ${width}: ${words}`));
  }
  const text = await page.evaluate(() => document.body.innerText);
  for (const word of [/\bundefined\b/, /\bNaN\b/, /\[object /, /\bInfinity\b/])
    if (word.test(text)) found.push(`${path}: shows ${word.source}`);
  return found;
}

/** `firstAt`: the widths at which axe sees the first page of a kind; the others it sees at 1280. */
async function sweep(
  at: Site,
  home: string,
  colorScheme: "light" | "dark",
  firstAt: readonly number[] = [1280],
): Promise<readonly string[]> {
  const visited = await visit({ home, colorScheme, bypassCSP: false });
  const found: string[] = [];
  try {
    for (const { path, isFirst } of chosen(at)) {
      await visited.page.goto(home + path, { waitUntil: "load" });
      found.push(...(await lookAt(visited, path, isFirst ? firstAt : [1280])));
    }
    return [...found, ...visited.faults];
  } finally {
    await visited.close();
  }
}

describe("every page", { ...inBrowser, concurrency: 2 }, () => {
  const both = [400, 1280];
  const hosted = async (make: () => Promise<Site>, firstAt?: readonly number[]): Promise<void> => {
    const at = await make();
    const { url, close } = await host(at);
    const found = await sweep(at, url, "light", firstAt).finally(close);
    assert.deepEqual(found, []);
  };
  test("of three studies is sound over http, in light", () => hosted(busy, both));
  test("of three studies is sound from a file, in dark", async () => {
    const at = await busy();
    assert.deepEqual(await sweep(at, at.file, "dark", both), []);
  });
  test("of one study is sound over http, in light", () => hosted(single, both));
  for (const [name, make] of Object.entries(odd)) test(`of a journal with ${name} is sound`, () => hosted(make));
  test("of 10,000 runs is sound", () => hosted(large));
  test("says the same without scripts", async () => {
    const at = await busy();
    const { url, close } = await host(at);
    const plain = await visit({ home: url, javaScriptEnabled: false });
    try {
      for (const { path } of chosen(at)) {
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

describe("every link", inBrowser, () => {
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
