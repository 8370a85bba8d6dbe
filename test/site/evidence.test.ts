import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { renderBest } from "../../site/pages/best.tsx";
import { renderLineage } from "../../site/pages/lineage.tsx";
import { renderParameter } from "../../site/pages/parameter.tsx";
import { renderParameters } from "../../site/pages/parameters.tsx";
import { bestPage } from "../../src/report/best-page.ts";
import { lineagePage } from "../../src/report/lineage-page.ts";
import { indexNotes } from "../../src/report/parameter-notes.ts";
import { parameterPage } from "../../src/report/parameter-page.ts";
import { resultsOf, usesOf } from "../../src/report/parameter-values.ts";
import { parametersPage } from "../../src/report/parameters-page.ts";
import { evidenceStudy, judged, singleRuns } from "../support/evidence.ts";
import { frame } from "../support/frame.ts";

const at = (path: string) => frame({ path, study: { title: "S", folder: "s/", name: "s" }, several: true });
const study = evidenceStudy();
const parameters = renderParameters(parametersPage(study, at("s/parameters.html")));
const [impact] = study.impact;
assert.ok(impact);
const parameter = renderParameter(
  parameterPage({ impact, uses: usesOf(study, "lr", resultsOf(study)), notes: indexNotes(study) }, study, at("s/parameters/lr.html")),
);
const best = renderBest(bestPage(study, at("s/best.html"), () => undefined));
const lineage = renderLineage(lineagePage(study, at("s/lineage.html")));

describe("every page of the evidence", () => {
  for (const [name, html] of Object.entries({ parameters, parameter, best, lineage })) {
    test(`${name}: has one first heading and headings in order, and every table its headers`, () => {
      const levels = [...html.matchAll(/<h([1-6])/g)].map((found) => Number(found[1]));
      assert.equal(levels.filter((level) => level === 1).length, 1);
      for (const [index, level] of levels.entries()) assert.ok(level <= (levels[index - 1] ?? 0) + 1, `${levels}`);
      for (const table of html.split("<table").slice(1))
        assert.match(table.slice(0, table.indexOf("</table>")), /<th[^>]*scope="(?:col|row)"|role="columnheader"/);
    });
    test(`${name}: names every region that scrolls, and each id once`, () => {
      for (const [, attributes = ""] of html.matchAll(/<section class="scroll"([^>]*)>/g)) {
        assert.match(attributes, /aria-label(?:ledby)?="[^"]+"/);
        const by = /aria-labelledby="([^"]+)"/.exec(attributes)?.[1];
        if (by !== undefined) assert.ok(html.includes(`id="${by}"`), by);
      }
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((found) => found[1]);
      assert.equal(new Set(ids).size, ids.length);
    });
    test(`${name}: leads to pages by ways from its own place`, () => {
      const page = name === "parameter" ? "s/parameters/x.html" : `s/${name}.html`;
      for (const [, href = ""] of html.matchAll(/<a [^>]*href="([^"#]+)/g))
        assert.match(
          new URL(href, `http://host/${page}`).pathname,
          /^\/(?:(?:s\/|s\/parameters\/|runs\/|)[^/]+\.html|data\/runs\.(?:csv|json))$/,
        );
    });
  }
});

test("the words of the evidence stand in text, not in colour alone", () => {
  for (const word of ["better", "worse", "same", "unclear"]) assert.match(parameter.replace(/<[^>]*>/g, " "), new RegExp(`\\b${word}\\b`));
  const single = evidenceStudy(singleRuns);
  const html = renderParameters(parametersPage(single, at("s/parameters.html")));
  assert.match(html, /not judged/);
  assert.match(html, /class="bar unjudged"/);
  assert.match(parameters, /class="bar better"/);
});

test("what differs from the baseline is marked, and the old value is no text that a copy would hold", () => {
  assert.match(best, /<span class="changed" data-old="1">lr: 2\n<\/span>/);
  assert.equal((best.match(/<pre data-copy/g) ?? []).length, 4);
});

test("the list of the lineage says the base of each run to those who do not see the rails", () => {
  assert.match(lineage, new RegExp(`${judged.better}</a><span class="hidden"> from EXP001-aaaa</span>`));
  assert.match(lineage, /<svg aria-hidden="true" viewBox="0 0 \d+ 28"/);
});
