// The configuration a run really had: what it recorded itself, what its changes say, and for the rest what the nearest ancestor recorded.

import type { RunFile } from "../record/experiment.ts";
import { showValue } from "../record/value.ts";
import type { StudyAnalysis } from "./study.ts";

export interface EffectiveValue {
  readonly name: string;
  readonly text: string;
  /** The run that recorded it. */
  readonly from: RunFile;
}

/** From the run up to its first ancestor, by the first base; no circle is left in it. */
export function ancestorsOf(file: RunFile, { runs }: Pick<StudyAnalysis, "runs">): readonly RunFile[] {
  const line: RunFile[] = [];
  for (let at: RunFile | undefined = file; at !== undefined && !line.includes(at); at = runs.get(at.run.id)?.base) line.push(at);
  return line;
}

/** In the order of first mention. What only an ancestor recorded is not known to be unchanged: it is given with its source. */
export function effectiveConfig(file: RunFile, study: Pick<StudyAnalysis, "runs">): readonly EffectiveValue[] {
  const found = new Map<string, EffectiveValue>();
  for (const from of ancestorsOf(file, study)) {
    const { config, configText, changes } = from.run;
    for (const [name, value] of Object.entries(config)) {
      if (found.has(name)) continue;
      found.set(name, { name, text: Object.hasOwn(configText, name) ? (configText[name] ?? "") : showValue(value), from });
    }
    for (const { name, to } of changes) if (to !== undefined && !found.has(name)) found.set(name, { name, text: showValue(to), from });
  }
  return [...found.values()];
}
