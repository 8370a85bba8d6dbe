// One live drawing: a Vega view of the compiled chart, at the width it has, with the stretch of x that is looked at.

import type { Spec as VegaSpec } from "vega";
import type { Tick } from "../../../src/report/chart-parts.ts";
import { dateTicks, orderTicks } from "../../../src/report/chart-ticks.ts";
import type { Vega } from "../vega.ts";
import type { CompiledDrawing, LiveData } from "./data.ts";
import { parseSvg, withTokens } from "./export.ts";
import type { MarkedSurface } from "./gestures.ts";
import { type Mark, marksOf, type Scene } from "./scene.ts";

/** What the reader chose to look at. */
export interface Look {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
  /** True dates on x. */
  readonly dates: boolean;
}

export interface LiveView extends MarkedSurface {
  readonly show: (look: Look) => Promise<void>;
  readonly resize: () => Promise<void>;
  readonly toSvg: () => Promise<SVGSVGElement>;
  readonly close: () => void;
}

/** Narrower, px, a chart is drawn as on a phone. */
export const narrowest = 720;
/** More marks than this are drawn as one picture. */
const mostSvg = 1500;

export interface LiveOptions {
  readonly vega: Vega;
  readonly data: LiveData;
  /** Name of the spec. */
  readonly spec: string;
  readonly place: HTMLElement;
  readonly look: Look;
}

const refuse = {
  load: () => Promise.resolve(""),
  sanitize: () => Promise.resolve({ href: "#" }),
  http: () => Promise.resolve(""),
  file: () => Promise.resolve(""),
  options: {},
};

export async function openView({ vega, data, spec: name, place, look }: LiveOptions): Promise<LiveView> {
  const { parse, View, expressionInterpreter } = vega;
  const drawing = place.clientWidth < narrowest ? (data.narrow ?? data) : data;
  const rows = Object.values(data.data).reduce((most, list) => most + list.length, 0);
  const isCanvas = rows > mostSvg && data.zoom?.mostApart === undefined;
  const spec = specOf(drawing, data, name, isCanvas);
  const room = (): number => widthOf(place, drawing, spec);
  const font = getComputedStyle(document.body).fontFamily;
  const holder = document.createElement("div");
  holder.hidden = true;
  // The place around it has the name.
  holder.setAttribute("aria-hidden", "true");
  place.append(holder);
  const view = new View(parse(spec, { text: { font }, axis: { labelFont: font, titleFont: font } }, { ast: true }), {
    renderer: isCanvas ? "canvas" : "svg",
    container: holder,
    expr: expressionInterpreter,
    loader: refuse,
    hover: false,
    tooltip: () => {},
    logLevel: 0,
  } as unknown as ConstructorParameters<Vega["View"]>[1]);
  let current = look;
  let marks: readonly Mark[] | undefined;
  const set = (key: string, value: unknown): void => {
    if (spec.signals?.some((signal) => signal.name === key)) view.signal(key, value);
  };
  const draw = async (): Promise<void> => {
    view.width(room());
    const ticks = ticksOf(data, current, room());
    for (const [key, value] of Object.entries(current)) set(key, value);
    set("dense", isDense(data, current));
    set(
      "ticks",
      ticks.map(({ at }) => at),
    );
    set("tickText", Object.fromEntries(ticks.map(({ at, text }) => [at, text])));
    await view.runAsync();
    marks = undefined;
  };
  await draw();
  holder.hidden = false;
  const box = (): DOMRect => (holder.querySelector("svg, canvas") ?? holder).getBoundingClientRect();
  const corner = (): { readonly left: number; readonly top: number } => {
    const { left, top } = box();
    const [x = 0, y = 0] = view.origin();
    const pad = view.padding() as Partial<Record<"left" | "top", number>>;
    return { left: left + x + (pad.left ?? 0), top: top + y + (pad.top ?? 0) };
  };
  return {
    show: (next) => {
      current = next;
      return draw();
    },
    resize: draw,
    valueAt: (clientX) => current.from + ((clientX - corner().left) / view.width()) * (current.to - current.from),
    plot: () => ({ ...corner(), width: view.width(), height: view.height() }),
    marks: () => {
      const { left, top } = corner();
      marks ??= marksOf(view.scenegraph() as unknown as Scene);
      return marks.map((mark) => ({ ...mark, box: { ...mark.box, left: mark.box.left + left, top: mark.box.top + top } }));
    },
    toSvg: async () => holder.querySelector("svg") ?? parseSvg(await view.toSVG()),
    close: () => {
      view.finalize();
      holder.remove();
    },
  };
}

/** With its data; a canvas knows no tokens. */
function specOf({ specs }: CompiledDrawing, { data }: LiveData, name: string, isCanvas: boolean): VegaSpec {
  const found = specs[name] ?? Object.values(specs)[0];
  if (found === undefined) throw new Error("its file holds no chart");
  const spec = JSON.parse(isCanvas ? withTokens(JSON.stringify(found)) : JSON.stringify(found)) as VegaSpec;
  for (const set of spec.data ?? []) {
    const rows = Object.hasOwn(data, set.name) ? data[set.name] : undefined;
    // Vega marks the rows it is given.
    if (rows !== undefined) Object.assign(set, { values: rows.map((row) => ({ ...row })) });
  }
  // Dates say what they are.
  const axis = spec.axes?.find(({ orient, title }) => orient === "bottom" && title !== undefined);
  if (axis !== undefined && spec.signals?.some((signal) => signal.name === "dates"))
    axis.title = { signal: `dates ? "" : ${JSON.stringify(axis.title)}` };
  return spec;
}

function widthOf(place: HTMLElement, { frame }: CompiledDrawing, { width }: VegaSpec): number {
  if (frame === undefined) return typeof width === "number" ? width : place.clientWidth;
  return Math.max(place.clientWidth - frame.left - frame.right, 120);
}

/** More points in the stretch than the chart draws one by one. */
function isDense({ zoom, data }: LiveData, { from, to, dates }: Look): boolean {
  const most = zoom?.mostApart;
  if (most === undefined) return false;
  let count = 0;
  for (const row of Object.values(data).flat()) {
    const at = dates ? row["t"] : row["x"];
    if (row["tip"] !== undefined && row["x2"] === undefined && typeof at === "number" && at >= from && at <= to) count += 1;
  }
  return count > most;
}

function ticksOf({ zoom }: LiveData, { from, to, dates }: Look, width: number): readonly Tick[] {
  const most = Math.max(2, Math.min(10, Math.floor(width / 100)));
  return dates ? dateTicks(from, to, most) : orderTicks(zoom?.days ?? [], from, to, most);
}
