import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parse as parseYaml } from "yaml";
import { makePlace } from "./world.ts";

describe("journal init", () => {
  it("makes a repository a journal and says what to type next", async () => {
    const place = makePlace();
    const { exit, out, err } = await place.call("init");
    assert.equal(exit, 0);
    for (const path of ["journal.yaml", "experiments/README.md", ".gitignore", ".github/workflows/journal.yml"]) {
      assert.match(out, new RegExp(`^made ${path.replaceAll(".", "\\.")}$`, "m"));
      assert.ok(existsSync(join(place.root, path)));
    }
    assert.match(err, /journal new/);
  });

  it("leaves out the workflow, or what publishes, when asked to", async () => {
    const place = makePlace();
    await place.call("init", "--no-ci");
    assert.ok(!existsSync(join(place.root, ".github")));
    await place.call("init", "--no-pages");
    assert.deepEqual(Object.keys(parseYaml(place.read(".github/workflows/journal.yml")).jobs), ["check"]);
  });

  it("changes nothing the second time", async () => {
    const place = makePlace();
    await place.call("init", "--merge-driver");
    place.git("add", ".");
    const before = statSync(join(place.root, "journal.yaml")).mtimeMs;
    const { exit, out } = await place.call("init", "--merge-driver");
    assert.equal(exit, 0);
    assert.doesNotMatch(out, /made|extended/);
    assert.equal(place.git("diff", "--stat"), "");
    assert.equal(statSync(join(place.root, "journal.yaml")).mtimeMs, before);
  });

  it("keeps what is there and adds the missing lines in the file's own line ends", async () => {
    const place = makePlace({ "journal.yaml": "title: Ours\n", ".gitignore": "node_modules\r\n/_site/" });
    await place.call("init");
    assert.equal(place.read("journal.yaml"), "title: Ours\n");
    assert.equal(place.read(".gitignore"), "node_modules\r\n/_site/\r\n# journal: cache and live runs; the built site\r\n.journal/\r\n");
  });

  it("makes nothing with --dry-run", async () => {
    const place = makePlace();
    const { out } = await place.call("init", "--dry-run");
    assert.match(out, /^would make journal\.yaml$/m);
    assert.equal(place.git("status", "--porcelain"), "");
  });

  it("writes a title that YAML reads back, whatever it is", async () => {
    for (const title of ["a: b #c", "yes", "007", "- x", '"quoted"', "Ünï", "{a}"]) {
      const place = makePlace();
      await place.call("init", "--title", title);
      assert.equal(parseYaml(place.read("journal.yaml")).title, title);
    }
  });

  it("works outside of git and says what is missing", async () => {
    const place = makePlace({}, false);
    const { exit, err } = await place.call("init");
    assert.equal(exit, 0);
    assert.match(err, /cli\/outside-git/);
    assert.ok(!existsSync(join(place.root, ".github")));
  });

  it("sets the merge driver of this clone only when asked to", async () => {
    const place = makePlace();
    await place.call("init");
    assert.ok(!existsSync(join(place.root, ".gitattributes")));
    await place.call("init", "--merge-driver");
    assert.match(place.read(".gitattributes"), /^experiments\/\*\*\/\*\.md merge=journal$/m);
    assert.match(place.git("config", "merge.journal.driver"), /journal merge-driver %O %A %B/);
  });

  it("refuses inside another journal", async () => {
    const place = makePlace({ "journal.yaml": "", "experiments/ocr/keep": "" });
    const { exit, err } = await place.call("-C", "experiments/ocr", "init");
    assert.equal(exit, 2);
    assert.match(err, /cli\/inside-journal/);
  });
});
