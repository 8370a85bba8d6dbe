// The static log as HTML.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { renderLog } from "../../site/pages/log.tsx";
import type { RunFile } from "../../src/record/experiment.ts";
import { blockPage, logPage, openLog } from "../../src/report/log-page.ts";
import { analyseStudy } from "../support/analysis.ts";
import { evidenceStudy } from "../support/evidence.ts";
import { frame } from "../support/frame.ts";
import { generatedFiles } from "../support/generated.ts";
import { run, settings } from "../support/run.ts";

const at = frame({ path: "ocr/log.html" });
const html = (files: readonly RunFile[]): string => renderLog(logPage(openLog(analyseStudy(files), "ocr/", settings()), at));
const count = (text: string, part: string | RegExp): number => text.split(part).length - 1;

describe("the page of the log", () => {
  test("is a table with real heads, a cell for each, and links that leave the study's folder", () => {
    const text = html([
      run({ id: "EXP001-aaaa", metrics: { acc: 1 } }),
      run({ id: "EXP002-bbbb", metrics: { acc: 2 }, config: { lr: 1 } }),
    ]);
    const rows = text.split("<tr>").slice(1);
    assert.equal(rows.length, 3);
    const heads = count(rows[0] ?? "", '<th scope="col"');
    for (const row of rows.slice(1)) assert.equal(count(row, "<td"), heads);
    assert.match(text, /href="\.\.\/runs\/EXP001-aaaa\.html"/);
    assert.match(text, /href="\.\.\/data\/runs\.csv"/);
    assert.match(text, /data-island="log" data-log(?:="")? data-path="ocr\/log\.html"/);
  });

  test("shows hostile text as it was typed", () => {
    const bad = '"><script>alert(1)</script><img src=x onerror=alert(2)>';
    const text = html([
      run({ title: bad, reason: bad, config: { [bad]: bad }, metrics: { [bad]: 1 }, tags: [bad] }),
      run({ id: "EXP002", config: { [bad]: "y" }, metrics: { [bad]: 2 } }),
    ]);
    assert.doesNotMatch(text, /<script>|<img|style=/);
    assert.ok(count(text, "&lt;script>alert(1)") + count(text, "&lt;script&gt;alert(1)") > 2);
  });

  test("draws each word of the evidence: solid where judged, hollow where not", () => {
    const text = renderLog(logPage(openLog(evidenceStudy(), "", settings()), at));
    for (const word of ["better", "worse", "same", "unclear"]) assert.match(text, new RegExp(`<svg class="bar ${word} short"`));
    assert.match(text, /worse \| better/);
  });

  test("opens repeats without scripts", () => {
    const text = html([run({ metrics: { acc: [0.8, 0.9] } })]);
    assert.match(text, /<details class="parts"><summary>n\u2009=\u20092<\/summary><ul><li>repeat 1 0\.8\u2007\u2007<\/li>/);
  });

  test("leads from the newest rows to the blocks of older ones, and from a block to its neighbours", () => {
    const log = openLog(analyseStudy(generatedFiles(450)), "", settings());
    const newest = renderLog(logPage(log, frame({ path: "log.html" })));
    assert.match(newest, /href="log\/1-200\.html"/);
    const middle = renderLog(blockPage(log, 2, frame({ path: "log/201-400.html" })));
    for (const way of ["../log.html", "401-600.html", "1-200.html"]) assert.ok(middle.includes(`href="${way}"`), way);
    assert.doesNotMatch(middle, /data-island="log"/);
  });

  test("of an empty study says what to do", () => assert.match(html([]), /journal new/));
});
