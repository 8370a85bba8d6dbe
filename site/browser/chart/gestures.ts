// Pointer, wheel and keys on a live chart: drag over a stretch to look at it, ctrl and wheel or a pinch to zoom, double click for all.

import { type Box, hideTip, nearest, openRun, showTip } from "../tip.ts";
import type { Mark } from "./scene.ts";

/** A plot with x from left to right. */
export interface Surface {
  /** What stands at this place of the window. */
  readonly valueAt: (clientX: number) => number;
  /** The plot, in the window. */
  readonly plot: () => Box;
}

/** One with marks that say something. */
export interface MarkedSurface extends Surface {
  readonly marks: () => readonly Mark[];
}

export interface Gestures {
  /** The stretch between two places of x. */
  readonly select: (from: number, to: number) => void;
  /** Around a place of x; a factor below 1 zooms in. */
  readonly zoom: (factor: number, around?: number) => void;
  /** By a share of what is shown. */
  readonly pan: (share: number) => void;
  readonly reset: () => void;
}

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What gestures do to the stretch that is looked at: never beyond `whole`, never shorter than `shortest`. */
export function movesOf(now: () => Stretch, whole: () => Stretch, shortest: () => number, show: (next: Stretch) => void): Gestures {
  const select = (from: number, to: number): void => {
    const all = whole();
    const span = Math.min(Math.max(to - from, shortest()), all.to - all.from);
    const start = Math.min(Math.max((from + to - span) / 2, all.from), all.to - span);
    show({ from: start, to: start + span });
  };
  return {
    select,
    zoom: (factor, around) => {
      const { from, to } = now();
      const center = around ?? (from + to) / 2;
      select(center - (center - from) * factor, center + (to - center) * factor);
    },
    pan: (share) => {
      const { from, to } = now();
      const all = whole();
      const by = Math.min(Math.max((to - from) * share, all.from - from), all.to - to);
      select(from + by, to + by);
    },
    reset: () => show(whole()),
  };
}

/** `now` is the drawing that stands there at the moment. */
export function listen(place: HTMLElement, now: () => Surface, gestures: Gestures): void {
  place.addEventListener("keydown", (event) => {
    const act = keys(gestures)[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  place.addEventListener(
    "wheel",
    (event) => {
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      if (!sideways && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      if (event.ctrlKey || event.metaKey)
        gestures.zoom(Math.exp(Math.max(-50, Math.min(50, event.deltaY)) / 100), now().valueAt(event.clientX));
      else gestures.pan((event.deltaX || event.deltaY) / now().plot().width);
    },
    { passive: false },
  );
  place.addEventListener("dblclick", () => gestures.reset());
  mountDrag(place, now, gestures);
}

const keys = ({ zoom, pan, reset }: Gestures): Readonly<Record<string, () => void>> => ({
  "+": () => zoom(0.5),
  "=": () => zoom(0.5),
  "-": () => zoom(2),
  ArrowLeft: () => pan(-0.25),
  ArrowRight: () => pan(0.25),
  Home: () => reset(),
  "0": () => reset(),
});

export function mountMarks(place: HTMLElement, now: () => MarkedSurface): void {
  place.addEventListener("pointermove", (event) => {
    event.stopPropagation();
    const found = event.buttons === 0 ? nearest(now().marks(), event.clientX, event.clientY) : undefined;
    place.classList.toggle("on-run", found?.run !== undefined);
    if (found === undefined) hideTip();
    else showTip(found.box, found.text);
  });
  place.addEventListener("pointerleave", hideTip);
  let touched: string | undefined;
  place.addEventListener("click", (event) => {
    event.stopPropagation();
    const found = place.dataset["dragged"] === undefined ? nearest(now().marks(), event.clientX, event.clientY) : undefined;
    delete place.dataset["dragged"];
    const isFirst = event instanceof PointerEvent && event.pointerType === "touch" && touched !== found?.run;
    touched = found?.run;
    if (found === undefined) hideTip();
    else if (isFirst || found.run === undefined) showTip(found.box, found.text);
    else openRun(found.run);
  });
}

/** Shorter is a click, px. */
const shortest = 6;

/** With a mouse or a pen a drag marks a stretch; with a finger it moves what is shown, with two it zooms. */
function mountDrag(place: HTMLElement, now: () => Surface, { select, pan, zoom }: Gestures): void {
  const brush = document.createElement("div");
  brush.className = "brush";
  brush.hidden = true;
  place.append(brush);
  const fingers = new Map<number, number>();
  let start: number | undefined;
  const span = (): number => {
    const [one = 0, two = 0] = fingers.values();
    return Math.max(Math.abs(one - two), 1);
  };
  place.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, event.clientX);
    if (event.pointerType === "touch") return;
    start = event.clientX;
    place.setPointerCapture(event.pointerId);
  });
  place.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (before === undefined) return;
    if (event.pointerType === "touch") {
      const apart = span();
      fingers.set(event.pointerId, event.clientX);
      if (fingers.size > 1) zoom(apart / span());
      else pan((before - event.clientX) / now().plot().width);
      return;
    }
    if (start !== undefined) showBrush(brush, place, now(), [start, event.clientX]);
  });
  const end = (event: PointerEvent): void => {
    fingers.delete(event.pointerId);
    brush.hidden = true;
    const from = start;
    start = undefined;
    if (from === undefined || event.type !== "pointerup" || Math.abs(event.clientX - from) < shortest) return;
    place.dataset["dragged"] = "";
    const view = now();
    select(view.valueAt(Math.min(from, event.clientX)), view.valueAt(Math.max(from, event.clientX)));
  };
  place.addEventListener("pointerup", end);
  place.addEventListener("pointercancel", end);
}

function showBrush(brush: HTMLElement, place: HTMLElement, view: Surface, ends: readonly [number, number]): void {
  const plot = view.plot();
  const { left, top } = place.getBoundingClientRect();
  const [from = 0, to = 0] = [...ends].sort((a, b) => a - b).map((x) => Math.max(plot.left, Math.min(x, plot.left + plot.width)));
  brush.hidden = to - from < shortest;
  brush.style.left = `${from - left}px`;
  brush.style.top = `${plot.top - top}px`;
  brush.style.width = `${to - from}px`;
  brush.style.height = `${plot.height}px`;
}
