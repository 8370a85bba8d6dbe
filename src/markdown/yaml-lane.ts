import type { Dict } from "../record/tree.ts";
export function readPlainYaml(_text: string, _start: number, _end: number): Dict | undefined { return undefined; }
