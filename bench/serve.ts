// How soon `journal serve` shows a page: one that it showed before it was ended, one that it never showed, and one after a save, as an open
// page hears of it and asks again. Each of the runs is known to the cache. Wall time, and processor time where the system tells it (Linux).
//
//   npm run bench -- serve [--runs 10000] [--rounds 3] [--page index.html] [--program dist/cli/main.js]… [--record "What was tried"]
//
// Several programs are measured in turns; the last one is recorded.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { writeJournal } from "../test/support/generate.ts";
import { median } from "./measure.ts";
import { record, recording } from "./record.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10000" },
    rounds: { type: "string", default: "3" },
    page: { type: "string", default: "index.html" },
    program: { type: "string", multiple: true, default: ["dist/cli/main.js"] },
    ...recording,
  },
});
const [runs, rounds] = [Number(values.runs), Number(values.rounds)];
const work = mkdtempSync(join(tmpdir(), "journal-bench-serve-"));

interface Taken {
  readonly wall: number;
  /** Absent where the system does not tell. */
  readonly cpu?: number;
}

try {
  const subjects = values.program.map((path, at) => ({ program: resolve(path), journal: make(join(work, String(at))), taken: empty() }));
  for (let round = 0; round < rounds; round++) for (const subject of subjects) await take(subject);
  console.log(`node ${process.version}, ${runs} runs, ${rounds} rounds, ${values.page}`);
  for (const { program, taken } of subjects) {
    console.log(program);
    for (const [name, each] of Object.entries(metricsOf(taken)))
      console.log(`  ${name.padEnd(18)} ${median(each).toFixed(2)} (${each.map((value) => value.toFixed(2)).join(" ")})`);
  }
  const last = subjects.at(-1);
  if (last !== undefined)
    record(values, { config: { measured: "serve", runs, rounds, page: values.page }, metrics: metricsOf(last.taken) });
} finally {
  rmSync(work, { recursive: true, force: true });
}

function empty(): Readonly<Record<"cold" | "warm" | "save", Taken[]>> {
  return { cold: [], warm: [], save: [] };
}

function make(journal: string): string {
  writeJournal(journal, { runs });
  spawnSync(process.execPath, [resolve(values.program.at(-1) ?? ""), "list", "--json"], { cwd: journal, stdio: "ignore" });
  return journal;
}

async function take({
  program,
  journal,
  taken,
}: {
  readonly program: string;
  readonly journal: string;
  readonly taken: ReturnType<typeof empty>;
}) {
  spawnSync(process.execPath, [program, "list", "--json"], { cwd: journal, stdio: "ignore" });
  const kept = join(journal, ".journal/cache/served");
  rmSync(kept, { recursive: true, force: true });
  const cold = await start(program, journal);
  taken.cold.push(cold.first);
  // A program that keeps nothing is as slow the second time.
  for (let waited = 0; waited < 80 && (!existsSync(kept) || readdirSync(kept).length === 0); waited++) await sleep(100);
  await stop(cold.child);
  const warm = await start(program, journal);
  taken.warm.push(warm.first);
  const heard = listen(warm.url);
  await heard();
  for (const counts of [false, false, true]) {
    const saved = await save(journal, warm, heard);
    if (counts) taken.save.push(saved);
    await sleep(2000);
  }
  await stop(warm.child);
}

interface Served {
  readonly child: ChildProcess;
  readonly url: string;
  readonly first: Taken;
}

async function start(program: string, journal: string): Promise<Served> {
  const began = performance.now();
  const child = spawn(process.execPath, [program, "serve", "-C", journal, "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
  const said = await new Promise<string>((tell) => child.stdout?.once("data", (data) => tell(String(data))));
  const url = said.trim().replace("localhost", "127.0.0.1");
  await ask(url + values.page);
  return { child, url, first: since(began, 0, child) };
}

async function save(journal: string, { child, url }: Served, heard: () => Promise<void>): Promise<Taken> {
  const experiments = join(journal, "experiments");
  const names = readdirSync(experiments).filter((name) => name.endsWith(".md"));
  const path = join(experiments, names[names.length >> 1] ?? "");
  const text = readFileSync(path, "utf8").replace(/val_loss: \{ after: .*? \}/, `val_loss: { after: ${(0.1 + Math.random()).toFixed(5)} }`);
  const [before, began] = [processorTime(child) ?? 0, performance.now()];
  const told = heard();
  writeFileSync(path, text);
  await told;
  await ask(url + values.page);
  return since(began, before, child);
}

/** Resolves with the next thing that an open page is told. */
function listen(url: string): () => Promise<void> {
  let wake = (): void => {};
  get(`${url}@live?page=${encodeURIComponent(`/${values.page}`)}`, (response) =>
    response.on("data", (data) => {
      if (String(data).includes("version")) wake();
    }),
  ).on("error", () => {});
  return () =>
    new Promise((resolve) => {
      wake = resolve;
    });
}

function ask(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, (response) => response.on("end", resolve).resume()).on("error", reject);
  });
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  await ended;
}

function since(began: number, before: number, child: ChildProcess): Taken {
  const cpu = processorTime(child);
  return { wall: (performance.now() - began) / 1000, ...(cpu === undefined ? {} : { cpu: cpu - before }) };
}

/** Seconds of all its threads so far. */
function processorTime({ pid }: ChildProcess): number | undefined {
  try {
    const [user, system] = (readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1] ?? "").split(" ").slice(11, 13).map(Number);
    return ((user ?? 0) + (system ?? 0)) / 100;
  } catch {
    return undefined;
  }
}

function metricsOf(taken: ReturnType<typeof empty>): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(
    Object.entries(taken).flatMap(([name, each]) => {
      const cpu = each.flatMap((one) => one.cpu ?? []);
      return [
        [`serve_${name}_s`, each.map(({ wall }) => wall)] as const,
        ...(cpu.length === 0 ? [] : [[`serve_${name}_cpu_s`, cpu] as const]),
      ];
    }),
  );
}
