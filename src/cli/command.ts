// What one entry of the list of commands is; `program.ts` is the list, `parser.ts` makes it into a parser, `commands-page.ts` into a page.

import type { Journal } from "../store/journal.ts";
import type { Io } from "./io.ts";
import type { Outcome } from "./outcome.ts";

/** `["-m, --message <text>", "why"]`; with `many` it may be given again and collects. */
export interface OptionSpec {
  readonly flags: string;
  readonly description: string;
  readonly many?: boolean;
  readonly choices?: readonly string[];
  readonly hidden?: boolean;
}

/** Every option there is, by the name the parser gives it; a command takes what it declared. */
export interface Options {
  readonly against?: string;
  readonly all?: boolean;
  readonly artifact?: readonly string[];
  readonly base?: readonly string[];
  readonly before?: boolean;
  readonly check?: boolean;
  readonly checks?: string;
  /** False with `--no-ci`. */
  readonly ci?: boolean;
  readonly clean?: boolean;
  readonly code?: boolean;
  readonly columns?: string;
  readonly date?: string;
  readonly diffFrom?: string;
  readonly debug?: boolean;
  readonly detach?: boolean;
  readonly done?: readonly string[];
  readonly dryRun?: boolean;
  readonly edit?: boolean;
  readonly env?: string;
  readonly failed?: readonly string[];
  readonly fix?: boolean;
  readonly force?: boolean;
  readonly gate?: boolean;
  readonly goal?: string;
  readonly format?: string;
  readonly grid?: readonly string[];
  readonly hypothesis?: string;
  readonly id?: string;
  readonly install?: boolean;
  readonly issue?: readonly string[];
  readonly kept?: boolean;
  /** False with `--no-lanes`. */
  readonly lanes?: boolean;
  readonly like?: string;
  readonly keep?: boolean;
  readonly limit?: string;
  readonly link?: readonly string[];
  readonly list?: boolean;
  readonly mergeDriver?: boolean;
  readonly message?: string;
  readonly metric?: string;
  readonly motivation?: readonly string[];
  readonly name?: string;
  readonly near?: string;
  readonly next?: readonly string[];
  readonly older?: string;
  readonly open?: boolean;
  readonly orphans?: boolean;
  readonly output?: string;
  /** False with `--no-pages`. */
  readonly pages?: boolean;
  readonly param?: readonly string[];
  readonly path?: string;
  readonly pivot?: string;
  readonly port?: string;
  readonly protocol?: string;
  readonly question?: readonly string[];
  readonly repeat?: string;
  readonly report?: boolean;
  readonly resolved?: readonly string[];
  readonly seeds?: string;
  readonly set?: readonly string[];
  readonly since?: string;
  readonly sort?: string;
  readonly status?: "planned" | "running" | "finished";
  readonly strict?: boolean;
  readonly strictNovelty?: boolean;
  readonly study?: string;
  readonly tag?: readonly string[];
  readonly summary?: string;
  readonly template?: string;
  readonly text?: string;
  readonly timeout?: string;
  readonly title?: string;
  readonly tolerance?: string;
  readonly undecided?: boolean;
  readonly unexpected?: readonly string[];
  readonly unset?: readonly string[];
  readonly untag?: readonly string[];
  readonly view?: string;
  readonly where?: string;
  readonly worked?: readonly string[];
  readonly yes?: boolean;
  /** True where no file is named. */
  readonly zip?: string | boolean;
}

/** Positional arguments and options as the parser read them. */
export interface Given {
  readonly arguments: readonly (string | readonly string[] | undefined)[];
  readonly options: Options;
}

export interface Context {
  readonly io: Io;
  /** Absolute folder the command works in. */
  readonly start: string;
  readonly json: boolean;
  /** The whole list, for the command that describes it. */
  readonly commands: readonly CommandSpec[];
  /** Opens the journal that `start` lies in. */
  open(): Promise<Journal>;
}

export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** Further sentences for the help page. */
  readonly more?: string;
  readonly arguments?: readonly { readonly name: string; readonly description: string; readonly words?: readonly string[] }[];
  readonly options?: readonly OptionSpec[];
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  /** Commands of one group stand together on the help page. */
  readonly group: string;
  readonly hidden?: boolean;
  /** Loads the command when it is asked for, and runs it. */
  readonly run: (given: Given, context: Context) => Promise<Outcome>;
}

/** The arguments of a variadic position. */
export function words(given: Given, position = 0): readonly string[] {
  const value = given.arguments[position];
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

export function word(given: Given, position = 0): string | undefined {
  const value = given.arguments[position];
  return typeof value === "string" ? value : undefined;
}
