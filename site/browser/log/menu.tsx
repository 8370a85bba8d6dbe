// A button that opens a panel over the page, wherever it stands. Escape, a press or a focus elsewhere and scrolling close it; Escape gives
// the focus back.

import type { ComponentChildren, VNode } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

export interface MenuProps {
  readonly label: string;
  /** What stands on the button, where the label does not. */
  readonly face?: ComponentChildren;
  readonly class?: string;
  readonly children: (close: () => void) => ComponentChildren;
}

export function Menu({ label, face, class: name = "", children }: MenuProps): VNode {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const close = (): void => {
    setOpen(false);
    box.current?.querySelector("button")?.focus();
  };
  useLayoutEffect(() => {
    if (open && box.current !== null) place(box.current);
  });
  useEffect(() => {
    if (!open) return undefined;
    box.current?.querySelector<HTMLElement>(".panel :is(input, button, select)")?.focus({ preventScroll: true });
    return whenLeft(box, (back) => (back ? close() : setOpen(false)));
  }, [open]);
  return (
    <div class={`popup ${name}`} ref={box}>
      <button
        type="button"
        aria-expanded={open}
        {...(face === undefined ? {} : { "aria-label": label, title: label })}
        onClick={() => setOpen(!open)}
      >
        {face ?? label}
      </button>
      {open && <div class="panel">{children(close)}</div>}
    </div>
  );
}

const gap = 4;
const margin = 8;

/** Under the button, its right ends together where there is room for that, and never out of the window. */
function place(box: HTMLElement): void {
  const panel = box.querySelector<HTMLElement>(".panel");
  const button = box.querySelector("button")?.getBoundingClientRect();
  if (panel === null || button === undefined) return;
  const left = Math.max(
    margin,
    Math.min(button.right - panel.offsetWidth, document.documentElement.clientWidth - panel.offsetWidth - margin),
  );
  const top = button.bottom + gap;
  panel.style.left = `${left}px`;
  panel.style.top = `${top}px`;
  panel.style.maxHeight = `${Math.max(160, window.innerHeight - top - margin)}px`;
}

/** `leave(true)` where the focus should go back. Returns how to stop. */
function whenLeft(box: { readonly current: HTMLElement | null }, leave: (back: boolean) => void): () => void {
  const outside = (event: Event): void => {
    if (event.target instanceof Node && !box.current?.contains(event.target)) leave(false);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    leave(true);
  };
  const away = ["pointerdown", "focusin"] as const;
  for (const name of away) document.addEventListener(name, outside);
  document.addEventListener("scroll", outside, true);
  document.addEventListener("keydown", press);
  return () => {
    for (const name of away) document.removeEventListener(name, outside);
    document.removeEventListener("scroll", outside, true);
    document.removeEventListener("keydown", press);
  };
}
