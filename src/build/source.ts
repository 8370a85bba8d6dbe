// The file of a run as it stands, and as it is handed out.

import { join } from "node:path";
import { findFences } from "../markdown/fences.ts";
import type { Settings } from "../record/settings.ts";
import { type PublicFile, publicFile } from "../report/private-facts.ts";
import { readBytes } from "./put.ts";

export interface Source {
  readonly text: string;
  readonly bodyStart: number;
  readonly copy: PublicFile;
}

/** By path; nothing where the file is not there at the moment. The copy of a file is asked for just before its page: the last is remembered. */
export function openSources(
  root: string,
  settings: { readonly site: Pick<Settings["site"], "private"> },
): (path: string) => Source | undefined {
  let last: { readonly path: string; readonly source: Source } | undefined;
  return (path) => {
    if (last?.path === path) return last.source;
    const text = readBytes(join(root, path))?.toString("utf8");
    if (text === undefined) return undefined;
    const bodyStart = findFences(text)?.bodyStart ?? 0;
    const source = { text, bodyStart, copy: publicFile(text, bodyStart, settings) };
    last = { path, source };
    return source;
  };
}
