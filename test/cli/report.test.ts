import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { makeJournal, makePlace } from "./world.ts";

describe("journal new --report", () => {
  test("writes a report with an example, and never over another one", async () => {
    const place = makeJournal();
    const { out, exit } = await place.call("new", "--report", 'Größe: "what" we learnt');
    assert.deepEqual([out, exit], ["reports/grosse-what-we-learnt.md\n", 0]);
    const text = place.read("reports/grosse-what-we-learnt.md");
    assert.match(text, /^---\ntitle: "Größe: \\"what\\" we learnt"\ndate: 2026-11-20\n[\s\S]*```journal table\n/);
    assert.equal((await place.call("new", "--report", 'Größe: "what" we learnt')).exit, 4);
    assert.equal(place.read("reports/grosse-what-we-learnt.md"), text);
  });

  test("asks for a title, and takes nothing that only a run has", async () => {
    const place = makeJournal();
    const code = async (...words: readonly string[]): Promise<unknown> => (await place.json("new", "--report", ...words)).error?.code;
    assert.equal(await code(), "cli/no-title");
    assert.equal(await code("A", "--tag", "x"), "cli/conflicting-options");
    assert.equal(await code("A", "--date", "soon"), "cli/not-a-date");
  });

  test("says which study its chart is about where there are several", async () => {
    const place = makeJournal({
      "experiments/ocr/study.yaml": "title: OCR\n",
      "experiments/ocr/EXP009-zzzz.md": "---\nid: EXP009-zzzz\n---\n",
    });
    await place.call("new", "--report", "A", "--study", "ocr");
    assert.match(place.read("reports/a.md"), /```journal chart\nstudy: ocr\n```/);
  });
});

const report = "---\ntitle: R\n---\nText.\n\n```journal table\nwhere: decision:keep\ncolumns: [title]\n```\n\nEnd.\n";

describe("journal index", () => {
  test("writes what a block shows below it, in reports and READMEs, and a second time nothing", async () => {
    const place = makeJournal({
      "reports/r.md": report,
      "experiments/README.md": "# A\n\n```journal best\n```\n\n<!-- journal:quick -->\n",
    });
    assert.equal((await place.call("index", "--check")).exit, 5);
    await place.call("index");
    const text = place.read("reports/r.md");
    assert.match(
      text,
      /```\n\n<!-- journal:live -->\n\n\| Run \| Title \|\n[\s\S]*\]\(\.\.\/experiments\/EXP[\s\S]*matches `decision:keep`\.\n\n<!-- \/journal:live -->\n\nEnd\.\n$/,
    );
    assert.match(place.read("experiments/README.md"), /```journal best\n```\n\n<!-- journal:live -->\n\n\| Goal/);
    const again = await place.call("index");
    assert.match(again.out, /reports\/r\.md \(unchanged\)/);
    assert.equal(place.read("reports/r.md"), text);
    assert.equal((await place.call("index", "--check")).exit, 0);
  });

  test("says what is wrong with a block, in the file too, and writes the others", async () => {
    const place = makeJournal({ "reports/r.md": `${report}\n\`\`\`journal table\nwhere: los > 3\n\`\`\`\n` });
    const { err, exit } = await place.call("index");
    assert.equal(exit, 0);
    assert.match(err, /reports\/r\.md:13.*query\/unknown-name/);
    assert.match(place.read("reports/r.md"), /\*\*Not shown:\*\* `los` is not a field/);
    assert.match(place.read("reports/r.md"), /matches `decision:keep`/);
  });

  test("leaves reports without blocks and runs as they are", async () => {
    const place = makeJournal({ "reports/plain.md": "# Plain\n" });
    const { out } = await place.call("index");
    assert.doesNotMatch(out, /plain/);
    assert.equal(place.read("reports/plain.md"), "# Plain\n");
  });
});

describe("journal check", () => {
  const found = async (files: Readonly<Record<string, string>>, ...only: readonly string[]): Promise<readonly string[]> => {
    const place = makeJournal(files);
    const { data } = await place.json("check", ...only);
    const problems = data.problems as readonly { code: string; path?: string; line?: number }[];
    return problems.flatMap(({ code, path, line }) =>
      path?.startsWith("experiments/EXP") === true || path === undefined ? [] : [`${path}:${line} ${code}`],
    );
  };

  test("finds dead links, broken blocks, broken charts and contradicted numbers in reports", async () => {
    const text =
      "# R\n[a](none.md) [b](../journal.yaml)\n\n```journal table\nwhere: los > 3\n```\n\n```vega-lite\nmark: dots\n```\n\nEXP001 has 12.3% val_accuracy.\n";
    assert.deepEqual(
      await found({ "reports/r.md": text, "charts/c.vl.yaml": "mark: point\ndata: { url: x }\n", "charts/d.vl.json": '{"mark": }' }),
      [
        "charts/c.vl.yaml:1 report/chart-loads",
        "charts/d.vl.json:1 report/not-a-chart",
        "reports/r.md:2 cli/dead-link",
        "reports/r.md:4 query/unknown-name",
        "reports/r.md:8 report/chart-word",
        "reports/r.md:12 report/contradicted",
      ],
    );
  });

  test("can be asked about one report, and looks into runs too", async () => {
    const files = { "reports/r.md": "```journal tabel\n```\n", "reports/s.md": "```journal tabel\n```\n" };
    assert.deepEqual(await found(files, "reports/r.md"), ["reports/r.md:1 report/unknown-block"]);
    assert.deepEqual((await found(files, "reports")).length, 2);
    const place = makePlace({
      "journal.yaml": "",
      "experiments/EXP001-aaaa.md": "---\nid: EXP001-aaaa\n---\n\n```journal best\nlimt: 3\n```\n",
    });
    const { data } = await place.json("check");
    assert.ok(data.problems.some(({ code, line }: { code: string; line: number }) => code === "report/unknown-key" && line === 6));
  });
});
