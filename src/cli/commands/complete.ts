// `journal __complete`: words for the completion scripts, one a line. Says nothing where there is no journal.

import { JournalError } from "../../base/problem.ts";
import type { Journal } from "../../store/journal.ts";
import type { Outcome } from "../outcome.ts";

/** A shell may expand what it completes, so only names that no shell expands are offered. */
const harmless = /^[\w.@+-]+$/;

const lists: ReadonlyMap<string, (journal: Journal) => Iterable<string>> = new Map<string, (journal: Journal) => Iterable<string>>([
  ["ids", (journal) => journal.files().map(({ run }) => run.id)],
  ["studies", (journal) => [...journal.studies.keys()].filter((name) => name !== "")],
  ["metrics", (journal) => new Set(journal.files().flatMap(({ run }) => run.metrics.map(({ name }) => name)))],
]);

export async function complete(open: () => Promise<Journal>, what: string): Promise<Outcome> {
  try {
    const words = [...(lists.get(what)?.(await open()) ?? [])].filter((word) => harmless.test(word));
    return { data: words, text: words.map((word) => `${word}\n`).join("") };
  } catch (reason) {
    if (reason instanceof JournalError) return { data: [], text: "" };
    throw reason;
  }
}
