// The buttons of each chart: explore it, take it along. The drawing and its data stand there without them.

import { loadScript } from "../script.ts";
import { dataAge, fromRoot, liveCsv, tableCsv } from "./data.ts";
import { liveSvg, prepare, toggleExplorer } from "./explore.ts";
import { pngOf, saveFile, standaloneSvg } from "./export.ts";

export function mountFigures(): void {
  for (const figure of document.querySelectorAll("figure")) {
    const caption = figure.querySelector<HTMLElement>(":scope > figcaption");
    if (caption !== null && figure.querySelector(":scope > .chart > svg") !== null) addTools(figure, caption);
    reopen(figure);
  }
}

/** By id of the figure: with which data it is open. */
const open = new Map<string, number>();

/** New content, or new data: what was open is drawn anew. */
function reopen(figure: HTMLElement): void {
  const age = open.get(figure.id);
  const isOpen = figure.classList.contains("exploring");
  if (age === undefined || (isOpen && age === dataAge())) return;
  open.set(figure.id, dataAge());
  const again = async (): Promise<void> => {
    if (isOpen) await toggleExplorer(figure);
    await toggleExplorer(figure);
    const button = figure.querySelector(".chart-explore");
    if (button !== null) button.textContent = "Close";
  };
  again().catch(() => open.delete(figure.id));
}

function addTools(figure: HTMLElement, caption: HTMLElement): void {
  if (caption.querySelector(".chart-tools") !== null) return;
  const tools = document.createElement("span");
  tools.className = "chart-tools";
  const say = (words: string): void => {
    note.textContent = words;
  };
  const button = (text: string, title: string, act: () => void | Promise<void>): HTMLButtonElement => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "quiet";
    made.textContent = text;
    made.title = title;
    made.addEventListener("click", () => void run(made, act, say));
    tools.append(made);
    return made;
  };
  const note = document.createElement("span");
  note.className = "chart-note";
  note.setAttribute("role", "status");
  const name = figure.id || "chart";
  if (figure.dataset["live"] !== undefined) {
    const made = button("Explore", "Zoom, switch axes and ranges", async () => {
      const isOpen = await toggleExplorer(figure);
      if (isOpen) open.set(figure.id, dataAge());
      else open.delete(figure.id);
      made.textContent = isOpen ? "Close" : "Explore";
    });
    made.classList.add("chart-explore");
    made.addEventListener("pointerenter", prepare, { once: true });
    made.addEventListener("focus", prepare, { once: true });
  }
  button("SVG", "Save the drawing as SVG", async () => saveFile(`${name}.svg`, await svgOf(figure), "image/svg+xml"));
  button("PNG", "Save the drawing as PNG", async () => saveFile(`${name}.png`, await pngOf(await svgOf(figure))));
  if (figure.dataset["live"] !== undefined || figure.querySelector("figcaption table") !== null)
    button("CSV", "Save the data as CSV", async () => saveFile(`${name}.csv`, await csvOf(figure), "text/csv"));
  caption.append(tools, note);
}

/** What goes wrong is said beside the buttons; the drawing stays. */
async function run(button: HTMLButtonElement, act: () => void | Promise<void>, say: (words: string) => void): Promise<void> {
  button.disabled = true;
  const waiting = setTimeout(() => say("Loading…"), 300);
  try {
    await act();
    say("");
  } catch (error) {
    say(`${button.textContent} did not work: ${error instanceof Error ? error.message : String(error)}.`);
  } finally {
    clearTimeout(waiting);
    button.disabled = false;
  }
}

/** The drawing that is shown. */
async function svgOf(figure: HTMLElement): Promise<string> {
  const live = await liveSvg(figure);
  const drawings = [...figure.querySelectorAll<SVGSVGElement>(":scope > .chart > svg")];
  const shown = live === undefined ? drawings.find((drawing) => drawing.getClientRects().length > 0) : live;
  if (shown === undefined) throw new Error("nothing is drawn");
  return standaloneSvg(shown);
}

async function csvOf(figure: HTMLElement): Promise<string> {
  const live = figure.dataset["live"];
  if (live !== undefined) {
    await loadScript(fromRoot(live));
    const data = window.journal?.charts?.[figure.id];
    const csv = data === undefined ? undefined : liveCsv(data);
    if (csv !== undefined) return csv;
  }
  const table = figure.querySelector<HTMLTableElement>("figcaption table");
  if (table === null) throw new Error("there are no data");
  return tableCsv(table);
}
