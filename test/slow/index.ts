// The suites that take minutes (fault injection, corpus, concurrency, speed, the packed package): `npm run slow`, or with a word of the path.

import { readdirSync } from "node:fs";

process.env["TZ"] = "UTC";
process.env["LC_ALL"] = "C.UTF-8";
process.env["NO_COLOR"] = "1";

const wanted = process.argv[2] ?? "";
const files = readdirSync(new URL("./", import.meta.url)).filter((path) => path.endsWith(".test.ts") && path.includes(wanted));
for (const file of files.sort()) await import(new URL(file, new URL("./", import.meta.url)).href);
