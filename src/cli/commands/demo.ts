// `journal demo`: a journal to look at. Its content is the study of the digits that the program's own journal holds: no number in it is made up.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { exits, JournalError } from "../../base/problem.ts";
import { safeLine } from "../../base/terminal.ts";
import { callGit } from "../../store/git-call.ts";
import { openJournal } from "../../store/journal.ts";
import { look, makeFolder } from "../../store/make-folder.ts";
import { readPackage } from "../../store/package.ts";
import { openBrowser } from "../browser.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { gitMissing, noFolder, notEmpty } from "../messages.ts";
import type { Outcome } from "../outcome.ts";
import { plural } from "../print.ts";
import { buildWith } from "./build.ts";
import { index } from "./index.ts";
import { refuseInside } from "./init.ts";

export async function demo(start: string, wanted: string | undefined, options: Pick<Options, "open">, io: Io): Promise<Outcome> {
  const folder = wanted === undefined ? makeTemporary() : chooseFolder(resolve(start, wanted));
  for (const [path, text] of readFiles()) write(join(folder, path), text);
  const journal = openJournal(folder, { now: io.now, environment: io.environment, warn: io.warn });
  await index(journal, {}, io);
  const committed = commit(folder);
  if (!committed) io.warn(gitMissing());
  await buildWith(journal, join(folder, "_site"), {}, io);
  const site = join(folder, "_site", "index.html");
  if (options.open !== false && io.interactive) openBrowser(pathToFileURL(site).href);
  const runs = journal.files().length;
  const next = nextCommands(io);
  return {
    data: { folder, site, runs, git: committed, next: next.map(([line]) => line) },
    text: `${safeLine(site)}\n`,
    talk: [
      `${plural(runs, "run")} of a small network that learns to read digits; README.md says where they come from`,
      "",
      "next:",
      `  cd ${safeLine(folder)}`,
      ...next.flatMap(([line, does]) => [`  ${line}`, `      ${does}`]),
      "",
      "Nothing else was touched: delete the folder when you have seen enough",
    ],
  };
}

function makeTemporary(): string {
  const place = tmpdir();
  const hint = "name a folder: `journal demo digits`; or set `TMPDIR` to one that is there";
  if (!existsSync(place)) throw new JournalError(noFolder(place, hint), exits.notFound);
  return mkdtempSync(join(place, "journal-demo-"));
}

/** Not inside another journal, and nothing of the user's in it. */
function chooseFolder(folder: string): string {
  refuseInside(folder);
  const stats = look(folder);
  if (stats !== undefined && (!stats.isDirectory() || readdirSync(folder).length > 0)) throw new JournalError(notEmpty(folder));
  makeFolder(folder);
  return folder;
}

function readFiles(): readonly (readonly [path: string, text: string])[] {
  const shipped = JSON.parse(readFileSync(join(readPackage().folder, "dist", "demo.json"), "utf8")) as Readonly<Record<string, string>>;
  return [...Object.entries(shipped), [".gitignore", ".journal/\n_site/\n"], ["README.md", readme]];
}

/** Fails where something is, which a folder that was empty a moment ago cannot hold. */
function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { flag: "wx" });
}

/** Whether there is a repository now. Whatever this machine's git is set to, nobody's key signs it. */
function commit(folder: string): boolean {
  const as = ["-c", "user.name=journal demo", "-c", "user.email=demo@localhost", "-c", "commit.gpgSign=false"];
  return [
    ["-c", "init.defaultBranch=main", "init", "--quiet", "--template="],
    ["-c", "core.excludesFile=/dev/null", "add", "."],
    [...as, "commit", "--quiet", "--message", "The study of the digits, as it was recorded"],
  ].every((words) => callGit(folder, words).ok);
}

/** What to type in it. `npx` leaves no `journal` behind to type. */
function nextCommands(io: Io): readonly (readonly [line: string, does: string])[] {
  const journal = io.environment["npm_command"] === "exec" ? "npx experiment-journal" : "journal";
  return [
    [`${journal} list "val_accuracy > 91%" --sort -val_accuracy`, "the best of them, with what each changed"],
    [`${journal} verdict 37`, "is that gain real, or luck with the seeds?"],
    [`${journal} discard 25 -m "0.2 points are less than the seeds are apart"`, "decide one that is still open, then look at `git diff`"],
  ];
}

const readme = `# A journal to look at

\`journal demo\` made this folder. Open \`_site/index.html\` for the site, any file in \`experiments/\` for a run as it is kept.

## Where it comes from

No number in it is made up. It is a copy of a study in the journal that the program \`journal\` is developed with: a network written in plain
JavaScript learns to read handwritten digits. Each run was recorded by \`journal run\`. How, on which data and what came of it stands in
[experiments/README.md](experiments/README.md).

Left behind were what the training printed, its code and its data. So \`journal check\` notes that the commit which the runs name is not in this
repository, and none of them can be run again here; in the repository of \`journal\` they can.
`;
