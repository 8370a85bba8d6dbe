// Data and programs come as classic scripts, which also load from a file.

import { onData } from "./content.ts";

const loading = new Map<string, Promise<void>>();
onData(() => loading.clear());

/** `address` from the root of the site. Loaded once, however often it is asked for; fails where it is not there. */
export function loadScript(address: string): Promise<void> {
  const known = loading.get(address);
  if (known !== undefined) return known;
  const started = new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${document.body.dataset["root"] ?? ""}${address}`;
    script.onload = () => resolve();
    script.onerror = () => {
      loading.delete(address);
      script.remove();
      reject(new Error(`${address} did not load`));
    };
    document.head.append(script);
  });
  loading.set(address, started);
  return started;
}
