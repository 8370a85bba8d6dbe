// The tooltip: one for the whole page. It shows the `data-tip` of what the pointer or the focus is on, and in a chart that of the nearest
// mark. ` · ` parts lines. A click on a mark opens its run; on a touch screen the first touch shows the tip, the next one opens.

import { pageName } from "../../src/base/address.ts";

/** Where the tip belongs, in the window. */
export type Box = Pick<DOMRect, "left" | "top" | "width" | "height">;

// Several scripts of a page show tips: the one there is belongs to all of them.
const findTip = (): HTMLElement | null => document.querySelector("body > .tip");

export function showTip(target: Element | Box, text: string): void {
  const shown = findTip() ?? makeTip();
  shown.replaceChildren(...text.split(" · ").map(line));
  shown.hidden = false;
  const box = target instanceof Element ? target.getBoundingClientRect() : target;
  const { offsetWidth: width, offsetHeight: height } = shown;
  const middle = box.left + box.width / 2 - width / 2;
  const above = box.top - height - gap;
  shown.style.left = `${Math.round(Math.max(gap, Math.min(middle, document.documentElement.clientWidth - width - gap)))}px`;
  shown.style.top = `${Math.round(above >= gap ? above : box.top + box.height + gap)}px`;
}

export function hideTip(): void {
  const shown = findTip();
  if (shown !== null) shown.hidden = true;
}

const gap = 8;

function makeTip(): HTMLElement {
  const made = document.createElement("div");
  made.className = "tip";
  made.setAttribute("role", "tooltip");
  document.body.append(made);
  return made;
}

function line(text: string): HTMLElement {
  const made = document.createElement("div");
  made.textContent = text;
  return made;
}

export function openRun(id: string): void {
  location.href = `${document.body.dataset["root"] ?? ""}runs/${pageName(id)}.html`;
}

/** Once per page. */
export function mountTips(): void {
  let touched: Element | undefined;
  document.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    const found = targetOf(event);
    if (found === undefined) hideTip();
    else showTip(found, tipOf(found));
  });
  document.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLElement && target.dataset["tip"] !== undefined && target.matches(":focus-visible"))
      showTip(target, tipOf(target));
  });
  document.addEventListener("focusout", hideTip);
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hideTip();
  });
  document.addEventListener("scroll", hideTip, { passive: true, capture: true });
  document.addEventListener("click", (event) => {
    const found = targetOf(event);
    const run = found === undefined ? undefined : runOf(found);
    const first = event instanceof PointerEvent && event.pointerType === "touch" && touched !== found;
    touched = found;
    if (found === undefined) hideTip();
    else if (first) showTip(found, tipOf(found));
    else if (run !== undefined) openRun(run);
  });
}

const tipOf = (element: Element): string => element.getAttribute("data-tip") ?? "";

/** The id of the run that a mark stands for: the first word of its tip, unless the id holds a blank. */
function runOf(mark: Element): string | undefined {
  const id = mark.getAttribute("data-run");
  return id === "" ? tipOf(mark).split(" ")[0] : (id ?? undefined);
}

function targetOf({ target, clientX, clientY }: MouseEvent): Element | undefined {
  if (!(target instanceof Element)) return undefined;
  const chart = target.closest<SVGSVGElement>(".chart > svg");
  if (chart === null) return target.closest("[data-tip]") ?? undefined;
  const found = nearest(marksOf(chart), clientX, clientY)?.element;
  chart.classList.toggle("on-run", found?.hasAttribute("data-run") === true);
  return found;
}

/** Further away no mark is meant, px. */
const reach = 20;
/** A mark of this size or larger gives way to a small one near the pointer. */
const large = 16;

/** The one that is meant at this place, all in the same measure: small marks win where a column of many runs lies behind them. */
export function nearest<T extends { readonly box: Box }>(marks: readonly T[], x: number, y: number): T | undefined {
  let found: T | undefined;
  let least = reach + large;
  for (const mark of marks) {
    const { left, top, width, height } = mark.box;
    const away = Math.hypot(Math.max(left - x, 0, x - left - width), Math.max(top - y, 0, y - top - height));
    const cost = away > reach ? Number.POSITIVE_INFINITY : away + Math.min(Math.max(width, height) / 2, large);
    if (cost >= least) continue;
    found = mark;
    least = cost;
  }
  return found;
}

interface Mark {
  readonly element: Element;
  readonly box: Box;
}

interface Measured {
  readonly marks: readonly Mark[];
  /** Where the chart stood when its marks were measured. */
  readonly at: DOMRect;
}

const measured = new WeakMap<Element, Measured>();

/** Measured once for as long as the chart stands where it is. */
function marksOf(chart: SVGSVGElement): readonly Mark[] {
  const at = chart.getBoundingClientRect();
  const known = measured.get(chart);
  if (known?.at.left === at.left && known.at.top === at.top && known.at.width === at.width) return known.marks;
  const marks = [...chart.querySelectorAll("[data-tip]")].map((element) => ({ element, box: element.getBoundingClientRect() }));
  measured.set(chart, { marks, at });
  return marks;
}
