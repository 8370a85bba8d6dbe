// docs/performance.md: what `npm run bench -- all` last measured, read from its runs in experiments/speed. Nothing on the page is typed.

import { join } from "node:path";
import { median } from "../bench/measure.ts";
import type { RunFile } from "../src/record/experiment.ts";
import { openJournal } from "../src/store/journal.ts";

/** Metric → its values; the other words say where it stands. */
export interface Measurement {
  readonly id: string;
  readonly path: string;
  readonly date: string;
  readonly commit: string;
  readonly measured: string;
  readonly corpus: string;
  readonly runs: number;
  readonly machine: string;
  readonly software: Readonly<Record<string, string>>;
  readonly values: ReadonlyMap<string, readonly number[]>;
}

interface Target {
  readonly what: string;
  readonly measured: string;
  readonly corpus?: string;
  readonly metric: string;
  readonly most: number;
  readonly unit: string;
}

/** What we set out to reach with 10,000 runs, before it was built. */
const targets: readonly Target[] = [
  {
    what: "A site from nothing, generated journal",
    measured: "site",
    corpus: "generated",
    metric: "cold_vs_eleventy",
    most: 0.7,
    unit: "× Eleventy",
  },
  {
    what: "A site from nothing, prose with links and nested lists",
    measured: "site",
    corpus: "prose",
    metric: "cold_vs_eleventy",
    most: 1,
    unit: "× Eleventy",
  },
  { what: "Then: as quick as Hugo", measured: "site", corpus: "generated", metric: "cold_vs_hugo", most: 1, unit: "× Hugo" },
  { what: "Nothing changed", measured: "site", corpus: "generated", metric: "noop_vs_eleventy", most: 0.05, unit: "× Eleventy" },
  {
    what: "One run edited, every table right",
    measured: "site",
    corpus: "generated",
    metric: "edit_vs_eleventy",
    most: 0.08,
    unit: "× Eleventy",
  },
  { what: "Peak memory of a site from nothing", measured: "site", corpus: "generated", metric: "peak_mb", most: 512, unit: "MB" },
  { what: "`journal new`", measured: "cli", metric: "new_vs_node", most: 2.5, unit: "× empty node" },
  { what: "`journal set`", measured: "cli", metric: "set_vs_node", most: 2.5, unit: "× empty node" },
  { what: "`journal keep`", measured: "cli", metric: "keep_vs_node", most: 2.5, unit: "× empty node" },
  { what: "`journal list --json`", measured: "cli", metric: "list_vs_node", most: 5, unit: "× empty node" },
  { what: "`journal serve`: a page it showed before", measured: "serve", metric: "serve_warm_s", most: 1, unit: "s" },
  { what: "`journal serve`: a page it never showed", measured: "serve", metric: "serve_cold_s", most: 2, unit: "s" },
  { what: "`journal serve`: a save on its page", measured: "serve", metric: "serve_save_s", most: 0.5, unit: "s" },
  { what: "First rows of the log", measured: "browser", metric: "first_rows_ms", most: 1000, unit: "ms" },
  { what: "Its table with the filter, the newest 1,000 runs in it", measured: "browser", metric: "log_rows_ms", most: 1000, unit: "ms" },
  { what: "A letter typed into its filter", measured: "browser", metric: "keystroke_ms", most: 50, unit: "ms" },
  { what: "Overview with its style, packed", measured: "browser", metric: "overview_kb", most: 60, unit: "KB" },
  { what: "Half of the run pages", measured: "browser", metric: "run_page_kb", most: 8, unit: "KB" },
];

const root = join(import.meta.dirname, "..");

/** Of each thing the newest measurement, in the order they were taken. */
export function readMeasurements(): readonly Measurement[] {
  const newest = new Map<string, Measurement>();
  for (const file of openJournal(root).files()) {
    const found = measurementOf(file);
    if (found === undefined) continue;
    const key = `${found.measured} ${found.corpus} ${found.runs}`;
    const known = newest.get(key);
    if (known === undefined || known.date <= found.date) newest.set(key, found);
  }
  return [...newest.values()];
}

function measurementOf({ run, path }: RunFile): Measurement | undefined {
  if (!path.startsWith("experiments/speed/") || !run.tags.includes("all") || "*" in run.invalid) return undefined;
  const values = run.metrics.map(({ name, after }) => [name, (after?.values ?? []).filter((value) => value !== null)] as const);
  return {
    id: run.id,
    path,
    date: run.date ?? "",
    commit: run.run?.commit ?? "",
    measured: String(run.config["measured"] ?? ""),
    corpus: String(run.config["corpus"] ?? ""),
    runs: Number(run.config["runs"] ?? 0),
    machine: [run.hardware?.cpu, run.hardware?.ram].filter(Boolean).join(", "),
    software: run.software,
    values: new Map(values),
  };
}

export function performancePage(all: readonly Measurement[] = readMeasurements()): string {
  return [
    "# Performance\n",
    "<!-- Written by `npm run docs` from the runs that `npm run bench -- all` left in experiments/speed. -->\n",
    how,
    machineFacts(all),
    "## Targets\n",
    targetTable(all),
    "## What fell short\n",
    shortfalls(all),
    siteSections(all),
    commandSection(all),
    readerSection(all),
    otherSection(all),
    "## Again\n",
    again,
  ]
    .filter((part) => part !== "")
    .join("\n");
}

const how = `How long things take, beside what others need for the same files on the same machine in the same round. A shared machine's seconds tell little;
their ratios within a round do. Every value is the median of its rounds, with the smallest and the largest in brackets and how many there were. The
raw values are runs of this project's own journal, linked in each table. What was tried to get there, kept and discarded, stands in
[the study of speed](../experiments/speed/README.md).
`;

const again = `\`\`\`sh
npm run bench -- all            # everything, three rounds; --quick says in a few minutes whether it works
node dist/cli/main.js index     # the tables of the study
npm run docs                    # this page
\`\`\`

Eleventy is installed into a temporary folder, Hugo and Chromium are the system's; what is missing is left out.
`;

function machineFacts(all: readonly Measurement[]): string {
  if (all.length === 0) return "Nothing was measured yet.\n";
  const distinct = (of: (one: Measurement) => readonly string[]): string =>
    [...new Set(all.flatMap(of))].filter((text) => text !== "").join("; ");
  const loads = all.flatMap(({ values }) => values.get("load") ?? []);
  const days = all.map(({ date }) => date.slice(0, 10)).sort();
  const rows = [
    ["Machine", distinct(({ machine }) => [machine])],
    ["Versions", distinct(({ software }) => Object.entries(software).map(([name, version]) => `${name} ${version}`))],
    ["Code", distinct(({ commit }) => [commit.slice(0, 12)])],
    ["Measured", [...new Set([days[0], days.at(-1)])].join(" to ")],
    [
      "Waiting processes per core",
      `${number(Math.min(...loads))} to ${number(Math.max(...loads))}; above 1 others took part of the machine`,
    ],
  ];
  return table(["", ""], rows);
}

function largest(all: readonly Measurement[], measured: string, corpus = ""): Measurement | undefined {
  const fitting = all.filter((one) => one.measured === measured && one.corpus === corpus);
  return fitting.reduce<Measurement | undefined>((most, one) => (most === undefined || one.runs > most.runs ? one : most), undefined);
}

interface Reached extends Target {
  readonly by: Measurement;
  readonly value: number;
  readonly text: string;
}

function reached(all: readonly Measurement[]): readonly (Target | Reached)[] {
  return targets.map((target) => {
    const by = largest(all, target.measured, target.corpus);
    const values = by?.values.get(target.metric);
    if (by === undefined || values === undefined || values.length === 0) return target;
    return { ...target, by, value: median(values), text: spread(values) };
  });
}

function targetTable(all: readonly Measurement[]): string {
  const rows = reached(all).map((target) => {
    const wanted = `≤ ${target.most} ${target.unit}`;
    if (!("by" in target)) return [target.what, wanted, "not measured", "", ""];
    return [
      target.what,
      wanted,
      target.text,
      target.value <= target.most ? "reached" : "**not reached**",
      `${target.by.runs} runs, ${link(target.by)}`,
    ];
  });
  return table(["", "wanted", "measured", "", "with"], rows, "lrrll");
}

function shortfalls(all: readonly Measurement[]): string {
  const missed = reached(all).filter((target) => "by" in target && target.value > target.most) as readonly Reached[];
  const unknown = reached(all).filter((target) => !("by" in target));
  const lines = [
    ...missed.map(
      ({ what, value, most, unit }) =>
        `- ${what}: ${number(value)} ${unit} where ${most} was wanted, ${number(value / most)} times as much.`,
    ),
    ...unknown.map(({ what }) => `- ${what}: not measured.`),
  ];
  return `${lines.join("\n")}\n`;
}

function siteSections(all: readonly Measurement[]): string {
  const sizes = all.filter(({ measured }) => measured === "site").sort((a, b) => a.runs - b.runs);
  return [...new Set(sizes.map(({ corpus }) => corpus))]
    .sort()
    .map((corpus) => {
      const own = sizes.filter((one) => one.corpus === corpus);
      const row = (name: string, metric: string): readonly string[] => [name, ...own.map(({ values }) => spread(values.get(metric)))];
      const rows = [
        row("From nothing, s", "cold_s"),
        row("Eleventy, s", "eleventy_cold_s"),
        row("Hugo, s", "hugo_cold_s"),
        row("Nothing changed, s", "noop_s"),
        row("One run edited, s", "edit_s"),
        row("Eleventy after an edit, s", "eleventy_edit_s"),
        row("Hugo after an edit, s", "hugo_edit_s"),
        row("From nothing beside Eleventy, processor time", "cold_cpu_vs_eleventy"),
        row("One run edited beside Eleventy, processor time", "edit_cpu_vs_eleventy"),
        row("Peak memory, MB", "peak_mb"),
        row("Eleventy's, MB", "eleventy_peak_mb"),
        row("Hugo's, MB", "hugo_peak_mb"),
      ];
      const title = corpus === "prose" ? "The site: runs with much prose" : "The site: runs from a template";
      return `## ${title}\n\n${corpora[corpus] ?? ""}${table(["", ...own.map((one) => `${one.runs} runs`)], [...rows, ["Recorded in", ...own.map(link)]], `l${"r".repeat(own.length)}`)}`;
    })
    .join("\n");
}

const corpora: Readonly<Record<string, string>> = {
  generated: "A page for every run, and all tables. Ours has charts, comparisons and impact besides; the others have one index table.\n\n",
  prose: "Bodies of unique sentences with links, bold words and nested lists, which are dear to read.\n\n",
};

function commandSection(all: readonly Measurement[]): string {
  const found = largest(all, "cli");
  if (found === undefined) return "";
  const rows = [...found.values]
    .filter(([name]) => name.endsWith("_vs_node") && !name.includes("_small"))
    .map(([name, values]) => {
      const command = name.replace("_vs_node", "");
      return [`\`${words[command] ?? command}\``, spread(found.values.get(`${command}_small_vs_node`)), spread(values)];
    });
  const empty = `An empty \`node\` took ${spread(found.values.get("node_ms"))} ms. Times as much took:\n\n`;
  return `## The commands\n\n${empty}${table(["", "with 3 runs", `with ${found.runs} runs`], rows, "lrr")}\nRecorded in ${link(found)}.\n`;
}

const words: Readonly<Record<string, string>> = {
  new: "journal new",
  new_base: "journal new --base",
  set: "journal set",
  keep: "journal keep",
  list: "journal list --json",
  check_warm: "journal check",
  check_cold: "journal check (nothing cached)",
};

function readerSection(all: readonly Measurement[]): string {
  const own = all.filter(({ measured }) => measured === "browser").sort((a, b) => a.runs - b.runs);
  if (own.length === 0) return "";
  const row = (name: string, metric: string): readonly string[] => [name, ...own.map(({ values }) => spread(values.get(metric)))];
  const rows = [
    row("First rows of the log, ms", "first_rows_ms"),
    row("The same from a server, ms", "first_rows_http_ms"),
    row("Its table with the filter, the newest 1,000 runs in it, ms", "log_rows_ms"),
    row("The same from a server, ms", "log_rows_http_ms"),
    row("A letter in its filter, ms", "keystroke_ms"),
    row("The slowest letter, ms", "slowest_keystroke_ms"),
    row("Overview with its style, KB packed", "overview_kb"),
    row("Scripts of the log, KB packed", "log_scripts_kb"),
    row("Data of the log, KB packed", "log_data_kb"),
    row("Median run page, KB", "run_page_kb"),
    ["Recorded in", ...own.map(link)],
  ];
  return `## In the browser\n\nIn a new tab of a Chromium that is open already, at 1280 × 900; from a file where nothing else is said. The first rows are in the page\nitself, a script puts its table in their place: the newest 1,000 runs first, then all.\n\n${table(["", ...own.map((one) => `${one.runs} runs`)], rows, `l${"r".repeat(own.length)}`)}`;
}

/** What has no table of its own. */
function otherSection(all: readonly Measurement[]): string {
  return all
    .filter(({ measured }) => !["site", "cli", "browser"].includes(measured))
    .map((one) => {
      const rows = [...one.values]
        .filter(([name]) => name !== "load")
        .map(([name, values]) => [added[name] ?? `\`${name}\``, spread(values)]);
      return `## ${headings[one.measured] ?? one.measured}\n\n${table(["", "measured"], rows, "lr")}\nRecorded in ${link(one)}.\n`;
    })
    .join("\n");
}

const headings: Readonly<Record<string, string>> = { run: "What `journal run` adds", serve: "How soon `journal serve` shows a page" };

const added: Readonly<Record<string, string>> = {
  run_over_command: "Over a command of no length, ms",
  run_vs_node: "That, beside an empty `node`, processor time",
  talk_vs_cat: "A gigabyte of output, beside the speed of `cat`",
  talk_cpu_vs_cat: "That, beside `cat`, processor time",
  serve_cold_s: "One that it never showed, from its start, s",
  serve_cold_cpu_s: "That, processor time, s",
  serve_warm_s: "One that it showed before, from its start, s",
  serve_warm_cpu_s: "That, processor time, s",
  serve_save_s: "After a save, until the new page is answered, s",
  serve_save_cpu_s: "That, processor time, s",
};

const link = ({ id, path }: Measurement): string => `[${id}](../${path})`;

function spread(values: readonly number[] | undefined): string {
  if (values === undefined || values.length === 0) return "–";
  if (values.length === 1) return number(values[0] ?? 0);
  return `${number(median(values))} [${number(Math.min(...values))}, ${number(Math.max(...values))}], n = ${values.length}`;
}

/** Three digits, never an exponent. */
function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function table(head: readonly string[], rows: readonly (readonly string[])[], align = ""): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  const rule = head.map((_, at) => (align[at] === "r" ? "--:" : "---"));
  return [line(head), line(rule), ...rows.map(line)].join("");
}
