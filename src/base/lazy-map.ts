// A map whose values are made, once, when somebody asks for them.

/** In the order of `seeds`. */
export function lazyMap<Key, Seed, Value extends object>(
  seeds: ReadonlyMap<Key, Seed>,
  make: (key: Key, seed: Seed) => Value,
): ReadonlyMap<Key, Value> {
  const made = new Map<Key, Value>();
  const of = (key: Key, seed: Seed): Value => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key, seed);
    made.set(key, value);
    return value;
  };
  function* entries(): MapIterator<[Key, Value]> {
    for (const [key, seed] of seeds) yield [key, of(key, seed)];
  }
  function* values(): MapIterator<Value> {
    for (const [key, seed] of seeds) yield of(key, seed);
  }
  const map: ReadonlyMap<Key, Value> = {
    size: seeds.size,
    get: (key) => (seeds.has(key) ? of(key, seeds.get(key) as Seed) : undefined),
    has: (key) => seeds.has(key),
    keys: () => seeds.keys(),
    values,
    entries,
    forEach: (visit) => {
      for (const [key, value] of entries()) visit(value, key, map);
    },
    [Symbol.iterator]: entries,
  };
  return map;
}
