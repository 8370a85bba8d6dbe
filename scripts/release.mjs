// What a version is called stands in package.json, in CHANGELOG.md and on its tag, and must be the same in all three.
//   node scripts/release.mjs open           `npm version` calls it: what is unreleased becomes the version of package.json, of today
//   node scripts/release.mjs check v0.2.0   CI calls it: does the tag name what is to be published?

import { readFileSync, writeFileSync } from "node:fs";

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const changes = readFileSync("CHANGELOG.md", "utf8");
const [word, tag] = process.argv.slice(2);

if (word === "open") open();
else if (word === "check") check();
else fail("say `open`, or `check` and a tag");

function open() {
  if (headed(version)) fail(`CHANGELOG.md has a heading for ${version} already`);
  const [, before, body, after] =
    /^([\s\S]*?^## Unreleased\n)([\s\S]*?)(^## [\s\S]*|$(?![\s\S]))/m.exec(changes) ?? fail("CHANGELOG.md has no `## Unreleased`");
  if (!/^- /m.test(body)) fail("CHANGELOG.md says nothing under `## Unreleased`");
  writeFileSync(
    "CHANGELOG.md",
    `${before}\n## ${version} (${new Date().toISOString().slice(0, 10)})\n\n${body.trim()}\n${after === "" ? "" : `\n${after}`}`,
  );
}

function check() {
  if (tag !== `v${version}`) fail(`the tag is ${tag}, package.json says ${version}`);
  if (!headed(version)) fail(`CHANGELOG.md has no heading for ${version}: \`npm version\` makes it`);
}

function headed(name) {
  return changes.split("\n").some((line) => line.startsWith(`## ${name} (`));
}

function fail(message) {
  console.error(`release: ${message}`);
  process.exit(1);
}
