// The pages of runs as a build plans and writes them.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import { readAssets } from "../../src/build/assets.ts";
import type { Content } from "../../src/build/plan.ts";
import { planRuns } from "../../src/build/plan-runs.ts";
import { openSite } from "../../src/build/site.ts";
import { openJournal } from "../../src/store/journal.ts";
import { makeRandom } from "../support/edits.ts";
import { generate } from "../support/generate.ts";

const folder = mkdtempSync(join(tmpdir(), "journal-run-pages-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const assets = readAssets();
let count = 0;

interface Files {
  readonly [path: string]: string | Uint8Array;
}

function write(root: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function makeJournal(files: Files): string {
  const root = join(folder, String(count++));
  write(root, { "journal.yaml": "title: Journal\n", ...files });
  return root;
}

const plan = (root: string) => new Map(planRuns(openSite(openJournal(root, { now: () => new Date("2026-11-20T12:00:00Z") }), assets, {})));

async function made(root: string): Promise<ReadonlyMap<string, string>> {
  const out = new Map<string, string>();
  const text = (content: Content = ""): string => (typeof content === "string" ? content : new TextDecoder().decode(content));
  for (const [address, { make }] of plan(root)) out.set(address, text(await make()));
  return out;
}

const front = (id: string, more = "", body = ""): string => `---\nid: ${id}\ntitle: ${id}\nstatus: finished\n${more}---\n${body}`;
const csv = (end: number): string => `epoch,loss\n1,2\n2,${end}\n`;

describe("beside the page of a run", () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff, 0]);
  const root = makeJournal({
    "experiments/EXP001-aaaa.md": front("EXP001-aaaa", "metrics: { loss: 0.5 }\n"),
    "experiments/EXP001-aaaa.files/curves.csv": csv(0.5),
    "experiments/EXP002-bbbb.md": front(
      "EXP002-bbbb",
      "base: EXP001-aaaa\nmetrics: { loss: 0.4 }\n",
      "![x](EXP002-bbbb.files/a%20b.png) [log](EXP002-bbbb.files/run.log)\n",
    ),
    "experiments/EXP002-bbbb.files/curves.csv": csv(0.4),
    "experiments/EXP002-bbbb.files/confusion.csv": "cat,dog\n1,2\n",
    "experiments/EXP002-bbbb.files/a b.png": png,
    "experiments/EXP002-bbbb.files/deep/page.HTML": "<script>alert(1)</script>",
    "experiments/EXP002-bbbb.files/evil.svg": "<svg><script>alert(1)</script></svg>",
    "experiments/EXP002-bbbb.files/good.svg": "<svg><path/></svg>",
    "experiments/EXP002-bbbb.files/run.log": "at /home/ada/x.py\n",
    "experiments/EXP002-bbbb.files/.hidden": "x",
    "experiments/EXP002-bbbb.files/big.bin": new Uint8Array(5_000_001),
    "experiments/EXP003-cccc.md": front("EXP003-cccc"),
  });

  test("lie its files: nothing that a browser would run, nothing hidden, nothing huge", async () => {
    assert.deepEqual(
      [...plan(root).keys()].filter((address) => address.includes("EXP002-bbbb.files")),
      ["curves.csv", "confusion.csv", "a b.png", "deep/page.HTML.txt", "evil.svg.txt", "good.svg", "run.log"]
        .map((name) => `runs/EXP002-bbbb.files/${name}`)
        .sort(),
    );
    assert.deepEqual(await plan(root).get("runs/EXP002-bbbb.files/a b.png")?.make(), Buffer.from(png));
    assert.equal((await made(root)).get("runs/EXP002-bbbb.files/run.log"), "at [private]\n");
  });

  test("lies its curve as a script that says only data, and a run without any has none", async () => {
    const files = await made(root);
    const scripts = [...files].filter(([address]) => address.startsWith("data/curves/"));
    assert.deepEqual(
      scripts.map(([address]) => address),
      ["data/curves/EXP001-aaaa.js", "data/curves/EXP002-bbbb.js"],
    );
    const window: { journal?: unknown } = {};
    for (const [, script] of scripts) runInNewContext(script, { window });
    assert.deepEqual(JSON.parse(JSON.stringify(window.journal)), {
      curves: {
        "EXP001-aaaa": {
          series: [
            {
              name: "loss",
              x: "epoch",
              points: [
                [1, 2],
                [2, 0.5],
              ],
            },
          ],
        },
        "EXP002-bbbb": {
          series: [
            {
              name: "loss",
              x: "epoch",
              points: [
                [1, 2],
                [2, 0.4],
              ],
            },
          ],
        },
      },
    });
  });

  test("the page names the scripts of its own curves and its base's, draws them, and leads to its files", async () => {
    const html = (await made(root)).get("runs/EXP002-bbbb.html") ?? "";
    assert.match(
      html,
      /data-curves="\.\.\/data\/curves\/EXP002-bbbb\.js" data-base="EXP001-aaaa" data-base-curves="\.\.\/data\/curves\/EXP001-aaaa\.js"/,
    );
    assert.match(html, /EXP001-aaaa ended at 0\.5/);
    assert.match(html, /<script defer src="[^"]*chart-/);
    for (const way of ["a%20b.png", "deep/page.HTML.txt", "evil.svg.txt", "run.log"])
      assert.ok(html.includes(`href="EXP002-bbbb.files/${way}"`), way);
    assert.match(html, /big\.bin<span class="note"> 5\.0 MB, too large for the site/);
    assert.doesNotMatch((await made(root)).get("runs/EXP003-cccc.html") ?? "", /data-island="curves"|chart-/);
  });
});

test("a run that failed shows the last lines of its log, without colours and what was drawn over", async () => {
  const log = `${Array.from({ length: 40 }, (_, at) => `step ${at}`).join("\n")}\n10%\r100%|####\r\n\u001b[31mCUDA out of memory\u001b[0m <b>\n`;
  const root = makeJournal({
    "experiments/EXP001-aaaa.md": front("EXP001-aaaa").replace("finished", "failed"),
    "experiments/EXP001-aaaa.files/train.log": log,
    "experiments/EXP002-bbbb.md": front("EXP002-bbbb"),
    "experiments/EXP002-bbbb.files/train.log": log,
  });
  const files = await made(root);
  const tail = /<pre class="tail">([^<]*)/.exec(files.get("runs/EXP001-aaaa.html") ?? "")?.[1]?.split("\n") ?? [];
  assert.equal(tail.length, 20);
  assert.deepEqual([tail[0], ...tail.slice(-2)], ["step 22", "100%|####", "CUDA out of memory &lt;b>"]);
  assert.doesNotMatch(files.get("runs/EXP002-bbbb.html") ?? "", /class="tail"/);
});

test("a hidden run has no page, and nothing leads to it", async () => {
  const root = makeJournal({
    "experiments/EXP001-aaaa.md": front("EXP001-aaaa", "hidden: true\n").replace("title: EXP001-aaaa", "title: Secret"),
    "experiments/EXP002-bbbb.md": front("EXP002-bbbb", "base: EXP001-aaaa\n"),
    "experiments/EXP003-cccc.md": front("EXP003-cccc", "base: EXP002-bbbb\nhidden: true\n").replace("title: EXP003-cccc", "title: Secret"),
  });
  const files = await made(root);
  assert.deepEqual([...files.keys()], ["runs/EXP002-bbbb.md", "runs/EXP002-bbbb.html"]);
  assert.doesNotMatch(files.get("runs/EXP002-bbbb.html") ?? "", /Secret|EXP003|href="[^"]*EXP001/);
});

test("two files of one id, and two ids of one name, keep a page each", async () => {
  const root = makeJournal({
    "experiments/a.md": front("EXP001-aaaa"),
    "experiments/b.md": front("EXP001-aaaa"),
    "experiments/c.md": front("exp001-AAAA"),
    "experiments/d.md": front('"EXP001/aaaa"'),
    "experiments/e.md": front('"EXP001 aaaa"'),
  });
  const pages = [...(await made(root)).keys()].filter((address) => address.endsWith(".html"));
  assert.equal(new Set(pages.map((address) => address.toLowerCase())).size, 5);
});

test("the file beside the page is the very file, unless it says what is private: then the page says so", async () => {
  const secret = "run: { cwd: /home/ada/x, host: gpu-01 }\nhardware: { gpu: T4, hostname: gpu-01 }\n";
  const files = {
    "experiments/EXP001-aaaa.md": front("EXP001-aaaa"),
    "experiments/EXP002-bbbb.md": front("EXP002-bbbb", secret, "mail ada@example.org\n"),
  };
  const hidden = await made(makeJournal(files));
  assert.equal(hidden.get("runs/EXP001-aaaa.md"), files["experiments/EXP001-aaaa.md"]);
  for (const address of ["runs/EXP002-bbbb.md", "runs/EXP002-bbbb.html"])
    assert.doesNotMatch(hidden.get(address) ?? "", /home\/ada|gpu-01|@example/, address);
  assert.match(hidden.get("runs/EXP002-bbbb.html") ?? "", /private values left out/);
  assert.doesNotMatch(hidden.get("runs/EXP001-aaaa.html") ?? "", /private values left out/);
  const open = await made(makeJournal({ ...files, "journal.yaml": "title: J\nsite: { private: true }\n" }));
  assert.equal(open.get("runs/EXP002-bbbb.md"), files["experiments/EXP002-bbbb.md"]);
  assert.match(open.get("runs/EXP002-bbbb.html") ?? "", /gpu-01/);
});

test("hostile words in any field are shown as typed", async () => {
  const bad = `"<img src=x onerror=alert(1)> [a](javascript:alert(1)) \\u0003 \\"'"`;
  const fields = ["title", "experimenter", "hypothesis", "reason", "protocol", "verdict", "source", "decision", "made_up", "date"]
    .map((key) => `${key}: ${bad}\n`)
    .join("");
  const more = [
    `tags: [${bad}]`,
    `aliases: [${bad}]`,
    `assumptions: [${bad}]`,
    `config: { ${bad}: ${bad} }`,
    `metrics: { ${bad}: 1, val_accuracy: ${bad} }`,
    `run: { command: [${bad}, ${bad}], commit: ${bad}, cwd: ${bad}, branch: ${bad}, more: ${bad} }`,
    `data: { ${bad}: { path: ${bad}, sha256: ${bad} } }`,
    `artifacts: [ { role: ${bad}, path: ${bad} } ]`,
    `hardware: { gpu: ${bad}, more: ${bad} }`,
    `software: { ${bad}: ${bad} }`,
    `earlier: [ { decision: keep, reason: ${bad}, by: ${bad}, date: ${bad} } ]`,
    `invalid: { val_accuracy: ${bad} }`,
    `rerun_of: ${bad}`,
    `repeat_of: ${bad}`,
    `base: [ ${bad} ]`,
    `repeats: [ { seed: ${bad}, exit: 3 } ]`,
  ].join("\n");
  const root = makeJournal({
    "journal.yaml": `title: ${bad}\nsite: { repository: ${bad} }\n`,
    "experiments/EXP001-aaaa.md": `---\nid: EXP001-aaaa\nstatus: failed\n${fields}${more}\n---\n<script>alert(1)</script>\n`,
    "experiments/EXP001-aaaa.files/<img src=x onerror=alert(1)>.log": "<script>alert(1)</script>\n",
    "experiments/EXP001-aaaa.files/c.csv": 'step,"<img src=x onerror=alert(1)>",</script><script>\n1,2,3\n',
    "experiments/EXP002-bbbb.md": "---\nid: EXP002-bbbb\ntitle: [<script>alert(1)</script>\n---\n<script>alert(1)</script>\n",
  });
  for (const [address, html] of await made(root)) {
    if (!address.endsWith(".html")) continue;
    const tags = html.match(/<[a-z](?:[^">]|"[^"]*")*>/gi) ?? [];
    assert.ok(html.includes("alert(1)"), `${address} shows what was typed`);
    for (const tag of tags) {
      const names = tag.replace(/="[^"]*"/g, "=");
      assert.doesNotMatch(names, /^<script(?! (?:defer )?src=)|^<img|\bon\w+=|\bstyle=/i, `${address}: ${tag}`);
      assert.doesNotMatch(tag, /(?:href|src)="\s*(?:javascript|data|vbscript|(?:https?:)?\/\/)/i, `${address}: ${tag}`);
    }
  }
  const script = (await made(root)).get("data/curves/EXP001-aaaa.js") ?? "";
  assert.doesNotMatch(script, /<\//);
});

describe("the key of a page", () => {
  type Edit = (root: string, paths: readonly string[], random: () => number) => string;
  const change = (root: string, path: string, edit: (text: string) => string): string => {
    writeFileSync(join(root, path), edit(readFileSync(join(root, path), "utf8")));
    return path;
  };
  const edits: Readonly<Record<string, Edit>> = {
    value: (root, paths, random) =>
      change(root, one(paths, random), (text) =>
        text.replace(/val_loss: \{ after: [^}]*\}/, `val_loss: { after: ${(0.2 + random() / 10).toFixed(4)} }`),
      ),
    repeats: (root, paths, random) =>
      change(root, one(paths, random), (text) =>
        text.replace(/training_time: \{ after: [^}]*\}/, "training_time: { after: [1.1 h, 1.3 h, 1.9 h] }"),
      ),
    metric: (root, paths, random) =>
      change(root, one(paths, random), (text) => text.replace("metrics:\n", `metrics:\n  odd_${Math.floor(random() * 3)}: { after: 3 }\n`)),
    title: (root, paths, random) => change(root, one(paths, random), (text) => text.replace(/^title: .*/m, `title: Renamed ${random()}`)),
    decision: (root, paths, random) =>
      change(root, one(paths, random), (text) =>
        text.replace(/^(?:decision: \w+\nreason: .*\n)?---\n\n/m, `decision: ${random() < 0.5 ? "keep" : "discard"}\nreason: r\n---\n\n`),
      ),
    config: (root, paths, random) =>
      change(root, one(paths, random), (text) => text.replace(/ {2}batch_size: .*/, `  batch_size: ${Math.floor(random() * 4) * 16}`)),
    base: (root, paths, random) =>
      change(root, one(paths, random), (text) => text.replace(/^base: .*/m, `base: EXP00${Math.floor(random() * 9)}`)),
    hide: (root, paths, random) => change(root, one(paths, random), (text) => text.replace("status:", "hidden: true\nstatus:")),
    break: (root, paths, random) => change(root, one(paths, random), (text) => text.replace("tags: [", "tags: [[")),
    rerun: (root, paths, random) =>
      change(root, one(paths, random), (text) => text.replace("status:", `rerun_of: EXP00${1 + Math.floor(random() * 8)}\nstatus:`)),
    twin: (root, paths, random) =>
      change(root, one(paths, random), (text) =>
        text.replace(/^id: .*/m, `id: ${/^id: (.*)/m.exec(readFileSync(join(root, one(paths, random)), "utf8"))?.[1]}`),
      ),
    link: (root, paths, random) =>
      change(
        root,
        one(paths, random),
        (text) => `${text}\nSee [it](${one(paths, random).split("/").at(-1)}) and [that](EXP001.files/x.csv).\n`,
      ),
    live: (root, paths, random) =>
      change(root, one(paths, random), (text) => `${text}\n\`\`\`journal table\ncolumns: [title, val_loss]\n\`\`\`\n`),
    curves: (root, paths, random) => {
      const path = one(paths, random);
      const id = /^id: (.*)/m.exec(readFileSync(join(root, path), "utf8"))?.[1] ?? "x";
      write(root, { [`${dirname(path)}/${id}.files/curves.csv`]: csv(random()) });
      return path;
    },
    unit: (root) =>
      change(root, "journal.yaml", (text) =>
        text.replace("val_loss: { goal: min }", `val_loss: { goal: ${text.includes("goal: max }") ? "min" : "max"} }`),
      ),
    label: (root, _, random) => change(root, "journal.yaml", (text) => text.replace(/label: [^}]*/, `label: Accuracy ${random()} `)),
  };
  const one = (paths: readonly string[], random: () => number): string => paths[Math.floor(random() * paths.length)] ?? "";

  test("changes whenever the page does, over random edits of a journal", async () => {
    const random = makeRandom(7);
    const files = generate({ runs: 24, studies: 1, seed: 5 });
    const root = makeJournal(Object.fromEntries(files));
    const paths = [...files.keys()].filter((path) => path.endsWith(".md"));
    let before = new Map<string, { readonly key: string; readonly text: string }>();
    const kept: number[] = [];
    for (let round = 0; round < 40; round += 1) {
      const now = new Map<string, { readonly key: string; readonly text: string }>();
      let same = 0;
      const done = round === 0 ? "nothing" : (Object.keys(edits)[round % Object.keys(edits).length] ?? "");
      const where = edits[done]?.(root, paths, random) ?? "";
      for (const [address, { key, make }] of plan(root)) {
        const text = String(await make());
        const own = key?.() ?? "";
        assert.notEqual(own, "", address);
        const old = before.get(address);
        if (old?.key === own) {
          same += 1;
          assert.equal(text, old.text, `${done} of ${where} changed ${address}, whose key stayed`);
        }
        now.set(address, { key: own, text });
      }
      if (round > 0) kept.push(same / now.size);
      before = now;
    }
    const median = kept.sort((left, right) => left - right)[kept.length >> 1] ?? 0;
    assert.ok(median > 0.6, `one edit leaves most pages as they are: ${median}`);
  });

  const two = (more = ""): Files => ({
    "experiments/EXP001-aaaa.md": front("EXP001-aaaa", "date: 2026-11-18\nmetrics: { loss: 0.5 }\n"),
    "experiments/EXP002-bbbb.md": front("EXP002-bbbb", `date: 2026-11-19\nmetrics: { loss: 0.4 }\n${more}`),
  });
  const many = (value: string): Files =>
    Object.fromEntries(
      [3, 4, 5, 6, 7, 8].map((at) => [
        `experiments/EXP00${at}-zzzz.md`,
        front(`EXP00${at}-zzzz`, `config: { a: ${at} }\nmetrics: { ${value} }\n`),
      ]),
    );
  const cases: Readonly<Record<string, readonly [before: Files, now: Files]>> = {
    "the repository": [two(), { "journal.yaml": "title: Journal\nsite: { repository: https://example.org/r }\n" }],
    "which run is the baseline": [two(), { "experiments/EXP001-aaaa.md": front("EXP001-aaaa").replace("finished", "failed") }],
    "the base's value": [two("base: EXP001-aaaa\n"), { "experiments/EXP001-aaaa.md": front("EXP001-aaaa", "metrics: { loss: 0.9 }\n") }],
    "the base's curve": [
      { ...two("base: EXP001-aaaa\n"), "experiments/EXP001-aaaa.files/c.csv": csv(0.5), "experiments/EXP002-bbbb.files/c.csv": csv(0.4) },
      { "experiments/EXP001-aaaa.files/c.csv": csv(0.6) },
    ],
    "its own curve": [{ ...two(), "experiments/EXP002-bbbb.files/c.csv": csv(0.4) }, { "experiments/EXP002-bbbb.files/c.csv": csv(0.3) }],
    "the name of a metric that only its curve has": [
      {
        ...two(),
        "experiments/EXP001-aaaa.md": front("EXP001-aaaa", "metrics: { acc: 1 }\n"),
        "experiments/EXP002-bbbb.files/c.csv": "epoch,acc\n1,2\n",
      },
      { "journal.yaml": "title: Journal\nmetrics: { acc: { label: Accuracy } }\n" },
    ],
    "the run that it executes again": [
      two("rerun_of: EXP001-aaaa\n"),
      { "experiments/EXP001-aaaa.md": front("EXP001-aaaa", "date: 2026-11-18\nmetrics: { loss: 0.9 }\n") },
    ],
    "a child's title": [
      { ...two(), "experiments/EXP003-cccc.md": front("EXP003-cccc", "base: EXP002-bbbb\n") },
      { "experiments/EXP003-cccc.md": front("EXP003-cccc", "base: EXP002-bbbb\n").replace("title: EXP003-cccc", "title: New") },
    ],
    "how many children it has": [
      { ...two(), "experiments/EXP003-cccc.md": front("EXP003-cccc", "base: EXP002-bbbb\n") },
      { "experiments/EXP004-dddd.md": front("EXP004-dddd", "base: EXP002-bbbb\n") },
    ],
    "a repetition of it": [
      { ...two(), "experiments/EXP003-cccc.md": front("EXP003-cccc", "repeat_of: EXP002-bbbb\nmetrics: { loss: 0.5 }\n") },
      { "experiments/EXP003-cccc.md": front("EXP003-cccc", "repeat_of: EXP002-bbbb\nmetrics: { loss: 0.3 }\n") },
    ],
    "a repetition of its base": [
      {
        ...two("base: EXP001-aaaa\n"),
        "experiments/EXP003-cccc.md": front("EXP003-cccc", "repeat_of: EXP001-aaaa\nmetrics: { loss: 0.6 }\n"),
      },
      { "experiments/EXP003-cccc.md": front("EXP003-cccc", "repeat_of: EXP001-aaaa\nmetrics: { loss: 0.4 }\n") },
    ],
    "where a link of its prose leads": [
      { ...two(), "experiments/EXP002-bbbb.md": front("EXP002-bbbb", "", "[x](EXP001-aaaa.md)\n") },
      { "experiments/EXP001-aaaa.md": front("EXP001-aaaa", "date: 2026-11-18\nhidden: true\nmetrics: { loss: 0.5 }\n") },
    ],
    "a problem that only other runs show": [{ ...two("config: { a: 1 }\n"), ...many("loss: 0.4") }, many("loss: 40 u")],
    "the order of the metrics": [
      {
        ...two(),
        "experiments/EXP002-bbbb.md": front("EXP002-bbbb", "metrics: { a_count: 1, b_count: 2 }\n"),
        ...many("loss: 1, a_count: 1"),
      },
      many("loss: 1, b_count: 1"),
    ],
    "the noise of a metric": [{ ...two("base: EXP001-aaaa\n"), ...many("loss: [0.4, 0.41, 0.42]") }, many("loss: [0.4, 0.6, 0.9]")],
    "the settings of a study that its base belongs to": [
      {
        "experiments/x/study.yaml": "title: X\n",
        "experiments/x/EXP001-aaaa.md": front("EXP001-aaaa", "metrics: { loss: 0.5 }\n"),
        "experiments/EXP002-bbbb.md": front("EXP002-bbbb", "base: EXP001-aaaa\nmetrics: { loss: 0.4 }\n"),
      },
      { "experiments/x/study.yaml": "title: X\nprotocols: { v1: { invalid: [loss] } }\n" },
    ],
    "whether private facts are shown": [
      two("run: { cwd: /home/ada/x }\n"),
      { "journal.yaml": "title: Journal\nsite: { private: true }\n" },
    ],
  };
  for (const [what, [before, now]] of Object.entries(cases))
    test(`changes with ${what}`, async () => {
      const root = makeJournal(before);
      const look = async (): Promise<readonly [key: string | undefined, text: string]> => {
        const page = plan(root).get("runs/EXP002-bbbb.html");
        return [page?.key?.(), String(await page?.make())];
      };
      const [key, text] = await look();
      write(root, now);
      const [newKey, newText] = await look();
      assert.notEqual(newText, text, "the page says something else now");
      assert.notEqual(newKey, key);
    });

  test("of one run says nothing about the number of runs, their ranks or a run that is no kin", () => {
    const kin = {
      "experiments/EXP001-aaaa.md": front("EXP001-aaaa", "metrics: { loss: 0.5 }\n"),
      "experiments/EXP002-bbbb.md": front("EXP002-bbbb", "base: EXP001-aaaa\nmetrics: { loss: 0.4 }\n"),
    };
    const root = makeJournal(kin);
    const keys = (): readonly (readonly [string, string])[] =>
      [...plan(root)].map(([address, { key }]) => [address, key?.() ?? ""] as const);
    const before = keys();
    write(root, { "experiments/EXP003-cccc.md": front("EXP003-cccc", "config: { a: 1 }\nmetrics: { loss: 0.1 }\n") });
    const now = new Map(keys());
    for (const [address, key] of before) assert.equal(now.get(address), key, address);
  });
  test("stays where one more configuration tells the same noise", () => {
    const repeated = (id: number): Files => ({
      [`experiments/EXP${id}-zzzz.md`]: front(`EXP${id}-zzzz`, `config: { a: ${id} }\nmetrics: { loss: [0.4, 0.41, 0.42] }\n`),
    });
    const root = makeJournal({
      "experiments/EXP001-aaaa.md": front("EXP001-aaaa", "metrics: { loss: 0.5 }\n"),
      "experiments/EXP002-bbbb.md": front("EXP002-bbbb", "base: EXP001-aaaa\nmetrics: { loss: 0.4 }\n"),
      ...Object.assign({}, ...Array.from({ length: 60 }, (_, at) => repeated(100 + at))),
    });
    const key = (): string | undefined => plan(root).get("runs/EXP002-bbbb.html")?.key?.();
    const before = key();
    write(root, repeated(160));
    assert.equal(key(), before);
  });
});
