// The keys of every page. In fields they write; with Ctrl, Alt or Cmd they are the browser's.

import { tellWish, type Wish } from "../keys.ts";
import { tick, ticked } from "../ticks.ts";
import { showHelp } from "./help.ts";
import { compareWay, isField } from "./page.ts";

const wishes: Readonly<Record<string, Wish>> = {
  "/": "search",
  f: "filter",
  j: "next",
  ArrowDown: "next",
  k: "previous",
  ArrowUp: "previous",
  Enter: "open",
  x: "tick",
  X: "tick-range",
  c: "compare",
  "?": "help",
};
const pages: Readonly<Record<string, string>> = { o: "overview", l: "log", c: "compare", p: "parameters", b: "best", n: "next" };
/** What holds one run each. */
const rows = "main tbody tr, main li, main [role='row']";
/** ms within which the second key follows `g`. */
const patience = 1500;

export function mountShortcuts(): void {
  let led = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isField(event.target) || hasDialog()) return;
    const page = event.timeStamp - led < patience ? pages[event.key] : undefined;
    led = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
    // Arrows scroll, but from row to row.
    const moves = !event.key.startsWith("Arrow") || (event.target instanceof Element && event.target.closest(rows) !== null);
    const wish = moves ? wishes[event.key] : undefined;
    const done = page === undefined ? wish !== undefined && grant(wish, event.target) : goTo(page);
    if (done) event.preventDefault();
  });
}

const hasDialog = (): boolean => document.querySelector("dialog[open]") !== null;

/** The link stands in the header, whatever its width. */
function goTo(page: string): boolean {
  const words = [...document.querySelectorAll<HTMLAnchorElement>(".tabs a")];
  const link = words.find(({ textContent }) => textContent?.toLowerCase() === page);
  link?.click();
  return link !== undefined;
}

function grant(wish: Wish, target: EventTarget | null): boolean {
  return tellWish(wish) || own[wish](target);
}

const own: Readonly<Record<Wish, (target: EventTarget | null) => boolean>> = {
  search: () => focus('.tools input[type="search"]'),
  filter: () => focus("[data-filter]"),
  next: (target) => step(target, 1),
  previous: (target) => step(target, -1),
  open: () => false,
  tick: (target) => tickRow(target),
  "tick-range": (target) => tickRow(target),
  compare: () => {
    if (ticked().length > 0) location.href = compareWay(ticked());
    return ticked().length > 0;
  },
  help: () => {
    showHelp();
    return true;
  },
};

function focus(selector: string): boolean {
  const field = document.querySelector<HTMLInputElement>(selector);
  field?.focus();
  field?.select();
  return field !== null;
}

/** From row to row, by the links to their runs. */
function step(target: EventTarget | null, by: 1 | -1): boolean {
  const all = [...document.querySelectorAll(rows)].map((row) => row.querySelector<HTMLAnchorElement>("a.id"));
  const links = [...new Set(all)].filter((link) => link !== null && link.offsetParent !== null);
  const own = (target instanceof Element ? target.closest(rows)?.querySelector<HTMLAnchorElement>("a.id") : null) ?? null;
  const at = links.indexOf(own);
  const link = links[at === -1 ? (by === 1 ? 0 : links.length - 1) : at + by];
  link?.focus();
  link?.scrollIntoView({ block: "nearest" });
  return link !== undefined;
}

function tickRow(target: EventTarget | null): boolean {
  const row = target instanceof Element ? target.closest(rows) : null;
  const id =
    row?.querySelector("a.id")?.textContent ?? document.querySelector<HTMLElement>('[data-island="run-neighbours"]')?.dataset["id"];
  if (id === undefined) return false;
  tick([id], !ticked().includes(id));
  return true;
}
