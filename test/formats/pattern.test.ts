import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { compilePattern, type Pattern } from "../../src/formats/pattern.ts";

function compiled(source: string): Pattern {
  const pattern = compilePattern(source);
  if ("unfit" in pattern) throw new Error(pattern.unfit);
  return pattern;
}

describe("line patterns", () => {
  const equal: readonly (readonly [source: string, line: string])[] = [
    ["^val_bpb: (?<a>[\\d.]+)", "val_bpb: 0.9979 x"],
    ["^val_bpb: (?<a>[\\d.]+)", " val_bpb: 0.9979"],
    ["(?<a>\\d+?)(?<b>\\d*)$", "x123"],
    ["(?:foo|foobar)(?<a>.*)", "foobarbaz"],
    ["(?<a>a{2,3})(?<b>a*)", "aaaaa"],
    ["(?<a>[^,]*),(?<b>[^,]*)", "one,two,three"],
    ["\\bstep[ =](?<a>\\w+)\\b", "astep=1 step=2b"],
    ["(?<a>[-+]?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)", "lr 1.5e-3"],
    ["(?<a>x?)(?<b>y?)", "yx"],
    ["loss:\\s*(?<a>\\S+)\\s+acc:\\s*(?<b>\\S+)", "loss: 0.5   acc: 91%"],
    ["(?<a>\\u00e9|\\x41)", "xA"],
    ["(?<a>[\\w\\-\\]]+)\\.", "a-b].c"],
    ["(?<a>a|b|)c", "c"],
  ];
  for (const [source, line] of equal) {
    test(`finds what JavaScript finds: ${source} in ${line}`, () => {
      const expected = new RegExp(source).exec(line);
      const groups = Object.fromEntries(Object.entries(expected?.groups ?? {}).filter(([, text]) => text !== undefined));
      const found = compiled(source).match(line);
      assert.equal(found !== undefined, expected !== null);
      assert.deepEqual({ ...found?.groups }, groups);
    });
  }

  test("finds what JavaScript finds, whatever the pattern", () => {
    const atom = fc.constantFrom("a", "b", ".", "\\d", "[ab]", "[^a]", "(?:ab|a)", "(?<x>a*)", "1", "\\w");
    const piece = fc.tuple(atom, fc.constantFrom("", "*", "+", "?", "*?", "{1,2}")).map(([one, count]) => one + count);
    const source = fc
      .array(piece, { minLength: 1, maxLength: 5 })
      .map((pieces) => `${pieces.join("").replaceAll("(?<x>", "(?:")}(?<end>.?)`);
    fc.assert(
      fc.property(source, fc.stringMatching(/^[ab1 ]{0,12}$/), (text, line) => {
        const expected = new RegExp(text).exec(line);
        const found = compiled(text).match(line);
        assert.deepEqual(
          [found?.groups["end"], found?.end],
          [expected?.groups?.["end"], expected === null ? undefined : expected.index + expected[0].length],
        );
      }),
      { numRuns: 1000 },
    );
  });

  test("needs a time that grows with the line, where JavaScript would take years", () => {
    const start = process.cpuUsage();
    for (const source of ["^(?:a+)+(?<x>$)", "(?:a|a)*(?<x>b)", "(?:.*a){20}(?<x>b)", "(?<x>a*)*b", "(?:a?){50}a{50}(?<x>b)"])
      assert.equal(compiled(source).match(`${"a".repeat(2000)}c`), undefined);
    const { user } = process.cpuUsage(start);
    assert.ok(user < 3_000_000, `${user / 1000} ms`);
  });

  const unfit = [
    "(?=a)(?<x>b)",
    "(?<!a)(?<x>b)",
    "(?<x>a)\\1",
    "(?<x>\\p{L})",
    "(a",
    "a)",
    "[a",
    "*a",
    "a**",
    "(?<x>a){2000}",
    "no groups",
    "a{3,2}",
    "[z-a]",
    "(?<x>(?:a{1000}){1000})",
    "\\",
    "(".repeat(60),
  ];
  for (const source of unfit) test(`refuses ${source.slice(0, 20)}`, () => assert.ok("unfit" in compilePattern(source)));

  test("says which text every matching line holds", () => {
    assert.equal(compiled("^val_bpb: (?<a>[\\d.]+)").literal, "val_bpb: ");
    assert.equal(compiled("(?<a>\\d+) loss|x").literal, "");
    assert.equal(compiled("a?bc(?<a>d)e+fghij").literal, "fghij");
  });
});
