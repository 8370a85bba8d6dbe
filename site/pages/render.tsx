// A page as the text of an HTML file.

import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { Html } from "./jsx-runtime.ts";

/** `page` is a whole `<html>`, as Layout makes it. */
export function renderPage(page: VNode): string {
  return `<!doctype html>\n${renderPart(page)}\n`;
}

/** What stands inside of a page, for those who put pages together themselves. */
export function renderPart(part: VNode): string {
  return visible(htmlOf(part));
}

/** The built program makes HTML where the source makes nodes. */
function htmlOf(part: unknown): string {
  return part instanceof Html ? part.html : renderToString(part as VNode);
}

const turning = /[\u202a-\u202e\u2066-\u2069]/;

// Marks that turn the reading direction can make a text say what it does not; they are shown as what they are.
function visible(html: string): string {
  return turning.test(html) ? html.replace(new RegExp(turning, "g"), (mark) => `\\u${mark.charCodeAt(0).toString(16)}`) : html;
}
