// Who ran what: a line per experimenter, over all studies.

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import type { Settings } from "../record/settings.ts";
import type { PageFrame } from "./page.ts";
import { publicName } from "./private.ts";
import { startOf } from "./run-line.ts";
import { filterWord, groupsByName, type NameRow, nameRows } from "./tags-page.ts";

export interface PersonRow extends NameRow {
  /** Where their runs are: the log of each study. */
  readonly logs: readonly { readonly text: string; readonly address: string }[];
}

export interface PeoplePage {
  readonly frame: PageFrame;
  readonly people: readonly PersonRow[];
  /** Runs whose file names nobody. */
  readonly unnamed: number;
}

export interface PeopleStudy {
  readonly study: StudyAnalysis;
  readonly title: string;
  /** Address of its log. */
  readonly log: string;
}

export function peoplePage(studies: readonly PeopleStudy[], settings: Pick<Settings, "site">, frame: PageFrame): PeoplePage {
  const all = new Map<string, Group[]>();
  const logs = new Map<string, { text: string; address: string }[]>();
  let unnamed = 0;
  for (const { study, title, log } of studies) {
    const names = groupsByName(study, ({ run }) => [publicName(run.experimenter ?? "", settings)]);
    for (const [name, groups] of names) {
      if (name === "") {
        unnamed += groups.length;
        continue;
      }
      all.set(name, [...(all.get(name) ?? []), ...groups]);
      const where = encodeURIComponent(`experimenter ~ ${filterWord(name)}`);
      logs.set(name, [...(logs.get(name) ?? []), { text: studies.length > 1 ? title : "all runs", address: `${log}#where=${where}` }]);
    }
  }
  const newest = new Map([...all].map(([name, groups]) => [name, studies.length > 1 ? newestFirst(groups) : groups]));
  const rows = nameRows(newest, () => undefined);
  return { frame, people: rows.map((row) => ({ ...row, logs: logs.get(row.name) ?? [] })), unnamed };
}

/** What has no date stays where it is. */
function newestFirst(groups: readonly Group[]): readonly Group[] {
  const keyed = groups.map((group) => ({ group, ...startOf(group) }));
  return keyed.sort((left, right) => (left.start === right.start ? 0 : right.start - left.start)).map(({ group }) => group);
}
