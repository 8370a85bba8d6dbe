import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { makeWorktree } from "../../src/capture/clean-worktree.ts";
import { readCodeChange } from "../../src/capture/code-change.ts";
import { takeSnapshot } from "../../src/capture/snapshot.ts";
import { git, makeFolder, put } from "../store/folder.ts";

function makeRepository(context: TestContext, files: Readonly<Record<string, string>> = {}): string {
  const root = makeFolder(context, {
    "journal.yaml": "",
    "train.py": "print(1)\n",
    "lib/model.py": "a\nb\n",
    "gone.py": "x\n",
    "experiments/EXP001-aaaa.md": "---\nid: EXP001-aaaa\n---\n",
    ".gitignore": "*.log\n.journal/\n",
    ...files,
  });
  git(root, "init", "-q");
  git(root, "add", ".");
  git(root, "commit", "-q", "-m", "start");
  return root;
}

/** What a person would notice. */
function stateOf(root: string): unknown {
  const index = readFileSync(git(root, "rev-parse", "--path-format=absolute", "--git-path", "index").trim(), "latin1");
  const asked = [
    "status --porcelain=v2 --branch -z",
    "stash list",
    "branch -a -v",
    "for-each-ref refs/heads refs/stash refs/tags",
    "reflog",
  ];
  return { index, answers: asked.map((words) => git(root, "--no-optional-locks", ...words.split(" "))) };
}

const filesOf = (root: string, commit: string): readonly string[] =>
  git(root, "ls-tree", "-r", "-z", "--name-only", commit)
    .split("\0")
    .filter((path) => path !== "")
    .sort();

test("a snapshot holds staged, unstaged, untracked, binary, executable, linked and deleted files, and touches nothing of the user's", (context) => {
  const root = makeRepository(context);
  git(root, "stash", "list");
  put(root, { "stashed.py": "s" });
  git(root, "stash", "push", "-q", "-u");
  put(root, { "staged.py": "one\n", "with blank.py": "b\n", "new\nline.py": "n\n", "größe.py": "g\n", "run.sh": "#!/bin/sh\n" });
  git(root, "add", "staged.py");
  put(root, { "staged.py": "one\ntwo\n", "lib/model.py": "a\nc\n", "debug.log": "ignored" });
  writeFileSync(join(root, "weights.bin"), Buffer.from([0, 1, 2, 255, 254]));
  chmodSync(join(root, "run.sh"), 0o755);
  chmodSync(join(root, "train.py"), 0o755);
  symlinkSync("lib/model.py", join(root, "link.py"));
  rmSync(join(root, "gone.py"));
  const before = stateOf(root);
  const taken = takeSnapshot(root, "EXP002-bbbb");
  assert.deepEqual(stateOf(root), before);
  assert.equal(taken.dirty, true);
  assert.deepEqual([taken.left, taken.missing, taken.branch], [[], [], "main"]);
  const copy = join(makeFolder(context), "copy");
  git(root, "worktree", "add", "-q", "--detach", copy, taken.snapshot ?? "");
  const text = (path: string): string => readFileSync(join(copy, path), "latin1");
  assert.deepEqual(
    filesOf(root, taken.snapshot ?? ""),
    [
      ".gitignore",
      "größe.py",
      "lib/model.py",
      "link.py",
      "new\nline.py",
      "run.sh",
      "staged.py",
      "train.py",
      "weights.bin",
      "with blank.py",
    ].sort(),
  );
  assert.deepEqual([text("staged.py"), text("lib/model.py"), text("weights.bin")], ["one\ntwo\n", "a\nc\n", "\0\x01\x02\xff\xfe"]);
  assert.deepEqual([statSync(join(copy, "run.sh")).mode & 0o111, statSync(join(copy, "train.py")).mode & 0o111], [0o111, 0o111]);
  assert.equal(readlinkSync(join(copy, "link.py")), "lib/model.py");
  assert.deepEqual(filesOf(root, "refs/journal/snap/EXP002-bbbb"), filesOf(root, taken.snapshot ?? ""));
});

test("equal code has one snapshot, whatever the journal wrote and committed in between; other code has another", (context) => {
  const root = makeRepository(context);
  const first = takeSnapshot(root, "EXP002-bbbb");
  put(root, {
    "experiments/EXP002-bbbb.md": "---\nid: EXP002-bbbb\n---\n",
    "experiments/EXP002-bbbb.files/log.txt": "x",
    "journal.yaml": "title: x\n",
  });
  assert.equal(takeSnapshot(root, "EXP003-cccc").dirty, false);
  git(root, "add", ".");
  assert.equal(takeSnapshot(root, "EXP003-cccc").snapshot, first.snapshot);
  git(root, "commit", "-q", "-m", "a run");
  const second = takeSnapshot(root, "EXP004-dddd");
  assert.equal(second.snapshot, first.snapshot);
  assert.notEqual(second.commit, first.commit);
  put(root, { "experiments/helper.py": "code in the folder of the runs\n" });
  const third = takeSnapshot(root, "EXP005-eeee");
  assert.notEqual(third.snapshot, first.snapshot);
  assert.deepEqual(readCodeChange(root, first.snapshot ?? "", third.snapshot ?? "", []), {
    from: first.snapshot,
    to: third.snapshot,
    files: 1,
    added: 1,
    removed: 0,
  });
  assert.deepEqual(readCodeChange(root, first.commit ?? "", second.commit ?? "", [])?.files, 0);
});

test("a journal inside a folder leaves out its own files and not those of others", (context) => {
  const root = makeRepository(context, { "größe/journal.yaml": "", "größe/experiments/EXP001-a.md": "", "größe/code.py": "" });
  const files = filesOf(root, takeSnapshot(join(root, "größe"), "EXP002-bbbb").snapshot ?? "");
  assert.ok(files.includes("experiments/EXP001-aaaa.md") && files.includes("größe/code.py"));
  assert.ok(!files.includes("größe/journal.yaml") && !files.includes("größe/experiments/EXP001-a.md"));
});

test("secrets and large files get into no git object, and are listed", (context) => {
  const root = makeRepository(context, { "settings.env": "A=1\n" });
  const before = new Set(git(root, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split("\n"));
  put(root, {
    ".env": "A_SECRET=hidden-in-dotenv",
    ".env.example": "A_SECRET=",
    id_rsa: "hidden-in-key",
    "conf/credentials.json": "hidden-in-credentials",
    "settings.env": "A=hidden-in-tracked",
    "notes.txt": `hidden\r\nAKIA${"ABCDEFGHIJKLMNOP"}`,
    "big.bin": "x".repeat(1024 * 1024 + 1),
    "a.dat": "y".repeat(900_000),
    "b.dat": "z".repeat(900_000),
  });
  const taken = takeSnapshot(root, "EXP002-bbbb", { limits: { file: 1024 * 1024, total: 1_000_000 } });
  assert.deepEqual(Object.fromEntries(taken.left.map(({ path, why }) => [path, why])), {
    ".env": "secret",
    id_rsa: "secret",
    "conf/credentials.json": "secret",
    "settings.env": "secret",
    "notes.txt": "secret",
    "big.bin": "large",
    "b.dat": "total",
  });
  assert.equal(git(root, "show", `${taken.snapshot}:settings.env`), "A=1\n");
  const objects = git(root, "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype) %(objectsize)").split("\n");
  const added = objects.filter((line) => line !== "" && !before.has(line.split(" ")[0] ?? ""));
  for (const line of added) {
    const [hash = "", type, size] = line.split(" ");
    assert.ok(Number(size) <= 1_000_000);
    if (type === "blob") assert.doesNotMatch(git(root, "cat-file", "blob", hash), /hidden/);
  }
});

test("a linked worktree, a detached head, a shallow clone and a repository without commits have snapshots", (context) => {
  const root = makeRepository(context);
  put(root, { "train.py": "print(2)\n" });
  git(root, "commit", "-qam", "second");
  const linked = join(makeFolder(context), "linked");
  git(root, "worktree", "add", "-q", "--detach", linked, "HEAD~1");
  put(linked, { "train.py": "print(3)\n" });
  const before = stateOf(linked);
  const detached = takeSnapshot(linked, "EXP002-bbbb");
  assert.deepEqual(stateOf(linked), before);
  assert.equal(detached.branch, undefined);
  assert.equal(git(root, "show", `${detached.snapshot}:train.py`), "print(3)\n");
  const shallow = join(makeFolder(context), "shallow");
  git(root, "clone", "-q", "--depth", "1", `file://${root}`, shallow);
  assert.equal(takeSnapshot(shallow, "EXP002-bbbb").snapshot, takeSnapshot(root, "EXP003-cccc").snapshot);
  const empty = makeFolder(context, { "train.py": "print(1)\n", "journal.yaml": "" });
  git(empty, "init", "-q");
  git(empty, "add", "train.py");
  const first = takeSnapshot(empty, "EXP001-aaaa");
  assert.deepEqual([first.commit, first.dirty, first.missing], [undefined, true, ["no commit yet"]]);
  assert.deepEqual(filesOf(empty, "refs/journal/snap/EXP001-aaaa"), ["train.py"]);
});

test("submodules are taken at the commit they stand on; what is uncommitted in them, and repositories nobody added, are listed", (context) => {
  const inner = makeRepository(context);
  const root = makeRepository(context);
  git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner, "sub");
  git(root, "commit", "-q", "-m", "submodule");
  assert.deepEqual(takeSnapshot(root, "EXP002-bbbb").left, []);
  put(join(root, "sub"), { "train.py": "print(9)\n" });
  mkdirSync(join(root, "nested"));
  git(join(root, "nested"), "init", "-q");
  put(root, { "nested/x.py": "" });
  const left = takeSnapshot(root, "EXP003-cccc").left.map(({ path, why }) => [path, why]);
  assert.deepEqual(left, [
    ["sub", "submodule"],
    ["nested", "repository"],
  ]);
  git(join(root, "sub"), "commit", "-qam", "moved");
  const moved = takeSnapshot(root, "EXP004-dddd");
  const at = git(join(root, "sub"), "rev-parse", "HEAD").trim();
  assert.match(git(root, "ls-tree", moved.snapshot ?? "", "sub"), new RegExp(at));
});

test("a file that became a folder and a folder that became a file are what they are now", (context) => {
  const root = makeRepository(context);
  rmSync(join(root, "gone.py"));
  rmSync(join(root, "lib"), { recursive: true });
  put(root, { "gone.py/inner.py": "1", lib: "2" });
  const files = filesOf(root, takeSnapshot(root, "EXP002-bbbb").snapshot ?? "");
  assert.deepEqual(files, [".gitignore", "gone.py/inner.py", "lib", "train.py"]);
});

test("a run that is resumed with other code keeps the code of both", (context) => {
  const root = makeRepository(context);
  const first = takeSnapshot(root, "EXP002-bbbb");
  takeSnapshot(root, "EXP002-bbbb");
  put(root, { "train.py": "print(2)\n" });
  const second = takeSnapshot(root, "EXP002-bbbb");
  const refs = git(root, "for-each-ref", "--format=%(refname) %(tree)", "refs/journal").trim().split("\n");
  assert.deepEqual(refs, [`refs/journal/snap/EXP002-bbbb ${first.tree}`, `refs/journal/snap/EXP002-bbbb.2 ${second.tree}`]);
});

test("hooks are not run", (context) => {
  const root = makeRepository(context);
  for (const name of ["reference-transaction", "post-index-change", "pre-commit", "post-commit"]) {
    put(root, { [`.git/hooks/${name}`]: "#!/bin/sh\ntouch ran\n" });
    chmodSync(join(root, ".git/hooks", name), 0o755);
  }
  put(root, { "train.py": "print(2)\n" });
  assert.deepEqual(takeSnapshot(root, "EXP002-bbbb").missing, []);
  assert.equal(statSync(join(root, "ran"), { throwIfNoEntry: false }), undefined);
});

test("the address of the remote has no credentials, also not those in its query", (context) => {
  const root = makeRepository(context);
  const remote = (url: string): string | undefined => {
    git(root, "config", "remote.origin.url", url);
    return takeSnapshot(root, "EXP002-bbbb").remote;
  };
  assert.equal(remote("https://ada:t0ps3cret@example.org/a/b.git"), "https://example.org/a/b.git");
  assert.equal(remote("https://example.org/a/b.git?private_token=abc#x"), "https://example.org/a/b.git");
  assert.equal(remote("git@example.org:a/b.git"), "git@example.org:a/b.git");
  assert.equal(remote("ssh://git@example.org/a/b.git"), "ssh://git@example.org/a/b.git");
});

test("without git, and where git refuses, there is no snapshot, and it says why", (context) => {
  const bare = makeFolder(context, { "train.py": "" });
  assert.deepEqual(takeSnapshot(bare, "EXP001-aaaa"), { dirty: false, left: [], missing: ["no git"] });
  const root = makeRepository(context);
  writeFileSync(join(root, ".git", "index"), "no index");
  const refused = takeSnapshot(root, "EXP001-aaaa");
  assert.equal(refused.snapshot, undefined);
  assert.match(refused.missing[0] ?? "", /^git refused: /);
});

test("the code of a clean tree is made once, and again where git no longer has it or the memory of it is damaged", (context) => {
  const root = makeRepository(context);
  const first = takeSnapshot(root, "EXP002-bbbb");
  assert.deepEqual(takeSnapshot(root, "EXP003-cccc"), first);
  const memory = join(root, ".git", "journal", "code.json");
  const known = readFileSync(memory, "utf8");
  for (const text of ["", "[]", known.replace(/"tree":"\w+"/, '"tree":1'), known]) {
    writeFileSync(memory, text);
    for (const id of ["EXP002-bbbb", "EXP003-cccc"]) git(root, "update-ref", "-d", `refs/journal/snap/${id}`);
    git(root, "gc", "-q", "--prune=now");
    assert.deepEqual(takeSnapshot(root, "EXP003-cccc"), first);
    assert.deepEqual(filesOf(root, first.snapshot ?? ""), [".gitignore", "gone.py", "lib/model.py", "train.py"]);
  }
  put(root, { "train.py": "print(2)\n" });
  git(root, "commit", "-qam", "second");
  assert.notEqual(takeSnapshot(root, "EXP004-dddd").tree, first.tree);
  put(root, { "lib/journal.yaml": "" });
  git(root, "add", ".");
  git(root, "commit", "-qm", "third");
  const [above, below] = [takeSnapshot(root, "EXP005-eeee"), takeSnapshot(join(root, "lib"), "EXP006-ffff")];
  assert.notEqual(above.tree, below.tree);
});

test("edits of files that git was told not to look at are in the snapshot; what a sparse checkout leaves away is not gone", (context) => {
  const root = makeRepository(context, { "cfg.ini": "bonus=0\n", "größe.ini": "a\n", "same.ini": "s\n", "away.py": "far\n" });
  git(root, "update-index", "--skip-worktree", "cfg.ini", "same.ini", "away.py");
  git(root, "update-index", "--assume-unchanged", "größe.ini");
  rmSync(join(root, "away.py"));
  const clean = takeSnapshot(root, "EXP002-bbbb");
  assert.equal(clean.dirty, false);
  put(root, { "cfg.ini": "bonus=7\n", "größe.ini": "b\n" });
  const before = stateOf(root);
  const taken = takeSnapshot(root, "EXP003-cccc");
  assert.deepEqual(stateOf(root), before);
  assert.equal(taken.dirty, true);
  const text = (path: string): string => git(root, "show", `${taken.snapshot}:${path}`);
  assert.deepEqual([text("cfg.ini"), text("größe.ini"), text("same.ini"), text("away.py")], ["bonus=7\n", "b\n", "s\n", "far\n"]);
  assert.notEqual(taken.snapshot, clean.snapshot);
});

for (const autocrlf of ["input", "true", "false"]) {
  test(`line ends come back as the run had them with core.autocrlf=${autocrlf}`, (context) => {
    const root = makeRepository(context, { "x.sh": "echo 1\n" });
    git(root, "config", "core.autocrlf", autocrlf);
    const files = {
      "d.txt": "a\r\nb\r\n",
      "mixed.txt": "a\r\nb\n",
      "train.py": "print(2)\r\n",
      "blob.bin": "\0\r\n\n",
      "x.sh": "echo 2\r\n",
    };
    put(root, files);
    chmodSync(join(root, "x.sh"), 0o755);
    const before = stateOf(root);
    const taken = takeSnapshot(root, "EXP002-bbbb");
    assert.deepEqual(stateOf(root), before);
    const made = makeWorktree(root, taken.snapshot ?? "", taken.commit);
    assert.ok("top" in made);
    context.after(() => made.remove());
    for (const [path, text] of Object.entries(files)) assert.equal(readFileSync(join(made.top, path), "latin1"), text, path);
    assert.equal(statSync(join(made.top, "x.sh")).mode & 0o111, 0o111);
    // Code that git gives back the same has one snapshot, committed or not.
    const kept = git(root, "show", `${taken.snapshot}:d.txt`);
    assert.equal(kept, autocrlf === "true" ? "a\nb\n" : "a\r\nb\r\n");
  });
}
