import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { sha256 } from "../../src/base/hash.ts";
import { readArtifacts, readNamed, type Wanted } from "../../src/capture/artifacts.ts";
import { readData } from "../../src/capture/data.ts";
import { readEnvironment } from "../../src/capture/environment.ts";
import { codeFacts, environmentFacts, freezeFile } from "../../src/capture/facts.ts";
import { readHardware } from "../../src/capture/hardware.ts";
import { watchUsage } from "../../src/capture/usage.ts";
import { makeFolder, put } from "../store/folder.ts";

const capture = { env: [], packages: [], patterns: [], artifacts: [] };

/** A folder for the path with programs that answer as told. */
function makePrograms(context: TestContext, programs: Readonly<Record<string, string>>): string {
  const folder = makeFolder(context, programs);
  for (const name of Object.keys(programs)) chmodSync(join(folder, name), 0o755);
  return `${folder}:${process.env["PATH"]}`;
}

test("declared packages, the interpreter behind the command, CUDA and everything installed are read", async (context) => {
  const answer = {
    version: "3.11.7",
    packages: [
      ["torch", "2.1.0+cu121", null],
      ["My_Lib", "1.0", "-e file:///src"],
      ["numpy", "1.26.0", null],
    ],
  };
  const PATH = makePrograms(context, { python3: `#!/bin/sh\necho '${JSON.stringify(answer)}'\n` });
  const folder = makeFolder(context, { "train.py": "", "requirements.txt": "torch\n" });
  const declared = { capture: { ...capture, packages: ["my-lib", "absent"] } };
  const facts = await readEnvironment(folder, ["python3", "train.py"], declared, { PATH });
  assert.deepEqual(facts.software, { python: "3.11.7", "my-lib": "1.0", cuda: "12.1" });
  assert.equal(facts.freeze, "-e file:///src#egg=My_Lib\nnumpy==1.26.0\ntorch==2.1.0+cu121\n");
  assert.deepEqual(facts.locks, [{ path: "requirements.txt", sha256: sha256("torch\n") }]);
  const guessed = await readEnvironment(folder, ["env", "A=1", "python3", "train.py"], { capture }, { PATH });
  assert.deepEqual(guessed.software, { python: "3.11.7", torch: "2.1.0+cu121", numpy: "1.26.0", cuda: "12.1" });
});

test("only variables that matter are shown, and never a secret", async (context) => {
  const folder = makeFolder(context);
  const settings = { capture: { ...capture, env: ["MY_FLAG", "WANDB_API_KEY"] } };
  const environment = {
    MY_FLAG: "x",
    WANDB_API_KEY: "0123456789abcdef",
    CUDA_VISIBLE_DEVICES: "0",
    HOME: "/home/ada",
    TORCH_TOKEN: "abcdefgh1",
    NOTE: "y",
  };
  const { variables } = await readEnvironment(folder, ["true"], settings, environment);
  assert.deepEqual(variables, { CUDA_VISIBLE_DEVICES: "0", MY_FLAG: "x", WANDB_API_KEY: "[redacted:wandb-api-key]" });
});

test("the machine is described, with its graphics cards where there are any", async (context) => {
  const smi = "#!/bin/sh\necho '0, GPU-1111aaaa, NVIDIA T4, 15360, 535.1'\necho '1, GPU-2222bbbb, NVIDIA T4, 15360, 535.1'\n";
  const PATH = makePrograms(context, { "nvidia-smi": smi });
  const both = await readHardware({ PATH });
  assert.deepEqual([both.gpu, both.gpu_count, both.gpu_memory, both.driver], ["NVIDIA T4", 2, "15 GB", "535.1"]);
  assert.equal((await readHardware({ PATH, CUDA_VISIBLE_DEVICES: "1" })).gpu_count, undefined);
  const none = await readHardware({ PATH: "" });
  assert.deepEqual([none.gpu, none.cores > 0, /^\d+(\.\d)? GB$/.test(none.ram)], [undefined, true, true]);
});

test("time and memory are those of all processes of a run", { skip: process.platform !== "linux" && "reads /proc" }, async () => {
  const busy =
    "const b = Buffer.alloc(150e6, 1); const end = process.cpuUsage().user + 400e3; while (process.cpuUsage().user < end) b[0]++;";
  const work = `${busy} const { user, system } = process.cpuUsage(); console.log((user + system) / 1e6)`;
  const child = spawn("sh", ["-c", `"${process.execPath}" -e '${work}'; "${process.execPath}" -e '${work}'`]);
  let said = "";
  child.stdout.on("data", (text) => {
    said += text;
  });
  const watch = watchUsage(child.pid ?? 0, 500);
  await once(child, "close");
  const { peakRss = 0, user = 0, system = 0 } = watch.stop();
  const truth = said
    .trim()
    .split("\n")
    .reduce((sum, line) => sum + Number(line), 0);
  assert.ok(peakRss > 150e6 && peakRss < 400e6, `${peakRss}`);
  assert.ok(user + system > truth * 0.9 && user + system < truth * 1.1 + 0.3, `${user} + ${system}, not ${truth}`);
  assert.ok(watch.points.length > 0 && watch.points.every(({ rss }) => rss > 0));
});

test("data is known by what it holds; the hash is kept while the file stays as it was", async (context) => {
  const root = makeFolder(context, { "data/train/b.txt": "two", "data/train/a/c.txt": "three", "one.csv": "1" });
  symlinkSync(join(root, "data"), join(root, "linked"));
  const old = new Date("2026-01-01");
  for (const path of ["data/train/b.txt", "data/train/a/c.txt", "one.csv"]) utimesSync(join(root, path), old, old);
  const data = {
    train: { path: "data/train", role: "train" },
    same: { path: "linked/train" },
    one: { path: "one.csv" },
    gone: { path: "nowhere" },
  };
  const first = await readData(root, { data });
  const folder = sha256(`${sha256("three")} 5 a/c.txt\n${sha256("two")} 3 b.txt\n`);
  assert.deepEqual(first.data, [
    { name: "train", path: "data/train", role: "train", sha256: folder },
    { name: "same", path: "linked/train", sha256: folder },
    { name: "one", path: "one.csv", sha256: sha256("1") },
    { name: "gone", path: "nowhere" },
  ]);
  assert.equal(first.missing.length, 1);
  writeFileSync(join(root, "data/train/b.txt"), "TWO");
  assert.notEqual((await readData(root, { data })).data[0]?.sha256, folder);
  assert.match((await readData(root, { data }, 0)).missing[0] ?? "", /bytes to read/);
});

test("artifacts are known by size and hash; one that is not there, or was there before, is named", async (context) => {
  const root = makeFolder(context);
  put(root, { "out/best.pt": "weights", "out/sub/last.pt": "last", "out/old.pt": "old", "log.txt": "x" });
  const past = new Date(Date.now() - 3_600_000);
  utimesSync(join(root, "out/old.pt"), past, past);
  const place: Wanted = { root, home: root, cwd: join(root, "out"), since: 0, patterns: [], usual: [], named: [] };
  const { artifacts, missing } = await readArtifacts({ ...place, named: [{ role: "checkpoint", path: "best.pt" }, { path: "none.pt" }] });
  assert.deepEqual(artifacts, [{ role: "checkpoint", path: "out/best.pt", bytes: 7, sha256: sha256("weights") }]);
  assert.deepEqual(missing, ["`out/none.pt` is not there"]);
  const paths = async (more: Partial<Wanted>): Promise<readonly string[]> => {
    const found = await readArtifacts({ ...place, ...more });
    return [...found.artifacts.map(({ path }) => path), ...found.missing];
  };
  assert.deepEqual(await paths({ usual: [join(root, "out/**/*.pt")] }), ["out/best.pt", "out/old.pt", "out/sub/last.pt"]);
  assert.deepEqual(await paths({ usual: [join(root, "nothing/*.pt")] }), []);
  // A change of the inode counts too, so that a copy with an old date is new; here all are new.
  const later = Date.now() + 60_000;
  assert.deepEqual(
    await paths({ since: later, usual: [join(root, "out/*.pt")], patterns: [join(root, "out/best.pt"), join(root, "no.pt")] }),
    ["`out/best.pt` was there before and was not written by this run", "`no.pt` is not there"],
  );
  const elsewhere = await readArtifacts({ ...place, root: join(root, "out"), named: [{ path: join(root, "log.txt") }, { path: "sub" }] });
  assert.deepEqual(
    elsewhere.artifacts.map(({ path, bytes }) => [path, bytes]),
    [
      [join(root, "log.txt"), 1],
      ["sub", 4],
    ],
  );
  const stopped = await readArtifacts({ ...place, named: [{ path: "best.pt" }] }, AbortSignal.abort());
  assert.deepEqual(stopped.artifacts, [{ path: "out/best.pt", bytes: 7 }]);
});

test("a command names its artifacts line by line: paths, roles before a tab, records", (context) => {
  const root = makeFolder(context);
  put(root, { artifacts: 'out/a b.pt\ncheckpoint\tout/best.pt\r\n{"path":"x\\ty.pt","role":"odd"}\n{seed}.pt\n\n{"role":"none"}\n' });
  assert.deepEqual(readNamed(join(root, "artifacts")), [
    { path: "out/a b.pt" },
    { role: "checkpoint", path: "out/best.pt" },
    { path: "x\ty.pt", role: "odd" },
    { path: "{seed}.pt" },
    { path: '{"role":"none"}' },
  ]);
  assert.deepEqual(readNamed(join(root, "none")), []);
});

test("what goes under `run` says what the snapshot lacks, and no list of it is endless", () => {
  const left = Array.from({ length: 30 }, (_, at) => ({ path: `big${at}.bin`, bytes: 2e6, why: "large" as const }));
  const facts = codeFacts({ commit: "c".repeat(40), snapshot: "a".repeat(40), dirty: true, left, missing: ["no commit yet"] });
  assert.equal(Object.keys(facts["left_out"] as object).length, 20);
  assert.deepEqual([facts["left_out_more"], facts["not_recorded"], facts["branch"]], [10, ["no commit yet"], undefined]);
  const locks = [{ path: "uv.lock", sha256: "b".repeat(64) }];
  assert.deepEqual(environmentFacts({ locks, variables: {} }), { locks: { "uv.lock": "b".repeat(64) } });
  assert.equal(freezeFile, "packages.txt");
});
