// What the page of a run depends on, as a text per run: its own file, the runs it is compared with, those made from it, and facts of the
// study. Told by the hashes of files, so that nothing has to be computed to know that a page is still right.

import type { Group, Kin, MetricView, StudyAnalysis } from "../analysis/study.ts";
import { sha256 } from "../base/hash.ts";
import type { Problem } from "../base/problem.ts";
import { type RunFile, saidOf } from "../record/experiment.ts";
import { attachmentsOf, contentKey } from "./attachments.ts";
import type { SiteContext, StudySite } from "./context.ts";
import { noiseInputs } from "./inputs-rows.ts";
import { findTarget, placesOf } from "./prose-links.ts";
import { runPages } from "./run-pages.ts";

export interface RunKeyParts {
  readonly file: RunFile;
  readonly study: StudySite;
  readonly kin: Kin | undefined;
  readonly problems: readonly Problem[];
  /** Runs that this one names besides its bases. */
  readonly named: readonly (RunFile | undefined)[];
}

/** As many children as a page names. */
const mostChildren = 8;
const mostMembers = 9;

const none: readonly never[] = [];

export function runKeys(site: SiteContext): (parts: RunKeyParts) => string {
  const pages = runPages(site);
  const grounds = new Map<string, Ground>();
  const groundOf = (study: StudySite): Ground => {
    const { name } = study.study.settings;
    const ground = grounds.get(name) ?? makeGround(site, study);
    grounds.set(name, ground);
    return ground;
  };
  const homes = new Map(site.analysis.studies.map((study) => [study.settings.name, study]));
  const settings = new Map<string, string>();
  const groups = new WeakMap<Group, string>();
  const groupKey = (group: Group | undefined): string => {
    if (group === undefined) return "";
    const key = groups.get(group) ?? makeGroupKey(group, pages);
    groups.set(group, key);
    return key;
  };
  const runKey = (file: RunFile): string => `${saidOf(file)} ${pages.get(file.path) ?? ""}`;
  const settingsKey = (study: StudyAnalysis): string => {
    const key = settings.get(study.settings.name) ?? sha256(JSON.stringify(study.settings));
    settings.set(study.settings.name, key);
    return key;
  };
  /** A run in another study is measured by the settings there. */
  const kinKey = (file: RunFile, home: StudySite): string => {
    const theirs = homes.get(file.study);
    if (theirs === undefined || theirs === home.study) return nearKey(file, theirs);
    return nearKey(file, theirs) + settingsKey(theirs);
  };
  /** A run is told of on its own page and on those of its bases and children. */
  const told = new Map<RunFile, string>();
  const nearKey = (file: RunFile, theirs: StudyAnalysis | undefined): string => {
    let key = told.get(file);
    if (key === undefined) {
      key = `${runKey(file)} ${groupKey(theirs?.kin(file.run.id)?.group)} `;
      told.set(file, key);
    }
    return key;
  };
  return ({ file, study, kin, problems, named }) => {
    const ground = groundOf(study);
    const own = contentKey(site, attachmentsOf(site, file.path, file.run.id));
    const base = kin?.bases[0];
    let key = `${ground.facts}\n${file.path} ${file.hash}\n${kinKey(file, study)}\n${metricKey(file, kin, ground)}\n`;
    if (study.study.baseline?.files.includes(file) === true) key += "baseline";
    // A curve may be of a metric that the file does not name.
    if (own !== "") key += `\n${own} ${ground.allMetrics}`;
    key += "\nbases";
    for (const one of kin?.bases ?? none) key += `\n${kinKey(one, study)}`;
    if (base !== undefined) key += `\n${contentKey(site, attachmentsOf(site, base.path, base.run.id))}`;
    key += "\ncut";
    for (const one of kin?.cut ?? none) key += `\n${runKey(one)}`;
    let children = 0;
    for (const child of kin?.children ?? none) {
      if (!pages.has(child.path)) continue;
      if (children < mostChildren) key += `\n${kinKey(child, study)}`;
      children += 1;
    }
    key += `\n${children} children\nnamed`;
    for (const other of named) key += `\n${other === undefined ? "nobody" : kinKey(other, study)}`;
    if (problems.length > 0) key += `\n${JSON.stringify(problems)}`;
    if (file.body.links.length > 0) key += `\n${linkKey(site, file)}`;
    return key;
  };
}

/** The same for all runs of a study, and seldom another. */
interface Ground {
  readonly facts: string;
  readonly metrics: ReadonlyMap<string, string>;
  readonly allMetrics: string;
}

function makeGround(site: SiteContext, at: StudySite): Ground {
  const { study, title, folder } = at;
  const { settings } = site.journal;
  const frame = site.frame({ path: "", title: "", study: at });
  const { repository } = placesOf(site);
  const facts = [
    settings.site,
    settings.data,
    settings.capture,
    study.settings,
    study.era,
    study.primary?.name,
    title,
    folder,
    frame,
    repository,
  ];
  const metrics = metricFacts(study);
  return { facts: sha256(JSON.stringify(facts)), metrics, allMetrics: sha256([...metrics].join()) };
}

/** By every name a run may call it; the place among the others is the place in the table. */
function metricFacts(study: StudyAnalysis): ReadonlyMap<string, string> {
  const { metrics, settings } = study;
  const facts = new Map<string, string>();
  for (const [at, metric] of metrics.entries()) {
    const { name }: MetricView = metric;
    const text = sha256(`${at} ${JSON.stringify([metric, noiseInputs(study, name)])}`).slice(0, 16);
    const known = Object.hasOwn(settings.metrics, name) ? settings.metrics[name] : undefined;
    for (const alias of known?.from ?? []) facts.set(alias, text);
    facts.set(name, text);
  }
  return facts;
}

/** Of the run and of those it is pooled with. */
function metricKey(file: RunFile, kin: Kin | undefined, { metrics }: Ground): string {
  let key = "";
  for (const { run } of kin?.group.files ?? [file]) for (const { name } of run.metrics) key += metrics.get(name) ?? name;
  return key;
}

/** What its values are pooled from, and whom a page of it names. */
function makeGroupKey({ files }: Group, pages: ReadonlyMap<string, string>): string {
  return files.map((file, at) => (at < mostMembers ? `${saidOf(file)} ${pages.get(file.path) ?? ""}` : saidOf(file))).join(" ");
}

/** Where the links of its prose lead. */
function linkKey(site: SiteContext, { path, body }: RunFile): string {
  return JSON.stringify(
    body.links.map(({ target }) => [findTarget(site, path, target, "link"), findTarget(site, path, target, "picture")]),
  );
}
