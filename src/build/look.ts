// What is at a path of the journal, for whoever only wants to know whether a link leads somewhere.

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { locate } from "../store/root.ts";

/** `other`: a folder, or what lies outside of the journal behind a link. */
export type Found = "file" | "other" | "none";

export function lookAt(root: string, path: string): Found {
  if (!existsSync(join(root, path))) return "none";
  const found = locate(root, path);
  return "real" in found && statSync(found.real, { throwIfNoEntry: false })?.isFile() === true ? "file" : "other";
}
