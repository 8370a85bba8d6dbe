// What a user gets: the packed package, installed into an empty folder, used from the shell and from TypeScript.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { homedir, tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { imports, tokens } from "../support/source.ts";

const own = JSON.parse(readFileSync("package.json", "utf8")) as { version: string; dependencies: Record<string, string> };

/** Every file of the package matches one of these, and each of these is matched. */
const golden = [
  /^package\.json$/,
  /^README\.md$/,
  /^LICENSE$/,
  /^dist\/cli\/main\.js$/,
  /^dist\/index\.js$/,
  /^dist\/chunks\/[\w.-]+\.js$/,
  /^dist\/chunks\/yaml-\w+\.cjs$/,
  /^dist\/chunks\/run-\w+\.cjs$/,
  /^dist\/types\/src\/[\w/-]+\.d\.ts$/,
  /^dist\/licenses\.txt$/,
  /^dist\/demo\.json$/,
  /^dist\/site\/\w+\.js$/,
  /^dist\/site\/site\.css$/,
  /^dist\/site\/favicon\.svg$/,
  /^templates\/[\w./-]+$/,
];

const consumer = `
import { JournalError, openJournal, type Problem } from "experiment-journal";

const journal = openJournal(process.cwd());
const titles: readonly (string | undefined)[] = journal.files().map((file) => file.run.title);
const problems: readonly Problem[] = journal.problems();
let code = "";
try {
  journal.find("EXP999");
} catch (error) {
  if (error instanceof JournalError) code = error.problems[0]?.code ?? "";
}
// @ts-expect-error a journal is read-only
journal.root = "/";
console.log(JSON.stringify({ titles, code, errors: problems.filter((problem) => problem.severity === "error") }));
`;

/** What a registry would have to keep of every version; more needs a reason. */
const most = { files: 500, packed: 1.35 * 2 ** 20, unpacked: 4.5 * 2 ** 20 };

/** The oldest Node that package.json allows, and the lines after it. */
const nodes = ["20.19.0", "22", "24"];

describe("the packed package", () => {
  const place = mkdtempSync(join(tmpdir(), "journal-package-"));
  const user = join(place, "user");
  let packed: readonly string[] = [];
  let tarball = "";
  let weight = { files: 0, packed: 0, unpacked: 0 };
  const inUser = (command: string, ...words: readonly string[]): string => execFileSync(command, words, { cwd: user, encoding: "utf8" });
  const journal = (...words: readonly string[]): string => inUser(join(user, "node_modules", ".bin", "journal"), ...words);

  before(() => {
    const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", place];
    const [made] = JSON.parse(execFileSync("npm", pack, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    packed = made.files.map((file: { path: string }) => file.path);
    tarball = join(place, made.filename);
    weight = { files: packed.length, packed: made.size, unpacked: made.unpackedSize };
    mkdirSync(user);
    writeFileSync(join(user, "package.json"), '{ "private": true, "type": "module" }\n');
    const install = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", tarball];
    execFileSync("npm", install, { cwd: user, stdio: ["ignore", "ignore", "inherit"] });
    execFileSync("git", ["init", "--quiet"], { cwd: user });
  });
  after(() => rmSync(place, { recursive: true, force: true }));

  test("holds what it should and nothing else", () => {
    const strange = packed.filter((path) => !golden.some((pattern) => pattern.test(path)));
    const absent = golden.filter((pattern) => !packed.some((path) => pattern.test(path)));
    assert.deepEqual({ strange, absent }, { strange: [], absent: [] });
  });

  test("is no heavier than it was when somebody last looked", () => {
    const over = Object.entries(most).filter(([name, limit]) => weight[name as keyof typeof weight] > limit);
    assert.deepEqual(over, [], JSON.stringify(weight));
  });

  test("has nothing that publint or attw object to", () => {
    assert.equal(spawnSync(process.execPath, ["scripts/check-package.mjs", tarball], { encoding: "utf8" }).stdout, "");
  });

  for (const version of nodes)
    test(`is used by npx from an empty folder on Node ${version}`, () => {
      const [node, bin] = installNode(version);
      assert.match(node, new RegExp(`^v${version.replaceAll(".", "\\.")}(\\.|$)`));
      const empty = join(place, `npx-${version}`);
      mkdirSync(empty);
      const env = { ...process.env, PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}` };
      const npx = (...words: readonly string[]): string =>
        execFileSync("npx", ["--yes", "--prefer-offline", "--package", tarball, "--", "journal", ...words], {
          cwd: empty,
          env,
          encoding: "utf8",
          stdio: ["ignore", "pipe", "inherit"],
        });
      assert.equal(npx("--version").trim(), own.version);
      npx("init");
      npx("new", "Baseline", "--set", "lr=1e-3");
      npx("log", "1", "acc=85.5%");
      assert.match(npx("list", "--json"), /Baseline/);
      npx("build");
      assert.match(readFileSync(join(empty, "_site", "index.html"), "utf8"), /85\.5%/);
    });

  test("names no folder of the machine that built it", () => {
    const here = [process.cwd(), homedir(), tmpdir()].filter((path) => path.length > 4);
    const folder = join(user, "node_modules", "experiment-journal");
    const telling = packed.filter((path) => here.some((name) => readFileSync(join(folder, path), "utf8").includes(`${name}/`)));
    assert.deepEqual(telling, []);
  });

  test("imports only what Node and its dependencies bring", () => {
    const known = new Set([...builtinModules, ...Object.keys(own.dependencies)]);
    const strange = packed
      .filter((path) => path.endsWith(".js"))
      .flatMap((path) => imports(tokens(readFileSync(path, "utf8"))).map(({ from }) => from))
      .filter((from) => !from.startsWith(".") && !from.startsWith("node:") && !known.has(from));
    assert.deepEqual(strange, []);
  });

  test("installs no package that wants to run a script", () => {
    const scripts = ["preinstall", "install", "postinstall"].map((name) => `:attr(scripts,[${name}])`).join(",");
    assert.deepEqual(JSON.parse(inUser("npm", "query", scripts)), []);
    const lock = JSON.parse(readFileSync(join(user, "package-lock.json"), "utf8")) as {
      packages: Record<string, { hasInstallScript?: boolean }>;
    };
    assert.deepEqual(
      Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript),
      [],
    );
  });

  test("keeps a journal from the shell", () => {
    assert.equal(journal("--version").trim(), own.version);
    journal("init");
    journal("new", "Baseline");
    const listed = JSON.parse(journal("list", "--json")) as { ok: boolean };
    assert.equal(listed.ok, true);
    assert.match(journal("list"), /Baseline/);
    assert.equal(readdirSync(join(user, "experiments")).filter((name) => /^EXP001-.*\.md$/.test(name)).length, 1);
    journal("build");
    assert.match(readFileSync(join(user, "_site", "index.html"), "utf8"), /Baseline/);
  });

  test("shows its demo", () => {
    const page = join(place, "shown", "_site", "index.html");
    assert.equal(journal("demo", join(place, "shown"), "--no-open").trim(), page);
    assert.match(readFileSync(page, "utf8"), /Handwritten digits/);
  });

  test("has types that a strict consumer compiles against, and does what they say", () => {
    assert.deepEqual(JSON.parse(compileAndRun("consumer", consumer)), { titles: ["Baseline"], code: "store/no-run", errors: [] });
  });

  test("does what the programs in the docs do with it", () => {
    const pages = ["README.md", ...readdirSync("docs").map((name) => join("docs", name))].filter((path) => path.endsWith(".md"));
    const programs = pages.flatMap((page) =>
      [...readFileSync(page, "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code),
    );
    for (const [index, program] of programs.filter((code) => code.includes('from "experiment-journal"')).entries())
      compileAndRun(`program${index}`, program);
  });

  test("is the same, byte for byte, when it is built again", () => {
    const before = contents("dist");
    execFileSync(process.execPath, ["scripts/build.mjs"]);
    assert.deepEqual(contents("dist"), before);
  });

  for (const [module, resolution] of [
    ["node16", "node16"],
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ])
    test(`has types that are found by ${resolution}`, () => {
      writeFileSync(join(user, "found.ts"), consumer);
      compile("found", ["--module", module ?? "", "--moduleResolution", resolution ?? "", "--noEmit"]);
    });

  /** The npm package holds the binary, so nothing runs at install. */
  function installNode(version: string): readonly [version: string, folder: string] {
    const folder = join(place, `node-${version}`);
    const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), "{}\n");
    const install = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--prefer-offline", `${name}@${version}`];
    execFileSync("npm", install, { cwd: folder, stdio: "inherit" });
    const bin = join(folder, "node_modules", name, "bin");
    return [execFileSync(join(bin, "node"), ["--version"], { encoding: "utf8" }).trim(), bin];
  }

  function compileAndRun(name: string, program: string): string {
    writeFileSync(join(user, `${name}.ts`), program);
    compile(name, ["--module", "nodenext"]);
    return inUser(process.execPath, `${name}.js`);
  }

  function compile(name: string, modules: readonly string[]): void {
    const flags = ["--strict", "--exactOptionalPropertyTypes", "--target", "es2023", "--skipLibCheck", "false"];
    const types = ["--typeRoots", resolve("node_modules/@types"), "--types", "node"];
    inUser(process.execPath, resolve("node_modules/typescript/bin/tsc"), ...flags, ...modules, ...types, `${name}.ts`);
  }
});

/** Path → hash of every file below a folder. */
/** What a call kept of its compiled form aside: it is no part of the package. */
const isCompiled = (name: string): boolean => name.includes(".cjs.");

function contents(folder: string): ReadonlyMap<string, string> {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = all.filter((entry) => entry.isFile() && !isCompiled(entry.name));
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return new Map(paths.map((path) => [path, createHash("sha256").update(readFileSync(path)).digest("hex")]));
}
