// What a run's file and attachments say about the software and the machine it had, and how two of them differ.

import type { Run, RunFile } from "../record/experiment.ts";
import type { Json } from "../record/tree.ts";
import { attachmentFolder } from "../store/ids.ts";
import { readBytes } from "../store/read.ts";
import { freezeFile } from "./facts.ts";
import { foldName } from "./packages.ts";

export interface Recorded {
  readonly software: Readonly<Record<string, string>>;
  /** Everything installed, by folded name; absent where it was not recorded. */
  readonly packages?: ReadonlyMap<string, string>;
  readonly hardware: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly locks: Readonly<Record<string, string>>;
}

export type FactKind = "software" | "package" | "hardware" | "variable" | "lock";

export interface FactDifference {
  readonly kind: FactKind;
  readonly name: string;
  /** Absent where it was not there; what was not recorded is no difference. */
  readonly from?: string;
  readonly to?: string;
}

export function readRecorded(root: string, { path, run }: RunFile): Recorded {
  const folder = attachmentFolder(path, run.id);
  const bytes = folder === undefined ? undefined : readBytes(root, `${folder}/${freezeFile}`).bytes;
  const other = run.run?.other ?? {};
  return {
    software: run.software,
    ...(bytes === undefined ? {} : { packages: parseFreeze(Buffer.from(bytes).toString("utf8")) }),
    hardware: hardwareOf(run),
    variables: textsOf(other["variables"]),
    locks: textsOf(other["locks"]),
  };
}

function hardwareOf({ hardware }: Run): Readonly<Record<string, string>> {
  if (hardware === undefined) return {};
  const { other, ...known } = hardware;
  return { ...textsOf(known), ...textsOf(other) };
}

function textsOf(value: Json | undefined): Readonly<Record<string, string>> {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, typeof one === "string" ? one : JSON.stringify(one)]));
}

/** `torch==2.1.0`, `lib @ git+https://…@0f3a`, `-e file:///src#egg=lib`. */
export function parseFreeze(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, name, version] = /^([A-Za-z0-9][\w.-]*)(?:==| @ )(.+?)\s*$/.exec(line) ?? [];
    const [, address, egg] = /^-e (.+)#egg=(.+?)\s*$/.exec(line) ?? [];
    if (name !== undefined && version !== undefined) found.set(foldName(name), version);
    else if (address !== undefined && egg !== undefined) found.set(foldName(egg), `-e ${address}`);
  }
  return found;
}

/** Old → new, in the order software, packages, machine, variables, lock files. */
export function compareRecorded(from: Recorded, to: Recorded): readonly FactDifference[] {
  const software = shared("software", from.software, to.software);
  const named = new Set(software.map(({ name }) => foldName(name)));
  return [
    ...software,
    ...packageDifferences(from.packages, to.packages).filter(({ name }) => !named.has(name)),
    ...shared("hardware", from.hardware, to.hardware),
    ...shared("variable", from.variables, to.variables),
    ...shared("lock", from.locks, to.locks),
  ];
}

/** Of the names that both recorded. */
function shared(kind: FactKind, from: Readonly<Record<string, string>>, to: Readonly<Record<string, string>>): readonly FactDifference[] {
  return Object.entries(from).flatMap(([name, old]): readonly FactDifference[] => {
    const now = Object.hasOwn(to, name) ? to[name] : undefined;
    return now === undefined || now === old ? [] : [{ kind, name, from: old, to: now }];
  });
}

/** Both lists are complete, so a package can have come or gone. */
function packageDifferences(
  from: ReadonlyMap<string, string> | undefined,
  to: ReadonlyMap<string, string> | undefined,
): readonly FactDifference[] {
  if (from === undefined || to === undefined) return [];
  return [...new Set([...from.keys(), ...to.keys()])].sort().flatMap((name): readonly FactDifference[] => {
    const [old, now] = [from.get(name), to.get(name)];
    if (old === now) return [];
    return [{ kind: "package", name, ...(old === undefined ? {} : { from: old }), ...(now === undefined ? {} : { to: now }) }];
  });
}
