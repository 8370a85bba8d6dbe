// One Chromium for the whole suite, and pages that remember everything they should not have done.

import { after } from "node:test";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { program } from "../support/chromium.ts";

/** For every `describe` and what is in it: a page that hangs ends as a failure, not as a run of CI that never ends. */
export const inBrowser: { readonly skip: string | false; readonly timeout: number } = {
  skip: program === undefined ? "no Chromium is installed; name one in CHROMIUM" : false,
  timeout: 900_000,
};

let running: Promise<Browser> | undefined;

function launch(): Promise<Browser> {
  if (running !== undefined) return running;
  const started = chromium.launch({ executablePath: program ?? "", args: ["--no-sandbox"] });
  running = started;
  return started;
}
// Here, not in `launch`: what a test asks for is done after that test.
after(async () => (await running)?.close());

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors, broken policies, requests to elsewhere, failed requests; in words, each with the page it happened on. */
  readonly faults: string[];
  readonly close: () => Promise<void>;
}

export interface Wanted extends BrowserContextOptions {
  /** Where requests may go: `http://localhost:1234/` or `file:///tmp/site/`. */
  readonly home: string;
}

export async function visit({ home, ...options }: Wanted): Promise<Visit> {
  const context = await (await launch()).newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  // While a journal of 10,000 runs is built in this process, no server of it answers.
  page.setDefaultNavigationTimeout(120_000);
  const faults: string[] = [];
  const where = (): string => page.url().slice(home.length).slice(0, 80);
  page.on("pageerror", (error) => faults.push(`${where()}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(`${where()}: ${message.type()}: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(home) && !url.startsWith("data:") && !url.startsWith("blob:")) faults.push(`${where()}: asks for ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${where()}: ${response.status()} for ${response.url().slice(home.length)}`);
  });
  return { page, context, faults, close: () => context.close() };
}
