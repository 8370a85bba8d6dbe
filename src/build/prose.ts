// People's markdown as part of a page: sanitised HTML whose links lead to pages of the site, whose pictures are copied files, and whose
// live blocks are tables and figures.

import { wayFrom } from "../base/address.ts";
import { toHtml } from "../markdown/html.ts";
import { removeBlocks } from "../markdown/markers.ts";
import type { SiteContext } from "./context.ts";
import { fromHtmlText, toHtmlText } from "./html-text.ts";
import { findTarget, placesOf } from "./prose-links.ts";
import type { Prose, ProseOptions } from "./prose-options.ts";

export async function renderProse(site: SiteContext, markdown: string, options: ProseOptions): Promise<Prose> {
  const html = renderPlainProse(site, markdown, options);
  const live = hasLiveBlock(html);
  if (!live && options.ids !== true) return { html, problems: [] };
  const { fillLiveBlocks, worldsOf } = await import("./live-html.ts");
  const { markContradictions } = await import("./prose-claims.ts");
  const claims = { path: options.source, markdown, ...(options.line === undefined ? {} : { line: options.line }) };
  const marked = options.ids === true ? markContradictions(html, worldsOf(site).now(), claims) : { html, problems: [] };
  if (!live) return marked;
  const filled = await fillLiveBlocks(marked.html, removeBlocks(markdown), site, options);
  return { html: filled.html, problems: [...marked.problems, ...filled.problems] };
}

/** Quick, and right when it says no. */
function hasLiveBlock(html: string): boolean {
  return html.includes('<pre><code class="language-journal-') || html.includes('<pre><code class="language-vega-lite"');
}

/** The same, with live blocks left as code; for prose that has none there is no difference. */
export function renderPlainProse(site: SiteContext, markdown: string, options: ProseOptions): string {
  const html = toHtml(removeBlocks(markdown), { lanes: site.lanes });
  if (options.ids !== true && !tell.test(html)) return html;
  if (options.ids === true || leads.test(html)) return rewrite(html, site, options);
  return html.replace(boxes, (tag, name: string, at: number) => boxed(tag, name, html, at + tag.length));
}

/** Whether anything in it is to be changed. */
const tell = /<a href="(?!#)|<img |<table>|<pre>/;
const leads = /<a |<img /;
const boxes = /<(table|\/table|pre)>/g;

// In this HTML a `<` is always a tag: text and `"` in attributes are escaped. What can hold text of its own in an attribute is taken whole.
const token = /<(a|img|code)(?: (?:[^">]|"[^"]*")*)?>|<(\/a|\/code|pre|table|\/table)>|<(?:[^">]|"[^"]*")*>/g;

/** One pass over the text. */
function rewrite(html: string, site: SiteContext, options: ProseOptions): string {
  const out: string[] = [];
  let at = 0;
  let link: string | undefined;
  let quiet = 0;
  const text = (end: number): void => {
    const part = html.slice(at, end);
    out.push(options.ids === true && quiet === 0 && link === undefined ? linkIds(part, site, options) : part);
  };
  for (const match of html.matchAll(token)) {
    const [tag, opens, other] = match;
    if (match.index > at) text(match.index);
    at = match.index + tag.length;
    if (opens === "code") quiet += 1;
    else if (other === "/code") quiet -= 1;
    const made = opens === "a" ? openLink(tag, site, options) : opens === "img" ? picture(tag, site, options) : undefined;
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

function openLink(tag: string, site: SiteContext, { path, source }: ProseOptions): string | undefined {
  const [, value] = /^<a href="([^"]*)"/.exec(tag) ?? [];
  const target = value === undefined ? undefined : findTarget(site, source, fromHtmlText(value), "link");
  if (target === undefined || value === undefined) return undefined;
  if ("missing" in target) return `<span class="elsewhere" title="${toHtmlText(target.missing)}">`;
  const way = "url" in target ? target.url : wayFrom(path, target.address) + target.fragment;
  return `<a href="${toHtmlText(way)}"${tag.slice(`<a href="${value}"`.length)}`;
}

/** A picture that is not on the site is its words. */
function picture(tag: string, site: SiteContext, { path, source }: ProseOptions): string | undefined {
  const [, value] = /^<img src="([^"]*)"/.exec(tag) ?? [];
  const target = value === undefined ? undefined : findTarget(site, source, fromHtmlText(value), "picture");
  if (target !== undefined && "address" in target && value !== undefined)
    return `<img loading="lazy" src="${toHtmlText(wayFrom(path, target.address))}"${tag.slice(`<img src="${value}"`.length)}`;
  const alt = / alt="([^"]*)"/.exec(tag)?.[1] ?? "";
  const why = target !== undefined && "missing" in target ? target.missing : `${fromHtmlText(value ?? "")} is not on this site`;
  return `<span class="elsewhere" title="${toHtmlText(why)}">${alt === "" ? toHtmlText(fromHtmlText(value ?? "picture")) : alt.replace(/</g, "&#x3C;")}</span>`;
}

/** Letters and digits as run ids have them; what is longer, or goes on with a hyphen, is something else. */
const id = /(?<![\w/.-])[A-Za-z]{2,12}\d{3,9}(?:-[0-9a-hjkmnp-tv-z]{4})?(?![\w-]|\.\w)/g;

function linkIds(text: string, site: SiteContext, { path }: ProseOptions): string {
  const { ids } = placesOf(site);
  return text.replace(id, (word) => {
    const address = ids.get(word);
    return address === undefined || address === path ? word : `<a href="${toHtmlText(wayFrom(path, address))}">${word}</a>`;
  });
}
