// The plan of the site: analyse once, then every file on demand.

import { analyse } from "../analysis/analyse.ts";
import type { Analysis } from "../analysis/study.ts";
import { studyFolders } from "../base/address.ts";
import { once } from "../base/once.ts";
import type { Problem } from "../base/problem.ts";
import type { PageFrame } from "../report/page.ts";
import { publicModel } from "../report/private.ts";
import type { Journal } from "../store/journal.ts";
import type { Assets } from "./assets.ts";
import { openChartCache } from "./chart-cache.ts";
import type { FrameOptions, SiteContext, StudySite } from "./context.ts";
import { drawFigure } from "./figure.ts";
import { type Found, lookAt } from "./look.ts";
import type { Entry, Plan } from "./plan.ts";
import { planCompare } from "./plan-compare.ts";
import { planData } from "./plan-data.ts";
import { planEvidence } from "./plan-evidence.ts";
import { planLists } from "./plan-lists.ts";
import { planLog } from "./plan-log.ts";
import { planOverview } from "./plan-overview.ts";
import { planReports } from "./plan-reports.ts";
import { planRuns } from "./plan-runs.ts";
import { planShell } from "./plan-shell.ts";
import { planSitemap } from "./plan-sitemap.ts";
import { placesOf } from "./prose-links.ts";

type Part = (site: SiteContext) => readonly Entry[];

const plans: readonly Part[] = [
  planAssets,
  planShell,
  planRuns,
  planData,
  planLog,
  planCompare,
  planEvidence,
  planReports,
  planLists,
  planOverview,
];

/** Theirs may be made while the pages of runs wait. */
const early: ReadonlySet<Part> = new Set([planData, planLog, planCompare, planEvidence, planReports, planLists]);

/** Where a page is likely to be planned, before anybody knows: to plan all of them to find one takes seconds in a large journal. */
const homes: readonly (readonly [RegExp, Part])[] = [
  [/^runs\//, planRuns],
  [/(?:^|\/)index\.html$/, planOverview],
  [/(?:^|\/)log(?:\/|\.html$)/, planLog],
  [/^(?:next|tags?|hardware|people|problems)\b/, planLists],
];

/** Place of a part among `planParts`. */
export function likelyPart(address: string): number | undefined {
  const home = homes.find(([pattern]) => pattern.test(address));
  return home === undefined ? undefined : plans.indexOf(home[1]);
}

export interface SiteOptions {
  /** Pages listen for changes. */
  readonly live?: boolean;
  /** False: texts are rendered without short cuts; the bytes are the same. */
  readonly lanes?: boolean;
  /** Where it was made already. */
  readonly analysis?: Analysis;
  /** Where they are known without the rules across files. */
  readonly problems?: readonly Problem[];
  /** Is told what the site asked about the journal's folders, and the answer. */
  readonly asked?: (path: string, found: Found) => void;
  /** Where it remembers something. */
  readonly known?: SiteContext["known"];
}

/** In the order in which files are written: what a page needs is there before the page. */
export function planSite(journal: Journal, assets: Assets, options: SiteOptions = {}): Plan {
  return planFiles(openSite(journal, assets, options));
}

export function planFiles(site: SiteContext): Plan {
  return new Map(planParts(site).flatMap((part) => [...part()]));
}

/** The same in parts, each made when it is asked for: `serve` wants one page, and to plan all of them takes its time. */
export function planParts(site: SiteContext): readonly (() => Plan)[] {
  const parts = plans.map((plan) =>
    once(
      (): Plan => new Map(early.has(plan) ? plan(site).map(([address, file]): Entry => [address, { ...file, early: true }]) : plan(site)),
    ),
  );
  return [
    ...parts,
    once(
      (): Plan =>
        new Map(
          planSitemap(
            site,
            parts.flatMap((part) => [...part().keys()]),
          ),
        ),
    ),
  ];
}

export function openSite(journal: Journal, assets: Assets, options: SiteOptions): SiteContext {
  const { live = false, lanes = true, analysis: known, asked } = options;
  const analysis = known ?? analyse(journal.files(), journal.settings, journal.studies);
  const studies = shownStudies(analysis.studies, journal.settings.title);
  const charts = openChartCache(journal.root);
  let problems: readonly Problem[] | undefined;
  const site: SiteContext = {
    journal,
    analysis,
    studies,
    assets,
    live,
    lanes,
    look: (path) => {
      const found = lookAt(journal.root, path);
      asked?.(path, found);
      return found;
    },
    problems: () =>
      (problems ??= [...(options.problems ?? journal.problems()), ...placesOf(site).reports.flatMap((report) => report.problems)]),
    known: options.known ?? ((_name, _key, make) => make(undefined)),
    frame: (page) => frameOf(page, { journal, assets, only: studies.length > 1 ? undefined : studies[0], live }),
    figure: (chart) => drawFigure(publicModel(chart, journal.settings), charts),
  };
  return site;
}

/** A journal without any run still has its default study. */
function shownStudies(all: SiteContext["analysis"]["studies"], title: string): readonly StudySite[] {
  const shown = all.filter((study) => study.files.some(({ run }) => !run.hidden));
  const studies = shown.length > 0 ? shown : all.slice(0, 1);
  const folders = studyFolders(studies.map(({ settings }) => settings.name));
  return studies.map((study) => {
    const { name } = study.settings;
    return { study, folder: folders.get(name) ?? "", title: study.settings.title ?? (name === "" ? title : name) };
  });
}

interface Whole {
  readonly journal: Journal;
  readonly assets: Assets;
  /** Absent where there are several. */
  readonly only: StudySite | undefined;
  readonly live: boolean;
}

/** Where there is one study alone, every page is of it: its tabs are nowhere missing. */
function frameOf({ path, title, study: own, tab, scripts = [] }: FrameOptions, { journal, assets, only, live }: Whole): PageFrame {
  const { url } = journal.settings.site;
  const study = own ?? only;
  return {
    title,
    path,
    journal: journal.settings.title,
    several: only === undefined,
    assets: assets.addresses,
    scripts,
    live,
    ...(study === undefined ? {} : { study: { title: study.title, folder: study.folder, name: study.study.settings.name } }),
    ...(tab === undefined ? {} : { tab }),
    ...(url === undefined ? {} : { url: `${url.replace(/\/$/, "")}/${path}` }),
  };
}

function planAssets({ assets }: SiteContext): readonly Entry[] {
  return [...assets.files].map(([address, content]) => [address, { key: () => address, make: () => content }]);
}
