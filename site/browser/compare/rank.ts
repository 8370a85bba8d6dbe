// Which runs fit what a reader typed.

export interface Found {
  readonly id: string;
  readonly title: string;
}

/** What fits an id stands before what fits a title. */
export function rank(list: readonly Found[], words: string): readonly Found[] {
  const wanted = words.trim().toLowerCase();
  const score = ({ id, title }: Found): number => {
    const name = id.toLowerCase();
    if (name === wanted) return 0;
    if (/^\d+$/.test(wanted) && Number(/\d{1,15}/.exec(name)?.[0]) === Number(wanted)) return 1;
    if (name.startsWith(wanted)) return 2;
    return title.toLowerCase().includes(wanted) ? 3 : 4;
  };
  return list
    .map((run) => ({ run, at: score(run) }))
    .filter(({ at }) => at < 4)
    .sort((a, b) => a.at - b.at)
    .map(({ run }) => run);
}
