// What the evidence pages publish: values of parameters are what programs recorded, paths, hosts, users and all.

import type { AnalysedRun, ParameterChange, StudyAnalysis } from "../analysis/study.ts";
import { lazyMap } from "../base/lazy-map.ts";
import type { Settings } from "../record/settings.ts";
import type { Dict } from "../record/tree.ts";
import { isPrivateKey, publicValue } from "./private-facts.ts";

type Asked = Pick<Settings, "site">;

/** Addresses hold no private texts, or hold them encoded. */
const kept: ReadonlySet<string> = new Set(["frame", "address", "log", "all", "slug", "strong", "best", "dashed"]);

/** Every text of a page model or a chart. */
export function publicEvidence<T>(model: T, settings: Asked): T {
  return settings.site.private ? model : (hidden(model, settings) as T);
}

function hidden(value: unknown, settings: Asked): unknown {
  if (typeof value === "string") return publicValue(value, settings);
  if (Array.isArray(value)) return value.map((item) => hidden(item, settings));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, kept.has(key) && typeof item === "string" ? item : hidden(item, settings)]),
  );
}

const isPrivate = (name: string): boolean => isPrivateKey(name.slice(name.lastIndexOf(".") + 1));

/** Whether a parameter has a page. */
export const publishes = (name: string, settings: Asked): boolean => settings.site.private || !isPrivate(name);

/** Without the parameters that name a machine or a person. */
export function publicStudy(study: StudyAnalysis, settings: Asked): StudyAnalysis {
  if (settings.site.private) return study;
  const names = new Set<string>();
  for (const { run } of study.files) for (const name of Object.keys(run.config)) if (!names.has(name)) names.add(name);
  const ignore = [...names].filter(isPrivate);
  if (ignore.length === 0) return study;
  return {
    ...study,
    runs: publicRuns(study.runs),
    impact: study.impact.filter(({ parameter }) => !isPrivate(parameter)),
    settings: { ...study.settings, ignore: [...study.settings.ignore, ...ignore] },
  };
}

function publicRuns(runs: StudyAnalysis["runs"]): StudyAnalysis["runs"] {
  const known = ({ name }: ParameterChange): boolean => !isPrivate(name);
  const seeds = new Map([...runs.keys()].map((id) => [id, id]));
  return lazyMap(seeds, (id): AnalysedRun => {
    const run = runs.get(id);
    if (run === undefined) throw new Error(`no run ${id}`);
    return { ...run, changes: run.changes.filter(known), unrecorded: run.unrecorded.filter(known) };
  });
}

/** A configuration without them. */
export function publicConfig(config: Dict, settings: Asked): Dict {
  if (settings.site.private) return config;
  const entries = config.entries
    .filter(({ key }) => !isPrivateKey(key))
    .map((entry) => (entry.value.kind === "dict" ? { ...entry, value: publicConfig(entry.value, settings) } : entry));
  return { ...config, entries };
}
