// The marks of a drawn chart that say something, with their places, from Vega's own scene: a canvas has no elements to ask.

import { runMark } from "../../../src/report/chart-parts.ts";
import type { Box } from "../tip.ts";

export interface Mark {
  readonly text: string;
  /** Of the run it stands for. */
  readonly run?: string;
  /** From the corner of the plot. */
  readonly box: Box;
}

interface SceneItem {
  readonly x?: number;
  readonly y?: number;
  readonly description?: string;
  readonly bounds?: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
  readonly items?: readonly SceneMark[];
}

interface SceneMark {
  readonly marktype?: string;
  readonly role?: string;
  readonly items?: readonly SceneItem[];
}

export interface Scene {
  readonly root: SceneMark;
}

export function marksOf({ root }: Scene): readonly Mark[] {
  const found: Mark[] = [];
  collect(root, 0, 0, found);
  return found;
}

function collect({ marktype, role = "", items = [] }: SceneMark, x: number, y: number, found: Mark[]): void {
  if (role.startsWith("axis") || role.startsWith("title")) return;
  for (const item of items) {
    if (marktype === "group") for (const mark of item.items ?? []) collect(mark, x + (item.x ?? 0), y + (item.y ?? 0), found);
    else if (item.description !== undefined && item.description !== "" && item.bounds !== undefined)
      found.push(markOf(item.description, item.bounds, x, y));
  }
}

function markOf(description: string, { x1, y1, x2, y2 }: NonNullable<SceneItem["bounds"]>, x: number, y: number): Mark {
  const end = description.indexOf(runMark);
  const box = { left: x + x1, top: y + y1, width: x2 - x1, height: y2 - y1 };
  return end === -1 ? { text: description, box } : { text: description.replace(runMark, " "), run: description.slice(0, end), box };
}
