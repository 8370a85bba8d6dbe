// The log of each study: its newest rows, and blocks of the older ones.

import type { StudyAnalysis } from "../analysis/study.ts";
import { type LogFacts, logFacts } from "../report/log-columns.ts";
import { blockEntries, blockPage, blocksOf, type Log, logHead, logPage, newestEntries, openLog } from "../report/log-page.ts";
import type { SiteContext, StudySite } from "./context.ts";
import { weighedKey } from "./inputs-evidence.ts";
import { entryInputs, studyInputs } from "./inputs-rows.ts";
import { shown } from "./model-text.ts";
import { type Entry, keyOf } from "./plan.ts";

export function planLog(site: SiteContext): readonly Entry[] {
  return site.studies.flatMap((at) => {
    const log = openLog(at.study, at.folder, site.journal.settings, factsOf(site, at.study));
    return [newest(site, at, log), ...blocks(site, at, log)];
  });
}

/** The same for the log and the data of its scripts. */
export function factsOf(site: SiteContext, study: StudyAnalysis): LogFacts {
  return site.known(`log ${study.settings.name}`, weighedKey(site, study), () => logFacts(study));
}

function newest(site: SiteContext, at: StudySite, log: Log): Entry {
  const path = `${at.folder}log.html`;
  const frame = site.frame({ path, title: "Log", study: at, tab: "log", scripts: ["log"] });
  const key = (): string =>
    keyOf(logHead(log, frame), studyInputs(at.study, site.journal.settings), entryInputs(at.study, newestEntries(log)));
  return [path, { key, ...shown("log", () => logPage(log, frame)) }];
}

/** There may be hundreds, and a new run changes one of them: known by what their rows show. */
function blocks(site: SiteContext, at: StudySite, log: Log): readonly Entry[] {
  const all = blocksOf(log);
  return all.map(({ address, text }, index): Entry => {
    const frame = site.frame({ path: address, title: `Log, ${text}`, study: at, tab: "log" });
    const key = (): string =>
      keyOf(
        frame,
        log.columns,
        all[index - 1],
        all[index + 1],
        studyInputs(at.study, site.journal.settings),
        entryInputs(at.study, blockEntries(log, index + 1)),
      );
    return [address, { key, ...shown("log", () => blockPage(log, index + 1, frame)) }];
  });
}
