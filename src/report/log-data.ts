// The rows of the log: one per configuration, from the analysis at build and from the data shards in the browser.

import type { AnalysedRun, Group, StudyAnalysis } from "../analysis/study.ts";
import { eraOf } from "../query/validity.ts";
import type { Decision, Reading, RunFile, Status } from "../record/experiment.ts";
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

/** The configurations of loaded runs, planned ones among them; oldest first. */
export function groupRuns(runs: readonly DataRun[], study: Pick<DataHead, "settings" | "primary">): readonly LogEntry[] {
  const byGroup = new Map<number, [DataRun, ...DataRun[]]>();
  for (const run of runs) {
    const { group } = run;
    const members = byGroup.get(group);
    if (members === undefined) byGroup.set(group, [run]);
    else members.push(run);
  }
  return Array.from(byGroup.values(), (members) => new Configuration(members, study));
}

/** Row and configuration in one. There are ten thousand of them and thirty are shown: what one needs is found when it is asked for. */
class Configuration implements LogEntry, Omit<Group, "decision"> {
  readonly #members: readonly [DataRun, ...DataRun[]];
  readonly #study: Pick<DataHead, "settings" | "primary">;
  #files: readonly RunFile[] | undefined;

  constructor(members: readonly [DataRun, ...DataRun[]], study: Pick<DataHead, "settings" | "primary">) {
    this.#members = members;
    this.#study = study;
  }

  get group(): Group {
    return this as Omit<Group, "decision">;
  }

  get run(): AnalysedRun {
    return analysed(this.#original, this.group, this.#study.primary);
  }

  get key(): string {
    return this.first.run.id;
  }

  get files(): readonly RunFile[] {
    this.#files ??= this.#members.map(({ file }) => file);
    return this.#files;
  }

  get first(): RunFile {
    return this.#original.file;
  }

  get era(): string {
    return eraOf(this.first.run, this.#study.settings);
  }

  get readings(): ReadonlyMap<string, Reading> {
    return this.#original.readings;
  }

  /** The newest of its runs. */
  get decision(): Decision | undefined {
    return this.files.reduce<Decision | undefined>((latest, { run }) => run.decision ?? latest, undefined);
  }

  get status(): Status {
    const found = this.files.map(({ run }) => run.status);
    return byProgress.find((status) => found.includes(status)) ?? "planned";
  }

  get members(): readonly never[] {
    return [];
  }

  get identical(): false {
    return false;
  }

  get copies(): 0 {
    return 0;
  }

  get #original(): DataRun {
    const [first] = this.#members;
    return this.#members.length === 1 ? first : (this.#members.find(({ file }) => file.run.repeatOf === undefined) ?? first);
  }
}

const byProgress: readonly Status[] = ["finished", "running", "planned", "failed", "lost"];

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
