/** A heading's id from its text, so that `#what-worked` can be linked to; the second of one name gets a number. */
export function headingName(text: string, taken: Map<string, number>): string {
  const name =
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/\s+/g, "-")
      .slice(0, 100) || "section";
  const count = taken.get(name) ?? 0;
  taken.set(name, count + 1);
  return count === 0 ? name : `${name}-${count}`;
}
