// Page model → the text of an HTML file.

import { renderToString } from "preact-render-to-string";
import type { HomePage, RunPage } from "../../src/report/page.ts";
import { Home } from "./home.tsx";
import { Run } from "./run.tsx";

export function renderHome(page: HomePage): string {
  return document(renderToString(<Home page={page} />));
}

export function renderRun(page: RunPage, journal: string): string {
  return document(renderToString(<Run page={page} journal={journal} />));
}

// Marks that turn the reading direction can make a text say what it does not; they are shown as what they are.
function document(html: string): string {
  const visible = html.replace(/[\u202a-\u202e\u2066-\u2069]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`);
  return `<!doctype html>\n${visible}\n`;
}
