// On pages with charts: buttons for each of them, and the live curves of runs.

import { mountFigures } from "./chart/figure.ts";
import { mountCurves } from "./chart/run-curves.ts";
import { onContent } from "./content.ts";

onContent("chart", () => {
  mountFigures();
  mountCurves();
});
