import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { scanBlocks } from "../../src/markdown/blocks.ts";
import { decode, encode } from "../../src/markdown/decode.ts";
import { edit } from "../../src/markdown/edit.ts";
import { isMapNode, isSeqNode, keyOf, type MatterNode, readMatter } from "../../src/markdown/edit-matter.ts";
import { findFences } from "../../src/markdown/fences.ts";
import { parseRun } from "../../src/markdown/parse.ts";
import { compareWithRemark } from "../markdown/remark.ts";
import { fileOf, shapes } from "../markdown/shapes.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folders = ["node_modules", "../shared/corpus", "../shared/reference", "docs", "templates"]
  .map((name) => join(root, name))
  .filter((folder) => existsSync(folder));
/** Markdown, and YAML as front matter of a file made for the purpose. */
const paths = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(?:md|markdown|mdx|ya?ml)$/i.test(path))
    .map((path) => join(folder, path)),
);

interface Found {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly text: string;
}

const files: readonly Found[] = paths.sort().flatMap((path): readonly Found[] => {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(readFileSync(path));
  } catch {
    return [];
  }
  const { text } = decode(bytes);
  if (text === undefined || text.length > 400_000) return [];
  if (!/ya?ml$/i.test(path)) return [{ path, bytes, text }];
  if (/^(?:---|\.\.\.)/m.test(text)) return [];
  const wrapped = `---\n${text}${text.endsWith("\n") ? "" : "\n"}---\nprose\n`;
  return [{ path, bytes: encode(wrapped), text: wrapped }];
});

/** Edits of files with conflict markers or an opening `---` that never ends are refused; everything else has to work. */
function isRefused(text: string): boolean {
  return findFences(text) === undefined && /^\ufeff?---/.test(text);
}

const frontOf = (text: string) => {
  const fences = findFences(text);
  return fences === undefined ? undefined : readMatter(text, fences.yamlStart, fences.yamlEnd);
};

function plainPaths(node: MatterNode, at: readonly string[] = []): readonly (readonly string[])[] {
  if (isMapNode(node)) return node.items.flatMap((pair) => plainPaths(pair.value, [...at, keyOf(pair) ?? "?"]));
  if (isSeqNode(node)) return node.items.flatMap((item, index) => plainPaths(item, [...at, String(index)]));
  return [at];
}

describe(`real files (${files.length} of ${paths.length} readable)`, () => {
  it("are the same bytes after parse and write without a change", () => {
    for (const { path, bytes, text } of files) {
      parseRun(text, path);
      assert.equal(isRefused(text) ? text : edit(text, []).text, text, path);
      assert.deepEqual(encode(text), bytes, path);
    }
  });

  it("keep every byte outside when an item is appended, a task ticked, a paragraph added", () => {
    let refused = 0;
    let edited = 0;
    for (const { path, text } of files) {
      if (isRefused(text)) continue;
      const start = findFences(text)?.bodyStart ?? 0;
      const tasks = scanBlocks(text, start).items.filter((item) => item.box !== undefined).length;
      for (const each of [
        { kind: "append", section: "worked", item: "it did" },
        { kind: "text", section: "notes/2026-11-20", text: "A note." },
        ...Array.from({ length: Math.min(tasks, 20) }, (_, task) => ({ kind: "tick", task, done: true }) as const),
      ] as const) {
        try {
          const after = edit(text, [each]).text;
          edited += 1;
          if (each.kind === "tick") {
            assert.equal(after.length, text.length, path);
            const box = scanBlocks(text, start).items.filter((item) => item.box !== undefined)[each.task]?.box ?? 0;
            assert.equal(after.slice(0, box) + after.slice(box + 1), text.slice(0, box) + text.slice(box + 1), path);
            continue;
          }
          let head = 0;
          while (head < text.length && text[head] === after[head]) head += 1;
          // One stretch was added, nothing else; a placeholder item may have been filled.
          const tail = text.length - head;
          assert.ok(after.endsWith(text.slice(text.length - tail)) || /^\s*(?:…|\.\.\.|TBD|-)?/.test(text.slice(head)), path);
          assert.ok(after.length > text.length, path);
        } catch (error) {
          if (error instanceof assert.AssertionError) throw error;
          refused += 1;
        }
      }
    }
    console.log(`# prose: ${edited} edits, ${refused} refused`);
    assert.ok(refused <= edited * 0.03, `${refused} of ${edited} refused`);
  });

  it("change by one value and come back, wherever there is front matter", () => {
    let edited = 0;
    let refused = 0;
    for (const { path, text } of files) {
      const matter = frontOf(text);
      if (matter === undefined || matter.broken !== undefined || !isMapNode(matter.root) || matter.end - matter.start > 60_000) continue;
      for (const at of plainPaths(matter.root)
        .filter((keys) => !keys.includes("?"))
        .slice(0, 12)) {
        try {
          const after = edit(text, [{ kind: "set", path: at, value: 731 }]);
          if (after.done.length === 0) continue;
          edited += 1;
          assert.equal(after.text.split("\n").length <= text.split("\n").length, true, `${path} ${at.join(".")}`);
          assert.equal(after.text.slice(findFences(after.text)?.bodyStart), text.slice(findFences(text)?.bodyStart), path);
        } catch (error) {
          if (error instanceof assert.AssertionError) throw error;
          refused += 1;
        }
      }
    }
    console.log(`# front matter: ${edited} edits, ${refused} refused`);
    assert.ok(edited > 100 && refused <= edited * 0.2, `${refused} of ${edited} refused`);
  });

  it("have their headings, items and tasks where remark has them", () => {
    const markdown = files.filter(({ path }) => !/ya?ml$/i.test(path));
    const differing = markdown.filter(({ text }) => compareWithRemark(text.replace(/^\ufeff/, "")).length > 0);
    console.log(`# remark agrees on ${markdown.length - differing.length} of ${markdown.length} files`);
    assert.ok(differing.length <= markdown.length * 0.01, differing.map(({ path }) => path).join("\n"));
  });

  it("are told by git as one line for one value, and as nothing after the way back", () => {
    const folder = mkdtempSync(join(tmpdir(), "journal-edit-"));
    const git = (...rest: readonly string[]): string =>
      execFileSync("git", ["-c", "core.autocrlf=false", "-c", "user.name=t", "-c", "user.email=t@example.org", ...rest], {
        cwd: folder,
        encoding: "utf8",
      });
    try {
      git("init", "-q");
      const simple = shapes.filter((shape) => /^[a-z]: (?:1|two|one)\r?$/m.test(shape.yaml) && shape.name !== "anchors and aliases");
      for (const [index, shape] of simple.entries()) writeFileSync(join(folder, `${index}.md`), encode(fileOf(shape)));
      git("add", ".");
      git("commit", "-qm", "before");
      for (const [index, shape] of simple.entries()) {
        const line = /^([a-z]): (1|two|one)\r?$/m.exec(shape.yaml);
        const [key = "", old = ""] = [line?.[1], line?.[2]];
        if (shape.locked?.includes(key) === true) continue;
        const there = edit(fileOf(shape), [{ kind: "set", path: [key], value: { source: "0.25" } }]).text;
        writeFileSync(join(folder, `${index}.md`), encode(there));
        const stat = git("diff", "--numstat", "--", `${index}.md`).trim();
        assert.match(stat, /^1\t[1-3]\t/, shape.name);
        if (!stat.startsWith("1\t1\t")) continue;
        writeFileSync(join(folder, `${index}.md`), encode(edit(there, [{ kind: "set", path: [key], value: { source: old } }]).text));
        assert.equal(git("diff", "--numstat", "--", `${index}.md`), "", shape.name);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
