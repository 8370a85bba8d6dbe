// Random numbers that are the same for the same runs, so that a table built twice has the same bytes.

/** In [0, 1). `seed` is any text: ids of what is drawn from. */
export function randomFrom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (let at = 0; at < seed.length; at++) state = Math.imul(state ^ seed.charCodeAt(at), 0x01000193);
  // Steele & Vigna's SplitMix32: every seed is a good one.
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 0x1_0000_0000;
  };
}

/** Part of an array in a new order, in place (Fisher & Yates). */
export function shuffle(values: Float64Array | Int32Array, from: number, to: number, random: () => number): void {
  for (let at = to - 1; at > from; at--) {
    const other = from + Math.floor(random() * (at - from + 1));
    const held = values[at] ?? 0;
    values[at] = values[other] ?? 0;
    values[other] = held;
  }
}
