// A command taken apart: what runs, and what it is told. Flags as argparse and its kin read them, `key=value` as Hydra does.

import { shellWord } from "../base/shell.ts";
import type { Execution } from "./experiment.ts";

const script = /\.(?:py|pyc|ipynb|r|jl|sh|js|mjs|ts|rb|pl|lua|m|php)$/i;
/** Modules that start another program, whose own flags say nothing about the experiment. */
const launchers =
  /^(?:torch\.distributed\.(?:run|launch)|accelerate(?:\.commands\.\w+)?|deepspeed(?:\.\w+)*|cProfile|pdb|coverage|debugpy|memory_profiler)$/;
const interpreter = /^(?:.*\/)?((?:ba|da|k|z)?sh|python|node|ruby|perl|Rscript|julia)[\d.]*$/;
/** `bash -lc '…'`, `node --eval '…'`: a program, not a value. */
const inline = /^-(?:[a-z]*c|e|-eval)$/;
const override = /^(?:\+{1,2}|~)?([A-Za-z_][\w./@-]*)=(.*)$/s;

export type Part =
  | { readonly kind: "flag"; readonly name: string; readonly written: string; readonly values: readonly string[] }
  | { readonly kind: "pair"; readonly name: string; readonly value: string }
  | { readonly kind: "word"; readonly word: string };

export interface Command {
  /** What runs, with the words that belong to what runs it: `python -m pkg.train`. */
  readonly program: readonly string[];
  readonly parts: readonly Part[];
}

export function takeApart(argv: readonly string[]): Command {
  const end = programEnd(argv);
  const words = argv.slice(end);
  const parts: Part[] = [];
  for (let at = 0; at < words.length; ) at += read(words, at, parts);
  return { program: argv.slice(0, end), parts };
}

/** Index of the first word that belongs to the script and not to what runs it. */
function programEnd(argv: readonly string[]): number {
  const first = argv.findIndex((word) => script.test(word));
  const module = argv.indexOf("-m");
  const ofModule = module !== -1 && (first === -1 || module < first);
  if (ofModule && !launchers.test(argv[module + 1] ?? "")) return module + 2;
  const code = interpreter.test(argv[0] ?? "") ? argv.findIndex((word) => inline.test(word)) : -1;
  if (code !== -1 && (first === -1 || code < first)) return code + 2;
  if (first !== -1) return first + 1;
  let at = 0;
  // `env A=1 B=2 ./train`
  while (argv[at] === "env" || (at > 0 && override.test(argv[at] ?? ""))) at += 1;
  return at + 1;
}

/** Reads one word, or a flag with its values; how many words that were. */
function read(words: readonly string[], at: number, parts: Part[]): number {
  const word = words[at] ?? "";
  const flag = flagOf(word);
  if (flag === undefined) {
    const [, name, value] = override.exec(word) ?? [];
    parts.push(name !== undefined && value !== undefined ? { kind: "pair", name, value } : { kind: "word", word });
    return 1;
  }
  const { name, written, value } = flag;
  if (value !== undefined) {
    parts.push({ kind: "flag", name, written, values: [value] });
    return 1;
  }
  const end = words.findIndex((next, index) => index > at && (next === "--" || flagOf(next) !== undefined || override.test(next)));
  const values = words.slice(at + 1, end === -1 ? words.length : end);
  parts.push({ kind: "flag", name, written, values });
  return 1 + values.length;
}

interface Flag {
  readonly name: string;
  readonly written: string;
  readonly value?: string;
}

/** `--lr`, `--lr=3e-4`, `-b`, `-b32`; a negative number is a value. */
function flagOf(word: string): Flag | undefined {
  const [, dashes, name, , value] = /^(--?)([A-Za-z][\w.:/-]*)(=(.*))?$/s.exec(word) ?? [];
  if (dashes === undefined || name === undefined) return undefined;
  const short = dashes === "-" && value === undefined ? /^([A-Za-z])(\d[\d.e-]*)$/.exec(name) : null;
  if (short !== null) return { name: short[1] ?? "", written: name, value: short[2] ?? "" };
  return { name: name.replaceAll("-", "_"), written: name, ...(value === undefined ? {} : { value }) };
}

const known = new WeakMap<Execution, string>();

/**
 * What ran and where, as a shell would be told: the program and the words that are no parameter, for those `config` tells. Nothing where no
 * command was recorded. Where an interpreter lies and its version are of the machine, not of the experiment.
 */
export function programOf(execution: Execution | undefined): string | undefined {
  if (execution?.command === undefined || execution.command.length === 0) return undefined;
  const before = known.get(execution);
  if (before !== undefined) return before;
  const { program, parts } = takeApart(execution.command);
  const words = [...program, ...parts.flatMap((part) => (part.kind === "word" && part.word !== "--" ? [part.word] : []))];
  const shown = words.map((word) => interpreter.exec(word)?.[1] ?? word.replace(/^(?:\.\/)+/, ""));
  const { cwd = "." } = execution;
  const made = (cwd === "." ? "" : `cd ${shellWord(cwd)} && `) + shown.map(shellWord).join(" ");
  known.set(execution, made);
  return made;
}

/** Two that recorded no command are not known to differ. */
export function sameProgram(own: Execution | undefined, other: Execution | undefined): boolean {
  const [ours, theirs] = [programOf(own), programOf(other)];
  return ours === undefined || theirs === undefined || ours === theirs;
}
