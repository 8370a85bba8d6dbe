// What a script prints: `METRIC name=value`, a block of `name: value` lines below `---`, JSON lines, lines that count (`Epoch 1/5, loss: 0.9`),
// the arguments as argparse shows them, and the patterns of the settings.
// Anything else is talk: `Epoch 1: done` is no metric.

import { parseQuantity } from "../record/quantity.ts";
import { countedIn, countMarks } from "./counted-line.ts";
import { type Decoder, type Fault, fault, type Item, type Point } from "./item.ts";
import { Lines } from "./lines.ts";
import { parseLooseJson } from "./loose-json.ts";
import { namespaceIn, namespaceMark } from "./namespace.ts";
import { readMeasured } from "./number-text.ts";
import { compilePattern, type Pattern } from "./pattern.ts";
import { type Axes, axesOf, axisOf, type Dict, isDict, pointsOf } from "./record-items.ts";

const longest = 65_536;
const mostInBlock = 200;

/** A pattern that is not fit to be used is named by a fault in front of everything else. */
export function openStdout(patterns: readonly string[] = []): Decoder {
  const compiled = patterns.map((source) => ({ source, pattern: compilePattern(source) }));
  const refused = compiled.flatMap(({ source, pattern }) =>
    "unfit" in pattern ? [fault(`the pattern \`${source}\` ${pattern.unfit}`)] : [],
  );
  return new StdoutDecoder(
    compiled.flatMap(({ pattern }) => ("unfit" in pattern ? [] : [pattern])),
    refused,
  );
}

class StdoutDecoder implements Decoder {
  private readonly patterns: readonly Pattern[];
  /** What a line of interest holds, as text and as bytes; an empty one when any line may be one. */
  private readonly marks: readonly (readonly [string, Buffer])[];
  private readonly lines = new Lines({ longest, carriage: true });
  private waiting: readonly Item[];
  private faulty = false;
  private block: (readonly [name: string, text: string])[] | undefined;

  constructor(patterns: readonly Pattern[], waiting: readonly Item[]) {
    this.patterns = patterns;
    this.waiting = waiting;
    const texts = ["METRIC", "---", "{", namespaceMark, ...countMarks, ...patterns.map(({ literal }) => literal)];
    this.marks = texts.map((text) => [text, Buffer.from(text)]);
  }

  push(bytes: Uint8Array): readonly Item[] {
    const found: Item[] = [...this.waiting];
    this.waiting = [];
    const head = this.lines.open || this.block !== undefined ? endOfLine(bytes) : 0;
    this.read(bytes.subarray(0, head), found);
    const rest = bytes.subarray(head);
    // A program that prints gigabytes of talk costs a search through them, not a look at each line.
    if (this.block === undefined && !this.mayHold(rest)) this.lines.push(rest.subarray(lastEnd(rest)));
    else this.read(rest, found);
    return found;
  }

  end(): readonly Item[] {
    const found: Item[] = [...this.waiting];
    for (const line of this.lines.end()) this.line(line, found);
    this.closeBlock(found);
    return found;
  }

  private mayHold(bytes: Uint8Array): boolean {
    const view = viewOf(bytes);
    return this.marks.some(([, mark]) => mark.length === 0 || view.includes(mark));
  }

  private read(bytes: Uint8Array, found: Item[]): void {
    for (const line of this.lines.push(bytes)) this.line(line, found);
  }

  private line(written: string, found: Item[]): void {
    const line = plainLine(written);
    if (this.block !== undefined && this.blockLine(line, this.block, found)) return;
    // The same question as of the bytes: what is found does not depend on how they came.
    if (!this.marks.some(([mark]) => written.includes(mark))) return;
    if (/^---\s*$/.test(line)) this.block = [];
    else if (/^\s*METRIC\s/.test(line)) found.push(...this.once(metricsIn(line)));
    else if (/^\s*\{.*\}\s*$/.test(line)) found.push(...recordIn(line));
    else if (line.startsWith(namespaceMark)) found.push(...namespaceIn(line));
    const matched = this.patterns.flatMap((pattern) => matchesOf(pattern, line));
    // Whoever says how a line is read wants nothing else of it.
    found.push(...(matched.length > 0 ? matched : measuredPoints(measuredIn(countedIn(line)))));
  }

  /** A program that prints one odd line prints a thousand: the first is named. */
  private once(items: readonly Item[]): readonly Item[] {
    const told = this.faulty;
    this.faulty ||= items.some(({ kind }) => kind === "fault");
    return told ? items.filter(({ kind }) => kind !== "fault") : items;
  }

  /** Whether the line belongs to the block; the first that does not ends it. */
  private blockLine(line: string, block: (readonly [string, string])[], found: Item[]): boolean {
    const [, name, text] = /^([\p{L}_][^:=]{0,120}?)\s*:\s+(\S.*?)\s*$/u.exec(line) ?? [];
    const blank = line.trim() === "" && block.length === 0;
    if (name !== undefined && text !== undefined && block.length < mostInBlock) block.push([name, text]);
    else if (!blank) this.closeBlock(found);
    return name !== undefined || blank;
  }

  private closeBlock(found: Item[]): void {
    found.push(...measuredPoints(measuredIn(this.block ?? [])));
    this.block = undefined;
  }
}

/** Just behind the first line end; everything where there is none. */
function endOfLine(bytes: Uint8Array): number {
  const at = bytes.findIndex((byte) => byte === 10 || byte === 13);
  return at === -1 ? bytes.length : at + 1;
}

/** Just behind the last line end. A carriage return is looked for behind the last line feed alone: most output has none. */
function lastEnd(bytes: Uint8Array): number {
  const feed = viewOf(bytes).lastIndexOf(10) + 1;
  return feed + bytes.subarray(feed).lastIndexOf(13) + 1;
}

/** The same bytes, searched by the machine's own routines: a `Uint8Array` searches one by one. */
const viewOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Without colours, cursor movements and other things that only a terminal shows. */
function plainLine(line: string): string {
  if (!line.includes("\x1b")) return line;
  return line.replace(/\x1b(?:\[[0-9;?]{0,40}[ -/]{0,4}[@-~]|\][^\x07\x1b]{0,400}(?:\x07|\x1b\\)|[@-Z\\-_a-z])/g, "");
}

interface Measured {
  readonly name: string;
  readonly value: number;
  readonly unit?: string;
}

function measuredIn(pairs: readonly (readonly [name: string, text: string])[]): readonly Measured[] {
  return pairs.flatMap(([name, text]) => {
    const measured = readMeasured(text);
    return measured === undefined ? [] : [{ name, ...measured }];
  });
}

/** Values that belong together; those called step or epoch say where the others stand. */
function measuredPoints(values: readonly Measured[]): readonly Point[] {
  const axes = axesOf(Object.fromEntries(values.map(({ name, value }) => [name, value])));
  return values
    .filter(({ name }) => {
      const axis = axisOf(name);
      return axis === undefined || axes[axis] === undefined;
    })
    .map((one) => ({ kind: "point", ...one, ...axes }));
}

const pair =
  /[\s,;]*(?:"([^"]{1,200})"|([^\s=",;][^="]{0,200}?))\s*=\s*([+-]?(?:\d[\d_]*(?:,\d+)*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\d.]|,\d)|[+-]?(?:nan|inf(?:inity)?)(?!\w))((?:%|[\p{L}µ°][\p{L}\p{N}µ°%/]*)(?=[\s,;]|$)|\s+[\p{L}µ°%][\p{L}\p{N}µ°%/]*\s*$)?/iuy;

/** `METRIC val loss=0.25 step=3`, `METRIC time=1.6 h`: as many as the line names. What cannot be read for sure is named, not cut. */
function metricsIn(line: string): readonly Item[] {
  const values: Measured[] = [];
  pair.lastIndex = line.indexOf("METRIC") + "METRIC".length;
  let [end, begun] = [pair.lastIndex, pair.lastIndex];
  for (let found = pair.exec(line); found !== null; found = pair.exec(line)) {
    const [, quoted, bare, digits = "", unit = ""] = found;
    const measured = digits.includes(",") ? withCommas(digits, unit) : (readMeasured(`${digits}${unit}`) ?? readMeasured(digits));
    if (measured === undefined) return [...measuredPoints(values), unread(line, pair.lastIndex - digits.length - unit.length)];
    values.push({ name: quoted ?? bare ?? "", ...measured });
    [end, begun] = [pair.lastIndex, pair.lastIndex - digits.length - unit.length];
  }
  if (!/^[\s,;]*[\d.]/.test(line.slice(end))) return measuredPoints(values);
  // `2h 30min`: the last value goes on.
  const last = values.pop();
  const time = parseQuantity(line.slice(begun), { time: true });
  if (last === undefined || time?.unit === undefined) return [...measuredPoints(values), unread(line, begun)];
  return measuredPoints([...values, { name: last.name, value: time.value, unit: "s" }]);
}

/** `1,000,000`, `0,38`, `85,5%`: as in a file, where it has one meaning only. */
function withCommas(digits: string, unit: string): Omit<Measured, "name"> | undefined {
  const value = parseQuantity(digits)?.value;
  if (value === undefined) return undefined;
  const word = unit.trim();
  return word === "" ? { value } : { value: word === "%" ? value / 100 : value, unit: word };
}

const unread = (line: string, at: number): Fault =>
  fault(
    `\`${line.slice(at).trim().slice(0, 40)}\` of \`${line.trim().slice(0, 80)}\` is no number that has one meaning: print it as 1234.5`,
  );

/** A record of a logger. One of a program's log (`{"level": "info", "msg": …, "pid": 7}`) is none, unless it says a step. */
function recordIn(line: string): readonly Point[] {
  const record = parseLooseJson(line);
  if (!isDict(record)) return [];
  const axes: Axes = axesOf(record);
  const talk = ["level", "levelname", "severity", "msg", "message"].some((key) => Object.hasOwn(record, key));
  if (talk && axes.step === undefined && axes.epoch === undefined && !isDict(record["metrics"])) return [];
  return pointsOf(withoutTalk(record), axes);
}

function withoutTalk(record: Dict): Dict {
  const { level: _, pid: __, lineno: ___, ...rest } = record;
  return rest;
}

/** Each named group is a value; `(?<name>…)` and `(?<value>…)` together are one, as often as the line holds them. */
function matchesOf(pattern: Pattern, line: string): readonly Point[] {
  if (pattern.literal !== "" && !line.includes(pattern.literal)) return [];
  const named = pattern.names.includes("name") && pattern.names.includes("value");
  const values: Measured[] = [];
  let from = 0;
  for (let found = pattern.match(line); found !== undefined; ) {
    const { groups, end } = found;
    const texts = named ? namedValue(groups) : Object.entries(groups);
    for (const [name, text] of texts) {
      const measured = readMeasured(text);
      if (measured !== undefined) values.push({ name, ...measured });
    }
    found = named && end < line.length ? pattern.match(line, Math.max(end, from + 1)) : undefined;
    from = end;
  }
  return measuredPoints(values);
}

function namedValue({ name = "", value = "", ...rest }: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return [[name.trim(), value], ...Object.entries(rest)];
}
