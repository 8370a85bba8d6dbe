// Numbers that runs, reports and READMEs say of results and that the data contradict, in the runs' own prose and in tables typed by hand.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../base/problem.ts";
import { finder } from "../build/prose-claims.ts";
import { findFences } from "../markdown/fences.ts";
import { removeBlocks } from "../markdown/markers.ts";
import { plainBody } from "../markdown/plain-text.ts";
import { findContradictions, type NamedRun } from "../report/contradictions.ts";
import type { World } from "../report/live-rows.ts";
import { contradicted } from "../report/messages.ts";
import { findTableClaims } from "../report/table-claims.ts";
import type { Journal } from "../store/journal.ts";

/** Of the runs; one read of each file. */
export function bodyClaims(journal: Journal, world: World): readonly Problem[] {
  const find = finder(world);
  return journal.files().flatMap(({ path, run, broken, study }) => {
    if (broken === true || run.status !== "finished" || run.metrics.length === 0) return [];
    const text = readFileSync(join(journal.root, path), "utf8");
    const start = findFences(text)?.bodyStart ?? 0;
    const body = removeBlocks(text.slice(start));
    if (!/\d/.test(body)) return [];
    const home = world.analysis.studies.find(({ settings }) => settings.name === study);
    const group = home?.runs.get(run.id)?.group;
    const self = home === undefined || group === undefined ? undefined : { group, study: home };
    const { paragraphs, tables } = plainBody(body);
    const above = text.slice(0, start).split("\n").length - 1;
    return [
      ...paragraphs.flatMap((paragraph) => paragraphClaims(paragraph, find, self)),
      ...tables.flatMap((table) => findTableClaims(table, find)),
    ].map(({ line, written, run: id, metric, truth }) => ({ ...contradicted(written, id, metric, truth), path, line: line + above }));
  });
}

/** Typed tables of a report or a README; its prose is looked at where it is rendered. */
export function tableClaims(body: string, above: number, path: string, world: World): readonly Problem[] {
  if (!body.includes("|")) return [];
  const find = finder(world);
  return plainBody(body)
    .tables.flatMap((table) => findTableClaims(table, find))
    .map(({ line, written, run, metric, truth }) => ({ ...contradicted(written, run, metric, truth), path, line: line + above }));
}

function paragraphClaims(
  { line, text }: { readonly line: number; readonly text: string },
  find: (id: string) => NamedRun | undefined,
  self: NamedRun | undefined,
) {
  return findContradictions(text, find, self).map((found) => ({
    ...found,
    line: line + text.slice(0, found.start).split("\n").length - 1,
  }));
}
