// Writes the generated pages of docs/; with --check it only says which of them are stale.

import { readFileSync, writeFileSync } from "node:fs";
import { generatedPages } from "./pages.ts";

const check = process.argv.includes("--check");
const stale = [...generatedPages()].filter(([path, text]) => read(path) !== text);
for (const [path, text] of stale) {
  if (!check) writeFileSync(path, text);
  console.log(`${path}: ${check ? "stale, run `npm run docs`" : "written"}`);
}
if (check && stale.length > 0) process.exitCode = 1;

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
