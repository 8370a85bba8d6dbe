// What people noted about a parameter: the observations and questions that name it.

import type { Impact, StudyAnalysis } from "../analysis/study.ts";
import type { RunFile } from "../record/experiment.ts";

export interface ParameterNote {
  readonly text: string;
  readonly kind: "worked" | "didn't work" | "unexpected" | "question" | "reason";
  readonly file: RunFile;
}

/** Parameter → notes, newest first. Parameters that nobody names are absent. */
export type NoteIndex = ReadonlyMap<string, readonly ParameterNote[]>;

export interface NoteSource extends Pick<StudyAnalysis, "files"> {
  readonly impact: readonly Pick<Impact, "parameter">[];
}

/** Words of a phrase behind its first one → the parameters it names. */
type Phrases = ReadonlyMap<string, readonly { readonly rest: readonly string[]; readonly parameter: string }[]>;

const word = /[\p{L}\p{N}_]+/gu;
/** The same, and faster, where there is nothing but ASCII. */
const plainWord = /[a-z0-9_]+/g;
const ascii = /^[\x00-\x7f]*$/;
/** Shorter names are words of many languages: they count as code alone. */
const fewest = 3;

export function indexNotes({ files, impact }: NoteSource, read: NoteReader = noteReader(impact)): NoteIndex {
  const index = new Map<string, ParameterNote[]>();
  for (const file of files.toReversed()) {
    for (const { text, kind, named } of read(file)) {
      for (const name of named) {
        const notes = index.get(name);
        const note = { text, kind, file };
        if (notes === undefined) index.set(name, [note]);
        else notes.push(note);
      }
    }
  }
  return index;
}

/** The notes of a run that name a parameter. */
export type NoteReader = (file: RunFile) => readonly NamedNote[];

interface NamedNote extends Pick<ParameterNote, "text" | "kind"> {
  readonly named: readonly string[];
}

/** Reads each run once. */
export function noteReader(impact: NoteSource["impact"]): NoteReader {
  const names = impact.map(({ parameter }) => parameter);
  const prose = phrasesOf(names.filter((name) => name.length >= fewest));
  const code = phrasesOf(names);
  const known = new Map<string, readonly string[]>();
  const read = new Map<RunFile, readonly NamedNote[]>();
  const namedBy = (text: string): readonly string[] => {
    const named = known.get(text) ?? namesIn(text, prose, code);
    known.set(text, named);
    return named;
  };
  return (file) => {
    let notes = read.get(file);
    if (notes === undefined) {
      notes = file.run.hidden ? [] : notesOf(file).flatMap((note) => namedNote(note, namedBy(note.text)));
      read.set(file, notes);
    }
    return notes;
  };
}

const namedNote = (note: Omit<NamedNote, "named">, named: readonly string[]): readonly NamedNote[] =>
  named.length === 0 ? [] : [{ ...note, named }];

const mayBeCode = /[`=→]|->/;

function namesIn(text: string, prose: Phrases, code: Phrases): readonly string[] {
  const named = namedIn(text, prose);
  return mayBeCode.test(text) ? [...new Set([...named, ...codeIn(text).flatMap((part) => [...namedIn(part, code)])])] : [...named];
}

function notesOf({ body, run }: RunFile): readonly Pick<ParameterNote, "text" | "kind">[] {
  const kinds = [
    ["worked", body.worked],
    ["didn't work", body.failed],
    ["unexpected", body.unexpected],
    ["question", body.questions],
    ["reason", run.reason === undefined ? [] : [run.reason]],
  ] as const;
  return kinds.flatMap(([kind, texts]) => texts.map((text) => ({ kind, text })));
}

const codeIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`]{1,200})`|([\p{L}\p{N}_.]+)\s*(?:=|→|->)/gu)].map((found) => found[1] ?? found[2] ?? "");

/** `optimizer.weight_decay` is named by all of it, by `weight_decay` where no other parameter ends so, and by `weight decay`. */
function phrasesOf(names: readonly string[]): Phrases {
  const ends = new Map<string, number>();
  for (const name of names) ends.set(endOf(name), (ends.get(endOf(name)) ?? 0) + 1);
  const phrases = new Map<string, { readonly rest: readonly string[]; readonly parameter: string }[]>();
  const add = (text: string, parameter: string): void => {
    const [first, ...rest] = wordsIn(text);
    if (first === undefined) return;
    const known = phrases.get(first);
    if (known === undefined) phrases.set(first, [{ rest, parameter }]);
    else known.push({ rest, parameter });
  };
  for (const name of names) {
    const end = endOf(name);
    const forms = new Set([name]);
    const telling = end.length > 4 || end.includes("_");
    if (ends.get(end) === 1 && telling) forms.add(end);
    for (const form of [...forms]) if (form.includes("_")) forms.add(form.replaceAll("_", " "));
    for (const form of forms) add(form, name);
  }
  return phrases;
}

const endOf = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

function wordsIn(text: string): readonly string[] {
  const lower = text.toLowerCase();
  return lower.match(ascii.test(lower) ? plainWord : word) ?? [];
}

function namedIn(text: string, phrases: Phrases): ReadonlySet<string> {
  const words = wordsIn(text);
  const named = new Set<string>();
  for (const [at, first] of words.entries()) {
    for (const { rest, parameter } of phrases.get(first) ?? [])
      if (rest.every((next, index) => words[at + 1 + index] === next)) named.add(parameter);
  }
  return named;
}
