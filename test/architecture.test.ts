// The rooms of docs/architecture.md as data, and the checks that hold the source to them. Change the table, with a decision record, when
// it stops fitting; never go around it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, test } from "node:test";
import { type Import, imports, linesOf, type Token, tokens } from "./support/source.ts";

interface Room {
  readonly may: readonly string[];
  /** Rooms of which only the types may be imported. */
  readonly types?: readonly string[];
  /** Never touches files, processes or the clock. */
  readonly pure?: true;
  /** Also runs in the browser: nothing of Node at all. */
  readonly browser?: true;
}

const rooms: Readonly<Record<string, Room>> = {
  "src/base": { may: [], pure: true },
  "src/record": { may: ["src/base"], pure: true },
  "src/query": { may: ["src/record", "src/base"], pure: true, browser: true },
  "src/markdown": { may: ["src/record", "src/base"], pure: true },
  "src/analysis": { may: ["src/query", "src/record", "src/base"], pure: true, browser: true },
  "src/report": { may: ["src/analysis", "src/query", "src/record", "src/base"], pure: true },
  "src/formats": { may: ["src/markdown", "src/record", "src/base"], pure: true },
  "src/store": { may: ["src/markdown", "src/query", "src/record", "src/base"] },
  "src/capture": { may: ["src/formats", "src/store", "src/markdown", "src/record", "src/base"] },
  "src/receive": { may: ["src/formats", "src/store", "src/record", "src/base"] },
  "src/exchange": {
    may: ["src/formats", "src/report", "src/analysis", "src/query", "src/store", "src/markdown", "src/record", "src/base"],
  },
  "site/pages": { may: ["src/base"], types: ["src/report"], pure: true },
  "site/browser": { may: ["site/pages", "src/report", "src/analysis", "src/query", "src/record", "src/base"], browser: true },
  "site/styles": { may: [] },
  "src/build": {
    may: ["site/pages", "src/report", "src/analysis", "src/query", "src/store", "src/markdown", "src/record", "src/base"],
  },
  "src/cli": {
    may: ["build", "exchange", "receive", "capture", "store", "formats", "report", "analysis", "markdown", "query", "record", "base"].map(
      (room) => `src/${room}`,
    ),
  },
  "src/index.ts": { may: ["report", "analysis", "markdown", "query", "record", "base", "store"].map((room) => `src/${room}`) },
};

/** What the pure rooms may have of Node: arithmetic, not the machine. */
const pureModules = new Set(["node:crypto", "node:path", "node:path/posix", "node:url", "node:util"]);

/** Packages that belong to one place. The types may go anywhere. */
const packages: Readonly<Record<string, string | readonly string[]>> = {
  "gray-matter": "src/markdown/frontmatter.ts",
  // Required there when first needed; a static import would load it at every start.
  yaml: "src/markdown/yaml-library.ts",
  commander: "src/cli/",
  "@clack/prompts": "src/cli/",
  vega: ["src/build/", "site/browser/vega.ts"],
  "vega-lite": "src/build/",
  systeminformation: "src/capture/",
};

/** Token sequences that ask the machine or the clock. */
const impure: readonly (readonly string[])[] = [
  ["Date", ".", "now"],
  ["new", "Date", "(", ")"],
  ["new", "Date", ";"],
  ["performance", ".", "now"],
  ["Math", ".", "random"],
  ["process", "."],
  ["console", "."],
];

const maxLines = 400;

type Tree = ReadonlyMap<string, string>;

interface File {
  readonly path: string;
  readonly text: string;
  readonly room: string;
  readonly all: readonly Token[];
  readonly imports: readonly Import[];
}

/** Everything wrong with a tree of path → source, one sentence each, with its place. */
function breaches(tree: Tree): readonly string[] {
  const files = [...tree].map(([path, text]): File => {
    const all = tokens(text);
    return { path, text, room: roomOf(path), all, imports: imports(all) };
  });
  return [...files.flatMap((file) => [...arrows(file), ...manners(file), ...purity(file)]), ...cycles(files)];
}

function roomOf(path: string): string {
  return path === "src/index.ts" ? path : path.split("/").slice(0, 2).join("/");
}

function target(file: File, { from }: Import): string {
  return posix.join(posix.dirname(file.path), from);
}

function arrows(file: File): readonly string[] {
  const room = rooms[file.room];
  if (!room) return [`${file.path}: ${file.room} is not a room`];
  return file.imports.flatMap((one): readonly string[] => {
    const place = `${file.path}:${one.line}`;
    if (one.from === "") return [`${place}: an import whose address is computed cannot be checked`];
    if (!one.from.startsWith(".")) return outside(file, one, place);
    const to = roomOf(target(file, one));
    const allowed = to === file.room || room.may.includes(to) || (one.type && room.types?.includes(to) === true);
    return allowed ? [] : [`${place}: ${file.room} may not import ${to}`];
  });
}

function outside(file: File, { from, type }: Import, place: string): readonly string[] {
  const room = rooms[file.room];
  if (from.startsWith("node:")) {
    const loads = from === "node:module" && file.path === packages["yaml"];
    const allowed = type || loads || (room?.browser ? false : room?.pure ? pureModules.has(from) : true);
    return allowed ? [] : [`${place}: ${file.room} is ${room?.browser ? "for the browser too" : "pure"} and may not import ${from}`];
  }
  const home =
    packages[
      from
        .split("/")
        .slice(0, from.startsWith("@") ? 2 : 1)
        .join("/")
    ];
  const homes = [home ?? []].flat();
  return homes.length === 0 || type || homes.some((one) => file.path.startsWith(one))
    ? []
    : [`${place}: only ${homes.join(" and ")} imports ${from}`];
}

function manners(file: File): readonly string[] {
  const lines = file.text.split("\n").length - 1;
  const api = file.path === "src/index.ts";
  return [
    ...(lines > maxLines ? [`${file.path}: ${lines} lines, at most ${maxLines}`] : []),
    ...linesOf(file.all, ["export", "default"]).map((line) => `${file.path}:${line}: a default export`),
    ...file.imports
      .filter((one) => one.reexport && !api)
      .map((one) => `${file.path}:${one.line}: re-exports ${one.from}, as only src/index.ts does`),
    ...linesOf(file.all, ["export", "*"]).map((line) => `${file.path}:${line}: exports everything instead of names`),
    ...(file.path === "src/cli/main.ts"
      ? []
      : linesOf(file.all, ["process", ".", "exit"]).map((line) => `${file.path}:${line}: only src/cli/main.ts exits`)),
  ];
}

function purity(file: File): readonly string[] {
  if (!rooms[file.room]?.pure) return [];
  return impure.flatMap((sequence) =>
    linesOf(file.all, sequence).map((line) => `${file.path}:${line}: a pure room uses ${sequence.join("")}`),
  );
}

/** Each circle of imports once, types counted. */
function cycles(files: readonly File[]): readonly string[] {
  const edges = new Map(
    files.map((file) => [file.path, file.imports.filter((one) => one.from.startsWith(".")).map((one) => target(file, one))]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push(`a circle of imports: ${[...trail.slice(trail.indexOf(path)), path].join(" -> ")}`);
    if (trail.includes(path) || done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}

function sourceTree(): Tree {
  const paths = ["src", "site"].flatMap((top) =>
    readdirSync(top, { recursive: true, encoding: "utf8" }).map((path) => posix.join(top, path.replaceAll("\\", "/"))),
  );
  return new Map(paths.filter((path) => /\.tsx?$/.test(path)).map((path) => [path, readFileSync(path, "utf8")]));
}

function lintLongFunctions(...more: readonly string[]): { readonly ok: boolean; readonly output: string } {
  const options = ["lint", "--only=complexity/noExcessiveLinesPerFunction", "--max-diagnostics=50", ...more];
  const { status, stdout, stderr } = spawnSync(process.execPath, ["node_modules/@biomejs/biome/bin/biome", ...options], {
    encoding: "utf8",
    input: `export function long(): number {\n${"  Math.max(1, 2);\n".repeat(61)}  return 1;\n}\n`,
  });
  return { ok: status === 0, output: `${stdout}${stderr}` };
}

describe("the rooms", () => {
  test("the source keeps to the table, has no cycle, no long file, no default export and no barrel", () => {
    assert.deepEqual(breaches(sourceTree()), []);
  });

  test("no function is longer than 60 lines", () => {
    const { ok, output } = lintLongFunctions("src", "site");
    assert.ok(ok, output);
  });

  test("every room of the table is described in docs/architecture.md", () => {
    const text = readFileSync("docs/architecture.md", "utf8");
    assert.deepEqual(
      Object.keys(rooms).filter((room) => !text.includes(`\`${room}\``)),
      [],
    );
  });
});

describe("the checker", () => {
  const cases: readonly (readonly [title: string, path: string, source: string, expected: RegExp | undefined])[] = [
    ["an arrow that points up", "src/base/a.ts", 'import { b } from "../record/b.ts";', /:1: src\/base may not import src\/record/],
    ["a type that points up", "src/base/a.ts", '\nimport type { B } from "../record/b.ts";', /:2: src\/base may not import/],
    ["a lazy import that points up", "src/record/a.ts", 'const b = await import("../store/b.ts");', /may not import src\/store/],
    ["a type looked up by import()", "src/record/a.ts", 'type B = import("../store/b.ts").B;', /may not import src\/store/],
    ["an import over several lines", "src/record/a.ts", 'import {\n  a,\n  b,\n} from "../cli/b.ts";', /may not import src\/cli/],
    [
      "a value where only types may go",
      "site/pages/a.ts",
      'import { table } from "../../src/report/table.ts";',
      /may not import src\/report/,
    ],
    ["a type where only types may go", "site/pages/a.ts", 'import type { Table } from "../../src/report/table.ts";', undefined],
    ["a computed address", "src/cli/a.ts", "await import(`./commands/${name}.ts`);", /computed/],
    ["an unknown room", "src/utils/a.ts", "", /not a room/],
    ["a file system in a pure room", "src/markdown/a.ts", 'import { readFileSync } from "node:fs";', /pure and may not import node:fs/],
    ["Node in a room of the browser", "src/query/a.ts", 'import { join } from "node:path";', /browser too and may not import node:path/],
    ["the clock in a pure room", "src/report/a.ts", "const now = new Date();", /uses newDate\(\)/],
    ["a date that was handed in", "src/report/a.ts", "const day = new Date(text);", undefined],
    ["the process in a pure room", "src/record/a.ts", "if (process.env.X) {}", /uses process\./],
    ["a key called process", "src/record/a.ts", "if (run.process.env) {}", undefined],
    ["an exit outside main", "src/cli/print.ts", "process.exit(1);", /only src\/cli\/main.ts exits/],
    ["an exit in main", "src/cli/main.ts", "process.exit(1);", undefined],
    ["a default export", "src/cli/a.ts", "export default 1;", /default export/],
    ["a barrel", "src/record/a.ts", 'export { b } from "./b.ts";', /re-exports/],
    ["a star", "src/index.ts", 'export * from "./record/b.ts";', /exports everything/],
    ["gray-matter elsewhere", "src/markdown/parse.ts", 'import matter from "gray-matter";', /only src\/markdown\/frontmatter.ts imports/],
    ["gray-matter at home", "src/markdown/frontmatter.ts", 'import matter from "gray-matter";', undefined],
    ["a long file", "src/cli/a.ts", "\n".repeat(401), /401 lines/],
    [
      "comments, strings, templates and patterns that look like imports",
      "src/base/a.ts",
      '// import "../cli/a.ts"\n/* import "../cli/a.ts" */\nconst a = `import "../cli/a.ts" ${`${1}`} export default`;\nconst b = /import "\\/[/"]/.test(\'export default\');\nconst c = { from: "../cli/a.ts" };',
      undefined,
    ],
  ];
  for (const [title, path, source, expected] of cases) {
    test(`${expected ? "reports" : "allows"} ${title}`, () => {
      const found = breaches(new Map([[path, source]])).filter((breach) => !breach.includes("circle"));
      if (expected) assert.match(found.join("\n"), expected);
      else assert.deepEqual(found, []);
    });
  }

  test("reports a circle that only types close", () => {
    const tree = new Map([
      ["src/record/a.ts", 'import type { B } from "./b.ts";'],
      ["src/record/b.ts", 'import { c } from "./c.ts";'],
      ["src/record/c.ts", 'import { a } from "./a.ts";'],
    ]);
    assert.deepEqual(breaches(tree), ["a circle of imports: src/record/a.ts -> src/record/b.ts -> src/record/c.ts -> src/record/a.ts"]);
  });

  test("reports a function of 62 lines", () => {
    assert.equal(lintLongFunctions("--stdin-file-path=src/record/made-up.ts").ok, false);
  });
});
