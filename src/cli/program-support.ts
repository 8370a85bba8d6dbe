// The commands that look after the journal and the tools around it.

import { type CommandSpec, word, words } from "./command.ts";

export const support: readonly CommandSpec[] = [
  {
    name: "index",
    group: "Look after",
    summary: "write the tables into each study's README and below live blocks",
    more: "Below each fence `journal table` (or `chart`, `compare`, `best`, `impact`) of a README or a report stands what it shows. Only what stands between the markers is replaced; a second run changes nothing. A README without any gets all tables; later a table that was deleted with its markers stays away until its opening marker, such as `<!-- journal:impact -->`, stands on a line of its own again.",
    options: [
      { flags: "--study <name>", description: "only this study; `.` is the default one" },
      { flags: "--check", description: "write nothing, fail when a table is out of date" },
    ],
    examples: [
      { line: "journal index", does: "so that GitHub shows them" },
      { line: "journal index --check", does: "in CI" },
    ],
    run: async ({ options }, { open, io }) => (await import("./commands/index.ts")).index(await open(), options, io),
  },
  {
    name: "check",
    group: "Look after",
    summary: "find every problem, with place and cure",
    arguments: [{ name: "[file|id...]", description: "only these" }],
    options: [
      { flags: "--strict", description: "warnings fail too" },
      { flags: "--fix", description: "mend what can be mended without a decision" },
      {
        flags: "--format <format>",
        description: "text, json, or github for annotations on a pull request",
        choices: ["text", "json", "github"],
      },
      { flags: "--summary <file>", description: "also add the problems to this file, as markdown: `$GITHUB_STEP_SUMMARY`" },
      { flags: "--since <rev>", description: "with --summary: what the branch adds since a git revision, too" },
    ],
    examples: [
      { line: "journal check", does: "exit code 5 when there are errors" },
      { line: "journal check --strict --format github", does: "in CI" },
      { line: "journal check --summary pr.md --since origin/main", does: "what this branch adds, for its review" },
      { line: "journal check --fix", does: "mend stale copies" },
    ],
    run: async (given, { open, io, json }) =>
      (await import("./commands/check.ts")).check(await open(), { ...given.options, only: words(given), json }, io),
  },
  {
    name: "schema",
    group: "Look after",
    summary: "print a JSON Schema",
    arguments: [{ name: "[of]", description: "run, journal or study; run otherwise", words: ["run", "journal", "study"] }],
    examples: [{ line: "journal schema run > run.schema.json", does: "for an editor that completes and checks" }],
    run: async (given) => (await import("./commands/schema.ts")).schema(word(given)),
  },
  {
    name: "completion",
    group: "Look after",
    summary: "print a script that completes commands and ids",
    arguments: [{ name: "<shell>", description: "bash, zsh or fish", words: ["bash", "zsh", "fish"] }],
    examples: [
      { line: "journal completion bash > ~/.local/share/bash-completion/completions/journal", does: "bash" },
      { line: "journal completion zsh > ~/.zfunc/_journal", does: "zsh" },
      { line: "journal completion fish > ~/.config/fish/completions/journal.fish", does: "fish" },
    ],
    run: async (given, { commands }) => (await import("./commands/completion.ts")).completion(word(given) ?? "", commands),
  },
  {
    name: "merge-driver",
    group: "Look after",
    summary: "merge two versions of a run file, for git",
    more: "Git calls it with `%O %A %B`; any doubt falls back to git's own merge, so it never does worse.",
    arguments: [
      { name: "[base]", description: "%O" },
      { name: "[ours]", description: "%A, which receives the result" },
      { name: "[theirs]", description: "%B" },
    ],
    options: [
      { flags: "--path <file>", description: "%P, for messages" },
      { flags: "--install", description: "tell this clone's git to use it" },
    ],
    examples: [{ line: "journal merge-driver --install", does: "once per clone" }],
    run: async (given, { start, io }) =>
      (await import("./commands/merge-driver.ts")).mergeDriver(
        start,
        { ...given.options, files: [word(given, 0), word(given, 1), word(given, 2)].filter((file) => file !== undefined) },
        io,
      ),
  },
  {
    name: "__complete",
    group: "Look after",
    hidden: true,
    summary: "words for the completion scripts",
    arguments: [{ name: "[what]", description: "ids, studies, metrics or commands" }],
    examples: [],
    run: async (given, { open }) => (await import("./commands/complete.ts")).complete(open, word(given) ?? "ids"),
  },
];
