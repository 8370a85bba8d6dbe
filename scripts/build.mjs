// Builds the package into dist/: the command, the public API and its types. Lazy imports in the source stay lazy chunks.

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

process.chdir(join(dirname(fileURLToPath(import.meta.url)), ".."));

const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));

const yaml = await bundleYaml();
const run = await bundleRun();
const { metafile } = await bundle(basename(Object.keys(run.metafile.outputs).find((path) => run.metafile.outputs[path].entryPoint)));
const site = await bundleSite();
removeStale(Object.keys({ ...metafile.outputs, ...run.metafile.outputs }));
writeFileSync(
  "dist/licenses.txt",
  notices(bundledPackages({ inputs: { ...metafile.inputs, ...run.metafile.inputs, ...yaml.metafile.inputs, ...site.metafile.inputs } })),
);
chmodSync("dist/cli/main.js", 0o755);
writeFileSync("dist/demo.json", JSON.stringify(demo()));
if (!process.argv.includes("--no-types")) emitTypes();

/** What every bundle of the program has in common. What `dependencies` names is installed beside the program; everything else is inside. */
function common() {
  return {
    outdir: "dist",
    chunkNames: "chunks/[name]-[hash]",
    assetNames: "chunks/[name]-[hash]",
    bundle: true,
    platform: "node",
    target: "node20.19",
    external: Object.keys(dependencies).flatMap((name) => [name, `${name}/*`]),
    alias: { "js-yaml": "./scripts/no-js-yaml.cjs", "preact/jsx-runtime": "./site/pages/jsx-runtime.ts" },
    // Names stay readable in a stack trace; blanks go, because a smaller file starts faster.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none", // all notices are in licenses.txt
    metafile: true,
    logLevel: "warning",
  };
}

/** One program, split at every lazy import; `alone` is the file that `run` starts from. */
function bundle(alone) {
  return build({
    ...common(),
    // A thread's file lies among the chunks, whose names and sizes say which program this is.
    entryPoints: {
      "cli/main": "src/cli/start.ts",
      index: "src/index.ts",
      "chunks/reader": "src/store/reader.ts",
      "chunks/scribe-thread": "src/build/scribe-thread.ts",
    },
    splitting: true,
    format: "esm",
    plugins: [yamlBeside(), { name: "no-child-process", setup: noChildProcess }],
    // The CommonJS packages inside (commander, gray-matter, yaml) still `require` what Node brings.
    banner: { js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);' },
    define: { alone: JSON.stringify(alone) },
  });
}

/** The same program with `run` as its only command, in one file: a function, as src/cli/start.ts calls it. */
function bundleRun() {
  const onlyRun = ({ onLoad }) =>
    onLoad({ filter: /src.cli.program\.ts$/ }, () => ({
      contents: 'export { execute as commands } from "./program-run.ts";',
      loader: "ts",
    }));
  return build({
    ...common(),
    entryPoints: { run: "src/cli/main.ts" },
    entryNames: "chunks/[name]-[hash]",
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    plugins: [yamlBeside(), { name: "no-child-process", setup: noChildProcess }, { name: "only-run", setup: onlyRun }],
    banner: { js: '(function (require, path) { const here = require("node:url").pathToFileURL(path).href;' },
    footer: { js: "})" },
    define: { "import.meta.url": "here" },
  });
}

/** Classic scripts, for module scripts do not load from a file; and one style sheet of all parts. */
async function bundleSite() {
  const scripts = (names, ...plugins) => ({
    entryPoints: Object.fromEntries(names.map((name) => [name, `site/browser/${name}.ts`])),
    outdir: "dist/site",
    bundle: true,
    format: "iife",
    platform: "browser",
    target: ["chrome109", "firefox115", "safari16"],
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: true,
    plugins,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  const first = await build(scripts(["theme", "shell"]));
  const rest = await build(
    scripts(
      ["live", "log", "compare", "parallel", "chart", "csv", "vega"],
      { name: "unused-vega", setup: withoutUnusedVega },
      { name: "parts-of-shell", setup: partsOfShell },
    ),
  );
  const parts =
    "tokens base header parts rows home overview log log-scripts log-table compare parameters best lineage lists run curves report chart tools widgets live print".split(
      " ",
    );
  const css = parts.map((name) => readFileSync(`site/styles/${name}.css`, "utf8")).join("");
  writeFileSync("dist/site/site.css", (await transform(css, { loader: "css", minify: true })).code);
  copyFileSync("site/styles/favicon.svg", "dist/site/favicon.svg");
  return { metafile: { inputs: { ...first.metafile.inputs, ...rest.metafile.inputs } } };
}

/** Every page has the shell; what it shares (site/browser/shell/share.ts) is in no other script. A name it does not share fails the build. */
function partsOfShell({ onLoad, onResolve }) {
  const names = {
    preact: ["Fragment", "render"],
    "preact/hooks": ["useCallback", "useEffect", "useLayoutEffect", "useMemo", "useRef", "useState"],
    "preact/jsx-runtime": ["Fragment", "jsx", "jsxs"],
    data: ["loadShards"],
    ticks: ["clearTicks", "onTicks", "tick", "ticked"],
    format: ["decimalsOf", "durationUnit", "formatBeside", "formatDelta", "formatNumber", "formatQuantity", "formatReading", "withUnit"],
  };
  const own = { data: "site/browser", ticks: "site/browser", format: "src/record" };
  onResolve({ filter: /^preact(\/hooks|\/jsx-runtime)?$/ }, ({ path }) => ({ path, namespace: "parts-of-shell" }));
  onResolve({ filter: /^\.\.?\/(?:.*\/)?(?:data|ticks|format)\.ts$/ }, ({ path, resolveDir }) => {
    const name = basename(path, ".ts");
    const shared = join(process.cwd(), own[name], `${name}.ts`);
    return join(resolveDir, path) === shared ? { path: name, namespace: "parts-of-shell" } : undefined;
  });
  onLoad({ filter: /^/, namespace: "parts-of-shell" }, ({ path }) => ({
    contents: `export const { ${names[path].join(", ")} } = window.journal.parts[${JSON.stringify(path)}];`,
  }));
}

/** Maps, trees, clouds and forces: no live chart has any, and they are a quarter of Vega. */
function withoutUnusedVega({ onLoad, onResolve }) {
  const unused =
    /^(vega-(crossfilter|force|geo|hierarchy|label|projection|regression|voronoi|wordcloud)|d3-(delaunay|force|geo|hierarchy))$/;
  onResolve({ filter: unused }, ({ path }) => ({ path, namespace: "unused-vega" }));
  onLoad({ filter: /^/, namespace: "unused-vega" }, () => ({ contents: "module.exports = {};" }));
}

/** The YAML library as one file, which src/markdown/yaml-library.ts requires when a text first needs it. */
function bundleYaml() {
  return build({
    stdin: { contents: 'module.exports = require("yaml");', resolveDir: "." },
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20.19",
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    metafile: true,
    write: false,
  });
}

/** Makes the `require` of the source, which finds the package, one that finds the file. */
function yamlBeside() {
  const setup = ({ onLoad, onResolve }) => {
    onLoad({ filter: /yaml-library\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/^const require = .*$/m, ""),
      loader: "ts",
    }));
    onResolve({ filter: /^yaml$/ }, () => ({ path: "yaml.cjs", namespace: "yaml-beside" }));
    onLoad({ filter: /^/, namespace: "yaml-beside" }, () => ({ contents: yaml.outputFiles[0].contents, loader: "copy" }));
  };
  return { name: "yaml-beside", setup };
}

/** commander starts processes for commands that are programs of their own, of which there are none here. */
function noChildProcess({ onResolve }) {
  onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
    /node_modules.commander/.test(importer) ? { path: join(process.cwd(), "scripts/no-child-process.cjs") } : undefined,
  );
}

/** Path → text: the study of the digits as a journal of its own, for `journal demo`. What the training printed stays behind. */
function demo() {
  const study = "experiments/digits";
  const names = readdirSync(study, { recursive: true, encoding: "utf8" }).filter((name) => /\.(md|csv)$/.test(name));
  // Generated tables are made again where it is shown.
  const tables = /<!-- journal:(\w+) -->[\s\S]*?<!-- \/journal:\1 -->\n*/g;
  const read = (name) => readFileSync(join(study, name), "utf8").replace(name === "README.md" ? tables : "", "");
  const runs = names.sort().map((name) => [`experiments/${name.replaceAll("\\", "/")}`, read(name)]);
  // Its settings become the journal's: what only a study has goes below `study`.
  const blocks = readFileSync(join(study, "study.yaml"), "utf8").split(/^(?=\w)/m);
  const own = blocks.filter((block) => !/^(ignore|metrics|parameters):/.test(block));
  const title = blocks.filter((block) => block.startsWith("title:"));
  const common = blocks.filter((block) => !own.includes(block));
  const settings = [...title, "\nstudy:\n", ...own.map((block) => block.replace(/^(?=.)/gm, "  ")), "\n", ...common].join("");
  return Object.fromEntries([["journal.yaml", settings], ...runs]);
}

/** Chunks of an earlier build. They go last, so that a journal that is running finds all of its own until the new ones are there. */
function removeStale(outputs) {
  for (const path of readdirSync("dist/chunks").map((name) => `dist/chunks/${name}`)) if (!outputs.includes(path)) rmSync(path);
}

/** The folders under node_modules whose code is inside the bundle, sorted. */
function bundledPackages({ inputs }) {
  const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
  return [...new Set(Object.keys(inputs).flatMap((path) => folder.exec(path)?.[0] ?? []))].sort();
}

/** The licence of every bundled package, as those licences ask. */
function notices(folders) {
  return folders
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
      return `${name} ${version} (${license})\n\n${text}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}

function emitTypes() {
  const compiler = join("node_modules", "typescript", "bin", "tsc");
  if (!existsSync(compiler)) throw new Error("run `npm ci --ignore-scripts` first: typescript is missing");
  rmSync("dist/types", { recursive: true, force: true });
  execFileSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], { stdio: "inherit" });
}
