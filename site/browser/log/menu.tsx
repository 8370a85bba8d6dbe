// A button that opens a panel. Escape, a press outside and a focus elsewhere close it; Escape gives the focus back.

import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

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
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!open) return undefined;
    box.current?.querySelector<HTMLElement>(".panel :is(input, button, select)")?.focus();
    const outside = (event: Event): void => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    const press = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      close();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    document.addEventListener("keydown", press);
    return () => {
      document.removeEventListener("keydown", press);
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [open]);
  return (
    <div class={`popup ${name}`} ref={box}>
      <button
        type="button"
        ref={button}
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
