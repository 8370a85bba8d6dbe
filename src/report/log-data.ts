// The rows of the log: one per configuration, from the analysis at build and from the data shards in the browser.

import type { AnalysedRun, Group, StudyAnalysis } from "../analysis/study.ts";
import { eraOf } from "../query/validity.ts";
import type { Decision, Reading, RunFile, Status } from "../record/experiment.ts";
import type { StudySettings } from "../record/settings.ts";
import type { DataHead, DataRun } from "./runs-data.ts";

export interface LogEntry {
  readonly group: Group;
  /** Its first run; of two files that claim one id only the first is known. */
  readonly run: AnalysedRun | undefined;
}

/** Oldest first. What is planned stands in Next. A run is held against its base when somebody asks. */
export function logEntries(study: StudyAnalysis): readonly LogEntry[] {
  return study.groups
    .filter(({ first, status }) => !first.run.hidden && status !== "planned")
    .map((group) => ({
      group,
      get run() {
        const run = study.runs.get(group.key);
        return run?.file === group.first ? run : undefined;
      },
    }));
}

/** The configurations of loaded runs, planned ones among them; oldest first. What a row needs is made when it is shown. */
export function groupRuns(runs: readonly DataRun[], { settings, primary }: Pick<DataHead, "settings" | "primary">): readonly LogEntry[] {
  const byGroup = new Map<number, DataRun[]>();
  for (const run of runs) {
    const members = byGroup.get(run.group);
    if (members === undefined) byGroup.set(run.group, [run]);
    else members.push(run);
  }
  return [...byGroup.values()].map((members) => entryOf(members, settings, primary));
}

function entryOf(members: readonly DataRun[], settings: StudySettings, primary: string | undefined): LogEntry {
  const files = members.map(({ file }) => file);
  const first = members.find(({ file }) => file.run.repeatOf === undefined) ?? members[0];
  if (first === undefined) throw new Error("a configuration has at least one run");
  const decision = decisionOf(files);
  const group: Group = {
    key: first.file.run.id,
    files,
    first: first.file,
    get era() {
      return eraOf(first.file.run, settings);
    },
    get readings(): ReadonlyMap<string, Reading> {
      return first.readings;
    },
    status: statusOf(files),
    identical: false,
    copies: 0,
    members: [],
    ...(decision === undefined ? {} : { decision }),
  };
  return {
    group,
    get run(): AnalysedRun {
      return analysed(first, group, primary);
    },
  };
}

/** The newest decision of its runs. */
function decisionOf(files: readonly RunFile[]): Decision | undefined {
  return files.reduce<Decision | undefined>((latest, { run }) => run.decision ?? latest, undefined);
}

const byProgress: readonly Status[] = ["finished", "running", "planned", "failed", "lost"];

function statusOf(files: readonly RunFile[]): Status {
  return byProgress.find((status) => files.some(({ run }) => run.status === status)) ?? "planned";
}

/** As far as a row of the log shows it. */
function analysed({ file, changes, unrecorded, code, delta }: DataRun, group: Group, primary: string | undefined): AnalysedRun {
  return {
    file,
    bases: [],
    missing: [],
    cut: [],
    children: [],
    group,
    changes,
    unrecorded,
    environment: [],
    deltas: new Map(delta === undefined || primary === undefined ? [] : [[primary, delta]]),
    notCompared: new Map(),
    ...(code === undefined ? {} : { code }),
  };
}
