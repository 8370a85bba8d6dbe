// "Did you mean": the known word nearest to what was typed.

/** Longer words are pasted text, not a slip of the finger. */
const longest = 80;

/**
 * The nearest of `known`, or nothing when none is near: at most two slips (a letter missing, added, wrong, or two swapped) and at most
 * one per three letters. Case, blanks, `-` and `_` do not count. Among equals the first wins; the word itself is never suggested.
 */
export function suggest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > longest) return undefined;
  const typed = fold(word);
  let best: string | undefined;
  let limit = Math.min(2, Math.floor(typed.length / 3));
  for (const candidate of known) {
    if (candidate === word || candidate.length > longest) continue;
    const slips = distance(typed, fold(candidate), limit);
    if (slips > limit) continue;
    if (slips === 0) return candidate;
    best = candidate;
    limit = slips - 1;
  }
  return best;
}

function fold(word: string): string {
  return word.toLowerCase().replace(/[\s_-]/g, "");
}

/** Damerau's distance (neighbours may swap once), or `limit + 1` when it is more. */
function distance(left: string, right: string, limit: number): number {
  if (left === right) return 0;
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let slips = Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) slips = Math.min(slips, (before[column - 2] ?? 0) + 1);
      current.push(slips);
    }
    before = above;
    above = current;
  }
  return Math.min(above[right.length] ?? limit + 1, limit + 1);
}
