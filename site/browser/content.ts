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

export function tellContent(): void {
  document.dispatchEvent(new CustomEvent(event));
}
