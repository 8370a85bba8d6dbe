// `journal run` where things are not as in the first minutes: repositories of every shape, odd paths and names, and hands and git at work on
// its file while it runs.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "node:test";
import { parseRun } from "../../src/markdown/parse.ts";
import type { Run } from "../../src/record/experiment.ts";
import { makePlace, type Place } from "./world.ts";

const program = resolve("dist/cli/main.js");
const ada = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "protocol.file.allow=always"];

interface Done {
  readonly status: number | null;
  readonly err: string;
  readonly out: string;
}

function journalIn(folder: string, ...words: readonly string[]): Done {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, GIT_AUTHOR_NAME: "Ada", NO_COLOR: "1" },
    timeout: 60_000,
  });
  return { status, out: stdout, err: stderr };
}

const journal = (place: Place, ...words: readonly string[]): Done => journalIn(place.root, ...words);

const filesIn = (root: string): readonly string[] =>
  existsSync(join(root, "experiments")) ? readdirSync(join(root, "experiments")).filter((name) => name.endsWith(".md")) : [];

function onlyRun(place: Place, root: string = place.root): Run {
  const [name = ""] = filesIn(root);
  return parseRun(place.read(join(root.slice(place.root.length), "experiments", name)), name).run;
}

const after = ({ metrics }: Run, name: string): number | undefined => metrics.find((metric) => metric.name === name)?.after?.mean;

const start = (): Place =>
  makePlace({ "journal.yaml": "title: t\n", ".gitignore": ".journal/\ngo\n", "train.sh": "echo METRIC acc=0.5\n" });

function commit(place: Place): void {
  place.git("add", "-A");
  place.git(...ada, "commit", "-qm", "x");
}

const git = `git ${ada.join(" ")}`;
/** The command finds its own file by the id that it is told. */
const own = "experiments/$JOURNAL_ID-*.md";

describe("the file of a run, while it runs", () => {
  it("stays where another branch is checked out and nobody committed it: the result lands", () => {
    const place = start();
    commit(place);
    const { status } = journal(place, "run", "--", "sh", "-c", "git checkout -q -b other; echo METRIC acc=0.5");
    assert.deepEqual([status, onlyRun(place).status, after(onlyRun(place), "acc")], [0, "finished", 0.5]);
  });

  it("is gone with its branch where it was committed: the result waits, and check --fix writes it on that branch", () => {
    const place = start();
    commit(place);
    place.git("checkout", "-qb", "mine");
    const line = `git add experiments; ${git} commit -qm run; git checkout -q main; echo METRIC acc=0.5`;
    const { status, err } = journal(place, "run", "--", "sh", "-c", line);
    assert.deepEqual([status, /cli\/result-waits/.test(err), filesIn(place.root)], [0, true, []]);
    assert.equal(journal(place, "check", "--fix").status, 0);
    assert.deepEqual(filesIn(place.root), []);
    place.git("checkout", "-q", "mine");
    assert.equal(onlyRun(place).status, "running");
    assert.match(journal(place, "check", "--fix").out, /is written: finished/);
    assert.deepEqual([onlyRun(place).status, after(onlyRun(place), "acc")], ["finished", 0.5]);
  });

  it("may be edited and renamed by hand: every word stays, and the result is found by its id", () => {
    const place = start();
    const line = `sed -i 's/^title: .*/title: By hand # mine/; s/^status: running/status: running\\nhypothesis: it helps/' ${own}; mv ${own} experiments/$JOURNAL_ID-renamed.md; echo METRIC acc=0.5`;
    assert.equal(journal(place, "run", "--", "sh", "-c", line).status, 0);
    const [name = ""] = filesIn(place.root);
    assert.match(name, /-renamed\.md$/);
    assert.match(place.read(`experiments/${name}`), /^title: By hand # mine$[\s\S]*^hypothesis: it helps$/m);
    assert.deepEqual([onlyRun(place).status, after(onlyRun(place), "acc")], ["finished", 0.5]);
  });

  it("may be broken by hand: the result waits until it is mended", () => {
    const place = start();
    const { status, err } = journal(place, "run", "--", "sh", "-c", `sed -i 's/^title: .*/title: [a/' ${own}; echo METRIC acc=0.5; exit 3`);
    assert.equal(status, 3);
    assert.match(err, /cli\/result-(?:refused|waits)/);
    const [name = ""] = filesIn(place.root);
    const path = `experiments/${name}`;
    assert.match(place.read(path), /^title: \[a$/m);
    place.write(path, place.read(path).replace("title: [a", "title: a"));
    assert.match(journal(place, "check", "--fix").out, /is written: failed/);
    assert.deepEqual([onlyRun(place).status, onlyRun(place).run?.exit, after(onlyRun(place), "acc")], ["failed", 3, 0.5]);
  });
});

describe("journal run in odd worlds", () => {
  const run = ["run", "--", "sh", "train.sh"];

  it("records a run in a repository without commits, on a detached head, in a shallow clone and in a linked worktree", () => {
    const place = start();
    assert.equal(journal(place, ...run).status, 0);
    const first = onlyRun(place);
    assert.deepEqual([first.status, first.run?.commit, typeof first.run?.snapshot], ["finished", undefined, "string"]);
    place.git("rm", "-rq", "--cached", "--ignore-unmatch", "experiments");
    const fresh = makePlace({}, false);
    const kinds: Readonly<Record<string, () => void>> = {
      detached: () => {
        place.git("clone", "-q", place.root, join(fresh.root, "detached"));
        spawnSync("git", ["checkout", "-q", "--detach"], { cwd: join(fresh.root, "detached") });
      },
      shallow: () => void place.git("clone", "-q", "--depth", "1", `file://${place.root}`, join(fresh.root, "shallow")),
      linked: () => void place.git("worktree", "add", "-q", "-b", "linked", join(fresh.root, "linked")),
    };
    place.git("add", "journal.yaml", ".gitignore", "train.sh");
    place.git(...ada, "commit", "-qm", "x");
    const head = place.git("rev-parse", "HEAD").trim();
    for (const [kind, make] of Object.entries(kinds)) {
      make();
      const { status, err } = journalIn(join(fresh.root, kind), ...run);
      assert.equal(status, 0, err);
      const made = onlyRun(fresh, join(fresh.root, kind));
      assert.deepEqual([kind, made.status, made.run?.commit, typeof made.run?.snapshot], [kind, "finished", head, "string"]);
    }
  });

  it("records a run with a submodule, and says what of it is not in the snapshot", () => {
    const place = start();
    const inner = makePlace({ "lib.py": "1\n" });
    commit(inner);
    place.git(...ada, "submodule", "--quiet", "add", inner.root, "sub");
    commit(place);
    place.write("sub/lib.py", "2\n");
    assert.equal(journal(place, ...run).status, 0);
    assert.deepEqual([onlyRun(place).status, onlyRun(place).run?.other["left_out"]], ["finished", { sub: "submodule" }]);
  });

  it("works in a folder whose name has blanks, quotes and a line break, and reads logs there", () => {
    const place = makePlace({}, false);
    const root = join(place.root, "a b\n'c\" $d");
    mkdirSync(root);
    writeFileSync(join(root, "journal.yaml"), "title: t\n");
    spawnSync("git", ["init", "-q"], { cwd: root });
    const line = 'mkdir -p "lo gs"; printf "step,loss\\n1,3\\n2,2\\n" > "lo gs/metrics.csv"; echo METRIC acc=0.5';
    const { status, err } = journalIn(root, "run", "--artifact", "lo gs/*.csv", "--", "sh", "-c", line, "x", "lo gs");
    assert.equal(status, 0, err);
    const made = onlyRun(place, root);
    assert.deepEqual([made.status, after(made, "acc"), after(made, "loss")], ["finished", 0.5, 2]);
    assert.deepEqual(
      made.artifacts.map(({ path }) => path),
      ["lo gs/metrics.csv"],
    );
    assert.equal(journalIn(root, "check").status, 0);
  });

  it("keeps NaN, the infinities, and names with slashes, blanks and any letter", () => {
    const place = start();
    const line = `echo 'METRIC "val/acc top 1"=0.5 Präzision=0.25 損失=3 worst=nan top=inf low=-inf'; echo '{"step": 1, "a/b c": NaN}'; echo '{"step": 2, "a/b c": 2}'`;
    assert.equal(journal(place, "run", "--", "sh", "-c", line).status, 0);
    const made = onlyRun(place);
    assert.deepEqual(
      ["val/acc top 1", "Präzision", "損失"].map((name) => after(made, name)),
      [0.5, 0.25, 3],
    );
    for (const name of ["worst", "top", "low"]) assert.equal(made.metrics.find((metric) => metric.name === name)?.after?.diverged, 1, name);
    const points = place.read(`.journal/runs/${made.id}/points.jsonl`);
    for (const value of ["NaN", "Infinity", "-Infinity"]) assert.ok(points.includes(`"value":"${value}"`), value);
    assert.match(place.read(`experiments/${made.id}.files/curves.csv`), /a\/b c/);
    assert.equal(journal(place, "check").status, 0);
  });

  it("reads a log that ends within a record up to there", () => {
    const place = start();
    const line = 'mkdir -p out; printf \'{"step": 1, "loss": 3}\\n{"step": 2, "loss": 2}\\n{"step": 3, "lo\' > out/metrics.jsonl';
    const { status } = journal(place, "run", "--", "sh", "-c", line, "x", "out");
    assert.deepEqual([status, after(onlyRun(place), "loss")], [0, 2]);
  });

  it("refuses a base that is not there before anything runs", () => {
    const place = start();
    const { status, err } = journal(place, "run", "--base", "77", "--", "sh", "-c", "touch ran");
    assert.deepEqual([status, /store\/no-run/.test(err), existsSync(join(place.root, "ran")), filesIn(place.root)], [3, true, false, []]);
  });
});
