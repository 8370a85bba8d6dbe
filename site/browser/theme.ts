// Runs before anything is painted: the reader's choice of light or dark, where one was made.

try {
  const theme = localStorage.getItem("journal-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset["theme"] = theme;
} catch {
  // No storage, no choice: the system decides.
}
