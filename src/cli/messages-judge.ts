// What the commands that judge have to say.

import type { Problem } from "../base/problem.ts";

export const notTwoNames = (text: string): Problem => ({
  code: "cli/not-two-names",
  severity: "error",
  message: `\`--pivot ${text}\` does not name one or two parameters`,
  hint: "write `--pivot lr,batch_size`: the first goes down, the second across",
});

export const nothingSince = (since: string): Problem => ({
  code: "cli/nothing-since",
  severity: "error",
  message: `no run with a result was added or changed since \`${since}\``,
  hint: "`journal list --since` shows what there is",
});

export const noSuchGoal = (name: string, known: readonly string[], guess: string | undefined): Problem => ({
  code: "cli/no-such-goal",
  severity: "error",
  message: `there is no goal \`${name}\``,
  hint:
    guess === undefined
      ? known.length === 0
        ? "set one in journal.yaml: `study: { goals: { accuracy: max val_accuracy } }`"
        : `there are: ${known.map((one) => `\`${one}\``).join(", ")}`
      : `did you mean \`${guess}\`?`,
});

export const noBest = (): Problem => ({
  code: "cli/no-best",
  severity: "error",
  message: "no finished run answers a goal, so there is no configuration to print",
  hint: "`journal best` says why for each goal",
});

export const againstWhat = (): Problem => ({
  code: "cli/against-what",
  severity: "error",
  message: "`--against` names what a run is held against, and no run was named",
  hint: "`journal verdict 42 --against 17`",
});

/** `EXP042-k7f3 regressed`, one each. */
export const gateFailed = (which: readonly string[]): Problem => ({
  code: "cli/gate-failed",
  severity: "error",
  message: `the gate is closed: ${short(which)}`,
  hint: "see why with `journal verdict ID`; the decision is yours: discard it, or leave `--gate` out",
});

export const inconclusive = (which: readonly string[]): Problem => ({
  code: "cli/inconclusive",
  severity: "note",
  message: `no answer yet: ${short(which)}`,
  hint: "`because` and `to know` above say what is missing",
});

export const keptWithinNoise = (id: string, metric: string, change: string, noise: string, n: string): Problem => ({
  code: "cli/kept-within-noise",
  severity: "warning",
  message: `${id} is kept although ${metric} changed within the noise: ${change}, noise ${noise}, ${n}`,
  hint: `the decision is yours and stands; more seeds would tell: \`journal verdict ${id}\` says how many`,
});

export const keptAlthoughWorse = (id: string, metric: string, change: string, n: string): Problem => ({
  code: "cli/kept-although-worse",
  severity: "warning",
  message: `${id} is kept although ${metric} got worse: ${change}, ${n}`,
  hint: `the decision is yours and stands; where there was a reason, write it down: \`journal keep ${id} -m "simpler"\``,
});

const most = 5;
const short = (which: readonly string[]): string =>
  which.length > most ? `${which.slice(0, most).join(", ")} and ${which.length - most} more` : which.join(", ");
