// System → light → dark. The choice is kept where storage is allowed, else for this page.

const key = "journal-theme";
const order = ["", "light", "dark"] as const;
type Theme = (typeof order)[number];
const words: Readonly<Record<Theme, string>> = { "": "Auto", light: "Light", dark: "Dark" };
const meanings: Readonly<Record<Theme, string>> = { "": "as the system", light: "light", dark: "dark" };

export function makeThemeButton(): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "theme bare";
  const show = (): void => {
    const theme = current();
    button.textContent = words[theme];
    button.title = `Theme: ${meanings[theme]}`;
    button.setAttribute("aria-label", `Theme ${meanings[theme]}: ${words[theme]}`);
  };
  button.addEventListener("click", () => {
    choose(order[(order.indexOf(current()) + 1) % order.length] ?? "");
    show();
  });
  window.addEventListener("storage", (change) => {
    if (change.key !== key) return;
    apply(read(change.newValue));
    show();
  });
  show();
  return button;
}

const read = (text: string | null | undefined): Theme => (text === "light" || text === "dark" ? text : "");
const current = (): Theme => read(document.documentElement.dataset["theme"]);

function choose(theme: Theme): void {
  apply(theme);
  try {
    if (theme === "") localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Storage is not allowed everywhere.
  }
}

function apply(theme: Theme): void {
  if (theme === "") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
