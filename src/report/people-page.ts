// Who ran what: a line per experimenter, over all studies.

import type { Group } from "../analysis/study.ts";
import type { Settings } from "../record/settings.ts";
import type { PageFrame } from "./page.ts";
import { publicName } from "./private.ts";
import { startOf } from "./run-line.ts";
import { filterWord, groupsByName, type NameRow, nameRows, type TagStudy } from "./tags-page.ts";

export interface PersonRow extends NameRow {
  /** Where their runs are: the log of each study; where there is one only, the name leads there. */
  readonly logs: readonly { readonly text: string; readonly address: string }[];
}

export interface PeoplePage {
  readonly frame: PageFrame;
  readonly people: readonly PersonRow[];
  /** Runs whose file names nobody. */
  readonly unnamed: number;
}

export function peoplePage(studies: readonly TagStudy[], settings: Pick<Settings, "site">, frame: PageFrame): PeoplePage {
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
      logs.set(name, [...(logs.get(name) ?? []), { text: title, address: `${log}#where=${where}` }]);
    }
  }
  const newest = new Map([...all].map(([name, groups]) => [name, studies.length > 1 ? newestFirst(groups) : groups]));
  const several = studies.length > 1;
  const rows = nameRows(newest, (name) => (several ? undefined : logs.get(name)?.[0]?.address));
  return { frame, people: rows.map((row) => ({ ...row, logs: several ? (logs.get(row.name) ?? []) : [] })), unnamed };
}

/** What has no date stays where it is. */
function newestFirst(groups: readonly Group[]): readonly Group[] {
  const keyed = groups.map((group) => ({ group, ...startOf(group) }));
  return keyed.sort((left, right) => (left.start === right.start ? 0 : right.start - left.start)).map(({ group }) => group);
}
