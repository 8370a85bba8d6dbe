// The runs as data: shards for the scripts of the site, one flat table for everybody else.

import { publicly } from "../report/log-page.ts";
import { shardAddress, shardCount, shardName, shardRows } from "../report/runs-data.ts";
import { dataHead } from "../report/runs-data-head.ts";
import { dataFiles, packShard, shardText } from "../report/runs-data-pack.ts";
import { runsCsv, runsJson } from "../report/runs-data-table.ts";
import type { SiteContext, StudySite } from "./context.ts";
import { fileInputs, studyInputs } from "./inputs-rows.ts";
import { type Entry, keyOf } from "./plan.ts";

export function planData(site: SiteContext): readonly Entry[] {
  return [...site.studies.flatMap((at) => shards(site, at)), ...table(site)];
}

/** All but the last, which holds what the scripts know about the whole study, are known by what their rows show. */
function shards({ journal }: SiteContext, { study, title }: StudySite): readonly Entry[] {
  const { settings } = journal;
  const { name } = study.settings;
  const files = dataFiles(study);
  const show = publicly(settings);
  const head = () => dataHead(study, { title, views: settings.views });
  const last = shardCount(files.length);
  return Array.from({ length: last }, (_, index): Entry => {
    const number = index + 1;
    const rows = files.slice(index * shardRows, number * shardRows);
    const key = (): string => keyOf(number, studyInputs(study, settings), fileInputs(study, rows));
    const make = (): string => shardText(shardName(name, number), packShard(study, number, { head, show }), show);
    return [shardAddress(name, number), number === last ? { make } : { key, make }];
  });
}

function table({ journal, studies }: SiteContext): readonly Entry[] {
  const { settings } = journal;
  const source = { files: journal.files(), studies: journal.studies, settings, show: publicly(settings) };
  const key = (): string =>
    keyOf(
      settings.site,
      studies.map(({ study }) => study.settings.metrics),
      source.files.map(({ hash, study }) => `${hash} ${study}`),
    );
  return [
    ["data/runs.csv", { key, make: () => runsCsv(source) }],
    ["data/runs.json", { key, make: () => runsJson(source) }],
  ];
}
