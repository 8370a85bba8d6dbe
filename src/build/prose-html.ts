// Markdown → HTML of a page, given where its links lead: what needs nothing of the site, and can be done on another thread.

import { wayFrom } from "../base/address.ts";
import { toHtml } from "../markdown/html.ts";
import { removeBlocks } from "../markdown/markers.ts";
import { fromHtmlText, toHtmlText } from "./html-text.ts";

/** `address` is of the site, `url` elsewhere; `missing` says why there is neither. */
export type Target =
  | { readonly address: string; readonly page: boolean; readonly fragment: string }
  | { readonly url: string }
  | { readonly missing: string };

export interface Ways {
  /** Of the page. */
  readonly path: string;
  /** False: the long way; the bytes are the same. */
  readonly lanes: boolean;
  /** Nothing for a target that is no file of the journal. */
  readonly find: (href: string, use: "link" | "picture") => Target | undefined;
  /** Id → page, where ids in running text become links. */
  readonly ids?: ReadonlyMap<string, string>;
}

/** No file of the journal: another host, a place on the page, a query. */
export const leadsAway = (href: string): boolean => href === "" || /^(?:[a-z][a-z0-9+.-]*:|[#?]|[\\/]{2})/i.test(href);

/** Live blocks are left as code. */
export function proseHtml(markdown: string, ways: Ways): string {
  const html = toHtml(removeBlocks(markdown), { lanes: ways.lanes });
  if (ways.ids === undefined && !tell.test(html)) return html;
  if (ways.ids !== undefined || leads.test(html)) return rewrite(html, ways);
  return html.replace(boxes, (tag, name: string, at: number) => boxed(tag, name, html, at + tag.length));
}

/** Whether anything in it is to be changed. */
const tell = /<a href="(?!#)|<img |<table>|<pre>/;
const leads = /<a |<img /;
const boxes = /<(table|\/table|pre)>/g;

// In this HTML a `<` is always a tag: text and `"` in attributes are escaped. What can hold text of its own in an attribute is taken whole.
const token = /<(a|img|code)(?: (?:[^">]|"[^"]*")*)?>|<(\/a|\/code|pre|table|\/table)>|<(?:[^">]|"[^"]*")*>/g;

/** One pass over the text. */
function rewrite(html: string, ways: Ways): string {
  const out: string[] = [];
  let at = 0;
  let link: string | undefined;
  let quiet = 0;
  const text = (end: number): void => {
    const part = html.slice(at, end);
    out.push(ways.ids !== undefined && quiet === 0 && link === undefined ? linkIds(part, ways.ids, ways.path) : part);
  };
  for (const match of html.matchAll(token)) {
    const [tag, opens, other] = match;
    if (match.index > at) text(match.index);
    at = match.index + tag.length;
    if (opens === "code") quiet += 1;
    else if (other === "/code") quiet -= 1;
    const made = opens === "a" ? openLink(tag, ways) : opens === "img" ? picture(tag, ways) : undefined;
    if (made !== undefined) out.push(made);
    else if (other === "/a") out.push(link ?? "</a>");
    else out.push(boxed(tag, other, html, at));
    if (opens === "a") link = made?.startsWith("<span") ? "</span>" : "</a>";
    else if (other === "/a") link = undefined;
  }
  text(html.length);
  return out.join("");
}

/** What is wider than the page scrolls inside of a box. `end` of the tag. */
function boxed(tag: string, name: string | undefined, html: string, end: number): string {
  if (name === "table") return `<section class="scroll" aria-label="Table" tabindex="0"><table>`;
  if (name === "/table") return "</table></section>";
  return name === "pre" && scrolls(html, end) ? '<pre tabindex="0">' : tag;
}

const lineThatFits = 40;

/** Code with long lines scrolls, by keyboard too; a fence that will be filled is left as it is. */
function scrolls(html: string, start: number): boolean {
  const code = html.slice(start, html.indexOf("</pre>", start));
  return !/^<code class="language-(?:journal-|vega-lite")/.test(code) && code.split("\n").some((line) => line.length > lineThatFits);
}

function openLink(tag: string, { path, find }: Ways): string | undefined {
  const [, value] = /^<a href="([^"]*)"/.exec(tag) ?? [];
  const target = value === undefined ? undefined : find(fromHtmlText(value), "link");
  if (target === undefined || value === undefined) return undefined;
  if ("missing" in target) return `<span class="elsewhere" title="${toHtmlText(target.missing)}">`;
  const way = "url" in target ? target.url : wayFrom(path, target.address) + target.fragment;
  return `<a href="${toHtmlText(way)}"${tag.slice(`<a href="${value}"`.length)}`;
}

/** A picture that is not on the site is its words. */
function picture(tag: string, { path, find }: Ways): string | undefined {
  const [, value] = /^<img src="([^"]*)"/.exec(tag) ?? [];
  const target = value === undefined ? undefined : find(fromHtmlText(value), "picture");
  if (target !== undefined && "address" in target && value !== undefined)
    return `<img loading="lazy" src="${toHtmlText(wayFrom(path, target.address))}"${tag.slice(`<img src="${value}"`.length)}`;
  const alt = / alt="([^"]*)"/.exec(tag)?.[1] ?? "";
  const why = target !== undefined && "missing" in target ? target.missing : `${fromHtmlText(value ?? "")} is not on this site`;
  return `<span class="elsewhere" title="${toHtmlText(why)}">${alt === "" ? toHtmlText(fromHtmlText(value ?? "picture")) : alt.replace(/</g, "&#x3C;")}</span>`;
}

/** Letters and digits as run ids have them; what is longer, or goes on with a hyphen, is something else. */
const id = /(?<![\w/.-])[A-Za-z]{2,12}\d{3,9}(?:-[0-9a-hjkmnp-tv-z]{4})?(?![\w-]|\.\w)/g;

function linkIds(text: string, ids: ReadonlyMap<string, string>, path: string): string {
  return text.replace(id, (word) => {
    const address = ids.get(word);
    return address === undefined || address === path ? word : `<a href="${toHtmlText(wayFrom(path, address))}">${word}</a>`;
  });
}

/** Quick, and right when it says no. */
export function hasLiveBlock(html: string): boolean {
  return html.includes('<pre><code class="language-journal-') || html.includes('<pre><code class="language-vega-lite"');
}
