// What a reader waits for and loads: the log's first rows, which are in the page itself, the table that scripts make of all rows, and a letter in
// its filter, in a new tab of a Chromium that is open already; and the weight of the pages. Opened from a file, the first rows from a server too.
//
//   npm run bench -- browser [--runs 1000,10000] [--rounds 5] [--record "What was tried"]

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright-core";
import { typeOf } from "../src/build/http.ts";
import { program } from "../test/support/chromium.ts";
import { writeJournal } from "../test/support/generate.ts";
import { median } from "./measure.ts";
import { record, recording } from "./record.ts";

const { values } = parseArgs({
  options: { runs: { type: "string", default: "1000,10000" }, rounds: { type: "string", default: "5" }, ...recording },
});
const rounds = Number(values.rounds);
const bin = resolve(import.meta.dirname, "../dist/cli/main.js");
const typed = "val_accuracy > 90%";

if (program === undefined) throw new Error("no Chromium is installed; name one in CHROMIUM");
const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
const work = mkdtempSync(join(tmpdir(), "journal-bench-browser-"));
try {
  for (const runs of values.runs.split(",").map(Number)) {
    const site = build(join(work, String(runs)), runs);
    const served = await serve(site);
    const visits: Visit[] = [];
    const far: Visit[] = [];
    for (let round = -1; round < rounds; round++) {
      const [near, away] = [await read(browser, pathToFileURL(site).href), await read(browser, served.url)];
      if (round < 0) continue;
      visits.push(near);
      far.push(away);
    }
    served.close();
    const metrics = {
      first_rows_ms: visits.map(({ first }) => first),
      first_rows_http_ms: far.map(({ first }) => first),
      log_rows_ms: visits.map(({ rows }) => rows),
      log_rows_http_ms: far.map(({ rows }) => rows),
      keystroke_ms: visits.map(({ keys }) => median(keys)),
      slowest_keystroke_ms: visits.map(({ keys }) => Math.max(...keys)),
      ...weights(site),
    };
    console.log(`\n${runs} runs, Chromium ${browser.version()}`);
    for (const [name, each] of Object.entries(metrics)) console.log(`${name.padEnd(22)} ${median(each).toFixed(1)}`);
    record(values, {
      part: `${runs} runs`,
      config: { measured: "browser", runs, rounds },
      metrics,
      software: { chromium: browser.version() },
    });
  }
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}

function build(folder: string, runs: number): string {
  writeJournal(folder, { runs });
  const site = join(folder, "_site");
  const { status, stderr } = spawnSync(process.execPath, [bin, "build", "-C", folder, "-o", site], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return site;
}

/** As any server of files would. */
function serve(site: string): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer(({ url = "/" }, response) => {
    response.setHeader("Content-Type", typeOf(url));
    response.end(readFileSync(join(site, decodeURIComponent(url))));
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const close = (): void => {
        server.closeAllConnections();
        server.close();
      };
      resolve({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close });
    });
  });
}

interface Visit {
  readonly first: number;
  readonly rows: number;
  readonly keys: readonly number[];
}

/** Milliseconds from the navigation to the first rows and to the scripted ones, and from each letter to the picture that answers it. */
async function read(from: Browser, site: string): Promise<Visit> {
  const page = await from.newPage({ viewport: { width: 1280, height: 900 } });
  // tsx gives functions their names with a helper that no page has.
  await page.addInitScript("globalThis.__name = (named) => named;");
  await page.addInitScript(watch);
  await page.goto(`${site}/log.html`, { waitUntil: "commit" });
  await page.waitForFunction(() => (window as Watched).rowsAt !== undefined);
  const [first, rows] = await page.evaluate(() => [(window as Watched).firstAt ?? 0, (window as Watched).rowsAt ?? 0] as const);
  await page.waitForFunction(() => document.querySelector(".log-app .counts")?.textContent?.includes("loading") === false);
  const keys: number[] = [];
  await page.focus("[data-filter]");
  for (const letter of typed) keys.push(await press(page, letter));
  await page.close();
  return { first, rows, keys };
}

type Watched = Window & { firstAt?: number; rowsAt?: number; answeredAfter?: number };

/** In the page: when the first row and the first scripted row are there and painted, and how long after a letter the next picture is. */
function watch(): void {
  const watched = window as Watched;
  const painted = (then: () => void): void => void requestAnimationFrame(() => setTimeout(then));
  let seen = false;
  const look = (): void => {
    if (!seen && document.querySelector("table.log tbody tr") !== null) {
      seen = true;
      painted(() => {
        watched.firstAt = performance.now();
      });
    }
    if (document.querySelector(".log.scripted tr[data-line]") === null) requestAnimationFrame(look);
    else
      painted(() => {
        watched.rowsAt = performance.now();
      });
  };
  requestAnimationFrame(look);
  addEventListener(
    "input",
    ({ timeStamp }) =>
      painted(() => {
        watched.answeredAfter = performance.now() - timeStamp;
      }),
    { capture: true },
  );
}

async function press(page: Page, letter: string): Promise<number> {
  await page.evaluate(() => {
    delete (window as Watched).answeredAfter;
  });
  await page.keyboard.type(letter);
  const answered = await page.waitForFunction(() => (window as Watched).answeredAfter);
  return (await answered.jsonValue()) ?? Number.NaN;
}

/** KB, packed as a server would send them; the run pages as they lie there. */
function weights(site: string): Readonly<Record<string, readonly [number]>> {
  const kilo = (bytes: number): readonly [number] => [bytes / 1024];
  const packed = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length;
  const named = (below: string, pattern: RegExp): readonly string[] =>
    readdirSync(join(site, below))
      .filter((name) => pattern.test(name))
      .map((name) => join(site, below, name));
  const sum = (paths: readonly string[]): number => paths.reduce((total, path) => total + packed(path), 0);
  const html = readFileSync(join(site, "log.html"), "utf8");
  const scripts = [...html.matchAll(/<script [^>]*src="(assets\/[^"]+)"/g)].map(([, address = ""]) => join(site, address));
  return {
    overview_kb: kilo(packed(join(site, "index.html")) + sum(named("assets", /^site-.*\.css$/))),
    log_scripts_kb: kilo(sum(scripts)),
    log_data_kb: kilo(sum(named("data", /^main-\d+\.js$/))),
    run_page_kb: kilo(median(named("runs", /\.html$/).map((path) => statSync(path).size))),
  };
}
