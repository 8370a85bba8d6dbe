// What publint and "are the types wrong" find in a packed package: `node scripts/check-package.mjs experiment-journal-0.1.0.tgz`.
// Prints a line for each, and ends red if there is one. Neither asks the network.

import { readFileSync } from "node:fs";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const [path] = process.argv.slice(2);
const bytes = readFileSync(path);

const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) } });
const lint = messages.map((message) => `publint: ${message.code}: ${formatMessage(message, pkg, { color: false })}`);

// The package is for `import` alone: that old resolvers and `require` from TypeScript do not find it is meant.
const meant = ["node10", "node16-cjs"];
const { types, problems } = await checkPackage(createPackageFromTarballData(bytes));
const wrong = types === false ? ["types: none in the package"] : problems.filter(({ resolutionKind }) => !meant.includes(resolutionKind));

const all = [...lint, ...wrong.map((problem) => (typeof problem === "string" ? problem : `types: ${JSON.stringify(problem)}`))];
for (const line of all) console.log(line);
if (all.length > 0) process.exitCode = 1;
