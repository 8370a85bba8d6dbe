// Work that may wait: one piece after the other, so that the page answers in between.

const waiting = new Set<() => void>();

/** Calls `work` unless what it returns was called before. */
export function inTurn(work: () => void): () => void {
  waiting.add(work);
  if (waiting.size === 1) setTimeout(next);
  return () => void waiting.delete(work);
}

function next(): void {
  const [work] = waiting;
  if (work === undefined) return;
  waiting.delete(work);
  if (waiting.size > 0) setTimeout(next);
  work();
}
