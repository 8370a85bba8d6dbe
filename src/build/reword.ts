// Where nothing but the wording of some runs' prose changed, no page but their own shows it, and in these nothing but the prose is another:
// it is exchanged, and no run but these is looked into.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderProse } from "../../site/pages/run.tsx";
import { sha256 } from "../base/hash.ts";
import { findFences } from "../markdown/fences.ts";
import { publicModel } from "../report/private.ts";
import { publicFile } from "../report/private-facts.ts";
import type { SiteData } from "../report/site-data.ts";
import { attachmentFolder } from "../store/ids.ts";
import type { Journal, Summary } from "../store/journal.ts";
import { idOfLine } from "../store/list-line.ts";
import type { Inputs } from "./inputs.ts";
import { lookAt } from "./look.ts";
import type { Left, Manifest } from "./manifest.ts";
import { openOutput, outputAsLeft } from "./output.ts";
import { siteAssignment } from "./plan-shell.ts";
import { proseOf, standsAlone } from "./run-text.ts";

/** More are sooner made by a build that knows all runs. */
const most = 100;

/** A run's file and its page, as the last build left them. */
interface Reworded {
  readonly run: Summary;
  readonly page: string;
  /** Of the old text. */
  readonly hash: string;
}

/** Of each run, in order, its text and its page; what `reword` compares with. */
export function textsOf(runs: readonly Summary[], pages: ReadonlyMap<string, string>): readonly string[] {
  return runs.map(({ path, hash }) => `${shortOf(hash)} ${pages.get(path) ?? ""}`);
}

const shortOf = (hash: string): string => hash.slice(0, 16);

export interface Rewording {
  readonly before: Manifest;
  readonly now: Inputs;
  /** False: every text goes through the full parser. */
  readonly lanes: boolean;
}

export interface RewordedSite {
  readonly written: number;
  readonly files: ReadonlyMap<string, Left>;
  readonly texts: readonly string[];
}

/** Where as much is said as `before`. Nothing where it takes more than that. */
export function reword(journal: Journal, folder: string, { before, now, lanes }: Rewording): RewordedSite | undefined {
  const runs = journal.summaries();
  const changed = changedRuns(runs, before.texts);
  if (changed === undefined) return undefined;
  const look = (path: string) => lookAt(journal.root, path);
  const shown = changed.filter(({ page }) => page !== "");
  const dirty = new Set([...shown.flatMap(({ page }) => addressesOf(page)), ...(now.built === before.built ? [] : [siteScript])]);
  const rest = new Map([...before.files].filter(([path]) => !dirty.has(path)));
  const held = outputAsLeft(folder, { ...before, files: rest }, look);
  if (held === undefined) return undefined;
  const output = openOutput(folder, before, before.files.keys(), look);
  const made: (readonly [address: string, text: string])[] = [];
  for (const one of shown) {
    const pages = exchange(journal, one, output.earlier, lanes);
    if (pages === undefined) return undefined;
    made.push(...pages);
  }
  if (dirty.has(siteScript)) {
    const script = withBuilt(output.earlier(siteScript), now.built, journal);
    if (script === undefined) return undefined;
    made.push([siteScript, script]);
  }
  // Their keys are not known: the next build that knows all runs makes them anew.
  const written = made.filter(([address, text]) => output.write(address, text, { key: "", asked: "" })).length;
  output.finish(() => true);
  const files = new Map([...before.files.keys()].flatMap((path) => entryOf(path, output.files.get(path) ?? held.get(path))));
  return { written, files, texts: runs.map(({ hash }, at) => `${shortOf(hash)} ${pageIn(before.texts[at])}`) };
}

const entryOf = (path: string, left: Left | undefined): readonly (readonly [string, Left])[] => (left === undefined ? [] : [[path, left]]);

const siteScript = "data/site.js";

const addressesOf = (page: string): readonly [copy: string, page: string] => [`runs/${page}.md`, `runs/${page}.html`];

const pageIn = (text = ""): string => text.slice(text.indexOf(" ") + 1);

function changedRuns(runs: readonly Summary[], texts: readonly string[]): readonly Reworded[] | undefined {
  if (runs.length !== texts.length) return undefined;
  const changed = runs.flatMap((run, at): readonly Reworded[] => {
    const text = texts[at] ?? "";
    return text.startsWith(`${shortOf(run.hash)} `) ? [] : [{ run, page: pageIn(text), hash: text.slice(0, text.indexOf(" ")) }];
  });
  return changed.length > most ? undefined : changed;
}

/** The copy of the run's file beside its page tells what its prose was. */
function exchange(
  journal: Journal,
  { run: { path, hash, line }, page, hash: before }: Reworded,
  earlier: (address: string) => string | undefined,
  lanes: boolean,
): readonly (readonly [address: string, text: string])[] | undefined {
  const { settings } = journal;
  const [copy, address] = addressesOf(page);
  const [oldText, html] = [earlier(copy), earlier(address)];
  const folder = attachmentFolder(path, idOfLine(line));
  if (oldText === undefined || html === undefined || folder === undefined) return undefined;
  // A page names the attachments that its prose does not show.
  if (shortOf(sha256(oldText)) !== before || journal.listing.attachments.includes(folder)) return undefined;
  const text = readFileSync(join(journal.root, path), "utf8");
  if (sha256(text) !== hash) return undefined;
  const render = (whole: string): string | undefined => {
    const bodyStart = findFences(whole)?.bodyStart ?? 0;
    const written = whole.slice(bodyStart);
    if (!standsAlone(written) || publicFile(whole, bodyStart, settings).hidden) return undefined;
    try {
      return renderProse(proseOf(written, address, { lanes, site: settings.site }));
    } catch {
      return undefined;
    }
  };
  const [old, next] = [render(oldText), render(text)];
  if (old === undefined || next === undefined) return undefined;
  const at = html.indexOf(old);
  if (at === -1 || html.includes(old, at + 1)) return undefined;
  return [
    [copy, text],
    [address, html.slice(0, at) + next + html.slice(at + old.length)],
  ];
}

/** The one thing that the site knows of git. */
function withBuilt(script: string | undefined, built: string, { settings }: Journal): string | undefined {
  const [, json] = /^\(window\.journal \?\?= \{\}\)\.site = (\{.*\});\n$/s.exec(script ?? "") ?? [];
  if (json === undefined) return undefined;
  const data = JSON.parse(json) as SiteData;
  const from = JSON.parse(built) as SiteData["built"];
  return siteAssignment({ ...data, built: publicModel(from, settings) });
}
