// People's markdown as part of a page: sanitised HTML whose links lead to pages of the site, whose pictures are copied files, and whose
// live blocks are tables and figures.

import { removeBlocks } from "../markdown/markers.ts";
import type { SiteContext } from "./context.ts";
import { hasLiveBlock, proseHtml } from "./prose-html.ts";
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

/** The same, with live blocks left as code; for prose that has none there is no difference. */
export function renderPlainProse(site: SiteContext, markdown: string, { path, source, ids }: ProseOptions): string {
  return proseHtml(markdown, {
    path,
    lanes: site.lanes,
    find: (href, use) => findTarget(site, source, href, use),
    ...(ids === true ? { ids: placesOf(site).ids } : {}),
  });
}
