// How a new value is written in the place of an old one: as typed where every reader agrees, in the quotes the old one had.

import type { Document, Node, Scalar } from "yaml";
import { JournalError } from "../base/problem.ts";
import type { FieldType } from "../record/field.ts";
import type { Source } from "../record/new-run.ts";
import type { Json } from "../record/tree.ts";
import { readPlainValue } from "./edit-lane.ts";
import { equal, isNull, type MatterNode, plainOf } from "./edit-matter.ts";
import { badValue } from "./messages-edit.ts";
import { type Context, printAfterKey, printFlow, printLines, printText, printTyped, quoteText } from "./print-yaml.ts";
import { yaml } from "./yaml-library.ts";
import { isMap, isScalar, isSeq } from "./yaml-nodes.ts";

export interface Slot {
  readonly context: Context;
  readonly type: FieldType | undefined;
  /** What stands there now. */
  readonly old: MatterNode;
  /** Inside a list, where text is always quoted. */
  readonly inList: boolean;
  /** Indentation of the key, for values on lines of their own. */
  readonly indent: string;
  readonly eol: string;
}

export interface NewValue {
  /** After `key:`, its leading blank or line end included; "" for nothing. */
  readonly after: string;
  /** What it must read back as. */
  readonly reads: Json;
}

export const isSource = (value: Json | Source): value is Source =>
  value !== null &&
  typeof value === "object" &&
  !Array.isArray(value) &&
  typeof (value as Source).source === "string" &&
  Object.keys(value).length === 1;

/** Nothing when the old value already says so. */
export function newValue(value: Json | Source, slot: Slot): NewValue | undefined {
  if (isSource(value)) return typedValue(value.source, slot);
  if (slot.old !== undefined && slot.old !== null && equal(plainOf(slot.old), value)) return undefined;
  if (typeof value === "string") return { after: ` ${printString(value, slot)}`, reads: value };
  return {
    after: slot.context === "flow" || slot.inList ? ` ${printFlow(value, slot.inList)}` : printAfterKey(value, slot.indent, slot.eol),
    reads: value,
  };
}

function typedValue(typed: string, slot: Slot): NewValue | undefined {
  const { old } = slot;
  if (isScalar(old) && typed === (old.type === "PLAIN" ? old.source : old.value)) return undefined;
  const text = typed.trim();
  if (text === "") return isNull(old) && old !== undefined ? undefined : { after: "", reads: null };
  if (text.includes("\n")) return { after: ` ${printString(typed, slot)}`, reads: typed };
  const collection = slot.type !== "text" && (text.startsWith("[") || text.startsWith("{"));
  if (collection || text.startsWith('"') || text.startsWith("'")) {
    const kept = collection ? typedCollection(text) : typedQuoted(text);
    if (kept !== undefined) return { after: ` ${kept.text}`, reads: kept.reads };
    if (/^(?:\[[^[\]]*|\{[^{}]*:[^{}]*|"[^"]*|'[^']*)$/.test(text))
      throw new JournalError(badValue(text, "a bracket or quote is never closed"));
  }
  const plain = printTyped(text, slot.type, slot.context);
  const reads = plainOf(readText(plain));
  const style = quoteOf(slot);
  if (style !== undefined && reads !== null && !plain.startsWith('"')) return { after: ` ${requote(text, style)}`, reads: text };
  if (typeof reads !== "string") return { after: ` ${plain}`, reads };
  return { after: ` ${(slot.inList && !isPlainString(old)) || plain.startsWith('"') ? printString(text, slot) : plain}`, reads: text };
}

const isPlainString = (node: MatterNode): boolean => isScalar(node) && node.type === "PLAIN" && typeof node.value === "string";

/** A string in its slot: quoted as the old one was, else plain when that is safe. */
function printString(text: string, slot: Slot): string {
  const style = quoteOf(slot);
  if (style !== undefined) return requote(text, style);
  if (slot.inList && !isPlainString(slot.old)) return quoteText(text);
  if (slot.context === "block" && text.includes("\n")) return printLines(text, `${slot.indent}  `, slot.eol);
  return printText(text, slot.context);
}

/**
 * The quotes to keep: those an author chose. Double quotes that we would have put there ourselves (`"a: b"`, `"no"`, text in
 * a list) say nothing about style; those around `"12.2"` or `"word"` do.
 */
function quoteOf({ old, type, context, inList }: Slot): "single" | "double" | undefined {
  if (!isScalar(old) || typeof old.value !== "string") return undefined;
  if (old.type === "QUOTE_SINGLE") return "single";
  if (old.type !== "QUOTE_DOUBLE") return undefined;
  const ours = printTyped(old.value, type, context);
  return ours.startsWith('"') || (inList && typeof plainOf(readText(ours)) === "string") ? undefined : "double";
}

function requote(text: string, style: "single" | "double"): string {
  return style === "single" && /^[\x20-\x7e\u00a1-\u1fff\u3001-\ud7ff]*$/.test(text) ? `'${text.replace(/'/g, "''")}'` : quoteText(text);
}

/** YAML text on its own, as a node. */
function readText(text: string): Node | null {
  return readPlainValue(text) ?? parseText(text).contents;
}

function parseText(text: string): Document.Parsed {
  return yaml().parseDocument(text, { logLevel: "silent", prettyErrors: false });
}

function typedQuoted(text: string): { readonly text: string; readonly reads: Json } | undefined {
  const document = parseText(text);
  const node = document.contents;
  if (document.errors.length > 0 || !isScalar(node) || typeof node.value !== "string" || node.range?.[1] !== text.length) return undefined;
  return {
    text: quoteText(node.value) === text || /^[\x20-\x7e\u00a1-\u1fff]*$/.test(text) ? text : quoteText(node.value),
    reads: node.value,
  };
}

/** `[1, 2]`, `{ a: 1 }`: as typed; printed anew with its text quoted where a reader would take a word for something else. */
function typedCollection(text: string): { readonly text: string; readonly reads: Json } | undefined {
  const plain = readPlainValue(text);
  if ((isMap(plain) || isSeq(plain)) && plain.range?.[1] === text.length && isAgreed(plain)) return { text, reads: plainOf(plain) };
  const document = parseText(text);
  const node = document.contents;
  if (document.errors.length > 0 || !(isMap(node) || isSeq(node)) || node.range?.[1] !== text.length) return undefined;
  let agreed = true;
  let strange = false;
  yaml().visit(document, {
    Alias: () => {
      strange = true;
    },
    Pair: (_, pair) => {
      if (pair.value === null) strange = true;
    },
    Scalar: (_, scalar: Scalar) => {
      if (scalar.anchor !== undefined || scalar.tag !== undefined) strange = true;
      if (scalar.type === "PLAIN" && printTyped(scalar.source ?? "", undefined, "flow") !== scalar.source) agreed = false;
    },
  });
  if (strange) return undefined;
  return { text: agreed ? text : reprint(node), reads: plainOf(agreed ? node : readText(reprint(node))) };
}

/** Whether every plain word in what the lane read may stay as it is. */
function isAgreed(node: MatterNode): boolean {
  if (isSeq(node)) return node.items.every((item) => isAgreed(item as Node));
  if (isMap(node)) return node.items.every(({ key, value }) => isAgreed(key as Node) && isAgreed(value as Node));
  return isScalar(node) && (node.type !== "PLAIN" || printTyped(node.source ?? "", undefined, "flow") === node.source);
}

function reprint(node: MatterNode): string {
  if (isSeq(node)) return `[${node.items.map((item) => reprint(item as Node)).join(", ")}]`;
  if (isMap(node)) return `{ ${node.items.map((pair) => `${reprint(pair.key as Node)}: ${reprint(pair.value as Node)}`).join(", ")} }`;
  if (!isScalar(node)) return "~";
  if (node.type !== "PLAIN") return quoteText(String(node.value));
  const kept = printTyped(node.source ?? "", undefined, "flow");
  return kept === "" ? "~" : kept;
}
