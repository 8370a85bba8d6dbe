// The names a filter can use: the fields of the template, and the parameters and metrics these runs and settings know.

import { JournalError, type Problem } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import type { RunFile } from "../record/experiment.ts";
import { isDuration } from "../record/guess.ts";
import { unitScale } from "../record/quantity.ts";
import { type IdIndex, indexIds } from "../record/reference.ts";
import type { Settings, StudySettings } from "../record/settings.ts";
import { type Field, type FindDifferences, fieldNamed, fieldNames } from "./fields.ts";
import type { Spot } from "./filter.ts";
import { ambiguousName, type Place, unknownName } from "./messages.ts";

export interface MetricName {
  readonly name: string;
  /** Its own name and the ones it is imported from. */
  readonly names: readonly string[];
  /** Of every value, so that a bare number among percentages is a slip. */
  readonly unit?: string;
  readonly duration: boolean;
}

export interface Vocabulary {
  readonly configs: ReadonlySet<string>;
  /** By its own name and by the ones it is imported from. */
  readonly metrics: ReadonlyMap<string, MetricName>;
  /** The authors' own words for decisions. */
  readonly decisions: ReadonlySet<string>;
  readonly ids: IdIndex;
  readonly studies: ReadonlyMap<string, StudySettings>;
  /** Without it the changes are the ones that the files list. */
  readonly differences?: FindDifferences;
}

/** What a name means, once resolved. */
export type Subject =
  | { readonly kind: "field"; readonly field: Field }
  | { readonly kind: "config"; readonly name: string }
  | { readonly kind: "metric"; readonly metric: MetricName };

export function vocabulary(
  files: readonly RunFile[],
  settings: Settings,
  studies: ReadonlyMap<string, StudySettings> = new Map([["", settings.study]]),
  differences?: FindDifferences,
): Vocabulary {
  const configs = new Set<string>();
  const units = new Map<string, Units>();
  const decisions = new Set<string>();
  for (const { run } of files) {
    for (const name of Object.keys(run.config)) configs.add(name);
    for (const { name, after } of run.metrics) if (after !== undefined) units.set(name, addUnit(units.get(name), after.unit));
    if (run.decisionWord !== undefined) decisions.add(run.decisionWord);
  }
  const metrics = new Map<string, MetricName>();
  for (const declared of [settings, ...studies.values()]) {
    for (const name of Object.keys(declared.parameters)) configs.add(name);
    for (const metric of Object.values(declared.metrics)) {
      const unit = metric.unit === undefined ? units.get(metric.name) : { unit: metric.unit, time: isTime(metric.unit) };
      const word = metricName(metric.name, [metric.name, ...metric.from], unit);
      for (const name of word.names) metrics.set(name, word);
    }
  }
  for (const [name, unit] of units) if (!metrics.has(name)) metrics.set(name, metricName(name, [name], unit));
  return { configs, metrics, decisions, ids: indexIds(files), studies, ...(differences === undefined ? {} : { differences }) };
}

/** What the values of one metric are written in. */
interface Units {
  /** The same for all of them; absent where they differ. */
  readonly unit: string | undefined;
  /** One of them is a time. */
  readonly time: boolean;
}

const isTime = (unit: string): boolean => unitScale(unit)?.dimension === "time";

function addUnit(known: Units | undefined, unit: string | undefined): Units {
  if (known === undefined) return { unit, time: unit !== undefined && isTime(unit) };
  if (known.unit === unit) return known;
  return { unit: undefined, time: known.time || (unit !== undefined && isTime(unit)) };
}

function metricName(name: string, names: readonly string[], units: Units | undefined): MetricName {
  const { unit, time = false } = units ?? {};
  return { name, names, duration: time || isDuration(name), ...(unit === undefined ? {} : { unit }) };
}

const configScope = /^config\.(?=.)/;
const metricScope = /^metrics?\.(?=.)/;

/** Field, then parameter, then metric; nothing for a name nobody knows, `ambiguous` for one that is both of the latter. */
export function lookUp(name: string, known: Vocabulary): Subject | "ambiguous" | undefined {
  const field = fieldNamed(name);
  if (field !== undefined) return { kind: "field", field };
  const metric = known.metrics.get(name);
  if (known.configs.has(name)) return metric === undefined ? { kind: "config", name } : "ambiguous";
  if (metric !== undefined) return { kind: "metric", metric };
  const config = name.replace(configScope, "");
  if (config !== name && known.configs.has(config)) return { kind: "config", name: config };
  const scoped = name.replace(metricScope, "");
  const measured = scoped === name ? undefined : known.metrics.get(scoped);
  return measured === undefined ? undefined : { kind: "metric", metric: measured };
}

/** Throws a JournalError at the name when it means nothing or two things. */
export function resolveName(spot: Spot, text: string, known: Vocabulary): Subject {
  const found = lookUp(spot.text, known);
  if (found === "ambiguous" || found === undefined)
    throw new JournalError(nameProblem(found, spot.text, { text, start: spot.start, end: spot.end }, known));
  return found;
}

export function nameProblem(found: "ambiguous" | undefined, name: string, place: Place, known: Vocabulary): Problem {
  return found === "ambiguous" ? ambiguousName(place, name) : unknownName(place, name, closest(name, known));
}

/** The name that was probably meant: `lr` for `optimizer.lr`, `val_accuracy` for `val_acuracy`. */
function closest(name: string, known: Vocabulary): string | undefined {
  const nested = [...known.configs].filter((path) => path.endsWith(`.${name}`));
  if (nested.length > 0) return nested[0];
  const words = [...fieldNames, ...known.metrics.keys(), ...known.configs];
  const scope = configScope.exec(name)?.[0] ?? metricScope.exec(name)?.[0] ?? "";
  const found = suggest(name.slice(scope.length), words);
  return found === undefined ? undefined : scope + found;
}
