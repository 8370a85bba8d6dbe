// Comparison pages for a few runs that most readers would choose, of each study and of the journal, and the data with which the browser
// compares any others.

import { renderCompare } from "../../site/pages/compare.tsx";
import type { Group, StudyAnalysis } from "../analysis/study.ts";
import type { RunFile } from "../record/experiment.ts";
import { bucketAddress, bucketOf, buckets, type CompareRun, compareRun, compareStudy } from "../report/compare-data.ts";
import { comparePage } from "../report/compare-page.ts";
import type { SiteContext, StudySite } from "./context.ts";
import { curvesAddress, tablesOf } from "./curves.ts";
import { saidIn } from "./inputs-rows.ts";
import { type Entry, keyOf } from "./plan.ts";
import { runPages } from "./run-pages.ts";

const path = "compare.html";
const studiesAddress = "data/compare/studies.js";

type Member = readonly [id: string, group: Group];

export function planCompare(site: SiteContext): readonly Entry[] {
  const groups = new Map<number, Member[]>();
  for (const { study } of site.studies)
    for (const member of membersOf(study)) {
      const bucket = bucketOf(member[0]);
      const list = groups.get(bucket);
      if (list === undefined) groups.set(bucket, [member]);
      else list.push(member);
    }
  const { settings, studies: settled } = site.journal;
  const ground = keyOf(settings, [...settled.values()]);
  const several = site.studies.length > 1;
  const studies = (): string =>
    script(
      "compareStudies",
      site.studies.map(({ study, title }) => compareStudy(study, title)),
    );
  return [
    [studiesAddress, { make: studies }],
    // One file per bucket even where it is empty: what asks for a run that is gone finds that out, and no error.
    ...Array.from({ length: buckets }, (_, bucket): Entry => {
      const members = groups.get(bucket) ?? [];
      return [
        bucketAddress(bucket),
        {
          key: () =>
            keyOf(
              ground,
              members.map(([id, group]) => [id, curvesIn(site, ownFile(id, group)), group.first.study, saidIn(group)]),
            ),
          make: () => script(`compare${bucket}`, Object.fromEntries(members.map(([id, group]) => [id, dataOf(site, id, group)]))),
        },
      ];
    }),
    [path, { make: () => compare(site, path, several ? undefined : site.studies[0]) }],
    ...(several ? site.studies : []).map((at): Entry => {
      const own = `${at.folder}${path}`;
      return [own, { make: () => compare(site, own, at) }];
    }),
  ];
}

/** By id, in order, without those that their authors hid. Nothing is held against its base for it. */
function membersOf({ files, groups }: StudyAnalysis): readonly Member[] {
  const homes = new Map<RunFile, Group>();
  for (const group of groups) for (const file of group.files) homes.set(file, group);
  const seen = new Set<string>();
  return files.flatMap((file): readonly Member[] => {
    const { id, hidden } = file.run;
    const group = homes.get(file);
    if (seen.has(id) || group === undefined) return [];
    seen.add(id);
    return hidden ? [] : [[id, group]];
  });
}

function dataOf(site: SiteContext, id: string, group: Group): CompareRun {
  const file = ownFile(id, group);
  return compareRun(file, group, site.journal.settings, curvesIn(site, file));
}

const ownFile = (id: string, { files, first }: Group): RunFile => files.find(({ run }) => run.id === id) ?? first;

/** Whether the tables beside a run hold curves is known to the script at that address. */
function curvesIn(site: SiteContext, file: RunFile): string | undefined {
  const page = runPages(site).get(file.path);
  return page === undefined || tablesOf(site, file).length === 0 ? undefined : curvesAddress(page);
}

/** `window.journal.<name> = …`, as plain JSON that no markup can end. */
function script(name: string, value: unknown): string {
  const json = JSON.stringify(value).replace(/[<\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `(window.journal??={}).${name}=${json};\n`;
}

const mostKept = 3;

/** Of the study, else of the one that was last at work: its baseline, its best, and what was kept last. */
function compare(site: SiteContext, path: string, own: StudySite | undefined): string {
  const at = own ?? site.studies.toSorted((a, b) => newest(b) - newest(a))[0];
  const frame = site.frame({
    path,
    title: "Compare",
    tab: "compare",
    scripts: ["compare"],
    ...(own === undefined ? {} : { study: own }),
  });
  if (at === undefined) return renderCompare(comparePage({ runs: [], unknown: [], studies: [] }, frame), "");
  const { study } = at;
  const shown = (group: Group | undefined): readonly Group[] => (group === undefined || group.first.run.hidden ? [] : [group]);
  const kept = study.groups
    .filter((group) => group.decision === "keep" && !group.first.run.hidden)
    .slice(-mostKept)
    .reverse();
  const chosen = [...new Set([...shown(study.baseline), ...shown(study.best[0]?.group), ...kept])];
  const groups = chosen.length > 1 ? chosen : [...new Set([...chosen, ...study.groups.filter(({ first }) => !first.run.hidden).slice(-2)])];
  const runs = groups.map((group) => dataOf(site, group.first.run.id, group));
  const words = chosen.length > 1 ? "the baseline, the best run and those kept last" : "the newest runs";
  return renderCompare(comparePage({ runs, unknown: [], studies: [compareStudy(study, at.title)] }, frame), words);
}

const newest = ({ study }: StudySite): number => Date.parse(study.files.at(-1)?.run.date ?? "") || 0;
