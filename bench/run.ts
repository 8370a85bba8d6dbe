// What `journal run` costs: a command of no length through it beside the bare command and an empty `node`, in a clean repository of 1,000
// files; and a gigabyte of talk through it beside `cat`. Output goes through pipes, so the mode is `pipe` (docs/run.md). Wall time over the
// bare command is what a user waits for; processor time, of the process and all it starts, is what a busy machine can still measure.
//
//   npm run bench -- run [--runs 50] [--files 1000] [--rounds 9] [--bytes 1G] [--program dist/cli/main.js]… [--record "What was tried"]
//
// Several programs are measured in turns, each over the one named first.

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { floor, makeJournal } from "./commands.ts";
import { measure, median, type Subject, type Timing } from "./measure.ts";
import { record, recording } from "./record.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "50" },
    files: { type: "string", default: "1000" },
    rounds: { type: "string", default: "9" },
    bytes: { type: "string", default: "1G" },
    program: { type: "string", multiple: true, default: ["dist/cli/main.js"] },
    ...recording,
  },
});
const [runs, files, rounds] = [Number(values.runs), Number(values.files), Number(values.rounds)];
const programs = values.program.map((path) => resolve(path));
const bare: Subject = { name: "true", command: ["true"] };
const folder = makeJournal(runs);
const generated = new Set(readdirSync(join(folder, "experiments")));

try {
  fill();
  const short = measure([bare, floor, ...programs.map((program) => through("run", program, ["true"]))], rounds);
  const [command, node, ...each] = short;
  const waits = each.map(({ times }) => times.map((time, round) => time - (command?.times[round] ?? 0)));
  const shares = each.map(({ cpu }) => ratios(cpu, node?.cpu ?? []));
  const talk = ["sh", "-c", `yes | head -c ${values.bytes}`] as const;
  const long = measure([piped(talk), ...programs.map((program) => through("talk", program, talk))], Math.max(3, rounds >> 1));
  const speeds = long.slice(1).map(({ times }) => ratios(long[0]?.times ?? [], times));
  const work = long.slice(1).map(({ cpu }) => ratios(cpu, long[0]?.cpu ?? []));
  console.log(`node ${process.version}, ${runs} runs, ${files} files, ${rounds} rounds`);
  for (const timing of [...short, ...long]) print(timing);
  for (const [at, program] of programs.entries())
    console.log(
      `${program}: ${median(waits[at] ?? []).toFixed(0)} ms over the bare command, ${median(shares[at] ?? []).toFixed(2)} × the processor ` +
        `time of node; ${median(speeds[at] ?? []).toFixed(2)} × the speed of cat at ${median(work[at] ?? []).toFixed(2)} × its processor time`,
    );
  const last = programs.length - 1;
  record(values, {
    config: { measured: "run", runs, files, rounds, bytes: values.bytes },
    metrics: {
      run_over_command: waits[last] ?? [],
      run_vs_node: shares[last] ?? [],
      talk_vs_cat: speeds[last] ?? [],
      talk_cpu_vs_cat: work[last] ?? [],
    },
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The repository, with code in it. */
function fill(): void {
  for (let at = 0; at < files; at += 1) {
    mkdirSync(join(folder, "src", `part${at % 20}`), { recursive: true });
    writeFileSync(join(folder, "src", `part${at % 20}`, `file${at}.py`), `print(${at})\n`.repeat(50));
  }
  writeFileSync(join(folder, ".gitignore"), ".journal/\n_site/\n");
  const git = (...words: readonly string[]) =>
    spawnSync("git", ["-c", "user.name=bench", "-c", "user.email=bench@localhost", ...words], { cwd: folder, stdio: "ignore" });
  git("add", ".");
  git("commit", "-q", "-m", "start");
}

/** What a run leaves is gone before the next one, and the cache of its own program knows the journal. */
function through(name: string, program: string, command: readonly string[]): Subject {
  const experiments = join(folder, "experiments");
  return {
    name,
    cwd: folder,
    command: [process.execPath, program, "run", "--", ...command],
    before: () => {
      for (const made of readdirSync(experiments)) if (!generated.has(made)) rmSync(join(experiments, made), { recursive: true });
      rmSync(join(folder, ".journal", "runs"), { recursive: true, force: true });
      spawnSync(process.execPath, [program, "list", "--json"], { cwd: folder, stdio: "ignore" });
    },
  };
}

/** Behind `cat`, as somebody would read along who keeps nothing. */
function piped([shell, option, line]: readonly [string, string, string]): Subject {
  return { name: "cat", cwd: folder, command: [shell, option, `{ ${line}; } | cat`] };
}

function ratios(times: readonly number[], ground: readonly number[]): readonly number[] {
  return times.map((time, round) => time / (ground[round] ?? Number.POSITIVE_INFINITY));
}

function print({ name, median: middle, spread, cpu, peak }: Timing): void {
  const range = spread.map((time) => time.toFixed(0)).join("–");
  const processor = cpu.length === 0 ? "" : `  ${median(cpu).toFixed(0).padStart(5)} ms CPU (least ${Math.min(...cpu).toFixed(0)})`;
  console.log(`${name.padEnd(8)} ${middle.toFixed(0).padStart(5)} ms (${range})${processor}  ${peak} MB`);
}
