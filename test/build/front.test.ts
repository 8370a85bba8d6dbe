import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { readAssets } from "../../src/build/assets.ts";
import { fromRoot } from "../../src/build/from-root.ts";
import type { Plan } from "../../src/build/plan.ts";
import { planSite } from "../../src/build/site.ts";
import { openJournal } from "../../src/store/journal.ts";

const folder = mkdtempSync(join(tmpdir(), "journal-front-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const runText = (id: string, more: string, body = ""): string => `---\nid: ${id}\ntitle: Run ${id}\nstatus: finished\n${more}---\n${body}`;

function journal(name: string, settings: string, files: Readonly<Record<string, string>>): string {
  const root = join(folder, name);
  for (const [path, text] of Object.entries({ "journal.yaml": settings, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const files = {
  "experiments/README.md": "# Digits\n\nAsk ada@example.org.\n\n## Conclusion\n\nIt pays.\n",
  "experiments/EXP001-aaaa.md": runText(
    "EXP001-aaaa",
    "date: 2026-11-01\nexperimenter: Ada <ada@example.org>\ntags: [one, Mail me@x.org]\nmetrics: { acc: 80% }\n",
    "## Next steps\n- [ ] ask ada@example.org about /home/ada/data\n",
  ),
  "experiments/EXP002-bbbb.md": runText(
    "EXP002-bbbb",
    "date: 2026-11-02\nbase: EXP001-aaaa\nmetrics: { acc: 82% }\ndecision: keep\nconfig: { lr: oops, }\nunknwn: 1\n",
  ),
};
const several = {
  ...files,
  "experiments/ocr/study.yaml": "title: Old print\n",
  "experiments/ocr/EXP003-cccc.md": runText("EXP003-cccc", "date: 2026-11-03\ntags: [one]\nmetrics: { cer: 5% }\nbroken: [\n"),
  "reports/spring.md": "---\ntitle: Spring\ndate: 2026-10-10\n---\nWords.\n",
};

const planOf = (root: string): Plan => planSite(openJournal(root), readAssets());
async function make(plan: Plan, address: string): Promise<string> {
  const file = plan.get(address);
  assert.ok(file, `${address} is planned`);
  return String(await file.make());
}
const own = ["index.html", "next.html", "hardware.html", "tags.html", "people.html", "problems.html", "404.html", "feed.xml", ".nojekyll"];

describe("a journal of one study", () => {
  const plan = planOf(journal("one", "title: Digits\n", files));

  test("has its overview as the front page, and every list", async () => {
    for (const address of own) assert.ok(plan.has(address), address);
    assert.match(await make(plan, "index.html"), /<h1>Digits<\/h1>.*aria-label="Conclusion"[^>]*><div><p>It pays\./s);
    assert.ok(plan.has("tags/one.html"));
  });

  test("publishes no mail address and no home folder", async () => {
    for (const address of [...plan.keys()].filter((path) => own.includes(path) || path.startsWith("tags/")))
      assert.doesNotMatch(await make(plan, address), /@example\.org|me@x\.org|home\/ada/, address);
  });

  test("has no map for search engines while it does not know where it stands", async () => {
    assert.ok(!plan.has("sitemap.xml"));
    assert.doesNotMatch(await make(plan, "feed.xml"), /href="https?:/);
  });

  test("names what is wrong, with a link to the run", async () => {
    assert.match(await make(plan, "problems.html"), /href="runs\/EXP002-bbbb\.html">experiments\/EXP002-bbbb\.md:\d+:\d+</);
  });

  test("names what is wrong with a report, with a link to it, and counts it in the header", async () => {
    const broken = planOf(journal("reported", "title: Digits\n", { ...files, "reports/torn.md": "---\ntitle: [unclosed\n---\nWords.\n" }));
    assert.match(await make(broken, "problems.html"), /href="reports\/torn\.html">reports\/torn\.md:\d+:\d+</);
    const count = async (of: Plan): Promise<number> => Number(/"problems":(\d+)/.exec(await make(of, "data/site.js"))?.[1]);
    assert.equal(await count(broken), (await count(plan)) + 1);
  });
});

describe("a journal of several studies", () => {
  const plan = planOf(journal("several", "title: Lab\nsite: { url: https://example.org/lab }\n", several));

  test("has a front page of its own, and an overview in the folder of each", async () => {
    const html = await make(plan, "index.html");
    assert.match(html, /<h1>Lab<\/h1>/);
    assert.match(html, /href="ocr\/index\.html">Old print</);
    assert.match(html, /href="reports\/spring\.html">Spring<.*10 Oct 2026/s);
    assert.match(await make(plan, "ocr/index.html"), /<h1>Old print<\/h1>/);
  });

  test("has a section per study where the links of the studies lead", async () => {
    for (const address of ["next.html", "hardware.html", "tags.html", "problems.html"]) {
      const html = await make(plan, address);
      for (const id of ["s-main", "s-ocr"]) assert.match(html, new RegExp(`<section id="${id}"`), address);
    }
    assert.match(await make(plan, "index.html"), /href="next\.html#s-main"/);
    assert.match(await make(plan, "main/index.html"), /href="\.\.\/next\.html#s-main"/);
  });

  test("is mapped for search engines where it knows its address", async () => {
    const map = await make(plan, "sitemap.xml");
    assert.match(map, /<loc>https:\/\/example\.org\/lab\/ocr\/index\.html<\/loc>/);
    assert.match(map, /<loc>https:\/\/example\.org\/lab\/runs\/EXP001-aaaa\.html<\/loc>/);
    assert.doesNotMatch(map, /404|problems|\.css|\.js/);
    assert.match(await make(plan, "feed.xml"), /href="https:\/\/example\.org\/lab\/runs\/EXP003-cccc\.html"/);
  });

  test("shows what is missing from whatever address it is asked for", async () => {
    const html = await make(plan, "404.html");
    assert.match(html, /href="\/lab\/index\.html"/);
    assert.doesNotMatch(html, / (?:href|src)="(?!\/lab\/|https:|#)/);
    assert.match(html, /data-root="\/lab\/"/);
  });
});

describe("keys", () => {
  const root = journal("keys", "title: Keys\n", files);
  const keys = (): ReadonlyMap<string, string> => {
    const plan = planOf(root);
    const found = [...plan].filter(([address]) => address.startsWith("tags") || own.includes(address));
    return new Map(found.map(([address, { key }]) => [address, key?.() ?? ""]));
  };

  test("are the same for the same journal, and change with what a page shows", () => {
    const before = keys();
    assert.deepEqual(keys(), before);
    writeFileSync(join(root, "experiments/EXP001-aaaa.md"), files["experiments/EXP001-aaaa.md"].replace("80%", "79%"));
    const changed = keys();
    assert.notEqual(changed.get("tags/one.html"), before.get("tags/one.html"));
    assert.notEqual(changed.get("404.html"), before.get("404.html"));
    assert.equal(changed.get("hardware.html"), before.get("hardware.html"));
  });
});

test("a page that stands in for others leads from the root of the host, and nowhere twice", () => {
  const html = `<body data-root><a href="a.html" class="x"></a><a href="/b"></a><a href="#c"></a><a href="https://x.org"></a><img src="d.png"/></body>`;
  assert.equal(
    fromRoot(html, "/lab/"),
    `<body data-root="/lab/"><a href="/lab/a.html" class="x"></a><a href="/b"></a><a href="#c"></a><a href="https://x.org"></a><img src="/lab/d.png"/></body>`,
  );
});
