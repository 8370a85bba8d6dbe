import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isPlainDrawing } from "../../src/build/attachments.ts";

const drawing = (inside: string, start = ""): boolean =>
  isPlainDrawing(
    new TextEncoder().encode(`${start}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${inside}</svg>`),
  );

describe("a drawing is handed out as one", () => {
  for (const inside of [
    `<path d="M0 0"/><text font-family="x">one = two</text>`,
    `<use xlink:href="#a"/><g clip-path="url(#p)"/>`,
    `<style>path{fill:red}</style><defs><linearGradient id="a"/></defs>`,
    `<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>`,
  ])
    test(inside, () => assert.ok(drawing(inside)));

  test("with the heads that plotting programs write", () => {
    const head = `<?xml version="1.0" encoding="utf-8" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n`;
    assert.ok(drawing("<g/>", head));
  });
});

describe("what could run or lead elsewhere is handed out as a text", () => {
  for (const inside of [
    "<script>alert(1)</script>",
    "<SCRIPT/>",
    "<x:script xmlns:x='http://www.w3.org/2000/svg'>alert(1)</x:script>",
    `<g onclick="alert(1)"/>`,
    `<g\nonload\n=alert(1) />`,
    `<g class="a"onload="alert(1)"/>`,
    `<a href="javascript:alert(1)"><text>x</text></a>`,
    `<a xlink:href=" java&#115;cript:alert(1)"/>`,
    `<a href="https://evil.example"/>`,
    `<use href="other.svg#a"/>`,
    `<image href="https://evil.example/x.png"/>`,
    `<foreignObject><b/></foreignObject>`,
    `<animate attributeName="href" to="javascript:alert(1)"/>`,
    `<set attributeName="onclick" to="alert(1)"/>`,
    `<iframe xmlns="http://www.w3.org/1999/xhtml" src="x"/>`,
    `<g xmlns:h="http://www.w3.org/1999/xhtml"><h:img/></g>`,
    `<style>@import url(https://evil.example/x.css);</style>`,
    `<rect fill="url(https://evil.example/x)"/>`,
    `<handler type="application/ecmascript"/>`,
  ])
    test(inside, () => assert.equal(drawing(inside), false));

  test("also behind an entity, a style sheet, another encoding, or where it is no drawing", () => {
    assert.equal(drawing("&x;", `<!DOCTYPE svg [<!ENTITY x "<script/>">]>`), false);
    assert.equal(drawing("", `<?xml-stylesheet href="x.xsl"?>`), false);
    assert.equal(drawing("", `<?xml version="1.0" encoding="utf-7"?>`), false);
    assert.equal(isPlainDrawing(new Uint8Array([0xff, 0xfe, 0x3c, 0, 0x73, 0])), false);
    assert.equal(isPlainDrawing(new TextEncoder().encode("<html></html>")), false);
  });
});
