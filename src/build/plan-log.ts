import type { SiteContext } from "./context.ts";
import type { Entry } from "./plan.ts";

export function planLog(_site: SiteContext): readonly Entry[] {
  return [];
}
