// Paths by pattern, from the root: `*` within a name, `**` across folders, `?` one character; a folder stands for all that is in it.

/** Whether `path`, from the root and with forward slashes, is meant by one of the patterns. */
export function matchesGlob(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => expressionOf(pattern).test(path));
}

const known = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const made =
    known.get(pattern) ??
    makeExpression(
      pattern
        .trim()
        .replace(/^\.?\//, "")
        .replace(/\/+$/, ""),
    );
  known.set(pattern, made);
  return made;
}

function makeExpression(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/?|\*|\?)/).map((part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    return part === "?" ? "[^/]" : part.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}(?:/.*)?$`, "s");
}
