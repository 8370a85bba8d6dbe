// Which file has which page: one truth for every plan that leads to a run.

import { pageName } from "../base/address.ts";
import type { SiteContext } from "./context.ts";

const known = new WeakMap<SiteContext, ReadonlyMap<string, string>>();

/** Path of a run's file → name of its page, without folder and ending. A hidden run has none. */
export function runPages(site: SiteContext): ReadonlyMap<string, string> {
  const found = known.get(site) ?? namePages(site);
  known.set(site, found);
  return found;
}

/** Two files that claim one id both keep a page: the second is named by its file, also where only a disk without capitals takes two for one. */
function namePages(site: SiteContext): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { study } of site.studies) {
    for (const { path, run } of study.files) {
      if (run.hidden) continue;
      let name = pageName(run.id);
      if (taken.has(name.toLowerCase())) name = pageName(path);
      while (taken.has(name.toLowerCase())) name += "-";
      taken.add(name.toLowerCase());
      names.set(path, name);
    }
  }
  return names;
}
