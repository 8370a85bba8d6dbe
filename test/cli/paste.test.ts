// What hints offer to paste does what it says, whatever strangers called their runs; and small refusals of what makes no sense.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { makeJournal, type Place } from "./world.ts";

/** The commands between backticks of every hint; hostile backticks stand inside single quotes. */
function commandsIn(hint: string): readonly string[] {
  return [...hint.matchAll(/`((?:git|journal) (?:'[^']*'|\\'|[^'`])*)`/g)].map(([, command = ""]) => command);
}

/** Pasted into a shell that has neither git nor journal, a command may fail but nothing else may start. */
function paste(place: Place, commands: readonly string[]): void {
  for (const command of commands) spawnSync("sh", ["-c", `git() { :; }; journal() { :; }; ${command}`], { cwd: place.root });
  assert.equal(existsSync(join(place.root, "pwned")), false, commands.join("\n"));
}

describe("a hint to paste", { skip: process.platform === "win32" && "no POSIX shell" }, () => {
  for (const id of ["EXP9$(touch pwned)", "EXP9`touch pwned`", "EXP9'; touch pwned; '", "EXP9; touch pwned"]) {
    it(`starts nothing for ${id}`, async () => {
      const text = `---\nid: ${JSON.stringify(id)}\ntitle: x\nstatus: finished\nmetrics: { "$(touch pwned)": { before: 1 } }\n---\n`;
      const place = makeJournal({ "experiments/b$(touch pwned).md": text });
      const calls = [["check"], ["drop", id], ["keep", id], ["invalidate", id], ["set", id, "titel=x"], ["log", id, "val_acuracy=1"]];
      for (const call of calls) {
        const { data, error, errors, warnings } = await place.json(...call);
        const problems = [...(data?.problems ?? []), error, ...(errors ?? []), ...warnings];
        paste(
          place,
          problems.flatMap((problem) => commandsIn(problem?.hint ?? "")),
        );
      }
    });
  }
});

describe("what makes no sense", () => {
  it("is no base: a run itself", async () => {
    const place = makeJournal();
    const before = place.read("experiments/EXP002-bbbb-double-the-batch.md");
    for (const word of ["base=2", "base=1, 2", "repeat_of=EXP002-bbbb"]) {
      const { error } = await place.json("set", "2", word);
      assert.deepEqual([error?.code, error?.exit], ["cli/fixed-field", 2], word);
    }
    assert.equal(place.read("experiments/EXP002-bbbb-double-the-batch.md"), before);
  });

  it("finishes no plan: a value that is absent", async () => {
    const place = makeJournal();
    const status = async (): Promise<string> => (await place.json("show", "3")).data.run.status;
    for (const word of ["val_accuracy=", "val_accuracy=~"]) {
      assert.equal((await place.call("log", "3", word)).exit, 0);
      assert.equal(await status(), "planned", word);
    }
    await place.call("log", "3", "val_accuracy=88%");
    assert.equal(await status(), "finished");
  });
});
