// The plan of the site: analyse once, then every file on demand.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderHome, renderRun } from "../../site/pages/render.tsx";
import { analyse } from "../analysis/analyse.ts";
import { pageName } from "../base/address.ts";
import type { Problem } from "../base/problem.ts";
import { toHtml } from "../markdown/html.ts";
import type { RunFile } from "../record/experiment.ts";
import type { HomePage, StudyPage } from "../report/page.ts";
import { runPage } from "../report/run-page.ts";
import { studyPage } from "../report/study-page.ts";
import type { Journal } from "../store/journal.ts";
import type { Plan } from "./plan.ts";

/** The parts of the page that are files of their own: `site.css`, `favicon.svg`. */
export interface Assets {
  readonly styles: string;
  readonly icon: string;
}

export function planSite(journal: Journal, assets: Assets): Plan {
  const analysis = analyse(journal.files(), journal.settings, journal.studies);
  const problems = journal.problems();
  const plan = new Map<string, () => string | Promise<string>>();
  const studies = analysis.studies.filter((study) => study.files.length > 0 || analysis.studies.length === 1);
  plan.set("index.html", async () => {
    const pages = await Promise.all(studies.map(drawn));
    const page: HomePage = {
      title: journal.settings.title,
      studies: pages,
      problems: problems.filter(({ severity }) => severity !== "note").length,
    };
    return renderHome(page);
  });
  plan.set("site.css", () => assets.styles);
  plan.set("favicon.svg", () => assets.icon);
  for (const study of studies) {
    for (const file of study.files) {
      if (file.run.hidden) continue;
      const name = pageOf(file, plan);
      plan.set(`runs/${name}.html`, () =>
        renderRun({ ...runPage(file, study), ...proseOf(journal, file, problems) }, journal.settings.title),
      );
      plan.set(`runs/${name}.md`, () => textOf(journal, file));
    }
  }
  return plan;

  async function drawn(study: (typeof studies)[number]): Promise<StudyPage> {
    const { page, chart } = studyPage(study);
    if (chart === undefined) return page;
    const { drawChart } = await import("./chart.ts");
    return { ...page, figure: { svg: await drawChart(chart, study.settings.name || "main"), caption: chart.name } };
  }
}

/** Two files that claim one id both keep a page: the second is named by its file. */
function pageOf(file: RunFile, plan: Plan): string {
  const name = pageName(file.run.id);
  return plan.has(`runs/${name}.html`) ? pageName(file.path) : name;
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
