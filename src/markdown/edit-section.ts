// Where a section of the template is, or where one that is missing belongs: in the template's order, below its parent.

import { findSection, type SectionSpec, sections as template } from "../record/template.ts";
import type { Section } from "./body.ts";

export type SectionPlace =
  | { readonly section: Section; readonly at?: undefined }
  | {
      readonly section?: undefined;
      /** A line start, or the end of the text. */
      readonly at: number;
      /** Headings to write, in order. */
      readonly headings: readonly string[];
      /** The same as `level text`. */
      readonly made: readonly string[];
    };

interface Wanted {
  readonly level: number;
  readonly heading: string;
}

const order: ReadonlyMap<string, number> = new Map(template.map((section, index) => [section.key, index]));

/** `worked`; `notes/2026-11-20` for a heading of one's own below a section; any other name is a heading of the author's. */
export function placeOfSection(text: string, bodyStart: number, sections: readonly Section[], name: string): SectionPlace {
  const slash = name.indexOf("/");
  const [key, below] = slash === -1 ? [name, undefined] : [name.slice(0, slash), name.slice(slash + 1).trim()];
  const spec = template.find((candidate) => candidate.key === key) ?? findSection(key);
  const found =
    spec === undefined
      ? sections.find((section) => section.heading.toLowerCase() === key.trim().toLowerCase())
      : sections.find((section) => section.key === spec.key);
  if (found !== undefined) {
    if (below === undefined || below === "") return { section: found };
    const end = subtreeEnd(sections, found, text.length);
    const sub = sections.find((section) => section.start > found.start && section.start < end && section.heading === below);
    return sub === undefined
      ? missing(subStart(sections, found, end), [{ level: Math.min(found.level + 1, 6), heading: below }])
      : { section: sub };
  }
  const { at, wanted } =
    spec === undefined ? { at: text.length, wanted: [{ level: 2, heading: key.trim() }] } : newSection(text, bodyStart, sections, spec);
  const deepest = wanted.at(-1)?.level ?? 2;
  return missing(at, below === undefined || below === "" ? wanted : [...wanted, { level: Math.min(deepest + 1, 6), heading: below }]);
}

function missing(at: number, wanted: readonly Wanted[]): SectionPlace {
  return {
    at,
    headings: wanted.map(({ level, heading }) => `${"#".repeat(level)} ${heading}`),
    made: wanted.map(({ level, heading }) => `${level} ${heading}`),
  };
}

/** A dated note goes below the notes that are there, before the template's own headings below `notes`. */
function subStart(sections: readonly Section[], parent: Section, end: number): number {
  const own = sections.find((section) => section.start > parent.start && section.start < end && section.key !== undefined);
  return own?.start ?? end;
}

/** Start of the next heading that is not below this one. */
export function subtreeEnd(sections: readonly Section[], section: Section, end: number): number {
  return sections.find((other) => other.start > section.start && other.level <= section.level)?.start ?? end;
}

function newSection(
  text: string,
  bodyStart: number,
  sections: readonly Section[],
  spec: SectionSpec,
): { readonly at: number; readonly wanted: readonly Wanted[] } {
  const parent = spec.parent === undefined ? undefined : template.find((candidate) => candidate.key === spec.parent);
  const above = parent === undefined ? undefined : sections.find((section) => section.key === parent.key);
  if (parent !== undefined && above === undefined) {
    const { at, wanted } = newSection(text, bodyStart, sections, parent);
    return { at, wanted: [...wanted, { level: Math.min((wanted.at(-1)?.level ?? 2) + 1, 6), heading: spec.heading }] };
  }
  const known = sections.filter(
    (section) => section.key !== undefined && template.find((candidate) => candidate.key === section.key)?.parent === spec.parent,
  );
  const siblings = known.filter(
    (section) => above === undefined || (section.start > above.start && section.start < subtreeEnd(sections, above, text.length)),
  );
  const level = siblings[0]?.level ?? (above === undefined ? 2 : Math.min(above.level + 1, 6));
  const wanted = [{ level, heading: spec.heading }];
  const index = (section: Section): number => order.get(section.key ?? "") ?? 0;
  const own = order.get(spec.key) ?? 0;
  const previous = siblings.filter((section) => index(section) < own).sort((a, b) => index(b) - index(a))[0];
  if (previous !== undefined) return { at: subtreeEnd(sections, previous, text.length), wanted };
  const next = siblings.filter((section) => index(section) > own).sort((a, b) => index(a) - index(b))[0];
  if (next !== undefined) return { at: next.start, wanted };
  return { at: above === undefined ? text.length : subtreeEnd(sections, above, text.length), wanted };
}
