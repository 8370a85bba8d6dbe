// The header's tools, and what its menus know from data/site.js.

import { countText, plural } from "../../../src/report/counts.ts";
import type { SiteData } from "../../../src/report/site-data.ts";
import { ownStudy, way } from "./page.ts";
import { mountSearch } from "./search.tsx";
import { makeThemeButton } from "./theme-button.ts";

/** Once per page: the header stays when the content is replaced. */
export function mountHeader(): void {
  const tools = document.querySelector<HTMLElement>('[data-island="tools"]');
  if (tools === null) return;
  const counts = element("span", "counts");
  const field = element("div", "search");
  tools.replaceChildren(counts, field, makeThemeButton());
  mountMenu();
  mountSearch(field, { label: "Search runs", hint: "Search runs", slash: true });
  closeMenus();
  fillHeader();
}

/** The tabs once more, named after the one that is open, for a window that has no room for them. */
function mountMenu(): void {
  const tabs = document.querySelector<HTMLElement>(".top .tabs");
  if (tabs === null) return;
  const summary = element("summary", "");
  summary.textContent = tabs.querySelector("[aria-current]")?.textContent ?? "Menu";
  const list = element("nav", "");
  list.setAttribute("aria-label", "Pages, narrow");
  list.append(...[...tabs.children].map((tab) => tab.cloneNode(true)));
  const menu = element("details", "menu");
  menu.append(summary, list);
  tabs.after(menu);
}

/** Again after data/site.js was loaded anew. */
export function fillHeader(): void {
  const site = window.journal?.site;
  if (site === undefined) return;
  const facts = factsOf(site);
  document.querySelector(".tools .counts")?.replaceChildren(...facts.map(({ text, address, kind }) => link(text, address, kind)));
  const menu = document.querySelector(".menu nav");
  for (const old of menu?.querySelectorAll(".fact") ?? []) old.remove();
  menu?.append(...facts.map(({ text, address, kind }) => link(text, address, `fact ${kind}`)));
  if (site.studies.length > 1) fillStudies(site);
  const home = document.querySelector<HTMLElement>(".crumbs .home");
  if (home !== null) home.title = [site.title, builtText(site)].filter(Boolean).join(" · ");
}

interface Fact {
  readonly text: string;
  readonly address: string;
  readonly kind: string;
}

/** What is wrong is said, what is right is not. */
function factsOf({ runs, problems, studies }: SiteData): readonly Fact[] {
  const own = studies.find(({ name }) => name === ownStudy());
  const log = own ?? (studies.length === 1 ? studies[0] : undefined);
  return [
    { text: plural(own?.runs ?? runs, "run"), address: log === undefined ? "index.html" : `${log.folder}log.html`, kind: "run-count" },
    ...(problems === 0 ? [] : [{ text: plural(problems, "problem"), address: "problems.html", kind: "problem-count" }]),
  ];
}

function builtText({ built: { commit, dirty, uncommitted } }: SiteData): string {
  if (commit === undefined) return "";
  const open = [
    ...(uncommitted === undefined ? [] : [`${plural(uncommitted, "file")} of the journal not committed`]),
    ...(dirty === true ? ["other changes not committed"] : []),
  ];
  return `built from ${commit.slice(0, 7)}${open.length === 0 ? "" : `, ${open.join(", ")}`}`;
}

const ofStudy = new Set(["overview", "log", "compare", "parameters", "best", "lineage"]);

/** Each study, on the page that is open now where it has one. */
function fillStudies({ studies }: SiteData): void {
  const crumbs = document.querySelector(".crumbs");
  crumbs?.querySelector(".study-menu")?.remove();
  const tab = document.body.dataset["tab"] ?? "overview";
  const page = tab === "overview" || !ofStudy.has(tab) ? "index.html" : `${tab}.html`;
  const list = element("nav", "");
  list.setAttribute("aria-label", "Studies");
  for (const { name, title, folder, runs } of studies) {
    const item = link(title, `${folder}${page}`, "");
    if (name === ownStudy()) item.setAttribute("aria-current", "true");
    item.append(Object.assign(element("span", "n"), { textContent: countText(runs) }));
    list.append(item);
  }
  const summary = element("summary", "");
  summary.append(Object.assign(element("span", "hidden"), { textContent: "Studies" }));
  const menu = element("details", "study-menu");
  menu.append(summary, list);
  crumbs?.append(menu);
}

function link(text: string, address: string, kind: string): HTMLAnchorElement {
  return Object.assign(document.createElement("a"), { textContent: text, href: way(address), className: kind });
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, kind: string): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = kind;
  return made;
}

/** The header's menus close on Escape, on a click elsewhere, and when the focus leaves. */
function closeMenus(): void {
  const menus = (): NodeListOf<HTMLDetailsElement> => document.querySelectorAll<HTMLDetailsElement>(".top details[open]");
  const closeOthers = (target: EventTarget | null): void => {
    for (const menu of menus()) if (!(target instanceof Node && menu.contains(target))) menu.open = false;
  };
  document.addEventListener("click", ({ target }) => closeOthers(target));
  document.addEventListener("focusin", ({ target }) => closeOthers(target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary")?.focus();
    }
  });
}
