// The site in a real browser: `npm run browser`, or with a word of the path. Needs a Chromium; without one every test says so and skips.

import "../support/environment.ts";
import { readdirSync } from "node:fs";

const here = new URL("./", import.meta.url);
const wanted = process.argv[2] ?? "";
const files = readdirSync(here).filter((path) => path.endsWith(".test.ts") && path.includes(wanted));
for (const file of files.sort()) await import(new URL(file, here).href);
