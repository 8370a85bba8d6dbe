// The runs as data: shards for the scripts of the site, one flat table for everybody else.

import { once } from "../base/once.ts";
import { saidOf } from "../record/experiment.ts";
import { publicly } from "../report/log-page.ts";
import { shardAddress, shardCount, shardName, shardRows } from "../report/runs-data.ts";
import { dataHead } from "../report/runs-data-head.ts";
import { dataFiles, packShard, shardText } from "../report/runs-data-pack.ts";
import { csvRows, jsonRows, type KnownRow, openTable, runsCsv, runsJson } from "../report/runs-data-table.ts";
import type { SiteContext, StudySite } from "./context.ts";
import { fileInputs, studyInputs } from "./inputs-rows.ts";
import { type Entry, keyOf } from "./plan.ts";
import { factsOf } from "./plan-log.ts";

export function planData(site: SiteContext): readonly Entry[] {
  return [...site.studies.flatMap((at) => shards(site, at)), ...table(site)];
}

/** Known by what their rows show; the last one holds what the scripts know about the whole study too. */
function shards(site: SiteContext, { study, title }: StudySite): readonly Entry[] {
  const { settings } = site.journal;
  const { name } = study.settings;
  const files = dataFiles(study);
  const show = publicly(settings);
  const head = once(() => dataHead(study, { title, views: settings.views }, factsOf(site, study)));
  const last = shardCount(files.length);
  return Array.from({ length: last }, (_, index): Entry => {
    const number = index + 1;
    const rows = files.slice(index * shardRows, number * shardRows);
    const key = (): string => keyOf(number, studyInputs(study, settings), fileInputs(study, rows), number === last ? head() : "");
    const make = (): string => shardText(shardName(name, number), packShard(study, number, { head, show }), show);
    return [shardAddress(name, number), { key, make }];
  });
}

function table({ journal, studies }: SiteContext): readonly Entry[] {
  const { settings } = journal;
  const source = { files: journal.files(), studies: journal.studies, settings, show: publicly(settings) };
  const key = (): string =>
    keyOf(
      settings.site,
      studies.map(({ study }) => study.settings.metrics),
      source.files.map((file) => `${saidOf(file)} ${file.study}`),
    );
  const open = once(() => openTable(source));
  const rows = once((): readonly string[] => {
    const { files, ground } = open();
    return [keyOf(ground), ...files.map((file) => `${saidOf(file).slice(0, 16)}${file.study}`)];
  });
  const entry = (address: string, make: typeof runsCsv, split: (text: string) => readonly string[]): Entry => [
    address,
    { key, rows, make: (earlier) => make(open(), earlier && knownRows(split(earlier.text), earlier.rows, rows())) },
  ];
  return [entry("data/runs.csv", runsCsv, csvRows), entry("data/runs.json", runsJson, jsonRows)];
}

/** What all rows share comes first. A text that does not split into as many rows as were made of it holds none that is known. */
function knownRows(texts: readonly string[], before: readonly string[], now: readonly string[]): KnownRow {
  if (texts.length !== before.length - 1 || before[0] !== now[0]) return () => undefined;
  return (place) => (before[place + 1] === now[place + 1] ? texts[place] : undefined);
}
