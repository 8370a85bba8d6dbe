// Questions to git that build on each other, written once: answered while we wait, or while other work goes on.

import { callGit, callGitSoon, type GitAnswer, type GitOptions } from "./git-call.ts";

export interface GitCall {
  readonly words: readonly string[];
  readonly options?: GitOptions;
}

/** Yields calls that need no answer of each other. */
export type GitScript<T> = Generator<readonly GitCall[], T, readonly GitAnswer[]>;

export function playNow<T>(folder: string, script: GitScript<T>): T {
  let step = script.next();
  while (step.done !== true) step = script.next(step.value.map(({ words, options }) => callGit(folder, words, options)));
  return step.value;
}

export async function playSoon<T>(folder: string, script: GitScript<T>): Promise<T> {
  let step = script.next();
  while (step.done !== true)
    step = script.next(await Promise.all(step.value.map(({ words, options }) => callGitSoon(folder, words, options))));
  return step.value;
}
