// Which runs are compared, as the address says it: `compare.html#runs=a,b,c&base=a&metric=val_loss&rows=all`. What is usual is left out.

export interface Choice {
  readonly runs: readonly string[];
  readonly base?: string;
  readonly metric?: string;
  readonly all: boolean;
  /** Of the curves (curve-choice.ts): kept as they are. */
  readonly rest: readonly (readonly [string, string])[];
}

const own = ["runs", "base", "metric", "rows"];

export function parseChoice(hash: string): Choice {
  const words = new URLSearchParams(hash.replace(/^#/, ""));
  const base = words.get("base");
  const metric = words.get("metric");
  const runs = (words.get("runs") ?? "").split(",").map((id) => id.trim());
  return {
    runs: [...new Set(runs.filter((id) => id !== ""))].slice(0, mostRuns),
    all: words.get("rows") === "all",
    rest: [...words].filter(([name]) => !own.includes(name)),
    ...(base ? { base } : {}),
    ...(metric ? { metric } : {}),
  };
}

/** More than anybody can look at. */
const mostRuns = 500;

export function printChoice({ runs, base, metric, all, rest }: Choice): string {
  const words: (readonly [string, string])[] = [
    ["runs", runs.join(",")],
    ...(base === undefined || base === runs[0] ? [] : [["base", base] as const]),
    ...(metric === undefined ? [] : [["metric", metric] as const]),
    ...(all ? [["rows", "all"] as const] : []),
    ...rest,
  ];
  return `#${words.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`).join("&")}`;
}
