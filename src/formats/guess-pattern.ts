// A pattern for `capture.patterns` that reads what a script prints: `Epoch 3/5 - loss: 0.38` is talk until the settings say otherwise.

const longest = 1000;
const most = 8;
const counting = /\b(epoch|step|iteration|iter)([\s:=#[(]{1,3})\d/i;
/** A name and a number with a fraction; a bare integer is rarely a result. Between them stands a sign, or nothing but blanks. */
const told = /(?<![\w.])([A-Za-z]\w*)(\s{0,2}[:=]|(?=\s))\s{0,4}-?\d+\.\d+(?:e[-+]?\d+)?(%?)/g;

/** Of the last line that counts and tells a number by name, else of the last that tells one: `Done. best = 0.9` sums up. */
export function guessPattern(lines: readonly string[]): string | undefined {
  const guesses = lines.map((line) => patternOf(line.slice(0, longest))).filter((guess) => guess !== undefined);
  return (guesses.findLast(({ counts }) => counts) ?? guesses.at(-1))?.pattern;
}

function patternOf(line: string): { readonly pattern: string; readonly counts: boolean } | undefined {
  const axis = counting.exec(line);
  // `loss 0.7` tells a result in a line that counts; elsewhere it is a sentence, such as `waited 0.7 s`.
  const signed = [...line.matchAll(told)].filter(([, , sign]) => sign !== "" || axis !== null);
  const pairs = new Map(signed.reverse().map((pair) => [pair[1] ?? "", pair]));
  const named = [...pairs.values()].reverse().slice(0, most);
  const [first] = named;
  // A call such as `Namespace(lr=0.1)` tells what was wished, not what came of it.
  if (first === undefined || /^\s*\w+\(/.test(line)) return undefined;
  const counts = axis !== null && axis.index < first.index && !pairs.has(axis[1] ?? "");
  const groups = named.map(
    ([, name = "", sign = "", percent = ""]) =>
      `${name}${sign.replace(/\s+/, "\\s*")}\\s${sign === "" ? "+" : "*"}(?<${name}>[-\\d.e+]+${percent})`,
  );
  const head = counts ? [`${axis[1]}${axis[2]?.replaceAll(/[[(]/g, "\\$&")}\\s*(?<${axis[1]?.toLowerCase()}>\\d+)`] : [];
  return { pattern: [...head, ...groups].join(".*?"), counts };
}
