// Vega-Lite spec → SVG text at build. Nothing is fetched, nothing is evaluated as code, and the bytes do not depend on
// what was drawn before in this process.

import { parse, resetSVGDefIds, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";
import type { Chart, Spec } from "../report/chart.ts";
import { tidySvg } from "./chart-svg.ts";

// Vega's own loader reads any file and any address; this one answers nothing. `sanitize` must resolve: a rejection there
// ends the process even inside try and catch.
const loader = {
  load: () => Promise.resolve(""),
  sanitize: () => Promise.resolve({ href: "#" }),
  http: () => Promise.resolve(""),
  file: () => Promise.resolve(""),
  options: {},
};

export type Compiled = ReturnType<typeof compile>["spec"];

const silent = { level: () => silent, error: () => silent, warn: () => silent, info: () => silent, debug: () => silent };

/** Vega-Lite → Vega. */
export function compileChart(spec: Spec): Compiled {
  return compile(spec as unknown as Parameters<typeof compile>[0], { logger: silent as never }).spec;
}

interface Named {
  readonly spec: Spec;
  readonly name: string;
}

let turn: Promise<unknown> = Promise.resolve();

/** `slug` keeps the ids of several charts on one page apart. Throws for a specification that makes no sense. */
export function drawChart(chart: Named, slug: string): Promise<string> {
  // One after the other: Vega has one count of ids for all that it draws.
  const drawn = turn.then(() => drawAlone(chart, slug));
  turn = drawn.catch(() => {});
  return drawn;
}

async function drawAlone(chart: Named, slug: string): Promise<string> {
  resetSVGDefIds();
  const view = new View(parse(compileChart(chart.spec), {}, { ast: true }), {
    renderer: "none",
    loader,
    expr: expressionInterpreter,
    logger: silent,
  } as unknown as ConstructorParameters<typeof View>[1]);
  try {
    return tidySvg(await view.toSVG(), slug, chart.name);
  } finally {
    view.finalize();
  }
}

/** For wide and, where there is one, for narrow pages. `begin` is called before each. */
export async function drawBoth(
  { slug, name, wide, narrow }: Pick<Chart, "slug" | "name" | "wide" | "narrow">,
  begin: () => void = () => {},
): Promise<{ readonly wide: string; readonly narrow?: string }> {
  const draw = (spec: Spec, part: string): Promise<string> => {
    begin();
    return drawChart({ spec, name }, `${slug}-${part}`);
  };
  const drawn = await draw(wide, "l");
  return narrow === undefined ? { wide: drawn } : { wide: drawn, narrow: await draw(narrow, "s") };
}

export const compileAll = (specs: Readonly<Record<string, Spec>>): Readonly<Record<string, Compiled>> =>
  Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, compileChart(spec)]));
