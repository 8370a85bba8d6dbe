// What `impact` and `tried` have to say; strings and numbers in, a Problem out.

import type { Problem } from "../base/problem.ts";

export const unknownParameter = (name: string, guess: string | undefined): Problem => ({
  code: "cli/unknown-parameter",
  severity: "error",
  message: `no run recorded the parameter \`${name}\``,
  hint: guess === undefined ? "`journal impact` lists those that were varied" : `did you mean \`${guess}\`?`,
});

export const noMetric = (name: string, known: readonly string[], guess: string | undefined): Problem => ({
  code: "cli/no-metric",
  severity: "error",
  message: `no run of the study measured \`${name}\``,
  hint:
    guess === undefined
      ? known.length === 0
        ? "it has no results yet"
        : `it has ${known
            .slice(0, 8)
            .map((one) => `\`${one}\``)
            .join(", ")}`
      : `did you mean \`${guess}\`?`,
});

export const triedBefore = (id: string, outcome: string, reason: string | undefined, strict: boolean): Problem => ({
  code: "cli/tried-before",
  severity: strict ? "error" : "warning",
  message: `\`${id}\` was exactly this already (${outcome}${reason === undefined ? "" : `: ${reason}`}): same parameters, code and data`,
  hint: strict
    ? `see \`journal show ${id}\`; another seed would be a repetition: \`--set seed=2\``
    : `see \`journal show ${id}\`; for one more value of it set \`repeat_of=${id}\` on the new run`,
});

export const nothingAsked = (): Problem => ({
  code: "cli/nothing-asked",
  severity: "error",
  message: "nothing to look for was given",
  hint: "name parameters, words or a run: `journal tried lr=3e-4 cosine`, `journal tried --like 42`",
});

export const notNearness = (text: string): Problem => ({
  code: "cli/not-a-nearness",
  severity: "error",
  message: `\`${text}\` is no distance between 0 and 1`,
  hint: "0 finds what is the same, 1 everything: `--near 0.1`",
});

/** Of a kept run the result cannot be made again; of others it is worth knowing. */
export const danglingCommit = (commit: string, kept: boolean): Problem => ({
  code: "cli/dangling-commit",
  severity: kept ? "warning" : "note",
  message: `commit \`${commit.slice(0, 12)}\` is not in this repository: it was never fetched, or lost in a reset or a squash`,
  hint: "`git fetch --all` brings what others have; `git reflog` shows what a reset left behind",
});

export const danglingCommits = (count: number): Problem => ({
  code: "cli/dangling-commits",
  severity: "note",
  message: `none of the ${count} commits that runs name is in this repository`,
  hint: "the code lives elsewhere, or its history was rewritten: what changed in it cannot be shown",
});
