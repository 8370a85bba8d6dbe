// Everything the reader has to say about a file, one function per problem: strings and numbers in, a `Problem` out.
// Each code has a heading in docs/problems/markdown.md.

import type { Problem, Severity } from "../base/problem.ts";

function say(severity: Severity, what: string, offset: number | undefined, message: string, hint: string): Problem {
  return { code: `markdown/${what}`, severity, message, hint, ...(offset === undefined ? {} : { offset }) };
}

function sized(bytes: number): string {
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(bytes >= 1e7 ? 0 : 1)} MB` : `${Math.round(bytes / 1e3)} KB`;
}

/** Keeps a pasteable line short enough to read; a cut one says so. */
function shown(line: string): string {
  const bare = line.trim();
  return bare.length > 200 ? `${bare.slice(0, 200)}…` : bare;
}

// Bytes

export const fileTooLarge = (bytes: number, limit: number): Problem =>
  say(
    "error",
    "file-too-large",
    undefined,
    `the file has ${sized(bytes)}, a run may have ${sized(limit)}: it is not read`,
    "move logs and figures out of the file: `journal attach <run> <file>`",
  );

export const notUtf8 = (byte: number, at: number, line: number, column: number): Problem => ({
  ...say(
    "error",
    "not-utf8",
    undefined,
    `byte 0x${byte.toString(16).padStart(2, "0").toUpperCase()} at file offset ${at} is not UTF-8: the file cannot be read without damage`,
    "save it as UTF-8 in the editor, or: `iconv -f windows-1252 -t utf-8 old.md > new.md`",
  ),
  line,
  column,
});

export const utf16 = (): Problem => ({
  ...say(
    "error",
    "not-utf8",
    undefined,
    "the file is UTF-16, not UTF-8",
    "save it as UTF-8 in the editor, or: `iconv -f utf-16 -t utf-8 old.md > new.md`",
  ),
  line: 1,
  column: 1,
});

export const nulByte = (at: number, line: number, column: number): Problem => ({
  ...say(
    "error",
    "nul-byte",
    undefined,
    `NUL byte at file offset ${at}: this is not a text file`,
    "restore it: `git checkout -- <file>`, or move it out of `experiments/`",
  ),
  line,
  column,
});

// Fences

export const emptyFile = (): Problem =>
  say("error", "empty-file", 0, "the file is empty", 'write a run into it, or remove it and let `journal new "title"` make one');

export const noFrontMatter = (offset: number): Problem =>
  say(
    "error",
    "no-front-matter",
    offset,
    "no front matter: the first line of a run is `---`",
    "begin the file with the lines `---`, `title: …`, `---`",
  );

export const frontMatterNotFirst = (offset: number): Problem =>
  say(
    "error",
    "front-matter-not-first",
    offset,
    "blanks or blank lines before the front matter: `---` has to be the very first line",
    "delete what stands before `---`",
  );

export const frontMatterLanguage = (line: string, offset: number): Problem =>
  say(
    "error",
    "front-matter-language",
    offset,
    `\`${line}\` does not open front matter: only YAML is read, and nothing in a file is ever executed`,
    "write the first line as `---` and the front matter as YAML, `key: value` on each line",
  );

export const unclosedFrontMatter = (offset: number, line: number): Problem =>
  say(
    "error",
    "unclosed-front-matter",
    offset,
    "the front matter is not closed: no further line is exactly `---`",
    `insert a line \`---\` after line ${line}`,
  );

export const unclearFence = (offset: number, line: string): Problem =>
  say(
    "warning",
    "unclear-fence",
    offset,
    `\`${shown(line)}\` starts like the end of the front matter: other programs stop reading it here`,
    "write a bare `---` if the front matter ends here; otherwise put the key in quotes",
  );

export const notAMap = (offset: number, what: "list" | "text"): Problem =>
  say(
    "error",
    "not-a-map",
    offset,
    `the front matter is a ${what}, expected keys with values`,
    "write `key: value` on each line, for example `title: Double the batch`",
  );

// Limits

export const frontMatterTooLarge = (offset: number, length: number, limit: number): Problem =>
  say(
    "error",
    "front-matter-too-large",
    offset,
    `the front matter has ${sized(length)}, it may have ${sized(limit)}: it is not read`,
    "keep long lists out of the front matter: `journal attach <run> <file>`",
  );

export const tooManyKeys = (offset: number, limit: number): Problem =>
  say(
    "error",
    "too-many-keys",
    offset,
    `more than ${limit} keys: those from here on are not read`,
    "keep long tables out of the front matter: `journal attach <run> <file>`",
  );

export const tooDeep = (offset: number, limit: number): Problem =>
  say(
    "error",
    "too-deep",
    offset,
    `nested deeper than ${limit} levels: the inner levels are not read`,
    "write nested settings as dotted keys: `model.encoder.layers: 4`",
  );

export const tooManyAliases = (offset: number, limit: number): Problem =>
  say(
    "error",
    "too-many-aliases",
    offset,
    `aliases repeat more than ${limit} values: those from here on are not read`,
    "write the values out instead of using `*name`",
  );

// Prose

export const repeatedHeading = (offset: number, heading: string): Problem =>
  say(
    "warning",
    "repeated-heading",
    offset,
    `the heading \`${shown(heading)}\` stands twice: only what is below the first one counts`,
    "move the text below the first one, or rename the heading",
  );

// Merge conflicts

export const conflictMarkers = (offset: number, first: number, last: number): Problem =>
  say(
    "error",
    "conflict-markers",
    offset,
    `unresolved merge, lines ${first}–${last}: both versions are still in the file`,
    "keep the lines that are right and delete those that start with `<<<<<<<`, `=======` and `>>>>>>>`",
  );

// YAML that cannot be read, or not as its author meant it. `fixed` is the corrected line, ready to paste.

const write = (fixed: string): string => `write: \`${shown(fixed)}\``;

export const tabIndent = (offset: number, fixed: string): Problem =>
  say(
    "error",
    "tab-indent",
    offset,
    "a tab in the indentation: YAML allows only spaces there",
    `${write(fixed)} with two spaces for each level`,
  );

export const badIndent = (offset: number, expected: number, found: number, fixed: string): Problem =>
  say(
    "error",
    "bad-indent",
    offset,
    `indented by ${found}, expected ${expected} as the keys beside it`,
    `${write(fixed)} with ${expected === 0 ? "no spaces" : expected === 1 ? "1 space" : `${expected} spaces`} before it`,
  );

export const indentedUnderValue = (offset: number, fixed: string): Problem =>
  say(
    "error",
    "bad-indent",
    offset,
    "indented below a key that already has a value",
    `${write(fixed)} in line with the key above, or remove that key's own value`,
  );

export const missingSpace = (offset: number, fixed: string): Problem =>
  say("error", "missing-space", offset, "no space after the colon: this is one word, not a key with a value", write(fixed));

export const equalsSign = (offset: number, fixed: string): Problem =>
  say("error", "equals-sign", offset, "`=` does not set a value in YAML, a colon and a space do", write(fixed));

export const unindentedText = (offset: number, fixed: string, block: string): Problem =>
  say(
    "error",
    "missing-colon",
    offset,
    "no colon: expected `key: value`; a text that goes on from the line above is indented",
    fixed.length <= 120 ? `${write(fixed)} on one line` : `write \`${block}\`, and the text below it with two spaces before each line`,
  );

export const missingColon = (offset: number, fixed: string): Problem =>
  say("error", "missing-colon", offset, "no colon: expected `key: value`", write(fixed));

export const colonInText = (offset: number, fixed: string): Problem =>
  say("error", "colon-in-text", offset, "a colon inside the text: YAML takes it for another key", write(fixed));

export const reservedStart = (offset: number, character: string, fixed: string): Problem =>
  say(
    "error",
    "reserved-start",
    offset,
    `a value cannot start with ${character === "`" ? "a backtick" : `\`${character}\``} in YAML unless it is quoted`,
    write(fixed),
  );

export const blockHeader = (offset: number, character: string, fixed: string): Problem =>
  say("error", "block-header", offset, `\`${character}\` at the start of a value announces a text on the following lines`, write(fixed));

export const textAfterQuote = (offset: number, fixed: string): Problem =>
  say("error", "text-after-quote", offset, "text after the closing quote: quotes have to enclose the whole value", write(fixed));

export const unclosedQuote = (offset: number, quote: string, fixed: string): Problem =>
  say("error", "unclosed-quote", offset, `the quote ${quote} is never closed`, write(fixed));

export const unclosedBracket = (offset: number, opening: string, closing: string, fixed: string): Problem =>
  say("error", "unclosed-bracket", offset, `\`${opening}\` is never closed by \`${closing}\``, write(fixed));

export const strayBracket = (offset: number, fixed: string): Problem =>
  say("error", "stray-bracket", offset, "a closing bracket too many", write(fixed));

export const badEscape = (offset: number, fixed: string): Problem =>
  say("error", "bad-escape", offset, "a backslash inside double quotes starts an escape that YAML does not know", write(fixed));

export const listOnKeyLine = (offset: number, fixed: string): Problem =>
  say("error", "list-on-key-line", offset, "a list cannot start with `- ` on the line of its key", write(fixed));

export const strayListItem = (offset: number, fixed: string): Problem =>
  say(
    "error",
    "stray-list-item",
    offset,
    "a list item where a key was expected",
    `${write(fixed)} below its key, with two spaces before the dash`,
  );

export const braces = (offset: number, fixed: string): Problem =>
  say("error", "braces", offset, "text in braces: YAML takes `{…}` for a map", write(fixed));

export const bracesInList = (offset: number, fixed: string): Problem =>
  say("error", "braces", offset, "braces inside a list item: YAML splits the item there", write(fixed));

export const unknownAlias = (offset: number, name: string, fixed: string): Problem =>
  say(
    "error",
    "unknown-alias",
    offset,
    `\`*${name}\` refers to an anchor that does not exist: a star at the start of a value has a meaning in YAML`,
    write(fixed),
  );

export const circularAlias = (offset: number, name: string): Problem =>
  say("error", "circular-alias", offset, `\`*${name}\` stands inside the value it refers to`, "write the value out instead of the alias");

export const documentEnd = (offset: number): Problem =>
  say("error", "document-end", offset, "`...` ends a YAML document: the lines below it are not read", "delete the line `...`");

export const severalDocuments = (offset: number): Problem =>
  say("error", "several-documents", offset, "a second YAML document begins here: it is not read", "delete the line `---`");

export const unreadableYaml = (offset: number, reason: string, line: string): Problem =>
  say(
    "error",
    "unreadable-yaml",
    offset,
    `this cannot be read as YAML: ${reason}`,
    `check \`${shown(line)}\`: expected \`key: value\`, with text in quotes: \`key: "text"\``,
  );

// YAML that can be read but surprises

export const duplicateKey = (offset: number, key: string, first: number, second: number): Problem =>
  say(
    "error",
    "duplicate-key",
    offset,
    `\`${key}\` stands in line ${first} and again in line ${second}: the first one counts`,
    `delete one of the lines ${first} and ${second}, or rename the key`,
  );

export const reservedKey = (offset: number, key: string): Problem =>
  say("error", "reserved-key", offset, `the key \`${key}\` is not read: programs take it for something else`, "rename it");

export const complexKey = (offset: number): Problem =>
  say("warning", "complex-key", offset, "this key is not a plain word: it is read as the text written here", 'write it as `"key": value`');

export const mergeKey = (offset: number): Problem =>
  say("warning", "merge-key", offset, "`<<` is not part of YAML 1.2: the keys it names are shown but not merged", "write those keys out");

export const unknownTag = (offset: number, tag: string): Problem =>
  say(
    "warning",
    "unknown-tag",
    offset,
    `\`${tag}\` is ignored: the value is read as plain data, nothing is constructed`,
    "delete the tag, or quote the whole value if `!` belongs to the text",
  );

export const unusedAnchor = (offset: number, name: string, fixed: string): Problem =>
  say("warning", "unused-anchor", offset, `\`&${name}\` is taken for an anchor and left out of the text`, write(fixed));

export const commentCutsText = (offset: number, kept: string, fixed: string): Problem =>
  say(
    "warning",
    "comment-cuts-text",
    offset,
    `the text ends before \` #\` and is read as \`${shown(kept)}\`: a space and \`#\` start a comment`,
    write(fixed),
  );

export const smartQuotes = (offset: number, fixed: string): Problem =>
  say("warning", "smart-quotes", offset, "typographic quotes are part of the text, they do not quote it", write(fixed));

export const loneDash = (offset: number, fixed: string): Problem =>
  say("warning", "lone-dash", offset, "a lone `-` starts a list in YAML: an absent value is `~`", write(fixed));

export const emptySlot = (offset: number, fixed: string): Problem =>
  say("error", "empty-slot", offset, "nothing between two commas: an absent value of a list is `~`", write(fixed));

export const commentHidesValue = (offset: number, fixed: string): Problem =>
  say("warning", "comment-cuts-text", offset, "there is no value: a space and `#` start a comment", write(fixed));
