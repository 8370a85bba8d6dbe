// How the curves of a comparison are shown, as the address says it: `smooth=0.6&y=log&band=each&x=epoch`. What is usual is left out.

import type { CurveChoice } from "../chart/curves.ts";

type Words = readonly (readonly [string, string])[];

/** `log`: what is usual for these curves. */
export function parseCurveChoice(words: Words, log: boolean): CurveChoice {
  const found = new Map(words);
  const smooth = Number(found.get("smooth"));
  const x = found.get("x");
  return {
    smooth: smooth > 0 && smooth < 1 ? smooth : 0,
    log: found.has("y") ? found.get("y") === "log" : log,
    each: found.get("band") === "each",
    ...(x ? { x } : {}),
  };
}

export function printCurveChoice({ smooth, log: isLog, each, x }: CurveChoice, log: boolean): Words {
  return [
    ...(smooth > 0 ? [["smooth", String(smooth)] as const] : []),
    ...(isLog === log ? [] : [["y", isLog ? "log" : "linear"] as const]),
    ...(each ? [["band", "each"] as const] : []),
    ...(x === undefined ? [] : [["x", x] as const]),
  ];
}
