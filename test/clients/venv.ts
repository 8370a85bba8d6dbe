// Python environments with the clients, outside of the repository, kept between runs by what they hold.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Venv = { readonly python: string } | { readonly reason: string };

/** Both environments of the suite are made at once; the rest of its four minutes is for the clients. */
const patience = 200_000;

/** Absent where there is no Python, no network, or no time: with the reason. */
export async function makeVenv(packages: readonly string[]): Promise<Venv> {
  const key = createHash("sha256").update(packages.join(" ")).digest("hex").slice(0, 12);
  const folder = join(process.env["JOURNAL_CLIENTS"] ?? tmpdir(), `journal-clients-${key}`);
  const python = join(folder, "bin/python");
  const ready = join(folder, "ready");
  if (existsSync(ready)) return { python };
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    return { reason: String(error) };
  }
  const made = await run("python3", ["-m", "venv", folder]);
  if (made !== "") return { reason: `no Python environment: ${made}` };
  const options = ["--quiet", "--disable-pip-version-check", "--no-input", "--prefer-binary"];
  const installed = await run(python, ["-m", "pip", "install", ...options, ...packages]);
  if (installed !== "") return { reason: `${packages[0]} cannot be installed: ${installed}` };
  writeFileSync(ready, "");
  return { python };
}

/** "" when it went well, else its last line. */
function run(command: string, words: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(command, words, { stdio: ["ignore", "ignore", "pipe"], timeout: patience });
    let text = "";
    child.stderr.on("data", (part) => {
      text = (text + part).slice(-4000);
    });
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => resolve(code === 0 ? "" : text.trim().split("\n").at(-1) || `it ended with ${code ?? signal}`));
  });
}
