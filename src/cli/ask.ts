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
      (await untilEnd((signal) =>
        clack.text({
          message,
          output,
          signal,
          ...(placeholder === undefined ? {} : { placeholder }),
          ...(initial === undefined ? {} : { initialValue: initial }),
        }),
      )) ?? "",
    select: ({ message, initial }, choices) =>
      untilEnd((signal) =>
        clack.select<string>({
          message,
          output,
          signal,
          options: choices.map(({ value, label, hint }) => ({ value, label, ...(hint === undefined ? {} : { hint }) })),
          ...(initial === undefined ? {} : { initialValue: initial }),
        }),
      ),
    confirm: ({ message }) => untilEnd((signal) => clack.confirm({ message, output, signal, initialValue: false })),
  };
}

/** The library waits for ever when the input ends: by Ctrl+D, or because the terminal is gone. */
async function untilEnd<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<Exclude<T, symbol>> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  const key = (_text: unknown, pressed: { readonly name?: string; readonly ctrl?: boolean } | undefined): void => {
    if (pressed?.ctrl === true && pressed.name === "d") end();
  };
  process.stdin.once("end", end).once("close", end).on("keypress", key);
  try {
    return answer(await ask(stop.signal));
  } finally {
    process.stdin.off("end", end).off("close", end).off("keypress", key);
  }
}

/** The library gives a symbol when the person pressed Ctrl+C or Escape. */
function answer<T>(value: T): Exclude<T, symbol> {
  if (typeof value === "symbol") throw new JournalError(cancelled());
  return value as Exclude<T, symbol>;
}
