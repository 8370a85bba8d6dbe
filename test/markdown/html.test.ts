import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { toHtml } from "../../src/markdown/html.ts";
import { stopwatch } from "../support/stopwatch.ts";

const payloads: readonly string[] = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg onload=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  "<iframe src=javascript:alert(1)></iframe>",
  "<a href=javascript:alert(1)>x</a>",
  "<body onload=alert(1)>",
  "<details open ontoggle=alert(1)>",
  "<math><mtext><script>alert(1)</script></mtext></math>",
  "<style>@import 'http://evil.example/x.css'</style>",
  "<link rel=stylesheet href=//evil.example/x.css>",
  "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
  "<base href=//evil.example/>",
  "<form action=javascript:alert(1)><button>x</button></form>",
  "<object data=javascript:alert(1)>",
  "<embed src=javascript:alert(1)>",
  "[a](javascript:alert(1))",
  "[a](JaVaScRiPt:alert(1))",
  "[a](java\tscript:alert(1))",
  "[a](&#106;avascript:alert(1))",
  "[a](&#x6A;avascript&colon;alert(1))",
  "[a](vbscript:msgbox(1))",
  "[a](data:text/html;base64,PHNjcmlwdD4=)",
  "[a]( javascript:alert(1))",
  "[a](<javascript:alert(1)>)",
  "[a][x]\n\n[x]: javascript:alert(1)",
  "<javascript:alert(1)>",
  "![a](javascript:alert(1))",
  "![a](data:image/svg+xml;base64,PHN2Zz4=)",
  "![a](https://evil.example/p.png)",
  "![a](//evil.example/p.png)",
  '![a](x" onerror="alert(1))',
  '![" onerror=alert(1) x="](y)',
  "[a](x \"' onmouseover=alert(1) '\")",
  "[a](\\\\evil.example\\x)",
  "[a](x'onclick='alert(1))",
  "`<script>alert(1)</script>`",
  "```html\n<script>alert(1)</script>\n```",
  "```<script>alert(1)</script>\nx\n```",
  '```x" onclick=alert(1)\ny\n```',
  "# <img src=x onerror=alert(1)>",
  "# constructor\n# __proto__\n# toString",
  "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
  "- [ ] <input autofocus onfocus=alert(1)>",
  "[^1]\n\n[^1]: <script>alert(1)</script>",
  '[^"><script>alert(1)</script>]\n\n[^"><script>alert(1)</script>]: x',
  "<!-- --><script>alert(1)</script>",
  "<!-- <script>alert(1)</script>",
  "<![CDATA[<script>alert(1)</script>]]>",
  "<?php echo 1 ?>",
  "<x onclick=alert(1)>y</x>",
  "\u0000<script>alert(1)</script>",
  "<scr\u0000ipt>alert(1)</scr\u0000ipt>",
  "www.evil.example/<script>",
  'https://evil.example/"onmouseover=alert(1)',
  "{{constructor.constructor('alert(1)')()}}",
];

/** Names of tags and attributes in HTML that our own printer made: attribute values are quoted, `<` in text is escaped. */
function dangers(html: string): readonly string[] {
  const found: string[] = [];
  for (const [, name = "", attributes = ""] of html.matchAll(/<([a-z][^\s/>]*)((?:[^>"]|"[^"]*")*)>/gi)) {
    if (
      !/^(?:a|blockquote|br|code|del|em|h[1-6]|hr|img|input|li|ol|p|pre|section|span|strong|sup|table|tbody|td|th|thead|tr|ul)$/.test(name)
    )
      found.push(`<${name}>`);
    for (const [, attribute = "", value = ""] of attributes.matchAll(/([^\s"=]+)(?:="([^"]*)")?/g)) {
      if (/^on|^style$|^srcdoc$|^formaction$/i.test(attribute)) found.push(attribute);
      if (/^(?:href|src)$/.test(attribute) && !/^(?:https?:\/\/|mailto:|#|[^:]*$)/i.test(value)) found.push(`${attribute}=${value}`);
      if (attribute === "src" && /^(?:[a-z]+:|[\\/]{2})/i.test(value)) found.push(`remote ${value}`);
    }
  }
  return found;
}

describe("toHtml", () => {
  it(`lets none of ${payloads.length} payloads through`, () => {
    assert.ok(payloads.length >= 38);
    for (const payload of payloads) {
      for (const text of [payload, `- ${payload}`, `> ${payload}`, `**${payload}**`, `text ${payload} text`])
        assert.deepEqual(dangers(toHtml(text)), [], text);
    }
  });

  const list = new URL("../../../shared/corpus/adversarial/payloadbox__xss-payload-list/Intruder/xss-payload-list.txt", import.meta.url);
  it("lets nothing of a public payload list through", { skip: existsSync(list) ? false : "needs ../shared/corpus" }, () => {
    const lines = readFileSync(list, "utf8")
      .split("\n")
      .filter((line) => line.trim() !== "");
    assert.ok(lines.length > 1000);
    for (const line of lines) assert.deepEqual(dangers(toHtml(line)), [], line);
    assert.deepEqual(dangers(toHtml(lines.slice(0, 500).join("\n\n"))), []);
  });

  it("shows what looks like a template or a tag as it was typed", () => {
    const shown = (markdown: string): string =>
      toHtml(markdown)
        .replace(/<[^>]*>/g, "")
        .replace(/&#x3C;/g, "<")
        .replace(/&#x26;/g, "&")
        .trim();
    for (const text of ["{{ x }}", "${x}", "use <lr> here", "Foo<Bar>", "<lr>", "a < b > c", "<div class=x>y</div>", "%(x)s {x}", "A & B"])
      assert.equal(shown(text), text);
  });

  it("says nothing for a comment and breaks at `<br>`", () => {
    assert.equal(toHtml("a<!-- c -->b\n\n<!-- d\n\ne -->"), "<p>ab</p>");
    assert.equal(toHtml("a<br/>b"), "<p>a<br>\nb</p>");
  });

  it("keeps tables, tasks, strike-through and footnotes", () => {
    const html = toHtml("| a |\n|--:|\n| 1 |\n\n- [x] t\n\n~~x~~ y[^1]\n\n[^1]: foot\n");
    for (const part of [
      '<th align="right">a</th>',
      'type="checkbox" checked disabled',
      "<del>x</del>",
      'id="user-content-fn-1"',
      'href="#user-content-fn-1"',
      'href="#user-content-fnref-1"',
    ])
      assert.ok(html.includes(part), `${part}\n${html}`);
  });

  it("gives headings prefixed ids, numbered when equal, and leads links to them", () => {
    const html = toHtml("# What worked?\n# What worked?\n[up](#what-worked) [x](#nowhere)\n");
    for (const part of [
      'id="user-content-what-worked"',
      'id="user-content-what-worked-1"',
      'href="#user-content-what-worked"',
      'href="#nowhere"',
    ])
      assert.ok(html.includes(part), html);
  });

  it("turns foreign pictures into links unless told to keep them; own ones stay", () => {
    assert.equal(
      toHtml("![curve](https://e.org/a.png) ![b](a/b.png)"),
      '<p><a href="https://e.org/a.png" rel="noreferrer">curve</a> <img src="a/b.png" alt="b"></p>',
    );
    assert.equal(toHtml("![curve](https://e.org/a.png)", { remoteImages: "keep" }), '<p><img src="https://e.org/a.png" alt="curve"></p>');
  });

  it("answers in time and never throws on nesting made to hurt", () => {
    for (const text of [
      "![".repeat(14_000),
      "> ".repeat(10_000),
      "- ".repeat(10_000),
      "*a _b ".repeat(15_000),
      "[a](".repeat(20_000),
      "<!--".repeat(20_000),
      "[^1]: a\n".repeat(5000),
      "[a]: b\n".repeat(10_000),
      "<a ".repeat(20_000),
      "1. ".repeat(5000),
      "|".repeat(50_000),
      `${" ".repeat(5000)}x`,
      "a\n".repeat(20_000),
    ]) {
      const spent = stopwatch();
      assert.equal(typeof toHtml(text), "string");
      assert.ok(spent() < 2500, `${text.slice(0, 10)}: ${spent()} ms`);
    }
  });
});
