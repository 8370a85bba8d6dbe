// JSX that is HTML at once, for the built program (scripts/build.mjs puts it in the place of Preact's): ten thousand pages need no tree of
// nodes between a component and its text. The bytes are those of preact-render-to-string; a test holds the two equal.

import { Fragment } from "preact";

export { Fragment };

export class Html {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}

type Props = Readonly<Record<string, unknown>>;

export function jsx(type: string | ((props: Props) => unknown), props: Props): Html {
  if (typeof type === "string") return new Html(element(type, props));
  const made = type === (Fragment as unknown) ? props["children"] : type(props);
  return made instanceof Html ? made : new Html(inner(made));
}

export { jsx as jsxs };

const empty: ReadonlySet<string> = new Set(
  "area base br col command embed hr img input keygen link meta param source track wbr".split(" "),
);

function element(tag: string, props: Props): string {
  let open = `<${tag}`;
  let html = "";
  let children: unknown;
  for (const name in props) {
    const value = props[name];
    if (name === "children") children = value;
    else if (name === "dangerouslySetInnerHTML") html = (value as { readonly __html: string } | undefined)?.__html ?? "";
    else if (value !== undefined && value !== null && typeof value !== "function") open += attribute(name, value);
  }
  if (html === "") html = inner(children);
  return html === "" && empty.has(tag) ? `${open}/>` : `${open}>${html}</${tag}>`;
}

function attribute(name: string, value: unknown): string {
  // `aria-hidden` is "true" or "false", other attributes are there or not.
  const said = name.charCodeAt(4) === 45 ? String(value) : value;
  if (said === false) return "";
  const known = /[A-Z]/.test(name) ? nameOf(name) : name;
  return said === true || said === "" ? ` ${known}` : ` ${known}="${escapeText(String(said))}"`;
}

/** JSX names of ours that are not the attribute's own. One that is missing here has to be looked up in Preact. */
const names: Readonly<Record<string, string>> = {
  charSet: "charset",
  colSpan: "colspan",
  preserveAspectRatio: "preserveAspectRatio",
  tabIndex: "tabindex",
  viewBox: "viewBox",
};

function nameOf(name: string): string {
  const known = names[name];
  if (known === undefined) throw new Error(`no attribute is known for ${name}`);
  return known;
}

function inner(value: unknown): string {
  if (typeof value === "string") return escapeText(value);
  if (value === undefined || value === null || typeof value === "boolean" || typeof value === "function") return "";
  if (value instanceof Html) return value.html;
  if (Array.isArray(value)) {
    let html = "";
    for (const item of value) html += inner(item);
    return html;
  }
  if (typeof value === "object") throw new Error("a node of another renderer");
  return String(value);
}

const special = /["&<]/;

function escapeText(text: string): string {
  return special.test(text) ? text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;") : text;
}
