// Which texts are about the words asked for: BM25 (Robertson & Zaragoza 2009), k₁ = 1.2, b = 0.75, without a server or a model.

const k1 = 1.2;
const b = 0.75;

/** Letters and digits, in lower case, parted at `_` and at camel case too; the ends that English words change are cut off. */
export function wordsIn(text: string): readonly string[] {
  const parted = text.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").toLowerCase();
  return (parted.match(/\p{L}+|\d+(?:\.\d+)?(?:e[+-]?\d+)?/gu) ?? []).map(stem);
}

const stem = (word: string): string => (word.length > 4 ? word.replace(/(?:ies|es|s|ing|ed|ly)$/, "").replace(/e$/, "") : word);

/** Scores by place in `texts`, larger is nearer; texts without any of the words are left out. */
export function searchTexts(query: string, texts: readonly string[]): ReadonlyMap<number, number> {
  const wanted = new Set(wordsIn(query));
  if (wanted.size === 0 || texts.length === 0) return new Map();
  const lengths: number[] = [];
  const found = new Map<string, Map<number, number>>();
  for (const word of wanted) found.set(word, new Map());
  for (const [at, text] of texts.entries()) {
    const words = wordsIn(text);
    lengths.push(words.length);
    for (const word of words) {
      const places = found.get(word);
      if (places !== undefined) places.set(at, (places.get(at) ?? 0) + 1);
    }
  }
  const usual = Math.max(1, lengths.reduce((sum, length) => sum + length, 0) / texts.length);
  const scores = new Map<number, number>();
  for (const places of found.values()) {
    const rarity = Math.log(1 + (texts.length - places.size + 0.5) / (places.size + 0.5));
    for (const [at, count] of places) {
      const weight = (count * (k1 + 1)) / (count + k1 * (1 - b + (b * (lengths[at] ?? 0)) / usual));
      scores.set(at, (scores.get(at) ?? 0) + rarity * weight);
    }
  }
  return scores;
}
