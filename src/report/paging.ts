// Long lists over several pages: the first shows the beginning of every section, the others what is left, in order.

export interface Section<Row> {
  /** Name of the study; "" is the default one. */
  readonly key: string;
  readonly title: string;
  readonly rows: readonly Row[];
}

/** A part of a section, as one page shows it. */
export interface Part<Row> extends Section<Row> {
  /** Place of the first row in its section, from 0. */
  readonly from: number;
  /** Rows of the whole section. */
  readonly all: number;
  /** Page where the section goes on, from 1. */
  readonly next?: number;
}

export interface PagePart<Row> {
  /** From 1. */
  readonly number: number;
  readonly parts: readonly Part<Row>[];
}

const perPage = 200;
const least = 20;

/** How many pages sections of these lengths will need. */
export function countPages(lengths: readonly number[], rows: number = perPage): number {
  const head = headOf(lengths, rows);
  return 1 + Math.ceil(lengths.reduce((sum, length) => sum + Math.max(length - head, 0), 0) / rows);
}

/** What each section shows on the first page: all of it where everything fits, else its share. */
function headOf(lengths: readonly number[], rows: number): number {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return total <= rows ? rows : Math.max(Math.floor(rows / Math.max(lengths.length, 1)), Math.min(least, rows));
}

/** At least one page; every section has its part on the first one, so that a link to it finds it there. */
export function paginate<Row>(sections: readonly Section<Row>[], rows: number = perPage): readonly PagePart<Row>[] {
  const head = headOf(
    sections.map((section) => section.rows.length),
    rows,
  );
  const pages: Part<Row>[][] = [sections.map((section) => partOf(section, 0, head))];
  let room = 0;
  for (const section of sections) {
    for (let from = head; from < section.rows.length; ) {
      if (room === 0) {
        pages.push([]);
        room = rows;
      }
      const part = partOf(section, from, room);
      pages.at(-1)?.push(part);
      from += part.rows.length;
      room -= part.rows.length;
    }
  }
  return withNext(pages);
}

function partOf<Row>(section: Section<Row>, from: number, most: number): Part<Row> {
  return { ...section, rows: section.rows.slice(from, from + most), from, all: section.rows.length };
}

function withNext<Row>(pages: readonly (readonly Part<Row>[])[]): readonly PagePart<Row>[] {
  return pages.map((parts, at) => ({
    number: at + 1,
    parts: parts.map((part) => {
      const end = part.from + part.rows.length;
      const next = pages.findIndex((others) => others.some(({ key, from }) => key === part.key && from === end && end < part.all));
      return next === -1 ? part : { ...part, next: next + 1 };
    }),
  }));
}

/** `next.html`, `next-2.html`, … */
export function pageAddress(name: string, number: number): string {
  return number === 1 ? `${name}.html` : `${name}-${number}.html`;
}

export interface Pager {
  readonly number: number;
  readonly pages: number;
  readonly previous?: string;
  readonly next?: string;
}

/** Nothing for a list that is one page. */
export function pagerOf(number: number, pages: number, addressOf: (number: number) => string): Pager | undefined {
  if (pages < 2) return undefined;
  return {
    number,
    pages,
    ...(number > 1 ? { previous: addressOf(number - 1) } : {}),
    ...(number < pages ? { next: addressOf(number + 1) } : {}),
  };
}
