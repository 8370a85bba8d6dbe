// Prose → HTML that can be put on a page: GitHub-flavoured markdown, no raw HTML, nothing that runs or loads from elsewhere.
// Sanitising comes last before our own few changes, which only add what is safe by construction.

import type { Code, Root, RootContent } from "mdast";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { headingName } from "./heading-name.ts";
import { laneHtml, type RenderBlock } from "./html-lane.ts";

export interface HtmlOptions {
  /** Pictures from other hosts: as links (the default, so that a page loads nothing foreign) or as they are. */
  readonly remoteImages?: "link" | "keep";
  /** `false`: everything the long way. The bytes are the same. */
  readonly lanes?: boolean;
}

/** As much of hast as is looked at here. */
interface HtmlNode {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: HtmlNode[];
}

const idPrefix = "user-content-";
const schema = { ...defaultSchema, clobberPrefix: idPrefix };

const keeping = processor("keep");
const linking = processor("link");

/** Never throws and never takes long: text nested beyond reason is shown as it is typed. */
export function toHtml(markdown: string, options: HtmlOptions = {}): string {
  const text = markdown.charCodeAt(0) === 0xfeff ? markdown.slice(1) : markdown;
  if (isHostile(text)) return asTyped(text);
  const render = (markdown: string): string => renderWhole(markdown, options);
  try {
    return (options.lanes === false ? undefined : laneHtml(text, remembering(options, render))) ?? render(text);
  } catch (error) {
    if (error instanceof RangeError) return asTyped(text);
    throw error;
  }
}

function renderWhole(text: string, options: HtmlOptions): string {
  return String((options.remoteImages === "keep" ? keeping : linking).processSync(text));
}

const blocks = new Map<string, string>();
const mostBlocks = 4000;

/** Journals repeat themselves: a block that was rendered once is known. */
function remembering({ remoteImages = "link" }: HtmlOptions, render: RenderBlock): RenderBlock {
  return (markdown) => {
    const key = `${remoteImages} ${markdown}`;
    const known = blocks.get(key);
    if (known !== undefined) return known;
    const html = render(markdown);
    if (blocks.size >= mostBlocks) blocks.clear();
    blocks.set(key, html);
    return html;
  };
}

function processor(images: "link" | "keep") {
  return unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(() => (tree: Root) => showHtmlAsTyped(tree as { children: RootContent[] }, false))
    .use(remarkRehype, { clobberPrefix: "" })
    .use(() => (tree) => nameHeadings(tree as HtmlNode, new Map()))
    .use(rehypeSanitize, schema)
    .use(() => (tree) => finish(tree as HtmlNode, images))
    .use(rehypeStringify)
    .freeze();
}

/** `<lr>` in prose means those four characters; `<br>` is a line break; a comment says nothing. */
function showHtmlAsTyped(parent: { children: RootContent[] }, phrasing: boolean): void {
  const children: RootContent[] = [];
  for (const child of parent.children) {
    if (child.type === "html") {
      const shown = withoutComments(child.value).trim();
      if (/^<br\s*\/?>$/i.test(shown) && phrasing) children.push({ type: "break" });
      else if (shown !== "")
        children.push(phrasing ? { type: "text", value: child.value } : { type: "paragraph", children: [{ type: "text", value: shown }] });
      continue;
    }
    if (child.type === "code") keepKind(child);
    if ("children" in child)
      showHtmlAsTyped(
        child as { children: RootContent[] },
        phrasing || child.type === "paragraph" || child.type === "heading" || child.type === "tableCell",
      );
    children.push(child);
  }
  parent.children = children;
}

/** A fence `journal table` becomes code of the language `journal-table`, for HTML tells the first word of an info string only. */
function keepKind(code: Code): void {
  const kind = code.lang === "journal" ? /^[a-z]{1,20}(?= |$)/.exec(code.meta ?? "")?.[0] : undefined;
  if (kind !== undefined) code.lang = `journal-${kind}`;
}

/** An unclosed comment takes the rest. */
function withoutComments(html: string): string {
  let out = "";
  let at = 0;
  for (let open = html.indexOf("<!--"); open !== -1; open = html.indexOf("<!--", at)) {
    out += html.slice(at, open);
    const close = html.indexOf("-->", open + 4);
    if (close === -1) return out;
    at = close + 3;
  }
  return out + html.slice(at);
}

/** Sanitising prefixes the names. */
function nameHeadings(node: HtmlNode, taken: Map<string, number>): void {
  for (const child of node.children ?? []) {
    if (/^h[1-6]$/.test(child.tagName ?? "") && child.properties?.["id"] === undefined)
      child.properties = { ...child.properties, id: headingName(textOf(child), taken) };
    nameHeadings(child, taken);
  }
}

function textOf(node: HtmlNode): string {
  return node.value ?? (node.children ?? []).map(textOf).join("");
}

/** Links to places on the page follow the prefix; foreign pictures become links. */
function finish(tree: HtmlNode, images: "link" | "keep"): void {
  const ids = new Set<string>();
  visit(tree, (node) => {
    const id = node.properties?.["id"];
    if (typeof id === "string") ids.add(id);
  });
  visit(tree, (node, inLink) => {
    const href = node.properties?.["href"];
    if (node.tagName === "a" && typeof href === "string" && href.startsWith("#")) {
      const target = idPrefix + decodeFragment(href.slice(1));
      if (ids.has(target)) node.properties = { ...node.properties, href: `#${target}` };
    }
    for (const name of ["ariaDescribedBy", "ariaLabelledBy"]) {
      const value = node.properties?.[name];
      const names = Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];
      if (names.length > 0)
        node.properties = {
          ...node.properties,
          [name]: names.map((id) => (ids.has(id) ? id : ids.has(idPrefix + id) ? idPrefix + id : id)),
        };
    }
    if (node.tagName === "img" && images === "link") linkImage(node, inLink);
    if (node.tagName === "input") node.properties = { ...node.properties, ariaLabel: node.properties?.["checked"] ? "done" : "open" };
  });
}

/** A fragment with a broken escape is taken as it is. */
function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function linkImage(node: HtmlNode, inLink: boolean): void {
  const source = node.properties?.["src"];
  if (typeof source !== "string" || !/^(?:[a-z][a-z0-9+.-]*:|[\\/]{2})/i.test(source.trim())) return;
  const alt = node.properties?.["alt"];
  const text: HtmlNode = { type: "text", value: typeof alt === "string" && alt.trim() !== "" ? alt : source };
  node.tagName = inLink ? "span" : "a";
  node.properties = inLink ? {} : { href: source, rel: ["noreferrer"] };
  node.children = [text];
}

function visit(node: HtmlNode, look: (node: HtmlNode, inLink: boolean) => void, inLink = false): void {
  for (const child of node.children ?? []) {
    look(child, inLink);
    visit(child, look, inLink || child.tagName === "a");
  }
}

/** How often each may stand in one block before a markdown parser takes quadratic time or its stack; no person comes near. */
const limits = { brackets: 200, links: 2000, angles: 2000, marks: 2000, definitions: 2000 } as const;
const deepLine = /^[ \t]{300}|^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){50}/;

function isHostile(text: string): boolean {
  if (text.length > 1_000_000) return true;
  let definitions = 0;
  let block = { brackets: 0, links: 0, angles: 0, marks: 0 };
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf("\n", at);
    const end = found === -1 ? text.length : found;
    const line = text.slice(at, end);
    if (line.trim() === "") block = { brackets: 0, links: 0, angles: 0, marks: 0 };
    else {
      count(line, block);
      if (/^ {0,3}\[[^\]]{1,999}\]:/.test(line)) definitions += 1;
      if (deepLine.test(line.slice(0, 400))) return true;
    }
    if (
      block.brackets > limits.brackets ||
      block.links > limits.links ||
      block.angles > limits.angles ||
      block.marks > limits.marks ||
      definitions > limits.definitions
    )
      return true;
    at = end + 1;
  }
  return false;
}

function count(line: string, block: { brackets: number; links: number; angles: number; marks: number }): void {
  for (let at = 0; at < line.length && block.brackets <= limits.brackets; at += 1) {
    const code = line.charCodeAt(at);
    if (code === 91) block.brackets += 1;
    else if (code === 93) {
      if (block.brackets > 0) block.brackets -= 1;
      if (line.charCodeAt(at + 1) === 40) block.links += 1;
    } else if (code === 60) block.angles += 1;
    else if ((code === 42 || code === 95 || code === 126) && !isSpace(line.charCodeAt(at + 1))) block.marks += 1;
  }
}

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 9 || Number.isNaN(code);

function asTyped(text: string): string {
  return `<pre>${text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")}</pre>`;
}
