import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { JournalError } from "../../src/base/problem.ts";
import { buildSite } from "../../src/build/build.ts";
import { openJournal } from "../../src/store/journal.ts";

const folder = mkdtempSync(join(tmpdir(), "journal-site-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const front = (id: string, more: string): string => `---\nid: ${id}\nstatus: finished\n${more}---\n`;
const hostile = `"<img src=x onerror=alert(1)> [a](javascript:alert(1)) {{ x }}"`;
mkdirSync(join(folder, "experiments"));
writeFileSync(join(folder, "journal.yaml"), `title: ${hostile}\n`);
const run = (name: string, text: string): void => writeFileSync(join(folder, "experiments", `${name}.md`), text);
run("EXP001-aaaa-first", front("EXP001-aaaa", "title: First\nmetrics: { val_accuracy: 80% }\n"));
run(
  "EXP002-bbbb-second",
  `${front("EXP002-bbbb", `title: ${hostile}\nbase: EXP001-aaaa\ndecision: keep\nreason: ${hostile}\nmetrics: { val_accuracy: 82% }\n`)}## Next steps\n- [ ] <script>alert(1)</script>\n\n<script>alert(2)</script>\n[x](javascript:alert(3))\n`,
);
run("EXP003-cccc-third", front("EXP003-cccc", "title: Third\nbase: EXP002-bbbb\nmetrics: { val_accuracy: 81% }\n"));
run("broken", "---\nid: EXP004-dddd\ntitle: [unclosed\n---\nbody\n");
run("outside", front('"../../../escape"', "title: Out\n"));

const open = () => openJournal(folder);
const out = join(folder, "_site");
const read = (path: string): string => readFileSync(join(out, path), "utf8");

test("a build writes a page per run, and a second one writes nothing", async () => {
  const first = await buildSite(open(), out);
  assert.ok(first.written > 0);
  const before = statSync(join(out, "index.html")).mtimeMs;
  const second = await buildSite(open(), out);
  assert.deepEqual({ written: second.written, removed: second.removed }, { written: 0, removed: 0 });
  assert.equal(statSync(join(out, "index.html")).mtimeMs, before);
  assert.ok(readdirSync(join(out, "runs")).includes("EXP001-aaaa.html"));
});

test("a broken file still gets a page, with its text and what is wrong", () => {
  assert.match(read("runs/EXP004-dddd.html"), /title: \[unclosed/);
  assert.match(read("runs/EXP004-dddd.html"), /class="notice bad"/);
});

test("every page of a single study has all tabs", () => {
  const tabs = (path: string): number =>
    read(path)
      .match(/<nav class="tabs".*?<\/nav>/)?.[0]
      .match(/<a /g)?.length ?? 0;
  for (const path of ["index.html", "next.html", "tags.html", "problems.html", "reports.html", "404.html", "runs/EXP001-aaaa.html"])
    assert.equal(tabs(path), 8, path);
});

test("whoever follows links alone comes to every page", () => {
  const seen = new Set(["index.html"]);
  for (const path of seen)
    for (const [, address = ""] of read(path).matchAll(/ href="([^"#:]+\.html)/g))
      seen.add(new URL(address, `http://x/${path}`).pathname.slice(1));
  const pages = readdirSync(out, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".html") && path !== "404.html");
  assert.deepEqual(
    pages.map((path) => path.replaceAll("\\", "/")).filter((path) => !seen.has(path)),
    [],
  );
});

test("a run's page leads back to the log of its study", () => {
  assert.match(read("runs/EXP001-aaaa.html"), /<p class="crumb"><a href="\.\.\/log\.html">Log<\/a><\/p>/);
});

test("an id cannot lead a page out of the site", () => {
  assert.ok(readdirSync(join(out, "runs")).includes("_________escape.html"));
});

test("no page holds a script, a handler, a foreign address or lacks the policy", () => {
  for (const name of [
    "index.html",
    ...readdirSync(join(out, "runs"))
      .filter((file) => file.endsWith(".html"))
      .map((file) => `runs/${file}`),
  ]) {
    const html = read(name);
    assert.ok(html.includes("Content-Security-Policy"), name);
    assert.doesNotMatch(html, /<script(?! (?:defer )?src="(?:\.\.\/)?(?:assets|data)\/)|<img|href="javascript/i, name);
    const names = html.replace(/="[^"]*"/g, "=");
    assert.doesNotMatch(names, /<[a-z][^<>]* (?:on\w+|style)=/i, name);
    assert.doesNotMatch(html, /(?:src|href)="(?:https?:)?\/\//, name);
  }
});

test("prose is shown as typed", () => {
  assert.match(read("index.html"), /\{\{ x \}\}/);
});

test("the chart is drawn with tokens for colours and a name for those who cannot see it", () => {
  assert.match(read("index.html"), /<svg role="img" aria-label="val_accuracy of 3 runs [^"]*best EXP002-bbbb 82%/);
  assert.match(read("index.html"), /var\(--keep\)/);
});

test("two builds into two folders hold the same bytes", async () => {
  const other = join(folder, "other");
  await buildSite(open(), other);
  for (const name of ["index.html", "runs/EXP002-bbbb.html"]) assert.equal(readFileSync(join(other, name), "utf8"), read(name));
});

test("a run that is gone takes its page along, and files of others stay", async () => {
  writeFileSync(join(out, "mine.txt"), "mine");
  rmSync(join(folder, "experiments", "EXP003-cccc-third.md"));
  const { removed } = await buildSite(open(), out);
  assert.equal(removed, 2);
  assert.equal(read("mine.txt"), "mine");
});

test("a folder that holds somebody's files, or the journal itself, is never written to", async () => {
  const web = join(folder, "web");
  mkdirSync(web);
  writeFileSync(join(web, "index.html"), "mine");
  const refused = async (target: string): Promise<unknown> =>
    buildSite(open(), target).then(
      () => "built",
      (error: unknown) => (error instanceof JournalError ? error.problems[0]?.code : error),
    );
  assert.equal(await refused(web), "build/foreign-folder");
  assert.equal(readFileSync(join(web, "index.html"), "utf8"), "mine");
  for (const target of [
    folder,
    join(folder, "experiments"),
    join(folder, "experiments", "site"),
    join(folder, ".git"),
    join(folder, ".."),
  ]) {
    assert.equal(await refused(target), "build/reserved-folder", target);
  }
  symlinkSync(join(folder, "experiments"), join(folder, "link"));
  assert.equal(await refused(join(folder, "link")), "build/reserved-folder");
});

test("marks that turn the reading direction are shown, and two files of one id keep a page each", async () => {
  run("EXP009-eeee-one", front("EXP009-eeee", 'title: "\\u202ertl"\n'));
  run("EXP009-eeee-two", front("EXP009-eeee", "title: Two\n"));
  await buildSite(open(), out);
  const pages = readdirSync(join(out, "runs")).filter((name) => name.includes("EXP009") && name.endsWith(".html"));
  assert.equal(pages.length, 2);
  for (const name of pages) assert.ok(!read(`runs/${name}`).includes("\u202e"), name);
});

test("the page of a run that cannot be read at the moment stays as it was", async () => {
  run("EXP010-ffff-later", front("EXP010-ffff", "title: Later\n"));
  await buildSite(open(), out);
  const before = read("runs/EXP010-ffff.html");
  writeFileSync(join(folder, "experiments", "EXP010-ffff-later.md"), new Uint8Array([0xe9, 0xff, 0x00]));
  await buildSite(open(), out);
  assert.equal(read("runs/EXP010-ffff.html"), before);
  rmSync(join(folder, "experiments", "EXP010-ffff-later.md"));
  await buildSite(open(), out);
  assert.ok(!existsSync(join(out, "runs/EXP010-ffff.html")), "a run that is gone has no page");
});
