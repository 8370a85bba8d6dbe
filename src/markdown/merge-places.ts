// Where a merged run still has two versions, in the words of its author: keys by their path, prose by its heading.

/** `line 12: metrics.val_accuracy`, `line 40: section "Run notes › 2026-11-20"`; one for each pair of markers. */
export function conflictPlaces(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  const matter =
    lines[0]?.replace(/^\ufeff/, "").trimEnd() === "---" ? lines.findIndex((line, at) => at > 0 && line.trimEnd() === "---") : -1;
  return lines.flatMap((line, at) => {
    if (!/^<{7}(?:\s|$)/.test(line)) return [];
    const end = lines.findIndex((later, place) => place > at && /^>{7}(?:\s|$)/.test(later));
    const both = lines.slice(at + 1, end === -1 ? undefined : end);
    const what = at < matter ? keysOf(lines.slice(1, at), both).join(", ") : `section "${headingOf(lines.slice(matter + 1, at), both)}"`;
    return [`line ${at + 1}: ${what === "" ? "front matter" : what}`];
  });
}

interface Key {
  readonly indent: number;
  readonly name: string;
}

function keyOf(line: string): Key | undefined {
  const [, blanks = "", name] = /^( *)([^\s#\-:[\]{}<>=|][^:]{0,200}?)\s*:(?:\s|$)/.exec(line) ?? [];
  return name === undefined ? undefined : { indent: blanks.length, name: name.replace(/^(["'])(.*)\1$/, "$2") };
}

/** The outermost keys of either version; a conflict inside of one value is that of the key above it. */
function keysOf(above: readonly string[], both: readonly string[]): readonly string[] {
  const keys = both.flatMap((line) => keyOf(line) ?? []);
  const indent = Math.min(...both.filter((line) => line.trim() !== "" && !/^[=|]{7}/.test(line)).map((line) => line.search(/\S/)));
  const outer = keys.filter((key) => key.indent === indent);
  const names = [...new Set(outer.map((key) => key.name))];
  const parents = ancestors(above, names.length === 0 ? indent + 1 : indent);
  return names.length === 0 ? [parents.join(".")] : names.map((name) => [...parents, name].join("."));
}

function ancestors(above: readonly string[], below: number): readonly string[] {
  const path: string[] = [];
  let limit = below;
  for (const line of above.toReversed()) {
    const key = limit > 0 ? keyOf(line) : undefined;
    if (key === undefined || key.indent >= limit) continue;
    path.unshift(key.name);
    limit = key.indent;
  }
  return path;
}

/** The headings that stand above, and the first one that the conflict itself begins with. */
function headingOf(above: readonly string[], both: readonly string[]): string {
  const path: { readonly level: number; readonly name: string }[] = [];
  const first = both.find((line) => line.trim() !== "") ?? "";
  for (const line of [...above, first]) {
    const [, marks, name = ""] = /^(#{1,6})\s+(.*)$/.exec(line) ?? [];
    if (marks === undefined) continue;
    while ((path.at(-1)?.level ?? 0) >= marks.length) path.pop();
    path.push({ level: marks.length, name: name.trim() });
  }
  return path.map(({ name }) => name).join(" › ") || "text before the first heading";
}
