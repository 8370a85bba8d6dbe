// Vega-Lite spec → SVG text at build. Nothing is fetched, nothing is evaluated as code, and the bytes do not depend on
// what was drawn before in this process.

import { parse, resetSVGDefIds, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";
import type { Spec } from "../report/chart.ts";

// Vega's own loader reads any file and any address; this one answers nothing. `sanitize` must resolve: a rejection there
// ends the process even inside try and catch.
const loader = {
  load: () => Promise.resolve(""),
  sanitize: () => Promise.resolve({ href: "#" }),
  http: () => Promise.resolve(""),
  file: () => Promise.resolve(""),
  options: {},
};

type Compiled = ReturnType<typeof compile>["spec"];

/** Vega-Lite → Vega. */
export function compileChart(spec: Spec): Compiled {
  return compile(spec as unknown as Parameters<typeof compile>[0]).spec;
}

/** `slug` keeps the ids of several charts on one page apart. */
export async function drawChart(chart: { readonly spec: Spec; readonly name: string }, slug: string): Promise<string> {
  resetSVGDefIds();
  const compiled = compileChart(chart.spec);
  const view = new View(parse(compiled, {}, { ast: true }), {
    renderer: "none",
    loader,
    expr: expressionInterpreter,
    logLevel: 0,
  } as ConstructorParameters<typeof View>[1]);
  try {
    const svg = await view.toSVG();
    return tidy(svg, slug, chart.name);
  } finally {
    view.finalize();
  }
}

/** Where a tenth of a pixel is enough; labels and tips hold values and stay as they are. */
const geometry = / (?:d|transform|x|y|x1|x2|y1|y2|width|height)="[^"]*"/g;

function tidy(svg: string, slug: string, name: string): string {
  return svg
    .replace(/ (?:id|clip-path)="[^"]*"/g, (attribute) => attribute.replace(/(id="|url\(#)/, `$1${slug}-`))
    .replace(/ (?:aria-roledescription|pointer-events)="[^"]*"/g, "")
    .replace(/ role="[^"]*"/g, "")
    .replace(/ aria-label="/g, ' data-tip="')
    .replace(geometry, (attribute) => attribute.replace(/-?\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10)))
    .replace("<svg ", `<svg role="img" aria-label="${escapeAttribute(name)}" `);
}

const escapeAttribute = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
