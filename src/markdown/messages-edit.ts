// Why an edit is refused. Each says what stays untouched and shows the change to make by hand.

import type { Problem } from "../base/problem.ts";

const say = (code: string, message: string, hint: string, offset?: number): Problem => ({
  code: `markdown/${code}`,
  severity: "error",
  message: `${message}; the file is unchanged`,
  hint,
  ...(offset === undefined ? {} : { offset }),
});

const byHand = (patch: string): string => `make the change by hand: ${patch}`;

export const brokenFile = (offset?: number): Problem =>
  say(
    "edit-broken-file",
    "the front matter cannot be read as it stands",
    "mend it first: `journal check` names the line and what to write",
    offset,
  );

export const unclosedFile = (offset: number): Problem =>
  say(
    "edit-no-front-matter",
    "the file begins with `---` but its front matter has no end",
    "write a line `---` after the last key",
    offset,
  );

export const conflict = (offset: number): Problem =>
  say(
    "edit-conflict-markers",
    "the file holds an unresolved merge",
    "keep the lines that are right and delete those that start with `<<<<<<<`, `=======` and `>>>>>>>`",
    offset,
  );

export const behindAlias = (path: string, name: string, patch: string, offset: number): Problem =>
  say(
    "edit-alias",
    `\`${path}\` stands behind the alias \`*${name}\`, so other keys would change with it`,
    byHand(`replace \`*${name}\` by the value itself, then ${patch}`),
    offset,
  );

export const behindAnchor = (path: string, name: string, patch: string, offset: number): Problem =>
  say("edit-anchor", `\`${path}\` stands under the anchor \`&${name}\`, which other keys may repeat`, byHand(patch), offset);

export const behindMerge = (path: string, patch: string, offset: number): Problem =>
  say("edit-merge-key", `\`${path}\` may come from the merge key \`<<\` beside it`, byHand(patch), offset);

export const tagged = (path: string, tag: string, patch: string, offset: number): Problem =>
  say("edit-tag", `\`${path}\` carries the tag \`${tag}\``, byHand(patch), offset);

export const explicitKey = (path: string, patch: string, offset: number): Problem =>
  say("edit-explicit-key", `\`${path}\` is written with \`? key\``, byHand(patch), offset);

export const repeatedKey = (path: string, offset: number): Problem =>
  say("edit-repeated-key", `\`${path}\` stands in the file more than once`, `delete all but one of the \`${path}:\` lines`, offset);

export const notAMap = (path: string, patch: string, offset: number): Problem =>
  say("edit-not-a-map", `\`${path}\` holds a value, so nothing can be set below it`, byHand(patch), offset);

export const notAList = (path: string, patch: string, offset: number): Problem =>
  say("edit-not-a-list", `\`${path}\` is not a list, so nothing can be added to it`, byHand(patch), offset);

export const reservedKey = (key: string): Problem =>
  say("edit-reserved-key", `\`${key}\` is not a possible key: programs take it for something else`, "choose another name");

export const emptyPath = (): Problem => say("edit-no-key", "no key was given", "name one: `journal set <run> batch_size=64`");

export const badValue = (typed: string, reason: string): Problem =>
  say("edit-bad-value", `\`${typed}\` cannot be written as a value: ${reason}`, "put it in quotes to make it text, or close its brackets");

export const unsafe = (path: string, patch: string, offset?: number): Problem =>
  say("edit-unsafe", `changing \`${path}\` would change something else too`, byHand(patch), offset);

export const noTask = (index: number, count: number): Problem =>
  say(
    "edit-no-task",
    `there is no task ${index + 1}: the file has ${count === 0 ? "none" : String(count)}`,
    "`journal show <run>` lists them; a task is a list item that starts with `[ ]`",
  );

export const emptyText = (): Problem => say("edit-no-text", "there is nothing to write", "give some text");

export const unsafeText = (section: string, patch: string): Problem =>
  say("edit-unsafe-text", `the text would change the structure of the file around \`${section}\``, byHand(patch));

const sized = (bytes: number): string => (bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e3).toFixed(1)} KB`);

/** `kept` says what became of the file. */
const tooLarge = (
  what: string,
  kept: string,
  hint = "keep what is long in a file beside the run, `journal attach <run> <file>`, and note its name here",
): Problem => ({
  code: "markdown/edit-too-large",
  severity: "error",
  message: `${what}, more than is ever read; ${kept}`,
  hint,
});

export const tooLargeMatter = (size: number, limit: number, longest: string, kept: string): Problem =>
  tooLarge(`the front matter would have ${sized(size)} of at most ${sized(limit)}, most of it in \`${longest}\``, kept);

export const tooLargeFile = (size: number, limit: number, kept: string): Problem =>
  tooLarge(`the file would have ${sized(size)} of at most ${sized(limit)}`, kept);

export const tooManyKeys = (limit: number, kept: string): Problem => tooLarge(`the front matter would have more than ${limit} keys`, kept);

export const tooDeepResult = (limit: number, kept: string): Problem =>
  tooLarge(
    `the front matter would be nested deeper than ${limit} levels`,
    kept,
    "write nested settings as dotted keys: `model.encoder.layers: 4`",
  );

export const dropsComments = (path: string, patch: string, offset: number): Problem =>
  say("edit-drops-comments", `the comments inside \`${path}\` would be lost`, byHand(patch), offset);

export const badTemplate = (count: number): Problem => ({
  code: "markdown/bad-template",
  severity: "error",
  message: `the template cannot be filled: ${count === 1 ? "a mistake" : `${count} mistakes`} in its front matter; no run was made`,
  hint: "mend it, or move it away to use the built-in one",
});
