// An edit of nothing but wording is told to the run's own page alone, and ends with the very bytes of a build from nothing.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { buildSite } from "../../src/build/build.ts";
import { openJournal } from "../../src/store/journal.ts";
import { filesIn } from "../support/edits.ts";
import { generate } from "../support/generate.ts";
import { noon as now } from "../support/incremental.ts";

const folder = mkdtempSync(join(tmpdir(), "journal-reword-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const texts = new Map(generate({ runs: 12, seed: 3 }));
const paths = [...texts.keys()].filter((path) => path.endsWith(".md"));
const root = join(folder, "journal");
const site = join(root, "_site");
function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
const textOf = (path: string): string => readFileSync(join(root, path), "utf8");
const [first = "", second = "", third = "", fourth = ""] = paths;
const pageOf = (path: string): string => `runs/${/EXP\d+-\w{4}/.exec(path)?.[0]}.html`;

for (const [path, text] of texts) put(path, text);
put(second, textOf(second).replace("status:", "hidden: true\nstatus:"));

/** What was written, and whether no run but the edited ones was looked into. */
async function build(): Promise<{ readonly written: number; readonly quick: boolean }> {
  const phases: string[] = [];
  // Everything seems to have come to rest long ago.
  const later = (): number => Date.now() + 60_000;
  const { written } = await buildSite(openJournal(root, { now }), site, { now: later, phase: (name) => void phases.push(name) });
  await buildSite(openJournal(root, { now }), join(folder, "clean"), { clean: true });
  assert.deepEqual(filesIn(site), filesIn(join(folder, "clean")));
  return { written, quick: phases.includes("reword") };
}

const edit = (path: string, change: (text: string) => string): void => put(path, change(textOf(path)));
const say = (words: string) => (text: string) => text.replace("## Training curves\n", `## Training curves\n\n${words}\n\n`);

test("an edit of wording changes the page and the file of its run, and asks for nothing else", async () => {
  await build();
  edit(first, say("Quite **another** word, see https://example.org and `code <b>`."));
  // A `<` may be a link.
  assert.deepEqual(await build(), { written: 2, quick: false });
  edit(first, say("Once *more*."));
  assert.deepEqual(await build(), { written: 2, quick: false }, "what the prose was may hold a link too");
  edit(third, say("Quite **another** word, see [it](https://example.org/x)."));
  edit(fourth, say("And here."));
  assert.deepEqual(await build(), { written: 4, quick: true });
  edit(third, (text) => text.replace("another", "a third"));
  assert.deepEqual(await build(), { written: 2, quick: true });
  assert.match(readFileSync(join(site, pageOf(third)), "utf8"), /<strong>a third<\/strong>/);
});

test("nobody sees the wording of a hidden run", async () => {
  edit(second, say("Unseen."));
  assert.deepEqual(await build(), { written: 0, quick: true });
});

test("what more depends on is asked of all runs", async () => {
  const edits: readonly ((text: string) => string)[] = [
    (text) => text.replace("### What worked\n", "### What worked\n- Another thing.\n"),
    (text) => text.replace("title: ", "title: Another "),
    (text) => text.replace(/val_loss: \{ after: [^}]*\}/, "val_loss: { after: 0.77 }"),
    say(`See [it](${fourth.split("/").at(-1)}).`),
    say("```journal table\ncolumns: [title]\n```"),
    say("Mail ada@example.org."),
    (text) => text.replace("config:\n", "config: # as before\n"),
  ];
  for (const change of edits) {
    edit(third, change);
    const { written, quick } = await build();
    assert.ok(!quick && written > 0, String(change));
    put(third, texts.get(third) ?? "");
    await build();
  }
});

test("a page with files beside its run is made anew, and so is one that somebody touched", async () => {
  put(`${dirname(fourth)}/${/EXP\d+-\w{4}/.exec(fourth)?.[0]}.files/notes.txt`, "beside");
  await build();
  edit(fourth, say("Beside notes.txt."));
  assert.equal((await build()).quick, false);
  edit(third, say("Then."));
  writeFileSync(join(site, pageOf(third)), "touched");
  assert.equal((await build()).quick, false);
  edit(third, say("And then."));
  writeFileSync(join(site, "index.html"), "touched");
  assert.equal((await build()).quick, false);
});
