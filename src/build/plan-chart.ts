// A chart compiled for the browser: what a reader who wants to zoom, switch or export loads.

import { assignment, scriptJson } from "../base/script.ts";
import type { Chart, LiveChart, LiveDrawing } from "../report/chart.ts";
import { publicModel } from "../report/private.ts";
import type { SiteContext } from "./context.ts";
import { begun, type Entry, keyOf } from "./plan.ts";

/** Where the live form of a chart lies; `Figure.live` is this address. */
export const liveAddress = (slug: string): string => `data/charts/${slug}.js`;

/** One assignment in a classic script: `window.journal.charts[slug] = LiveData` (site/browser/chart/data.ts). */
export function planChart(site: SiteContext, slug: string, chart: () => Chart | undefined): Entry {
  let made: { readonly live: LiveChart | undefined } | undefined;
  const once = (): LiveChart | undefined => {
    made ??= { live: liveOf(chart(), site) };
    return made.live;
  };
  return [liveAddress(slug), { key: () => keyOf(once()), ...begun(() => scriptOf(slug, once())) }];
}

/** A chart that gave none is shown as it is, at the real width. */
function liveOf(chart: Chart | undefined, { journal }: SiteContext): LiveChart | undefined {
  if (chart === undefined) return undefined;
  return publicModel(chart.live?.() ?? { specs: { as_drawn: chart.wide }, data: {} }, journal.settings);
}

async function scriptOf(slug: string, live: LiveChart | undefined): Promise<string> {
  if (live === undefined) return "// There is no chart here.\n";
  const narrow = live.narrow === undefined ? {} : { narrow: await compiled(live.narrow) };
  return assignment(`((window.journal ??= {}).charts ??= {})[${scriptJson(slug)}]`, { ...(await compiled(live)), ...narrow });
}

async function compiled(drawing: LiveDrawing): Promise<object> {
  const { compileApart } = await import("./chart-apart.ts");
  const answer = await compileApart(drawing.specs);
  return { ...drawing, specs: "compiled" in answer ? answer.compiled : (await import("./chart.ts")).compileAll(drawing.specs) };
}
