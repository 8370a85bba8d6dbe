// The content of a page may be replaced while it is open: `serve` does so when its files changed. Whoever adds something to the content
// mounts it here, and `live` replaces the content only of pages whose scripts all do.

const event = "journal:content";

/** Calls `mount` now and after every replacement. `script` is the name of the bundle. */
export function onContent(script: string, mount: () => void): void {
  window.journal ??= {};
  window.journal.mounted = [...(window.journal.mounted ?? []), script];
  mount();
  document.addEventListener(event, mount);
}

const dataEvent = "journal:data";

/** Calls back when data files have changed: what was loaded from them is to be forgotten. */
export function onData(forget: () => void): void {
  document.addEventListener(dataEvent, forget);
}

/** After data/site.js was loaded again. */
export function tellData(): void {
  delete window.journal?.shards;
  delete window.journal?.orders;
  document.dispatchEvent(new CustomEvent(dataEvent));
}

export function tellContent(): void {
  document.dispatchEvent(new CustomEvent(event));
}
