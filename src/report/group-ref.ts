// A configuration named by its first run, with the decision and the state of all of its runs.

import type { Group } from "../analysis/study.ts";
import type { RunRef } from "./page.ts";
import { runRef } from "./view.ts";
import { glyphOf } from "./words.ts";

export const groupRef = (group: Group): RunRef => ({ ...runRef(group.first), glyph: glyphOf(group) });
