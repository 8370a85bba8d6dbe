// What one written value is in each of its four roles. docs/values.md shows this table; the test holds both to the code.

export interface GoldenScalar {
  readonly written: string;
  /** Under `metrics: { score: … }`. */
  readonly metric: string;
  /** Under `metrics: { training_time: … }`, where the name makes a difference. */
  readonly time?: string;
  /** Under `config:`: typed by YAML 1.2 core; the text is kept where it says more. */
  readonly config: string;
  /** As an id, a hash, a version or a date. */
  readonly id: string;
  /** As a title, a reason, any prose. */
  readonly text: string;
}

function same(written: string, rest: { readonly metric: string; readonly time?: string; readonly config: string }): GoldenScalar {
  return { written, ...rest, id: written, text: written };
}

export const goldenScalars: readonly GoldenScalar[] = [
  same("12e4567", { metric: "text, `record/out-of-range`", config: "text" }),
  same("0123456", { metric: "123456", config: "number 123456, text kept" }),
  same("1e-3", { metric: "0.001", config: "number 0.001, text kept" }),
  same("1_000", { metric: "1000", config: "text" }),
  same("0o17", { metric: "15", config: "number 15, text kept" }),
  same("12:30:00", { metric: "text, `record/unreadable-value`", time: "45000 (unit `h`)", config: "text" }),
  same("no", { metric: "text, `record/unreadable-value`", config: "text" }),
  { written: "~", metric: "absent", config: "null", id: "absent", text: "absent" },
  same("2024-01-02", { metric: "text, `record/unreadable-value`", config: "text" }),
  same("1.10", { metric: "1.1", config: "number 1.1, text kept" }),
  same("87.2%", { metric: "0.872 (unit `%`)", config: "text" }),
  same("2h46m", { metric: "9960 (unit `h`)", config: "text" }),
  same("85.5% → 87.2%", { metric: "before 0.855 (unit `%`), after 0.872 (unit `%`)", config: "text" }),
  same("0.38 ± 0.01 (n=3)", { metric: "mean 0.38, sd 0.01, n 3", config: "text" }),
  same("872/1000", { metric: "0.872 (872 of 1000)", config: "text" }),
  same(".nan", { metric: "diverged", config: "text" }),
  same("64,", { metric: "text, `record/trailing-comma`", config: "text" }),
  same("NaN", { metric: "diverged", config: "text" }),
  same("-inf", { metric: "diverged", config: "text" }),
  same("1,014.45", { metric: "1014.45", config: "text" }),
  same("1,014", { metric: "text, `record/ambiguous-number`", config: "text" }),
  same("0,38", { metric: "0.38", config: "text" }),
  same("1.014,45", { metric: "1014.45", config: "text" }),
  same("524K", { metric: "524000 (unit `K`)", config: "text" }),
  same("2^16", { metric: "65536", config: "text" }),
  same("1.2×10^-3", { metric: "0.0012", config: "text" }),
  same("45:10", { metric: "text, `record/unreadable-value`", time: "2710 (unit `min`)", config: "text" }),
  same("350 ms", { metric: "0.35 (unit `ms`)", config: "text" }),
  same("16 GB", { metric: "16000000000 (unit `GB`)", config: "text" }),
  same("512 MiB", { metric: "536870912 (unit `MiB`)", config: "text" }),
  same("7B", { metric: "text, `record/ambiguous-number`", config: "text" }),
  same("4x", { metric: "4 (unit `x`)", config: "text" }),
  same("120 tok/s", { metric: "120 (unit `tok/s`)", config: "text" }),
  same("0.38 +- 0.01", { metric: "0.38, `record/spread-without-n`", config: "text" }),
  same("~2.10*", { metric: "text, `record/unreadable-value`", config: "text" }),
  same("9007199254740993", { metric: "9007199254740992, `record/inexact-integer`", config: "text" }),
  same("true", { metric: "text, `record/unreadable-value`", config: "boolean true" }),
  same("N/A", { metric: "absent", config: "text" }),
  { written: "TBD", metric: "absent", config: "text", id: "absent", text: "TBD" },
];
