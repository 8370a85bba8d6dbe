// Vega's SVG as the site wants it: small, named, without styles, its labels as tips.

import { runMark } from "../report/chart-parts.ts";

/** `slug` comes before every id. */
export function tidySvg(svg: string, slug: string, name: string): string {
  const open: boolean[] = [];
  return svg
    .replace(empty, "")
    .replace(tags, (tag, close: string, element: string, attributes: string, end: string) => {
      if (close !== "") return element === "g" && open.pop() === false ? "" : tag;
      const kept = tidyAttributes(element, attributes, slug, name);
      if (element === "g" && end === "") open.push(kept !== "");
      return element === "g" && end === "" && kept === "" ? "" : `<${element}${kept}${end}>`;
    })
    .replace(/<g[^>]*><\/g>/g, "");
}

// Vega escapes < and > in texts and in attributes, so that a tag is what stands between them.
const tags = /<(\/?)([a-zA-Z]+)((?: [a-zA-Z0-9:-]+="[^"]*")*)(\/?)>/g;
/** Backgrounds without a size or a colour, and what is not displayed. */
const empty = /<path (?:class="background" aria-hidden="true" d="[^"]*"(?: pointer-events="none")?|[^>]* display="none")\/>/g;

const dropped = new Set(["role", "aria-roledescription", "aria-hidden", "pointer-events", "class", "style", "xmlns:xlink", "version"]);
const needless = new Set([
  'opacity="1"',
  'font-family="sans-serif"',
  'font-size="12px"',
  'transform="translate(0,0)"',
  'x2="0"',
  'y2="0"',
  'font-weight="400"',
  'font-weight="normal"',
]);
const geometry = new Set(["d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "r"]);

function tidyAttributes(element: string, attributes: string, slug: string, name: string): string {
  const kept = attributes.replace(/ ([a-zA-Z0-9:-]+)="([^"]*)"/g, (all, key: string, value: string) => {
    if (dropped.has(key) || needless.has(all.slice(1))) return "";
    if (key === "aria-label") return element === "g" || value === "" ? "" : tip(value);
    if (key === "id") return ` id="${slug}-${value}"`;
    if (geometry.has(key)) return ` ${key}="${rounded(value)}"`;
    return value.startsWith("url(#") ? ` ${key}="url(#${slug}-${value.slice(5)}"` : all;
  });
  return element === "svg" ? ` role="img" aria-label="${escapeAttribute(name)}"${kept}` : kept;
}

/** A tenth of a pixel is enough. */
function rounded(geometry: string): string {
  return geometry.replace(/-?\d+\.\d{2,}(?:e-?\d+)?/g, (number) => String(Math.round(Number(number) * 10) / 10));
}

function tip(label: string): string {
  const end = label.indexOf(runMark);
  if (end === -1) return ` data-tip="${label}"`;
  const id = label.slice(0, end);
  // Without a value: the first word of the tip.
  return ` data-run${id.includes(" ") ? `="${id}"` : ""} data-tip="${label.replace(runMark, " ")}"`;
}

const escapeAttribute = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
