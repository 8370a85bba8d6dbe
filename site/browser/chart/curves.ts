// Curves of one run or several, live: panels that share x, a row of controls above them.

import {
  type CurveOptions,
  type CurvePanel,
  type CurveRun,
  counters,
  curvePanels,
  hasRepeats,
  suggestsLog,
} from "../../../src/report/curve-chart.ts";
import { check, choose, hint, press, slide } from "./controls.ts";
import { type DrawnPanel, drawPanel } from "./curve-panel.ts";
import { saveFile, standaloneSvg } from "./export.ts";
import { listen, movesOf, type Stretch } from "./gestures.ts";

export interface CurvesHandle {
  readonly update: (runs: readonly CurveRun[], options?: Partial<CurveChoice>) => void;
  readonly close: () => void;
}

/** What the reader chooses, but for the stretch. */
export type CurveChoice = Omit<CurveOptions, "from" | "to">;

export interface CurvesOptions extends Partial<CurveChoice> {
  /** After the reader changed something, for an address that keeps it. */
  readonly onChange?: (choice: CurveChoice) => void;
}

/** Tokens for compared runs; the baseline is `text`. From the sixth run on the colours come again, dashed. */
export function runLook(index: number, isBase: boolean): Pick<CurveRun, "color" | "isDashed"> {
  return isBase ? { color: "var(--text)" } : { color: `var(--s${(index % 5) + 1})`, isDashed: index % 10 > 4 };
}

const shownAtFirst = 12;

/** Draws into `place`, which it empties first. */
export function drawCurves(place: HTMLElement, runs: readonly CurveRun[], { onChange, ...given }: CurvesOptions = {}): CurvesHandle {
  let all = runs;
  let choice: CurveChoice = { smooth: 0, log: suggestsLog(runs), each: false, ...given };
  let stretch: Stretch | undefined;
  let most = shownAtFirst;
  const controls = document.createElement("div");
  controls.className = "chart-controls";
  const panels = document.createElement("div");
  panels.className = "curve-panels";
  const more = press("Show all", "Show all curves", () => {
    most = Number.POSITIVE_INFINITY;
    draw();
  });
  const figures = new Map<string, PanelFigure>();
  const look = (next: Stretch | undefined): void => {
    stretch = next;
    draw();
  };
  const draw = (): void => {
    const found = curvePanels(all, { ...choice, ...stretch });
    const twice = place.clientWidth >= 760;
    const size = { width: Math.floor(twice ? (place.clientWidth - 32) / 2 : place.clientWidth), height: twice ? 240 : 200 };
    panels.classList.toggle("two", twice);
    const shown = found.slice(0, most).map((panel) => {
      const figure = figures.get(panel.name) ?? makeFigure(look);
      figures.set(panel.name, figure);
      figure.show(panel, size);
      return figure.element;
    });
    if (shown.length !== panels.children.length || shown.some((element, index) => panels.children[index] !== element))
      panels.replaceChildren(...shown);
    more.hidden = found.length <= most;
    more.textContent = `Show ${found.length - most} more`;
  };
  const change = (next: Partial<CurveChoice>): void => {
    if (next.x !== undefined) stretch = undefined;
    choice = { ...choice, ...next };
    draw();
    onChange?.(choice);
  };
  place.replaceChildren(controls, panels, more);
  controls.append(...controlsOf(all, choice, change));
  draw();
  const size = watchWidth(place, draw);
  return {
    update: (next, changed = {}) => {
      all = next;
      choice = { ...choice, ...changed };
      controls.replaceChildren(...controlsOf(all, choice, change));
      draw();
    },
    close: () => size.disconnect(),
  };
}

function watchWidth(place: HTMLElement, draw: () => void): ResizeObserver {
  let width = place.clientWidth;
  const size = new ResizeObserver(() => {
    if (place.clientWidth === width || place.clientWidth === 0) return;
    width = place.clientWidth;
    draw();
  });
  size.observe(place);
  return size;
}

function controlsOf(runs: readonly CurveRun[], choice: CurveChoice, change: (next: Partial<CurveChoice>) => void): readonly HTMLElement[] {
  const counts = counters(runs);
  return [
    slide("Smoothing", choice.smooth, 0.99, (smooth) => change({ smooth })),
    check("Log y", (log) => change({ log }), choice.log),
    ...(hasRepeats(runs) ? [check("Each repeat", (each) => change({ each }), choice.each)] : []),
    ...(counts.length > 1 ? [choose("x", counts, choice.x ?? counts[0] ?? "", (x) => change({ x }))] : []),
    hint("Drag over a stretch to look at it, double click for all."),
  ];
}

interface PanelFigure {
  readonly element: HTMLElement;
  readonly show: (panel: CurvePanel, size: { readonly width: number; readonly height: number }) => void;
}

/** Its surface stays while what is drawn on it changes, so that a key or a finger can go on. */
function makeFigure(look: (next: Stretch | undefined) => void): PanelFigure {
  let panel: CurvePanel | undefined;
  let drawn: DrawnPanel | undefined;
  const element = document.createElement("figure");
  element.className = "curve-live";
  const title = document.createElement("b");
  const notes = document.createElement("span");
  const save = press("SVG", "Save as SVG", () => {
    if (drawn !== undefined)
      saveFile(`${(panel?.name ?? "curve").replace(/[^\w.-]+/g, "_")}.svg`, standaloneSvg(drawn.svg), "image/svg+xml");
  });
  save.className = "quiet";
  const caption = document.createElement("figcaption");
  caption.append(title, notes, save);
  const surface = document.createElement("div");
  surface.className = "chart-live";
  surface.tabIndex = 0;
  surface.setAttribute("role", "group");
  element.append(caption, surface);
  const nowhere: Stretch = { from: 0, to: 1 };
  const moves = movesOf(
    () => panel ?? nowhere,
    () => panel?.whole ?? nowhere,
    () => ((panel?.whole.to ?? 1) - (panel?.whole.from ?? 0)) / 1000,
    look,
  );
  listen(surface, () => drawn ?? emptySurface, { ...moves, reset: () => look(undefined) });
  return {
    element,
    show: (next, { width, height }) => {
      panel = next;
      title.textContent = next.name;
      notes.textContent = next.notes.join(" · ");
      surface.setAttribute("aria-label", `${next.name}. Arrow keys move, + and − zoom, 0 shows all.`);
      const before = drawn?.svg;
      drawn = drawPanel(next, width, height);
      if (before === undefined) surface.prepend(drawn.svg);
      else before.replaceWith(drawn.svg);
    },
  };
}

const emptySurface = { valueAt: () => 0, plot: () => ({ left: 0, top: 0, width: 1, height: 1 }) };
