// The list of commands: words, options, examples, lazy import. No work is done here.

import type { CommandSpec } from "./command.ts";
import { begin } from "./program-begin.ts";
import { edit } from "./program-edit.ts";
import { judge } from "./program-judge.ts";
import { read } from "./program-read.ts";
import { reproduce } from "./program-reproduce.ts";
import { execute } from "./program-run.ts";
import { site } from "./program-site.ts";
import { support } from "./program-support.ts";

export const groups = ["Begin", "Write", "Read", "Show", "Bring back", "Look after"] as const;

export const commands: readonly CommandSpec[] = [...begin, ...execute, ...edit, ...read, ...judge, ...site, ...reproduce, ...support];
