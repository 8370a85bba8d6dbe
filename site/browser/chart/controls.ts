// The small controls above a live chart.

export function check(text: string, act: (on: boolean) => void | Promise<void>, on: boolean = false): HTMLElement {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = on;
  box.addEventListener("change", () => void act(box.checked));
  label.append(box, ` ${text}`);
  return label;
}

export function press(text: string, title: string, act: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.title = title;
  // A sign is no name.
  if (!/\w/.test(text)) button.setAttribute("aria-label", title);
  button.addEventListener("click", act);
  return button;
}

export function choose(text: string, options: readonly string[], now: string, act: (value: string) => void): HTMLElement {
  const label = document.createElement("label");
  const select = document.createElement("select");
  for (const option of options) select.append(new Option(option, option, option === now, option === now));
  select.addEventListener("change", () => act(select.value));
  label.append(`${text} `, select);
  return label;
}

/** From 0 to `most`. */
export function slide(text: string, now: number, most: number, act: (value: number) => void): HTMLElement {
  const label = document.createElement("label");
  const input = document.createElement("input");
  const shown = document.createElement("output");
  input.type = "range";
  input.min = "0";
  input.max = String(most);
  input.step = "0.01";
  input.value = String(now);
  shown.value = input.value;
  input.addEventListener("input", () => {
    shown.value = input.value;
    act(Number(input.value));
  });
  label.append(`${text} `, input, shown);
  return label;
}

export function hint(text: string): HTMLElement {
  const made = document.createElement("span");
  made.className = "chart-hint";
  made.textContent = text;
  return made;
}
