import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";

const css = readFileSync("site/styles/tokens.css", "utf8");

type Rgb = readonly [number, number, number];

/** The tokens of each block of the file, in its order: light, dark by the system, dark by choice. */
const themes = css
  .split(/\n(?=:root|@media)/)
  .map((block) => new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((match) => [match[1] ?? "", match[2] ?? ""])));
const [light = new Map<string, string>(), dark = new Map<string, string>(), chosen = new Map<string, string>()] = themes.filter(
  (theme) => theme.size > 0,
);

function rgb(theme: ReadonlyMap<string, string>, name: string): Rgb {
  const hex = theme.get(name) ?? assert.fail(`no token ${name}`);
  const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return [part(1), part(3), part(5)];
}

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const luminance = ([r, g, b]: Rgb): number => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
/** WCAG 2. */
function contrast(one: Rgb, other: Rgb): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** Full dichromacy after Machado, Oliveira & Fernandes (2009), on the encoded values, as most simulators apply it. */
const sights: Readonly<Record<string, readonly (readonly number[])[]>> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function lab(color: Rgb, sight: readonly (readonly number[])[]): Rgb {
  const seen = sight.map((row) => row.reduce((sum, factor, at) => sum + factor * (color[at] ?? 0), 0));
  const [r = 0, g = 0, b = 0] = seen.map((value) => linear(Math.min(1, Math.max(0, value))));
  const f = (value: number): number => (value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const rad = (degrees: number): number => (degrees * Math.PI) / 180;
const deg = (radians: number): number => ((radians * 180) / Math.PI + 360) % 360;

/** CIEDE2000 (Sharma, Wu & Dalal 2005). */
function distance([l1, a1, b1]: Rgb, [l2, a2, b2]: Rgb): number {
  const mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)));
  const [x1, x2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(x1, b1), Math.hypot(x2, b2)];
  const [h1, h2] = [c1 === 0 ? 0 : deg(Math.atan2(b1, x1)), c2 === 0 ? 0 : deg(Math.atan2(b2, x2))];
  const gray = c1 * c2 === 0;
  const turn = gray ? 0 : Math.abs(h2 - h1) <= 180 ? h2 - h1 : h2 - h1 + (h2 > h1 ? -360 : 360);
  const dh = 2 * Math.sqrt(c1 * c2) * Math.sin(rad(turn) / 2);
  const l = (l1 + l2) / 2;
  const c = (c1 + c2) / 2;
  const h = gray ? h1 + h2 : Math.abs(h1 - h2) <= 180 ? (h1 + h2) / 2 : (h1 + h2 + (h1 + h2 < 360 ? 360 : -360)) / 2;
  const t =
    1 - 0.17 * Math.cos(rad(h - 30)) + 0.24 * Math.cos(rad(2 * h)) + 0.32 * Math.cos(rad(3 * h + 6)) - 0.2 * Math.cos(rad(4 * h - 63));
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const sc = 1 + 0.045 * c;
  const sh = 1 + 0.015 * c * t;
  const rt = -Math.sin(rad(60 * Math.exp(-(((h - 275) / 25) ** 2)))) * 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7));
  const [tl, tc, th] = [(l2 - l1) / sl, (c2 - c1) / sc, dh / sh];
  return Math.sqrt(tl ** 2 + tc ** 2 + th ** 2 + rt * tc * th);
}

test("the distance of colours agrees with published pairs", () => {
  assert.ok(Math.abs(distance([50, 2.6772, -79.7751], [50, 0, -82.7485]) - 2.0425) < 1e-4);
  assert.ok(Math.abs(distance([50, 2.5, 0], [73, 25, -18]) - 27.1492) < 1e-4);
});

describe("the tokens", () => {
  test("are the same whether the system or the reader chose dark", () => {
    assert.ok(light.size > 20);
    assert.deepEqual([...light.keys()], [...dark.keys()]);
    assert.deepEqual(chosen, dark);
  });

  for (const [name, theme] of [
    ["light", light],
    ["dark", dark],
  ] as const) {
    const on = (ground: string, color: string): number => contrast(rgb(theme, ground), rgb(theme, color));

    test(`of ${name} can be read: 4.5 to 1 on the page, on code and on chips, 3 to 1 for borders of fields`, () => {
      for (const color of ["text", "muted", "faint", "accent", "keep", "discard", "undecided", "bad"])
        for (const ground of ["bg", "surface", "sunk"])
          assert.ok(on(ground, color) >= 4.5, `${color} on ${ground}: ${on(ground, color).toFixed(2)}`);
      for (const [color, ground] of [
        ["accent", "accent-bg"],
        ["keep", "keep-bg"],
        ["undecided", "undecided-bg"],
        ["bad", "bad-bg"],
      ] as const)
        assert.ok(on(ground, color) >= 4.5, `${color} on ${ground}: ${on(ground, color).toFixed(2)}`);
      assert.ok(on("bg", "strong") >= 3);
      for (const series of ["s1", "s2", "s3", "s4", "s5"]) assert.ok(on("bg", series) >= 3, series);
    });

    for (const [sight, matrix] of Object.entries(sights))
      test(`of ${name} stay apart with ${sight === "full" ? "full colour sight" : sight}`, () => {
        const apart = (names: readonly string[], least: number): void => {
          for (const [at, one] of names.entries())
            for (const other of names.slice(at + 1)) {
              const found = distance(lab(rgb(theme, one), matrix), lab(rgb(theme, other), matrix));
              assert.ok(found >= least, `${one} and ${other}: ${found.toFixed(1)}`);
            }
        };
        apart(["accent", "keep", "discard", "undecided", "bad"], 10);
        apart(["s1", "s2", "s3", "s4", "s5"], 12);
      });
  }
});

test("no other style sheet names a colour of its own", () => {
  for (const name of readdirSync("site/styles").filter((file) => file.endsWith(".css") && file !== "tokens.css")) {
    const text = readFileSync(`site/styles/${name}`, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
    assert.doesNotMatch(text, /#[0-9a-f]{3,8}\b(?![^{]*\{)/i, name);
  }
});
