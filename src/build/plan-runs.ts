// A page per run, the run's own file and its attachments beside it, and its curves for the live chart.

import { renderRun } from "../../site/pages/run.tsx";
import type { AnalysedRun } from "../analysis/study.ts";
import type { Draft } from "../base/draft.ts";
import { once } from "../base/once.ts";
import type { Problem } from "../base/problem.ts";
import type { RunFile } from "../record/experiment.ts";
import { indexIds, resolve } from "../record/reference.ts";
import { publicText } from "../report/private.ts";
import type { RunFacts } from "../report/run-facts.ts";
import { type RunPage, runPage } from "../report/run-page.ts";
import { runRef } from "../report/view.ts";
import { attachmentsOf, contentOf, hashOf } from "./attachments.ts";
import type { SiteContext, StudySite } from "./context.ts";
import { curvesAddress, curvesOf, curvesScript, tablesOf, tailOf } from "./curves.ts";
import type { Model } from "./model.ts";
import type { Entry, PlannedFile } from "./plan.ts";
import { renderProse } from "./prose.ts";
import { wholeKey } from "./prose-key.ts";
import { placesOf } from "./prose-links.ts";
import type { Prose } from "./prose-options.ts";
import { runKeys } from "./run-keys.ts";
import { runPages } from "./run-pages.ts";
import { withoutEmpty } from "./run-text.ts";
import { openSources, type Source } from "./source.ts";

/** What all run pages share, made once and only when the first of them is asked for. */
interface Runs {
  readonly site: SiteContext;
  readonly key: ReturnType<typeof runKeys>;
  readonly problems: () => ReadonlyMap<string, readonly Problem[]>;
  readonly find: (reference: string) => RunFile | undefined;
  /** Nothing where the file is not there at the moment. */
  readonly source: (path: string) => Source | undefined;
}

interface One {
  readonly file: RunFile;
  readonly study: StudySite;
  readonly name: string;
}

export function planRuns(site: SiteContext): readonly Entry[] {
  const pages = runPages(site);
  const runs: Runs = {
    site,
    key: runKeys(site),
    problems: once(() => problemsByPath(site)),
    find: finder(site),
    source: openSources(site.journal.root, site.journal.settings),
  };
  const entries: Entry[] = [];
  for (const study of site.studies) {
    for (const file of study.study.files) {
      const name = pages.get(file.path);
      if (name !== undefined) entries.push(...filesOf(runs, { file, study, name }));
    }
  }
  return entries;
}

/** What a page shows goes before the page. */
function filesOf(runs: Runs, one: One): readonly Entry[] {
  const { site } = runs;
  const { file, name } = one;
  const attached = attachmentsOf(site, file.path, file.run.id).flatMap((attachment): readonly Entry[] => {
    const { address } = attachment;
    const visibility = site.journal.settings.site.private ? "all" : "public";
    const content = { key: () => `${hashOf(site, attachment)} ${visibility}`, make: () => contentOf(site, attachment) };
    return address === undefined ? [] : [[address, content]];
  });
  const tables = tablesOf(site, file);
  const curves: readonly Entry[] =
    tables.length === 0
      ? []
      : [
          [
            curvesAddress(name),
            {
              key: () => [file.run.id, ...tables.map((table) => `${table.name} ${hashOf(site, table)}`)].join("\n"),
              make: () => curvesScript(site, file),
            },
          ],
        ];
  return [
    ...attached,
    ...curves,
    [
      `runs/${name}.md`,
      {
        key: () => `${file.hash} ${site.journal.settings.site.private}`,
        make: () => runs.source(file.path)?.copy.text,
        model: () => ({ kind: "copy", source: file.path }),
      },
    ],
    [`runs/${name}.html`, pageFile(runs, one)],
  ];
}

/** A body with live blocks shows other runs too. */
function pageFile(runs: Runs, one: One): PlannedFile {
  const key = (): string => keyOf(runs, one);
  return {
    make: () => makePage(runs, one),
    model: () => makeModel(runs, one),
    key: one.file.body.live === true ? () => `${key()} ${wholeKey(runs.site)}` : key,
  };
}

function keyOf({ key, problems, find }: Runs, { file, study }: One): string {
  const { rerunOf, repeatOf } = file.run;
  const named = [rerunOf, repeatOf].map((reference) => (reference === undefined ? undefined : find(reference)));
  const kin = study.study.kin(file.run.id);
  return key({ file, study, kin: kin?.file === file ? kin : undefined, problems: problems().get(file.path) ?? [], named });
}

function analysedIn({ study }: StudySite, file: RunFile): AnalysedRun | undefined {
  const found = study.runs.get(file.run.id);
  return found?.file === file ? found : undefined;
}

async function makePage(runs: Runs, one: One): Promise<string | undefined> {
  const { site } = runs;
  const { file, study, name } = one;
  const source = runs.source(file.path);
  if (source === undefined) return undefined;
  const path = `runs/${name}.html`;
  return renderRun(pageOf(runs, one, source, file.broken === true ? nothing : await bodyOf(site, file, { ...source, path, study })));
}

const nothing: Prose = { html: "", problems: [] };

/** Of a page whose body, as far as is known of it, needs nothing of the site. */
function makeModel(runs: Runs, one: One): Model | undefined {
  const { body, broken, path, run } = one.file;
  if (broken === true || body.live === true || body.links.length > 0 || attachmentsOf(runs.site, path, run.id).length > 0) return undefined;
  return { kind: "run", page: pageOf(runs, one, unread, nothing), source: path };
}

/** What comes from the file itself is filled in later. */
const unread: Pick<Source, "copy"> = { copy: { text: "", hidden: false } };

function pageOf(runs: Runs, one: One, { copy }: Pick<Source, "copy">, body: Prose): RunPage {
  const { site } = runs;
  const { file, study, name } = one;
  const facts = factsOf(runs, one, { reduced: copy.hidden, live: body.problems });
  const frame = site.frame({
    path: `runs/${name}.html`,
    title: publicText(runRef(file).title, site.journal.settings),
    study,
    ...(facts.curves === undefined ? {} : { scripts: ["chart"] }),
  });
  return runPage(facts, {
    frame,
    body: body.html,
    copy: `runs/${name}.md`,
    ...(file.broken === true ? { raw: copy.text } : {}),
  });
}

function factsOf(
  { site, problems, find }: Runs,
  { file, study }: One,
  { reduced, live }: { readonly reduced: boolean; readonly live: readonly Problem[] },
): RunFacts {
  const pages = runPages(site);
  const curves = curvesOf(site, file, analysedIn(study, file)?.base);
  const tail = tailOf(site, file);
  const { repository } = placesOf(site);
  const facts: Draft<RunFacts> = {
    file,
    study: study.study,
    settings: site.journal.settings,
    studies: site.journal.studies,
    folder: study.folder,
    address: (other) => {
      const name = pages.get(other.path);
      return name === undefined ? undefined : `runs/${name}.html`;
    },
    find,
    attachments: attachmentsOf(site, file.path, file.run.id),
    problems: [...(problems().get(file.path) ?? []), ...live],
    reduced,
  };
  if (repository !== undefined) facts.repository = repository;
  if (curves !== undefined) facts.curves = curves;
  if (tail !== undefined) facts.tail = tail;
  return facts;
}

interface BodyPlace extends Pick<Source, "text" | "bodyStart"> {
  readonly path: string;
  readonly study: StudySite;
}

async function bodyOf(site: SiteContext, file: RunFile, { text, bodyStart, path, study }: BodyPlace): Promise<Prose> {
  const line = text.slice(0, bodyStart).split("\n").length;
  const body = withoutEmpty(text.slice(bodyStart));
  const { html, problems } = await renderProse(site, body, { path, source: file.path, line, study });
  return { html: publicText(html, site.journal.settings), problems };
}

function problemsByPath(site: SiteContext): ReadonlyMap<string, readonly Problem[]> {
  const byPath = new Map<string, Problem[]>();
  for (const problem of site.problems()) {
    const { path = "" } = problem;
    const known = byPath.get(path);
    if (known === undefined) byPath.set(path, [problem]);
    else known.push(problem);
  }
  return byPath;
}

/** Few runs name another one besides their bases, so that the index is seldom made. */
function finder(site: SiteContext): (reference: string) => RunFile | undefined {
  const index = once(() => {
    const files = site.analysis.studies.flatMap(({ files: all }) => all);
    const byId = new Map<string, RunFile>();
    for (const file of files) if (!byId.has(file.run.id)) byId.set(file.run.id, file);
    return { ids: indexIds(files), byId };
  });
  return (reference) => {
    const { ids, byId } = index();
    const found = resolve(reference, ids);
    return "id" in found ? byId.get(found.id) : undefined;
  };
}
