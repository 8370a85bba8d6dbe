// A YAML value that still knows where and how it was written. The front matter reader makes it (from `yaml` or from its
// fast lane), `normalize` reads it; nothing in between looks at text again.

export interface Scalar {
  readonly kind: "scalar";
  /** As YAML 1.2 core reads it: string, number, boolean, null. Integers beyond 2^53 stay text. */
  readonly value: string | number | boolean | null;
  /** Exactly as written: without quotes for a plain scalar, the decoded text for a quoted or block one. */
  readonly source: string;
  readonly style: "plain" | "quoted" | "block";
  readonly start: number;
  readonly end: number;
}

export interface List {
  readonly kind: "list";
  readonly items: readonly Tree[];
  readonly start: number;
  readonly end: number;
}

export interface Entry {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: Tree;
}

export interface Dict {
  readonly kind: "dict";
  /** In the order written; keys are distinct. */
  readonly entries: readonly Entry[];
  readonly start: number;
  readonly end: number;
}

export type Tree = Scalar | List | Dict;

/** Plain data: what JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export function find(tree: Tree | undefined, key: string): Tree | undefined {
  return tree?.kind === "dict" ? tree.entries.find((entry) => entry.key === key)?.value : undefined;
}

/** Tree → plain data, typed by YAML core; objects have no prototype surprises (own keys only, `__proto__` included). */
export function plain(tree: Tree): Json {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return tree.items.map(plain);
  const out: { [key: string]: Json } = Object.create(null);
  for (const entry of tree.entries) out[entry.key] = plain(entry.value);
  return out;
}

/** Plain data → tree without places (all offsets 0): lets the API and importers use the same normaliser. */
export function tree(value: Json): Tree {
  if (Array.isArray(value)) return { kind: "list", items: value.map((item) => tree(item as Json)), start: 0, end: 0 };
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).map(([key, item]) => ({ key, keyStart: 0, keyEnd: 0, value: tree(item as Json) }));
    return { kind: "dict", entries, start: 0, end: 0 };
  }
  const scalar = value as string | number | boolean | null;
  return {
    kind: "scalar",
    value: scalar,
    source: scalar === null ? "" : String(scalar),
    style: typeof scalar === "string" ? "quoted" : "plain",
    start: 0,
    end: 0,
  };
}
