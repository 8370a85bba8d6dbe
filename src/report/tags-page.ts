// Tags: how often each is used and how much of it was kept; and a page per tag with its runs.

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import { tagAddress } from "../base/address.ts";
import { compareText } from "../query/compare.ts";
import { countText, plural } from "./counts.ts";
import { dayText, writtenDay } from "./day.ts";
import type { PageFrame, RunRef } from "./page.ts";
import { type PagePart, type Pager, pageAddress, pagerOf, paginate } from "./paging.ts";
import { groupRef, type RunLine, runLines } from "./run-line.ts";
import { newestFirst } from "./words.ts";

/** How a name (a tag, a person) stands among the runs. */
export interface NameRow {
  readonly name: string;
  readonly address?: string;
  readonly runs: string;
  /** `35%` */
  readonly kept: string;
  /** `13 of 37` */
  readonly keptOf: string;
  readonly newest: RunRef;
  readonly day?: string;
}

export interface TagsSection {
  readonly key: string;
  readonly title: string;
  readonly rows: readonly NameRow[];
}

export interface TagsPage {
  readonly frame: PageFrame;
  readonly several: boolean;
  readonly sections: readonly TagsSection[];
  readonly pager?: Pager;
}

export interface TagSection {
  readonly key: string;
  readonly title: string;
  readonly metric?: string;
  readonly lines: readonly RunLine[];
  readonly log: { readonly text: string; readonly address: string };
}

export interface TagPage {
  readonly frame: PageFrame;
  readonly tag: string;
  readonly several: boolean;
  readonly summary: string;
  readonly sections: readonly TagSection[];
}

export interface TagStudy {
  readonly study: StudyAnalysis;
  readonly title: string;
  /** Address of its log. */
  readonly log: string;
}

export type Names = ReadonlyMap<string, readonly Group[]>;

/** Configurations by what `namesOf` says of their files, newest first. */
export function groupsByName(study: StudyAnalysis, namesOf: (file: Group["first"]) => readonly string[]): Names {
  const found = new Map<string, Group[]>();
  for (const group of newestFirst(study)) {
    for (const file of group.files) {
      if (file.run.hidden) continue;
      for (const name of namesOf(file)) {
        const list = found.get(name);
        if (list === undefined) found.set(name, [group]);
        else if (list.at(-1) !== group) list.push(group);
      }
    }
  }
  return found;
}

export const tagsOf = (study: StudyAnalysis): Names => groupsByName(study, ({ run }) => run.tags.filter(isTag));

const isTag = (tag: string): boolean => tag.trim() !== "";

/** Their names alone. */
export function tagNames(study: StudyAnalysis): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { run } of study.files) if (!run.hidden) for (const tag of run.tags) if (isTag(tag)) names.add(tag);
  return names;
}

/** Most used first. */
export function nameRows(names: Names, addressOf: (name: string) => string | undefined): readonly NameRow[] {
  return [...names]
    .sort(([left, one], [right, other]) => other.length - one.length || compareText(left, right))
    .flatMap(([name, groups]) => {
      const row = nameRow(name, groups, addressOf(name));
      return row === undefined ? [] : [row];
    });
}

function nameRow(name: string, groups: readonly Group[], address: string | undefined): NameRow | undefined {
  const [newest] = groups;
  if (newest === undefined) return undefined;
  const kept = groups.filter(({ decision }) => decision === "keep").length;
  const day = dayText(writtenDay(newest.first.run));
  return {
    name,
    ...(address === undefined ? {} : { address }),
    runs: countText(groups.length),
    kept: `${Math.round((kept / groups.length) * 100)}%`,
    keptOf: `${countText(kept)} of ${countText(groups.length)}`,
    newest: groupRef(newest),
    ...(day === undefined ? {} : { day }),
  };
}

/** `names` are the tags of each study. */
export interface TaggedStudy extends TagStudy {
  readonly names: () => Names;
}

export function tagsParts(studies: readonly TaggedStudy[]): readonly PagePart<NameRow>[] {
  return paginate(studies.map(({ study, title, names }) => ({ key: study.settings.name, title, rows: nameRows(names(), tagAddress) })));
}

export function tagsPage(
  pages: readonly PagePart<NameRow>[],
  number: number,
  { frame, several }: Pick<TagsPage, "frame" | "several">,
): TagsPage {
  const pager = pagerOf(number, pages.length, (page) => pageAddress("tags", page));
  return {
    frame,
    several,
    sections: (pages[number - 1]?.parts ?? []).map(({ key, title, rows }) => ({ key, title, rows })),
    ...(pager === undefined ? {} : { pager }),
  };
}

const mostLines = 200;

/** The configurations of each study that bear a tag, newest first, and those of them that its page shows. */
export function tagParts(
  tag: string,
  studies: readonly TaggedStudy[],
): readonly (TagStudy & { readonly groups: readonly Group[]; readonly shown: readonly Group[] })[] {
  const found = studies.flatMap(({ names, ...at }) => {
    const groups = names().get(tag);
    return groups === undefined ? [] : [{ ...at, groups }];
  });
  const each = Math.max(Math.floor(mostLines / Math.max(found.length, 1)), 1);
  return found.map((at) => ({ ...at, shown: at.groups.slice(0, each) }));
}

export function tagPage(tag: string, studies: readonly TaggedStudy[], frame: PageFrame): TagPage {
  const found = tagParts(tag, studies);
  const all = found.reduce((sum, { groups }) => sum + groups.length, 0);
  const kept = found.reduce((sum, { groups }) => sum + groups.filter(({ decision }) => decision === "keep").length, 0);
  return {
    frame,
    tag,
    several: studies.length > 1,
    summary: `${plural(all, "run")}, ${countText(kept)} kept`,
    sections: found.map(({ study, title, log, groups, shown }) => ({
      key: study.settings.name,
      title,
      ...(study.primary === undefined ? {} : { metric: study.primary.label }),
      lines: runLines(shown, study),
      log: {
        text: groups.length > shown.length ? `${plural(groups.length - shown.length, "older run")} in the log` : "in the log",
        address: `${log}#where=${encodeURIComponent(`tag:${filterWord(tag)}`)}`,
      },
    })),
  };
}

/** As a filter reads it. */
export function filterWord(text: string): string {
  return /^[\p{L}\p{N}_.-]+$/u.test(text) ? text : `"${text.replace(/[\\"]/g, "\\$&")}"`;
}
