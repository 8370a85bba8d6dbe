// What follows from the source: pages of docs/ and the templates. `npm run docs` writes them, test/docs.test.ts holds them equal.

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { formatDocument, settingsTemplate, studyTemplate } from "../src/record/format-doc.ts";
import { templateText } from "../src/record/template.ts";
import { commandsPage } from "./commands-page.ts";
import { performancePage } from "./performance-page.ts";

const root = join(import.meta.dirname, "..");

/** Path from the root → whole text. */
export function generatedPages(): ReadonlyMap<string, string> {
  return new Map([
    ["docs/commands.md", commandsPage()],
    ["docs/format.md", formatDocument()],
    ["docs/performance.md", performancePage()],
    ["docs/problems.md", problemsPage()],
    ["templates/experiment.md", templateText()],
    ["templates/journal.yaml", settingsTemplate()],
    ["templates/study.yaml", studyTemplate()],
  ]);
}

/** What each room has to say, in the order a file passes through them; a room that is not listed comes after. */
const order = ["cli", "store", "markdown", "record", "query"];

const intro = `# Problems

<!-- Assembled from docs/problems/*.md by \`npm run docs\`. Edit those. -->

Everything \`journal\` can have to say about your files, by its code. A code is permanent: search for it, link to it, match on it
(\`journal check --json\`). An *error* stops what you asked for or leaves a value out; a *warning* is probably a slip; a *note* is for you to know.
Whatever is wrong with one file, every other run is still read, listed and built.
`;

/** Room → its headings, each with its text. A room may spread them over several files (`record.md`, `record-values.md`). */
export function problemSections(): ReadonlyMap<string, string> {
  const folder = join(root, "docs/problems");
  const rank = (room: string): number => (order.includes(room) ? order.indexOf(room) : order.length);
  const files = readdirSync(folder).filter((name) => name.endsWith(".md"));
  const rooms = [...new Set(files.map(roomOf))].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const read = (name: string): string => sections(readFileSync(join(folder, name), "utf8"));
  return new Map(
    rooms.map((room) => [
      room,
      files
        .filter((name) => roomOf(name) === room)
        .sort()
        .map(read)
        .join("\n"),
    ]),
  );
}

function roomOf(name: string): string {
  return basename(name, ".md").split("-")[0] ?? "";
}

function problemsPage(): string {
  const rooms = [...problemSections()];
  const link = (code: string): string => `[${code.replace(/^.*\//, "")}](#${code.replace("/", "")})`;
  const contents = rooms.map(([room, text]) => `- \`${room}/\` ${codesIn(text).map(link).join(", ")}`);
  return [intro, `${contents.join("\n")}\n`, ...rooms.map(([, text]) => text)].join("\n");
}

/** The codes that have a heading. */
export function codesIn(text: string): readonly string[] {
  return [...text.matchAll(/^## `?([a-z]+\/[a-z0-9-]+)`?\s*$/gm)].map(([, code = ""]) => code);
}

/** Without the file's own title, code headings without backticks. */
function sections(text: string): string {
  const start = text.search(/^## /m);
  return `${text
    .slice(Math.max(start, 0))
    .replace(/^## `([^`\n]+)`/gm, "## $1")
    .trim()}\n`;
}
