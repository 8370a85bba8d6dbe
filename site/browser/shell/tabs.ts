// A box of `<details>` as tabs: without scripts all of them can be opened, with scripts one of them is. Arrow keys, Home and End move.

let boxes = 0;

export function mountTabs(): void {
  for (const box of document.querySelectorAll<HTMLElement>('[data-island="tabs"]:not([data-tabs])')) mountBox(box);
}

function mountBox(box: HTMLElement): void {
  const panels = [...box.querySelectorAll<HTMLDetailsElement>(":scope > details")];
  if (panels.length < 2) return;
  boxes += 1;
  box.dataset["tabs"] = String(boxes);
  const list = document.createElement("div");
  list.setAttribute("role", "tablist");
  list.className = "tablist";
  const tabs = panels.map((panel, at) => makeTab(panel, `tab-${boxes}-${at}`));
  const choose = (chosen: number, focus: boolean): void => {
    for (const [at, panel] of panels.entries()) {
      panel.open = at === chosen;
      tabs[at]?.setAttribute("aria-selected", String(at === chosen));
      tabs[at]?.setAttribute("tabindex", at === chosen ? "0" : "-1");
    }
    if (focus) tabs[chosen]?.focus();
  };
  for (const [at, tab] of tabs.entries()) {
    tab.addEventListener("click", () => choose(at, false));
    tab.addEventListener("keydown", (event) => {
      const to = target(event.key, at, tabs.length);
      if (to === undefined) return;
      event.preventDefault();
      choose(to, true);
    });
  }
  list.append(...tabs);
  box.prepend(list);
  choose(
    Math.max(
      0,
      panels.findIndex(({ open }) => open),
    ),
    false,
  );
}

function makeTab(panel: HTMLDetailsElement, id: string): HTMLButtonElement {
  const tab = document.createElement("button");
  tab.type = "button";
  tab.id = id;
  tab.setAttribute("role", "tab");
  tab.textContent = panel.querySelector("summary")?.textContent ?? "";
  // `<details>` may not have a role of its own: what it holds is the panel.
  const content = panel.querySelector<HTMLElement>(":scope > :not(summary)");
  if (content !== null) {
    content.id ||= `${id}-panel`;
    tab.setAttribute("aria-controls", content.id);
    content.setAttribute("role", "tabpanel");
    content.setAttribute("aria-labelledby", id);
  }
  return tab;
}

function target(key: string, at: number, count: number): number | undefined {
  if (key === "ArrowRight" || key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowLeft" || key === "ArrowUp") return (at + count - 1) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : undefined;
}
