// The front page of each study and, where there are several, of the journal.

import { renderOverview } from "../../site/pages/overview.tsx";
import { overviewPage } from "../report/overview-page.ts";
import type { SiteContext, StudySite } from "./context.ts";
import type { Entry } from "./plan.ts";

export function planOverview(site: SiteContext): readonly Entry[] {
  return site.studies.map((study) => {
    const path = `${study.folder}index.html`;
    return [path, { make: () => overview(site, study, path) }];
  });
}

async function overview(site: SiteContext, at: StudySite, path: string): Promise<string> {
  const { page, chart } = overviewPage(at.study, site.frame({ path, title: at.title, study: at, tab: "overview" }));
  if (chart === undefined) return renderOverview(page);
  const figure = await site.figure({
    slug: `${at.study.settings.name || "main"}-progress`,
    name: chart.name,
    wide: chart.spec,
    caption: [chart.name],
    legend: [],
    data: { name: "progress", title: "Progress", columns: [], rows: [], notes: [], empty: "" },
  });
  return renderOverview({ ...page, figure });
}
