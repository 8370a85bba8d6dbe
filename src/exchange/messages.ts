// What import has to say. Codes are permanent; docs/problems/exchange.md has a heading for each.

import type { Problem } from "../base/problem.ts";
import { shellWord } from "../base/shell.ts";

export const noLogs = (folder: string): Problem => ({
  code: "exchange/no-logs",
  severity: "error",
  message: `nothing in \`${folder}\` is a log that can be read`,
  hint: "see which there are: docs/import.md; for logs of text, name their lines: `capture.patterns` in journal.yaml",
});

export const noSuchFolder = (folder: string): Problem => ({
  code: "exchange/no-folder",
  severity: "error",
  message: `\`${folder}\` is no folder`,
  hint: "name the folder that holds the logs: journal import runs/",
});

export const damagedLog = (path: string, what: string): Problem => ({
  code: "exchange/damaged-log",
  severity: "warning",
  message: `\`${path}\`: ${what}; what could be read was taken`,
  hint: "where the log can be made again, import it from there",
});

export const changedLog = (path: string, id: string): Problem => ({
  code: "exchange/changed-log",
  severity: "warning",
  message: `\`${path}\` was imported as \`${id}\`, and has other bytes now`,
  hint: `to read it anew: journal drop ${shellWord(id)} --yes, then import again`,
});

export const tooManyFiles = (limit: number): Problem => ({
  code: "exchange/too-many-files",
  severity: "warning",
  message: `more than ${limit} files: the rest was not looked at`,
  hint: "import the folders below it one by one",
});

export const hiddenSecret = (path: string, name: string): Problem => ({
  code: "exchange/secret",
  severity: "warning",
  message: `the parameter \`${name}\` of \`${path}\` looks like a secret and was left out`,
  hint: "if it is none, set it by hand: journal set ID KEY=VALUE",
});

export const shareGuessed = (path: string, { message, hint }: { readonly message: string; readonly hint: string }): Problem => ({
  code: "exchange/share-guessed",
  severity: "note",
  message: `\`${path}\`: ${message}`,
  hint,
});
