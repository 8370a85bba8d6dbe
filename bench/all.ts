// Everything that docs/performance.md tells, measured in one go and kept as runs of our own journal: the site beside Eleventy and Hugo, the
// commands beside an empty `node`, what a reader waits for, what `journal run` adds. On a machine that does nothing else.
//
//   npm run bench -- all [--runs 100,1000,10000] [--rounds 3] [--study speed] [--only site,cli,browser,run] [--rivals <folder>] [--quick]

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    runs: { type: "string" },
    rounds: { type: "string" },
    study: { type: "string", default: "speed" },
    only: { type: "string", default: "cli,browser,run,serve,site" },
    rivals: { type: "string" },
    /** Says whether everything works; measures little. */
    quick: { type: "boolean", default: false },
  },
});
const runs = values.runs ?? (values.quick ? "100,1000" : "100,1000,10000");
const most = String(Math.max(...runs.split(",").map(Number)));
const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));

const measurements: Readonly<Record<string, readonly string[]>> = {
  // Short ones are disturbed more, and cost less: twice the rounds.
  cli: ["--runs", most, "--rounds", String(2 * rounds + 1), "--record", `The commands over ${most} runs`],
  browser: ["--runs", runs, "--rounds", String(2 * rounds - 1), "--record", "The site in a browser"],
  run: ["--rounds", String(3 * rounds), ...(values.quick ? ["--bytes", "64M"] : []), "--record", "What journal run adds to a command"],
  serve: ["--runs", most, "--rounds", String(rounds), "--record", `How soon serve shows a page of ${most} runs`],
  site: [
    ...["--runs", runs, "--rounds", String(rounds), "--record", "The site beside Eleventy and Hugo"],
    ...(values.rivals === undefined ? [] : ["--rivals", values.rivals]),
  ],
};

const began = Date.now();
for (const name of values.only.split(",")) {
  if (!existsSync(join(import.meta.dirname, `${name}.ts`))) {
    console.log(`\n== ${name}: not there`);
    continue;
  }
  console.log(`\n== ${name}`);
  const words = [...(measurements[name] ?? []), "--study", values.study, "--tag", "all"];
  const { status } = spawnSync(process.execPath, ["--import", "tsx", join(import.meta.dirname, "index.ts"), name, ...words], {
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = 1;
}
console.log(
  `\nin ${Math.round((Date.now() - began) / 1000)} s; \`journal index\` and \`npm run docs\` write the tables and docs/performance.md from it`,
);
