// The live form of a chart: drawn beside its picture, and in its place once the first frame is there.

import type { ZoomRange } from "../../../src/report/chart.ts";
import { loadScript } from "../script.ts";
import type { Vega } from "../vega.ts";
import { check, hint, press } from "./controls.ts";
import { fromRoot, type LiveData } from "./data.ts";
import { type Gestures, listen, mountMarks, movesOf, type Stretch } from "./gestures.ts";
import { type LiveView, type Look, narrowest, openView } from "./live-view.ts";

/** Whether it is open now. */
export async function toggleExplorer(figure: HTMLElement): Promise<boolean> {
  const shown = figure.querySelector(":scope > .explorer");
  if (shown !== null) {
    shown.dispatchEvent(new CustomEvent("journal:close"));
    shown.remove();
    open.delete(figure);
    figure.classList.remove("exploring");
    return false;
  }
  const [vega, data] = await Promise.all([loadVega(), loadData(figure)]);
  await openExplorer(figure, vega, data);
  return true;
}

const open = new WeakMap<HTMLElement, Explorer>();

/** The live drawing, where one is open. */
export async function liveSvg(figure: HTMLElement): Promise<SVGSVGElement | undefined> {
  return open.get(figure)?.view.toSvg();
}

/** When a hand comes near the button: what it will need is on its way. */
export function prepare(): void {
  loadVega().catch(() => {
    // It is asked for again, and told, when the button is pressed.
  });
}

async function loadVega(): Promise<Vega> {
  if (window.journalVega === undefined) await loadScript(window.journal?.site?.assets["vega.js"] ?? "assets/vega.js");
  if (window.journalVega === undefined) throw new Error("the script for live charts did not run");
  return window.journalVega;
}

async function loadData(figure: HTMLElement): Promise<LiveData> {
  const address = fromRoot(figure.dataset["live"] ?? "");
  if (window.journal?.charts?.[figure.id] === undefined) await loadScript(address);
  const data = window.journal?.charts?.[figure.id];
  if (data === undefined) throw new Error(`${address} holds no chart of this name`);
  return data;
}

/** All that the reader can choose, and the drawing that shows it. */
interface Explorer {
  readonly data: LiveData;
  readonly vega: Vega;
  readonly place: HTMLElement;
  spec: string;
  look: Look;
  view: LiveView;
}

async function openExplorer(figure: HTMLElement, vega: Vega, data: LiveData): Promise<void> {
  const box = document.createElement("div");
  box.className = "explorer waiting";
  const place = placeFor(figure);
  box.append(place);
  figure.prepend(box);
  const spec = Object.keys(data.specs)[0] ?? "";
  const look = firstLook(data);
  const explorer: Explorer = { data, vega, place, spec, look, view: await openView({ vega, data, spec, place, look }) };
  const gestures = gesturesOf(explorer);
  listen(place, () => explorer.view, gestures);
  mountMarks(place, () => explorer.view);
  box.prepend(controls(explorer, gestures));
  box.classList.remove("waiting");
  figure.classList.add("exploring");
  open.set(figure, explorer);
  follow(box, explorer);
}

function placeFor(figure: HTMLElement): HTMLElement {
  const place = document.createElement("div");
  place.className = "chart-live";
  place.tabIndex = 0;
  place.setAttribute("role", "group");
  place.setAttribute(
    "aria-label",
    `${figure.querySelector(".chart > svg")?.getAttribute("aria-label") ?? "Chart"}. Arrow keys move, + and − zoom, 0 shows all.`,
  );
  return place;
}

function firstLook({ zoom }: LiveData): Look {
  const [all] = zoom?.ranges ?? [];
  const { from = 0, to = 1, low = 0, high = 1 } = all ?? {};
  return { from, to, low, high, dates: false };
}

/** What there is at most: places in the order, or dates. */
function whole({ data, look }: Explorer): Stretch {
  const { zoom } = data;
  const [all] = zoom?.ranges ?? [];
  if (look.dates && zoom?.dates !== undefined) {
    const pad = (zoom.dates.to - zoom.dates.from) / 100;
    return { from: zoom.dates.from - pad, to: zoom.dates.to + pad };
  }
  return { from: all?.from ?? 0, to: all?.to ?? 1 };
}

/** Closer than this nothing is to be seen: three runs, an hour. */
const closest = (look: Look): number => (look.dates ? 3_600_000 : 3);

function gesturesOf(explorer: Explorer): Gestures {
  return movesOf(
    () => explorer.look,
    () => whole(explorer),
    () => closest(explorer.look),
    (next) => {
      explorer.look = { ...explorer.look, ...next };
      void explorer.view.show(explorer.look);
    },
  );
}

/** In one row above the chart; only what this chart has. */
function controls(explorer: Explorer, gestures: Gestures): HTMLElement {
  const { data } = explorer;
  const row = document.createElement("div");
  row.className = "chart-controls";
  if (data.zoom !== undefined) {
    const { ranges, dates } = data.zoom;
    if (ranges.length > 1) row.append(rangeSelect(explorer, ranges));
    if (dates !== undefined) row.append(check("Dates", (on) => switchDates(explorer, on)));
  }
  const specs = Object.keys(data.specs);
  if (specs.length > 1) row.append(check("Log scale", (on) => switchSpec(explorer, on ? "log" : "linear"), explorer.spec === "log"));
  if (data.zoom !== undefined) {
    row.append(
      press("−", "Zoom out", () => gestures.zoom(2)),
      press("+", "Zoom in", () => gestures.zoom(0.5)),
      press("Reset", "Show all", () => gestures.reset()),
    );
    row.append(hint("Drag over a stretch to look at it."));
  }
  return row;
}

function rangeSelect(explorer: Explorer, ranges: readonly ZoomRange[]): HTMLElement {
  const label = document.createElement("label");
  const select = document.createElement("select");
  for (const [index, { text }] of ranges.entries()) select.append(new Option(text, String(index)));
  select.addEventListener("change", () => {
    const range = ranges[Number(select.value)];
    if (range === undefined) return;
    const { low, high } = range;
    const { from, to } = explorer.look.dates ? datesOf(explorer, range) : range;
    explorer.look = { ...explorer.look, from, to, ...(explorer.spec === Object.keys(explorer.data.specs)[0] ? { low, high } : {}) };
    void explorer.view.show(explorer.look);
  });
  label.append("Runs ", select);
  return label;
}

/** The dates of a stretch of the order. */
function datesOf(explorer: Explorer, range: ZoomRange): Stretch {
  const all = whole(explorer);
  const times = Object.values(explorer.data.data).flatMap((rows) =>
    rows.flatMap(({ x, t }) => (typeof x === "number" && typeof t === "number" && x >= range.from ? [t] : [])),
  );
  const first = times.reduce((least, time) => Math.min(least, time), all.to);
  return first >= all.to ? all : { from: Math.max(all.from, first - (all.to - first) / 50), to: all.to };
}

async function switchDates(explorer: Explorer, dates: boolean): Promise<void> {
  explorer.look = { ...explorer.look, dates };
  explorer.look = { ...explorer.look, ...whole(explorer) };
  await explorer.view.show(explorer.look);
}

/** The other scale is another drawing, with its own range of values. */
async function switchSpec(explorer: Explorer, spec: string): Promise<void> {
  const { data, vega, place } = explorer;
  const signals = data.specs[spec]?.signals ?? [];
  const value = (name: string): number | undefined => {
    const found = signals.find((signal) => signal.name === name);
    return found !== undefined && "value" in found && typeof found.value === "number" ? found.value : undefined;
  };
  explorer.spec = spec;
  explorer.look = { ...explorer.look, low: value("low") ?? explorer.look.low, high: value("high") ?? explorer.look.high };
  const old = explorer.view;
  explorer.view = await openView({ vega, data, spec, place, look: explorer.look });
  old.close();
}

/** The width of the page and the colours of the theme. */
function follow(box: HTMLElement, explorer: Explorer): void {
  let width = box.clientWidth;
  const size = new ResizeObserver(() => {
    const before = width;
    if (!box.isConnected) return close();
    if (box.clientWidth === width || box.clientWidth === 0) return;
    width = box.clientWidth;
    const isOther = width < narrowest !== before < narrowest;
    void (isOther ? switchSpec(explorer, explorer.spec) : explorer.view.resize());
  });
  size.observe(box);
  const recolour = (): void => {
    if (box.isConnected) void switchSpec(explorer, explorer.spec);
    else close();
  };
  const theme = new MutationObserver(recolour);
  theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", recolour);
  const close = (): void => {
    size.disconnect();
    theme.disconnect();
    system.removeEventListener("change", recolour);
    explorer.view.close();
  };
  box.addEventListener("journal:close", close);
}
