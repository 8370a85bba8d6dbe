// Secrets in the words of a command and in what is made of them. Who typed a value behind `--password` meant one, whatever it looks like:
// here a name is enough, where in code and output a value must look like a secret too.

import type { Parameter } from "../formats/item.ts";
import type { Json } from "../record/tree.ts";
import { kindOf, notSecret, type Redact, textTokens } from "./redact.ts";

/** Whose keys and tokens are secrets; a `sort_key` and a `pad_token` are none. */
const owners = new Set(
  "access account admin anthropic api app auth aws azure bearer bot clearml client cohere comet csrf dagshub deploy discord encryption gcp gemini gh github gitlab google groq hf hub huggingface id jwt kaggle license master mistral mlflow neptune oauth openai openrouter personal private pypi npm refresh replicate secret security sentry service session shared signing slack subscription telegram together twilio user wandb".split(
    " ",
  ),
);
const harmlessOwners = new Set(["user", "id", "bot"]);
const plain = /^(?:passw(?:or)?d|\w*passw(?:or)?d|\w+passphrase|passphrase|pwd|secret|credentials?|apikey|authtoken|authorization|auth)$/;
/** Behind the word that says it: `SECRET_ID`, `password2`, `API_KEY_VALUE`. */
const endings = /^(?:value|text|string|plain|prod|dev|test|\d+)$/;

/** Whether what a parameter or variable of this name holds must not be shown. */
export function isSecretParameter(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== "");
  while (words.length > 1 && endings.test(words.at(-1) ?? "")) words.pop();
  if (words.length > 2 && words.at(-1) === "id" && words.at(-2) === "key") words.pop();
  const last = (words.at(-1) ?? "").replace(/\d+$/, "");
  const owner = words.at(-2);
  if (plain.test(last)) return last !== "auth" || owner === undefined || !/^(?:use|no|with|skip|need|require|enable)s?d?$/.test(owner);
  if (last === "token") return owner === undefined || name === name.toUpperCase() ? !textTokens.has(owner ?? "") : isOwner(owner);
  return last === "key" && owner !== undefined && isOwner(owner);
}

const isOwner = (word: string): boolean => owners.has(word) && !harmlessOwners.has(word);
const methods =
  /^(?:basic|bearer|digest|kerberos|ntlm|negotiate|oauth2?|ldap|anonymous|default|google|github|gitlab|required|optional|disabled|enabled)$/i;

/** Whether it is a value at all, and not a switch, a place, or a reference to where the secret is. */
function isGiven(name: string, value: string): boolean {
  if (value === "" || notSecret.test(value) || /[()[\]{}]/.test(value)) return false;
  if (/passw|passphrase|pwd/i.test(name)) return value.length >= 3;
  return value.length >= 6 && !/^[\d.e+-]+$/i.test(value) && !methods.test(value) && !file.test(value);
}

const file = /\.(?:py|json|ya?ml|toml|ini|txt|pem|crt|key|csv|pt|bin|model)$/i;

const mask = (name: string): string => `[redacted:${/auth(?!or)/i.test(name) && !/token/i.test(name) ? "authorization" : kindOf(name)}]`;

const value = String.raw`("[^"]{1,400}"|'[^']{1,400}'|[^\s"'&,;|<>\\]{1,400})`;
/** `NAME=value`, `"name": "value"`, `Name: value`. */
const pairs = new RegExp(String.raw`(?<![\w.-])((?:--?)?[A-Za-z_][\w.-]{0,80})(["']?(?:=|\s?:\s{0,4}))${value}`, "g");
/** `--name value` inside a word for a shell. */
const flags = new RegExp(String.raw`(?<![\w-])(--?[A-Za-z][\w.-]{0,80})(\s{1,4})(?!-)${value}`, "g");
const header =
  /(\bauthorization["']?\s{0,4}[:=]\s{0,4}["']?(?:[A-Za-z]{4,12}\s{1,4})?)(?![[$<{"'])([^\s"',;&]{3,2000})(?![^\s"',;&]|\s+\[redacted:)/gi;

/** One word of a command, which may be a whole line for a shell. */
export function redactWord(word: string, redact: Redact): string {
  const masked = (whole: string, name: string, between: string, given: string): string => {
    const quote = /^["']/.exec(given)?.[0] ?? "";
    const bare = quote === "" ? given : given.slice(1, -1);
    return isSecretParameter(name) && isGiven(name, bare) ? `${name}${between}${quote}${mask(name)}${quote}` : whole;
  };
  return redact(word)
    .replace(header, (_, kept: string) => `${kept}[redacted:authorization]`)
    .replace(pairs, masked)
    .replace(flags, masked);
}

/** Word by word; the word behind `--password` is one too. */
export function redactWords(words: readonly string[], redact: Redact): readonly string[] {
  return words.map((word, at) => {
    const before = words[at - 1];
    const clean = redactWord(word, redact);
    if (clean !== word || before === undefined || !/^--?[A-Za-z]/.test(before) || before.includes("=")) return clean;
    if (isSecretParameter(before) && !word.startsWith("--") && isGiven(before, word)) return mask(before);
    const pair = `${before} ${word}`;
    const both = redact(pair);
    return both === pair || !both.startsWith(`${before} `) ? word : both.slice(before.length + 1);
  });
}

/** With a mask for its value where that is a secret: by the name, or by what it looks like. */
export function redactParameter(parameter: Parameter, redact: Redact): Parameter {
  const { text, ...rest } = parameter;
  // Read from a word that is masked already, whose brackets make no list.
  if (text?.includes("[redacted:")) return { ...rest, value: text };
  const clean = redactValue(parameter.name, parameter.value, redact);
  if (JSON.stringify(clean) !== JSON.stringify(parameter.value)) return { ...rest, value: clean };
  return text === undefined || redact(text) === text ? parameter : rest;
}

function redactValue(name: string, value: Json, redact: Redact): Json {
  if (Array.isArray(value)) return value.map((one) => redactValue(name, one, redact));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactValue(key, inner, redact)]));
  if (typeof value === "boolean" || value === null) return value;
  const text = String(value);
  if (isSecretParameter(name) && isGiven(name, text)) return mask(name);
  const clean = redactWord(text, redact);
  return clean === text ? value : clean;
}

/** A value that was wished for. */
export function redactAssignment<T extends { readonly key: string; readonly value: string }>(assignment: T, redact: Redact): T {
  const clean = String(redactValue(assignment.key, assignment.value, redact));
  return clean === assignment.value ? assignment : { ...assignment, value: clean };
}
