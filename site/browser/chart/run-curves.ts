// On a run's page: its curves live, with those of its base, in place of the small drawings.

import type { CurveRun } from "../../../src/report/curve-chart.ts";
import { seriesName } from "../../../src/report/curve-repeats.ts";
import { loadScript } from "../script.ts";
import { press } from "./controls.ts";
import { type CurveChoice, drawCurves, runLook } from "./curves.ts";
import { fromRoot } from "./data.ts";

export function mountCurves(): void {
  for (const section of document.querySelectorAll<HTMLElement>('[data-island="curves"]')) addButton(section);
}

function addButton(section: HTMLElement): void {
  const { run, curves } = section.dataset;
  const still = section.querySelector<HTMLElement>(".curves");
  if (run === undefined || curves === undefined || still === null || section.querySelector(".chart-tools") !== null) return;
  const note = document.createElement("p");
  note.className = "chart-note";
  note.setAttribute("role", "status");
  const place = document.createElement("div");
  place.className = "live-curves";
  place.hidden = true;
  const button = press("Explore", "Zoom, smooth, compare with the base", () => void toggle());
  const tools = document.createElement("p");
  tools.className = "chart-tools";
  tools.append(button);
  const show = (isLive: boolean): void => {
    if (isLive) open.set(run, open.get(run) ?? {});
    else open.delete(run);
    place.hidden = !isLive;
    still.hidden = isLive;
    for (const list of section.querySelectorAll<HTMLElement>(".curve-lines")) list.hidden = isLive;
    button.textContent = isLive ? "Close" : "Explore";
  };
  const toggle = async (): Promise<void> => {
    if (!place.hidden) return show(false);
    button.disabled = true;
    try {
      const runs = await loadRuns(section, run, curves);
      // Panels need the width of their place.
      show(true);
      const onChange = (choice: CurveChoice): void => void open.set(run, choice);
      drawCurves(place, runs, { ...open.get(run), onChange });
      note.textContent = "";
    } catch (error) {
      show(false);
      note.textContent = `The live curves did not open: ${error instanceof Error ? error.message : String(error)}.`;
    }
    button.disabled = false;
  };
  still.before(tools, note);
  still.after(place);
  if (open.has(run)) void toggle();
}

/** By id of the run: what the reader chose. Kept when the page's content is replaced, as it is while a run goes on. */
const open = new Map<string, Partial<CurveChoice>>();

async function loadRuns({ dataset }: HTMLElement, run: string, address: string): Promise<readonly CurveRun[]> {
  const own = await loadCurves(run, fromRoot(address));
  const runs: CurveRun[] = [{ id: run, label: run, ...runLook(0, false), series: own }];
  const { base, baseCurves } = dataset;
  if (base === undefined || baseCurves === undefined) return runs;
  try {
    runs.unshift({ id: base, label: base, ...runLook(0, true), series: await loadCurves(base, fromRoot(baseCurves)) });
  } catch {
    // The run's own curves are worth showing without those of its base.
  }
  const names = new Set(own.map(({ name }) => seriesName(name)));
  return runs.map((one) => ({ ...one, series: one.series.filter(({ name }) => names.has(seriesName(name))) }));
}

/** Of one run, by its id. */
export async function loadCurves(id: string, address: string): Promise<CurveRun["series"]> {
  if (window.journal?.curves?.[id] === undefined) await loadScript(address);
  const found = window.journal?.curves?.[id];
  if (found === undefined) throw new Error(`${address} holds no curves of ${id}`);
  return found.series;
}
