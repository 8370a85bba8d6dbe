// One call of the program, from its words to its exit code; prints everything, exits nothing.

import { isAbsolute, resolve } from "node:path";
import { CommanderError } from "commander";
import { type ExitCode, exits, JournalError, type Problem } from "../base/problem.ts";
import { safe } from "../base/terminal.ts";
import { look } from "../store/make-folder.ts";
import { readPackage } from "../store/package.ts";
import type { Context } from "./command.ts";
import type { Io } from "./io.ts";
import { goneFolder, internal, noCommand, noFolder, systemRefused, usage } from "./messages.ts";
import type { Outcome } from "./outcome.ts";
import { document, errorDocument, exitOf } from "./output.ts";
import { parse } from "./parser.ts";
import { printProblem } from "./print.ts";
import { commands } from "./program.ts";

export async function run(argv: readonly string[], io: Io): Promise<number> {
  const warnings: Problem[] = [];
  const json = asksForJson(argv);
  const world: Io = { ...io, warn: (problem) => void warnings.push(problem) };
  let command = commandOf(argv);
  const explained: string[] = [];
  try {
    const { wanted, globals } = parse(commands, argv, () => readPackage().version, {
      out: (text) => (json ? explained.push(text) : io.out(text)),
      err: (text) => json || io.err(text),
      columns: io.columns ?? 80,
    });
    if (wanted === undefined) throw new JournalError(noCommand());
    command = wanted.spec.name;
    const outcome = await wanted.spec.run(wanted.given, makeContext(world, globals.cwd, json));
    const asJson = json || wanted.given.options.format === "json";
    if (asJson && outcome.printed !== true) io.out(document(command, outcome, warnings));
    else if (!asJson) printOutcome(outcome, warnings, io);
    return exitOf(outcome);
  } catch (reason) {
    if (reason instanceof CommanderError && reason.exitCode === 0) {
      if (json) io.out(document("", { data: explanation(reason, explained.join("")), text: "" }, []));
      return exits.ok;
    }
    // The help page that was printed says more than an error could.
    if (isBare(reason) && !json) return exits.usage;
    const { problems, exit } = refusal(reason, command);
    if (json) io.out(errorDocument(command, problems, exit, warnings));
    else for (const problem of [...warnings, ...problems]) io.err(printProblem(problem, io.paint.err));
    if (exit === exits.internal && io.environment["JOURNAL_DEBUG"]) io.err(`${safe((reason as Error).stack ?? String(reason))}\n`);
    return exit;
  }
}

function printOutcome(outcome: Outcome, warnings: readonly Problem[], io: Io): void {
  if (outcome.text !== "") io.out(outcome.text);
  for (const problem of [...warnings, ...(outcome.problems ?? [])]) io.err(printProblem(problem, io.paint.err));
  for (const line of outcome.talk ?? []) io.err(`${line}\n`);
}

function makeContext(io: Io, cwd: string | undefined, json: boolean): Context {
  if (io.cwd === "" && (cwd === undefined || !isAbsolute(cwd))) throw new JournalError(goneFolder(), exits.notFound);
  const start = resolve(io.cwd, cwd ?? ".");
  if (!isFolder(start)) throw new JournalError(noFolder(cwd ?? start), exits.notFound);
  const inside: Io = { ...io, cwd: start, interactive: io.interactive && !json };
  const open = async () =>
    (await import("../store/journal.ts")).openJournal(start, { now: io.now, environment: io.environment, warn: io.warn });
  return { io: inside, start, json, commands, open };
}

const isFolder = (path: string): boolean => look(path)?.isDirectory() === true;

/** Nothing but options was given. */
const isBare = (reason: unknown): boolean => reason instanceof CommanderError && reason.code === "commander.help";

/** What `--help` and `--version` print, as data. */
function explanation({ code }: CommanderError, text: string): object {
  return code === "commander.version" ? { version: text.trim() } : { help: text };
}

/** What was thrown → what to say and with which code to end. */
function refusal(reason: unknown, command: string): { problems: readonly Problem[]; exit: ExitCode } {
  if (reason instanceof JournalError) return { problems: reason.problems, exit: reason.exit };
  if (isBare(reason)) return { problems: [noCommand()], exit: exits.usage };
  if (reason instanceof CommanderError) {
    const example = commands.find(({ name }) => name === command)?.examples[0]?.line;
    return { problems: [usage(reason.code, reason.message, command, example)], exit: exits.usage };
  }
  const code = (reason as NodeJS.ErrnoException)?.code;
  const message = reason instanceof Error ? reason.message : String(reason);
  if (typeof code === "string" && systemCodes.has(code)) return { problems: [systemRefused(message)], exit: exits.internal };
  return { problems: [internal(message)], exit: exits.internal };
}

/** Refusals of the operating system, which are nobody's bug. */
const systemCodes: ReadonlySet<string> = new Set([
  "ENOSPC",
  "EDQUOT",
  "EROFS",
  "EACCES",
  "EPERM",
  "EIO",
  "EMFILE",
  "ENFILE",
  "EFBIG",
  "ENAMETOOLONG",
]);

/** Known before the parser runs, since its refusals must keep the contract too. */
function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return (end === -1 ? argv : argv.slice(0, end)).includes("--json");
}

/** The command's name for messages about words that could not be parsed. */
function commandOf(argv: readonly string[]): string {
  return argv.find((text) => commands.some((spec) => spec.name === text)) ?? "";
}
