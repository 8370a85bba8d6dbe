// A button beside what is there to be copied: `data-copy` holds the text, or, when it is empty, the element does. A button that has it
// copies by itself.

import { say } from "./page.ts";

export function mountCopy(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-copy]:not([data-copies])")) {
    element.dataset["copies"] = "";
    if (element instanceof HTMLButtonElement) element.addEventListener("click", () => void press(element, element));
    else addButton(element);
  }
}

function addButton(element: HTMLElement): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy bare";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy ${textOf(element).slice(0, 60)}`);
  button.addEventListener("click", () => void press(button, element));
  if (element instanceof HTMLPreElement) {
    // In the corner of the box; what scrolls in it does not take it along.
    const frame = document.createElement("div");
    frame.className = "copy-frame";
    element.replaceWith(frame);
    frame.append(element, button);
  } else element.after(" ", button);
}

const textOf = (element: HTMLElement): string => element.dataset["copy"] || (element.textContent ?? "").trim();

async function press(button: HTMLButtonElement, element: HTMLElement): Promise<void> {
  const done = await copyText(textOf(element));
  const before = button.dataset["label"] ?? button.textContent ?? "";
  button.dataset["label"] = before;
  button.textContent = done ? "Copied" : "Press Ctrl+C";
  say(done ? "Copied" : "Select and press Ctrl+C");
  if (!done && element !== button) getSelection()?.selectAllChildren(element);
  setTimeout(() => {
    button.textContent = before;
  }, 2000);
}

/** Also where the page has no right to the clipboard, as when it was opened from a disk. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "hidden";
  field.setAttribute("aria-hidden", "true");
  document.body.append(field);
  field.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    // Some browsers know no such command.
  }
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
