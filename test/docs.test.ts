// What is not documented does not exist, and what is documented works: codes, commands, links, sessions, generated pages.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, test } from "node:test";
import { codesIn, generatedPages, problemSections } from "../scripts/pages.ts";
import { performancePage } from "../scripts/performance-page.ts";
import { parse } from "../src/cli/parser.ts";
import { commands } from "../src/cli/program.ts";
import { keys as blockKeys } from "../src/report/live-block.ts";
import { parseSession, runSession, shows } from "./support/session.ts";
import { type Token, tokens } from "./support/source.ts";

const pages = [...readdirSync("."), ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((path) => join("docs", path))].filter(
  (path) => path.endsWith(".md"),
);

const generated = generatedPages();

const makers = /^(error|warning|note|problem|make|say)$/;
const severities = /^"(error|warning|note)"$/;

/** The codes a room can send: `room/what` in any file, and the `what` that its messages hand to `error("what", …)` or `say("error", "what", …)`. */
function codesOf(path: string, all: readonly Token[]): readonly string[] {
  const room = path.split("/")[1] ?? "";
  const messages = /^messages(-[a-z]+)*\.ts$/.test(basename(path));
  const before = (index: number, back: number): string => all[index - back]?.text ?? "";
  return all.flatMap(({ kind, text }, index) => {
    const value = text.slice(1, -1);
    if (kind !== "string" || severities.test(text)) return [];
    if (/^[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.startsWith(`${room}/`)) return [value];
    const first = before(index, 1) === "(" && makers.test(before(index, 2));
    const second =
      before(index, 1) === "," && severities.test(before(index, 2)) && before(index, 3) === "(" && makers.test(before(index, 4));
    return messages && (first || second) && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) ? [`${room}/${value}`] : [];
  });
}

function codesInSource(): readonly string[] {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));
  const found = files.flatMap((path) => codesOf(`src/${path.replaceAll("\\", "/")}`, tokens(readFileSync(join("src", path), "utf8"))));
  return [...new Set(found)].sort();
}

describe("the docs", () => {
  test("every problem code of the source has a heading, and every heading a code", () => {
    const headings = [...problemSections().values()].flatMap(codesIn);
    const codes = codesInSource();
    const missing = { headings: codes.filter((code) => !headings.includes(code)), codes: headings.filter((code) => !codes.includes(code)) };
    assert.deepEqual(missing, { headings: [], codes: [] });
  });

  test("every problem is explained under its heading", () => {
    const bare = [...problemSections().values()].flatMap((text) =>
      text.split(/^(?=## )/m).filter((section) => section.trim().split("\n").length < 3),
    );
    assert.deepEqual(bare, []);
  });

  for (const { name, examples } of commands) {
    for (const { line } of examples) {
      test(`the example \`${line}\` is read as \`${name}\``, () => {
        const { wanted } = parse(commands, wordsOf(line), () => "", { out: () => {}, columns: 80 });
        assert.equal(wanted?.spec.name, name);
      });
    }
  }

  test("the page of performance says what was reached and what fell short, by the median of its rounds", () => {
    const made = {
      id: "EXP001-aaaa",
      path: "experiments/speed/EXP001-aaaa.md",
      date: "2026-01-02",
      commit: "",
      machine: "m",
      software: {},
    };
    const site = (values: Readonly<Record<string, readonly number[]>>) =>
      performancePage([{ ...made, measured: "site", corpus: "generated", runs: 100, values: new Map(Object.entries(values)) }]);
    const text = site({ cold_vs_eleventy: [0.6, 0.9, 0.65], noop_vs_eleventy: [0.04, 0.06, 0.07], load: [0.5] });
    assert.match(text, /^\| A site from nothing, generated journal \| ≤ 0\.7 × Eleventy \| 0\.65 \[0\.6, 0\.9\], n = 3 \| reached \|/m);
    assert.match(text, /^\| Nothing changed \| .* \| \*\*not reached\*\* \|/m);
    assert.match(text, /^- Nothing changed: 0\.06 × Eleventy where 0\.05 was wanted/m);
    assert.match(text, /^- Peak memory of a site from nothing: not measured\.$/m);
  });

  for (const [path, text] of generated) {
    test(`${path} is what \`npm run docs\` writes`, () => {
      assert.equal(existsSync(path) ? readFileSync(path, "utf8") : "", text);
    });
  }

  // The parts of the problems page are linked from where they end up.
  for (const page of pages.filter((path) => dirname(path) !== join("docs", "problems"))) {
    test(`every link of ${page} leads somewhere`, () => assert.deepEqual(deadLinks(page), []));
  }

  test("every picture comes light and dark, and weighs at most 120 KB", () => {
    const files = readdirSync("docs/pictures");
    const names = [...new Set(files.map((name) => name.replace(/-(light|dark)\.webp$/, "")))];
    assert.deepEqual(files.sort(), names.flatMap((name) => [`${name}-dark.webp`, `${name}-light.webp`]).sort());
    assert.deepEqual(
      files.filter((name) => statSync(join("docs/pictures", name)).size > 120 * 1024),
      [],
    );
  });

  test("every variable of the environment that is named after us is explained", () => {
    // `JOURNAL_DETACHED` is what a background process tells itself.
    const named = (text: string): readonly string[] => text.match(/\bJOURNAL_[A-Z]+\b/g) ?? [];
    const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
    const used = new Set(sources.flatMap((path) => named(readFileSync(join("src", path), "utf8"))));
    const told = new Set(pages.flatMap((page) => named(readFileSync(page, "utf8"))));
    assert.deepEqual(
      [...used].filter((name) => !told.has(name)),
      ["JOURNAL_DETACHED"],
    );
  });

  test("every live block and every key of one stands in the page about reports", () => {
    const rows = [...readFileSync("docs/reports.md", "utf8").matchAll(/^\| (`.+)$/gm)].map(([, row = ""]) => row);
    const told = new Set(rows.flatMap((row) => row.match(/`[^`]+`/g) ?? []));
    const missing = Object.entries(blockKeys).flatMap(([kind, keys]) => [`\`journal ${kind}\``, ...keys.map((key) => `\`${key}\``)]);
    assert.deepEqual(
      missing.filter((name) => !told.has(name)),
      [],
    );
  });

  test("what the comparison says of us is a link to where it is shown", () => {
    const rows = [...readFileSync("docs/comparison.md", "utf8").matchAll(/^\|(.+)\|$/gm)].map(([, row = ""]) => row.split("|"));
    const ours = rows.filter((cells) => cells.length === 10).map(([, cell = ""]) => cell.trim());
    assert.deepEqual(
      ours.filter((cell) => !/\]\(/.test(cell)),
      Array.from({ length: 3 }, () => ["journal", "---"]).flat(),
    );
    assert.ok(ours.length > 30);
  });

  for (const page of pages) {
    const steps = parseSession(readFileSync(page, "utf8"));
    if (steps.length === 0) continue;
    test(`the sessions of ${page} run and print what they show`, () => {
      const outcomes = runSession(steps, "dist/cli/main.js");
      for (const [index, { line, command, exit, expected }] of steps.entries()) {
        const { output, exit: ended } = outcomes[index] ?? { output: "", exit: Number.NaN };
        assert.equal(ended, exit, `${page}:${line}: \`${command}\` ended with ${ended}\n${output}`);
        assert.ok(
          shows(expected, output),
          `${page}:${line}: \`${command}\` printed\n${output}\nand the page shows\n${expected.join("\n")}`,
        );
      }
    });
  }
});

describe("the checks of the docs", () => {
  test("a code is found as a literal and in the hands of a maker", () => {
    const source = 'const a = { code: "store/no-run" }; const b = error("full", "disk/full"), c = say("note", "late", 1);';
    assert.deepEqual(codesOf("src/store/messages-git.ts", tokens(source)), ["store/no-run", "store/full", "store/late"]);
    assert.deepEqual(codesOf("src/store/journal.ts", tokens(source)), ["store/no-run"]);
  });

  test("a session knows its commands, their continuation, their exit and their output", () => {
    const page = "text\n```console\n$ echo a \\\n> b\na b\n\n$ false  # exit 1\n```\n```sh\n$ not this\n```\n";
    assert.deepEqual(parseSession(page), [
      { line: 3, command: "echo a \\\nb", exit: 0, expected: ["a b", ""] },
      { line: 7, command: "false", exit: 1, expected: [] },
    ]);
  });

  test("a session is one shell, and each command has its own output and exit", () => {
    const steps = parseSession("```console\n$ mkdir a && cd a\n$ basename $PWD\n$ echo oops >&2; false\n```\n");
    assert.deepEqual(runSession(steps, "scripts/build.mjs"), [
      { output: "", exit: 0 },
      { output: "a\n", exit: 0 },
      { output: "oops\n", exit: 1 },
    ]);
  });

  test("an ellipsis stands for part of a line, or alone for lines", () => {
    assert.ok(shows(["made EXP001-….md"], "made EXP001-9qd2.md\n"));
    assert.ok(shows(["a", "…", "d"], "a\nb\nc\nd\n"));
    assert.ok(shows(["a", "…"], "a\n"));
    assert.ok(shows([], ""));
    assert.ok(shows(["  a  b", "c      d"], "  a      b\nc  d\n"));
    assert.ok(!shows(["a b"], "a  b\n"));
    assert.ok(!shows(["a"], "a\nb\n"));
    assert.ok(!shows(["a…"], "a\nb\n"));
    assert.ok(!shows(["a.c"], "abc\n"));
    assert.ok(!shows([], "x\n"));
  });

  test("a heading's anchor is the one GitHub makes", () => {
    assert.deepEqual(anchors("# What is this?\n## `record/unknown-key`\n## A\n## A\n"), ["what-is-this", "recordunknown-key", "a", "a-1"]);
  });
});

/** The words after `journal` of a shell line, up to a pipe or a redirection. */
function wordsOf(line: string): readonly string[] {
  const words = [...line.matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word);
  const end = words.findIndex((word) => /^[|>&;]/.test(word));
  const bare = words.slice(words.indexOf("journal") + 1, end === -1 ? undefined : end);
  return bare.map((word) => word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, (_, double, single) => double ?? single));
}

/** Relative links of a page whose file, or whose heading in it, does not exist. */
function deadLinks(page: string): readonly string[] {
  const text = readFileSync(page, "utf8")
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, "")
    .replace(/`[^`\n]*`/g, "");
  const links = [...text.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)|^\[[^\]]+\]: (\S+)|(?:src|srcset|href)="([^"]+)"/gm)].map(
    ([, a, b, c]) => a ?? b ?? c ?? "",
  );
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = "", anchor] = link.split("#");
      const file = path === "" ? page : join(dirname(page), decodeURI(path));
      if (!existsSync(file)) return true;
      return anchor !== undefined && file.endsWith(".md") && !anchors(readFileSync(file, "utf8")).includes(anchor);
    });
}

function anchors(text: string): readonly string[] {
  const seen = new Map<string, number>();
  const headings = text.replace(/^(```|~~~)[\s\S]*?^\1/gm, "").matchAll(/^#{1,6} +(.+?)\s*$/gm);
  return [...headings].map(([, heading = ""]) => {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
      .replaceAll(" ", "-");
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
}
