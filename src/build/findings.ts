// What took long to find, with the key it was found from: a later build, or a later version of what is served, finds it again.

import type { SiteContext } from "./context.ts";

export interface Finding {
  readonly key: string;
  readonly value: unknown;
}

/** By name. */
export type Findings = Readonly<Record<string, Finding>>;

export interface Memory {
  readonly known: SiteContext["known"];
  /** What was asked for. */
  readonly all: () => Findings;
}

export function openMemory(before: Findings): Memory {
  const now = new Map<string, Finding>();
  return {
    known: <T>(name: string, key: string, make: (earlier: T | undefined) => T): T => {
      const earlier = now.get(name) ?? (Object.hasOwn(before, name) ? before[name] : undefined);
      const found = earlier?.key === key ? earlier : { key, value: make(earlier?.value as T | undefined) };
      now.set(name, found);
      return found.value as T;
    },
    all: () => Object.fromEntries(now),
  };
}
