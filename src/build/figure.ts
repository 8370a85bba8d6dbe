// A chart as a figure: both widths drawn, or found drawn by an earlier build.

import type { Chart } from "../report/chart.ts";
import type { Figure } from "../report/page.ts";

/** `root` of the journal, for the cache of drawings. */
export async function drawFigure(chart: Chart, _root: string): Promise<Figure> {
  const { slug, name, caption, legend, data } = chart;
  const { drawChart } = await import("./chart.ts");
  const draw = (spec: Chart["wide"], part: string): Promise<string> => drawChart({ spec, name }, `${slug}-${part}`);
  return {
    slug,
    name,
    caption,
    legend,
    data,
    wide: await draw(chart.wide, "l"),
    ...(chart.narrow === undefined ? {} : { narrow: await draw(chart.narrow, "s") }),
  };
}
