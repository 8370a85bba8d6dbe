// Lines of a text by offset: where they start and end, which line end they use.

export function startOfLine(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** End of the line's content, before its line end. */
export function endOfLine(text: string, offset: number): number {
  const found = text.indexOf("\n", offset);
  if (found === -1) return text.length;
  return found > offset && text.charAt(found - 1) === "\r" ? found - 1 : found;
}

/** Start of the line after the content that ends at `offset`; a block scalar's content ends there already. */
export function nextLine(text: string, offset: number): number {
  if (text.charAt(offset - 1) === "\n") return offset;
  const found = text.indexOf("\n", offset);
  return found === -1 ? text.length : found + 1;
}

/** Line end of the line that `offset` is on: what a neighbour is given too. */
export function eolAt(text: string, offset: number): string {
  const from = text.charAt(offset - 1) === "\n" ? offset - 1 : offset;
  const found = text.indexOf("\n", from);
  return found > 0 && text.charAt(found - 1) === "\r" ? "\r\n" : "\n";
}

/** Line end of the line before `at`, else of the text's first line. */
export function eolNear(text: string, at: number): string {
  const before = text.lastIndexOf("\n", at - 1);
  const found = before === -1 ? text.indexOf("\n") : before;
  return found > 0 && text.charAt(found - 1) === "\r" ? "\r\n" : "\n";
}

/** Several lines as one. */
export function joinLines(text: string): string {
  return text.includes("\n")
    ? text
        .split("\n")
        .map((line) => line.trim())
        .join(" ")
        .trim()
    : text.trim();
}
