// Files that the words of a command name: what it reads, as far as its words tell.

import { statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";

const written = /^-{1,2}(?:o$|out|save|log|write|dest|result)/i;

/** That are there, inside the repository; from its top. The program itself, what is to be written, and what `besides` holds are left out. */
export function namedFiles(command: readonly string[], cwd: string, top: string, besides: readonly string[]): readonly string[] {
  const paths = command.slice(1).flatMap((word, at): readonly string[] => {
    const [, name = command[at] ?? "", value = word] = /^(-{0,2}[A-Za-z][\w.-]*)=(.*)$/s.exec(word) ?? [];
    if (value.startsWith("-") || written.test(name)) return [];
    const full = resolve(cwd, value);
    const path = relative(top, full);
    const inside = path !== "" && path !== ".." && !path.startsWith(`..${sep}`) && resolve(top, path) === full;
    return inside && !besides.some((one) => full === one || full.startsWith(one + sep)) && isFile(full) ? [path.split(sep).join("/")] : [];
  });
  return [...new Set(paths)];
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
