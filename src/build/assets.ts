// Style sheet, scripts and icon, as the package brings them. Their names on the site hold a part of their content's hash, so that a page
// never meets those of another version.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../base/hash.ts";
import { readPackage } from "../store/package.ts";

export interface Assets {
  /** `shell.js` → `assets/shell-0f3a9c1b.js` */
  readonly addresses: Readonly<Record<string, string>>;
  /** Address → content. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Of all of them. */
  readonly hash: string;
}

export function readAssets(): Assets {
  const folder = join(readPackage().folder, "dist", "site");
  const addresses: Record<string, string> = {};
  const files = new Map<string, Uint8Array>();
  for (const name of readdirSync(folder).sort()) {
    const content = readFileSync(join(folder, name));
    const dot = name.lastIndexOf(".");
    const address = `assets/${name.slice(0, dot)}-${sha256(content).slice(0, 8)}${name.slice(dot)}`;
    addresses[name] = address;
    files.set(address, content);
  }
  return { addresses, files, hash: sha256(JSON.stringify(addresses)) };
}
