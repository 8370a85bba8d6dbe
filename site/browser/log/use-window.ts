// Which lines of a long table are in sight. All lines are equally high, so that arithmetic is all it takes.

import type { RefObject } from "preact";
import { useCallback, useEffect, useLayoutEffect, useState } from "preact/hooks";

export interface Lines {
  /** The first line to draw and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Brings a line into sight. */
  readonly reveal: (line: number) => void;
}

const overscan = 20;
const least = 320;

/** `count` lines of `height` px in a region that scrolls, under a head that stays. */
export function useLines(region: RefObject<HTMLElement | null>, count: number, height: number, all: boolean): Lines {
  const [sight, setSight] = useState({ top: 0, lines: 40 });
  useEffect(() => {
    const element = region.current;
    if (element === null) return undefined;
    let asked = 0;
    const look = (): void => {
      asked = 0;
      const top = Math.floor(element.scrollTop / height);
      const lines = Math.ceil(element.clientHeight / height);
      // In steps, so that not every pixel draws anew.
      const step = Math.floor(top / 8) * 8;
      setSight((known) => (known.top === step && known.lines === lines ? known : { top: step, lines }));
    };
    const scroll = (): void => {
      asked ||= requestAnimationFrame(look);
    };
    look();
    element.addEventListener("scroll", scroll, { passive: true });
    const watch = new ResizeObserver(look);
    watch.observe(element);
    return () => {
      cancelAnimationFrame(asked);
      element.removeEventListener("scroll", scroll);
      watch.disconnect();
    };
  }, [height]);
  const from = all ? 0 : Math.max(0, Math.min(sight.top, count - sight.lines) - overscan);
  const to = all ? count : Math.min(count, sight.top + sight.lines + 8 + overscan);
  const reveal = useCallback(
    (line: number) => {
      const element = region.current;
      if (element === null) return;
      const head = element.querySelector("thead")?.getBoundingClientRect().height ?? 0;
      const top = line * height;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + height + head > element.scrollTop + element.clientHeight)
        element.scrollTop = top + height + head - element.clientHeight;
    },
    [height],
  );
  return { from, to, reveal };
}

/** With what stands below it the region ends where the window does, so that its own bar is the only one one needs. */
export function useRoom(region: RefObject<HTMLElement | null>, printing: boolean): void {
  const fit = (): void => {
    const element = region.current;
    if (element === null) return;
    const { top, bottom } = element.getBoundingClientRect();
    const below = document.body.getBoundingClientRect().bottom - bottom;
    const room = printing ? "none" : `${Math.max(least, Math.floor(window.innerHeight - top - window.scrollY - below))}px`;
    if (element.style.maxHeight !== room) element.style.maxHeight = room;
  };
  useLayoutEffect(fit);
  useEffect(() => {
    // The bar of ticked runs takes its room from the page.
    const main = region.current?.closest("main");
    const watch = new ResizeObserver(fit);
    if (main) watch.observe(main);
    window.addEventListener("resize", fit);
    return () => {
      watch.disconnect();
      window.removeEventListener("resize", fit);
    };
  }, [printing]);
}

const widths = { base: 1280, slot: 80, always: 3 };

/** How many metrics and parameters fit beside the rest; on a phone the table scrolls sideways anyway. */
export function useSlots(): number {
  const [slots, setSlots] = useState(slotsNow);
  useEffect(() => {
    const look = (): void => setSlots(slotsNow());
    window.addEventListener("resize", look);
    return () => window.removeEventListener("resize", look);
  }, []);
  return slots;
}

function slotsNow(): number {
  if (matchMedia(phone).matches) return Number.POSITIVE_INFINITY;
  return widths.always + Math.max(0, Math.floor((window.innerWidth - widths.base) / widths.slot));
}

/** Whether the window is as narrow as a phone. */
export function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia(phone).matches);
  useEffect(() => {
    const query = matchMedia(phone);
    const hear = (): void => setNarrow(query.matches);
    query.addEventListener("change", hear);
    return () => query.removeEventListener("change", hear);
  }, []);
  return narrow;
}

const phone = "(max-width: 719px)";

/** True while the page is printed: paper has no scroll bar. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const on = (): void => setPrinting(true);
    const off = (): void => setPrinting(false);
    window.addEventListener("beforeprint", on);
    window.addEventListener("afterprint", off);
    return () => {
      window.removeEventListener("beforeprint", on);
      window.removeEventListener("afterprint", off);
    };
  }, []);
  return printing;
}
