// Runs as a file that the browser saves.

import type { RunFile } from "../../src/record/experiment.ts";
import type { StudySettings } from "../../src/record/settings.ts";
import { loadScript } from "./script.ts";

/** With everything that was published about them. False where the script that writes it did not load. */
export async function saveCsv(name: string, files: readonly RunFile[], studies: ReadonlyMap<string, StudySettings>): Promise<boolean> {
  try {
    if (window.journal?.csv === undefined) await loadScript(window.journal?.site?.assets["csv.js"] ?? "");
  } catch {
    return false;
  }
  const text = window.journal?.csv?.(files, studies) ?? "";
  if (text === "") return false;
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return true;
}
