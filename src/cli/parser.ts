// The list of commands → a parser. It only collects words: who is meant, what was given.

import { Command, CommanderError, Option } from "commander";
import { exits, JournalError } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import type { CommandSpec, Given, OptionSpec } from "./command.ts";
import { unknownCommand } from "./messages.ts";

/** What the command line asked for. */
export interface Wanted {
  readonly spec: CommandSpec;
  readonly given: Given;
}

/** Options that every command takes. */
export interface Globals {
  readonly cwd?: string;
  readonly json?: boolean;
}

export interface ParserOutput {
  /** Help and version, which were asked for. */
  out(text: string): void;
  /** Help that was not asked for: no command was given. */
  err?(text: string): void;
  /** Columns to wrap help at. */
  readonly columns: number;
}

/** Reads the words; throws the parser's own error for misuse, and for help and version after printing them. */
export function parse(
  commands: readonly CommandSpec[],
  argv: readonly string[],
  version: () => string,
  output: ParserOutput,
): { wanted?: Wanted; globals: Globals } {
  let wanted: Wanted | undefined;
  // Words that begin with a command need no other's options.
  const named = commands.filter(({ name }) => name === argv[0]);
  const program = makeParser(named.length > 0 ? named : commands, output, (spec, given) => {
    wanted = { spec, given };
  });
  // The version lies in package.json, which is read for no other command.
  const asked = argv.includes("--version") || argv.includes("-V");
  program.version(asked ? version() : "", "-V, --version", "print the version");
  program.parse([...argv], { from: "user" });
  return { ...(wanted === undefined ? {} : { wanted }), globals: program.opts() };
}

function makeParser(commands: readonly CommandSpec[], output: ParserOutput, chosen: (spec: CommandSpec, given: Given) => void): Command {
  const program = new Command("journal")
    .description("An experiment journal that lives in git: every run is one markdown file.")
    .option("-C, --cwd <dir>", "work in this folder instead of the current one")
    .option("--json", "print exactly one JSON document")
    .helpOption("-h, --help", "explain a command, with examples")
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true, helpWidth: Math.min(output.columns, 100), subcommandTerm: term })
    .configureOutput({ writeOut: output.out, writeErr: output.err ?? (() => {}), outputError: () => {} })
    .exitOverride()
    .addHelpText(
      "after",
      "\nLook at one with `journal demo`; begin with `journal init`, then `journal run`. `journal <command> --help` shows examples.",
    );
  for (const spec of commands) program.addCommand(makeCommand(spec, program, chosen), { hidden: spec.hidden === true });
  program.addCommand(makeHelp(program));
  return program;
}

/** The library's own answers an unknown word with the whole page, as if nothing had been asked. */
function makeHelp(program: Command): Command {
  const help = new Command("help").copyInheritedSettings(program).argument("[command]", "which");
  return help
    .summary("explain a command")
    .helpGroup("Look after:")
    .action((name: string | undefined) => {
      const asked = name === undefined ? program : program.commands.find((command) => command.name() === name);
      if (asked !== undefined) {
        asked.outputHelp();
        // The library's own way out takes over how an earlier call of this process ended.
        throw new CommanderError(exits.ok, "commander.helpDisplayed", "(outputHelp)");
      }
      const names = program
        .createHelp()
        .visibleCommands(program)
        .map((command) => command.name());
      throw new JournalError(unknownCommand(name ?? "", suggest(name ?? "", names)));
    });
}

function makeCommand(spec: CommandSpec, program: Command, chosen: (spec: CommandSpec, given: Given) => void): Command {
  const command = new Command(spec.name).copyInheritedSettings(program).helpGroup(`${spec.group}:`);
  command.summary(spec.summary).description([sentence(spec.summary), spec.more].filter(Boolean).join(" "));
  for (const argument of spec.arguments ?? []) command.argument(argument.name, argument.description);
  for (const option of spec.options ?? []) command.addOption(makeOption(option));
  if (spec.examples.length > 0) command.addHelpText("after", `\nExamples:\n${examples(spec)}`);
  command.action((...values: unknown[]) => {
    const given = values.slice(0, spec.arguments?.length ?? 0) as Given["arguments"];
    chosen(spec, { arguments: given, options: command.opts() });
  });
  return command;
}

function makeOption(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.description);
  if (spec.many) option.argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]);
  if (spec.choices) option.choices(spec.choices);
  if (spec.hidden) option.hideHelp();
  return option;
}

function examples(spec: CommandSpec): string {
  return spec.examples.map(({ line, does }) => `  $ ${line}\n      ${does}`).join("\n");
}

/** `show <id>`: the words of a command, without saying for each that it has options. */
const term = (command: Command): string =>
  [command.name(), ...command.registeredArguments.map((argument) => bracketed(argument.name(), argument.required, argument.variadic))].join(
    " ",
  );

const bracketed = (name: string, required: boolean, many: boolean): string =>
  required ? `<${name}${many ? "..." : ""}>` : `[${name}${many ? "..." : ""}]`;

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
