// A folder of logs → which files belong to which run. Nothing is read but names and first bytes.

import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Format, recognise } from "../formats/recognise.ts";
import { openStdout } from "../formats/stdout.ts";

export interface LogFile {
  /** From the folder that is imported, forward slashes. */
  readonly path: string;
  readonly format: Format;
  /** In front of the names of its values: `validation/`. */
  readonly prefix?: string;
}

/** The files of one run. */
export interface LogRun {
  /** Its folder, or its file where one folder holds a file per run; "" for the folder that is imported. */
  readonly path: string;
  readonly files: readonly LogFile[];
}

export interface Scan {
  readonly runs: readonly LogRun[];
  /** Some files were not looked at. */
  readonly cut: boolean;
}

export const mostFiles = 200_000;
const deepest = 40;
/** Packages, and W&B's second way to its latest run. */
const passedOver: ReadonlySet<string> = new Set(["node_modules", "__pycache__", "venv", "site-packages", "latest-run"]);
const splitWords: ReadonlySet<string> = new Set(["train", "training", "val", "valid", "validation", "test", "eval", "evaluation", "dev"]);

/** `without` are absolute folders that hold the journal itself. */
export function scanLogs(root: string, patterns: readonly string[], without: ReadonlySet<string>): Scan {
  const paths: string[] = [];
  const cut = !walk(root, "", 0, without, paths);
  const found = paths.flatMap((path): readonly LogFile[] => {
    const format = recognise(path, () => headOf(join(root, path))) ?? textFormat(path, patterns);
    return format === undefined ? [] : [{ path, format }];
  });
  return { runs: runsOf(found, (path) => headOf(join(root, path))), cut };
}

/** False when there were too many. */
function walk(root: string, folder: string, depth: number, without: ReadonlySet<string>, paths: string[]): boolean {
  if (depth > deepest || without.has(join(root, folder))) return true;
  for (const entry of entriesOf(join(root, folder))) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      const hidden = entry.name.startsWith(".") && entry.name !== ".hydra";
      const models = entry.name === "artifacts" && /^[0-9a-f]{32}$/.test(basename(folder));
      if (!hidden && !models && !passedOver.has(entry.name) && !walk(root, path, depth + 1, without, paths)) return false;
    } else if (entry.isFile()) {
      if (paths.length >= mostFiles) return false;
      paths.push(path);
    }
  }
  return true;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** What a script printed: only what the settings' patterns and the documented lines say. */
function textFormat(path: string, patterns: readonly string[]): Format | undefined {
  if (!/\.(?:log|out|txt)$|(?:^|\/)(?:stdout|output|log)$/i.test(path)) return undefined;
  return { name: "text", run: folderOf(path), open: () => openStdout(patterns) };
}

const folderOf = (path: string): string => (path.includes("/") ? dirname(path) : "");

const headBytes = 8192;

function headOf(path: string): Uint8Array {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const bytes = new Uint8Array(headBytes);
    return bytes.subarray(0, readSync(file, bytes, 0, headBytes, 0));
  } catch {
    return new Uint8Array();
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function runsOf(files: readonly LogFile[], head: (path: string) => Uint8Array): readonly LogRun[] {
  const byFolder = groupBy(files, ({ format }) => format.run);
  const alone = new Map([...byFolder].flatMap(([folder, own]) => fileRuns(folder, own, head)));
  const rest = groupBy(
    files.filter(({ path }) => !alone.has(path)),
    ({ format }) => format.run,
  );
  const homes = new Map([...rest.keys()].map((folder) => [folder, homeOf(folder, rest)]));
  const runs = groupBy(
    [...rest].flatMap(([folder, own]) => own.map((file) => ({ ...file, home: homes.get(folder) ?? { path: folder } }))),
    ({ home }) => home.path,
  );
  const together = [...runs].map(
    ([path, own]): LogRun => ({
      path,
      files: newest(own.map(({ home, ...file }) => (home.prefix === undefined ? file : { ...file, prefix: home.prefix }))),
    }),
  );
  return settled([...together, ...alone.values()]).sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** A configuration beside the folder of the one run it is for. */
function settled(runs: readonly LogRun[]): LogRun[] {
  const given = new Map<string, readonly LogFile[]>();
  const left = runs.filter(({ path, files }) => {
    if (!files.every(({ format }) => format.config)) return true;
    const below = runs.filter((one) => one.path !== path && (path === "" || one.path.startsWith(`${path}/`)));
    const [only] = below;
    if (below.length !== 1 || only === undefined) return true;
    given.set(only.path, files);
    return false;
  });
  return left.map(({ path, files }) => ({ path, files: [...files, ...(given.get(path) ?? [])] }));
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** Several tables of one shape in one folder are a run each (`run1.csv`, `run2.csv`), unless they are called train and val. */
function fileRuns(folder: string, files: readonly LogFile[], head: (path: string) => Uint8Array): readonly (readonly [string, LogRun])[] {
  const loose = files.filter(({ format }) => ["csv", "json", "text"].includes(format.name) && format.whole !== true);
  const shapes = groupBy(loose, ({ path, format }) => `${format.name} ${format.name === "text" ? "" : shapeOf(head(path))}`);
  return [...shapes].flatMap(([shape, own]) => {
    const texts = shape.startsWith("text") && loose.length < files.length;
    const parts = own.every(({ path }) => splitWords.has(stemOf(path)));
    if (own.length < 2 || parts || texts) return [];
    return own.map((file) => [file.path, { path: file.path, files: [file] }] as const);
  }, folder);
}

const stemOf = (path: string): string =>
  basename(path)
    .replace(/\.\w+$/, "")
    .toLowerCase();

/** The header of a table, the keys of a record. */
function shapeOf(head: Uint8Array): string {
  const line =
    new TextDecoder()
      .decode(head)
      .split("\n")
      .find((text) => text.trim() !== "" && !text.startsWith("#")) ?? "";
  return line.startsWith("{") ? (line.match(/"[^"]*"\s*:/g) ?? []).join("") : line.trim();
}

interface Home {
  readonly path: string;
  readonly prefix?: string;
}

/** Loggers that write into folders of their own inside the run's. */
function homeOf(folder: string, all: ReadonlyMap<string, readonly LogFile[]>): Home {
  const above = ancestors(folder);
  const hydra = [folder, ...above].find((one) => all.get(one)?.some(({ format }) => format.name === "hydra"));
  if (hydra !== undefined) return { path: hydra };
  const [parent] = above;
  if (parent === undefined) return { path: folder };
  const name = basename(folder);
  if (name === "dvclive") return { path: parent };
  const events = (path: string): boolean => all.get(path)?.some(({ format }) => format.name === "tensorboard") ?? false;
  if (!events(folder)) return { path: folder };
  // `add_hparams` of PyTorch writes into a folder named by the clock, Keras and estimators into one for each part of the data.
  if (/^\d{9,}(?:\.\d+)?$/.test(name) && events(parent)) return { path: parent };
  return splitWords.has(name.toLowerCase()) ? { path: parent, prefix: `${name}/` } : { path: folder };
}

function ancestors(folder: string): readonly string[] {
  if (folder === "") return [];
  const above = folderOf(folder);
  return [above, ...ancestors(above)];
}

/** Of the Trainer's state, which each checkpoint holds up to itself, the last one. */
function newest(files: readonly LogFile[]): readonly LogFile[] {
  const states = files.filter(({ format }) => format.name === "hf-trainer");
  const step = ({ path }: LogFile): number => Number(/checkpoint-(\d+)\/[^/]*$/.exec(path)?.[1] ?? Number.POSITIVE_INFINITY);
  const last = states.reduce<LogFile | undefined>((best, file) => (best === undefined || step(file) > step(best) ? file : best), undefined);
  return files.filter((file) => file.format.name !== "hf-trainer" || file === last);
}
