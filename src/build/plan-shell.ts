// The data files that the header of every page reads, and where each run stands among the others.

import { assignment } from "../base/script.ts";
import { orderAddress, orderData } from "../report/order-data.ts";
import { publicModel } from "../report/private.ts";
import { shardCount } from "../report/runs-data.ts";
import { latestRuns, type SiteData } from "../report/site-data.ts";
import { readBuiltFrom } from "../store/git-built.ts";
import type { SiteContext, StudySite } from "./context.ts";
import { weighedKey } from "./inputs-evidence.ts";
import type { Entry } from "./plan.ts";

export function planShell(site: SiteContext): readonly Entry[] {
  return [
    ["data/site.js", { make: async () => siteAssignment(await siteData(site)) }],
    ...site.studies.map(({ study }): Entry => {
      const { name } = study.settings;
      const target = `((window.journal ??= {}).orders ??= {})[${JSON.stringify(name)}]`;
      return [orderAddress(name), { key: () => weighedKey(site, study), make: () => assignment(target, orderData(study)) }];
    }),
  ];
}

export const siteAssignment = (data: SiteData): string => assignment("(window.journal ??= {}).site", data);

async function siteData({ journal, studies, assets, problems }: SiteContext): Promise<SiteData> {
  const all = studies.map(siteStudy);
  const data: SiteData = {
    title: journal.settings.title,
    runs: all.reduce((sum, { runs }) => sum + runs, 0),
    problems: problems().filter(({ severity }) => severity !== "note").length,
    built: await readBuiltFrom(journal.root),
    assets: assets.addresses,
    studies: all,
    latest: latestRuns(journal.files()),
  };
  return publicModel(data, journal.settings);
}

function siteStudy({ study, title, folder }: StudySite): SiteData["studies"][number] {
  const runs = study.files.filter(({ run }) => !run.hidden).length;
  return { name: study.settings.name, title, folder, runs, shards: shardCount(runs) };
}
