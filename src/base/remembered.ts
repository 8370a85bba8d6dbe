/** What `make` gave for the same texts before; for what thousands of files share. It forgets now and then. */
export function remembered<Texts extends readonly string[], T>(make: (...texts: Texts) => T, most = 2_000): (...texts: Texts) => T {
  const known = new Map<string, T>();
  return (...texts) => {
    const key = texts.length === 1 ? (texts[0] ?? "") : texts.join("\n");
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(...texts);
    if (known.size >= most) known.clear();
    known.set(key, made);
    return made;
  };
}
