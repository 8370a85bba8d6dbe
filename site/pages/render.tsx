// A page as the text of an HTML file.

import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";

/** `page` is a whole `<html>`, as Layout makes it. */
export function renderPage(page: VNode): string {
  return `<!doctype html>\n${renderPart(page)}\n`;
}

/** What stands inside of a page, for those who put pages together themselves. */
export function renderPart(part: VNode): string {
  return visible(renderToString(part));
}

// Marks that turn the reading direction can make a text say what it does not; they are shown as what they are.
function visible(html: string): string {
  return html.replace(/[\u202a-\u202e\u2066-\u2069]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`);
}
