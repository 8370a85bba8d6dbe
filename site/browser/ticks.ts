// The runs that the reader ticked: kept under `window.journal.ticked` for the scripts of this page and in storage, where it is allowed,
// for the next one. Whoever changes them tells by the event `journal:tick` on the document.

const event = "journal:tick";
const key = (): string => `journal-ticked:${window.journal?.site?.title ?? ""}`;

/** In the order in which they were ticked. */
export function ticked(): readonly string[] {
  window.journal ??= {};
  window.journal.ticked ??= stored();
  return window.journal.ticked;
}

export function tick(ids: readonly string[], on: boolean): void {
  const before = ticked();
  const rest = before.filter((id) => !ids.includes(id));
  const known = new Set(before);
  keep(on ? [...before, ...ids.filter((id) => !known.has(id))] : rest);
}

export function clearTicks(): void {
  keep([]);
}

/** Also hears of other pages of this site. Returns how to stop. */
export function onTicks(hear: (ids: readonly string[]) => void): () => void {
  const here = (): void => hear(ticked());
  const elsewhere = (change: StorageEvent): void => {
    if (change.key !== key()) return;
    window.journal ??= {};
    window.journal.ticked = stored();
    here();
  };
  document.addEventListener(event, here);
  window.addEventListener("storage", elsewhere);
  return () => {
    document.removeEventListener(event, here);
    window.removeEventListener("storage", elsewhere);
  };
}

function keep(ids: readonly string[]): void {
  window.journal ??= {};
  window.journal.ticked = ids;
  try {
    if (ids.length === 0) localStorage.removeItem(key());
    else localStorage.setItem(key(), JSON.stringify(ids));
  } catch {
    // Without storage they last as long as the page.
  }
  document.dispatchEvent(new CustomEvent(event, { detail: { ids } }));
}

function stored(): readonly string[] {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(key()) ?? "[]");
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}
