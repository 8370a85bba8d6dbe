// The words of a command as parameters: flags as argparse and its kin read them, `key=value` as Hydra does.

import { secretIn } from "../record/secret.ts";
import type { Json } from "../record/tree.ts";
import { parseValue } from "../record/value.ts";
import type { Item, Parameter } from "./item.ts";

const script = /\.(?:py|pyc|ipynb|r|jl|sh|js|mjs|ts|rb|pl|lua|m|php)$/i;
/** Modules that start another program, whose own flags say nothing about the experiment. */
const launchers =
  /^(?:torch\.distributed\.(?:run|launch)|accelerate(?:\.commands\.\w+)?|deepspeed(?:\.\w+)*|cProfile|pdb|coverage|debugpy|memory_profiler)$/;
const interpreter = /^(?:.*\/)?(?:(?:ba|da|k|z)?sh|python[\d.]*|node|ruby|perl|Rscript|julia)$/;
/** `bash -lc '…'`, `node --eval '…'`: a program, not a value. */
const inline = /^-(?:[a-z]*c|e|-eval)$/;
const override = /^(?:\+{1,2}|~)?([A-Za-z_][\w./@-]*)=(.*)$/s;

/** What the words set; the last of several spellings of a name counts. Values that look like secrets are left out. */
export function parametersOf(argv: readonly string[]): readonly Item[] {
  const found = new Map<string, Parameter>();
  const words = argv.slice(programEnd(argv));
  for (let at = 0; at < words.length; ) at += read(words, at, found);
  return [...found.values()];
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
function read(words: readonly string[], at: number, found: Map<string, Parameter>): number {
  const word = words[at] ?? "";
  const flag = flagOf(word);
  if (flag === undefined) {
    const [, key, value] = override.exec(word) ?? [];
    if (key !== undefined && value !== undefined) add(found, key, value);
    return 1;
  }
  if (flag.value !== undefined) add(found, flag.name, flag.value);
  if (flag.value !== undefined) return 1;
  const end = words.findIndex((next, index) => index > at && (next === "--" || flagOf(next) !== undefined || override.test(next)));
  const values = words.slice(at + 1, end === -1 ? words.length : end);
  if (values.length > 0) add(found, flag.name, ...values);
  else if (/^no[-_]./.test(flag.written)) set(found, flag.name.slice(3), false, "false");
  else set(found, flag.name, true, "true");
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

function add(found: Map<string, Parameter>, name: string, ...texts: readonly string[]): void {
  if (texts.some((text) => secretIn(text, name) !== undefined)) return;
  const [only] = texts;
  set(found, name, texts.length === 1 && only !== undefined ? parseValue(only) : texts.map(parseValue), texts.join(" "));
}

function set(found: Map<string, Parameter>, name: string, value: Json, text: string): void {
  found.delete(name);
  found.set(name, { kind: "parameter", name, value, text, from: "flag" });
}
