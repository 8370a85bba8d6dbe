// Draw along an axis of the picture: what lies between becomes a term of the filter. A press clears the axis.

import type { AxisFrame } from "../../../src/report/parallel-chart.ts";
import type { ParallelAxis } from "../../../src/report/parallel-rows.ts";

export interface Brushed {
  readonly axis: ParallelAxis;
  /** Places, 0 at the foot; absent where the axis was only pressed. */
  readonly from?: number;
  readonly to?: number;
}

const strip = 32;
const slack = 4;

export interface Brush {
  /** What was drawn stays on these axes alone. */
  readonly keep: (names: ReadonlySet<string>) => void;
  readonly unmount: () => void;
}

/** Puts a strip over each axis. */
export function mountBrush(chart: HTMLElement, axes: readonly ParallelAxis[], frame: AxisFrame, tell: (brushed: Brushed) => void): Brush {
  const layer = document.createElement("div");
  layer.className = "axes";
  layer.setAttribute("aria-hidden", "true");
  const place = (): void => {
    const scale = (chart.querySelector("svg")?.getBoundingClientRect().width ?? frame.width) / frame.width;
    for (const [at, own] of [...layer.children].entries()) {
      if (!(own instanceof HTMLElement)) continue;
      own.style.left = `${(frame.left + at * frame.step - strip / 2) * scale}px`;
      own.style.top = `${frame.top * scale}px`;
      own.style.height = `${frame.height * scale}px`;
    }
  };
  for (const axis of axes) layer.append(makeStrip(axis, frame, tell));
  chart.append(layer);
  place();
  window.addEventListener("resize", place);
  return {
    keep: (names) => {
      for (const own of layer.querySelectorAll<HTMLElement>("[data-axis]"))
        if (!names.has(own.dataset["axis"] ?? "")) own.querySelector("i")?.removeAttribute("style");
    },
    unmount: () => {
      window.removeEventListener("resize", place);
      layer.remove();
    },
  };
}

function makeStrip(axis: ParallelAxis, { low }: AxisFrame, tell: (brushed: Brushed) => void): HTMLElement {
  const own = document.createElement("div");
  own.dataset["axis"] = axis.name;
  const part = document.createElement("i");
  own.append(part);
  let start: number | undefined;
  const at = (event: PointerEvent): number => {
    const { top, height } = own.getBoundingClientRect();
    return Math.min(Math.max((event.clientY - top) / height, 0), 1);
  };
  const placeAt = (share: number): number => low + (1 - share) * (1 - low);
  const show = (from: number, to: number): void => {
    part.style.top = `${Math.min(from, to) * 100}%`;
    part.style.height = `${Math.abs(to - from) * 100}%`;
  };
  own.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    own.setPointerCapture(event.pointerId);
    start = at(event);
    show(start, start);
    event.preventDefault();
  });
  own.addEventListener("pointermove", (event) => {
    if (start !== undefined) show(start, at(event));
  });
  own.addEventListener("pointerup", (event) => {
    if (start === undefined) return;
    const end = at(event);
    const drawn = Math.abs(end - start) * own.getBoundingClientRect().height >= slack;
    if (!drawn) show(0, 0);
    tell(drawn ? { axis, from: placeAt(start), to: placeAt(end) } : { axis });
    start = undefined;
  });
  own.addEventListener("pointercancel", () => {
    start = undefined;
    show(0, 0);
  });
  return own;
}
