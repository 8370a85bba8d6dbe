// journal.yaml and study.yaml from disk. A mistake in them costs a diagnostic and the default, never the journal.

import { lineStarts, type Problem, place } from "../base/problem.ts";
import { decode } from "../markdown/decode.ts";
import { placeKeys } from "../markdown/parse.ts";
import { parseYaml } from "../markdown/yaml.ts";
import { normalizeSettings, normalizeStudy } from "../record/normalize-settings.ts";
import type { Settings, StudySettings } from "../record/settings.ts";
import type { Tree } from "../record/tree.ts";
import { readBytes } from "./read.ts";
import { runFolder, settingsFile, studyFile } from "./root.ts";

export function readSettings(root: string): { readonly settings: Settings; readonly problems: readonly Problem[] } {
  const { tree, problems, placed } = readYaml(root, settingsFile);
  const normal = normalizeSettings(tree);
  return { settings: normal.settings, problems: [...problems, ...normal.problems.map(placed)] };
}

/** `names` from `experiments/`; the default study comes first, as "". */
export function readStudies(
  root: string,
  names: readonly string[],
  settings: Settings,
): { readonly studies: ReadonlyMap<string, StudySettings>; readonly problems: readonly Problem[] } {
  const studies = new Map<string, StudySettings>([["", settings.study]]);
  const all: Problem[] = [];
  for (const name of names) {
    const { tree, problems, placed } = readYaml(root, `${runFolder}/${name}/${studyFile}`);
    const normal = normalizeStudy(tree, name, settings);
    studies.set(name, normal.study);
    all.push(...problems, ...normal.problems.map(placed));
  }
  return { studies, problems: all };
}

export interface Setup {
  readonly settings: Settings;
  readonly studies: ReadonlyMap<string, StudySettings>;
  readonly problems: readonly Problem[];
}

/** Of the whole journal; `names` as above. */
export function readSetup(root: string, names: readonly string[]): Setup {
  const { settings, problems } = readSettings(root);
  const { studies, problems: more } = readStudies(root, names, settings);
  return { settings, studies, problems: [...problems, ...more] };
}

/** Rules across files may blame a key of journal.yaml or study.yaml. */
export function placeInSettings(root: string, path: string, problem: Problem): Problem {
  const { tree, text } = readYaml(root, path);
  return tree?.kind === "dict" ? placeKeys(problem, { tree }, text) : problem;
}

interface YamlRead {
  readonly text: string;
  readonly tree: Tree | undefined;
  readonly problems: readonly Problem[];
  readonly placed: (problem: Problem) => Problem;
}

function readYaml(root: string, path: string): YamlRead {
  const nowhere = (problem: Problem): Problem => ({ ...problem, path });
  const read = readBytes(root, path);
  if (read.problem !== undefined) return { text: "", tree: undefined, problems: [read.problem], placed: nowhere };
  const { text, problem } = decode(read.bytes);
  if (text === undefined) return { text: "", tree: undefined, problems: [nowhere(problem)], placed: nowhere };
  const starts = lineStarts(text);
  const placed = (found: Problem): Problem => place(found, path, starts);
  const { tree, problems } = parseYaml(text, text.charCodeAt(0) === 0xfeff ? 1 : 0, text.length);
  return { text, tree, problems: problems.map(placed), placed };
}
