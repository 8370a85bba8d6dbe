// Everything a run says while it runs, from wherever it says it: read as it comes, kept as points on disk and as curves in memory.

import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Decoder, Item, Parameter } from "../formats/item.ts";
import type { Format } from "../formats/recognise.ts";
import { type Axis, Series } from "../formats/series.ts";
import { openStdout } from "../formats/stdout.ts";
import type { Told } from "../formats/told.ts";
import type { Json } from "../record/tree.ts";
import { type Claim, formatOf } from "./claims.ts";
import { files, type LiveRun, type LiveState, type Part, partFolder } from "./live.ts";
import { PointsLog, readPoints, type WrittenPoint, written } from "./points.ts";
import { feed, Tail } from "./tail.ts";

class Story implements Told {
  readonly series: Map<string, Series> = new Map();
  readonly parameters: Map<string, Parameter> = new Map();
  readonly faults: string[] = [];
  private readonly sources = new Map<string, string>();

  /** What a source says under a name that another one has is said twice, or about something else: the folder tells which. */
  nameFrom(name: string, source: Source): string | undefined {
    const owner = this.sources.get(name) ?? source.key;
    this.sources.set(name, owner);
    if (owner === source.key) return name;
    if (!source.logger || !owner.startsWith(`${source.kind}:`)) return undefined;
    const inside = `${source.folder}/${name}`;
    return this.sources.get(inside) === undefined || this.sources.get(inside) === source.key ? this.nameFrom(inside, source) : undefined;
  }

  add({ name, value, unit, step, epoch }: Omit<WrittenPoint, "value"> & { readonly value: number }): void {
    const axis: Axis = step !== undefined ? "step" : epoch !== undefined ? "epoch" : "index";
    let series = this.series.get(name);
    if (series === undefined) {
      if (this.series.size >= mostSeries) return;
      series = new Series(name, axis);
      this.series.set(name, series);
    }
    series.unit ??= unit;
    series.add(step ?? epoch, value);
  }
}

/** Where points come from. */
interface Source {
  readonly key: string;
  readonly kind: string;
  readonly folder: string;
  readonly logger: boolean;
}

const ownSource = (name: string): Source => ({ key: name, kind: name, folder: "", logger: false });

const mostSeries = 2000;
const mostFaults = 20;
const tailLines = 200;
const tailBytes = 64_000;

export class Recorder {
  /** One per repetition; further attempts go on with the first. */
  readonly told: Story[] = [];
  private readonly folder: string;
  private readonly repeats: number;
  private readonly patterns: readonly string[];
  private readonly cwd: string;
  private readonly points: PointsLog;
  private tails: { readonly tail: Tail; readonly source: Source }[] = [];
  /** Files that are rewritten: read when the part has ended. */
  private wholes: { readonly path: string; readonly format: Format; readonly source: Source }[] = [];
  /** What was printed last, in one place: a copy of every piece would keep the garbage collector busier than all reading. */
  private readonly last = Buffer.alloc(tailBytes);
  private lastBytes = 0;
  /** Of the repetition that goes on. */
  private number = 1;

  /** Takes up what earlier parts left. */
  constructor({ folder, state }: LiveRun) {
    this.folder = folder;
    this.repeats = state.repeats;
    this.patterns = state.patterns;
    this.cwd = state.cwd;
    this.points = new PointsLog(folder);
  }

  get failure(): unknown {
    return this.points.failure;
  }

  get pointsBytes(): number {
    return this.points.size;
  }

  /** What the output said last, without the partial line at its end. */
  get tail(): readonly string[] {
    const lines = this.last
      .toString("utf8", 0, this.lastBytes)
      .split("\n")
      .slice(-tailLines - 1);
    return lines.filter((line) => !/^Script (?:started|done) on \d{4}-/.test(line));
  }

  /** Reads what is on disk already. */
  takeUp(bytes?: number): void {
    for (const point of readPoints(this.folder, bytes)) this.story(point.part ?? 1).add({ ...point, value: Number(point.value) });
  }

  /** Nobody was there when the last of the parts ended: reads its points from where they came. */
  replay(parts: LiveState["parts"]): void {
    const last = parts.at(-1);
    if (last === undefined) return;
    this.points.cut(last.points);
    this.takeUp(last.points);
    for (const [index, part] of parts.entries()) if (part !== last) this.readConfig(part, index + 1);
    this.begin(last, parts.length);
    for (const claim of last.claims ?? []) {
      const format = formatOf(claim.path, this.cwd);
      if (format !== undefined) this.follow(claim, format);
    }
    this.end(last);
  }

  /** A further start of the command. What it says goes with its repetition; further attempts go on with the first. */
  begin(part: Part, repetition: number): void {
    const number = this.repeats > 1 ? repetition : 1;
    this.number = number;
    if (this.repeats === 1) for (const series of this.story(1).series.values()) series.resume();
    const inside = partFolder(this.folder, part);
    const tail = (name: string, decoder: Decoder, shown: boolean) => ({
      tail: new Tail(join(inside, name), decoder, 0, shown ? (bytes) => this.remember(bytes) : undefined),
      // What is printed twice is one source.
      source: ownSource(shown ? "output" : name),
    });
    this.tails = [
      tail(files.out, openStdout(this.patterns), true),
      tail(files.err, openStdout(this.patterns), true),
      tail(files.metrics, openStdout(), false),
    ];
  }

  /** Reads along with a log file of another tool. */
  follow({ path, skip }: Claim, format: Format): void {
    const source = { key: `${format.name}:${path}`, kind: format.name, folder: basename(dirname(path)), logger: true };
    if (format.whole === true) this.wholes.push({ path, format, source });
    else {
      const decoder = format.open();
      feed(path, decoder, skip);
      this.tails.push({ tail: new Tail(path, decoder, skip), source });
    }
  }

  /** Reads what came since; whether there is more at once. */
  poll(): boolean {
    let more = false;
    for (const { tail, source } of this.tails) {
      const read = tail.read();
      this.take(read.items, source);
      more ||= read.more;
    }
    return more;
  }

  /** The part has ended: everything it left is read. */
  end(part: Part): void {
    while (this.poll());
    for (const { tail, source } of this.tails) this.take(tail.end(), source);
    for (const { path, format, source } of this.wholes) this.take(readWhole(path, format), source);
    this.tails = [];
    this.wholes = [];
    this.readConfig(part, this.number);
  }

  close(): void {
    this.points.close();
  }

  private story(number: number): Story {
    while (this.told.length < number) this.told.push(new Story());
    return this.told[number - 1] ?? new Story();
  }

  private take(items: readonly Item[], source: Source): void {
    if (items.length === 0) return;
    const { number } = this;
    const story = this.story(number);
    const points: WrittenPoint[] = [];
    for (const item of items) {
      if (item.kind === "point") {
        const name = story.nameFrom(item.name, source);
        if (name === undefined) continue;
        const point = name === item.name ? item : { ...item, name };
        story.add(point);
        points.push(written(point, this.repeats > 1 ? number : undefined));
      } else if (item.kind === "parameter") story.parameters.set(item.name, item);
      else if (item.kind === "fault" && story.faults.length < mostFaults) story.faults.push(item.message);
    }
    this.points.add(points);
  }

  /** The resolved configuration, if the command wrote one: it knows best. */
  private readConfig(part: Part, number: number): void {
    let config: unknown;
    try {
      config = JSON.parse(readFileSync(join(partFolder(this.folder, part), files.config), "utf8"));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") this.story(number).faults.push("config.json is no JSON");
      return;
    }
    if (typeof config !== "object" || config === null || Array.isArray(config)) return;
    for (const [name, value] of flatten(config as Readonly<Record<string, Json>>, ""))
      this.story(number).parameters.set(name, { kind: "parameter", name, value, from: "file" });
  }

  /** Bytes, not lines: a program may print gigabytes that nobody will ask for. */
  private remember(bytes: Uint8Array): void {
    const news = bytes.subarray(Math.max(0, bytes.length - tailBytes));
    const over = Math.max(0, this.lastBytes + news.length - tailBytes);
    this.last.copyWithin(0, over, this.lastBytes);
    this.last.set(news, this.lastBytes - over);
    this.lastBytes += news.length - over;
  }
}

function readWhole(path: string, format: Format): readonly Item[] {
  const tail = new Tail(path, format.open());
  const items: Item[] = [];
  for (let more = true; more; ) {
    const read = tail.read();
    for (const item of read.items) items.push(item);
    more = read.more;
  }
  return [...items, ...tail.end()];
}

const mostParameters = 1000;

function flatten(map: Readonly<Record<string, Json>>, prefix: string, depth = 0): readonly (readonly [string, Json])[] {
  return Object.entries(map)
    .flatMap(([key, value]) => {
      const name = `${prefix}${key}`;
      const inner = typeof value === "object" && value !== null && !Array.isArray(value) && depth < 16;
      return inner && Object.keys(value).length > 0
        ? flatten(value as Readonly<Record<string, Json>>, `${name}.`, depth + 1)
        : [[name, value] as const];
    })
    .slice(0, mostParameters);
}
