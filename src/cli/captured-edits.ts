// What a command said about its parameters, as the smallest edits of its run's file.

import { readCodeChange } from "../capture/code-change.ts";
import { findCode } from "../capture/find-code.ts";
import type { Parameter } from "../formats/item.ts";
import type { Edit } from "../markdown/edit.ts";
import type { RunFile } from "../record/experiment.ts";
import type { Source } from "../record/new-run.ts";
import { find, type Json } from "../record/tree.ts";
import { sameValue, showValue } from "../record/value.ts";
import type { Journal } from "../store/journal.ts";
import { pathInside } from "./assignments.ts";
import { studyOfRun } from "./study.ts";

const most = 500;

/** Only what both the base and this run recorded is a change; what nobody shall compare (`ignore`) is none. */
export function parameterEdits(journal: Journal, file: RunFile, captured: readonly Parameter[]): readonly Edit[] {
  const front = journal.read(file.path).parsed.tree;
  const base = baseOf(journal, file);
  const study = studyOfRun(journal, file);
  return captured.slice(0, most).flatMap(({ name, value, text }): readonly Edit[] => {
    const known = Object.hasOwn(file.run.config, name) ? file.run.config[name] : undefined;
    const now: Json | Source = text === undefined ? value : { source: text };
    const config: readonly Edit[] =
      known !== undefined && sameValue(known, value)
        ? []
        : [{ kind: "set", path: ["config", ...pathInside(find(front, "config"), name)], value: now }];
    const old = base !== undefined && Object.hasOwn(base.run.config, name) ? base.run.config[name] : undefined;
    const changed = old !== undefined && !sameValue(old, value) && !study.ignore.includes(name);
    const stated = file.run.changes.some((change) => change.name === name);
    if (!changed) return stated && config.length > 0 ? [...config, { kind: "remove", path: ["changes", name] }] : config;
    if (stated && config.length === 0) return config;
    const from = inline(base?.run.configText[name] ?? showValue(old));
    return [
      ...config,
      { kind: "set", path: ["changes", name], value: { source: `{ from: ${from}, to: ${inline(text ?? showValue(value))} }` } },
    ];
  });
}

/** Files and lines that differ from the base's code, the journal's own aside. `known` holds what was found out about this run. */
export function codeEdits(journal: Journal, file: RunFile, known: readonly Edit[]): readonly Edit[] {
  const snapshot = known.find((edit) => edit.kind === "set" && edit.path.join(".") === "run.snapshot");
  const to = snapshot?.kind === "set" ? snapshot.value : undefined;
  const base = baseOf(journal, file)?.run.run;
  if (typeof to !== "string" || base?.snapshot === to) return [];
  const from = findCode(journal.root, base);
  if (from === undefined || from === to) return [];
  const change = readCodeChange(journal.root, from, to, studyOfRun(journal, file).code);
  return change === undefined || change.files === 0 ? [] : [{ kind: "set", path: ["code"], value: { ...change } }];
}

function baseOf(journal: Journal, { run }: RunFile): RunFile | undefined {
  const [first] = run.base;
  if (first === undefined) return undefined;
  try {
    return journal.find(first);
  } catch {
    return undefined;
  }
}

/** As it may stand inside braces. */
function inline(text: string): string {
  return /^[\w.+-]+$/.test(text) || (/^\[(?!redacted:)[^\n#{}]*\]$/.test(text) && !text.includes(": ")) ? text : JSON.stringify(text);
}
