import type { SiteContext } from "./context.ts";
import type { Entry } from "./plan.ts";

export function planData(_site: SiteContext): readonly Entry[] {
  return [];
}
