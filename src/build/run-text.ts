// The text of a run's page from its model and its file: all that is left to do for it needs nothing of the site.

import { renderRun } from "../../site/pages/run.tsx";
import { blank, emptySections } from "../markdown/empty-sections.ts";
import type { Settings } from "../record/settings.ts";
import { publicText } from "../report/private.ts";
import { type RunPage, withSource } from "../report/run-page.ts";
import { hasLiveBlock, leadsAway, proseHtml } from "./prose-html.ts";
import type { Source } from "./source.ts";

interface Ways {
  readonly lanes: boolean;
  readonly site: Pick<Settings["site"], "private">;
}

/** The body without headings that have nothing under them. */
export function withoutEmpty(written: string): string {
  return emptySections(written).reduce((rest, { start, end }) => blank(rest, start, end), written);
}

/** Quick, and right when it says yes: no link leads to a file of the journal. */
export function standsAlone(written: string): boolean {
  return !/\](?!\((?:https?:\/\/|#))[(:]|</.test(written);
}

/** Throws where the page needs more than it was given. */
export function runText(page: RunPage, { text, bodyStart, copy }: Source, ways: Ways): string {
  return renderRun(withSource(page, { body: proseOf(text.slice(bodyStart), page.frame.path, ways), reduced: copy.hidden }));
}

/** The body alone, on the page at `path`. */
export function proseOf(written: string, path: string, ways: Ways): string {
  const html = proseHtml(withoutEmpty(written), { path, lanes: ways.lanes, find: nowhere });
  if (hasLiveBlock(html)) throw new Error("a live block needs the site");
  return publicText(html, ways);
}

function nowhere(href: string): undefined {
  if (!leadsAway(href)) throw new Error("a link needs the site");
}
