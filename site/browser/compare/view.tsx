// The comparison of any runs: chosen by the address, changed by its controls. The page as built stays until the first one is ready.

import { render, type VNode } from "preact";
import type { CompareRun, CompareStudy } from "../../../src/report/compare-data.ts";
import { comparePage } from "../../../src/report/compare-page.ts";
import type { PageFrame } from "../../../src/report/page.ts";
import { Comparison } from "../../pages/parts/comparison.tsx";
import { type Choice, parseChoice, printChoice } from "./choice.ts";
import { Curves } from "./curves.tsx";
import { loadRuns, loadStudies } from "./data.ts";
import { Finder } from "./finder.tsx";

/** Components ask the frame alone for the way to the root, which is that of any page as deep. */
const path = `${(document.body.dataset["root"] ?? "").replaceAll("..", "x")}compare.html`;
const frame: PageFrame = { title: "Compare", path, journal: "", several: false, assets: {}, scripts: [], live: false };

interface Loaded {
  readonly runs: readonly CompareRun[];
  readonly studies: readonly CompareStudy[];
}

export function mountCompare(place: Element): void {
  let asked = 0;
  const show = async (): Promise<void> => {
    const choice = parseChoice(location.hash);
    if (choice.runs.length === 0 && !place.hasAttribute("data-chosen")) return invite(place);
    place.setAttribute("data-chosen", "");
    const turn = ++asked;
    try {
      const loaded: Loaded = { runs: await loadRuns(choice.runs), studies: await loadStudies() };
      if (turn === asked) draw(place, choice, loaded);
    } catch (error) {
      if (turn === asked) complain(place, error instanceof Error ? error.message : String(error));
    }
  };
  window.addEventListener("hashchange", () => void show());
  place.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-anchor]") : null;
    if (link === null) return;
    // The fragment of the address says which runs are compared: a way down the page must not replace it.
    event.preventDefault();
    document.getElementById(link.getAttribute("href")?.slice(1) ?? "")?.scrollIntoView();
  });
  void show();
}

/** What the curves wrote into the address since stays. */
const go = (choice: Choice): void => {
  location.hash = printChoice({ ...choice, rest: parseChoice(location.hash).rest });
};

/** The static comparison stays; above it the reader may choose. */
function invite(place: Element): void {
  const lead = place.querySelector(".lead");
  const box = document.createElement("div");
  lead?.replaceWith(box);
  if (lead === null) place.prepend(box);
  render(
    <>
      <Finder add={(id) => go({ ...parseChoice(location.hash), runs: [id] })} />
      <p class="lead">
        Add runs here, or tick them in the log. Until then: {lead?.textContent?.replace(/^.*here are /, "") ?? "nothing to show."}
      </p>
    </>,
    box,
  );
}

function draw(place: Element, choice: Choice, { runs, studies }: Loaded): void {
  if (!place.hasAttribute("data-drawn")) {
    place.replaceChildren();
    place.setAttribute("data-drawn", "");
  }
  render(<Chosen choice={choice} runs={runs} studies={studies} />, place);
  document.title = `${runs.map(({ run }) => run.id).join(" v ")} · Compare`.slice(0, 120);
}

function Chosen({ choice, runs, studies }: Loaded & { readonly choice: Choice }): VNode {
  const found = new Set(runs.map(({ run }) => run.id));
  const page = comparePage(
    {
      runs,
      studies,
      unknown: choice.runs.filter((id) => !found.has(id)),
      all: choice.all,
      ...(choice.base === undefined ? {} : { base: choice.base }),
      ...(choice.metric === undefined ? {} : { metric: choice.metric }),
    },
    frame,
  );
  const without = (id: string): readonly string[] => choice.runs.filter((one) => one !== id);
  return (
    <>
      <Finder add={(id) => go({ ...choice, runs: [...choice.runs, id] })} />
      <p class="hidden" role="status">
        {runs.length} {runs.length === 1 ? "run" : "runs"} compared
      </p>
      {runs.length === 0 && choice.runs.length === 0 && <p class="muted">No run is chosen.</p>}
      <Comparison
        page={page}
        curves={page.heads.some(({ curves }) => curves !== undefined) ? <Curves heads={page.heads} /> : undefined}
        actions={{
          all: choice.all,
          setBase: (id) => go({ ...choice, base: id }),
          remove: (id) => go({ ...choice, runs: without(id) }),
          setMetric: (metric) => go({ ...choice, metric }),
          showAll: (all) => go({ ...choice, all }),
        }}
      />
    </>
  );
}

function complain(place: Element, message: string): void {
  place.querySelector("[data-failure]")?.remove();
  const notice = document.createElement("p");
  notice.className = "notice bad";
  notice.dataset["failure"] = "";
  notice.textContent = `These runs could not be loaded: ${message}.`;
  place.prepend(notice);
}
