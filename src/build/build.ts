// journal → site. Open and parse are the store's, analyse and report happen in the plan; here: render and write.

import type { Journal } from "../store/journal.ts";
import { readAssets } from "./assets.ts";
import { checkFolder } from "./folder.ts";
import type { Content, Plan } from "./plan.ts";
import { planSite } from "./site.ts";
import { type Written, writeSite } from "./write.ts";

export async function buildSite(journal: Journal, folder: string): Promise<Written> {
  checkFolder(folder, journal.root);
  const plan = planSite(journal, readAssets());
  // A run that cannot be read at the moment is not gone: its page stays as it was.
  const unread = journal.listing.runs.length > journal.files().length;
  return writeSite(folder, await renderAll(plan), (path) => unread && path.startsWith("runs/"));
}

async function renderAll(plan: Plan): Promise<ReadonlyMap<string, Content>> {
  const files = new Map<string, Content>();
  for (const [path, { make }] of plan) files.set(path, await make());
  return files;
}
