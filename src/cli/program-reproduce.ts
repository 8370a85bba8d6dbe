// The commands that bring runs back: what a run needs to be run again, and its code.

import { type CommandSpec, word, words } from "./command.ts";

const where = { flags: "--where <filter>", description: "all runs that match" };

export const reproduce: readonly CommandSpec[] = [
  {
    name: "verify",
    group: "Bring back",
    summary: "what is missing to run a run again",
    more: "Looks whether command, code, data and installed packages are recorded and still here as they were; nothing is run. Exit code 5 where a run cannot be run again, with `--strict` also where anything is missing. What differs about the machine is named and no obstacle.",
    arguments: [{ name: "[id...]", description: "the runs" }],
    options: [where, { flags: "--strict", description: "what is missing in part fails too" }],
    examples: [
      { line: "journal verify 42", does: "a line for each thing, with what to type where one is missing" },
      { line: "journal verify --where decision:keep --strict", does: "before a paper goes out" },
    ],
    run: async (given, { open, io }) =>
      (await import("./commands/verify.ts")).verify(await open(), { ...given.options, ids: words(given) }, io),
  },
  {
    name: "rerun",
    group: "Bring back",
    summary: "run a run again, from its own code, and judge what came of it",
    more: "The recorded command runs in a worktree of the recorded code, outside the repository and removed afterwards, with links to the declared data. It becomes a run of its own that says `rerun_of`, or with `--seeds` `repeat_of`. The verdict is one of: identical, within tolerance, statistically consistent, differs (exit code 6), not comparable (7). The command's own exit code comes first.",
    arguments: [{ name: "<id>", description: "the run" }],
    options: [
      {
        flags: "--set <name=value>",
        description: "another value where the command has one of that name; nothing is judged then",
        many: true,
      },
      { flags: "--seeds <list>", description: "repetitions with these seeds: `4-6`, `1,2,7`" },
      { flags: "--repeat <n>", description: "so many times, with the recorded seeds first" },
      {
        flags: "--env <how>",
        description: "when packages or data differ: strict (exit code 6, nothing runs), warn, or skip looking; warn",
        choices: ["strict", "warn", "skip"],
      },
      { flags: "--tolerance <share>", description: "numbers so near count as equal; 1e-6" },
      { flags: "--link <path>", description: "something git ignores that the command needs, too", many: true },
      { flags: "--timeout <time>", description: "end it after this time (`90`, `30min`, `2h`), with exit code 124" },
      { flags: "--keep", description: "leave the worktree where it is" },
    ],
    examples: [
      { line: "journal rerun 42", does: "does it come out again?" },
      { line: "journal rerun 42 --seeds 4-6", does: "three more seeds of the same run" },
      { line: "journal rerun 42 --set lr=1e-4", does: "the same code with another value, as a run made from it" },
      { line: "journal rerun 42 --env strict", does: "only where everything is as it was" },
    ],
    run: async (given, { open, io, json }) =>
      (await import("./commands/rerun.ts")).rerun(await open(), { ...given.options, id: word(given) ?? "", json }, io),
  },
  {
    name: "restore",
    group: "Bring back",
    summary: "files of a run's code, from its snapshot",
    more: "Paths are those of the working tree, files or folders; without one it is all of the code. A file that is there with other content stops everything with exit code 4, unless `--force` is given.",
    arguments: [
      { name: "<id>", description: "the run" },
      { name: "[path...]", description: "only these" },
    ],
    options: [
      { flags: "-o, --output <folder>", description: "put them below this folder instead" },
      { flags: "--list", description: "only say which files there are" },
      { flags: "--force", description: "write over what is there" },
    ],
    examples: [
      { line: "journal restore 42 train.py", does: "as it was when run 42 used it" },
      { line: "journal restore 42 --output /tmp/run-42", does: "all of the code, beside" },
    ],
    run: async (given, { open, io }) =>
      (await import("./commands/restore.ts")).restore(
        await open(),
        { ...given.options, id: word(given) ?? "", paths: words(given, 1) },
        io,
      ),
  },
  {
    name: "sync",
    group: "Bring back",
    summary: "snapshots to a remote, or from one",
    more: "Snapshots are refs that neither `git push` nor `git clone` takes along. `push` sends those the remote has not, `pull` fetches those that are not here; nothing is overwritten on either side, and branches and tags stay as they are. `pull` reads a file made by `journal bundle` too.",
    arguments: [
      { name: "<way>", description: "push or pull", words: ["push", "pull"] },
      { name: "[remote]", description: "name of a remote, else that of the branch, else `origin`; for pull also a bundle" },
    ],
    options: [{ flags: "--dry-run", description: "only say what would be done" }],
    examples: [
      { line: "journal sync push", does: "so that others can rerun your runs" },
      { line: "journal sync pull EXP042-k7f3.bundle", does: "the code of a run that somebody sent" },
    ],
    run: async (given, { open, io }) => {
      const remote = word(given, 1);
      return (await import("./commands/sync.ts")).sync(
        await open(),
        { ...given.options, way: word(given) ?? "", ...(remote === undefined ? {} : { with: remote }) },
        io,
      );
    },
  },
  {
    name: "bundle",
    group: "Bring back",
    summary: "the code of runs as one file",
    more: "For somebody who has no access to the repository. It holds the snapshots alone, not the history they began from.",
    arguments: [{ name: "[id...]", description: "the runs" }],
    options: [where, { flags: "-o, --output <file>", description: "else `ID.bundle`" }],
    examples: [{ line: "journal bundle 42", does: "`journal sync pull EXP042-k7f3.bundle` reads it" }],
    run: async (given, { open, io }) =>
      (await import("./commands/bundle.ts")).bundle(await open(), { ...given.options, ids: words(given) }, io),
  },
  {
    name: "gc",
    group: "Bring back",
    summary: "let go of snapshots that nobody needs",
    more: "Removes the snapshots of discarded, failed and lost runs that began more than 90 days ago. Kept and unfinished runs, and the runs they were made from, stay whatever their age. On a remote nothing is removed.",
    options: [
      { flags: "--older <days>", description: "more than so many days ago; 90" },
      { flags: "--undecided", description: "finished runs without a decision, too" },
      { flags: "--orphans", description: "snapshots without a run in this worktree, too; other branches may have it" },
      { flags: "--dry-run", description: "only say what would go" },
    ],
    examples: [
      { line: "journal gc --dry-run", does: "a line for each, with the reason" },
      { line: "journal gc --older 30 --undecided", does: "a stricter rule" },
    ],
    run: async ({ options }, { open, io }) => (await import("./commands/gc.ts")).gc(await open(), options, io),
  },
];
