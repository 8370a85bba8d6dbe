// A chart as a figure: both widths drawn, or found drawn by an earlier build.

import type { StillChart } from "../report/chart.ts";
import type { Figure } from "../report/page.ts";
import type { ChartCache, Drawings } from "./chart-cache.ts";
import { liveAddress } from "./plan-chart.ts";

/** Never fails: a chart that cannot be drawn says why. */
export async function drawFigure(chart: StillChart, cache: ChartCache): Promise<Figure> {
  const { slug, name, caption, legend, data } = chart;
  const figure = { slug, name, caption, legend, data };
  try {
    const { wide = "", narrow } = await cache.find([slug, name, chart.wide, chart.narrow], () => draw(chart));
    const live = chart.live === undefined ? {} : { live: liveAddress(slug) };
    return { ...figure, wide, ...(narrow === undefined ? {} : { narrow }), ...live };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ...figure, wide: "", failure: `This chart could not be drawn: ${why.replace(/\s+/g, " ").slice(0, 300)}` };
  }
}

/** What cannot be drawn apart is tried here, where it fails with its reason. */
async function draw({ slug, name, wide, narrow }: StillChart): Promise<Drawings> {
  const { drawApart, longPatience } = await import("./chart-apart.ts");
  const drawing = { slug, name, wide, ...(narrow === undefined ? {} : { narrow }) };
  const drawn = await drawApart(drawing, longPatience);
  return "wide" in drawn ? drawn : (await import("./chart.ts")).drawBoth(drawing);
}
