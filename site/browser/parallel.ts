// All runs over all parameters, with a filter: the static picture and its table stay where no script runs or no data load.

import { render } from "preact";
import { jsx } from "preact/jsx-runtime";
import type { Group } from "../../src/analysis/study.ts";
import type { AxisFrame } from "../../src/report/parallel-chart.ts";
import { bestRows, type ParallelAxis } from "../../src/report/parallel-rows.ts";
import { ParallelTable } from "../pages/parts/parallel.tsx";
import { onContent } from "./content.ts";
import { type Loaded, loadShards } from "./data.ts";
import { openTable } from "./log/table.ts";
import { App } from "./parallel/app.tsx";
import { type Brushed, mountBrush } from "./parallel/brush.ts";
import { drawLines, fadeLines } from "./parallel/lines.ts";

let stop: (() => void) | undefined;

onContent("parallel", () => {
  stop?.();
  stop = undefined;
  const section = document.querySelector<HTMLElement>('[data-island="parallel"]');
  const study = section?.dataset["study"];
  if (section === null || study === undefined) return;
  // Nobody who does not come so far down loads the runs.
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    seen.disconnect();
    loadShards(study)
      .then((loaded) => {
        if (section.isConnected) stop = mount(section, loaded);
      })
      .catch((error: unknown) => say(section, error));
  });
  seen.observe(section);
  stop = () => seen.disconnect();
});

function mount(section: HTMLElement, { runs, head }: Loaded): (() => void) | undefined {
  const axes: readonly ParallelAxis[] = JSON.parse(section.dataset["axes"] ?? "[]");
  const frame: AxisFrame = JSON.parse(section.dataset["frame"] ?? "{}");
  const primary = head.metrics.find(({ name }) => name === head.primary);
  const figure = section.querySelector("figure");
  const chart = section.querySelector<HTMLElement>(".chart.wide");
  if (primary === undefined || figure === null || chart === null) return undefined;
  const table = openTable(runs, head);
  const measured = table.entries.flatMap(({ group }, row) =>
    group.status === "finished" && group.era === head.era && group.readings.get(primary.name)?.mean !== undefined ? [row] : [],
  );
  const place = document.createElement("div");
  figure.before(place);
  const rows = openRows(section);
  const drawn = Number(section.dataset["lines"] ?? 0);
  const all = measured.flatMap((row) => table.entries[row]?.group ?? []);
  let canvas: readonly Group[] = [];
  const show = (groups: readonly Group[] | undefined, named: ReadonlySet<string>): void => {
    const many = groups !== undefined && all.length > drawn;
    fadeLines(section, groups === undefined ? undefined : new Set(many ? [] : groups.map(({ key }) => key)));
    canvas = many ? groups : [];
    drawLines(chart, canvas, axes, frame);
    rows(bestRows({ axes, measured: groups ?? all }, primary));
    brush.keep(named);
  };
  const tellers = new Set<(brushed: Brushed) => void>();
  const brush = mountBrush(chart, axes, frame, (brushed) => {
    for (const tell of tellers) tell(brushed);
  });
  const listen = (tell: (brushed: Brushed) => void): (() => void) => {
    tellers.add(tell);
    return () => tellers.delete(tell);
  };
  // A canvas does not follow the colours, nor the width, as the picture does.
  const redraw = (): void => drawLines(chart, canvas, axes, frame);
  const theme = new MutationObserver(redraw);
  theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  window.addEventListener("resize", redraw);
  render(jsx(App, { table, axes, measured, show, listen }), place);
  return () => {
    brush.unmount();
    theme.disconnect();
    window.removeEventListener("resize", redraw);
    render(null, place);
  };
}

/** The table below follows; the static one stays until the first has been made. */
function openRows(section: HTMLElement): (rows: ReturnType<typeof bestRows>) => void {
  const heading = section.querySelector("h3");
  const old = section.querySelector(".parallel-rows");
  const own = document.createElement("div");
  own.className = "parallel-rows";
  return (rows) => {
    render(jsx(ParallelTable, { rows, path: section.dataset["path"] ?? "", labelledBy: "best-rows" }), own);
    if (old?.isConnected) old.replaceWith(own);
    if (heading !== null) heading.textContent = `The best ${rows.rows.length} of ${rows.of}`;
  };
}

function say(section: HTMLElement, error: unknown): void {
  const notice = document.createElement("p");
  notice.className = "notice bad";
  notice.textContent = `Nothing can be filtered here: ${error instanceof Error ? error.message : String(error)}.`;
  section.querySelector("figure")?.before(notice);
}
