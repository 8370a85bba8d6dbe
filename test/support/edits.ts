// What people, programs and disks do to a journal and to the site of its last build: random, seeded, one step at a time.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { sha256 } from "../../src/base/hash.ts";
import { generateRuns, writeJournal } from "./generate.ts";

export type Random = () => number;

/** mulberry32 */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface World {
  readonly root: string;
  readonly site: string;
  readonly random: Random;
}

/** A journal with two studies, a README, a report, an attachment and links that lead nowhere yet. */
export function makeWorld(root: string, seed: number): World {
  writeJournal(root, { runs: 9, studies: 1, seed });
  const world = { root, site: join(root, "_site"), random: makeRandom(seed) };
  put(world, "experiments/README.md", "# Main\n\nAll about the main study.\n\n## Conclusion\nNot yet.\n");
  put(world, "reports/first.md", "---\ntitle: First report\n---\n\nSee [the notes](../notes.md) and EXP003.\n");
  edit(world, pick(world, runs(world)), (text) => `${text}\nSee [the notes](../notes.md).\n`);
  put(world, attachmentOf(pick(world, runs(world)), "curve.csv"), "step,loss\n1,0.5\n2,0.4\n");
  return world;
}

/** Every file below a folder, path → hash, and every folder. */
export function filesIn(folder: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    found[path.slice(folder.length + 1)] = entry.isDirectory() ? "folder" : sha256(readFileSync(path));
  }
  return found;
}

type Step = (world: World) => string | undefined;

/** Does one thing and says what, for the message of a test that fails. */
export function step(world: World): string {
  for (;;) {
    const [name, act] = pick(world, Object.entries(steps));
    const what = act(world);
    if (what !== undefined) return `${name} ${what}`;
  }
}

const steps: Readonly<Record<string, Step>> = {
  nothing: () => "",
  prose: (world) => editRun(world, (text) => `${text}- Seen at ${world.random().toFixed(4)}, **twice**.\n`),
  "next step": (world) => editRun(world, (text) => text.replace("## Next steps\n", "## Next steps\n- [ ] Try it once more\n")),
  metric: (world) =>
    editRun(world, (text) => text.replace(/val_loss: \{ after: .*? \}/, `val_loss: { after: ${world.random().toFixed(4)} }`)),
  accuracy: (world) =>
    editRun(world, (text) => text.replace(/after: \[?\d+\.\d%/, (old) => old.replace(/\d+\.\d/, (80 + world.random() * 15).toFixed(1)))),
  time: (world) =>
    editRun(world, (text) => text.replace(/training_time: \{ after: .*? \}/, `training_time: { after: ${world.random().toFixed(2)} h }`)),
  observation: (world) =>
    editRun(world, (text) =>
      text.replace("### What worked\n", `### What worked\n- A ${pick(world, ["dropout", "batch size", "mood"])} helps\n`),
    ),
  decision: (world) =>
    editRun(world, (text) =>
      text
        .replace(/^(?:decision|reason): .*\n/gm, "")
        .replace(/\n---\n/, `\ndecision: ${pick(world, ["keep", "discard"])}\nreason: changed my mind\n---\n`),
    ),
  base: (world) => editRun(world, (text) => text.replace(/^base: .*$/m, `base: ${idOf(pick(world, runs(world)))}`)),
  "no base": (world) => editRun(world, (text) => text.replace(/^base: .*\n/m, "")),
  title: (world) => editRun(world, (text) => text.replace(/^title: .*$/m, `title: Another name ${Math.floor(world.random() * 100)}`)),
  tags: (world) => editRun(world, (text) => text.replace(/^tags: .*$/m, `tags: [${pick(world, ["odd", "new idea", "sweep"])}]`)),
  person: (world) => editRun(world, (text) => text.replace(/^experimenter: .*$/m, `experimenter: ${pick(world, ["Ada", "Emmy"])}`)),
  parameter: (world) => editRun(world, (text) => text.replace(/dropout: \d\.\d+/, `dropout: 0.${Math.floor(world.random() * 90)}`)),
  hardware: (world) => editRun(world, (text) => text.replace(/class: \w+/, `class: ${pick(world, ["t4", "a100"])}`)),
  broken: (world) => editRun(world, (text) => text.replace("\nmetrics:", "\nmetrics: [")),
  mended: (world) => editRun(world, (text) => text.replace("\nmetrics: [", "\nmetrics:")),
  hidden: (world) =>
    editRun(world, (text) =>
      text.includes("\nhidden:") ? text.replace("\nhidden: true", "") : text.replace("\ntags:", "\nhidden: true\ntags:"),
    ),
  rename: (world) => {
    const path = pick(world, runs(world));
    renameSync(join(world.root, path), join(world.root, dirname(path), `${idOf(path)}-renamed-${Math.floor(world.random() * 99)}.md`));
    return path;
  },
  remove: (world) => {
    const all = runs(world);
    if (all.length < 4) return undefined;
    const path = pick(world, all);
    rmSync(join(world.root, path));
    return path;
  },
  add: (world) => {
    const made = [...generateRuns({ runs: 30, studies: 1, seed: Math.floor(world.random() * 1e6) })].at(-Math.ceil(world.random() * 18));
    if (made === undefined) return undefined;
    put(world, made.path, made.text);
    return made.path;
  },
  move: (world) => {
    const path = pick(world, runs(world));
    const to = join("experiments", pick(world, ["", "study-1", "other"]), basename(path));
    mkdirSync(dirname(join(world.root, to)), { recursive: true });
    renameSync(join(world.root, path), join(world.root, to));
    return `${path} to ${to}`;
  },
  study: (world) => {
    const path = "experiments/other/study.yaml";
    if (existsSync(join(world.root, path))) rmSync(join(world.root, path));
    else put(world, path, "title: Another\n");
    return path;
  },
  settings: (world) => {
    const text = readFileSync(join(world.root, "journal.yaml"), "utf8");
    const change = pick(world, [
      () => text.replace(/^title: .*$/m, `title: Journal ${Math.floor(world.random() * 9)}`),
      () => text.replace(/primary: \w+/, `primary: ${pick(world, ["val_accuracy", "val_loss"])}`),
      () => text.replace(/^ignore: .*$/m, `ignore: [${pick(world, ["seed", "seed, dropout"])}]`),
    ]);
    put(world, "journal.yaml", change());
    return "";
  },
  readme: (world) => {
    put(
      world,
      pick(world, ["experiments/README.md", "experiments/study-1/README.md", "README.md"]),
      `# Read me\n\nVersion ${world.random()}.\n`,
    );
    return "";
  },
  report: (world) => {
    const path = join("reports", pick(world, ["first.md", "second.md"]));
    if (existsSync(join(world.root, path)) && world.random() < 0.3) rmSync(join(world.root, path));
    else put(world, path, `---\ntitle: A report\n---\n\nIt is ${world.random()}, see [notes](../notes.md) and ![x](plot.png).\n`);
    return path;
  },
  "link target": (world) => {
    const path = pick(world, ["notes.md", "reports/plot.png"]);
    if (existsSync(join(world.root, path))) rmSync(join(world.root, path));
    else put(world, path, "found");
    return path;
  },
  attachment: (world) => {
    const path = attachmentOf(pick(world, runs(world)), pick(world, ["curve.csv", "plot.png", "log.txt"]));
    if (existsSync(join(world.root, path)) && world.random() < 0.4) rmSync(join(world.root, path));
    else put(world, path, `step,loss\n1,${world.random()}\n2,${world.random()}\n`);
    return path;
  },
  "output removed": (world) => spoilOutput(world, (path) => rmSync(path)),
  "output changed": (world) =>
    spoilOutput(world, (path) => {
      const bytes = readFileSync(path);
      const { atimeMs, mtimeMs } = statSync(path);
      if (bytes.length > 0) bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      writeFileSync(path, bytes);
      utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
    }),
  "output emptied": (world) => spoilOutput(world, (path) => writeFileSync(path, "")),
  "outputs touched": (world) => {
    for (const path of outputs(world)) utimesSync(path, 1_000_000, 1_000_000);
    return "";
  },
  "runs touched": (world) => {
    for (const path of runs(world)) utimesSync(join(world.root, path), 1_000_000, 1_000_000 + world.random() * 1000);
    return "";
  },
  "cache damaged": (world) => {
    const path = pick(world, cacheFiles(world));
    if (path === undefined) return undefined;
    const bytes = readFileSync(path);
    const at = Math.floor(world.random() * bytes.length);
    if (bytes.length > 0) bytes[at] = (bytes[at] ?? 0) ^ 2;
    writeFileSync(path, bytes);
    return basename(path);
  },
  "cache cut": (world) => {
    const path = pick(world, cacheFiles(world));
    if (path === undefined) return undefined;
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, Math.floor(world.random() * bytes.length)));
    return basename(path);
  },
  "cache gone": (world) => {
    rmSync(join(world.root, ".journal"), { recursive: true, force: true });
    return "";
  },
  "site gone": (world) => {
    rmSync(world.site, { recursive: true, force: true });
    return "";
  },
};

function pick<T>({ random }: World, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

function put({ root }: World, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function edit(world: World, path: string, change: (text: string) => string): string {
  put(world, path, change(readFileSync(join(world.root, path), "utf8")));
  return path;
}

const editRun = (world: World, change: (text: string) => string): string => edit(world, pick(world, runs(world)), change);

function runs({ root }: World): readonly string[] {
  return readdirSync(join(root, "experiments"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md") && !path.endsWith("README.md") && !path.includes(".files"))
    .map((path) => join("experiments", path))
    .sort();
}

const idOf = (path: string): string => basename(path).split("-").slice(0, 2).join("-");
const attachmentOf = (path: string, name: string): string => join(dirname(path), `${idOf(path)}.files`, name);

function outputs({ site }: World): readonly string[] {
  if (!existsSync(site)) return [];
  return readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith(".journal"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function spoilOutput(world: World, spoil: (path: string) => void): string | undefined {
  const path = pick(world, outputs(world));
  if (path === undefined) return undefined;
  spoil(path);
  return path.slice(world.site.length + 1);
}

function cacheFiles({ root }: World): readonly string[] {
  const folder = join(root, ".journal", "cache");
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [];
}
