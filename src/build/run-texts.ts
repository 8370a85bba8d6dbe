// Texts that follow from what a run says and from nothing else in the journal: found again for every run that says what it said before.

import { sha256 } from "../base/hash.ts";
import { type RunFile, saidOf } from "../record/experiment.ts";
import type { SiteContext } from "./context.ts";

/** As an earlier build, or an earlier version of what is served, left them. */
interface Told {
  readonly ground: string;
  /** What each run said, `digits` characters of each. */
  readonly said: string;
  readonly texts: readonly string[];
}

const digits = 16;

export interface RunTexts {
  /** Of these texts among all that a site remembers. */
  readonly name: string;
  /** Changes whenever `tell` could tell otherwise of a run that says the same. */
  readonly ground: string;
  /** A run's path is not what it says. */
  readonly tell: (file: RunFile) => string;
}

export function textsOfRuns(site: SiteContext, files: readonly RunFile[], { name, ground, tell }: RunTexts): readonly string[] {
  const said = files.map((file) => saidOf(file).slice(0, digits).padEnd(digits));
  const all = said.join("");
  return site.known<Told>(name, sha256(`${ground} ${all}`), (earlier) => {
    const find = earlier?.ground === ground ? finder(earlier) : () => undefined;
    return { ground, said: all, texts: files.map((file, at) => find(said[at] ?? "", at) ?? tell(file)) };
  }).texts;
}

/** Most runs stand where they stood. */
function finder({ said, texts }: Told): (one: string, at: number) => string | undefined {
  let moved: Map<string, string> | undefined;
  return (one, at) => {
    if (said.startsWith(one, at * digits)) return texts[at];
    moved ??= new Map(texts.map((text, place) => [said.slice(place * digits, (place + 1) * digits), text]));
    return moved.get(one);
  };
}
