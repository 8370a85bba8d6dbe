// What is installed for an interpreter: name and version of every package, asked without running the project's code.

import type { Environment, Interpreter } from "./interpreter.ts";
import { askProgram } from "./program.ts";

export interface Installed {
  /** Of the interpreter itself. */
  readonly version?: string;
  /** By name as the package writes it. */
  readonly packages: ReadonlyMap<string, string>;
  /** One line per package, as `pip freeze` prints it. */
  readonly freeze?: string;
}

/** The folder of the script is no place to import from: a file `json.py` in it would be run. */
const python = String.raw`
import sys
sys.path[:] = [p for p in sys.path if p not in ('', '.')] if len(sys.path) else sys.path
import json, platform
out = {'version': platform.python_version(), 'packages': []}
try:
    from importlib import metadata
    seen = set()
    for d in metadata.distributions():
        try:
            name = d.metadata['Name']
            key = name.lower().replace('_', '-').replace('.', '-')
            if key in seen: continue
            seen.add(key)
            url = None
            text = d.read_text('direct_url.json')
            if text:
                u = json.loads(text)
                v = u.get('vcs_info') or {}
                url = (v.get('vcs', '') + '+' if v else '') + u.get('url', '') + ('@' + v['commit_id'] if v.get('commit_id') else '')
                if (u.get('dir_info') or {}).get('editable'): url = '-e ' + url
            out['packages'].append([name, d.version, url])
        except Exception: pass
except ImportError: pass
sys.stdout.write('\n' + json.dumps(out) + '\n')
`;

export async function readInstalled({ kind, path }: Interpreter, folder: string, environment: Environment): Promise<Installed> {
  if (kind === "python")
    return parsePython(await askProgram(path, ["-c", python], { folder, environment: { ...environment, PYTHONWARNINGS: "ignore" } }));
  if (kind === "node")
    return only(
      /v?([\d.]+\S*)/.exec((await askProgram(/node/.test(path) ? path : "node", ["--version"], { folder, environment })) ?? "")?.[1],
    );
  const answer = await askProgram(path, kind === "julia" ? ["--startup-file=no", "--version"] : ["--version"], { folder, environment });
  return only(/\d+\.\d+(?:\.\d+)?/.exec(answer ?? "")?.[0]);
}

const only = (version: string | undefined): Installed => ({ packages: new Map(), ...(version === undefined ? {} : { version }) });

function parsePython(answer: string | undefined): Installed {
  const line = answer?.trim().split("\n").at(-1);
  if (line === undefined) return { packages: new Map() };
  try {
    const { version, packages } = JSON.parse(line) as { version: string; packages: [string, string, string | null][] };
    const sorted = packages.sort(([left], [right]) => (left.toLowerCase() < right.toLowerCase() ? -1 : 1));
    return {
      version,
      packages: new Map(sorted.map(([name, one]) => [name, one])),
      freeze: sorted
        .map(
          ([name, one, url]) => `${url === null ? `${name}==${one}` : url.startsWith("-e ") ? `${url}#egg=${name}` : `${name} @ ${url}`}\n`,
        )
        .join(""),
    };
  } catch {
    return { packages: new Map() };
  }
}

/** As package indexes compare names. */
export const foldName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, "-");
