// `journal note`: prose into the section it belongs to.

import { JournalError } from "../../base/problem.ts";
import type { Edit } from "../../markdown/edit.ts";
import type { Journal } from "../../store/journal.ts";
import { applyAll } from "../apply.ts";
import type { Options } from "../command.ts";
import { today } from "../decision.ts";
import type { Io } from "../io.ts";
import { idsAndFilter, nothingToDo, notText, unpairedResolved } from "../messages.ts";
import type { Outcome } from "../outcome.ts";
import { findTargets } from "../targets.ts";

const example = 'journal note 42 "Loss flat until step 300"';

type NoteOptions = Pick<Options, "worked" | "failed" | "unexpected" | "next" | "question" | "motivation" | "issue" | "resolved" | "where">;

/** Option → section of the template, in the order in which they are written. */
const sections = [
  ["worked", "worked"],
  ["failed", "failed"],
  ["unexpected", "unexpected"],
  ["next", "next"],
  ["question", "questions"],
  ["motivation", "motivation"],
] as const;

export async function note(journal: Journal, options: NoteOptions & { readonly words: readonly string[] }, io: Io): Promise<Outcome> {
  const items = [
    ...sections.flatMap(([option, section]) => (options[option] ?? []).map((text) => item(section, text))),
    ...issues(options),
  ];
  const { ids, text } = items.length > 0 && !isText(options.words.at(-1)) ? { ids: options.words, text: undefined } : splitText(options);
  const files = await findTargets(journal, { ids, where: options.where }, "note", example);
  const edits = text === undefined ? items : [...items, dated(text, today(io))];
  return applyAll(journal, files, () => edits, io);
}

const item = (section: string, text: string): Edit => ({
  kind: "append",
  section,
  item: text.trim(),
  ...(section === "next" ? { task: true } : {}),
});

/** `--issue` and `--resolved` go in pairs: the first cure is the first issue's. */
function issues({ issue = [], resolved = [] }: NoteOptions): readonly Edit[] {
  if (resolved.length > issue.length) throw new JournalError(unpairedResolved());
  return issue.map((text, index) => item("issues", resolved[index] === undefined ? text : `${text.trim()}: ${resolved[index]}`));
}

/** Beside options a last word is a run, unless no run could be called so. */
const isText = (word: string | undefined): boolean => word !== undefined && /\s/.test(word) && !/[/\\]|\.md$/.test(word);

/** Without an option the last word is the note, the words before it name runs. */
function splitText({ words, where }: NoteOptions & { readonly words: readonly string[] }): { ids: readonly string[]; text: string } {
  const text = words.at(-1);
  const ids = words.slice(0, -1);
  if (text === undefined || text.trim() === "" || (ids.length === 0 && where === undefined))
    throw new JournalError(nothingToDo("note", "what to write", example));
  if (where !== undefined && ids.length > 0) throw new JournalError(idsAndFilter());
  if (ids.length > 1 && !/\s/.test(text) && ids.some((id) => !/\d/.test(id)))
    throw new JournalError(notText(text, `journal note ${ids[0]} "${words.slice(1).join(" ")}"`));
  return { ids, text };
}

function dated(text: string, day: string): Edit {
  return { kind: "text", section: `notes/${day}`, text: text.trim() };
}
