// `journal build`: the static site into a folder.

import { basename, resolve } from "node:path";
import { slug } from "../../base/path.ts";
import { exits } from "../../base/problem.ts";
import { safeLine } from "../../base/terminal.ts";
import { type Built, buildSite } from "../../build/build.ts";
import type { Journal } from "../../store/journal.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import type { Outcome } from "../outcome.ts";
import { plural } from "../print.ts";
import { progressOn } from "../progress.ts";

type BuildOptions = Pick<Options, "output" | "zip" | "clean" | "lanes" | "strict">;

export async function build(journal: Journal, options: BuildOptions, start: string, io: Io): Promise<Outcome> {
  const began = io.now().getTime();
  const folder = options.output === undefined ? resolve(journal.root, "_site") : resolve(start, options.output);
  const built = await buildWith(journal, folder, options, io);
  const zip = options.zip === undefined ? undefined : await packSite(journal, folder, options.zip, start);
  const seconds = (io.now().getTime() - began) / 1000;
  const { written, same, removed, problems } = built;
  return {
    data: { folder, ...built, seconds, ...(zip === undefined ? {} : { zip }) },
    text: [
      `${safeLine(folder)}: ${written} written, ${same} unchanged, ${removed} removed in ${seconds.toFixed(1)} s\n`,
      ...(zip === undefined ? [] : [`${safeLine(zip.path)}: ${sizeText(zip.bytes)}\n`]),
    ].join(""),
    talk: summary(built),
    exit: options.strict === true && problems.errors > 0 ? exits.checks : exits.ok,
  };
}

export async function buildWith(journal: Journal, folder: string, { clean, lanes }: BuildOptions, io: Io): Promise<Built> {
  const progress = progressOn(io, `writing ${basename(folder)}`);
  const timed = Boolean(io.environment["JOURNAL_TIMINGS"]);
  let last = performance.now();
  try {
    return await buildSite(journal, folder, {
      ...(clean === undefined ? {} : { clean }),
      ...(lanes === undefined ? {} : { lanes }),
      progress: progress.step,
      phase(name) {
        const now = performance.now();
        if (timed) io.err(`${name}: ${Math.round(now - last)} ms\n`);
        last = now;
      },
    });
  } finally {
    progress.end();
    await (await import("../../build/chart-apart.ts")).endCharts();
  }
}

async function packSite(journal: Journal, folder: string, wanted: string | boolean, start: string) {
  const { writeZip } = await import("../../build/zip.ts");
  const { readList } = await import("../../build/output.ts");
  const path = typeof wanted === "string" ? resolve(start, wanted) : `${folder}.zip`;
  return { path, bytes: writeZip(path, slug(journal.settings.title), folder, readList(folder)) };
}

function summary({ problems: { errors, warnings } }: Built): readonly string[] {
  const parts = [errors > 0 ? plural(errors, "error") : "", warnings > 0 ? plural(warnings, "warning") : ""].filter(Boolean);
  return parts.length === 0 ? [] : [`${parts.join(", ")} in the journal: see journal check`];
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
