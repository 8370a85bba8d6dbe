// The files beside a run, as the site hands them out: small ones only, and nothing that a browser would run.

import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../base/hash.ts";
import { hasControl } from "../base/path.ts";
import type { Settings } from "../record/settings.ts";
import { publicLog } from "../report/private-facts.ts";
import { attachmentFolder } from "../store/ids.ts";
import { locate } from "../store/root.ts";
import type { SiteContext } from "./context.ts";
import { runPages } from "./run-pages.ts";

/** Larger ones are named and stay where they are. */
const copyLimit = 5_000_000;
const mostFiles = 500;
const deepest = 4;

export interface AttachedFile {
  /** From the run's folder. */
  readonly name: string;
  /** From the journal's root. */
  readonly path: string;
  readonly bytes: number;
  /** On the site; absent for a file that is too large. */
  readonly address?: string;
  /** Its name on the site ends in `.txt`, so that no browser runs it. */
  readonly inert: boolean;
}

/** What a browser shows or saves, and never runs. Everything else is published as a text, or stays as it is where it is no text. */
const harmless =
  /\.(?:png|jpe?g|gif|webp|avif|bmp|tiff?|ico|csv|tsv|txt|log|json|jsonl|ndjson|ya?ml|toml|ini|md|pdf|npz|npy|pkl|pickle|pt|pth|ckpt|safetensors|onnx|h5|hdf5|parquet|feather|arrow|zip|gz|tgz|bz2|xz|zst|tar|wav|mp3|flac|mp4|webm|mov)$/i;
const drawing = /\.svg$/i;

const listed = new WeakMap<SiteContext, Map<string, readonly AttachedFile[]>>();
const folders = new WeakMap<SiteContext, ReadonlySet<string>>();

/** By name. Nothing is read but names and sizes, and drawings, which may hold a script. */
export function attachmentsOf(site: SiteContext, path: string, id: string): readonly AttachedFile[] {
  const found = folders.get(site) ?? new Set(site.journal.listing.attachments);
  folders.set(site, found);
  if (found.size === 0) return [];
  const folder = attachmentFolder(path, id);
  const page = runPages(site).get(path);
  if (folder === undefined || page === undefined || !found.has(folder)) return [];
  const known = listed.get(site) ?? new Map<string, readonly AttachedFile[]>();
  listed.set(site, known);
  const files = known.get(path) ?? list(site.journal.root, folder, `runs/${page}.files`);
  known.set(path, files);
  return files;
}

function list(root: string, folder: string, target: string): readonly AttachedFile[] {
  const names = walk(join(root, folder), "", 1).sort();
  return names.slice(0, mostFiles).flatMap((name): readonly AttachedFile[] => {
    const path = `${folder}/${name}`;
    const bytes = sizeOf(root, path);
    if (bytes === undefined) return [];
    if (bytes > copyLimit) return [{ name, path, bytes, inert: false }];
    const inert = !isHarmless(root, path, name);
    return [{ name, path, bytes, inert, address: `${target}/${name}${inert ? ".txt" : ""}` }];
  });
}

function walk(folder: string, above: string, depth: number): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry): readonly string[] => {
      const name = above + entry.name;
      if (entry.name.startsWith(".") || hasControl(entry.name) || entry.name.includes("\\")) return [];
      if (entry.isDirectory()) return depth < deepest ? walk(join(folder, entry.name), `${name}/`, depth + 1) : [];
      return entry.isFile() || entry.isSymbolicLink() ? [name] : [];
    });
  } catch {
    return [];
  }
}

/** Nothing for what is no file, or lies outside of the journal. */
function sizeOf(root: string, path: string): number | undefined {
  const where = locate(root, path);
  const stats = "real" in where ? statSync(where.real, { throwIfNoEntry: false }) : undefined;
  return stats?.isFile() === true ? stats.size : undefined;
}

function isHarmless(root: string, path: string, name: string): boolean {
  if (harmless.test(name)) return true;
  return drawing.test(name) && isPlainDrawing(readBytes(root, path) ?? new Uint8Array());
}

/** As programs draw figures. Whatever could run or lead somewhere makes a drawing a text. */
export function isPlainDrawing(bytes: Uint8Array): boolean {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return false;
  }
  const encoding = /^<\?xml[^>]*encoding=["']([^"']*)["']/.exec(text)?.[1] ?? "utf-8";
  if (!/^(?:utf-?8|us-ascii|ascii)$/i.test(encoding)) return false;
  return /<svg[\s>]/.test(text) && !active.some((pattern) => pattern.test(text));
}

const active: readonly RegExp[] = [
  /<(?:[\w.-]+:)?(?:script|handler|listener|foreignObject|iframe|object|embed|audio|video|image|animate\w*|set|discard)[\s/>]/i,
  /[\s"'/]on[a-z]+\s*=/i,
  /<!ENTITY|<!\[CDATA\[[\s\S]{0,200}<|<\?xml-stylesheet|@import|javascript:|vbscript:|data:(?!image\/(?:png|jpeg|gif))/i,
  /xmlns(?::[\w.-]+)?\s*=\s*["']?[^"'>]*xhtml/i,
  /(?:href|src)\s*=\s*(?!["']?(?:#|data:image\/(?:png|jpeg|gif)))/i,
  /url\(\s*["']?(?!#|data:image\/(?:png|jpeg|gif))/i,
];

/** Nothing where it cannot be read (any more). */
export function readBytes(root: string, path: string): Uint8Array | undefined {
  const where = locate(root, path);
  try {
    return "real" in where ? readFileSync(where.real) : undefined;
  } catch {
    return undefined;
  }
}

export const endBytes = 64_000;

/** The last part of a file, which may be a log of gigabytes. */
export function readEnd(root: string, path: string): Uint8Array {
  const where = locate(root, path);
  if (!("real" in where)) return new Uint8Array();
  let file: number | undefined;
  try {
    const start = Math.max(statSync(where.real).size - endBytes, 0);
    file = openSync(where.real, "r");
    const bytes = new Uint8Array(endBytes);
    return bytes.subarray(0, readSync(file, bytes, 0, endBytes, start));
  } catch {
    return new Uint8Array();
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Of what the files hold; "" without any. Of a file that is not copied the end counts: it may be the log that a page quotes. */
export function contentKey(site: SiteContext, files: readonly AttachedFile[]): string {
  return files.map((file) => `${file.address ?? file.name} ${file.bytes} ${hashOf(site, file)}`).join("\n");
}

const hashes = new WeakMap<SiteContext, Map<string, string>>();

export function hashOf(site: SiteContext, { path, address }: AttachedFile): string {
  const known = hashes.get(site) ?? new Map<string, string>();
  hashes.set(site, known);
  const found =
    known.get(path) ?? sha256((address === undefined ? readEnd(site.journal.root, path) : readBytes(site.journal.root, path)) ?? "");
  known.set(path, found);
  return found;
}

const texts = /\.(?:csv|tsv|txt|log|json|jsonl|ndjson|ya?ml|toml|ini|md|out|err|py|sh|cfg)$/i;

/** As it is handed out: texts without what is private. */
export function contentOf(site: SiteContext, { path, name }: AttachedFile): Uint8Array | string {
  const bytes = readBytes(site.journal.root, path) ?? new Uint8Array();
  return texts.test(name) ? withoutPrivate(bytes, site.journal.settings) : bytes;
}

function withoutPrivate(bytes: Uint8Array, settings: Settings): Uint8Array | string {
  if (settings.site.private) return bytes;
  // Bytes that are no UTF-8 come out as they went in where nothing is left out.
  const { text, hidden } = publicLog(new TextDecoder().decode(bytes), settings);
  return hidden ? text : bytes;
}
