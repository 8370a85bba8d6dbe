// docs/format.md, and the templates of the settings: all of it follows from the data the reader uses.

import type { Field } from "./field.ts";
import { editors, example, folders, intro, meaning, reports, settingsIntro, values, valuesNote } from "./format-text.ts";
import { decisionWordsFor } from "./normalize-decision.ts";
import { settingsFields, studyFields } from "./settings-template.ts";
import { fields, sections } from "./template.ts";

export function formatDocument(): string {
  return [
    intro,
    folders,
    "## A run\n",
    `\`\`\`markdown\n${example}\`\`\`\n`,
    "Every key is optional. Unknown keys are kept, shown, and get a did-you-mean.\n",
    keyTable(fields),
    nestedTables(fields, ""),
    "### Values\n",
    table(["written", "read as"], values),
    valuesNote,
    "### Words for decisions\n",
    `keep: ${decisionWordsFor("keep").join(", ")}. discard: ${decisionWordsFor("discard").join(", ")}. The author's own word is kept and shown.\n`,
    "### Sections\n",
    "Any order, level, case and punctuation; your own headings are kept. Where a heading stands twice, the first counts.\n",
    table(
      ["section", "holds", "also read"],
      sections.map((section) => [`\`${"#".repeat(section.level)} ${section.heading}\``, section.description, section.aliases.join(", ")]),
    ),
    meaning,
    settingsIntro,
    `\`\`\`yaml\n${settingsExample()}\`\`\`\n`,
    keyTable(settingsFields),
    nestedTables(settingsFields, ""),
    "## study.yaml\n",
    "A folder under `experiments/` with a `study.yaml` is a study; `journal.yaml` holds the default one under `study`. `metrics`, `parameters` and `ignore` add to the journal's.\n",
    keyTable(studyFields),
    nestedTables(
      studyFields.filter((field) => !settingsFields.includes(field)),
      "",
    ),
    reports,
    editors,
  ].join("\n");
}

function keyTable(known: readonly Field[]): string {
  return table(
    ["key", "holds", "example"],
    known.map((field) => [`\`${field.key}\``, holds(field), `\`${field.example}\``]),
  );
}

function holds(field: Field): string {
  const options = field.values === undefined ? "" : `: ${field.values.map((value) => `\`${value}\``).join(", ")}`;
  return `${field.description}${options}${field.also === undefined ? "" : `; also ${field.also}`}`;
}

/** One table for each key that has known keys of its own. */
function nestedTables(known: readonly Field[], prefix: string): string {
  return known
    .filter((field) => field.fields !== undefined && field.key !== "study")
    .map((field) => {
      const path = `${prefix}${field.key}`;
      const where =
        field.type === "map" ? `each entry of \`${path}\`` : field.type === "entries" ? `each item of \`${path}\`` : `\`${path}\``;
      return `In ${where}:\n\n${keyTable(field.fields ?? [])}`;
    })
    .join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return `${[line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
}

function settingsExample(): string {
  return settingsFields
    .flatMap((field) => exampleLines(field, ""))
    .map((line) => `${line}\n`)
    .join("");
}

/** Maps of known keys over several lines, everything else on one. */
function exampleLines(field: Field, indent: string): readonly string[] {
  if (field.type !== "fields" || field.fields === undefined) return [`${indent}${field.key}: ${field.example}`];
  const inner = field.key === "study" ? field.fields.filter((part) => !settingsFields.includes(part)) : field.fields;
  return [`${indent}${field.key}:`, ...inner.flatMap((part) => exampleLines(part, `${indent}  `))];
}

/** templates/journal.yaml: every key as a comment, so that nothing in it counts until somebody wants it. */
export function settingsTemplate(): string {
  return hinted(
    "Settings of this journal. Everything below has a working default; take away the `#` where you want to say more.",
    settingsFields,
  );
}

/** templates/study.yaml */
export function studyTemplate(): string {
  return hinted("Settings of this study, over those of journal.yaml. Take away the `#` where you want to say more.", studyFields);
}

function hinted(head: string, known: readonly Field[]): string {
  const blocks = known.map((field) => [`# ${holds(field)}`, ...exampleLines(field, "").map((line) => `# ${line}`)].join("\n"));
  return `# ${head}\n\n${blocks.join("\n\n")}\n`;
}
