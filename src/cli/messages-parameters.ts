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
