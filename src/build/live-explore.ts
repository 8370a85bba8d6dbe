// Charts of reports that a reader can explore: those of a whole study, which come with a live form.

import { findLiveFences } from "../markdown/live-fences.ts";
import { removeBlocks } from "../markdown/markers.ts";
import type { SiteContext } from "./context.ts";
import type { BlockText } from "./live-block.ts";
import { placesOf } from "./prose-links.ts";

const known = new WeakMap<SiteContext, ReadonlyMap<string, BlockText>>();

/** Slug → block. Told from the text alone, before any page is made. */
export function explorable(site: SiteContext): ReadonlyMap<string, BlockText> {
  const found = known.get(site) ?? new Map(placesOf(site).reports.flatMap(chartsOf));
  known.set(site, found);
  return found;
}

function chartsOf({
  path,
  text,
  bodyStart,
}: {
  readonly path: string;
  readonly text: string;
  readonly bodyStart: number;
}): readonly (readonly [string, BlockText])[] {
  const body = removeBlocks(text.slice(bodyStart));
  const above = text.slice(0, bodyStart).split("\n").length - 1;
  return findLiveFences(body).flatMap(({ kind, line, top, bodyStart: start, bodyEnd }) => {
    const yaml = body.slice(start, bodyEnd);
    if (kind !== "chart" || !top || /^(?:columns|file|where|runs|sort|limit)[ \t]*:/m.test(yaml)) return [];
    return [[slugOf(path, line + above), { kind, text: yaml, path, line: line + above }]];
  });
}

/** Of a block, from where it stands. */
export const slugOf = (source: string, line: number | string): string => `b-${source.replace(/[^A-Za-z0-9]+/g, "-")}-${line}`;
