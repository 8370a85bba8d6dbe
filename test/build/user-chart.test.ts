import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { drawApart } from "../../src/build/chart-apart.ts";
import { findHarm, mostBytes } from "../../src/build/svg-check.ts";
import { drawUserChart } from "../../src/build/user-chart.ts";
import { analyseStudy } from "../support/analysis.ts";
import { run, settings } from "../support/run.ts";

const study = analyseStudy(
  [1, 2, 3].map((number) =>
    run({
      id: `EXP00${number}`,
      title: "<b>",
      date: `2026-11-2${number}T23:30:00-11:00`,
      config: { lr: number },
      metrics: { val_accuracy: `8${number}%` },
    }),
  ),
);
const root = mkdtempSync(join(tmpdir(), "journal-own-charts-"));
after(() => rmSync(root, { recursive: true, force: true }));
const draw = (text: string, slug = "c") =>
  drawUserChart({ text, path: "reports/a.md", line: 3 }, { slug, studies: [study], journal: { root, settings: settings() } });
const chart = `
mark: point
encoding:
  x: { field: date, type: temporal }
  y: { field: val_accuracy, type: quantitative }
`;

describe("a chart of one's own is drawn", () => {
  test("from YAML and from JSON, twice with the same bytes, whatever the zone of the machine", async () => {
    const first = await draw(chart);
    assert.deepEqual(first.problems, []);
    const svg = first.part.figure?.wide ?? "";
    assert.match(svg, /^<svg role="img"/);
    const json = JSON.stringify({
      mark: "point",
      transform: [{ calculate: "random()", as: "r" }],
      encoding: { x: { field: "r", type: "quantitative" } },
    });
    const one = await draw(json, "d");
    const drawing = {
      wide: {
        mark: "point",
        data: { values: [{ a: 1 }] },
        transform: [{ calculate: "random()", as: "r" }],
        encoding: { x: { field: "r", type: "quantitative" } },
      },
      narrow: { mark: "point", data: { values: [] } },
      name: "n",
      slug: "s",
    };
    assert.deepEqual(await drawApart(drawing), await drawApart(drawing));
    assert.ok(one.part.figure);
  });

  test("with hostile text as text", async () => {
    const { part } = await draw('{"mark":"point","encoding":{"x":{"field":"title","title":"</svg><script>alert(1)</script>"}}}', "e");
    assert.doesNotMatch(part.figure?.wide ?? "<script", /<script|<b>/);
  });

  test("or says why not, with the place and its text", async () => {
    const { part, problems } = await draw("mark: point\ntransform: [{ filter: 'datum.lr >' }]\n", "f");
    assert.deepEqual(
      problems.map(({ code, path, line }) => [code, path, line]),
      [["report/chart-failed", "reports/a.md", 3]],
    );
    assert.match(part.source ?? "", /^mark: point/);
    const broken = await draw("mark: [\n", "g");
    assert.deepEqual([broken.problems[0]?.line, broken.part.figure], [4, undefined]);
  });

  test("never with an address in it, even where one is put together while drawing", async () => {
    const spec = {
      mark: "bar",
      transform: [{ calculate: "'ur'+'l(http://evil/x#a)'", as: "c" }],
      encoding: { x: { field: "lr", type: "quantitative" }, color: { field: "c", type: "nominal", scale: null } },
    };
    const { part, problems } = await draw(JSON.stringify(spec), "h");
    assert.deepEqual([part.figure, problems[0]?.code], [undefined, "report/chart-failed"]);
  });

  test("and stopped where it would never end; the next one is drawn all the same", async () => {
    const endless = {
      mark: "point",
      data: { values: [{ a: 1 }] },
      transform: [{ calculate: "test(/(a+)+$/, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab') ? 1 : 2", as: "q" }],
      encoding: { x: { field: "q", type: "quantitative" } },
    };
    assert.deepEqual(await drawApart({ wide: endless, narrow: endless, name: "n", slug: "s" }, 500), { stopped: true });
    assert.ok((await draw(chart, "i")).part.figure);
  });
});

describe("a drawing is looked at before it is shown", () => {
  const svg = (inner: string): string => `<svg role="img" aria-label="n"><g fill="none">${inner}</g></svg>`;
  test("shapes, words and tips are fine", () => {
    assert.equal(
      findHarm(
        svg(
          '<path d="M0,0" fill="var(--keep)" clip-path="url(#c-clip1)" data-tip="url(http://a) &lt;b>"/><text>a &lt;b&gt; onload="x"</text>',
        ),
      ),
      undefined,
    );
  });
  for (const inner of [
    "<script>alert(1)</script>",
    '<image href="http://a"/>',
    '<a href="x"><path/></a>',
    '<path onload="alert(1)"/>',
    '<path style="fill:red"/>',
    '<path fill="url(http://a#b)"/>',
    '<path fill="URL (http://a#b)"/>',
    '<path xlink:href="x"/>',
    "<path fill='red' onload='x'/>",
    "<!-- a -->",
    "<foreignObject></foreignObject>",
    "< script>",
  ])
    test(`${inner} is not`, () => assert.notEqual(findHarm(svg(inner)), undefined));

  test("one that is too large is not", () => assert.match(findHarm(svg("a".repeat(mostBytes))) ?? "", /2000 kB/));
});
