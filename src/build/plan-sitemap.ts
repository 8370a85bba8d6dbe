// `sitemap.xml` for search engines: only a site that knows where it stands has one.

import { xml } from "../report/feed.ts";
import type { SiteContext } from "./context.ts";
import type { Entry } from "./plan.ts";

/** More than this a sitemap must not hold. */
const most = 50_000;

/** `addresses` of all files of the site. */
export function planSitemap({ journal }: SiteContext, addresses: readonly string[]): readonly Entry[] {
  const { url } = journal.settings.site;
  if (url === undefined) return [];
  const root = `${url.replace(/\/+$/, "")}/`;
  const pages = addresses.filter((address) => address.endsWith(".html") && address !== "404.html" && !address.startsWith("problems"));
  const make = (): string =>
    [
      '<?xml version="1.0" encoding="utf-8"?>',
      '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
      ...pages
        .slice(0, most)
        .map((address) => `  <url><loc>${xml(root + address.split("/").map(encodeURIComponent).join("/"))}</loc></url>`),
      "</urlset>",
      "",
    ].join("\n");
  return [["sitemap.xml", { make }]];
}
