// What the runs of a study cannot tell about its parameters: those that never varied, and those that always changed together.

import type { Impact, StudyAnalysis } from "./study.ts";
import { isIgnored, recordedValue } from "./table.ts";

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

/** Parameters of which no run changed one without the others: whatever they did, they did together. */
export interface Inseparable {
  readonly parameters: readonly string[];
  /** Configurations that changed them against their base. */
  readonly n: number;
}

/** Largest number of changes first. */
export function findInseparable({ groups, impact, runs }: Pick<StudyAnalysis, "groups" | "impact" | "runs">): readonly Inseparable[] {
  const open = new Set(impact.flatMap(({ parameter, effects }: Impact) => (effects.length === 0 ? [parameter] : [])));
  const changedIn = new Map<string, number[]>();
  for (const [at, { first, status }] of groups.entries()) {
    if (status === "planned") continue;
    for (const { name } of runs.get(first.run.id)?.changes ?? []) {
      if (!open.has(name)) continue;
      const known = changedIn.get(name);
      if (known === undefined) changedIn.set(name, [at]);
      else known.push(at);
    }
  }
  const together = new Map<string, { readonly parameters: string[]; readonly n: number }>();
  for (const [name, places] of changedIn) {
    const key = places.join(" ");
    const known = together.get(key);
    if (known === undefined) together.set(key, { parameters: [name], n: places.length });
    else known.parameters.push(name);
  }
  return [...together.values()].filter(({ parameters }) => parameters.length > 1).sort((left, right) => right.n - left.n);
}
