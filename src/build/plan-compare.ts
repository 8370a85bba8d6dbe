import type { SiteContext } from "./context.ts";
import type { Entry } from "./plan.ts";

export function planCompare(_site: SiteContext): readonly Entry[] {
  return [];
}
