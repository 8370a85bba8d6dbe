// Makes every machine the same machine: imported first by both entries of the tests.

import { devNull } from "node:os";
import * as fc from "fast-check";

Object.assign(process.env, {
  TZ: "UTC",
  LC_ALL: "C.UTF-8",
  NO_COLOR: "1",
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.org",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.org",
});
for (const name of ["FORCE_COLOR", "EDITOR", "VISUAL", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"]) delete process.env[name];

// A property test looks somewhere else at each run, but not where a red run cannot be told from the change that is judged.
if (process.env["CI"]) fc.configureGlobal({ seed: 20261120 });
