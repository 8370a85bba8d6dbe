// `journal run --grid`: one run for each point, all against the same base; started again, it does what is still missing.

import { sha256 } from "../base/hash.ts";
import { JournalError } from "../base/problem.ts";
import { redactAssignment } from "../capture/secret-words.ts";
import type { RunFile } from "../record/experiment.ts";
import type { Journal } from "../store/journal.ts";
import { parseAssignment } from "./assignments.ts";
import { findBases } from "./bases.ts";
import { gridWithId, notAGrid, unusedName } from "./messages-run.ts";
import type { RunPlan } from "./run-plan.ts";
import { findStudy, studyOfFolder } from "./study.ts";

export interface GridPoint {
  readonly plan: RunPlan;
  /** A run of this very point that has finished, or goes on. */
  readonly done?: RunFile;
}

const mostPoints = 10_000;

/** The points in the order of counting, the last name the quickest. */
export async function planGrid(journal: Journal, plan: RunPlan, axes: readonly string[]): Promise<readonly GridPoint[]> {
  if (plan.id !== undefined) throw new JournalError(gridWithId("--id"));
  if (plan.debug) throw new JournalError(gridWithId("--debug"));
  const values = pointsOf(axes, plan.command);
  const files = journal.files();
  const keys = values.map((point) => sha256(JSON.stringify([plan.command, plan.cwd, point])).slice(0, 16));
  const known = new Map(
    files.flatMap((file) => (typeof file.run.run?.other["grid"] === "string" ? [[file.run.run.other["grid"], file] as const] : [])),
  );
  const base = await frozenBase(journal, plan, keys.flatMap((key) => known.get(key) ?? [])[0]);
  return values.map((point, at) => {
    const key = keys[at] ?? "";
    const file = known.get(key);
    const title = Object.entries(point)
      .map(([key, value]) => redactAssignment({ key, value }, (text) => text))
      .map(({ key, value }) => `${key} = ${value}`)
      .join(", ");
    const again = file !== undefined && (file.run.status === "failed" || file.run.status === "lost" || file.run.status === "planned");
    return {
      plan: {
        ...plan,
        base,
        values: { ...plan.values, ...point },
        title: plan.title === undefined ? title : `${plan.title}: ${title}`,
        run: { ...plan.run, grid: key },
        ...(again ? { id: file.run.id } : {}),
      },
      ...(file === undefined || again ? {} : { done: file }),
    };
  });
}

/** Chosen once; a grid that is taken up again keeps the base of its first run. */
async function frozenBase(journal: Journal, plan: RunPlan, first: RunFile | undefined): Promise<readonly string[]> {
  if (first !== undefined) return first.run.base.length === 0 ? ["none"] : first.run.base;
  const study = findStudy(journal, plan.study ?? studyOfFolder(journal, plan.cwd));
  const { files } = await findBases(journal, study, plan.base);
  return files.length === 0 ? ["none"] : files.map(({ run }) => run.id);
}

function pointsOf(axes: readonly string[], command: readonly string[]): readonly Readonly<Record<string, string>>[] {
  let points: readonly Readonly<Record<string, string>>[] = [{}];
  for (const text of axes) {
    const axis = parseAssignment(text);
    const values = axis?.value.split(",").map((value) => value.trim()) ?? [];
    if (axis === undefined || values.length === 0 || values.includes("") || points.length * values.length > mostPoints)
      throw new JournalError(notAGrid(text));
    if (!command.some((word) => word.includes(`{${axis.key}}`))) throw new JournalError(unusedName(axis.key, command));
    points = points.flatMap((point) => [...new Set(values)].map((value) => ({ ...point, [axis.key]: value })));
  }
  return points;
}
