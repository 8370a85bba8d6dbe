// What a page says about itself, and addresses from it.

/** The way from this page to an address of the site. */
export function way(address: string): string {
  return `${document.body.dataset["root"] ?? ""}${address}`;
}

/** The folder of the study that the page belongs to; of the first one on a page of the whole journal. */
export function ownStudy(): string | undefined {
  return document.body.dataset["study"];
}

/** The links to the comparison, in the tabs and in the menu that stands for them: of the study, where the page belongs to one. */
export function compareLinks(): readonly HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>(".top nav a")].filter(({ pathname }) => pathname.endsWith("/compare.html"));
}

/** The way to the comparison of these runs; to where runs are chosen without any. */
export function compareWay(ids: readonly string[]): string {
  const address = compareLinks()[0]?.getAttribute("href")?.replace(/#.*/, "") ?? way("compare.html");
  return ids.length === 0 ? address : `${address}#runs=${ids.map(encodeURIComponent).join(",")}`;
}

/** In a field, keys write. */
export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Says something to those who do not see it. */
export function say(text: string): void {
  let place = document.querySelector<HTMLElement>("#said");
  if (place === null) {
    place = document.createElement("p");
    place.id = "said";
    place.className = "hidden";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  place.textContent = text;
}
