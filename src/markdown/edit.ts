// The smallest change of a file: ranges of the original text replaced, nothing printed anew. After each edit the file is read
// again; unless exactly what was asked for changed, the edit is refused and the text returned is never seen by anyone.

import { JournalError } from "../base/problem.ts";
import type { Source } from "../record/new-run.ts";
import type { Json } from "../record/tree.ts";
import { findConflicts } from "./conflicts.ts";
import { changedAll, planBatch, type Setting, splicesOf } from "./edit-batch.ts";
import { type BodyPlan, planAppend, planText, planTick, proveBody } from "./edit-body.ts";
import { refuseTooMany, refuseUnreadable } from "./edit-limits.ts";
import { locate } from "./edit-locate.ts";
import { changedOnly, equal, isMapNode, isSeqNode, keyOf, type Matter, plainOf, readMatter, readPlainMatter } from "./edit-matter.ts";
import { type Plan, splice } from "./edit-splice.ts";
import { isSource } from "./edit-value.ts";
import { planPush, planRemove, planSet } from "./edit-yaml.ts";
import { type Fences, fenceProblem, findFences } from "./fences.ts";
import { brokenFile, conflict, unclosedFile, unsafe } from "./messages-edit.ts";
import { printFlow } from "./print-yaml.ts";

export type Edit =
  | { readonly kind: "set"; readonly path: readonly string[]; readonly value: Json | Source }
  | { readonly kind: "remove"; readonly path: readonly string[] }
  /** Appends to a list, made if absent. */
  | { readonly kind: "push"; readonly path: readonly string[]; readonly value: Json }
  /** List item in a section (`worked`, `notes/2026-11-20`), made if absent. */
  | { readonly kind: "append"; readonly section: string; readonly item: string; readonly task?: boolean }
  /** Paragraph at the section's end. */
  | { readonly kind: "text"; readonly section: string; readonly text: string }
  | { readonly kind: "tick"; readonly task: number; readonly done: boolean };

/** One thing that changed, in the file's own writing, for printing old → new. */
export interface Done {
  /** Keys in the front matter, or the name of a section, or a task's text. */
  readonly path: readonly string[] | string;
  readonly old?: string;
  readonly new?: string;
}

export interface EditOptions {
  /** `false` reads everything with the library. */
  readonly lane?: boolean;
}

/** Throws `JournalError` (exit 2) rather than damage the file. Without a change `text` is the very same string. */
export function edit(
  text: string,
  edits: readonly Edit[],
  options: EditOptions = {},
): { readonly text: string; readonly done: readonly Done[] } {
  const done: Done[] = [];
  const session = new Session(text, done, options.lane !== false);
  refuseTooMany(edits.flatMap((each) => (each.kind === "set" ? [each.path] : [])));
  for (let at = 0; at < edits.length; ) at += session.applyFrom(edits, at);
  if (session.text !== text) refuseUnreadable(text, session.text);
  return { text: session.text, done };
}

/** A file without front matter may get some; one whose front matter is of another language, or has no end, may not. */
function refuseOtherMatter(text: string, start: number): void {
  const problem = fenceProblem(text);
  if (problem.code === "markdown/front-matter-language") throw new JournalError(problem);
  if (text.startsWith("---", start)) throw new JournalError(unclosedFile(start));
}

type Proof = (before: Matter, after: Matter) => boolean;

/** The values set from `at` on, up to the first edit of another kind. */
function* settingsFrom(edits: readonly Edit[], at: number): Generator<Setting> {
  for (let index = at; index < edits.length; index += 1) {
    const each = edits[index];
    if (each?.kind !== "set") return;
    yield { path: each.path, value: each.value, patch: shownPatch(each.path, each.value) };
  }
}

class Session {
  text: string;
  private readonly done: Done[];
  private readonly lane: boolean;
  private matter: Matter | undefined;
  private bodyStart = 0;
  /** Several changes at once could not be proved. */
  private oneByOne = false;

  constructor(text: string, done: Done[], lane: boolean) {
    this.text = text;
    this.done = done;
    this.lane = lane;
    const merge = findConflicts(text)?.problems[0];
    if (merge !== undefined) throw new JournalError(conflict(merge.offset ?? 0));
    this.open();
  }

  /** Applies one edit or more; says how many. */
  applyFrom(edits: readonly Edit[], at: number): number {
    const several = edits[at]?.kind === "set" && edits[at + 1]?.kind === "set";
    const count = several && !this.oneByOne ? this.batch(settingsFrom(edits, at)) : 0;
    if (count > 0) return count;
    this.apply(edits[at] as Edit);
    return 1;
  }

  /** Many values set at once where that can be proved at once; says how many. */
  private batch(settings: Iterable<Setting>): number {
    if (findFences(this.text) === undefined) return 0;
    const before = this.read();
    const batch = planBatch(before, settings);
    if (batch.plans.length < 2) return 0;
    const text = splice(this.text, splicesOf(batch));
    if (!this.keep(text, (fences) => this.readProved(before, text, fences, (old, now) => changedAll(old, now, batch)))) {
      this.oneByOne = true;
      return 0;
    }
    for (const plan of batch.plans) this.note(plan);
    return batch.count;
  }

  private apply(each: Edit): void {
    switch (each.kind) {
      case "set":
        return this.set(each.path, each.value, false);
      case "remove":
        return this.front(each.path, "delete its line", (matter, patch) => planRemove(matter, each.path, patch, false));
      case "push":
        return this.front(each.path, shownPatch(each.path, [each.value]), (matter, patch) =>
          planPush(matter, each.path, each.value, patch),
        );
      case "append":
        return this.body(each.section, each.item, planAppend(this.text, this.bodyStart, each.section, each.item, each.task ?? false));
      case "text":
        return this.body(each.section, each.text, planText(this.text, this.bodyStart, each.section, each.text));
      case "tick":
        return this.tick(each.task, each.done);
    }
  }

  private open(): void {
    const fences = findFences(this.text);
    const start = this.text.charCodeAt(0) === 0xfeff ? 1 : 0;
    if (fences === undefined) refuseOtherMatter(this.text, start);
    this.bodyStart = fences?.bodyStart ?? start;
    this.matter = undefined;
  }

  /** The front matter, read once per change; a file without gets none until something is set. */
  private read(): Matter {
    if (this.matter !== undefined) return this.matter;
    const fences = findFences(this.text);
    const matter =
      fences === undefined
        ? readMatter("", 0, 0)
        : (this.readPlain(this.text, fences) ?? readMatter(this.text, fences.yamlStart, fences.yamlEnd));
    if (matter.broken !== undefined) throw new JournalError(brokenFile(matter.broken));
    if (matter.root !== null && matter.root !== undefined && !isMapNode(matter.root)) throw new JournalError(brokenFile(matter.start));
    this.matter = matter;
    return matter;
  }

  /** A map set over a map changes only the keys that differ, a longer list only grows: their other bytes stay. */
  private set(path: readonly string[], value: Json | Source, exact: boolean): void {
    const patch = shownPatch(path, value);
    if (!isSource(value) && value !== null && typeof value === "object") {
      const place = locate(this.read(), path, patch, { exact });
      const old = place.rest.length === 0 ? place.steps.at(-1)?.value : undefined;
      const keys = place.keys.map(String);
      if (isMapNode(old) && !Array.isArray(value) && old.items.length > 0 && Object.keys(value).length > 0) {
        const known = old.items.flatMap((pair) => keyOf(pair) ?? []);
        for (const key of known)
          if (!Object.hasOwn(value, key)) this.front(keys, patch, (matter) => planRemove(matter, [...keys, key], patch, true));
        for (const [key, item] of Object.entries(value)) this.set([...keys, key], item as Json, true);
        return;
      }
      const items = Array.isArray(value) ? (value as readonly Json[]) : [];
      const grows =
        isSeqNode(old) && old.items.length > 0 && items.length > old.items.length && equal(plainOf(old), items.slice(0, old.items.length));
      if (grows) {
        for (const item of items.slice(old.items.length)) this.front(keys, patch, (matter) => planPush(matter, keys, item, patch));
        return;
      }
    }
    this.front(path, patch, (matter) => planSet(matter, path, value, patch, exact));
  }

  private front(path: readonly string[], patch: string, plan: (matter: Matter, patch: string) => Plan | undefined): void {
    if (findFences(this.text) === undefined) return this.begin(path, patch, plan);
    const before = this.read();
    const planned = plan(before, patch);
    if (planned === undefined) return;
    const text = splice(this.text, planned.splices);
    if (text === this.text) return;
    const proved = (old: Matter, now: Matter): boolean => changedOnly(old, now, planned.keys, planned.reads);
    if (!this.keep(text, (fences) => this.readProved(before, text, fences, proved)))
      throw new JournalError(unsafe(path.join("."), patch, planned.splices[0]?.start));
    this.note(planned);
  }

  private note({ keys, old, new: fresh }: Plan): void {
    this.done.push({
      path: keys.map(String),
      ...(old === undefined ? {} : { old }),
      ...(fresh === undefined ? {} : { new: fresh }),
    });
  }

  /** Reads the new text and keeps it only when nothing but what was asked for changed. */
  private keep(text: string, readProved: (fences: Fences) => Matter | undefined): boolean {
    const fences = findFences(text);
    const after = fences === undefined ? undefined : readProved(fences);
    if (fences === undefined || after === undefined || text.slice(fences.bodyStart) !== this.text.slice(this.bodyStart)) return false;
    this.text = text;
    this.matter = after;
    this.bodyStart = fences.bodyStart;
    return true;
  }

  /** The lane compares what it read itself; where it is unsure or sees more than the change, the library reads both. */
  private readProved(before: Matter, text: string, { yamlStart, yamlEnd }: Fences, proved: Proof): Matter | undefined {
    const plain = before.document === undefined ? readPlainMatter(text, yamlStart, yamlEnd) : undefined;
    if (plain !== undefined && proved(before, plain)) return plain;
    const after = readMatter(text, yamlStart, yamlEnd);
    const old = before.document === undefined ? readMatter(before.text, before.start, before.end) : before;
    return proved(old, after) ? after : undefined;
  }

  private readPlain(text: string, { yamlStart, yamlEnd }: Fences): Matter | undefined {
    return this.lane ? readPlainMatter(text, yamlStart, yamlEnd) : undefined;
  }

  /** The first key of a file without front matter. */
  private begin(path: readonly string[], patch: string, plan: (matter: Matter, patch: string) => Plan | undefined): void {
    const start = this.text.charCodeAt(0) === 0xfeff ? 1 : 0;
    const eol = this.text.includes("\r\n") ? "\r\n" : "\n";
    const whole = this.text;
    this.text = `${whole.slice(0, start)}---${eol}---${eol}${whole.slice(start)}`;
    this.open();
    const count = this.done.length;
    this.front(path, patch, plan);
    if (this.done.length === count) {
      this.text = whole;
      this.open();
    }
  }

  private body(section: string, written: string, plan: BodyPlan): void {
    const text = splice(this.text, [plan.splice]);
    proveBody(this.text, text, this.bodyStart, plan, section);
    this.text = text;
    this.done.push({ path: section, new: written.trim() });
  }

  private tick(task: number, done: boolean): void {
    const plan = planTick(this.text, this.bodyStart, task, done);
    if (plan.splice === undefined) return;
    this.text = splice(this.text, [plan.splice]);
    this.done.push({ path: plan.text, old: done ? "[ ]" : "[x]", new: done ? "[x]" : "[ ]" });
  }
}

/** The change in words, for the hint of a refusal. */
function shownPatch(path: readonly string[], value: Json | Source): string {
  const text = isSource(value) ? value.source : printFlow(value);
  const shown = `${path.at(-1) ?? ""}: ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`;
  return path.length > 1 ? `write \`${shown}\` below \`${path.slice(0, -1).join(".")}\`` : `write \`${shown}\``;
}
