// Three versions of a sequence of named pieces (keys of a map, sections of a body) → one sequence.

export interface Piece {
  readonly name: string;
  readonly text: string;
}

export interface Merged {
  readonly text: string;
  readonly conflicts: boolean;
}

/** The one that changed; nothing when both did, differently. */
export function pick(base: string | undefined, ours: string, theirs: string): string | undefined {
  if (ours === theirs || theirs === base) return ours;
  return ours === base ? theirs : undefined;
}

/**
 * Pieces of both sides in our order, theirs after the piece they follow. `both` merges a piece that both sides changed.
 * Nothing when in doubt: pieces were reordered, or removed here and changed there.
 */
export function mergeSequence<P extends Piece>(
  base: readonly P[],
  ours: readonly P[],
  theirs: readonly P[],
  both: (base: P | undefined, ours: P, theirs: P) => Merged | undefined,
): readonly Merged[] | undefined {
  const [old, mine, other] = [byName(base), byName(ours), byName(theirs)];
  if (old === undefined || mine === undefined || other === undefined) return undefined;
  if (!sameOrder(base, mine) || !sameOrder(base, other) || !sameOrder(ours, other)) return undefined;
  const out: { readonly name: string; readonly merged: Merged | undefined }[] = [];
  for (const piece of ours) {
    const their = other.get(piece.name);
    const was = old.get(piece.name);
    if (their === undefined && was !== undefined) {
      if (was.text !== piece.text) return undefined;
      // Kept as a place for what follows it in theirs.
      out.push({ name: piece.name, merged: undefined });
      continue;
    }
    const chosen = their === undefined ? piece.text : pick(was?.text, piece.text, their.text);
    const merged = chosen === undefined && their !== undefined ? both(was, piece, their) : { text: chosen ?? "", conflicts: false };
    if (merged === undefined) return undefined;
    out.push({ name: piece.name, merged });
  }
  let place = -1;
  for (const piece of theirs) {
    const known = out.findIndex((done) => done.name === piece.name);
    if (known !== -1) {
      place = known;
      continue;
    }
    const was = old.get(piece.name);
    if (was !== undefined && was.text !== piece.text) return undefined;
    if (was !== undefined) continue;
    place += 1;
    out.splice(place, 0, { name: piece.name, merged: { text: piece.text, conflicts: false } });
  }
  return out.flatMap(({ merged }) => (merged === undefined ? [] : [merged]));
}

function byName<P extends Piece>(pieces: readonly P[]): ReadonlyMap<string, P> | undefined {
  const map = new Map(pieces.map((piece) => [piece.name, piece]));
  return map.size === pieces.length ? map : undefined;
}

function sameOrder(one: readonly Piece[], other: ReadonlyMap<string, Piece>): boolean {
  const order = new Map([...other.keys()].map((name, index) => [name, index]));
  const common = one.flatMap(({ name }) => order.get(name) ?? []);
  return common.every((place, index) => index === 0 || place > (common[index - 1] ?? -1));
}
