// What `journal run` has to say; strings and numbers in, a Problem out.

import type { Problem, Severity } from "../base/problem.ts";
import { shellWord } from "../base/shell.ts";
import type { Code } from "../capture/code-state.ts";

const make = (code: string, severity: Severity, message: string, hint?: string, path?: string): Problem => ({
  code: `cli/${code}`,
  severity,
  message,
  ...(hint === undefined ? {} : { hint }),
  ...(path === undefined ? {} : { path }),
});

export const nothingToRun = (): Problem =>
  make("nothing-to-run", "error", "no command was given", "put it behind `--`: journal run -- python train.py --lr 3e-4");
export const commandNotFound = (name: string): Problem =>
  make(
    "command-not-found",
    "error",
    `there is no command \`${name}\`, so nothing was started and nothing was written`,
    name.endsWith(".py") || name.endsWith(".sh")
      ? `say what runs it: journal run -- ${name.endsWith(".py") ? "python" : "sh"} ${shellWord(name)}`
      : "look whether it is installed: command -v <name>",
  );
export const commandNotExecutable = (name: string): Problem =>
  make(
    "command-not-executable",
    "error",
    `\`${name}\` may not be executed, so nothing was started and nothing was written`,
    `allow it: chmod +x ${shellWord(name)}`,
  );
export const interpreterNotFound = (name: string, interpreter: string): Problem =>
  make(
    "interpreter-not-found",
    "error",
    `\`${name}\` is a script for \`${interpreter.replace("\r", "\\r")}\`, which is not there, so nothing was started and nothing was written`,
    interpreter.endsWith("\r")
      ? `its lines end as on Windows: sed -i 's/\\r$//' ${shellWord(name)}`
      : `mend its first line, or say what runs it: journal run -- sh ${shellWord(name)}`,
  );
export const notATimeout = (text: string): Problem =>
  make("not-a-timeout", "error", `\`${text}\` is no time to wait`, "write it like `--timeout 90`, `--timeout 30min` or `--timeout 2h`");
export const notACount = (option: string, text: string): Problem =>
  make("not-a-repeat", "error", `\`${option} ${text}\` is no number of runs from 1 to 1000`, `write it like \`${option} 3\``);
export const alreadyRunning = (id: string, path: string): Problem =>
  make("already-running", "error", `${id} is running already`, "wait until it has ended, or start another run: journal run -- …", path);
export const alreadyFinished = (id: string, path: string): Problem =>
  make(
    "already-finished",
    "error",
    `${id} has finished already, and a result is never run over`,
    `start a run of its own: journal run --base ${id} -- …`,
    path,
  );
export const contradicted = (name: string, wished: string, seen: string): Problem =>
  make(
    "set-contradicted",
    "warning",
    `\`${name}\` was to be \`${wished}\`, but the command ran with \`${seen}\`: that is what is recorded`,
    `look at the command and at the file; they should say the same about \`${name}\``,
  );
export const notRecorded = (why: string, severity: Severity = "warning"): Problem =>
  make(
    "not-recorded",
    severity,
    `the command runs, but nothing is recorded: ${why}`,
    "free some space or mend the permissions, then run it again",
  );
export const partlyRecorded = (why: string, path?: string): Problem =>
  make("partly-recorded", "warning", `not everything could be recorded: ${why}`, "the command itself was not disturbed", path);
export const inputsIgnored = (paths: readonly string[], path?: string): Problem =>
  make(
    "inputs-ignored",
    "note",
    `git ignores ${listed(paths)}, which the command names, so it is not in the snapshot`,
    "let git know it (.gitignore), or declare it under `data:` in journal.yaml, which records its hash",
    path,
  );
export const codeDoubts = ({ idle, outside, empty }: Code["doubts"], path?: string): readonly Problem[] => [
  ...(idle.length === 0
    ? []
    : [
        make(
          "no-code-counts",
          "warning",
          `${listed(idle)} under \`code\` of the settings ${idle.length === 1 ? "means" : "mean"} no file of this repository${empty ? ", so every file counts" : ""}`,
          "patterns go from the top of the repository: `train`, `lib/*.py`, `**/*.py`",
          path,
        ),
      ]),
  ...(outside.length === 0
    ? []
    : [
        make(
          "named-not-code",
          "note",
          `the command names ${listed(outside)}, which \`code\` of the settings does not count: a change there is no change of the code`,
          "name it under `code` in journal.yaml or study.yaml",
          path,
        ),
      ]),
];
const listed = (words: readonly string[]): string =>
  `${words
    .slice(0, 3)
    .map((one) => `\`${one}\``)
    .join(", ")}${words.length > 3 ? ` and ${words.length - 3} more` : ""}`;
export const logsInDoubt = (doubt: "older" | "shared", paths: readonly string[], path?: string): Problem =>
  make(
    "logs-in-doubt",
    "note",
    `${paths
      .slice(0, 3)
      .map((one) => `\`${one}\``)
      .join(
        ", ",
      )}${paths.length > 3 ? ` and ${paths.length - 3} more` : ""} changed meanwhile and ${paths.length === 1 ? "was" : "were"} not read: ${
      doubt === "older"
        ? "there before the run, so that nobody knows what is new"
        : "another run went on in this folder, and nobody saw which of them wrote"
    }`,
    "name the file or its folder in the command, and it is read: `--logdir runs/a`",
    path,
  );
export const artifactMissing = (why: string, path: string): Problem =>
  make(
    "artifact-missing",
    "warning",
    `not every artifact could be recorded: ${why}`,
    "look at the path: `--artifact` starts where the command ran, `capture.artifacts` at the journal's root",
    path,
  );
export const repeatsFailed = (
  id: string,
  failed: readonly { number: number; exit: number | undefined }[],
  all: number,
  path: string,
): Problem =>
  make(
    "repeats-failed",
    "warning",
    `${failed.length} of ${all} repeats of ${id} failed (${failed
      .slice(0, 3)
      .map(({ number, exit }) => `repeat ${number}: ${exit === undefined ? "nobody saw it end" : `exit ${exit}`}`)
      .join(", ")}${failed.length > 3 ? ", …" : ""}); what they measured is left out`,
    `look at its output; further repeats: journal rerun ${id} --seeds ${all + 1}-${all + failed.length}`,
    path,
  );
export const nothingMeasured = (id: string, pattern: string | undefined): Problem =>
  make(
    "nothing-measured",
    "note",
    `${id} told no metric: nothing it printed and no log file that it held open was read as one`,
    pattern === undefined
      ? "print `METRIC name=value`, or name the folder of its logs in the command (`--out runs/a`)"
      : `its output can be read with this line in journal.yaml: capture: { patterns: ['${pattern}'] }`,
  );
export const shareGuessed = ({ message, hint }: { readonly message: string; readonly hint: string }, path?: string): Problem =>
  make("share-guessed", "note", message, hint, path);
export const resultWaits = (id: string, path: string): Problem =>
  make(
    "result-waits",
    "warning",
    `the file of ${id} is not there (\`${path}\`), so its result waits in \`.journal/live/${id}/\``,
    "bring the file back (git checkout, git stash pop), then: journal check --fix",
    path,
  );
export const resultRefused = (id: string, path: string, why: string): Problem =>
  make(
    "result-refused",
    "warning",
    `the result of ${id} could not be written into its file (${why}), so it waits in \`.journal/live/${id}/\``,
    "mend the file, then: journal check --fix",
    path,
  );
export const runLost = (id: string, path: string): Problem => ({
  ...make(
    "run-lost",
    "warning",
    `${id} was started on this machine and nobody saw it end: neither it nor \`journal run\` is alive`,
    "write down what there is, and that it was lost: journal check --fix",
    path,
  ),
  fix: "live-run",
});
export const runWaits = (id: string, path: string): Problem => ({
  ...make("run-waits", "warning", `${id} has ended, but its result is not in its file yet`, "write it: journal check --fix", path),
  fix: "live-run",
});
export const fileGone = (id: string, path: string): Problem =>
  make(
    "file-gone",
    "note",
    `${id} has ended and its file is not on this branch; the result waits in \`.journal/live/${id}/\``,
    `when \`${path}\` is back, or where no commit and no stash has it: journal check --fix`,
    path,
  );
export const worktreeLeft = (path: string): Problem => ({
  ...make(
    "worktree-left",
    "note",
    `a rerun was killed and left its worktree behind: \`${path}\``,
    "remove it: journal check --fix; the next rerun does so too",
  ),
  fix: "left-worktree",
});
export const notAGrid = (text: string): Problem =>
  make("not-a-grid", "error", `\`${text}\` is not \`name=value,value\``, "write it like `--grid lr=1e-4,3e-4`");
export const gridWithId = (option: string): Problem =>
  make("grid-with-id", "error", `\`--grid\` makes runs of its own, so \`${option}\` cannot go with it`, `leave out \`${option}\``);
export const unusedName = (name: string, command: readonly string[]): Problem =>
  make(
    "unused-name",
    "error",
    `\`{${name}}\` does not stand in the command, so every point of the grid would be the same run`,
    `put it where the value belongs: journal run --grid ${name}=… -- ${command.slice(0, 3).map(shellWord).join(" ")} --${name} '{${name}}'`,
  );
export const checksFailed = (id: string, command: string, exit: number, path: string): Problem =>
  make(
    "checks-failed",
    "error",
    `the checks of ${id} failed: \`${command}\` ended with ${exit}`,
    "mend what they found; until then the run cannot be kept",
    path,
  );
export const notWhileDetached = (): Problem =>
  make(
    "not-detached",
    "error",
    "the run could not be sent to the background: it ended before it began",
    "run it without `--detach` to see why",
  );
