// Shows what changed: the content alone where the page's frame and scripts allow it, else the page is loaded again where it stood.

import { tellContent, tellData } from "../content.ts";
import { isField } from "../shell/page.ts";
import { keepPlace, loadAgain } from "./keep.ts";

let busy = false;
let again = false;

/** One at a time; what is asked for meanwhile is done once more afterwards. */
export async function refresh(): Promise<void> {
  again = busy;
  if (busy) return;
  busy = true;
  try {
    await refreshNow();
  } catch {
    // The server is gone; the line to it comes back by itself.
  }
  busy = false;
  if (again) void refresh();
}

/** Hash of what is shown; `undefined` where the browser does not tell. */
let shown = hashOf(performance.getEntriesByType("navigation")[0]);
const hashes = new Map<string, string | undefined>();

async function refreshNow(): Promise<void> {
  const before = shown;
  const page = await ask(here(), before);
  shown = page.hash;
  const html = before === undefined ? undefined : page.text;
  if (html !== undefined) await fieldLeft();
  // A page of the rows themselves shows new content with new data; any other need not wait for them.
  if (html !== undefined && !showsRows() && !show(html)) return loadAgain();
  const data = await changedData();
  if (data.length > 0 && !allMount()) return loadAgain();
  if (data.length > 0) await loadSiteData();
  if (showsRows() && (html !== undefined || data.some(isRows))) {
    if (!show(html ?? (await ask(here(), undefined)).text ?? "")) loadAgain();
  } else if (data.length > 0) tellContent();
}

/** False where only loading the page again shows it. */
function show(html: string): boolean {
  const putBack = showPage(html);
  if (putBack === undefined) return false;
  tellContent();
  putBack();
  return true;
}

/** Whether a script draws what the data files hold. */
const showsRows = (): boolean => scripts().some((name) => name === "log" || name === "compare");
const here = (): string => location.pathname + location.search;
const isRows = (way: string): boolean => !/\/(?:site|[^/]*-order)\.js$/.test(way);

/** How to put the reader back, once the scripts have added to the content; nothing where only loading the page again shows it. */
function showPage(html: string): (() => void) | undefined {
  const next = new DOMParser().parseFromString(html, "text/html");
  const main = next.querySelector("main");
  const old = document.querySelector("main");
  if (main === null || old === null || frameOf(next) !== frameOf(document) || !allMount()) return undefined;
  document.title = next.title;
  const putBack = keepPlace(old);
  old.replaceWith(document.adoptNode(main));
  return () => putBack(main);
}

/** What does not change with the content: scripts, styles, the page's place on the site, names and ways in the header. */
function frameOf(page: Document): string {
  const head = [...page.head.querySelectorAll("script[defer], link[rel='stylesheet']")].map(
    (element) => element.getAttribute("src") ?? element.getAttribute("href"),
  );
  const header = [...page.querySelectorAll(".crumbs > a, .tabs a")].map((link) => `${link.getAttribute("href")} ${link.textContent}`);
  return JSON.stringify([head, header, { ...page.body.dataset }]);
}

/** Whether every script of the page adds to new content what it added to the old. */
function allMount(): boolean {
  const mounted = new Set(["theme", "live", "vega", "csv", ...(window.journal?.mounted ?? [])]);
  return scripts().every((name) => mounted.has(name));
}

const scripts = (): readonly string[] =>
  [...document.querySelectorAll<HTMLScriptElement>("head script[src*='assets/']")].map(({ src }) => /assets\/(\w+)-/.exec(src)?.[1] ?? "");

/** Ways of the data files that the page has loaded and that are not the same any more. */
async function changedData(): Promise<readonly string[]> {
  const all = [...document.querySelectorAll<HTMLScriptElement>("script[src*='data/']")].map(({ src }) => src.replace(/[?#].*$/, ""));
  const changed: string[] = [];
  for (const way of new Set(all)) {
    const before = hashes.get(way) ?? hashOf(performance.getEntriesByName(way).at(-1));
    const { hash, text } = await ask(way, before, "HEAD");
    hashes.set(way, hash);
    if (text !== undefined && before !== undefined) changed.push(way);
  }
  return changed;
}

/** Runs data/site.js once more; the other files are asked for again by whoever needs them. */
function loadSiteData(): Promise<void> {
  return new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = `${document.body.dataset["root"] ?? ""}data/site.js`;
    script.onload = script.onerror = () => {
      script.remove();
      tellData();
      resolve();
    };
    document.head.append(script);
  });
}

interface Asked {
  readonly hash: string | undefined;
  /** Nothing where it is what was known. */
  readonly text?: string;
}

async function ask(way: string, known: string | undefined, method = "GET"): Promise<Asked> {
  const response = await fetch(way, {
    method,
    cache: "no-store",
    ...(known === undefined ? {} : { headers: { "If-None-Match": `"${known}"` } }),
  });
  const hash = response.headers.get("etag")?.replace(/^(?:W\/)?"|"$/g, "");
  return response.status === 304 || (known !== undefined && hash === known) ? { hash: known } : { hash, text: await response.text() };
}

function hashOf(entry: PerformanceEntry | undefined): string | undefined {
  const timings = entry instanceof PerformanceResourceTiming ? entry.serverTiming : [];
  return timings.find(({ name }) => name === "content")?.description;
}

/** Nobody loses the words they are typing. */
function fieldLeft(): Promise<void> {
  const field = document.activeElement;
  if (!isField(field) || field?.closest("main") === null) return Promise.resolve();
  return new Promise((resolve) => field?.addEventListener("blur", () => resolve(), { once: true }));
}
