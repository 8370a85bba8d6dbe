// journal → site. Open and parse are the store's, analyse and report happen in the plan; here: render and write.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Journal } from "../store/journal.ts";
import { readPackage } from "../store/package.ts";
import { checkFolder } from "./folder.ts";
import type { Plan } from "./plan.ts";
import { type Assets, planSite } from "./site.ts";
import { type Written, writeSite } from "./write.ts";

export async function buildSite(journal: Journal, folder: string): Promise<Written> {
  checkFolder(folder, journal.root);
  const plan = planSite(journal, readAssets());
  // A run that cannot be read at the moment is not gone: its page stays as it was.
  const unread = journal.listing.runs.length > journal.files().length;
  return writeSite(folder, await renderAll(plan), (path) => unread && path.startsWith("runs/"));
}

export function readAssets(): Assets {
  const read = (name: string): string => readFileSync(join(readPackage().folder, "site", "styles", name), "utf8");
  return { styles: read("site.css"), icon: read("favicon.svg") };
}

async function renderAll(plan: Plan): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const [path, render] of plan) files.set(path, await render());
  return files;
}
