// A page per run, and the run's own file beside it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderRun } from "../../site/pages/run.tsx";
import { pageName } from "../base/address.ts";
import type { Problem } from "../base/problem.ts";
import { toHtml } from "../markdown/html.ts";
import type { RunFile } from "../record/experiment.ts";
import { runPage } from "../report/run-page.ts";
import type { Journal } from "../store/journal.ts";
import type { SiteContext, StudySite } from "./context.ts";
import type { Entry } from "./plan.ts";

export function planRuns(site: SiteContext): readonly Entry[] {
  const taken = new Set<string>();
  return site.studies.flatMap((study) =>
    study.study.files
      .filter(({ run }) => !run.hidden)
      .flatMap((file): readonly Entry[] => {
        const name = pageOf(file, taken);
        const path = `runs/${name}.html`;
        return [
          [path, { make: () => page(site, study, file, path) }],
          [`runs/${name}.md`, { key: () => file.hash, make: () => textOf(site.journal, file) }],
        ];
      }),
  );
}

/** Two files that claim one id both keep a page: the second is named by its file. */
function pageOf(file: RunFile, taken: Set<string>): string {
  const name = pageName(file.run.id);
  const own = taken.has(name) ? pageName(file.path) : name;
  taken.add(own);
  return own;
}

function page(site: SiteContext, study: StudySite, file: RunFile, path: string): string {
  return renderRun({
    ...runPage(file, study.study),
    ...proseOf(site.journal, file, site.problems()),
    frame: site.frame({ path, title: file.run.title, study }),
  });
}

function proseOf(
  journal: Journal,
  file: RunFile,
  problems: readonly Problem[],
): { body: string; problems: readonly string[]; raw?: string } {
  const text = textOf(journal, file);
  const { parsed } = journal.read(file.path);
  const own = problems
    .filter(({ path }) => path === file.path)
    .map((problem) => `${problem.path}:${problem.line ?? 1}: ${problem.message}`);
  return parsed.broken
    ? { body: "", problems: own, raw: text }
    : { body: toHtml(text.slice(parsed.fences?.bodyStart ?? 0)), problems: own };
}

function textOf(journal: Journal, file: RunFile): string {
  return readFileSync(join(journal.root, file.path), "utf8");
}
