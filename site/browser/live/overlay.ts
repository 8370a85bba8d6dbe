// What keeps files from being read, at the foot of the page until it is mended. The page stays usable above it.

import type { LiveProblem } from "./listen.ts";

const most = 3;
let closed = "";

/** Nothing for no problems. Closed by the reader, it stays away until something else is wrong. */
export function showProblems(problems: readonly LiveProblem[]): void {
  const now = JSON.stringify(problems);
  const place = find();
  if (place.dataset["shown"] === now) return;
  place.dataset["shown"] = now;
  place.querySelector(".live-problems")?.remove();
  if (problems.length > 0 && now !== closed)
    place.append(
      makeBox(problems, () => {
        closed = now;
      }),
    );
}

export function showEnded(ended: boolean): void {
  const place = find();
  const shown = place.querySelector(".live-ended");
  if (!ended) shown?.remove();
  else if (shown === null) {
    const told = line("p", "live-ended", "");
    told.append(...worded("`journal serve` has ended: the page shows the files as they were then."));
    place.append(told);
  }
}

function find(): HTMLElement {
  const known = document.querySelector<HTMLElement>("#live");
  if (known !== null) return known;
  const made = document.createElement("div");
  made.id = "live";
  made.setAttribute("role", "alert");
  document.body.append(made);
  return made;
}

function makeBox(problems: readonly LiveProblem[], onClose: () => void): HTMLElement {
  const box = line("section", "live-problems", "");
  box.setAttribute("aria-label", "Files that cannot be read");
  const close = line("button", "bare", "Hide");
  close.setAttribute("type", "button");
  close.addEventListener("click", () => {
    onClose();
    box.remove();
  });
  box.append(close, ...problems.slice(0, most).map(makeProblem));
  if (problems.length > most) box.append(line("p", "meta", `and ${problems.length - most} more: \`journal check\` lists them`));
  return box;
}

function makeProblem({ place, code, message, hint }: LiveProblem): HTMLElement {
  const box = line("div", "live-problem", "");
  const head = line("p", "", "");
  head.append(line("code", "place", place === "" ? code : place), " ", ...worded(message));
  box.append(head);
  if (hint !== undefined) {
    const cure = line("p", "meta", "");
    cure.append(...worded(hint));
    box.append(cure);
  }
  return box;
}

/** What stands between backticks is to be typed. */
function worded(text: string): readonly (Node | string)[] {
  return text.split("`").map((part, at) => (at % 2 === 0 ? part : line("code", "", part)));
}

function line(name: string, kind: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.className = kind;
  made.textContent = text;
  return made;
}
