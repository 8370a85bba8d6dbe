// The list of commands as a page: what `--help` says, in one place that can be linked to.

import { exits } from "../src/base/problem.ts";
import type { CommandSpec } from "../src/cli/command.ts";
import { parse } from "../src/cli/parser.ts";
import { commands, groups } from "../src/cli/program.ts";

const shown = commands.filter((spec) => spec.hidden !== true);

export function commandsPage(): string {
  return [
    "# Commands\n",
    "<!-- Written by `npm run docs` from src/cli/program.ts. -->\n",
    "Data goes to stdout, talk to stderr. Without a terminal there is no prompt, no colour and no pager. A run is named by its id, a unique\nbeginning of it, its number (`42`) or its file.\n",
    `\`\`\`text\n${help()}\n\`\`\`\n`,
    "## Exit codes\n",
    table(
      ["code", "means"],
      Object.entries(exits).map(([name, code]) => [String(code), meanings[name as keyof typeof exits]]),
    ),
    json,
    environment,
    ...groups.flatMap((group) => [`## ${group}\n`, ...shown.filter((spec) => spec.group === group).map(section)]),
  ].join("\n");
}

const json = `## JSON

\`--json\` prints exactly one document, whatever happened; times are in seconds, percentages are fractions, what is unknown is an absent key.

\`\`\`text
{ "schema": "journal/set@1", "ok": true,  "data": …, "warnings": [] }
{ "schema": "journal/set@1", "ok": false, "error": { "code", "severity", "message", "hint", "path", "line", "column", "exit", "retryable" }, "errors": [ … ], "warnings": [] }
\`\`\`

\`ok\` is exit code 0. A command that did a part of its work has \`data\` beside \`error\`. \`errors\` holds everything that went wrong, \`error\` is the
first of them with the exit code; \`retryable\` is exit code 4. Codes of problems never change their meaning, and neither does a schema's version.
`;

const environment = `## Environment

${table(
  ["variable", "does"],
  [
    ["`NO_COLOR`, `FORCE_COLOR`", "without colour, with colour"],
    ["`COLUMNS`", "width of tables on a terminal"],
    ["`VISUAL`, `EDITOR`", "the editor of `--edit`"],
    ["`GIT_AUTHOR_NAME`", "the experimenter of a new run; git's `user.name` otherwise"],
    ["`CI`, `JOURNAL_NONINTERACTIVE`", "nothing is asked"],
    ["`JOURNAL_DEBUG`", "a bug of the program shows where it happened"],
    ["`JOURNAL_TIMINGS`", "`build` says on stderr how long each of its phases took"],
  ],
)}`;

const meanings: Readonly<Record<keyof typeof exits, string>> = {
  ok: "done",
  internal: "a bug of the program, or the system refused",
  usage: "misused, or a file that cannot be edited safely",
  notFound: "no such run, study, file or journal",
  conflict: "a file changed meanwhile, or a lock is held: try again",
  checks: "`check` found errors",
  gate: "a gate was not passed",
  inconclusive: "the evidence decides nothing",
  duplicate: "this was done before",
  timeout: "timed out",
};

function section(spec: CommandSpec): string {
  const usage = ["journal", spec.name, ...(spec.options?.length ? ["[options]"] : []), ...(spec.arguments ?? []).map(({ name }) => name)];
  const rows = [
    ...(spec.arguments ?? []).map(({ name, description }) => [`\`${name}\``, description]),
    ...(spec.options ?? [])
      .filter(({ hidden }) => hidden !== true)
      .map(({ flags, description, many }) => [`\`${flags}\``, many ? `${description}; may be repeated` : description]),
  ];
  const examples = spec.examples.map(({ line, does }) => `# ${does}\n${line}\n`).join("\n");
  return [
    `### ${spec.name}\n`,
    `\`${usage.join(" ")}\`\n`,
    `${[`${spec.summary.charAt(0).toUpperCase()}${spec.summary.slice(1)}.`, spec.more].filter(Boolean).join(" ")}\n`,
    ...(rows.length > 0 ? [table(["", "means"], rows)] : []),
    ...(examples === "" ? [] : [`\`\`\`sh\n${examples}\`\`\`\n`]),
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("");
}

/** What `journal --help` prints. */
function help(): string {
  let text = "";
  try {
    const out = (more: string): void => {
      text += more;
    };
    parse(commands, ["--help"], () => "", { out, columns: 100 });
  } catch {
    // The parser ends by throwing once it has printed the help.
  }
  return text.trim();
}
