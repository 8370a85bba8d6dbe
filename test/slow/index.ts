// The suites that take minutes (fault injection, corpus, concurrency, speed, the packed package): `npm run slow`, or with a word of the path.

import "../support/environment.ts";
import { readdirSync } from "node:fs";

const here = new URL("./", import.meta.url);
const wanted = process.argv[2] ?? "";
const files = readdirSync(here).filter((path) => path.endsWith(".test.ts") && path.includes(wanted));
for (const file of files.sort()) await import(new URL(file, here).href);
