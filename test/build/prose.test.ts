import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { readAssets } from "../../src/build/assets.ts";
import type { SiteContext } from "../../src/build/context.ts";
import { renderPlainProse, renderProse } from "../../src/build/prose.ts";
import { renderReadme, splitReadme } from "../../src/build/readme.ts";
import { openSite, planSite } from "../../src/build/site.ts";
import { openJournal } from "../../src/store/journal.ts";

const root = mkdtempSync(join(tmpdir(), "journal-prose-"));
after(() => rmSync(root, { recursive: true, force: true }));
const write = (path: string, text: string | Uint8Array): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const git = (...words: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...words], { cwd: root, encoding: "utf8" }).trim();
const run = (id: string, more: string, body = ""): string => `---\nid: ${id}\ntitle: ${id}\nstatus: finished\n${more}---\n${body}`;

write("journal.yaml", "title: Prose\nmetrics: { val_accuracy: { goal: max } }\nstudy: { primary: val_accuracy }\n");
write("experiments/EXP001-aaaa-one.md", run("EXP001-aaaa", "date: 2026-11-01\nmetrics: { val_accuracy: 80% }\nconfig: { lr: 0.1 }\n"));
write("experiments/EXP001-aaaa.files/fig one.png", "png");
write("experiments/EXP001-aaaa.files/page.html", "<script>alert(1)</script>");
write(
  "experiments/EXP002-bbbb-two.md",
  run("EXP002-bbbb", "date: 2026-11-02\nbase: EXP001-aaaa\ndecision: keep\nmetrics: { val_accuracy: 82% }\nconfig: { lr: 0.2 }\n"),
);
write("experiments/EXP003-cccc-hidden.md", run("EXP003-cccc", "hidden: true\nmetrics: { val_accuracy: 99% }\n"));
write("experiments/EXP004-dddd-a.md", run("EXP004-dddd", ""));
write("experiments/EXP004-eeee-b.md", run("EXP004-eeee", ""));
write(
  "experiments/README.md",
  "# Prose\n\nWhy EXP001?\n\n<!-- journal:log -->\n\nGENERATED\n\n<!-- /journal:log -->\n\n## Conclusion\n\nIt *works*.\n\n### Even so\n\nMore.\n\n## After\n\nEnd.\n",
);
write(
  "reports/first.md",
  "---\ntitle: First\ndate: 2026-11-03\nauthor: Ada <ada@example.org>\n---\n# First\n\nOne sentence. Another. EXP001 has 99.0% val_accuracy.\n\n![a](figs/b.png) [t](table.csv) [h](evil.html) ![s](bad.svg) ![g](good.svg)\n\n```journal table\nwhere: decision:keep\n```\n",
);
write("reports/figs/b.png", "png");
write("reports/table.csv", "a\n1\n");
write("reports/evil.html", "<script>alert(1)</script>");
write("reports/bad.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
write("reports/good.svg", "<svg xmlns='http://www.w3.org/2000/svg'><rect width='1'/></svg>");
write("reports/.secret/a.png", "png");
write("src/train.py", "pass\n");
symlinkSync("/etc/hostname", join(root, "reports", "link.txt"));
git("init", "--quiet", "--initial-branch=main");
git("add", "-A");
git("commit", "--quiet", "-m", "first");
const commit = git("rev-parse", "--short=7", "HEAD");

const assets = readAssets();
const open = (): SiteContext => openSite(openJournal(root), assets, {});
const site = open();
const here = { path: "runs/EXP002-bbbb.html", source: "experiments/EXP002-bbbb-two.md" };
const plain = (markdown: string, options: Parameters<typeof renderPlainProse>[2] = here): string =>
  renderPlainProse(site, markdown, options);

describe("a link of prose leads", () => {
  for (const [name, markdown, wanted] of [
    ["to the page of a run", "[a](EXP001-aaaa-one.md)", '<a href="EXP001-aaaa.html">a</a>'],
    ["to a place on it", "[a](./EXP001-aaaa-one.md#next-steps)", '<a href="EXP001-aaaa.html#user-content-next-steps">a</a>'],
    ["to a run named from the root", "[a](/experiments/EXP001-aaaa-one.md)", '<a href="EXP001-aaaa.html">a</a>'],
    ["to a report", "[a](../reports/first.md)", '<a href="../reports/first.html">a</a>'],
    [
      "to the page of a study for its README and its folder",
      "[a](README.md) [b](../experiments/)",
      '<a href="../index.html">a</a> <a href="../index.html">b</a>',
    ],
    ["to an attachment, as it is published", "[a](<EXP001-aaaa.files/fig one.png>)", '<a href="EXP001-aaaa.files/fig%20one.png">a</a>'],
    [
      "to an attachment that a browser would run as to a text",
      "[a](EXP001-aaaa.files/page.html)",
      '<a href="EXP001-aaaa.files/page.html.txt">a</a>',
    ],
    ["elsewhere as it is", "[a](https://example.org/x) [b](#c)", '<a href="https://example.org/x">a</a> <a href="#c">b</a>'],
    [
      "nowhere for a file that is not on the site",
      "[a](../src/train.py)",
      '<span class="elsewhere" title="src/train.py is not on this site">a</span>',
    ],
    [
      "nowhere for a file that is not there",
      "[a **b**](x.md)",
      '<span class="elsewhere" title="experiments/x.md is not in this journal">a <strong>b</strong></span>',
    ],
    [
      "nowhere for a run that is hidden",
      "[a](EXP003-cccc-hidden.md)",
      '<span class="elsewhere" title="experiments/EXP003-cccc-hidden.md is not on this site">a</span>',
    ],
    [
      "nowhere out of the journal",
      "[a](../../../etc/passwd)",
      '<span class="elsewhere" title="../../../etc/passwd is outside of this journal">a</span>',
    ],
  ] as const) {
    test(name, () => assert.equal(plain(markdown), `<p>${wanted}</p>`));
  }

  test("into the repository where there is one", () => {
    const { settings } = site.journal;
    const journal = Object.create(site.journal, {
      settings: { value: { ...settings, site: { ...settings.site, repository: "https://example.org/me/repo.git/" } } },
    });
    const other = { ...site, journal } as SiteContext;
    assert.equal(
      renderPlainProse(other, "[a](../src/train.py#L3)", here),
      '<p><a href="https://example.org/me/repo/blob/HEAD/src/train.py#L3">a</a></p>',
    );
    assert.match(renderPlainProse(other, "[a](../src/none.py)", here), /class="elsewhere"/);
  });
});

describe("a picture of prose", () => {
  test("is a file that the site has", () => {
    assert.equal(
      plain("![a](<EXP001-aaaa.files/fig one.png> 't')"),
      '<p><img loading="lazy" src="EXP001-aaaa.files/fig%20one.png" alt="a" title="t"></p>',
    );
    const report = { path: "reports/first.html", source: "reports/first.md" };
    assert.match(plain("![a](figs/b.png)", report), /src="figs\/b\.png"/);
    assert.match(plain("![a](good.svg)", report), /src="good\.svg"/);
  });

  test("is its words where the site does not have it, or a browser could run it", () => {
    const report = { path: "reports/first.html", source: "reports/first.md" };
    for (const target of ["bad.svg", "none.png", "evil.html", "../src/train.py", ".secret/a.png", "link.txt", "../../x.png"])
      assert.match(plain(`![words](${target})`, report), /<span class="elsewhere" title="[^"]+">words<\/span>/, target);
    assert.doesNotMatch(plain("![](x.png)"), /<img|<span[^>]*><\/span>/);
  });

  test("of another host is a link", () =>
    assert.match(plain("![a](https://example.org/x.png)"), /<a href="https:\/\/example\.org\/x\.png" rel="noreferrer">a<\/a>/));
});

describe("prose", () => {
  test("is shown as typed", () => {
    for (const text of ["{{ x }}", "${x}", "{% raw %}", "Foo&#x3C;Bar>", "&#x3C;lr>", "[[x]]"])
      assert.equal(plain(text.replace(/&#x3C;/g, "<"), { ...here, ids: true }), `<p>${text}</p>`);
  });

  test("names runs by links where asked, and only where it is clear which run is meant", () => {
    const ids = { path: "reports/first.html", source: "reports/first.md", ids: true };
    const link = (id: string, text: string): string => `<a href="../runs/${id}.html">${text}</a>`;
    assert.equal(plain("EXP001, EXP002-bbbb.", ids), `<p>${link("EXP001-aaaa", "EXP001")}, ${link("EXP002-bbbb", "EXP002-bbbb")}.</p>`);
    for (const text of ["EXP004", "EXP999", "EXP003", "`EXP001`", "EXP001-based", "xEXP001", "EXP001-zzzz", "a/EXP001", "EXP001.md"])
      assert.doesNotMatch(plain(text, ids), /<a /, text);
    assert.doesNotMatch(plain("[EXP001](https://example.org)", ids), /runs\//);
    assert.equal(plain("EXP001"), "<p>EXP001</p>");
  });

  test("scrolls its wide tables by themselves", () => {
    assert.match(
      plain("| a |\n|---|\n| 1 |\n"),
      /^<section class="scroll" aria-label="Table" tabindex="0"><table>[\s\S]*<\/table><\/section>$/,
    );
  });

  test("scrolls its long code by keyboard", () => {
    assert.match(plain(`\`\`\`\n${"x".repeat(80)}\n\`\`\``), /^<pre tabindex="0"><code>x/);
    assert.match(plain("```\nx\n```"), /^<pre><code>x/);
  });

  test("cannot break out of an attribute or a tag", () => {
    for (const text of [
      '[a](x.md "</a><script>alert(1)</script>")',
      "![</span><img src=x>](x.png)",
      '[a](<x"onclick=alert(1)>)',
      "```</a><img/src/onerror=alert(1)>\nx\n```",
    ]) {
      const html = plain(text, { ...here, ids: true });
      const bare = html.replace(/="[^"]*"/g, "=");
      assert.doesNotMatch(bare, /<(?:script|img)|onclick|onerror=(?!")/i, html);
      assert.equal(bare.match(/<span/g)?.length ?? 0, bare.match(/<\/span>/g)?.length ?? 0, html);
    }
  });
});

describe("a live block", () => {
  const shown = async (
    markdown: string,
    more: object = {},
  ): Promise<{ html: string; codes: readonly string[]; lines: readonly (number | undefined)[] }> => {
    const { html, problems } = await renderProse(site, markdown, { path: "reports/x.html", source: "reports/x.md", ...more });
    return { html, codes: problems.map(({ code }) => code), lines: problems.map(({ line }) => line) };
  };

  test("stands in the place of its fence, also in a list", async () => {
    const { html, codes } = await shown("a\n\n- b\n\n  ```journal table\n  where: decision:keep\n  ```\n\nc");
    assert.match(
      html,
      /<li>\s*<p>b<\/p>\s*<div class="live">[\s\S]*EXP002-bbbb[\s\S]*1 run matches <code>decision:keep<\/code>[\s\S]*<\/div>\s*<\/li>[\s\S]*<p>c<\/p>/,
    );
    assert.deepEqual(codes, []);
  });

  test("says in its place what is wrong, with the line, and the page goes on", async () => {
    const { html, codes, lines } = await shown("a\n\n```journal tabel\n```\n\n```journal table\nwhere: [x\n```\n\nend", { line: 10 });
    assert.deepEqual([codes[0], lines[0], lines[1]], ["report/unknown-block", 12, 16]);
    assert.match(html, /reports\/x\.md, line 12/);
    assert.match(html, /<p>end<\/p>$/);
  });

  test("shows hostile text as text", async () => {
    const { html } = await shown("```journal table\nwhere: \"x = '<script>alert(1)</script>'\"\ntitle: <img src=x onerror=alert(1)>\n```");
    assert.doesNotMatch(html, /<script|<img/);
  });

  test("as of a commit holds the numbers of then", async () => {
    const before = await shown(`\`\`\`journal table\nruns: [EXP001]\ncolumns: [val_accuracy]\nas_of: ${commit}\n\`\`\``);
    assert.match(before.html, new RegExp(`80%[\\s\\S]*numbers as of ${commit}`));
    const unknown = await shown("```journal table\nas_of: deadbeef\n```");
    assert.deepEqual(unknown.codes, ["store/no-ref"]);
    assert.match(unknown.html, /deadbeef/);
  });

  test("is not mistaken where code only looks like one", async () => {
    const { html } = await shown("````md\n```journal table\n```\n````\n\n`journal table`");
    assert.doesNotMatch(html, /class="live"/);
  });
});

describe("the README of a study", () => {
  test("is its prose without title, generated tables and conclusion, which stands apart", async () => {
    const [study] = site.studies;
    assert.ok(study);
    const readme = await renderReadme(site, study, "index.html");
    assert.equal(
      readme?.prose,
      '<p>Why <a href="runs/EXP001-aaaa.html">EXP001</a>?</p>\n<h2 id="user-content-after">After</h2>\n<p>End.</p>',
    );
    assert.equal(readme?.conclusion, '<p>It <em>works</em>.</p>\n<h3 id="user-content-even-so">Even so</h3>\n<p>More.</p>');
  });

  test("keeps its line numbers when parts are taken away", () => {
    const { prose, conclusion } = splitReadme("# T\n\na\n\n# Conclusion\n\nb\n\n# C\n\nc\n");
    assert.deepEqual([prose.split("\n").length, conclusion?.split("\n")[6], prose.split("\n")[10]], [12, "b", "c"]);
    assert.equal(splitReadme("a\n").conclusion, undefined);
  });
});

describe("the reports of a site", () => {
  const page = async (path: string): Promise<string> => String(await planSite(openJournal(root), assets).get(path)?.make());

  test("have a page each, with what they show beside them", async () => {
    const plan = planSite(openJournal(root), assets);
    const own = [...plan.keys()].filter((path) => path.startsWith("reports"));
    assert.deepEqual(own.sort(), ["reports.html", "reports/figs/b.png", "reports/first.html", "reports/good.svg", "reports/table.csv"]);
    const html = await page("reports/first.html");
    assert.match(html, /<h1>First<\/h1>[\s\S]*3 Nov 2026 · Ada</);
    assert.doesNotMatch(html, /ada@example\.org/);
    assert.equal(html.match(/<h1/g)?.length, 1);
  });

  test("underline a number that the data contradict", async () => {
    assert.match(
      await page("reports/first.html"),
      /<span class="contradicted">99\.0%<\/span> <span class="truth">\(EXP001 has 80%\)<\/span>/,
    );
  });

  test("are listed with their first sentence", async () => {
    const html = await page("reports.html");
    assert.match(html, /<a href="reports\/first\.html">First<\/a>[\s\S]*One sentence\.</);
    assert.doesNotMatch(html, /Another/);
  });

  test("change their key with any run, chart or report", () => {
    const key = (): string => planSite(openJournal(root), assets).get("reports/first.html")?.key?.() ?? "";
    const before = key();
    assert.equal(key(), before);
    write("charts/a.vl.yaml", "mark: point\n");
    const after = key();
    assert.notEqual(after, before);
    write("experiments/EXP002-bbbb-two.md", run("EXP002-bbbb", "metrics: { val_accuracy: 83% }\n"));
    assert.notEqual(key(), after);
  });
});
