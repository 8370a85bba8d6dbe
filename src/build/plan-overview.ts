// The front page of each study and, where there are several, of the journal.

import { renderOverview } from "../../site/pages/overview.tsx";
import { chartSlug } from "../base/address.ts";
import { overviewPage } from "../report/overview-page.ts";
import { progressChart } from "../report/progress-chart.ts";
import type { SiteContext, StudySite } from "./context.ts";
import type { Entry } from "./plan.ts";

export function planOverview(site: SiteContext): readonly Entry[] {
  return site.studies.map((study) => {
    const path = `${study.folder}index.html`;
    return [path, { make: () => overview(site, study, path) }];
  });
}

async function overview(site: SiteContext, at: StudySite, path: string): Promise<string> {
  const page = overviewPage(at.study, site.frame({ path, title: at.title, study: at, tab: "overview" }));
  const chart = progressChart(at.study, chartSlug(at.folder, "progress"));
  return renderOverview(chart === undefined ? page : { ...page, figure: await site.figure(chart) });
}
