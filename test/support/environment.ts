// Makes every machine the same machine: imported first by both entries of the tests.

import { devNull } from "node:os";

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
