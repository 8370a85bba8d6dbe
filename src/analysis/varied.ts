// What the runs of a study cannot tell about its parameters: those that never varied, and those that always changed together.

import type { Json } from "../record/tree.ts";
import type { StudyAnalysis } from "./study.ts";
import { isIgnored, recordedValue, valueKey } from "./table.ts";

/** One value in every configuration that recorded it. */
export interface FixedParameter {
  readonly name: string;
  readonly text: string;
  /** Configurations that recorded it. */
  readonly n: number;
}

export interface FixedParameters {
  readonly parameters: readonly FixedParameter[];
  /** Configurations that were started. */
  readonly of: number;
}

/** In the order in which they first appear. */
export function findFixed({ groups, impact, settings }: Pick<StudyAnalysis, "groups" | "impact" | "settings">): FixedParameters {
  const counts = new Map<string, number>();
  const varied = new Set(impact.map(({ parameter }) => parameter));
  const started = groups.filter(({ status, first }) => status !== "planned" && !first.run.hidden);
  const texts = new Map<string, string>();
  for (const { first } of started) {
    for (const name of Object.keys(first.run.config)) {
      if (varied.has(name)) continue;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (!texts.has(name)) texts.set(name, recordedValue(first, name)?.text ?? "");
    }
  }
  const parameters = [...counts].flatMap(([name, n]): readonly FixedParameter[] =>
    isIgnored(name, settings) ? [] : [{ name, n, text: texts.get(name) ?? "" }],
  );
  return { parameters, of: started.length };
}

/**
 * Names of all parameters that an impact may be about, found by looking at the values alone: those with two of them, or with a change that
 * only a file tells of.
 */
export function variedNames({ files, settings }: Pick<StudyAnalysis, "files" | "settings">): readonly string[] {
  const firsts = new Map<string, Json>();
  const varied = new Set<string>();
  const ids = new Set(files.map(({ run }) => run.id));
  for (const { run } of files) {
    const { config } = run;
    for (const name of Object.keys(config)) {
      if (varied.has(name)) continue;
      const value = config[name] ?? null;
      const first = firsts.get(name);
      if (first === undefined) firsts.set(name, value);
      else if (first !== value && valueKey(first) !== valueKey(value)) varied.add(name);
    }
    for (const { name } of run.changes) varied.add(name);
    for (const { name } of run.data) varied.add(`data.${name}`);
    // A base outside the study may have other values than all runs in it.
    if (run.base.some((base) => !ids.has(base))) for (const name of Object.keys(config)) varied.add(name);
  }
  return [...varied].filter((name) => !isIgnored(name, settings));
}

/** Parameters of which no run changed one without the others: whatever they did, they did together. */
export interface Inseparable {
  readonly parameters: readonly string[];
  /** Configurations that changed them against their base. */
  readonly n: number;
}

/** Largest number of changes first. */
export function findInseparable({ groups, impact, runs }: Pick<StudyAnalysis, "groups" | "impact" | "runs">): readonly Inseparable[] {
  const changedIn = new Map<string, Places>();
  for (const { parameter, effects } of impact) if (effects.length === 0) changedIn.set(parameter, { count: 0, hash: 0, sum: 0 });
  for (const [at, { first, status }] of groups.entries()) {
    if (status === "planned" || changedIn.size === 0) continue;
    for (const { name } of runs.get(first.run.id)?.changes ?? []) {
      const known = changedIn.get(name);
      if (known !== undefined) note(known, at);
    }
  }
  const together = new Map<string, { readonly parameters: string[]; readonly n: number }>();
  for (const [name, { count, hash, sum }] of changedIn) {
    if (count === 0) continue;
    const key = `${count} ${hash} ${sum}`;
    const known = together.get(key);
    if (known === undefined) together.set(key, { parameters: [name], n: count });
    else known.parameters.push(name);
  }
  return [...together.values()].filter(({ parameters }) => parameters.length > 1).sort((left, right) => right.n - left.n);
}

/** Which configurations changed a parameter: three numbers that agree only where all of them do. */
interface Places {
  count: number;
  hash: number;
  sum: number;
}

function note(places: Places, at: number): void {
  places.count += 1;
  places.hash = (Math.imul(places.hash ^ at, 0x01000193) + 0x9e3779b9) | 0;
  places.sum += at * at;
}
