// Which decoder fits a file, by its path and its first bytes. A table: the first line that fits is the answer.

import type { Decoder } from "./item.ts";
import { openJsonConfig, openJsonLines, openJsonMetrics } from "./json.ts";

export interface Format {
  /** The tool, or the kind of file where no tool owns it: "tensorboard", "csv". */
  readonly name: string;
  /** Folder of the run that the file belongs to, written as the path is; "" for the folder that paths start from. */
  readonly run: string;
  readonly open: () => Decoder;
  /** Rewritten, not appended to: decode from the start at each change. */
  readonly whole?: boolean;
}

interface Rule {
  readonly name: string;
  /** Of the path with forward slashes. What stands before the group `inside` is the run's folder; without it the file's own folder is. */
  readonly path: RegExp;
  readonly head?: (text: string, bytes: Uint8Array) => boolean;
  readonly open: (inside: string) => Decoder;
  readonly whole?: true;
}

const isRecord = (text: string): boolean => /^\s*\{/.test(text);

const rules: readonly Rule[] = [
  { name: "json", path: /(?:^|\/)(?<inside>[^/]+\.(?:jsonl|ndjson))$/i, head: isRecord, open: openJsonLines },
  {
    name: "json",
    path: /(?:^|\/)(?<inside>(?:metrics|results|scores|summary|history|(?:all|train|eval|test|predict)_results)\.json)$/i,
    open: openJsonMetrics,
    whole: true,
  },
  {
    name: "json",
    path: /(?:^|\/)(?<inside>(?:config|configuration|params|parameters|hparams|hyperparameters|args|arguments|options|settings)\.json)$/i,
    open: () => openJsonConfig("file"),
    whole: true,
  },
];

/** Nothing when no decoder fits. `head` is the file's first bytes, some hundred of them. */
export function recognise(path: string, head: Uint8Array): Format | undefined {
  const slashed = path.replaceAll("\\", "/");
  let text: string | undefined;
  for (const { name, path: pattern, head: fits, open, whole } of rules) {
    const found = pattern.exec(slashed);
    if (found === null) continue;
    text ??= new TextDecoder().decode(head);
    if (fits !== undefined && !fits(text, head)) continue;
    const inside = found.groups?.["inside"] ?? "";
    const run = slashed.slice(0, Math.max(slashed.length - inside.length - 1, 0));
    return { name, run, open: () => open(inside), ...(whole === undefined ? {} : { whole }) };
  }
  return undefined;
}
