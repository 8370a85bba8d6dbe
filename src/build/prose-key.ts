// What pages depend on that show the whole journal: reports, views, blocks of any run.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../base/hash.ts";
import { saidOf } from "../record/experiment.ts";
import { readCommit } from "../store/git.ts";
import type { SiteContext } from "./context.ts";
import { placesOf } from "./prose-links.ts";
import { listCharts } from "./user-chart.ts";

const known = new WeakMap<SiteContext, string>();

/** All runs, the settings, the reports and the charts; the head of the branch, for blocks as of a name that moves. */
export function wholeKey(site: SiteContext): string {
  const found = known.get(site) ?? makeKey(site);
  known.set(site, found);
  return found;
}

function makeKey(site: SiteContext): string {
  const { journal, studies, analysis } = site;
  const hashes = analysis.studies.map(({ files }) => files.map((file) => `${file.path} ${saidOf(file)}`).join("\n")).join("\n\n");
  const frame = site.frame({ path: "", title: "" });
  const charts = listCharts(journal.root).map(({ path }) => [path, textOf(join(journal.root, path))]);
  const reports = placesOf(site).reports.map(({ path, text }) => [path, sha256(text)]);
  const pinned = placesOf(site).reports.some(({ text }) => /\bas_of:/.test(text)) ? readCommit(journal.root) : undefined;
  const folders = studies.map(({ folder, title }) => [folder, title]);
  return sha256(JSON.stringify([hashes, journal.settings, [...journal.studies.values()], folders, frame, charts, reports, pinned]));
}

function textOf(path: string): string {
  try {
    return sha256(readFileSync(path));
  } catch {
    return "";
  }
}
