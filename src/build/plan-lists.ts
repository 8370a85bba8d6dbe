import type { SiteContext } from "./context.ts";
import type { Entry } from "./plan.ts";

export function planLists(_site: SiteContext): readonly Entry[] {
  return [];
}
