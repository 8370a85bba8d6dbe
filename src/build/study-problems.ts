// Problems by the study whose files they are about.

import type { Problem } from "../base/problem.ts";
import type { SiteContext, StudySite } from "./context.ts";

const sorted = new WeakMap<readonly Problem[], ReadonlyMap<string | undefined, readonly Problem[]>>();

/** `undefined`: of the journal as a whole, its settings and what belongs to no study. */
export function problemsOf(site: SiteContext, study: StudySite | undefined): readonly Problem[] {
  const problems = site.problems();
  let byStudy = sorted.get(problems);
  if (byStudy === undefined) {
    byStudy = byFolder(problems, site);
    sorted.set(problems, byStudy);
  }
  return byStudy.get(study?.study.settings.name) ?? [];
}

/** The longest study folder that the file lies in; the default study has the rest of `experiments/`. */
function byFolder(problems: readonly Problem[], { studies }: SiteContext): ReadonlyMap<string | undefined, readonly Problem[]> {
  const names = studies.map(({ study }) => study.settings.name).sort((left, right) => right.length - left.length);
  const found = new Map<string | undefined, Problem[]>();
  for (const problem of problems) {
    const path = problem.path ?? "";
    const name = names.find((one) => path.startsWith(one === "" ? "experiments/" : `experiments/${one}/`));
    const list = found.get(name);
    if (list === undefined) found.set(name, [problem]);
    else list.push(problem);
  }
  return found;
}
