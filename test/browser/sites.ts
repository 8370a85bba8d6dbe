// The sites the suite looks at: generated journals of several sizes, the project's own, and odd ones. Each is built once, into a folder
// below the system's temporary one, and can be opened from there or through a plain static server under a sub-path.

import { createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { after } from "node:test";
import { pathToFileURL } from "node:url";
import { buildSite } from "../../src/build/build.ts";
import { openJournal } from "../../src/store/journal.ts";
import { writeJournal } from "../support/generate.ts";
import { hostile } from "./hostile.ts";
import { reportSettings, reports } from "./reports.ts";

const root = mkdtempSync(join(tmpdir(), "journal-browser-"));
after(() => rmSync(root, { recursive: true, force: true }));

export interface Site {
  readonly name: string;
  readonly folder: string;
  /** `file:///…/` */
  readonly file: string;
  /** Addresses of all pages. */
  readonly pages: readonly string[];
}

const made = new Map<string, Promise<Site>>();

/** `write` fills an empty folder with a journal. */
export function site(name: string, write: (folder: string) => void): Promise<Site> {
  const known = made.get(name) ?? make(name, write);
  made.set(name, known);
  return known;
}

async function make(name: string, write: (folder: string) => void): Promise<Site> {
  const journal = join(root, name);
  mkdirSync(journal, { recursive: true });
  write(journal);
  const folder = join(root, `${name}-site`);
  await buildSite(openJournal(journal, { warn: () => undefined }), folder);
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".html"));
  return { name, folder, file: `${pathToFileURL(folder).href}/`, pages: pages.map((path) => path.replaceAll("\\", "/")).sort() };
}

export const busy = (): Promise<Site> => site("busy", (folder) => void writeJournal(folder, { runs: 60, studies: 2 }));
export const single = (): Promise<Site> => site("single", (folder) => void writeJournal(folder, { runs: 46 }));
export const large = (): Promise<Site> => site("large", (folder) => void writeJournal(folder, { runs: 10_000 }));

type Runs = Readonly<Record<string, string>>;

/** Files by path; `journal.yaml` is added. */
export function written(name: string, files: Runs, settings = "title: Odd\n"): Promise<Site> {
  return site(name, (folder) => {
    for (const [path, text] of Object.entries({ "journal.yaml": settings, ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    mkdirSync(join(folder, "experiments"), { recursive: true });
  });
}

const run = (number: number, more: string, body = ""): Runs => {
  const id = `EXP${String(number).padStart(3, "0")}-${"abcdefghjk"[number % 10]?.repeat(4)}`;
  return { [`experiments/${id}-run.md`]: `---\nid: ${id}\ntitle: Run ${number}\ndate: 2026-11-0${(number % 9) + 1}\n${more}---\n${body}` };
};

/** Journals that a site easily forgets. */
export const odd: Readonly<Record<string, () => Promise<Site>>> = {
  "no run": () => written("empty", {}),
  "one run": () => written("one", run(1, "status: finished\nmetrics: { acc: 85.5% }\n")),
  "two runs": () =>
    written("two", {
      ...run(1, "status: finished\nconfig: { lr: 0.1 }\nmetrics: { acc: 85.5% }\n"),
      ...run(2, "status: finished\nbase: EXP001\nconfig: { lr: 0.2 }\nmetrics: { acc: 86.5% }\ndecision: keep\nreason: better\n"),
    }),
  "no metric": () =>
    written("none", { ...run(1, "status: finished\nconfig: { a: 1 }\n"), ...run(2, "status: planned\nconfig: { a: 2 }\n") }),
  "only failures": () =>
    written("failed", { ...run(1, "status: failed\nconfig: { a: 1 }\n"), ...run(2, "status: lost\n"), ...run(3, "status: failed\n") }),
  "an outlier": () =>
    written(
      "outlier",
      Object.assign(
        {},
        ...[0.97, 0.965, 3.2, 0.96, 0.958, 0.957].map((loss, at) =>
          run(
            at + 1,
            `status: finished\nconfig: { lr: ${at + 1} }\nmetrics: { val_loss: ${loss} }\n${at > 0 ? "base: EXP001\n" : ""}decision: ${at % 2 ? "keep" : "discard"}\n`,
          ),
        ),
      ),
    ),
  "400 columns": () => {
    const config = (value: number): string => `config: { ${Array.from({ length: 400 }, (_, at) => `p${at}: ${value}`).join(", ")} }\n`;
    return written("wide", {
      ...run(1, `status: finished\n${config(1)}metrics: { acc: 1% }\n`),
      ...run(2, `status: finished\nbase: EXP001\n${config(2)}metrics: { acc: 2% }\n`),
      ...run(3, `status: finished\nbase: EXP002\n${config(3)}metrics: { acc: 3% }\n`),
    });
  },
  "hostile text": () => written("hostile", hostile, `title: ${JSON.stringify("<img src=x onerror=alert(1)> {{ x }}")}\n`),
  "reports, views and charts of one's own": () => written("reports", reports, reportSettings),
  "a broken file": () =>
    written("broken", {
      ...run(1, "status: finished\nmetrics: { acc: 1% }\n"),
      "experiments/EXP002-bbbb-x.md": "---\nid: EXP002-bbbb\ntitle: [unclosed\n---\nbody <b>\n",
    }),
};

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".xml": "application/xml",
  ".csv": "text/csv",
};

/** As a host of static pages would, below a sub-path; `url` ends in a slash. */
export async function host({ folder }: Site): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? "/").split(/[?#]/, 1)[0] ?? "/").replace(/^\/group\/journal\//, "/");
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      const missing = join(folder, "404.html");
      response.writeHead(404, { "Content-Type": "text/html" }).end(existsSync(missing) ? readFileSync(missing) : "");
      return;
    }
    response.writeHead(200, { "Content-Type": types[extname(file)] ?? "text/plain" });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/group/journal/`, close: () => void server.close() };
}
