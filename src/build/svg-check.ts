// The last look at a drawing of somebody's own chart: shapes and words, and nothing that could load or run.

const elements = new Set(
  "svg g path rect line circle ellipse polygon polyline text tspan title desc defs clipPath linearGradient radialGradient stop".split(" "),
);
const attribute = / ([A-Za-z_:][\w:.-]*)="([^"]*)"/g;
const tag = /<(\/?)([A-Za-z][\w:-]*)((?: [A-Za-z_:][\w:.-]*="[^"]*")*) ?\/?>/g;

/** Pages grow by it. */
export const mostBytes = 2_000_000;

/** Why it must not be shown, or nothing. */
export function findHarm(svg: string): string | undefined {
  if (svg.length > mostBytes) return `it draws too much: ${Math.round(svg.length / 1000)} kB, and ${mostBytes / 1000} kB is the most`;
  let tags = 0;
  for (const [, , name = "", attributes = ""] of svg.matchAll(tag)) {
    tags += 1;
    if (!elements.has(name)) return `it holds \`${name}\``;
    for (const [, key = "", value = ""] of attributes.matchAll(attribute)) {
      if (/^on|href|^style$|^src$/i.test(key)) return `it holds \`${key}\``;
      if (/url\s*\((?!#)/i.test(value) && !/^(?:data-|aria-)/.test(key)) return "it loads from an address";
    }
  }
  // A `<` that began no tag of this shape could begin anything.
  return tags === svg.split("<").length - 1 ? undefined : "it is no drawing";
}
