// The list of keys, in a dialog of the browser's own: it keeps the focus, closes on Escape and gives the focus back.

const keys: readonly (readonly [keys: readonly string[], does: string])[] = [
  [["/"], "search runs"],
  [["f"], "filter the log"],
  [["j", "k"], "next and previous row, also ↓ and ↑"],
  [["Enter"], "open the run"],
  [["x"], "tick the run; with Shift a range"],
  [["c"], "compare what is ticked"],
  [["g", "o"], "overview"],
  [["g", "l"], "log"],
  [["g", "c"], "compare"],
  [["g", "p"], "parameters"],
  [["g", "b"], "best"],
  [["g", "n"], "next"],
  [["Esc"], "close"],
  [["?"], "this list"],
];

export function showHelp(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog.keys") ?? makeDialog();
  if (!dialog.open) dialog.showModal();
}

function makeDialog(): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  dialog.setAttribute("aria-labelledby", "keys-title");
  const title = Object.assign(document.createElement("h2"), { id: "keys-title", textContent: "Keys" });
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Close", className: "bare" });
  close.addEventListener("click", () => dialog.close());
  const list = document.createElement("dl");
  for (const [names, does] of keys) {
    const term = document.createElement("dt");
    term.append(...names.map((name) => Object.assign(document.createElement("kbd"), { textContent: name })));
    list.append(term, Object.assign(document.createElement("dd"), { textContent: does }));
  }
  const head = document.createElement("div");
  head.className = "head";
  head.append(title, close);
  dialog.append(head, list);
  // A click beside the list meets the dialog itself.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  return dialog;
}
