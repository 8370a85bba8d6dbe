// Takes secrets out of texts before they are written: `[redacted:aws-key]` says what stood there.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dashedKey, isDashedKey } from "../record/secret.ts";

export type Redact = (text: string) => string;

/** A name that says what its value is; `max-tokens` and `pad_token` are no secrets. */
const secretWord =
  "(?:passw(?:or)?d|passphrase|pwd|secret|credentials?|(?:api|access|private|secret|auth|account|license|encryption|signing|service|shared)[_-]?key(?:[_-]id)?|(?:api|access|auth|bearer|refresh|session|id|bot|hub|hf|gh|github|gitlab|personal|private|secret|security|deploy|jwt|oauth|csrf|x[_-]auth)[_-]?token|token|authorization)";

/** Shapes that are a secret wherever they stand. The first group, where there is one, is kept. */
const shapes: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ["age-key", /\bAGE-SECRET-KEY-1[A-Z0-9]{50,60}\b/g],
  ["password", /(\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@'"[]{0,100}:)(?!\[redacted:|[<${*])[^\s/@'"]{1,200}(?=@)/gi],
  ["token", /(\b[a-z][a-z0-9+.-]{1,30}:\/\/)[A-Za-z0-9_-]{20,200}(?=@)/gi],
  ["aws-key", /\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b/g],
  ["github-token", /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})/g],
  ["gitlab-token", /\bgl(?:pat|ptt|rt|dt|cbt|ft|soat)-[A-Za-z0-9_-]{20,64}/g],
  ["huggingface-token", /\bhf_[A-Za-z0-9]{30,80}/g],
  ["slack-token", /\bxox[abeoprs]-[A-Za-z0-9-]{10,200}/g],
  ["slack-webhook", /(\bhooks\.slack\.com\/(?:services|workflows)\/)[A-Za-z0-9/_-]{20,200}/g],
  ["google-key", /\bAIza[0-9A-Za-z_-]{35}/g],
  ["google-token", /\bya29\.[0-9A-Za-z_-]{20,300}/g],
  ["google-secret", /\bGOCSPX-[0-9A-Za-z_-]{20,60}/g],
  ["stripe-key", /\b[sr]k_(?:live|test)_[0-9A-Za-z]{16,120}/g],
  ["npm-token", /\bnpm_[A-Za-z0-9]{36}\b/g],
  ["pypi-token", /\bpypi-AgE[A-Za-z0-9_-]{40,300}/g],
  ["nvidia-key", /\bnvapi-[A-Za-z0-9_-]{40,100}/g],
  ["replicate-token", /\br8_[A-Za-z0-9]{30,60}/g],
  ["databricks-token", /\bdapi[0-9a-f]{32}(?:-\d)?\b/g],
  ["digitalocean-token", /\bdo[opr]_v1_[0-9a-f]{64}\b/g],
  ["sendgrid-key", /\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64}/g],
  ["telegram-token", /\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b/g],
  ["discord-webhook", /(\bdiscord(?:app)?\.com\/api\/webhooks\/\d{10,25}\/)[A-Za-z0-9_-]{40,100}/g],
  ["azure-key", /(\bAccountKey=)[A-Za-z0-9+/]{60,120}={0,2}/g],
  ["jwt", /\beyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,1000}/g],
  ["authorization", /(\bauthorization["']?\s{0,4}[:=]\s{0,4}["']?(?:basic|bearer|token|negotiate)\s{1,4})[A-Za-z0-9+/=._~-]{8,2000}/gi],
  ["bearer", /(\bbearer\s{1,4})(?=[A-Za-z0-9+/=._~-]{0,200}\d)[A-Za-z0-9+/=._~-]{16,2000}/gi],
];

/** `--api-key=…`, `--password …`, `TOKEN=…`, `"secret": "…"`, `wandb login …`. */
const assigned = new RegExp(
  String.raw`((?<![A-Za-z0-9])-{0,2}(?:[A-Za-z0-9]{1,40}[._-]){0,6}${secretWord}["']?(?:\s{0,4}[:=]\s{0,4}|(?<=-[\w-]{0,60})\s{1,4}(?=[^\s-])))(["']?)([^\s"'&,;]{4,400})`,
  "gi",
);
/** What stands before a token of a text. */
export const textTokens: ReadonlySet<string> = new Set(
  "pad eos bos unk cls sep mask start end stop image special new next first last prompt text num per max min trigger placeholder class".split(
    " ",
  ),
);
/** A name from tokenizers, a word of a language: no secret in it. */
const harmlessName = new RegExp(`(?:^|[._-])(?:${[...textTokens].join("|")})[._-]?token`, "i");
const loginWord = /(\b(?:wandb|comet|neptune)\s{1,4}login\s{1,4}(?:--relogin\s{1,4})?)([A-Za-z0-9]{32,100})\b/gi;

/** Whether a value under such a name looks like one; in code a bare word is a variable. */
function isSecret(name: string, value: string, quoted: boolean): boolean {
  if (harmlessName.test(name) || notSecret.test(value)) return false;
  const typed = /^-|^[A-Z][A-Z0-9_]*=$/.test(name);
  if (!/passw|passphrase|pwd/i.test(name)) return isDense(value);
  if (/[()[\]{}]/.test(value) && !quoted) return false;
  return typed ? value.length >= 4 : isDense(value) || (quoted && value.length >= 6 && /[\d!@#$%^&*?+~]/.test(value));
}

/** References to where a secret is, types, and words that say that there is none. */
export const notSecret: RegExp =
  /^(?:[$<*{[(%]|\.{0,2}\/|~\/|\[redacted:|(?:true|false|none|null|str|bytes|string|bool|optional)\b|https?:|(?:os|env|process|self|args|cfg|config|opts?|options|settings|request|params)[.[]|f["'])/i;

/** Letters and digits mixed, or longer than a word: what people name things is not. */
function isDense(value: string): boolean {
  if (value.length < 8 || /[()]/.test(value) || /^[\d.e+-]+$/i.test(value)) return false;
  if (/\.(?:py|json|ya?ml|txt|pem|csv|pt|bin|model)$/i.test(value)) return false;
  return (
    (/\d/.test(value) && /[a-z]/i.test(value)) ||
    (value.length >= 20 && !/^[a-z]+(?:[-_./][a-z]+)*$/i.test(value)) ||
    (value.length >= 24 && /[a-z][A-Z][a-z]*[A-Z]/.test(value))
  );
}

const secretVariable =
  /(?:^|_)(?:\w*KEY|\w*TOKEN|\w*SECRET\w*|\w*PASSW\w*|\w*PASSPHRASE|PWD|\w*CREDENTIALS?|AUTH|\w*APIKEY)(?:_ID|_VALUE)?$/i;

/** Whether a variable of this name must not be shown. */
export function isSecretName(name: string): boolean {
  return (
    /(?:key|token|secret|passw|passphrase|cred|auth(?!or))/i.test(name) &&
    !/^(?:SSH_AUTH_SOCK|XAUTHORITY|TOKENIZERS_PARALLELISM|PWD|OLDPWD)$/i.test(name)
  );
}

/** Knows the secrets of this environment by value, and the shapes of common ones. */
export function redactor(environment: Readonly<Record<string, string | undefined>>): Redact {
  const known = knownValues(environment);
  return (text) => {
    let clean = text;
    for (const [value, mask] of known) if (clean.includes(value)) clean = clean.replaceAll(value, mask);
    clean = maskKeys(clean);
    for (const [kind, pattern] of shapes)
      clean = clean.replace(pattern, (_, kept) => `${typeof kept === "string" ? kept : ""}[redacted:${kind}]`);
    clean = clean.replace(dashedKey, (whole) =>
      isDashedKey(whole) ? `[redacted:${whole.startsWith("sk-ant-") ? "anthropic" : "openai"}-key]` : whole,
    );
    clean = clean.replace(loginWord, (_, kept: string) => `${kept}[redacted:login]`);
    return clean.replace(assigned, (whole, name: string, quote: string, value: string) =>
      isSecret(name, value, quote !== "") ? `${name}${quote}[redacted:${kindOf(name)}]` : whole,
    );
  };
}

const keyEnd = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const longestKey = 20_000;

/** A key whose end was cut off reaches as far as one may. */
function maskKeys(text: string): string {
  if (!text.includes("PRIVATE KEY")) return text;
  const parts: string[] = [];
  let at = 0;
  for (const begin of text.matchAll(/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g)) {
    if (begin.index < at) continue;
    keyEnd.lastIndex = begin.index;
    const end = keyEnd.exec(text.slice(0, begin.index + longestKey));
    parts.push(text.slice(at, begin.index), "[redacted:private-key]");
    at = end === null ? Math.min(text.length, begin.index + longestKey) : end.index + end[0].length;
  }
  return parts.join("") + text.slice(at);
}

export const kindOf = (name: string): string =>
  /pass|pwd/i.test(name) ? "password" : /token/i.test(name) ? "token" : /key/i.test(name) ? "api-key" : "secret";

/** Longest first, so that a secret inside another leaves no rest. */
function knownValues(environment: Readonly<Record<string, string | undefined>>): readonly (readonly [string, string])[] {
  const found = new Map<string, string>();
  const add = (value: string, kind: string): void => {
    if (value.length < 8 || /^(?:[./~]|true$|false$|[\d.]+$)/i.test(value) || /\s/.test(value.trim())) return;
    for (const form of [value, encodeURIComponent(value)]) if (!found.has(form)) found.set(form, `[redacted:${kind}]`);
  };
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && secretVariable.test(name) && isSecretName(name)) add(value.trim(), name.toLowerCase().replaceAll("_", "-"));
  }
  for (const value of netrcPasswords(environment)) add(value, "netrc");
  return [...found].sort(([left], [right]) => right.length - left.length);
}

function netrcPasswords(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const home = environment["HOME"];
  const path = environment["NETRC"] ?? (home === undefined ? undefined : join(home, ".netrc"));
  if (path === undefined) return [];
  try {
    return [
      ...readFileSync(path, "utf8")
        .slice(0, 100_000)
        .matchAll(/\bpassword\s+(\S+)/g),
    ].map((match) => match[1] ?? "");
  } catch {
    return [];
  }
}
