// Everything the command line itself has to say; strings and numbers in, a Problem out.

import type { Problem } from "../base/problem.ts";
import { shellWord } from "../base/shell.ts";

const error = (code: string, message: string, hint?: string): Problem => ({
  code,
  severity: "error",
  message,
  ...(hint === undefined ? {} : { hint }),
});
const warning = (code: string, message: string, hint?: string): Problem => ({
  code,
  severity: "warning",
  message,
  ...(hint === undefined ? {} : { hint }),
});
const note = (code: string, message: string, hint?: string): Problem => ({
  code,
  severity: "note",
  message,
  ...(hint === undefined ? {} : { hint }),
});

/** Ids of the argument parser → ours. */
const usageCodes: Readonly<Record<string, string>> = {
  "commander.unknownCommand": "cli/unknown-command",
  "commander.unknownOption": "cli/unknown-option",
  "commander.missingArgument": "cli/missing-argument",
  "commander.excessArguments": "cli/excess-arguments",
  "commander.optionMissingArgument": "cli/missing-option-value",
  "commander.invalidArgument": "cli/invalid-value",
  "commander.conflictingOption": "cli/conflicting-options",
};

/** An example shows what was missing or too much. */
const argumentCodes: ReadonlySet<string> = new Set(["commander.missingArgument", "commander.excessArguments"]);

/** What the argument parser refused; its did-you-mean becomes the hint. */
export function usage(id: string, text: string, command: string, example?: string): Problem {
  const [, message = text, known] = /^(?:error: )?([^\n]*?)(?:\n\(Did you mean ([^)]*?)\?\))?\s*$/.exec(text) ?? [];
  const help = command === "" ? "journal --help" : `journal ${command} --help`;
  // Whatever stands behind `run --` is the command's own.
  if (id === "commander.unknownOption" && command === "run" && known === undefined)
    return error(
      "cli/unknown-option",
      message.replace(/'/g, "`"),
      `options of your command stand behind \`--\`: \`journal run -- python3 train.py --lr 0.1\`; see \`${help}\``,
    );
  const write = example === undefined || !argumentCodes.has(id) ? "" : `write it like \`${example}\`; `;
  const hint = known === undefined ? `${write}see \`${help}\`` : `did you mean \`${known.replace(/^one of /, "")}\`? See \`${help}\``;
  return error(usageCodes[id] ?? "cli/usage", message.replace(/'/g, "`"), hint);
}

export const unknownCommand = (name: string, guess: string | undefined): Problem =>
  error(
    "cli/unknown-command",
    `unknown command \`${name}\``,
    guess === undefined ? "see `journal --help`" : `did you mean \`journal help ${guess}\`?`,
  );

export const noCommand = (): Problem =>
  error("cli/no-command", "no command was given", "see `journal --help`, or begin with `journal init`");
export const cancelled = (): Problem => error("cli/cancelled", "stopped by you, nothing was written");

export const internal = (message: string): Problem =>
  error(
    "cli/internal",
    `the program met a bug of its own: ${message}`,
    "your files are whole: every write is all or nothing\nrun the command again with `JOURNAL_DEBUG=1` in front and report what it prints",
  );

export const systemRefused = (message: string): Problem =>
  error("cli/system", `the system refused: ${message}`, "free some space or mend the permissions, then run the command again");

export const noFolder = (path: string, hint = "give an existing one: `journal -C path/to/repository list`"): Problem =>
  error("cli/no-folder", `there is no folder \`${path}\``, hint);

export const goneFolder = (): Problem =>
  error(
    "cli/no-current-folder",
    "the folder this shell stands in was deleted",
    "go to one that exists: `cd ~`, or say where: `journal -C /path/to/repository list`",
  );

export const notAssignment = (text: string, example: string): Problem =>
  error("cli/not-an-assignment", `\`${text}\` is not \`name=value\``, `write it like \`${example}\``);

export const nothingToDo = (command: string, what: string, example: string): Problem =>
  error("cli/nothing-to-do", `\`journal ${command}\` was not told ${what}`, `write it like \`${example}\``);

export const noRunNamed = (command: string, example: string): Problem =>
  error("cli/no-run-named", `\`journal ${command}\` needs the id of a run, or \`--where FILTER\``, `write it like \`${example}\``);

export const blankFilter = (command: string): Problem =>
  error(
    "cli/blank-filter",
    `the filter of \`journal ${command}\` is blank, which every run would match`,
    "say which runs: `--where 'tag:old'`",
  );

export const noMatch = (filter: string): Problem =>
  error("cli/no-match", `no run matches \`${filter}\``, "see what there is with `journal list`");

export const idsAndFilter = (): Problem => error("cli/ids-and-filter", "ids and `--where` exclude each other", "give one or the other");

export const notText = (text: string, example: string): Problem =>
  error("cli/unquoted-text", `the text came in several words, ending in \`${text}\``, `quote it: \`${example}\``);

/** `type` makes of a possible word what is typed. */
export const unknownValue = (
  what: string,
  value: string,
  known: readonly string[],
  guess: string | undefined,
  type: (word: string) => string,
): Problem =>
  error(
    "cli/unknown-value",
    `${what} cannot be \`${value}\`: it is one of ${known.map((word) => `\`${word}\``).join(", ")}`,
    guess === undefined ? `write it like \`${type(known[0] ?? "")}\`` : `did you mean \`${type(guess)}\`?`,
  );

/** A key of the format may be the name of somebody's parameter too. */
export const orParameter = (problem: Problem, key: string, value: string): Problem => {
  const typed = `a parameter of that name is set with \`${shellWord(`config.${key}=${value}`)}\``;
  return { ...problem, hint: problem.hint === undefined ? typed : `${problem.hint}; ${typed}` };
};

export const noView = (name: string, known: readonly string[], guess: string | undefined): Problem =>
  error(
    "cli/unknown-view",
    `journal.yaml has no view \`${name}\``,
    guess !== undefined
      ? `did you mean \`${guess}\`?`
      : known.length > 0
        ? `its views are ${known.map((view) => `\`${view}\``).join(", ")}`
        : `add one: \`views: { ${name}: { where: decision:keep, sort: -date } }\``,
  );

export const fixedField = (field: string, why: string, instead: string): Problem =>
  error("cli/fixed-field", `\`${field}\` cannot be set: ${why}`, instead);

export const reservedName = (name: string): Problem =>
  error("cli/reserved-name", `\`${name}\` is not a possible name: programs take it for something else`, "choose another name");
export const notThere = (key: string): Problem =>
  error("cli/not-there", `there is no \`${key}\` to remove`, "see what there is with `journal show`");
export const takenAsParameter = (key: string, guess: string, id: string): Problem =>
  warning(
    "cli/taken-as-parameter",
    `\`${key}\` is no field, so it is written as the parameter \`config.${key}\``,
    `did you mean \`${guess}\`? Then take it back: \`journal set ${shellWord(id)} --unset ${shellWord(key)}\``,
  );

/** `meant`: other readings, numbers before a list. */
export const numberAsText = (key: string, value: string, meant: readonly string[]): Problem =>
  note(
    "cli/number-as-text",
    `\`${key}\` is now the text \`${value}\`, which is not calculated with`,
    `if something else was meant: ${meant.map((one) => `\`${shellWord(`${key}=${one}`)}\``).join(" or ")}`,
  );

export const missingSign = (name: string, value: string, signed: string, id: string): Problem =>
  warning(
    "cli/missing-sign",
    `\`${name}\` is in %, and \`${value}\` has no sign: a number alone is a part of 1, so this is a hundred times more`,
    `journal log ${id} ${shellWord(`${name}=${signed}`)}`,
  );

export const newMetric = (name: string, guess: string, id: string): Problem =>
  warning(
    "cli/new-metric",
    `no run has measured \`${name}\` so far, so it is a new metric`,
    `did you mean \`${guess}\`? Then take it back: \`journal set ${shellWord(id)} --unset ${shellWord(`metrics.${name}`)}\``,
  );

export const notDate = (text: string): Problem =>
  error("cli/not-a-date", `\`${text}\` is not a date`, "write `2026-11-20` or `2026-11-20T10:15:00+01:00`");

export const notCount = (option: string, text: string): Problem =>
  error("cli/not-a-count", `\`${option}\` takes a whole number above 0, not \`${text}\``, `write it like \`${option} 20\``);

export const noReading = (metric: string, value: string): Problem =>
  error(
    "cli/unreadable-metric",
    `\`${value}\` is not a number that \`${metric}\` can hold`,
    `write \`${metric}=0.912\`, \`${metric}=91.2%\`, \`${metric}=1.6h\`, or one value per repeat: \`${metric}=0.91,0.92\``,
  );

export const ambiguousNumber = (metric: string, value: string, number: string, repeats: string): Problem =>
  error(
    "cli/ambiguous-number",
    `the comma in \`${value}\` may be part of a number or stand between repeats`,
    `write \`${argument(metric, number)}\` for the number, \`${argument(metric, repeats)}\` with a blank for one value per repeat`,
  );

const argument = (name: string, value: string): string => shellWord(`${name}=${value}`);

export const notInline = (metric: string): Problem =>
  error(
    "cli/not-inline",
    `\`${metric}\` is written over several lines and does not say which side it is, so \`before\` cannot be put beside it`,
    `write it by hand under \`metrics.${metric}\`: \`before:\` and \`after:\``,
  );

export const noMetric = (metric: string, id: string, known: readonly string[]): Problem =>
  error(
    "cli/unknown-metric",
    `${id} has no metric \`${metric}\``,
    known.length === 0
      ? `log it first: \`journal log ${shellWord(id)} ${shellWord(`${metric}=0.9`)}\``
      : `its metrics are ${known.map((name) => `\`${name}\``).join(", ")}`,
  );

export const noReason = (command: string, id: string): Problem =>
  warning(
    "cli/no-reason",
    "no reason was given: a decision without one is hard to learn from later",
    `add it: \`journal ${command} ${shellWord(id)} -m "why"\``,
  );

export const needsReason = (id: string): Problem =>
  error(
    "cli/needs-reason",
    "an invalid result needs its reason",
    `write it like \`journal invalidate ${shellWord(id)} -m "validation pages leaked into train"\``,
  );

export const needsConfirmation = (command: string): Problem =>
  error("cli/needs-confirmation", "this removes files, and nobody is here to be asked", `run \`${command} --yes\``);

export const usedAsBase = (id: string, users: readonly string[]): Problem =>
  error(
    "cli/used-as-base",
    `${id} is what ${users.slice(0, 5).join(", ")}${users.length > 5 ? ` and ${users.length - 5} more` : ""} ${users.length === 1 ? "refers" : "refer"} to`,
    "discard it instead with `journal discard`, or give `--force` to leave those references dangling",
  );

export const noEditor = (): Problem =>
  error("cli/no-editor", "`--edit` needs an editor, and neither `$VISUAL` nor `$EDITOR` names one", "set one: `export EDITOR=nano`");
export const editorFailed = (editor: string, path: string): Problem =>
  warning(
    "cli/editor-failed",
    `the editor \`${editor}\` did not end well; the file is there as it was written`,
    `open it yourself: \`${shellWord(path)}\``,
  );

export const sameAsBase = (name: string, value: string, base: string): Problem =>
  warning("cli/same-as-base", `\`${name}\` is already ${value} in ${base}: not a change`);
export const notInBase = (name: string, value: string, base: string, guess: string | undefined): Problem =>
  warning(
    "cli/not-in-base",
    `${base} does not record \`${name}\`: it is written down, but it cannot count as a change`,
    guess === undefined
      ? `the tables show it as \`? → ${value}\`; if ${base} had it, write it there too: \`journal set ${shellWord(base)} ${shellWord(`${name}=OLD`)}\``
      : `did you mean \`${guess}\`?`,
  );
export const otherEra = (base: string, protocol: string | undefined): Problem =>
  warning(
    "cli/other-protocol",
    `${base} was measured under another protocol than ${protocol === undefined ? "this run, which has none" : `\`${protocol}\``}: its metrics were not copied as \`before\``,
  );
export const noTitle = (what: "run" | "report" = "run"): Problem =>
  what === "run"
    ? error("cli/no-title", "the run needs a title, and nobody is here to be asked", 'give it: `journal new "Double the batch"`')
    : error("cli/no-title", "the report needs a title", 'give it: `journal new --report "What we learnt"`');
export const runOptions = (names: readonly string[]): Problem =>
  error(
    "cli/conflicting-options",
    `a report has no ${names.map((name) => `\`--${name}\``).join(", ")}: that is for runs`,
    "leave it out, or leave out `--report`",
  );

export const oneName = (count: number): Problem =>
  error("cli/one-name", `\`--name\` is for one file, not for ${count}`, "attach them one by one");
export const noFile = (path: string): Problem => error("cli/no-file", `there is no file \`${path}\``, "paths start at the current folder");
export const gitMissing = (): Problem =>
  warning(
    "cli/outside-git",
    "this folder is not in a git repository: the journal works, but nothing keeps its history",
    "begin one with `git init`, then commit `journal.yaml` and `experiments/`",
  );

export const wantsTwo = (): Problem =>
  error("cli/wants-two", "a comparison wants two runs at least, and `--code` exactly two", "such as `journal compare 41 42`");
export const noCode = (id: string): Problem =>
  error("cli/no-code", `\`${id}\` does not say with which code it ran`, "a run needs `run: { commit: … }` or a snapshot for that");
export const unknownCommit = (from: string, to: string): Problem =>
  error(
    "cli/unknown-commit",
    `this repository has not both of the commits \`${from.slice(0, 12)}\` and \`${to.slice(0, 12)}\``,
    "fetch them: `journal sync pull` for snapshots, `git fetch --all` for commits; a shallow clone has only the newest (`git fetch --unshallow`)",
  );
export const noTask = (text: string): Problem =>
  error("cli/unknown-task", `there is no next step \`${text}\``, "see them with `journal todo`; tick one with `journal todo --done 2`");
export const staleIndex = (path: string): Problem => ({
  ...error("cli/stale-index", "the generated tables are not what the runs say now", "run `journal index` and commit the result"),
  path,
});
export const uncommitted = (count: number, paths: readonly string[]): Problem =>
  note(
    "cli/uncommitted",
    `${count === 1 ? "1 run file is" : `${count} run files are`} not committed: ${paths.slice(0, 3).join(", ")}${count > 3 ? ", …" : ""}`,
    "commit them: `git add experiments && git commit`",
  );
export const uncommittedUnknown = (): Problem =>
  note(
    "cli/uncommitted-unknown",
    "git did not say which run files are not committed: it is not installed, or it refuses this folder",
    "ask it yourself: `git status experiments`",
  );
export const deadLink = (target: string): Problem =>
  warning(
    "cli/dead-link",
    `the link \`${target}\` leads to no file`,
    "correct it, or attach the file: `journal attach ID FILE` prints the link to paste",
  );
export const columnsLeft = (labels: readonly string[]): string =>
  `left out for want of room: ${labels.join(", ")} (choose with \`--columns\`, or pipe into \`less -S\`)`;

export const unpairedResolved = (): Problem =>
  error(
    "cli/unpaired-resolved",
    "`--resolved` says how an issue was resolved, and there is no `--issue` for it",
    'write `--issue "Out of memory" --resolved "gradient checkpointing"`',
  );

export const insideJournal = (root: string): Problem =>
  error(
    "cli/inside-journal",
    `this folder belongs to the journal in \`${root}\`, and a journal inside another cannot be told apart`,
    "for a line of work of its own make a study: a folder under `experiments/` with a `study.yaml`",
  );

export const notEmpty = (folder: string): Problem =>
  error(
    "cli/not-empty",
    `there is something in \`${folder}\`, and a demo touches nothing of yours`,
    "name a folder that is not there yet, or none: `journal demo` makes a temporary one",
  );

export const badPort = (port: string): Problem =>
  error("cli/bad-port", `\`${port}\` is not a port`, "give a number from 0 to 65535: `journal serve --port 4747`");
/** `free` is 0 where none was found. */
export const portTaken = (port: number, forbidden: boolean, free: number): Problem =>
  error(
    "cli/port-taken",
    forbidden ? `port ${port} may not be used by you` : `port ${port} is in use`,
    free === 0 ? "let the system choose: `journal serve --port 0`" : `this one is free: \`journal serve --port ${free}\``,
  );
export const sinceAlone = (): Problem =>
  error(
    "cli/since-alone",
    "`--since` says what goes into the summary, and no file for it was named",
    "`journal check --summary pr.md --since origin/main`",
  );
