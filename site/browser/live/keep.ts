// Where the reader is on the page: how far down, what is open, what has the focus. Kept over a change of the content, or over a load.

interface Kept {
  readonly path: string;
  readonly top: number;
  readonly open: readonly (readonly [name: string, open: boolean])[];
  readonly sideways: readonly number[];
  readonly focus?: string;
}

const key = "journal-live";

/** To be called with the content that takes the old one's place. */
export function keepPlace(content: Element): (next: Element) => void {
  const kept = place(content);
  return (next) => putBack(next, kept);
}

export function loadAgain(): void {
  const main = document.querySelector("main");
  try {
    if (main !== null) sessionStorage.setItem(key, JSON.stringify(place(main)));
  } catch {
    // Without storage the page starts at its top.
  }
  location.reload();
}

/** After `loadAgain`: as it was, and once more when the scripts had time to add to the page. */
export function comeBack(): void {
  const kept = takeKept();
  const main = document.querySelector("main");
  if (kept === undefined || main === null || kept.path !== location.pathname) return;
  putBack(main, kept);
  window.addEventListener("load", () => requestAnimationFrame(() => putBack(main, kept)), { once: true });
}

function takeKept(): Kept | undefined {
  try {
    const text = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return text === null ? undefined : (JSON.parse(text) as Kept);
  } catch {
    return undefined;
  }
}

function place(main: Element): Kept {
  const focused = document.activeElement;
  return {
    path: location.pathname,
    top: window.scrollY,
    open: named(main).map(({ name, box }) => [name, box.open]),
    sideways: [...main.querySelectorAll(".scroll")].map(({ scrollLeft }) => scrollLeft),
    ...(focused !== null && main.contains(focused) ? { focus: nameOf(focused, main) } : {}),
  };
}

function putBack(main: Element, { top, open, sideways, focus }: Kept): void {
  const wanted = new Map(open);
  for (const { name, box } of named(main)) box.open = wanted.get(name) ?? box.open;
  for (const [at, box] of [...main.querySelectorAll(".scroll")].entries()) box.scrollLeft = sideways[at] ?? 0;
  if (focus !== undefined) {
    const next = [...main.querySelectorAll<HTMLElement>("*")].find((element) => nameOf(element, main) === focus);
    next?.focus({ preventScroll: true });
  }
  window.scrollTo({ top, behavior: "instant" });
}

/** What can be opened, by its words, for its place may have moved. */
function named(main: Element): readonly { readonly name: string; readonly box: HTMLDetailsElement }[] {
  const seen = new Map<string, number>();
  return [...main.querySelectorAll("details")].map((box) => {
    const words = box.querySelector("summary")?.textContent ?? "";
    const count = seen.get(words) ?? 0;
    seen.set(words, count + 1);
    return { name: `${words} ${count}`, box };
  });
}

/** Its id, else what it is and says. */
function nameOf(element: Element, main: Element): string {
  if (element.id !== "") return `#${element.id}`;
  if (!element.matches("a, button, summary, input, select, textarea, [tabindex]")) return "";
  const name = (one: Element): string =>
    [one.tagName, one.getAttribute("href"), one.getAttribute("name"), one.getAttribute("aria-label"), one.textContent?.slice(0, 80)].join(
      "|",
    );
  const own = name(element);
  const alike = [...main.querySelectorAll(element.tagName)].filter((other) => name(other) === own);
  return `${own}|${alike.indexOf(element)}`;
}
