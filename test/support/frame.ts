// The frame of a page in tests.

import type { PageFrame } from "../../src/report/page.ts";

export function frame(words: Partial<PageFrame> = {}): PageFrame {
  return { title: "Page", path: "page.html", journal: "Journal", several: false, assets: {}, scripts: [], live: false, ...words };
}

export const ways = { log: "log.html", next: "next.html", problems: "problems.html", folder: "" };
