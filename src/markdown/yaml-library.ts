// The YAML library. Most files are read by the fast lane, so it is loaded when a text first needs it: 14 ms that most calls
// of the program never spend. Loading has to be synchronous, hence `require`; scripts/build.mjs puts the library beside the program.

import { createRequire } from "node:module";
import type * as Yaml from "yaml";

const require = createRequire(import.meta.url);
let library: typeof Yaml | undefined;

export function yaml(): typeof Yaml {
  library ??= require("yaml") as typeof Yaml;
  return library;
}
