// Runs before anything is painted: the reader's choice of light or dark, where one was made, and what is not worth drawing.

try {
  const theme = localStorage.getItem("journal-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset["theme"] = theme;
} catch {
  // No storage, no choice: the system decides.
}

// Rows that the log's script is about to replace are not drawn meanwhile (log-scripts.css). Where it never comes they all are.
const { classList } = document.documentElement;
classList.add("waiting");
addEventListener("load", () => {
  if (window.journal?.mounted?.includes("log") !== true) classList.remove("waiting");
});
