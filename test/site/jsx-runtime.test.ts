import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type ComponentChildren, Fragment, h, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { type Html, jsx, jsxs } from "../../site/pages/jsx-runtime.ts";

type Leaf = string | number | boolean | null | undefined;
interface Made {
  readonly tag: string;
  readonly props: Readonly<Record<string, Leaf>>;
  readonly html?: string;
  readonly children: readonly (Leaf | Made | readonly Leaf[])[];
}

const text = fc.oneof(fc.string(), fc.constantFrom("", "a < b & \"c\" > 'd'", "é 漢 \u202e", "<script>"));
const leaf = fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.constant(undefined));
const names = [
  "class",
  "id",
  "href",
  "title",
  "hidden",
  "checked",
  "value",
  "aria-hidden",
  "aria-label",
  "data-run",
  "colSpan",
  "tabIndex",
  "charSet",
  "stop-color",
];
const { made } = fc.letrec<{ made: Made }>((tie) => ({
  made: fc.record({
    // `twice` and `nothing` are components, "" a fragment.
    tag: fc.constantFrom("div", "p", "br", "img", "input", "td", "path", "", "twice", "nothing"),
    props: fc.dictionary(fc.constantFrom(...names), leaf, { maxKeys: 4 }),
    html: fc.option(fc.constantFrom("", "<b>x</b>"), { nil: undefined, freq: 8 }) as fc.Arbitrary<string>,
    children: fc.array(fc.oneof({ depthSize: "small" }, leaf, fc.array(leaf, { maxLength: 3 }), tie("made")), { maxLength: 4 }),
  }) as fc.Arbitrary<Made>,
}));

const isMade = (child: unknown): child is Made => typeof child === "object" && child !== null && "tag" in child;

/** The same tree by either runtime. */
function build(node: Made, make: (type: never, props: object) => unknown): unknown {
  const children = node.children.map((child) => (isMade(child) ? build(child, make) : child));
  const twice = ({ children }: { readonly children: unknown }): unknown =>
    make("section" as never, { class: "t", children: [children, children] });
  const components: Readonly<Record<string, unknown>> = { "": Fragment, twice, nothing: () => null };
  const type = Object.hasOwn(components, node.tag) ? components[node.tag] : node.tag;
  const inside = node.html === undefined ? { children } : { dangerouslySetInnerHTML: { __html: node.html } };
  return make(type as never, { ...(typeof type === "string" ? node.props : {}), ...inside });
}

const byPreact = (node: Made): string =>
  renderToString(build(node, (type, { children, ...props }: { children?: ComponentChildren }) => h(type, props, children)) as VNode);
const atOnce = (node: Made): string => (build(node, jsx as never) as Html).html;

describe("HTML at once", () => {
  test("is made the same way of one child and of several", () => {
    assert.equal(jsxs("p", { children: ["a", 1] }).html, jsx("p", { children: ["a", 1] }).html);
  });
  test("is what Preact renders, for any tree", () => {
    fc.assert(
      fc.property(made, (node) => assert.equal(atOnce(node), byPreact(node))),
      { numRuns: 2000 },
    );
  });
  test("refuses a name it has no attribute for, and nodes of another renderer", () => {
    assert.throws(() => jsx("input", { autoFocus: true }));
    assert.throws(() => jsx("p", { children: h("b", null) }));
  });
  test("leaves out functions", () => {
    assert.equal(jsx("button", { onClick: () => {}, children: "x" }).html, "<button>x</button>");
  });
});
