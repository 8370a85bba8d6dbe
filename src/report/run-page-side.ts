// What stands beside a run: how to do it again, where it came from and what it led to, the machine, the files.

import { machineName } from "../analysis/hardware.ts";
import type { AnalysedRun, Delta, MetricView } from "../analysis/study.ts";
import { roleOf } from "../analysis/table.ts";
import type { Draft } from "../base/draft.ts";
import { shellWord } from "../base/shell.ts";
import { formatDuration } from "../base/time.ts";
import { eraOf } from "../query/validity.ts";
import type { Execution, Repeat, Run, RunFile } from "../record/experiment.ts";
import { formatDifference, formatQuantity, sizeUnit } from "../record/format.ts";
import type { Json } from "../record/tree.ts";
import { showValue } from "../record/value.ts";
import { filterTerm, logAddress } from "./filter-text.ts";
import { momentText } from "./moment.ts";
import type { RunRef } from "./page.ts";
import { publicJson, publicWords } from "./private-facts.ts";
import { executionWords } from "./run-execution.ts";
import { analysedOf, cleanerOf, linkTo, type RunFacts } from "./run-facts.ts";

export interface Side {
  readonly reproduce: Reproduce;
  readonly origin: Origin;
  readonly setup: readonly Fact[];
  readonly files: readonly FileLink[];
  readonly artifacts: readonly Fact[];
  /** Unknown keys of the file. */
  readonly other: readonly Fact[];
}

export interface Reproduce {
  /** `journal rerun EXP042-k7f3` */
  readonly again?: string;
  /** As it was typed. */
  readonly command?: string;
  readonly facts: readonly Fact[];
  /** What is missing to do it again. */
  readonly missing: readonly string[];
}

export interface Origin {
  readonly bases: readonly RunRef[];
  /** References that lead nowhere, and circles that were cut. */
  readonly notes: readonly string[];
  readonly children: readonly Child[];
  /** The rest of the children, in the log. */
  readonly rest?: { readonly text: string; readonly address: string };
}

export interface Child {
  readonly run: RunRef;
  /** Change of the primary metric. */
  readonly change?: string;
}

export interface Fact {
  readonly name: string;
  readonly text: string;
  readonly code?: true;
  /** All of it, where `text` is shortened. */
  readonly title?: string;
  /** Elsewhere. */
  readonly url?: string;
}

export interface FileLink {
  readonly name: string;
  readonly note: string;
  /** Of the site; absent where the file was not copied. */
  readonly address?: string;
  readonly url?: string;
}

export function sideOf(facts: RunFacts, source: string): Side {
  const { artifacts, other } = facts.file.run;
  return {
    reproduce: reproduceOf(facts),
    origin: originOf(facts, analysedOf(facts)),
    setup: setupOf(facts),
    files: filesOf(facts, source),
    artifacts: artifacts.slice(0, mostItems).map((artifact) => artifactFact(artifact, facts)),
    other: otherOf(other, facts),
  };
}

function artifactFact({ role, path, bytes, sha256 }: Run["artifacts"][number], facts: RunFacts): Fact {
  const size = bytes === undefined ? "" : sizeText(bytes);
  const hash = sha256 === undefined ? "" : `sha256 ${sha256.slice(0, 8)}`;
  return { name: role ?? "file", text: [cleanerOf(facts)(path), size, hash].filter(Boolean).join(", ") };
}

const mostItems = 20;

function reproduceOf(facts: RunFacts): Reproduce {
  const { run } = facts.file;
  const clean = cleanerOf(facts);
  const command = run.run?.command;
  const code = codeFacts(run.run ?? { other: {} }, facts);
  const missing = run.status === "planned" || facts.file.broken === true ? [] : missingOf(facts);
  if (command === undefined) return { facts: code, missing };
  const words = command.map((word) => shown(clean(word))).join(" ");
  return { again: `journal rerun ${shellWord(run.id)}`, command: words, facts: code, missing };
}

/** `…/train.py` needs no quotes where the path it stands for needed none. */
const shown = (word: string): string => (/^[\p{L}\p{N}_./@%+=:,…-]+$/u.test(word) ? word : shellWord(word));

function codeFacts({ commit, snapshot, branch, cwd }: Execution, facts: RunFacts): readonly Fact[] {
  const clean = cleanerOf(facts);
  const all: Fact[] = [];
  for (const [name, value] of [["Commit", commit] as const, ["Snapshot", snapshot] as const]) {
    if (value === undefined) continue;
    const fact: Draft<Fact> = { name, text: value.slice(0, 12), code: true, title: value };
    const url = /^[0-9a-f]{7,64}$/i.test(value) ? commitUrl(value, facts) : undefined;
    if (url !== undefined) fact.url = url;
    all.push(fact);
  }
  if (branch !== undefined) all.push({ name: "Branch", text: clean(branch), code: true });
  if (cwd !== undefined && cwd !== ".") all.push({ name: "Folder", text: clean(cwd), code: true });
  return all;
}

/** A snapshot is a commit of its own that may never have been pushed, so only commits are links. */
function commitUrl(commit: string, { settings, file }: RunFacts): string | undefined {
  const { repository } = settings.site;
  if (commit !== file.run.run?.commit || repository === undefined || !/^https?:\/\/[^\s"<>]+$/.test(repository)) return undefined;
  return `${repository.replace(/\/+$/, "").replace(/\.git$/, "")}/commit/${commit}`;
}

function missingOf({ file: { run }, settings }: RunFacts): readonly string[] {
  const { command, commit, snapshot } = run.run ?? {};
  const missing: string[] = [];
  if (command === undefined) missing.push("the command");
  if (commit === undefined && snapshot === undefined) missing.push("the commit");
  if (Object.keys(run.config).length === 0) missing.push("the configuration");
  if (Object.keys(run.software).length === 0) missing.push("versions of the software");
  const unhashed = run.data.filter((item) => item.sha256 === undefined).slice(0, 3);
  if (unhashed.length > 0) missing.push(`a hash of the data ${unhashed.map(({ name }) => publicWords(name, settings)).join(", ")}`);
  return missing;
}

const mostChildren = 8;

function originOf(facts: RunFacts, analysed: AnalysedRun | undefined): Origin {
  const { file, folder } = facts;
  const children = (analysed?.children ?? []).filter((child) => facts.address(child) !== undefined);
  const rest = children.length - mostChildren;
  const origin: Draft<Origin> = {
    bases: (analysed?.bases ?? []).map((base) => linkTo(base, facts)),
    notes: [
      ...(analysed?.missing ?? []).map((name) => `${name} is not in this journal`),
      ...(analysed?.cut ?? []).map(({ run }) => `${run.id} is left out: it was made from this run`),
    ],
    children: children.slice(0, mostChildren).map((child) => childOf(child, facts)),
  };
  if (rest > 0)
    origin.rest = { text: `all ${children.length} in the log`, address: logAddress(folder, filterTerm("base", "=", file.run.id)) };
  return origin;
}

function childOf(child: RunFile, facts: RunFacts): Child {
  const { study } = facts;
  const found = child.study === study.settings.name ? study.runs.get(child.run.id) : undefined;
  // The first base is the one a run is compared with.
  const compared = found?.file === child && found.base === facts.file && study.primary !== undefined;
  const delta = compared && study.primary ? found.deltas.get(study.primary.name) : undefined;
  const run = linkTo(child, facts);
  return delta === undefined || study.primary === undefined ? { run } : { run, change: changeText(delta, study.primary) };
}

function changeText({ before, after }: Delta, { unit, decimals }: MetricView): string {
  return formatDifference(before.mean ?? 0, after.mean ?? 0, unit, { decimals, screen: true });
}

function setupOf(facts: RunFacts): readonly Fact[] {
  const { file, study, settings } = facts;
  const { run } = file;
  const clean = cleanerOf(facts);
  const setup: Fact[] = [];
  const add = (name: string, text: string | undefined): void => {
    if (text !== undefined && text !== "") setup.push({ name, text });
  };
  const { started, seconds, exit } = run.run ?? {};
  const era = eraOf(run, study.settings);
  add("Hardware", hardwareText(run, facts));
  add("Software", listed(Object.entries(run.software).map(([name, version]) => clean(`${name} ${version}`.trim()))));
  const data = run.data.map((item) =>
    [clean(item.name), roleOf(item, settings), item.path === undefined ? undefined : clean(item.path), item.sha256?.slice(0, 8)]
      .filter((part, index, all) => part !== undefined && all.indexOf(part) === index)
      .join(" "),
  );
  add("Data", listed(data, "; "));
  if (started !== run.date) add("Started", started && momentText(started));
  const ended = [seconds === undefined ? "" : formatDuration(seconds), exit === undefined ? "" : `exit code ${exit}`];
  add("Time", ended.filter(Boolean).join(", "));
  add("Repeats", repeatsText(run.repeats));
  add("Starts", attemptsText(run));
  add("Protocol", era === "" || era === study.era ? era : `${era}; ${study.era} is current`);
  add("Also called", listed(run.aliases.map((alias) => publicWords(alias, settings))));
  if (run.source !== undefined) add("Source", textOf(run.source, facts));
  setup.push(...otherOf(run.run?.other ?? {}, facts, executionWords));
  return setup;
}

function hardwareText({ hardware }: Run, facts: RunFacts): string | undefined {
  if (hardware === undefined) return undefined;
  const name = machineName(hardware);
  const parts = [hardware.gpu, hardware.cpu, hardware.ram].filter((part) => part !== undefined && part.trim() !== "");
  const named = name !== undefined && !parts.includes(name) ? [`class ${name}`] : [];
  const other = otherOf(hardware.other, facts).map((fact) => `${fact.name} ${fact.text}`);
  return listed([...parts.map((part) => cleanerOf(facts)(part ?? "")), ...named.map(cleanerOf(facts)), ...other]);
}

function listed(parts: readonly string[], mark = ", "): string {
  const rest = parts.length - mostItems;
  return rest > 0 ? [...parts.slice(0, mostItems), `${rest} more in the file`].join(mark) : parts.join(mark);
}

/** `3, seeds 1 2 3, 24 min to 1 h 42 min; seed 3 ended with exit code 137` */
function repeatsText(repeats: readonly Repeat[]): string | undefined {
  if (repeats.length === 0) return undefined;
  const seeds = repeats.flatMap(({ seed }) => seed ?? []);
  const times = repeats.flatMap(({ seconds }) => seconds ?? []);
  const [least, most] = [Math.min(...times), Math.max(...times)];
  const spans = times.length === 0 ? [] : [least === most ? formatDuration(least) : `${formatDuration(least)} to ${formatDuration(most)}`];
  const failed = repeats.flatMap(({ seed, exit }, at) =>
    exit === undefined || exit === 0 ? [] : [`${seed === undefined ? `the ${at + 1}.` : `seed ${seed}`} ended with exit code ${exit}`],
  );
  const words = seeds.length === 0 ? [] : [`seeds ${listed(seeds, " ")}`];
  return [[String(repeats.length), ...words, ...spans].join(", "), ...failed.slice(0, 5)].join("; ");
}

function attemptsText({ attempts }: Run): string | undefined {
  if (attempts.length === 0) return undefined;
  const one = ({ started, seconds, exit }: Run["attempts"][number]): string =>
    [
      started === undefined ? "" : momentText(started),
      seconds === undefined ? "" : formatDuration(seconds),
      exit === undefined ? "" : `exit code ${exit}`,
    ]
      .filter(Boolean)
      .join(", ");
  return listed(attempts.map(one), "; ");
}

function otherOf(other: Readonly<Record<string, Json>>, facts: RunFacts, words = plainWords): readonly Fact[] {
  if (Object.keys(other).length === 0) return [];
  const shown = publicJson(other, facts.settings);
  if (shown === undefined || shown === null || typeof shown !== "object" || Array.isArray(shown)) return [];
  return words(shown as Readonly<Record<string, Json>>)
    .slice(0, 40)
    .map(({ name, text }) => ({ name, text: clipped(text) }));
}

const plainWords: typeof executionWords = (all) => Object.entries(all).map(([name, value]) => ({ name, text: showValue(value) }));

const textOf = (value: Json, { settings }: RunFacts): string => {
  const shown = publicJson(value, settings);
  return shown === undefined ? "" : clipped(showValue(shown));
};

const clipped = (text: string): string => (text.length > 400 ? `${text.slice(0, 399)}…` : text);

const reducedNote = "private values left out";

/** Of a file whose copy leaves something out. */
export function reducedSide(side: Side): Side {
  const [source, ...rest] = side.files;
  return source === undefined ? side : { ...side, files: [{ ...source, note: reducedNote }, ...rest] };
}

function filesOf(facts: RunFacts, source: string): readonly FileLink[] {
  const { file, repository, reduced, attachments } = facts;
  const url = repository === undefined ? undefined : `${repository}${file.path.split("/").map(encodeURIComponent).join("/")}`;
  return [
    { name: "Source of this page", note: reduced ? reducedNote : "", address: source },
    ...(url === undefined ? [] : [{ name: "View or edit in the repository", note: "", url }]),
    ...attachments.slice(0, 100).map(
      ({ name, address, bytes, inert }): FileLink => ({
        name,
        note: `${sizeText(bytes)}${address === undefined ? ", too large for the site" : inert ? ", as text" : ""}`,
        ...(address === undefined ? {} : { address }),
      }),
    ),
  ];
}

function sizeText(bytes: number): string {
  const unit = sizeUnit([bytes]);
  return formatQuantity(bytes, unit, { decimals: unit === "B" || unit === "kB" ? 0 : 1, screen: true });
}
