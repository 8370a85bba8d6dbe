// The words of a recorded command with other values: `--set lr=1e-4`, `--seeds 4-6`.

import { parametersOf } from "../formats/arguments.ts";
import type { Assignment } from "./assignments.ts";

export interface Rewritten {
  readonly words: readonly string[];
  /** Names that the command has no place for. */
  readonly missing: readonly string[];
}

/** Each value in the place the command has for it: `--lr 3e-4`, `--lr=3e-4`, `lr=3e-4`, `-b 32`; several values where the command has several. */
export function rewrite(command: readonly string[], assignments: readonly Assignment[]): Rewritten {
  let words = command;
  const missing: string[] = [];
  for (const { key, value } of assignments) {
    const next = replace(words, fold(key), value);
    if (next === undefined) missing.push(key);
    else words = next;
  }
  return { words, missing };
}

/** What the command has a place for. */
export const namesIn = (command: readonly string[]): readonly string[] =>
  parametersOf(command).flatMap((item) => (item.kind === "parameter" ? [item.name] : []));

const fold = (name: string): string => name.replace(/^-+/, "").replaceAll("-", "_");
const isFlag = (word: string): boolean => /^--?[A-Za-z]/.test(word) || word === "--";

/** Every place of that name, since the last one counts; nothing when there is none. */
function replace(command: readonly string[], name: string, value: string): readonly string[] | undefined {
  const words: string[] = [];
  let found = false;
  for (let at = 0; at < command.length; at += 1) {
    const word = command[at] ?? "";
    const [, key, sign] = /^(--?[A-Za-z][\w.:/-]*|\+{0,2}[A-Za-z_][\w./@-]*)(=)?/.exec(word) ?? [];
    const isNamed = key !== undefined && fold(key.replace(/^\++/, "")) === name && at > 0;
    if (isNamed && sign === "=") {
      words.push(`${key}=${value}`);
      found = true;
    } else if (isNamed && isFlag(word) && word === key && countValues(command, at) > 0) {
      words.push(word, ...listOf(value));
      at += countValues(command, at);
      found = true;
    } else words.push(word);
  }
  return found ? words : undefined;
}

/** Of a flag: the words behind it up to the next one. */
function countValues(command: readonly string[], flag: number): number {
  let count = 0;
  while (
    flag + 1 + count < command.length &&
    !isFlag(command[flag + 1 + count] ?? "") &&
    !/^\+{0,2}[A-Za-z_][\w./@-]*=/.test(command[flag + 1 + count] ?? "")
  ) {
    count += 1;
  }
  return count;
}

const listOf = (value: string): readonly string[] =>
  /^\[.*\]$/s.test(value)
    ? value
        .slice(1, -1)
        .split(",")
        .map((one) => one.trim())
    : [value];

const mostSeeds = 1000;

/** `4-6,9` → 4, 5, 6, 9; nothing for what is no list of seeds. */
export function parseSeeds(text: string): readonly string[] | undefined {
  const seeds: string[] = [];
  for (const part of text.split(",")) {
    const [, from, to] = /^\s*(\d{1,15})(?:\s*-\s*(\d{1,15}))?\s*$/.exec(part) ?? [];
    if (from === undefined) return undefined;
    const last = Number(to ?? from);
    if (last < Number(from) || last - Number(from) >= mostSeeds) return undefined;
    for (let seed = Number(from); seed <= last; seed += 1) seeds.push(String(seed));
  }
  return seeds.length > mostSeeds || new Set(seeds).size < seeds.length ? undefined : seeds;
}

/** With `{seed}` where the command takes one; nothing when it has no place for it. */
export function withSeedPlace(command: readonly string[]): readonly string[] | undefined {
  if (command.some((word) => word.includes("{seed}"))) return command;
  const names = namesIn(command).filter((name) => /(?:^|[._])seed$/i.test(name));
  if (names.length === 0) return undefined;
  const { words, missing } = rewrite(
    command,
    names.map((key) => ({ key, value: "{seed}" })),
  );
  return missing.length === 0 ? words : undefined;
}

/** What was masked when the command was written down. */
export const maskedIn = (command: readonly string[]): readonly string[] => command.filter((word) => word.includes("[redacted:"));
