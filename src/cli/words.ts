// The names that filters, orders and columns can use in a journal, with what each run changed.

import { differencesIn } from "../analysis/differences.ts";
import { type Vocabulary, vocabulary } from "../query/vocabulary.ts";
import type { RunFile } from "../record/experiment.ts";
import type { Journal } from "../store/journal.ts";

/** `files` are all of the journal's: a base is looked for among them. */
export function wordsOf({ settings, studies }: Journal, files: readonly RunFile[]): Vocabulary {
  return vocabulary(files, settings, studies, differencesIn(files, settings, studies));
}
