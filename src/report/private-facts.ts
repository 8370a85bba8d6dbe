// Facts of a run that say who sat at which machine: absolute paths, user@host, e-mail addresses and the keys that name them. A published
// page has the last part of a path, `…/train.py`; a published file has `[private]` in their place.

import type { Settings } from "../record/settings.ts";
import type { Json } from "../record/tree.ts";
import { publicText } from "./private.ts";

type Asked = { readonly site: Pick<Settings["site"], "private"> };

const mark = "[private]";

/** A path from the root of a disk: not the end of an address, of a fraction or of a relative path. */
const absolute = /(?<![\p{L}\p{N}_./~…<-])\/[\p{L}\p{N}_.@~-][^\s'"`,;:()<>[\]{}|=&]*/gu;
const windows = /(?<![\p{L}\p{N}/\\.])[A-Za-z]:[\\/]+(?:[^\\/:*?"'<>|\r\n=]{1,200}[\\/]+)*[^\\/:*?"'<>|\s,;=]*/gu;
const share = /(?<![\p{L}\p{N}\\])\\\\[\p{L}\p{N}_.$-]+(?:\\+[^\s\\"'<>|]+)+/gu;
const fileAddress = /file:\/\/[^\s'"<>`]+/gu;
/** Under these the next part is a person's name, also in prose. */
const homes = /(?<![\p{L}\p{N}_.~-])(?:\/(?:home|Users|export\/home|scratch|ptmp|users)\/|[A-Za-z]:\\+Users\\+)[^\s'"`,;:()<>[\]{}|=&]+/gu;
const bounded = String.raw`[\p{L}\p{N}_.+-]{1,64}`;
const mail = new RegExp(
  String.raw`(?<![\p{L}\p{N}_@.+-])(?!git@)${bounded}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])`,
  "gu",
);
const numbered = new RegExp(String.raw`(?<![\p{L}\p{N}_@.+-])(?!git@)${bounded}@\d{1,3}(?:\.\d{1,3}){3}(?![\d.])`, "gu");
/** `ada@gpu-01`, `ada@node7:`; `recall@k` is a metric. */
const login =
  /(?<![\p{L}\p{N}_@.+-])(?!git@)[\p{L}_][\p{L}\p{N}_.-]{0,63}@(?=[\p{L}\p{N}]*[\d-]|[\p{L}\p{N}]{2,63}:)\p{L}[\p{L}\p{N}-]{1,63}(?![\p{L}\p{N}@])/gu;

const privateKeys: ReadonlySet<string> = new Set(
  "host hostname host_name nodename node_name fqdn machine_name computer computer_name user username user_name login logname email mail home home_dir homedir ip ip_address mac_address ssh".split(
    " ",
  ),
);

/** Whether one of them may stand in a text. */
const named = new RegExp(String.raw`(?<![\w-])(?:${[...privateKeys].join("|").replaceAll("_", "[_-]?")})["']?\s*:`, "i");

export const isPrivateKey = (key: string): boolean => privateKeys.has(key.toLowerCase().replaceAll("-", "_"));

/** A value as a program recorded it: a word of a command, a folder, a fact about the machine. */
export function publicValue(text: string, settings: Asked): string {
  return settings.site.private || !suspect.test(text) ? text : hide(text, lastPart, "…");
}

/** Nothing that could be private lacks all of these. */
const suspect = /[/\\@]/;

function hide(text: string, path: (found: string) => string, name: string): string {
  const known = text.replace(fileAddress, path).replace(share, path).replace(windows, path).replace(absolute, path);
  return known.includes("@") ? known.replace(mail, name).replace(numbered, name).replace(login, name) : known;
}

/** `/home/ada/runs/train.py` → `…/train.py`; a home itself would be a name. */
function lastPart(path: string): string {
  const parts = path
    .replace(/^file:\/\//, "")
    .split(/[\\/]+/)
    .filter((part) => part !== "" && !/^[A-Za-z]:$/.test(part));
  const inHome = /^(?:home|Users|users|scratch|ptmp)$/.test(parts[0] ?? "") ? 2 : parts[0] === "root" ? 1 : 0;
  const last = parts.slice(inHome).at(-1);
  return last === undefined ? "…" : `…/${last}`;
}

/** Without the keys that name a machine or a person; nothing where nothing is left. */
export function publicJson(value: Json, settings: Asked): Json | undefined {
  if (settings.site.private) return value;
  if (typeof value === "string") return publicValue(value, settings);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item) => publicJson(item as Json, settings) ?? null);
  const entries = Object.entries(value).flatMap(([key, item]): readonly (readonly [string, Json])[] => {
    const shown = isPrivateKey(key) ? undefined : publicJson(item, settings);
    return shown === undefined ? [] : [[key, shown]];
  });
  return entries.length === 0 && Object.keys(value).length > 0 ? undefined : Object.fromEntries(entries);
}

export interface PublicFile {
  readonly text: string;
  /** Something was left out. */
  readonly hidden: boolean;
}

/** Words of people: a path in a sentence is none of their machine's facts unless it names a home. */
const spoken: ReadonlySet<string> = new Set(["title", "hypothesis", "assumptions", "reason", "earlier", "tags", "aliases"]);

/** A run's file as it may be handed out; every line stays where it is. `bodyStart` ends the front matter. */
export function publicFile(text: string, bodyStart: number, settings: Asked): PublicFile {
  if (settings.site.private) return { text, hidden: false };
  if (!suspect.test(text) && !named.test(text)) return { text, hidden: false };
  const front = text.slice(0, bodyStart);
  const shown = publicFront(front) + publicProse(text.slice(bodyStart));
  return shown === text ? { text, hidden: false } : { text: shown, hidden: true };
}

function publicFront(front: string): string {
  let key = "";
  return front
    .split("\n")
    .map((line) => {
      key = /^([\p{L}_][\p{L}\p{N}_-]*)\s*:/u.exec(line)?.[1] ?? key;
      const known = named.test(line) ? withoutNamed(line) : line;
      if (key === "experimenter" || spoken.has(key)) return publicProse(known);
      return suspect.test(known) ? hide(known, () => mark, mark) : known;
    })
    .join("\n");
}

const keyed = /([\p{L}_][\p{L}\p{N}_-]{1,20})(["']?\s*:\s+)("[^"]*"|'[^']*'|[^\s,{}[\]#][^,{}#]*)/gu;

/** `hostname: gpu-01`, at the start of a line or inside braces. */
function withoutNamed(line: string): string {
  return line.replace(keyed, (whole: string, key: string, colon: string, value: string) =>
    isPrivateKey(key) ? `${key}${colon}${mark}${/\s*$/.exec(value)?.[0] ?? ""}` : whole,
  );
}

function publicProse(text: string): string {
  if (!suspect.test(text)) return text;
  const known = text.replace(fileAddress, mark).replace(homes, mark);
  return known.includes("@") ? known.replace(mail, mark).replace(numbered, mark) : known;
}

/** A log or another text beside a run. */
export function publicLog(text: string, settings: Asked): PublicFile {
  if (settings.site.private || !suspect.test(text)) return { text, hidden: false };
  const shown = hide(text, () => mark, mark);
  return { text: shown, hidden: shown !== text };
}

/** Prose and sentences on a page. */
export const publicWords = (text: string, settings: Asked): string => (suspect.test(text) ? publicText(text, settings) : text);
