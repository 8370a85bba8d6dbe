// A configuration as somebody copies it into a program of their own: YAML, JSON, a Python dict, flags of a command line. What is printed
// means the same to every reader of that language; numbers stand as their author wrote them where the language reads them so.

import type { Dict, Json, Scalar, Tree } from "../record/tree.ts";

export interface ConfigurationLine {
  readonly text: string;
  /** The value in the baseline, where that is another one; beside the text, never in what is copied. */
  readonly old?: string;
}

export interface ConfigurationText {
  readonly language: "YAML" | "JSON" | "Python" | "flags";
  readonly lines: readonly ConfigurationLine[];
}

/** What the baseline had, by dotted path; nothing where it had the same. */
export type OldValue = (path: string) => string | undefined;

/** `command` spells the flags as its script reads them: `--batch-size`, where argparse makes `batch_size` of it. */
export function configurationTexts(
  config: Dict,
  old: OldValue = () => undefined,
  command: readonly string[] = [],
): readonly ConfigurationText[] {
  return [
    { language: "YAML", lines: yamlLines(config, old, "", "") },
    { language: "JSON", lines: bracketLines(config, old, json) },
    { language: "Python", lines: bracketLines(config, old, python) },
    { language: "flags", lines: flagLines(config, old, spellings(command)) },
  ];
}

/** Flat by dotted path → nested; a name that is the beginning of another one keeps its dots. */
export function nested(config: Readonly<Record<string, Json>>, texts: Readonly<Record<string, string>>): Dict {
  const root: Building = { kind: "dict", entries: new Map() };
  const names = new Set(Object.keys(config));
  for (const [name, value] of Object.entries(config)) {
    const steps = name.split(".");
    const taken = steps.slice(0, -1).some((_, at) => names.has(steps.slice(0, at + 1).join("."))) || steps.includes("");
    const path = taken ? [name] : steps;
    let at = root;
    for (const step of path.slice(0, -1)) {
      const known = at.entries.get(step);
      const next: Building = known?.kind === "dict" ? known : { kind: "dict", entries: new Map() };
      at.entries.set(step, next);
      at = next;
    }
    at.entries.set(path.at(-1) ?? name, { kind: "leaf", tree: leaf(value, Object.hasOwn(texts, name) ? texts[name] : undefined) });
  }
  return finished(root);
}

interface Building {
  readonly kind: "dict";
  readonly entries: Map<string, Building | { readonly kind: "leaf"; readonly tree: Tree }>;
}

const nowhere = { start: 0, end: 0 };

function finished({ entries }: Building): Dict {
  return {
    kind: "dict",
    entries: [...entries].map(([key, value]) => ({
      key,
      keyStart: 0,
      keyEnd: 0,
      value: value.kind === "dict" ? finished(value) : value.tree,
    })),
    ...nowhere,
  };
}

function leaf(value: Json, source?: string): Tree {
  if (Array.isArray(value)) return { kind: "list", items: value.map((item: Json) => leaf(item)), ...nowhere };
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).map(([key, item]) => ({ key, keyStart: 0, keyEnd: 0, value: leaf(item) }));
    return { kind: "dict", entries, ...nowhere };
  }
  const scalar = value as Scalar["value"];
  return {
    kind: "scalar",
    value: scalar,
    source: source ?? (scalar === null ? "" : String(scalar)),
    style: typeof scalar === "string" ? "quoted" : "plain",
    ...nowhere,
  };
}

const join = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

const line = (text: string, old: string | undefined): ConfigurationLine => (old === undefined ? { text } : { text, old });

const isBranch = (tree: Tree): tree is Dict => tree.kind === "dict" && tree.entries.length > 0;

const plainNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/** Digits as written where every language reads them, else as the number they are; of whole numbers beyond 2^53 all digits. */
function numberText({ value, source, style }: Scalar): string | undefined {
  if (typeof value === "string") return style === "plain" && /^-?[1-9]\d{15,}$/.test(source) ? source : undefined;
  if (typeof value !== "number") return undefined;
  return plainNumber.test(source) && Number(source) === value ? source : String(value);
}

/** `.inf`, `-.inf`, `.nan`, as YAML writes them. */
function oddNumber({ value, source, style }: Scalar): "inf" | "-inf" | "nan" | undefined {
  const text = typeof value === "number" && !Number.isFinite(value) ? String(value) : style === "plain" ? source : "";
  const found = /^([-+]?)\.?(?:(inf)(?:inity)?|(nan))$/i.exec(text);
  if (found === null || (typeof value === "string" && !text.includes("."))) return undefined;
  return found[3] !== undefined ? "nan" : found[1] === "-" ? "-inf" : "inf";
}

/** A JSON string without marks that a reader of YAML or Python takes for the end of a line. */
function quoted(text: string): string {
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, "\ufffd")).replace(
    /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

// YAML

function yamlLines(dict: Dict, old: OldValue, indent: string, path: string): readonly ConfigurationLine[] {
  if (dict.entries.length === 0) return [{ text: `${indent}{}` }];
  return dict.entries.flatMap(({ key, value }) => {
    const name = join(path, key);
    if (isBranch(value)) return [{ text: `${indent}${yamlText(key)}:` }, ...yamlLines(value, old, `${indent}  `, name)];
    return [line(`${indent}${yamlText(key)}: ${yamlFlow(value)}`, old(name))];
  });
}

function yamlFlow(tree: Tree): string {
  if (tree.kind === "list") return `[${tree.items.map(yamlFlow).join(", ")}]`;
  if (tree.kind === "dict")
    return tree.entries.length === 0
      ? "{}"
      : `{ ${tree.entries.map(({ key, value }) => `${yamlText(key)}: ${yamlFlow(value)}`).join(", ")} }`;
  const odd = oddNumber(tree);
  if (odd !== undefined) return odd.replace(/^(-?)/, "$1.");
  const number = numberText(tree);
  if (number !== undefined) return yamlNumber(number);
  return typeof tree.value === "string" ? yamlText(tree.value) : String(tree.value);
}

/** PyYAML takes `1e-3` and `1.0e3` for text: a float has its point, an exponent its sign. */
const yamlNumber = (text: string): string =>
  text.replace(/^(-?\d+)(\.\d+)?[eE]([-+]?)(\d+)$/, (_, whole, part, sign, power) => `${whole}${part ?? ".0"}e${sign || "+"}${power}`);

const yamlWords = /^(?:null|true|false|yes|no|on|off|y|n)$/i;

function yamlText(text: string): string {
  const plain = /^[A-Za-z_][A-Za-z0-9_./-]*$/.test(text) && !yamlWords.test(text) && !/^[eE]\d+$/.test(text);
  return plain ? text : quoted(text);
}

// JSON and Python

interface Language {
  readonly indent: string;
  /** After the last entry too. */
  readonly trailing: boolean;
  readonly scalar: (scalar: Scalar) => string;
}

const json: Language = {
  indent: "  ",
  trailing: false,
  scalar: (scalar) => {
    const odd = oddNumber(scalar);
    if (odd !== undefined) return quoted(odd);
    return numberText(scalar) ?? (typeof scalar.value === "string" ? quoted(scalar.value) : String(scalar.value));
  },
};

const constants: Readonly<Record<string, string>> = { true: "True", false: "False", null: "None" };

const python: Language = {
  indent: "    ",
  trailing: true,
  scalar: (scalar) => {
    const odd = oddNumber(scalar);
    if (odd !== undefined) return `float("${odd}")`;
    return numberText(scalar) ?? (typeof scalar.value === "string" ? quoted(scalar.value) : (constants[String(scalar.value)] ?? "None"));
  },
};

function bracketLines(dict: Dict, old: OldValue, language: Language): readonly ConfigurationLine[] {
  if (dict.entries.length === 0) return [{ text: "{}" }];
  return [{ text: "{" }, ...innerLines(dict, old, language, language.indent, ""), { text: "}" }];
}

function innerLines({ entries }: Dict, old: OldValue, language: Language, indent: string, path: string): readonly ConfigurationLine[] {
  return entries.flatMap(({ key, value }, at) => {
    const comma = language.trailing || at < entries.length - 1 ? "," : "";
    const name = join(path, key);
    if (!isBranch(value)) return [line(`${indent}${quoted(key)}: ${flow(value, language)}${comma}`, old(name))];
    return [
      { text: `${indent}${quoted(key)}: {` },
      ...innerLines(value, old, language, indent + language.indent, name),
      { text: `${indent}}${comma}` },
    ];
  });
}

function flow(tree: Tree, language: Language): string {
  if (tree.kind === "list") return `[${tree.items.map((item) => flow(item, language)).join(", ")}]`;
  if (tree.kind === "dict") return `{${tree.entries.map(({ key, value }) => `${quoted(key)}: ${flow(value, language)}`).join(", ")}}`;
  return language.scalar(tree);
}

// Flags

/** By name, the flag as it was written; behind it whether it was given without a value. */
type Spellings = ReadonlyMap<string, { readonly flag: string; readonly bare: boolean }>;

function spellings(command: readonly string[]): Spellings {
  const found = new Map<string, { readonly flag: string; readonly bare: boolean }>();
  for (const [at, word] of command.entries()) {
    const [, flag, name = "", sign] = /^(--([A-Za-z][\w.:/-]*))(=)?/.exec(word) ?? [];
    const next = command[at + 1];
    const bare = sign === undefined && (next === undefined || /^--?[A-Za-z]|^--$/.test(next));
    if (flag !== undefined) found.set(name.replaceAll("-", "_"), { flag, bare });
  }
  return found;
}

function flagLines(config: Dict, old: OldValue, spelled: Spellings): readonly ConfigurationLine[] {
  const flags = flagsOf(config, old, spelled, "");
  return flags.map(({ text, ...rest }, at) => ({ text: at < flags.length - 1 ? `${text} \\` : text, ...rest }));
}

/** `--optimizer.name=adam`; what is no single word of a shell is quoted for it. */
function flagsOf({ entries }: Dict, old: OldValue, spelled: Spellings, path: string): readonly ConfigurationLine[] {
  return entries.flatMap(({ key, value }) => {
    const name = join(path, key);
    if (isBranch(value)) return flagsOf(value, old, spelled, name);
    const text = value.kind === "scalar" ? flagText(value) : flow(value, json);
    const own = spelled.get(name);
    const isSwitch = own?.bare === true && value.kind === "scalar" && value.value === true;
    return [line(isSwitch ? own.flag : `${shellPart(own?.flag ?? `--${name}`)}=${shellPart(text)}`, old(name))];
  });
}

const flagText = (scalar: Scalar): string =>
  oddNumber(scalar) ?? numberText(scalar) ?? (typeof scalar.value === "string" ? scalar.value : String(scalar.value));

const shellPart = (text: string): string => (/^[\p{L}\p{N}_./@+:,%-]*$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
