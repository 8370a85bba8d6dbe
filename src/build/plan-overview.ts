// The front page of each study and, where there are several, of the journal.

import { renderHome } from "../../site/pages/home.tsx";
import { sectionId } from "../../site/pages/layout.tsx";
import { renderOverview } from "../../site/pages/overview.tsx";
import { chartSlug } from "../base/address.ts";
import { once } from "../base/once.ts";
import type { Chart, StillChart } from "../report/chart.ts";
import { dayText } from "../report/day.ts";
import { homePage, type ReportLink } from "../report/home-page.ts";
import { overviewPage } from "../report/overview-page.ts";
import type { Figure } from "../report/page.ts";
import { publicModel } from "../report/private.ts";
import { progressChart } from "../report/progress-chart.ts";
import { triedRemarks } from "../report/worth.ts";
import type { SiteContext, StudySite } from "./context.ts";
import { weighedKey } from "./inputs-evidence.ts";
import { begun, type Entry, keyOf, type PlannedFile } from "./plan.ts";
import { planChart } from "./plan-chart.ts";
import { wholeKey } from "./prose-key.ts";
import { placesOf } from "./prose-links.ts";
import { readmeKey, renderReadme } from "./readme.ts";
import { problemsOf } from "./study-problems.ts";

export function planOverview(site: SiteContext): readonly Entry[] {
  const studies = site.studies.flatMap((study) => planStudy(site, study));
  return site.studies.length > 1 ? [...studies, ["index.html", { make: () => home(site) }]] : studies;
}

function planStudy(site: SiteContext, at: StudySite): readonly Entry[] {
  const path = `${at.folder}index.html`;
  const slug = chartSlug(at.folder, "progress");
  const chart = once(() => progressChart(at.study, slug));
  const figure = begun(async () => {
    const drawn = stillOf(site, at, chart);
    return drawn === undefined ? undefined : site.figure(drawn);
  });
  const [address, { key: drawn, ...live }] = planChart(site, slug, chart);
  const key = (): string => site.known(address, weighedKey(site, at.study), () => drawn?.() ?? "");
  return [
    [path, { ...overviewKey(site, at, path), ahead: figure.ahead, make: () => overview(site, at, path, figure.make()) }],
    [address, { ...live, key }],
  ];
}

/** Follows from what is weighed. What a browser draws of it has a file of its own. */
function stillOf(site: SiteContext, at: StudySite, chart: () => Chart | undefined): StillChart | undefined {
  const key = `${weighedKey(site, at.study)} ${at.folder}`;
  return site.known(`chart ${at.study.settings.name}`, key, () => {
    const made = chart();
    return { made: made && { ...made, live: true } };
  }).made;
}

function overviewKey(site: SiteContext, at: StudySite, path: string): Pick<PlannedFile, "key"> {
  const readme = readmeKey(site, at);
  return readme === undefined ? {} : { key: () => keyOf(path, wholeKey(site), problemsOf(site, at), readme) };
}

async function overview(site: SiteContext, at: StudySite, path: string, drawn: Promise<Figure | undefined>): Promise<string> {
  // The order to draw is on its way before the rest is found.
  const [readme] = await Promise.all([renderReadme(site, at, path), Promise.race([drawn, new Promise(setImmediate)])]);
  const tried = site.known(`tried ${at.study.settings.name}`, weighedKey(site, at.study) + at.folder, () =>
    triedRemarks(at.study, at.folder),
  );
  const figure = await drawn;
  const charts = figure !== undefined || readme?.prose.includes("<figure");
  const page = overviewPage({
    study: at.study,
    frame: site.frame({ path, title: at.title, study: at, tab: "overview", scripts: charts ? ["chart"] : [] }),
    ways: {
      log: `${at.folder}log.html`,
      next: `next.html${section(site, at)}`,
      problems: `problems.html${section(site, at)}`,
      folder: at.folder,
    },
    problems: problemsOf(site, at),
    tried,
    ...(figure === undefined ? {} : { figure }),
    ...(readme === undefined ? {} : { readme }),
  });
  return renderOverview(publicModel(page, site.journal.settings));
}

/** Where a study has its part of a page that all share. */
function section({ studies }: SiteContext, { study }: StudySite): string {
  return studies.length > 1 ? `#${sectionId(study.settings.name)}` : "";
}

function home(site: SiteContext): string {
  const { settings } = site.journal;
  const purpose = site.studies.some(({ study }) => study.settings.name === "") ? undefined : settings.study.question;
  const page = homePage({
    frame: site.frame({ path: "index.html", title: settings.title }),
    studies: site.studies.map((at) => ({
      study: at.study,
      title: at.title,
      address: `${at.folder}index.html`,
      next: `next.html${section(site, at)}`,
    })),
    ...(purpose === undefined ? {} : { purpose }),
    reports: reportLinks(site),
  });
  return renderHome(publicModel(page, settings));
}

function reportLinks(site: SiteContext): readonly ReportLink[] {
  return placesOf(site).reports.map(({ title, address, date }) => {
    const day = dayText(date);
    return { title, address, ...(day === undefined ? {} : { day }) };
  });
}
