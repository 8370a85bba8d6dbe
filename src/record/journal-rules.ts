// What the files say against each other. Every rule walks the runs a fixed number of times: 10,000 runs cost some hundredths of a second.

import { isPlainName, slug } from "../base/path.ts";
import type { Problem } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import type { RunFile } from "./experiment.ts";
import * as say from "./messages.ts";
import { fold } from "./normalize-values.ts";
import { type IdIndex, indexIds, resolve } from "./reference.ts";
import type { Settings, StudySettings } from "./settings.ts";
import { slips } from "./slips.ts";
import { staleChanges, staleReadings } from "./stale.ts";
import { sameValue } from "./value.ts";

export interface JournalSubject {
  readonly files: readonly RunFile[];
  readonly settings: Settings;
  readonly studies: ReadonlyMap<string, StudySettings>;
}

/** Each problem has `path` and `key`. */
export type JournalRule = (journal: JournalSubject) => readonly Problem[];

interface Lookup {
  /** The first file of each id. */
  readonly byId: ReadonlyMap<string, RunFile>;
  /** For what is not a full id; most journals never need it. */
  readonly index: () => IdIndex;
}

const lookups = new WeakMap<readonly RunFile[], Lookup>();

/** Made once for all rules over the same files. */
function lookupOf(files: readonly RunFile[]): Lookup {
  const made = lookups.get(files);
  if (made !== undefined) return made;
  const byId = new Map<string, RunFile>();
  for (const file of files) if (!byId.has(file.run.id)) byId.set(file.run.id, file);
  let index: IdIndex | undefined;
  const lookup = {
    byId,
    index: () => {
      index ??= indexIds(files);
      return index;
    },
  };
  lookups.set(files, lookup);
  return lookup;
}

function target(reference: string | undefined, { index, byId }: Lookup): RunFile | undefined {
  if (reference === undefined) return undefined;
  const found = byId.get(reference);
  if (found !== undefined) return found;
  const resolved = resolve(reference, index());
  return "id" in resolved ? byId.get(resolved.id) : undefined;
}

function duplicateIds({ files }: JournalSubject): readonly Problem[] {
  const first = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { path, run } of files) {
    const folded = run.id.toLowerCase();
    const other = first.get(folded);
    if (other === undefined) first.set(folded, path);
    else problems.push(say.duplicateId(path, run.id, other));
  }
  return problems;
}

/** A file is found by eye by its id. */
function fileNames({ files }: JournalSubject): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { path, run } of files) {
    const cut = path.lastIndexOf("/") + 1;
    const name = path.slice(cut);
    // A bare number has its own problem, and a file is not called after it.
    if (/^\d+$/.test(run.id) || name === `${run.id}.md` || name.startsWith(`${run.id}-`)) continue;
    const better = isPlainName(run.id) ? `${path.slice(0, cut)}${run.id}-${slug(run.title)}.md` : undefined;
    problems.push(say.fileName(path, run.id, better));
  }
  return problems;
}

function references({ files, studies }: JournalSubject): readonly Problem[] {
  const lookup = lookupOf(files);
  const problems: Problem[] = [];
  const look = (path: string, key: readonly string[], reference: string): void => {
    if (lookup.byId.has(reference)) return;
    const resolved = resolve(reference, lookup.index());
    if ("id" in resolved) return;
    if (resolved.candidates.length > 0) problems.push(say.ambiguousReference(path, key, reference, resolved.candidates));
    else problems.push(say.unknownBase(path, key, reference, problems.length < 50 ? suggest(reference, lookup.byId.keys()) : undefined));
  };
  for (const { path, run } of files) {
    for (const reference of run.base) look(path, ["base"], reference);
    if (run.repeatOf !== undefined) look(path, ["repeat_of"], run.repeatOf);
    if (run.rerunOf !== undefined) look(path, ["rerun_of"], run.rerunOf);
  }
  if (files.length > 0)
    for (const [name, study] of studies)
      if (study.baseline !== undefined) look(settingsPath(name), settingsKey(name, "baseline"), study.baseline);
  return problems;
}

/** The file that holds the settings of a study, and the place of a key in it. */
export const settingsPath = (study: string): string => (study === "" ? "journal.yaml" : `experiments/${study}/study.yaml`);
export const settingsKey = (study: string, ...key: readonly string[]): readonly string[] => (study === "" ? ["study", ...key] : key);

/** Walks each run once; a circle is named at the first of its files by path. */
function baseCycles({ files }: JournalSubject): readonly Problem[] {
  const lookup = lookupOf(files);
  const state = new Map<RunFile, "open" | "done">();
  const problems: Problem[] = [];
  for (const start of files) {
    if (state.has(start)) continue;
    const trail: { readonly file: RunFile; next: number }[] = [{ file: start, next: 0 }];
    state.set(start, "open");
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const reference = top.file.run.base[top.next];
      top.next += 1;
      if (reference === undefined) {
        state.set(top.file, "done");
        trail.pop();
        continue;
      }
      const base = target(reference, lookup);
      if (base === undefined || base === top.file) continue; // unknown or itself: other rules
      const seen = state.get(base);
      if (seen === undefined) {
        state.set(base, "open");
        trail.push({ file: base, next: 0 });
      } else if (seen === "open")
        problems.push(
          circle(
            trail.map((step) => step.file),
            base,
          ),
        );
    }
  }
  return problems;
}

function circle(trail: readonly RunFile[], base: RunFile): Problem {
  const members = trail.slice(trail.indexOf(base));
  const first = [...members].sort((one, other) => (one.path < other.path ? -1 : 1))[0] ?? base;
  const from = members.indexOf(first);
  const ordered = [...members.slice(from), ...members.slice(0, from), first];
  return say.baseCycle(
    first.path,
    ordered.map((file) => file.run.id),
  );
}

/** Copies for readers that the base has left behind. */
function staleCopies({ files }: JournalSubject): readonly Problem[] {
  const lookup = lookupOf(files);
  const problems: Problem[] = [];
  for (const file of files) {
    const base = file.run.base.length === 0 ? undefined : target(file.run.base[0], lookup);
    if (base === undefined || base === file) continue;
    for (const { metric, written, current } of staleReadings(file.run, base.run))
      problems.push(say.staleBefore(file.path, metric, written, current, base.run.id));
    for (const { name, written, current } of staleChanges(file.run, base.run))
      problems.push(say.staleChange(file.path, name, written, current, base.run.id));
  }
  return problems;
}

/** Repetitions are of one configuration; what only one side recorded does not count, nor do seeds. */
function repeatsOfSomethingElse({ files, settings, studies }: JournalSubject): readonly Problem[] {
  const lookup = lookupOf(files);
  const problems: Problem[] = [];
  for (const { path, run, study } of files) {
    const original = target(run.repeatOf, lookup);
    if (original === undefined || original.run.id === run.id) continue;
    const ignored = new Set([...(studies.get(study)?.ignore ?? settings.ignore), "seed", "random_seed", "random_state"]);
    const differs = Object.keys(run.config).filter(
      (name) => !ignored.has(name) && Object.hasOwn(original.run.config, name) && !sameValue(run.config[name], original.run.config[name]),
    );
    if (differs.length > 0) problems.push(say.repeatDiffers(path, original.run.id, differs));
  }
  return problems;
}

function unknownProtocols({ files, studies }: JournalSubject): readonly Problem[] {
  const problems: Problem[] = [];
  const named = new Map([...studies].map(([name, study]) => [name, study.protocols.map((protocol) => protocol.name)]));
  for (const { path, run, study } of files) {
    const known = named.get(study) ?? [];
    if (run.protocol !== undefined && !known.includes(run.protocol)) problems.push(say.unknownProtocol(path, run.protocol, known));
  }
  return problems;
}

function unknownStudies({ files, studies }: JournalSubject): readonly Problem[] {
  return files
    .filter(({ run }) => run.study !== undefined && run.study !== "" && !studies.has(run.study))
    .map(({ path, run }) =>
      say.unknownStudy(
        path,
        run.study ?? "",
        suggest(
          run.study ?? "",
          [...studies.keys()].filter((name) => name !== ""),
        ),
      ),
    );
}

/** Metrics that the settings name and no run has. Quiet while a study has no measured run. */
function unknownMetrics({ files, studies }: JournalSubject): readonly Problem[] {
  const measured = new Map<string, Set<string>>();
  for (const { study, run } of files) {
    const names = measured.get(study) ?? new Set();
    measured.set(study, names);
    for (const metric of run.metrics) names.add(metric.name);
  }
  const problems: Problem[] = [];
  for (const [name, study] of studies) {
    const names = measured.get(name);
    if (names === undefined || names.size === 0) continue;
    const known = new Set([...names, ...Object.keys(study.metrics)]);
    const look = (key: readonly string[], metric: string | undefined): void => {
      if (metric !== undefined && !known.has(metric))
        problems.push(say.unknownMetric(settingsPath(name), settingsKey(name, ...key), metric, suggest(metric, known)));
    };
    look(["primary"], study.primary);
    for (const goal of study.goals) look(["goals", goal.name], goal.metric);
    for (const metric of Object.keys(study.target ?? {})) look(["target", metric], metric);
    for (const protocol of study.protocols)
      for (const metric of protocol.invalid) if (metric !== "*") look(["protocols", protocol.name, "invalid"], metric);
  }
  return problems;
}

interface Spelling {
  count: number;
  readonly path: string;
}

/** One name in two spellings (`val-acc`, `val_acc`) never meets itself in a table: said once for each rarer spelling. */
function spellings({ files }: JournalSubject): readonly Problem[] {
  const metrics = new Map<string, Spelling>();
  const parameters = new Map<string, Spelling>();
  const add = (names: Map<string, Spelling>, name: string, path: string): void => {
    const known = names.get(name);
    if (known === undefined) names.set(name, { count: 1, path });
    else known.count += 1;
  };
  for (const { path, run } of files) {
    for (const metric of run.metrics) add(metrics, metric.name, path);
    for (const name of Object.keys(run.config)) add(parameters, name, path);
  }
  return [
    ...rarerSpellings(metrics).map(({ name, path, usual }) => say.similarName(path, ["metrics", name], name, usual)),
    ...rarerSpellings(parameters).map(({ name, path, usual }) => say.similarName(path, ["config", ...name.split(".")], name, usual)),
  ];
}

function rarerSpellings(
  names: ReadonlyMap<string, Spelling>,
): readonly { readonly name: string; readonly path: string; readonly usual: string }[] {
  const groups = new Map<string, string[]>();
  for (const name of names.keys()) {
    const folded = fold(name);
    const group = groups.get(folded);
    if (group === undefined) groups.set(folded, [name]);
    else group.push(name);
  }
  return [...groups.values()].flatMap((group) => {
    if (group.length < 2) return [];
    const [usual = "", ...rarer] = group.sort((one, other) => (names.get(other)?.count ?? 0) - (names.get(one)?.count ?? 0));
    return rarer.map((name) => ({ name, path: names.get(name)?.path ?? "", usual }));
  });
}

function scaleSlips({ files, studies }: JournalSubject): readonly Problem[] {
  const inPercent = (study: string, metric: string): boolean => {
    const declared = (studies.get(study) ?? studies.get(""))?.metrics ?? {};
    return Object.hasOwn(declared, metric) && declared[metric]?.unit === "%";
  };
  return slips(files, inPercent).map(({ path, metric, reading, factor, below, usual }) =>
    say.slip(path, metric, reading.text, factor, below, usual),
  );
}

export const journalRules: readonly JournalRule[] = [
  duplicateIds,
  fileNames,
  references,
  baseCycles,
  staleCopies,
  repeatsOfSomethingElse,
  unknownProtocols,
  unknownStudies,
  unknownMetrics,
  spellings,
  scaleSlips,
];
