import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { renderHardware } from "../../site/pages/hardware.tsx";
import { renderHome } from "../../site/pages/home.tsx";
import { renderMissing } from "../../site/pages/missing.tsx";
import { renderNext } from "../../site/pages/next.tsx";
import { renderOverview } from "../../site/pages/overview.tsx";
import { renderPeople } from "../../site/pages/people.tsx";
import { renderProblems } from "../../site/pages/problems.tsx";
import { renderTag, renderTags } from "../../site/pages/tags.tsx";
import type { StudyAnalysis } from "../../src/analysis/study.ts";
import { hardwarePage, hardwareParts } from "../../src/report/hardware-page.ts";
import { homePage } from "../../src/report/home-page.ts";
import { missingPage } from "../../src/report/missing-page.ts";
import { nextPage, nextParts } from "../../src/report/next-page.ts";
import { overviewPage } from "../../src/report/overview-page.ts";
import { peoplePage } from "../../src/report/people-page.ts";
import { problemsPage } from "../../src/report/problems-page.ts";
import { tagPage, tagsOf, tagsPage, tagsParts } from "../../src/report/tags-page.ts";
import { analyseStudy } from "../support/analysis.ts";
import { evidenceStudy, judgedRuns, singleRuns } from "../support/evidence.ts";
import { frame, ways } from "../support/frame.ts";
import { run, settings } from "../support/run.ts";

const hostile = `"><img src=x onerror=alert(1)> {{ x }} \u202e`;
const hostileStudy = analyseStudy(
  [1, 2, 3].map((n) =>
    run({
      id: n === 3 ? `EXP003${hostile}` : `EXP00${n}`,
      title: hostile,
      date: n === 2 ? hostile : `2026-11-0${n}`,
      tags: [hostile],
      experimenter: hostile,
      config: { [hostile]: n },
      metrics: { [hostile]: `8${n}%`, acc: `8${n}%` },
      reason: hostile,
      next: [hostile, `x ${hostile}`],
      questions: [hostile],
      hardware: { gpu: hostile, other: {} },
      ...(n === 1 ? {} : { base: "EXP001" }),
      ...(n === 2 ? { status: "failed" as const } : { decision: "keep" as const }),
    }),
  ),
  { title: hostile, question: hostile },
);

/** Every page of this area, for one study. */
function pagesOf(study: StudyAnalysis): Readonly<Record<string, string>> {
  const at = { study, title: hostile, log: "log.html", address: "x/index.html", next: "next.html", names: () => tagsOf(study) };
  const problem = { code: "record/x", severity: "error" as const, message: hostile, hint: `write \`${hostile}\``, path: hostile, line: 1 };
  const framed = frame({ title: hostile, journal: hostile });
  return {
    overview: renderOverview(overviewPage({ study, frame: framed, ways, problems: [problem] })),
    home: renderHome(
      homePage({ frame: framed, studies: [at], purpose: hostile, reports: [{ title: hostile, address: "reports/x.html" }] }),
    ),
    next: renderNext(nextPage([at], nextParts([at]), 1, framed)),
    hardware: renderHardware(hardwarePage([at], hardwareParts([at]), 1, framed)),
    tags: renderTags(tagsPage(tagsParts([at]), 1, { frame: framed, several: true })),
    tag: renderTag(tagPage(hostile, [at], framed)),
    people: renderPeople(peoplePage([at], settings(), framed)),
    problems: renderProblems(
      problemsPage({
        frame: framed,
        several: true,
        sections: [{ study: "", title: hostile, problems: [problem] }],
        addressOf: () => undefined,
      }),
    ),
    missing: renderMissing(missingPage([study], framed)),
  };
}

const studies: readonly (readonly [name: string, study: StudyAnalysis])[] = [
  ["every judgement", evidenceStudy()],
  ["nothing judged", evidenceStudy(singleRuns)],
  ["no runs", analyseStudy([])],
  ["one run", analyseStudy([run({ metrics: { acc: "80%" } })])],
  ["no metric", analyseStudy([run(), run({ id: "EXP002", config: { a: 1 } })])],
  ["only failures", analyseStudy([run({ status: "failed" }), run({ id: "EXP002", config: { a: 1 }, status: "lost" })])],
  [
    "a metric without a direction",
    analyseStudy([run({ metrics: { thing: "1" } }), run({ id: "EXP002", base: "EXP001", config: { a: 1 }, metrics: { thing: "2" } })]),
  ],
  ["hostile text", hostileStudy],
];

for (const [name, study] of studies) {
  describe(`with ${name}`, () => {
    for (const [page, html] of Object.entries(pagesOf(study))) {
      test(`${page} runs nothing, has no style of its own, and leaves no hole`, () => {
        assert.doesNotMatch(html, /<img|<script(?! (?:defer )?src=)|href="javascript/);
        assert.doesNotMatch(html.replace(/="[^"]*"/g, "="), /<[a-z][^<>]* (?:on\w+|style)=/i);
        assert.doesNotMatch(html.replace(/<[^>]*>/g, " "), /\bundefined\b|\bNaN\b|\[object|Infinity/);
        assert.doesNotMatch(html, /\u202e/);
        assert.match(html, /<h1>/);
      });
    }
  });
}

test("hostile text stands there as it was typed", () => {
  const { overview = "", problems = "" } = pagesOf(hostileStudy);
  for (const html of [overview, problems])
    assert.ok(html.includes("&lt;img src=x onerror=alert(1)>") || html.includes("&lt;img src=x onerror=alert(1)&gt;"));
});

describe("a page that a phone shows differently", () => {
  const html = pagesOf(evidenceStudy())["overview"] ?? "";

  test("keeps its tables tables", () => {
    for (const role of ["table", "rowgroup", "row", "columnheader", "rowheader", "cell"]) assert.match(html, new RegExp(`role="${role}"`));
  });

  test("draws each judgement its own way", () => {
    for (const word of ["better", "worse", "same", "unclear"]) assert.match(html, new RegExp(`class="bar ${word}"`));
    assert.match(pagesOf(evidenceStudy(singleRuns))["overview"] ?? "", /class="bar unjudged"/);
  });
});

test("a command can be copied", () => {
  assert.match(
    pagesOf(evidenceStudy(singleRuns))["next"] ?? "",
    /<code class="command" data-copy[^>]*>journal new &#39;Confirm|<code class="command" data-copy[^>]*>journal new 'Confirm/,
  );
});

test("long prose is folded by a switch that needs no script", () => {
  const study = evidenceStudy(judgedRuns);
  const html = renderOverview(overviewPage({ study, frame: frame(), ways, problems: [], readme: { prose: "<p>line</p>".repeat(30) } }));
  assert.match(html, /<details class="fold"><summary>.*<\/summary><\/details><div class="prose text"><p>line/);
});

test("an empty half gives its width to the other", () => {
  const html = renderOverview(overviewPage({ study: evidenceStudy(singleRuns.slice(0, 1)), frame: frame(), ways, problems: [] }));
  assert.doesNotMatch(html, /class="right"><\/div>/);
  assert.equal(html.match(/<div class="halves front"><div class="left">/g)?.length, 1);
  assert.doesNotMatch(html, /<div class="right">/);
});
