import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makeJournal, type Place } from "./world.ts";

const codes = async (place: Place, ...words: string[]): Promise<readonly string[]> =>
  (await place.json("check", ...words)).data.problems.map(
    ({ code, path, line }: { code: string; path?: string; line?: number }) =>
      `${code} ${path ?? ""}${line === undefined ? "" : `:${line}`}`,
  );
const ofInterest = (found: readonly string[]): readonly string[] => found.filter((one) => /contradicted|dangling|dead-link/.test(one));

describe("journal check", () => {
  it("names numbers of a run's own text and of typed tables that the data contradict", async () => {
    const place = makeJournal();
    const path = "experiments/EXP001-aaaa-baseline.md";
    const before = place.read(path).split("\n").length;
    place.write(
      path,
      `${place.read(path)}\nThe final val_accuracy was 95.2%.\nThat is fine.\n\n| run | val_accuracy |\n|---|---|\n| EXP001 | 85.5% |\n| EXP002 | 99.1% |\n`,
    );
    place.write("reports/sum.md", "# Sum\n\n| run | val_accuracy |\n|---|---|\n| EXP001 | 11.1% |\n");
    assert.deepEqual(ofInterest(await codes(place)), [
      `report/contradicted ${path}:${before + 1}`,
      `report/contradicted ${path}:${before + 7}`,
      "report/contradicted reports/sum.md:5",
    ]);
  });
  it("leaves alone what agrees, code, and what it wrote itself", async () => {
    const place = makeJournal();
    const path = "experiments/EXP001-aaaa-baseline.md";
    place.write(path, `${place.read(path)}\nThe final val_accuracy was 85.5%.\n\n    val_accuracy: 12%\n\n> val_accuracy: 12%\n`);
    await place.call("index");
    assert.deepEqual(ofInterest(await codes(place)), []);
  });
  it("names attachments that are missing", async () => {
    const place = makeJournal();
    const path = "experiments/EXP001-aaaa-baseline.md";
    place.write(path, `${place.read(path)}\n![curve](EXP001-aaaa.files/curve.png) and [log](EXP001-aaaa.files/log.txt)\n`);
    assert.equal(ofInterest(await codes(place)).filter((one) => one.startsWith("cli/dead-link")).length, 2);
  });
  it("names commits that git does not hold, all at once; of kept runs as a warning", async () => {
    const place = makeJournal();
    place.git("add", ".");
    place.git("commit", "-qm", "first");
    const head = place.git("rev-parse", "HEAD").trim();
    await place.call("set", "1", `run.commit=${head}`);
    await place.call("set", "2", `run.commit=${"0".repeat(39)}1`);
    await place.call("set", "2", "code.from=abcdef1", `code.to=${head.slice(0, 8)}`);
    const found = (await place.json("check")).data.problems.filter(({ code }: { code: string }) => code.startsWith("cli/dangling"));
    assert.deepEqual(
      found.map(({ code, severity, path }: { code: string; severity: string; path: string }) => [code, severity, path]),
      [
        ["cli/dangling-commit", "note", "experiments/EXP002-bbbb-double-the-batch.md"],
        ["cli/dangling-commit", "note", "experiments/EXP002-bbbb-double-the-batch.md"],
      ],
    );
    assert.ok(found.every(({ line }: { line: number }) => line > 1));
    await place.call("keep", "2", "-m", "why not");
    const kept = (await place.json("check")).data.problems.filter(({ code }: { code: string }) => code.startsWith("cli/dangling"));
    assert.deepEqual(
      kept.map(({ severity }: { severity: string }) => severity),
      ["warning", "warning"],
    );
  });
  it("says once that the code lives elsewhere; of imported runs and shallow clones nothing", async () => {
    const place = makeJournal();
    place.git("commit", "-qm", "first", "--allow-empty");
    await place.call("set", "1", `run.commit=${"0".repeat(39)}1`);
    await place.call("set", "2", `run.commit=${"0".repeat(39)}2`);
    assert.deepEqual(ofInterest(await codes(place)), ["cli/dangling-commits "]);
    await place.call("set", "1", "source.tool=mlflow");
    await place.call("set", "2", "source.tool=mlflow");
    assert.deepEqual(ofInterest(await codes(place)), []);
  });
});
