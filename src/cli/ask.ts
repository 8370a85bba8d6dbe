// Asking a person. The only file that knows the prompt library, which is loaded when the first question is due.

import { JournalError } from "../base/problem.ts";
import { cancelled } from "./messages.ts";

export interface Question {
  readonly message: string;
  readonly placeholder?: string;
  readonly initial?: string;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** Every answer is text or a yes; stopping throws a refusal, so nothing is half done. */
export interface Ask {
  text(question: Question): Promise<string>;
  select(question: Question, choices: readonly Choice[]): Promise<string>;
  confirm(question: Question): Promise<boolean>;
}

export async function clackAsk(): Promise<Ask> {
  const clack = await import("@clack/prompts");
  const output = process.stderr;
  return {
    text: async ({ message, placeholder, initial }) =>
      answer(
        (await clack.text({
          message,
          output,
          ...(placeholder === undefined ? {} : { placeholder }),
          ...(initial === undefined ? {} : { initialValue: initial }),
        })) ?? "",
      ),
    select: async ({ message, initial }, choices) =>
      answer(
        await clack.select<string>({
          message,
          output,
          options: choices.map(({ value, label, hint }) => ({ value, label, ...(hint === undefined ? {} : { hint }) })),
          ...(initial === undefined ? {} : { initialValue: initial }),
        }),
      ),
    confirm: async ({ message }) => answer(await clack.confirm({ message, output, initialValue: false })),
  };
}

/** The library gives a symbol when the person pressed Ctrl+C or Escape. */
function answer<T>(value: T): Exclude<T, symbol> {
  if (typeof value === "symbol") throw new JournalError(cancelled());
  return value as Exclude<T, symbol>;
}
