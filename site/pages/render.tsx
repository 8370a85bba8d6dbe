// Page model → the text of an HTML file.

import { renderToString } from "preact-render-to-string";
import type { HomePage, RunPage } from "../../src/report/page.ts";
import { Home } from "./home.tsx";
import { Run } from "./run.tsx";

export function renderHome(page: HomePage): string {
  return `<!doctype html>\n${renderToString(<Home page={page} />)}\n`;
}

export function renderRun(page: RunPage, journal: string): string {
  return `<!doctype html>\n${renderToString(<Run page={page} journal={journal} />)}\n`;
}
