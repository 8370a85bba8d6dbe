// The README's pictures of this project's own journal, light and dark: `npm run pictures`. They change when the pages or the runs do; another
// machine's fonts make others. Twice as dense as they are shown, and WebP as Chromium writes it: sharp, and a few dozen KB each.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type BrowserContext, chromium } from "playwright-core";
import { buildSite } from "../src/build/build.ts";
import { openJournal } from "../src/index.ts";
import { program } from "../test/support/chromium.ts";

interface Picture {
  readonly name: string;
  readonly address: string;
  /** What must be there before the picture is taken. */
  readonly ready: string;
  /** The picture ends below the first of these, or at so many pixels. */
  readonly end: string | number;
  readonly width?: number;
}

const pictures: readonly Picture[] = [
  { name: "overview", address: "digits/index.html", ready: "figure button", end: "figure figcaption" },
  {
    name: "compare",
    address: "compare.html#runs=EXP008-vg8h,EXP015-3pqw,EXP037-n39g",
    ready: "#curves",
    end: "#metrics tbody tr:nth-child(3)",
  },
  { name: "run", address: "runs/EXP037-n39g.html", ready: ".copy", end: ".measures tbody tr:nth-child(4)" },
  {
    name: "log",
    address: "digits/log.html#where=train_samples+%3E+3000&sort=-val_accuracy",
    ready: ".terms .chip",
    end: 700,
    width: 1280,
  },
];
const usual = 1160;
const root = resolve(import.meta.dirname, "..");
const folder = join(root, "docs/pictures");
const site = mkdtempSync(join(tmpdir(), "journal-pictures-"));

if (program === undefined) throw new Error("no Chromium is installed; name one in CHROMIUM");
try {
  await buildSite(openJournal(root), site);
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({ colorScheme, deviceScaleFactor: 2, reducedMotion: "reduce" });
    for (const picture of pictures) {
      const image = await take(context, picture);
      writeFileSync(join(folder, `${picture.name}-${colorScheme}.webp`), image);
      console.log(`docs/pictures/${picture.name}-${colorScheme}.webp ${Math.round(image.length / 1024)} KB`);
    }
    await context.close();
  }
  await browser.close();
} finally {
  rmSync(site, { recursive: true, force: true });
}

async function take(context: BrowserContext, { address, ready, end, width = usual }: Picture): Promise<Buffer> {
  const page = await context.newPage();
  await page.setViewportSize({ width, height: typeof end === "number" ? end : 900 });
  await page.goto(`${pathToFileURL(site).href}/${address}`);
  await page.waitForSelector(ready);
  await page.evaluate(() => document.fonts.ready);
  if (typeof end === "string") {
    const box = await page.locator(end).first().boundingBox();
    if (box === null) throw new Error(`${address} shows no ${end}`);
    await page.setViewportSize({ width, height: Math.ceil(box.y + box.height) + 12 });
  }
  const devtools = await context.newCDPSession(page);
  const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality: 80 });
  await page.close();
  return Buffer.from(data, "base64");
}
