// The log page: its static rows give way to a table over all runs once that has been drawn.

import { render } from "preact";
import { jsx } from "preact/jsx-runtime";
import { onContent } from "./content.ts";
import { type Loaded, loadShards } from "./data.ts";
import { App } from "./log/app.tsx";

let shown: Element | undefined;

onContent("log", () => {
  // What stood here before the content was replaced still listens.
  if (shown !== undefined) render(null, shown);
  shown = undefined;
  const place = document.querySelector<HTMLElement>('[data-island="log"]');
  const study = place?.dataset["log"];
  const rows = place?.querySelector(".rows") ?? null;
  if (place === null || study === undefined || rows === null) return;
  const own = document.createElement("div");
  let drawn = false;
  const draw = (loaded: Loaded): void => {
    render(jsx(App, { loaded, path: place.dataset["path"] ?? "" }), own);
    if (drawn) return;
    drawn = true;
    shown = own;
    rows.replaceWith(own);
  };
  loadShards(study, (loaded) => {
    if (!rows.isConnected && !drawn) return;
    if (loaded.complete || (!drawn && location.hash === "")) draw(loaded);
  }).catch((error: unknown) => say(place, error));
});

/** The static rows stay. */
function say(place: HTMLElement, error: unknown): void {
  document.documentElement.classList.remove("waiting");
  const notice = document.createElement("p");
  notice.className = "notice bad";
  const rows = place.querySelectorAll("tbody tr").length;
  notice.textContent = `The newest ${rows} rows are shown; the rest (${error instanceof Error ? error.message : String(error)}).`;
  place.prepend(notice);
}
