// A chart compiled for the browser: what a reader who wants to zoom, switch or export loads.

import type { Chart } from "../report/chart.ts";
import type { SiteContext } from "./context.ts";
import { type Entry, keyOf } from "./plan.ts";

/** Where the live form of a chart lies; `Figure.live` is this address. */
export const liveAddress = (slug: string): string => `data/charts/${slug}.js`;

/** One call in a classic script: `(window.journal.charts)[slug] = { spec, … }`. */
export function planChart(_site: SiteContext, slug: string, chart: () => Chart | undefined): Entry {
  let made: { readonly chart: Chart | undefined } | undefined;
  const once = (): Chart | undefined => {
    made ??= { chart: chart() };
    return made.chart;
  };
  return [liveAddress(slug), { key: () => keyOf(once()), make: () => scriptOf(slug, once()) }];
}

async function scriptOf(slug: string, chart: Chart | undefined): Promise<string> {
  if (chart === undefined) return "// There is no chart here.\n";
  const { compileChart } = await import("./chart.ts");
  const text = JSON.stringify({ spec: compileChart(chart.wide) }).replace(
    /[<\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `((window.journal ??= {}).charts ??= {})[${JSON.stringify(slug)}] = ${text};\n`;
}
