// What a published page leaves out unless `site.private: true` allows it: e-mail addresses and the names of home folders.

import type { Settings } from "../record/settings.ts";

type Asked = { readonly site: Pick<Settings["site"], "private"> };

const local = String.raw`[\p{L}\p{N}.!#$%&'*+/=?^_{|}~-]{1,64}`;
const host = String.raw`(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}`;
/** `<ada@example.org>`, plain and as HTML has it. */
const bracketed = new RegExp(String.raw`\s*(?:<|&lt;|&#x3C;)(?:mailto:)?${local}@${host}(?:>|&gt;|&#x3E;)`, "giu");
const linked = /<a [^<>]{0,200}href="mailto:[^"<>]{0,200}"[^<>]{0,200}>(.{0,200}?)<\/a>/giu;
/** `git@github.com:me/repo` names a machine, nobody's mail. */
const bare = new RegExp(String.raw`(?<![\p{L}\p{N}@])(?!git@)(${local})@${host}(?![\p{L}\p{N}-])`, "giu");
const home = /(?<![\p{L}\p{N}])(?:\/(?:home|Users)\/|[A-Z]:\\Users\\)[^\s/\\"'<>:;,)&]+/giu;

/** The text without addresses: of `Ada <ada@example.org>` the name stays, of `ada@example.org` what stands before the @. */
export function publicText(text: string, { site }: Asked): string {
  if (site.private) return text;
  const path = text.includes("/") || text.includes("\\") ? text.replace(home, "~") : text;
  return path.includes("@") ? path.replace(linked, "$1").replace(bracketed, "").replace(bare, "$1") : path;
}

/** A person, as published. */
export function publicName(text: string, settings: Asked): string {
  return publicText(text, settings)
    .replace(/\s+/g, " ")
    .replace(/^["'(\s]+|["'),;\s]+$/g, "")
    .trim();
}

/** Every text of a page model. Addresses hold no @: file names are made without one. */
export function publicModel<T>(model: T, settings: Asked): T {
  return settings.site.private ? model : (withoutPrivate(model, settings) as T);
}

/** The value itself where nothing in it changes: most models are large and hold nothing private. */
function withoutPrivate(value: unknown, settings: Asked): unknown {
  if (typeof value === "string") return publicText(value, settings);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) {
    let changed: unknown[] | undefined;
    for (let at = 0; at < value.length; at += 1) {
      const shown = withoutPrivate(value[at], settings);
      if (shown === value[at]) continue;
      changed ??= [...value];
      changed[at] = shown;
    }
    return changed ?? value;
  }
  let changed: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    if (key === "url" || key === "address") continue;
    const item = (value as Record<string, unknown>)[key];
    const shown = withoutPrivate(item, settings);
    if (shown === item) continue;
    changed ??= { ...value };
    changed[key] = shown;
  }
  return changed ?? value;
}
