import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isPrivateKey, publicFile, publicJson, publicLog, publicValue } from "../../src/report/private-facts.ts";

const hidden = { site: { private: false } };
const open = { site: { private: true } };

describe("a recorded value", () => {
  const cases: readonly (readonly [written: string, shown: string])[] = [
    ["/home/ada/proj/train.py", "…/train.py"],
    ["--out=/scratch/ada/out", "--out=…/out"],
    ["/home/ada", "…"],
    ["/home/ada/", "…"],
    ["/root/x.py", "…/x.py"],
    ["/root", "…"],
    ["C:\\Users\\Ada Smith\\x\\train.py", "…/train.py"],
    ["C:\\Users\\Ada", "…"],
    ["\\\\server\\share\\x.csv", "…/x.csv"],
    ["file:///home/ada/x.py", "…/x.py"],
    ["ssh ada@gpu-01 python", "ssh … python"],
    ["ada@10.0.0.3:/x/y", "…:…/y"],
    ["ada@example.org", "…"],
    ["a=/x/y:/z/w", "a=…/y:…/w"],
    ["/bin/sh -c 'cd /work/ada && x'", "…/sh -c 'cd …/ada && x'"],
  ];
  for (const [written, shown] of cases) test(`${written} is shown as ${shown}`, () => assert.equal(publicValue(written, hidden), shown));

  for (const written of [
    "python train.py --lr 1e-3",
    "A100/80GB",
    "16 GB / 32",
    "1/2",
    "../data/x",
    "~/x",
    "https://example.org/home/x",
    "s3://bucket/a/b",
    "git@github.com:me/repo",
    "recall@k",
    "ndcg@10",
    "mAP@0.5:0.95",
    "torch@2.1.0",
    "</b>",
  ])
    test(`${written} says nothing private`, () => assert.equal(publicValue(written, hidden), written));

  test("is shown as it is where the journal allows it", () => assert.equal(publicValue("/home/ada/x", open), "/home/ada/x"));
});

test("keys that name a machine or a person are left out, however deep", () => {
  const value = { gpu: "T4", hostname: "gpu-01", nested: { user: "ada", path: "/home/ada/x" }, only: { Host: "a" }, list: ["/srv/b/c"] };
  assert.deepEqual(publicJson(value, hidden), { gpu: "T4", nested: { path: "…/x" }, list: ["…/c"] });
  assert.equal(publicJson({ user: "ada" }, hidden), undefined);
  assert.deepEqual(publicJson(value, open), value);
  assert.ok(isPrivateKey("User-Name") && !isPrivateKey("users_served"));
});

describe("a file that is handed out", () => {
  const file = (front: string, body: string) => {
    const text = `---\n${front}---\n${body}`;
    return publicFile(text, text.length - body.length, hidden);
  };

  test("keeps every line in its place and hides what its fields say of machine and person", () => {
    const { text, hidden: something } = file(
      'id: EXP1\nexperimenter: Ada <ada@example.org>\nhardware: { gpu: T4, hostname: gpu-01, user: ada }\nrun:\n  host: big\n  cwd: /work/ada/x\n  command: [python, "/home/ada/x.py"]\n',
      "see /home/ada/b.log and /v1/x\n",
    );
    assert.ok(something);
    assert.equal(
      text,
      '---\nid: EXP1\nexperimenter: Ada <[private]>\nhardware: { gpu: T4, hostname: [private], user: [private] }\nrun:\n  host: [private]\n  cwd: [private]\n  command: [python, "[private]"]\n---\nsee [private] and /v1/x\n',
    );
  });

  test("leaves sentences alone that only look like paths", () => {
    const front = "title: Try /v1 and w/ or w/o\nreason: a/b is fine\nconfig: { optimizer: { name: adam }, ratio: 1/2 }\n";
    assert.deepEqual(file(front, "x\n"), { text: `---\n${front}---\nx\n`, hidden: false });
  });

  test("is the very file where the journal allows it", () => {
    const text = "---\nhost: a\n---\n/home/ada\n";
    assert.deepEqual(publicFile(text, 12, open), { text, hidden: false });
  });
});

test("a log keeps its words and loses paths, addresses and hosts", () => {
  const { text } = publicLog('File "/opt/ada/train.py", line 3\nada@gpu-01: mail bob@example.org\n', hidden);
  assert.equal(text, 'File "[private]", line 3\n[private]: mail [private]\n');
});

test("hostile text costs little time", () => {
  const parts = ["/", "a@", "C:\\", "\\\\a", "file://", "host: ", "a.", "x@y."];
  const start = process.cpuUsage();
  for (const part of parts) publicLog(part.repeat(200_000 / part.length) + "x".repeat(50_000), hidden);
  publicFile(parts.map((part) => part.repeat(50_000 / part.length)).join("\n"), 100_000, hidden);
  const { user } = process.cpuUsage(start);
  assert.ok(user < 3_000_000, `${user} µs`);
});
