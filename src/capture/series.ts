// One curve while it grows, in bounded memory: stretches of points, of each the lowest, the highest and a gap; when there are too many,
// two become one. The first and the last point stay, so nothing that a reader of the curve would ask for is lost.

export type Axis = "step" | "epoch" | "index";

export interface Sample {
  readonly x: number;
  /** NaN and the infinities: the run diverged there. */
  readonly y: number;
}

interface Stretch {
  low?: Sample;
  high?: Sample;
  gap?: Sample;
  count: number;
}

const mostStretches = 512;

export class Series {
  readonly name: string;
  readonly axis: Axis;
  unit: string | undefined;
  count = 0;
  first: Sample | undefined;
  last: Sample | undefined;
  private stretches: Stretch[] = [];
  /** Points that a stretch takes. */
  private span = 1;
  private resumed = false;

  constructor(name: string, axis: Axis) {
    this.name = name;
    this.axis = axis;
  }

  /** `x` is absent where nothing counted: then it is how many there were. */
  add(x: number | undefined, y: number): void {
    const sample = { x: x ?? this.count, y };
    if (this.resumed) this.goBack(sample.x);
    this.count += 1;
    this.first ??= sample;
    this.last = sample;
    let open = this.stretches.at(-1);
    if (open === undefined || open.count >= this.span) {
      if (this.stretches.length >= mostStretches) this.halve();
      open = this.stretches.at(-1);
      if (open === undefined || open.count >= this.span) {
        open = { count: 0 };
        this.stretches.push(open);
      }
    }
    take(open, sample);
  }

  /** The next point may lie before the last one: then what came after it was lost, and is measured again. */
  resume(): void {
    this.resumed = true;
  }

  /** In order: the ends, and of each stretch what stands out. */
  points(): readonly Sample[] {
    const found: (Sample | undefined)[] = [this.first];
    for (const { low, high, gap } of this.stretches)
      found.push(...[low, high, gap].filter((sample) => sample !== undefined).sort((one, other) => one.x - other.x));
    found.push(this.last);
    return found.filter((sample, index) => sample !== undefined && found.indexOf(sample) === index) as Sample[];
  }

  get lowest(): Sample | undefined {
    return this.outermost(
      ({ low }) => low,
      (one, other) => one < other,
    );
  }

  get highest(): Sample | undefined {
    return this.outermost(
      ({ high }) => high,
      (one, other) => one > other,
    );
  }

  private outermost(side: (stretch: Stretch) => Sample | undefined, beats: (one: number, other: number) => boolean): Sample | undefined {
    let found: Sample | undefined;
    for (const stretch of this.stretches) {
      const sample = side(stretch);
      if (sample !== undefined && (found === undefined || beats(sample.y, found.y))) found = sample;
    }
    return found;
  }

  private halve(): void {
    this.stretches = this.stretches.flatMap((stretch, index) => {
      const next = this.stretches[index + 1];
      if (index % 2 === 1) return [];
      return next === undefined ? [stretch] : [join(stretch, next)];
    });
    this.span *= 2;
  }

  private goBack(x: number): void {
    this.resumed = false;
    if (this.last === undefined || x > this.last.x) return;
    const before = (sample: Sample | undefined): Sample | undefined => (sample !== undefined && sample.x < x ? sample : undefined);
    this.stretches = this.stretches
      .map(({ low, high, gap, count }) => strip({ low: before(low), high: before(high), gap: before(gap), count }))
      .filter(({ low, high, gap }) => low !== undefined || high !== undefined || gap !== undefined);
    this.first = before(this.first);
  }
}

const strip = ({ low, high, gap, count }: { [key in keyof Stretch]: Stretch[key] | undefined } & { count: number }): Stretch => ({
  count,
  ...(low === undefined ? {} : { low }),
  ...(high === undefined ? {} : { high }),
  ...(gap === undefined ? {} : { gap }),
});

function take(stretch: Stretch, sample: Sample): void {
  stretch.count += 1;
  if (!Number.isFinite(sample.y)) stretch.gap = sample;
  else {
    if (stretch.low === undefined || sample.y < stretch.low.y) stretch.low = sample;
    if (stretch.high === undefined || sample.y > stretch.high.y) stretch.high = sample;
  }
}

function join(one: Stretch, other: Stretch): Stretch {
  const low = one.low === undefined || (other.low !== undefined && other.low.y < one.low.y) ? other.low : one.low;
  const high = one.high === undefined || (other.high !== undefined && other.high.y > one.high.y) ? other.high : one.high;
  return strip({ low, high, gap: other.gap ?? one.gap, count: one.count + other.count });
}
