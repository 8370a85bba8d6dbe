// What the bytes of the site's files depend on besides the journal.

import { sha256 } from "../base/hash.ts";
import { programKey } from "../store/program.ts";
import type { Assets } from "./assets.ts";

const rooms = ["base", "record", "query", "markdown", "analysis", "report", "store", "build", "../site/pages", "../site/pages/parts"];

/** `manner` tells sites of one program apart: live, without short cuts. */
export function siteKey(assets: Assets, manner: string | boolean): string {
  return sha256(JSON.stringify([programKey(rooms), assets.hash, manner]));
}
