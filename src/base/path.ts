// Paths as text: always forward slashes, never a look at the disk.

const slugLength = 60;
/** Letters that do not come apart into a base letter and an accent. */
const folded: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ı: "i",
  "&": " and ",
  "+": " plus ",
};

/** A title as the readable part of a file name: `Größe & LR 1e-3` → `grosse-and-lr-1e-3`. Never empty. */
export function slug(title: string): string {
  const ascii = title
    .slice(0, 400)
    .toLowerCase()
    .replace(/[^\x00-\x7f]|[&+]/g, (letter) => folded[letter] ?? letter.normalize("NFKD"))
    .replace(/[\u0300-\u036f'’]/g, "")
    .replace(/[^a-z0-9]+/g, "-");
  const whole = trimDashes(ascii);
  if (whole.length <= slugLength) return whole === "" ? "run" : whole;
  const cut = whole.lastIndexOf("-", slugLength);
  return trimDashes(whole.slice(0, cut > slugLength / 2 ? cut : slugLength));
}

function trimDashes(text: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === "-") start++;
  while (end > start && text[end - 1] === "-") end--;
  return text.slice(start, end);
}

/** How a link in `fromFile` reaches `toFile`, both from the same root: `a/b.md`, `a/c.files/d.png` → `c.files/d.png`. */
export function relativePath(fromFile: string, toFile: string): string {
  const from = fromFile.split("/").slice(0, -1);
  const to = toFile.split("/");
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/");
}

/** Letters, digits, `-`, `_` and `.`: a name that can stand in any file name and lead nowhere else (`../x`). */
export function isPlainName(text: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u.test(text);
}

/** C0, DEL, C1, line separators and the marks that reverse the reading direction: never part of an honest file name. */
export function hasControl(text: string): boolean {
  return /[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text);
}
