// Where a link or a picture in somebody's markdown leads on the site: to the page of a run, a report or a study, to a file copied beside a
// page, else to the repository, else nowhere.

import { posix, relative, sep } from "node:path";
import { once } from "../base/once.ts";
import { scanBody } from "../markdown/body.ts";
import type { RunFile } from "../record/experiment.ts";
import { findGit } from "../store/git-folder.ts";
import { attachmentFolder } from "../store/ids.ts";
import { attachmentsOf, isPlainDrawing, readBytes } from "./attachments.ts";
import type { SiteContext } from "./context.ts";
import { leadsAway, type Target } from "./prose-html.ts";
import { type ReportFile, readmePath, readReports } from "./report-files.ts";
import { runPages } from "./run-pages.ts";

export interface Places {
  /** Path from the journal's root → page. */
  readonly pages: ReadonlyMap<string, string>;
  /** Folder of attachments, from the root with a slash at its end → the run it belongs to. */
  readonly attachments: ReadonlyMap<string, RunFile>;
  readonly reports: readonly ReportFile[];
  /** Where files of the journal are in the repository, with a slash at its end: `https://example.org/me/repo/blob/HEAD/`. */
  readonly repository?: string;
  /** Ids, and what is left of one without its suffix where only one run is called so → page. */
  readonly ids: ReadonlyMap<string, string>;
}

const known = new WeakMap<SiteContext, Places>();

/** Found once per site. */
export function placesOf(site: SiteContext): Places {
  const found = known.get(site) ?? findPlaces(site);
  known.set(site, found);
  return found;
}

/** Many pages ask for reports alone: the runs are not named before somebody does. */
function findPlaces(site: SiteContext): Places {
  const reports = readReports(site.journal.root);
  const repository = repositoryOf(site);
  const runs = once(() => nameRuns(site, reports));
  return {
    get pages() {
      return runs().pages;
    },
    get attachments() {
      return runs().attachments;
    },
    get ids() {
      return runs().ids;
    },
    reports,
    ...(repository === undefined ? {} : { repository }),
  };
}

function nameRuns(site: SiteContext, reports: readonly ReportFile[]): Pick<Places, "pages" | "attachments" | "ids"> {
  const pages = new Map<string, string>();
  const attachments = new Map<string, RunFile>();
  const ids = new Map<string, string>();
  const shared = new Set<string>();
  const names = runPages(site);
  for (const { study, folder } of site.studies) {
    const { name } = study.settings;
    pages.set(readmePath(name), `${folder}index.html`);
    pages.set(posix.dirname(readmePath(name)), `${folder}index.html`);
    for (const file of study.files) {
      const { path, run } = file;
      const page = names.get(path);
      if (page === undefined) continue;
      const address = `runs/${page}.html`;
      pages.set(path, address);
      const beside = attachmentFolder(path, run.id);
      if (beside !== undefined && !attachments.has(`${beside}/`)) attachments.set(`${beside}/`, file);
      if (ids.has(run.id)) continue;
      ids.set(run.id, address);
      const short = shortId(run.id);
      if (short === undefined) continue;
      if (ids.has(short)) shared.add(short);
      else ids.set(short, address);
    }
  }
  for (const short of shared) ids.delete(short);
  for (const { path, address } of reports) pages.set(path, address);
  return { pages, attachments, ids };
}

function shortId(id: string): string | undefined {
  return /^([A-Za-z]{1,12}\d{1,9})-[0-9a-hjkmnp-tv-z]{4}$/.exec(id)?.[1];
}

/** GitHub, GitLab and their like show the newest state of a file at `blob/HEAD/`. */
function repositoryOf({ journal }: SiteContext): string | undefined {
  const url = journal.settings.site.repository?.replace(/\/+$/, "").replace(/\.git$/, "");
  if (url === undefined || !/^https?:\/\/[^\s"<>]+$/.test(url)) return undefined;
  const top = findGit(journal.root)?.top;
  const below = top === undefined ? "" : relative(top, journal.root).split(sep).join("/");
  return `${url}/blob/HEAD/${below === "" ? "" : `${encodePath(below)}/`}`;
}

const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

/** Files beside a report that a page may show or hand out; anything that could run in a browser stays away. */
const pictures = /\.(?:png|jpe?g|gif|webp|avif|svg)$/i;
const documents = /\.(?:png|jpe?g|gif|webp|avif|csv|tsv|json|txt|pdf|ipynb)$/i;

/** Nothing for a target that is no file of the journal: another host, a place on the page, a query. */
export function findTarget(site: SiteContext, source: string, href: string, use: "link" | "picture"): Target | undefined {
  if (leadsAway(href)) return undefined;
  const [, target = "", fragment = ""] = /^([^?#]*)(?:\?[^#]*)?(#.*)?$/s.exec(href) ?? [];
  const written = decode(target);
  const path = posix.normalize(written.startsWith("/") ? written.slice(1) : posix.join(posix.dirname(source), written)).replace(/\/$/, "");
  const places = placesOf(site);
  const page = use === "link" ? places.pages.get(path) : undefined;
  if (page !== undefined) return { address: page, page: true, fragment: fragment.replace(/^#(?=.)/, "#user-content-") };
  if (path === ".." || path.startsWith("../")) return { missing: `${written} is outside of this journal` };
  return copied(site, path, use, fragment) ?? inRepository(site, path, use, fragment);
}

function copied(site: SiteContext, path: string, use: "link" | "picture", fragment: string): Target | undefined {
  const end = path.indexOf(".files/");
  const owner = end === -1 ? undefined : placesOf(site).attachments.get(path.slice(0, end + ".files/".length));
  const file = owner === undefined ? undefined : attachmentsOf(site, owner.path, owner.run.id).find((one) => one.path === path);
  if (file?.address !== undefined && (use === "link" || (pictures.test(path) && !file.inert)))
    return { address: encodePath(file.address), page: false, fragment };
  return isNeighbour(site, path, use) ? { address: encodePath(path), page: false, fragment } : undefined;
}

/** A file of `reports/` that is copied because a report shows it. */
function isNeighbour(site: SiteContext, path: string, use: "link" | "picture"): boolean {
  const shown = path.startsWith("reports/") && (use === "picture" ? pictures : documents).test(path) && !/\/\./.test(path);
  if (!shown || !isFile(site, path)) return false;
  return !/\.svg$/i.test(path) || isPlainDrawing(readBytes(site.journal.root, path) ?? new Uint8Array());
}

/** The files of `reports/` that reports link to or show, from the root. */
export function findNeighbours(site: SiteContext): readonly string[] {
  const paths = new Set<string>();
  for (const { path: source, text, bodyStart } of placesOf(site).reports) {
    for (const { target } of scanBody(text, bodyStart).facts.links) {
      for (const use of ["link", "picture"] as const) {
        const found = findTarget(site, source, target.replace(/\\(?=[!-/:-@[-`{-~])/g, ""), use);
        if (found !== undefined && "address" in found && !found.page && found.address.startsWith("reports/"))
          paths.add(decode(found.address));
      }
    }
  }
  return [...paths].sort();
}

/** Links are followed, but never out of the journal. */
function isFile(site: SiteContext, path: string): boolean {
  return site.look(path) === "file";
}

function inRepository(site: SiteContext, path: string, use: "link" | "picture", fragment: string): Target {
  const { repository } = placesOf(site);
  const exists = site.look(path) !== "none";
  if (repository === undefined || !exists) return { missing: exists ? `${path} is not on this site` : `${path} is not in this journal` };
  return use === "picture" ? { missing: `${path} is not on this site` } : { url: `${repository}${encodePath(path)}${fragment}` };
}

/** A broken escape is taken as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
