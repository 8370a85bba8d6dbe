// The facts of a new run from its base and the wishes of the command line; nothing is read or written here.

import type { Problem } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import type { Parameter } from "../formats/item.ts";
import type { Metric, RunFile } from "../record/experiment.ts";
import type { ConfigValue, NewRun, Source } from "../record/new-run.ts";
import { type Dict, find, type Json, plain, type Tree } from "../record/tree.ts";
import { sameValue } from "../record/value.ts";
import { type Assignment, pathInside } from "./assignments.ts";
import { notInBase, sameAsBase } from "./messages.ts";
import { contradicted } from "./messages-run.ts";
import { takenAsText } from "./taken-as-text.ts";

type Config = Readonly<Record<string, ConfigValue>>;
type Changes = NonNullable<NewRun["changes"]>;

export interface Base {
  readonly id: string;
  readonly front: Dict | undefined;
  /** The text that `front` was read from. */
  readonly text: string;
  readonly metrics: readonly Metric[];
}

/** The base's configuration with the assignments applied, and what that changed. */
export function planConfig(
  base: Base | undefined,
  assignments: readonly Assignment[],
  ignored: readonly string[],
): { config: Config; changes: Changes; warnings: readonly Problem[] } {
  const written = find(base?.front, "config");
  const known = written?.kind === "dict" ? parameterNames(written) : [];
  let config: Config = written?.kind === "dict" ? configOf(written, base?.text ?? "") : {};
  const changes: { name: string; from?: Json | Source; to: Source }[] = [];
  const warnings: Problem[] = [];
  for (const { key, value } of assignments) {
    const name = key.startsWith("config.") ? key.slice("config.".length) : key;
    const text = takenAsText(key, value);
    if (text !== undefined) warnings.push(text);
    const path = pathInside(written, name);
    const old = valueAt(config, path);
    config = withValue(config, path, { source: value });
    if (base === undefined || ignored.includes(name)) continue;
    if (old === undefined) {
      warnings.push(notInBase(name, value, base.id, suggest(name, known)));
      changes.push({ name, to: { source: value } });
    } else if (isSame(textOf(old), value)) warnings.push(sameAsBase(name, value, base.id));
    else changes.push({ name, from: isSource(old) ? old : (old as Json), to: { source: value } });
  }
  return { config, changes, warnings };
}

/** What the command itself says about its parameters, over what was wished for: it knows best. Only what both sides recorded is a change. */
export function planCaptured(
  base: RunFile | undefined,
  planned: { readonly config: Config; readonly changes: Changes },
  captured: readonly Parameter[],
  ignored: readonly string[],
): { config: Config; changes: Changes; warnings: readonly Problem[] } {
  let { config } = planned;
  const changes = new Map(planned.changes.map((change) => [change.name, change]));
  const warnings: Problem[] = [];
  for (const { name, value, text } of captured) {
    const path = isLiteral(name, config, captured) ? [name] : name.split(".");
    const now: Json | Source = text === undefined ? value : { source: text };
    const wished = valueAt(config, path);
    if (wished !== undefined && !isSame(textOf(wished), textOf(now)) && changes.has(name))
      warnings.push(contradicted(name, textOf(wished), textOf(now)));
    config = withValue(config, path, now);
    const old = base?.run.config[name];
    changes.delete(name);
    if (base === undefined || old === undefined || ignored.includes(name) || sameValue(old, value)) continue;
    const from = base.run.configText[name];
    changes.set(name, { name, from: from === undefined ? old : { source: from }, to: now });
  }
  return { config, changes: [...changes.values()], warnings };
}

/** `optimizer.lr` beside `optimizer: adam` is a name with a dot in it: a value has nothing below it. */
function isLiteral(name: string, config: Config, captured: readonly Parameter[]): boolean {
  const words = name.split(".");
  return (
    Object.hasOwn(config, name) ||
    words.includes("") ||
    words.slice(1).some((_, at) => {
      const above = words.slice(0, at + 1);
      const there = valueAt(config, above);
      return (there !== undefined && !isMap(there)) || captured.some((other) => other.name === above.join("."));
    })
  );
}

/** `before` of every metric the base has measured, as it is written there: a copy for readers. */
export function planMetrics(base: Base | undefined, meanText: (metric: Metric) => string | undefined): NonNullable<NewRun["metrics"]> {
  return (base?.metrics ?? []).flatMap((metric) => {
    const before = meanText(metric);
    return before === undefined ? [] : [{ name: metric.name, before }];
  });
}

/** A map as written, each value in its own spelling (`1.0e-3` stays `1.0e-3`). */
function configOf(dict: Dict, text: string): Config {
  const config: Record<string, ConfigValue> = Object.create(null);
  for (const { key, value } of dict.entries) config[key] = configValue(value, text);
  return config;
}

function configValue(tree: Tree, text: string): ConfigValue {
  if (tree.kind === "dict") return configOf(tree, text);
  if (tree.kind === "scalar") return tree.style === "plain" && tree.value !== null ? { source: tree.source } : tree.value;
  const written = text.slice(tree.start, tree.end);
  return written.startsWith("[") && !/[\n#]/.test(written) ? { source: written } : plain(tree);
}

function parameterNames(dict: Dict, prefix = ""): readonly string[] {
  return dict.entries.flatMap(({ key, value }) =>
    value.kind === "dict" ? parameterNames(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}

const isSource = (value: ConfigValue | undefined): value is Source =>
  typeof value === "object" && value !== null && "source" in value && typeof value["source"] === "string";
const isMap = (value: ConfigValue | undefined): value is Config =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isSource(value);

function valueAt(config: Config, path: readonly string[]): ConfigValue | undefined {
  return path.reduce<ConfigValue | undefined>((inner, key) => (isMap(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), config);
}

function withValue(config: Config, [first = "", ...rest]: readonly string[], value: ConfigValue): Config {
  const copy: Record<string, ConfigValue> = Object.assign(Object.create(null), config);
  const inner = Object.hasOwn(copy, first) ? copy[first] : undefined;
  copy[first] = rest.length === 0 ? value : withValue(isMap(inner) ? inner : {}, rest, value);
  return copy;
}

const textOf = (value: ConfigValue): string => (isSource(value) ? value.source : typeof value === "string" ? value : JSON.stringify(value));

/** `0.10` and `0.1` are one number in two spellings. */
function isSame(old: string, now: string): boolean {
  return old.trim() === now.trim() || (old.trim() !== "" && now.trim() !== "" && Number(old) === Number(now));
}
