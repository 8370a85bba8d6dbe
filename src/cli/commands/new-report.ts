// `journal new --report`: a page of prose with live tables and charts.

import { join } from "node:path";
import { slug } from "../../base/path.ts";
import { JournalError } from "../../base/problem.ts";
import { safeLine } from "../../base/terminal.ts";
import { isoDate, parseDate } from "../../base/time.ts";
import { printText } from "../../markdown/print-yaml.ts";
import type { Journal } from "../../store/journal.ts";
import { createFile } from "../../store/writer.ts";
import type { Options } from "../command.ts";
import { findEditor, openEditor } from "../editor.ts";
import type { Io } from "../io.ts";
import { readExperimenter } from "../machine.ts";
import { noTitle, notDate, runOptions } from "../messages.ts";
import type { Outcome } from "../outcome.ts";
import { findStudy } from "../study.ts";

export type NewReportOptions = Options & { readonly title?: string };

/** Never overwrites: a report of that name is refused with exit 4. */
export async function newReport(journal: Journal, options: NewReportOptions, io: Io): Promise<Outcome> {
  const title = options.title?.replace(/\s+/g, " ").trim();
  if (!title) throw new JournalError(noTitle("report"));
  const others = ofRuns.filter((name) => options[name] !== undefined);
  if (others.length > 0) throw new JournalError(runOptions(others));
  if (options.date !== undefined && parseDate(options.date) === undefined) throw new JournalError(notDate(options.date));
  const editor = options.edit === true ? findEditor(io) : undefined;
  const path = `reports/${slug(title)}.md`;
  const file = join(journal.root, path);
  const author = readExperimenter(io, journal.root);
  const facts = [`title: ${printText(title, "block")}`, `date: ${options.date ?? isoDate(io.now())}`];
  if (author !== undefined) facts.push(`author: ${printText(author, "block")}`);
  createFile(file, Buffer.from(textOf(facts, studyOf(journal, options.study))), path);
  if (editor !== undefined) openEditor(editor, file, path, io);
  return {
    data: { path, title },
    text: `${safeLine(path)}\n`,
    talk:
      editor === undefined
        ? ["next: write it, then `journal index` puts the tables below its blocks and `journal build` makes its page"]
        : [],
  };
}

/** What only a run can have. */
const ofRuns = ["base", "set", "hypothesis", "motivation", "tag", "status", "protocol", "template"] as const;

/** A chart is about one study: where there are several, the one that is named, else the first with runs. */
function studyOf(journal: Journal, wanted: string | undefined): string | undefined {
  if (wanted !== undefined) return findStudy(journal, wanted).name || ".";
  const names = [...new Set(journal.files().map(({ study }) => study))].sort();
  return names.length > 1 ? names[0] || "." : undefined;
}

function textOf(facts: readonly string[], study: string | undefined): string {
  const about =
    study === undefined
      ? ""
      : `study: ${printText(study, "block")}
`;
  return `---
${facts.join("\n")}
---
What was the question, and what is the answer? The first sentence stands in the list of reports.

\`\`\`journal table
${about}where: decision:keep
limit: 10
\`\`\`

\`\`\`journal chart
${about}\`\`\`

## What we learnt

- …

## What next

- …
`;
}
