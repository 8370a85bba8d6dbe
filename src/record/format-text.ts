// The prose of docs/format.md: what the templates' data cannot say. The example is a run the reader takes without a word.

export const intro = `# The format

<!-- Written by \`npm run docs\` from src/record/template.ts, settings-template.ts and format-text.ts. Edit those. -->

A journal is a folder of markdown files in git: one file per run, facts in its YAML front matter, prose in its body. Everything here can be
typed by hand; the program reads what people write, changes only the values it is asked to change, and names what it cannot read
with its place and what to write instead.
`;

export const folders = `## Folders

\`\`\`text
journal.yaml                        settings of the journal and of its default study
experiments/
  README.md                         prose of the default study, generated tables between markers
  EXP001-9qd2-baseline.md           a run of the default study
  EXP001-9qd2.files/                its attachments, named by the id alone, so that the title may change
  ocr/study.yaml                    a folder is a study if and only if it holds study.yaml; others only tidy (2026/11/ …)
  ocr/README.md                     question, prose, conclusion of the study, generated tables
  ocr/EXP042-k7f3-double-the-batch.md
reports/*.md                        pages of your own with live tables and charts
charts/*.vl.yaml                    charts of your own, in Vega-Lite over the journal's data
templates/experiment.md             what \`journal new\` fills; the built-in template where there is none
.journal/                           cache and live runs: ignored by git, safe to delete when nothing runs
_site/                              the built site: ignored by git
\`\`\`

Nothing inside a \`*.files/\` folder is ever a run or a study. A run commits at most 100 KB by default, thinned curves and the log's tail
included; \`journal attach\` takes figures up to 1 MB.
`;

export const example = `---
id: EXP042-k7f3
title: Double the batch
date: 2026-11-20T10:15:00+01:00
experimenter: Ada
status: finished
tags: [batch-size]
hypothesis: A batch of 64 trains faster at the same accuracy.
base: EXP041-9qd2
protocol: v2
config:
  batch_size: 64
  learning_rate: 1.0e-3
  dense_units: [512, 256]
changes:
  batch_size: { from: 32, to: 64 }
code: { from: "3f2a9c1", to: "0f3ab77", files: 2, added: 14, removed: 3 }
metrics:
  val_accuracy: { before: 85.5%, after: [87.2%, 87.0%, ~] }
  training_time: { before: 2 h, after: [1.6 h, 1.7 h, 0.4 h] }
repeats:
  - { seed: 1, seconds: 5760, exit: 0 }
  - { seed: 2, seconds: 6120, exit: 0 }
  - { seed: 3, seconds: 1440, exit: 137 }
data: { train: { path: data/train, role: train }, val: { path: data/val, role: eval } }
hardware: { gpu: NVIDIA T4, ram: 16 GB, cpu: Xeon 2.2 GHz, class: t4 }
software: { python: 3.11.7, tensorflow: 2.15.0, cuda: "12.2" }
run: { command: [python, train.py, --batch-size, "64"], cwd: ., started: 2026-11-20T10:15:00+01:00, seconds: 5760, exit: 0 }
artifacts: [{ role: checkpoint, path: out/best.pt, bytes: 102400000 }]
decision: keep
reason: +1.7 points for no extra cost.
earlier: [{ decision: discard, reason: looked like noise, date: 2026-11-19 }]
---

## Observations

### What worked

- The larger batch fills the GPU.

### What didn't work

- The third seed ran out of memory.

### Unexpected behaviors

## Training curves

## Next steps

- [ ] Try a batch of 128 with a warm-up

## Run notes

### 2026-11-20

Motivation: the GPU was half idle.

- Out of memory with seed 3: another job was on the machine, killed it

### Follow-up questions

- Does the learning rate have to follow the batch?
`;

/** What is written → what is read. Held to the reader by a test. */
export const values: readonly (readonly [written: string, read: string])[] = [
  ["`87.2%`", "0.872, shown as percent"],
  ["`85.5% -> 87.2%`, `85.5% → 87.2%`", "before and after"],
  ["`0.38`", "after"],
  ["`[0.38, 0.39, ~]`", "one slot per repeat, the third absent"],
  ["`2 h`, `2h46m`, `45 minutes`, `12:30:00` (of a time)", "seconds, shown in the unit written"],
  ["`16 GB`", "bytes"],
  ["`1.0e-3`, `1e-3`", "0.001, shown as written"],
  ["`0.38 ± 0.01 (n=3)`, `{ mean: 0.38, sd: 0.01, n: 3 }`", "mean, standard deviation, count"],
  ["`872/1000`", "0.872 with its counts"],
  ["`1,014.45`", "1014.45"],
  ["`~`, `N/A`, `-`, `[X%]`, `TBD`, nothing", "absent, never 0"],
  ["`.nan`, `inf`", "diverged: counted, never averaged"],
  ["`64,`", "a problem: a comma of pasted code"],
];

export const valuesNote = `Hashes, ids, versions and dates are read from their source text, whatever YAML would make of \`12e4567\` or \`1.10\`, and always written
quoted where they need it. Anything else odd is kept as text and named.
`;

export const meaning = `## Rules of meaning

1. **\`changes\`, \`code\` and \`before\` are written for readers and never computed with.** \`journal run\` and \`journal new\` fill them; while \`base\`
   resolves, every difference and verdict uses the base's current values. A copy that differs is \`record/stale-before\` or \`record/stale-change\`, and
   \`journal check --fix\` corrects it.
2. **Unrecorded is not changed.** A parameter known on one side only is "not recorded" (\`3e-4 → ?\`): never a change, never equal.
3. **Code, data and environment are changes.** \`changes\` holds parameters alone; code that differs outside the journal's own files is \`code\`, and so
   is another program of the same code. Evaluation
   data (\`role: eval\`) that differs breaks comparability, training data counts as a parameter, declared packages that differ are named. The effect of a single
   change needs equal code: code and a parameter together are confounded. The journal's own files never make the code "dirty".
4. **One configuration, one group.** Runs with the same program, configuration (without the keys in \`ignore\`), code, evaluation data and protocol form one group:
   pooled n, one row, one decision. The program is what \`run.command\` and \`run.cwd\` tell beside parameters: the script or module, the words without a
   flag, the folder; an interpreter's own place and version aside. A run without a recorded command has none. Repetitions share a file; those added later or elsewhere are a new file with \`repeat_of\`, and journals that keep one file per seed
   are grouped by the same rule. Tests are paired only where both sides name their seeds.
5. **Base.** Without \`--base\`, \`new\` and \`run\` take the study's best kept run, else its baseline, else none; it is frozen at the start and said. The baseline is the
   study's \`baseline\`, else its oldest finished run without a base in the current protocol; it needs no decision.
6. **Order** is start, number, id. *Best* considers runs that are finished, not discarded, not invalid and in the current protocol; undecided ones are included
   and \`--kept\` leaves them out. The progress line is the cumulative best over kept runs. Best is never stored.
7. **Eras.** Nothing is compared silently across protocols. A metric declared invalid for a protocol or a run leaves best, verdict and impact, with a badge; the
   run's other metrics stay valid.
8. **Hardware class** is \`hardware.class\`, else the GPU model and count, else the CPU model and cores. Durations compare within a class only, qualities across
   with a mark. Another budget (last step more than 5 % away) is marked too.
9. **Percent.** Differences of fractions shown as percent are percentage points (\`+1.7 pp\`); relative ones say so (\`+2.0% rel\`). \`journal check\` warns of values
   that are a hundred or a thousand times the usual of their metric.
10. **References** that a command writes are full ids; people may write the beginning of one, its number, or an alias. One that a merge made ambiguous is named
    with its candidates. Branches and worktrees of one clone never take the same number twice.
11. **Decisions are the author's**: keep, discard, or nothing. Evidence stands beside it and may disagree; no command changes it unasked.
`;

export const settingsIntro = `## journal.yaml

Everything has a working default; an empty \`journal.yaml\` is a journal. Directions are guessed from names (\`loss\`, \`error\`, \`time\`, \`memory\` down; \`acc\`, \`f1\`, \`auc\` up)
and said aloud. \`pick\` decides which point of a curve becomes \`after\`: by default the best one for qualities with a direction, the last for the rest; pick and step are
shown. \`training_time\`, \`peak_memory\` and \`peak_gpu_memory\` are named automatically. Front matter receives the declared metrics and at most 12 recognised ones; the
rest stay in the curves. Settings are data: nothing in them is executed.
`;

export const reports = `## Reports and charts

\`reports/*.md\` are pages of your own; their front matter may hold \`title\`, \`date\` and \`author\`. In them, in the README of a study and in runs, a fence
\`journal table\` (or \`chart\`, \`compare\`, \`best\`, \`impact\`) holds YAML: \`{ study, where | runs, columns, sort, limit, title, as_of: <commit> }\`; \`as_of\` pins the
numbers to a commit. \`journal index\` writes the rendered table below the fence, between markers, so that GitHub shows it. A \`vega-lite\` fence, like the files
\`charts/*.vl.yaml\`, draws inline or named data only. [Reports](reports.md) shows all of it.

## Filters

One grammar for \`list\`, the log page, views and reports: \`val_accuracy > 87% and batch_size = 64 and tag:x and decision:keep and text ~ "cosine"\`. Bare names are
fields, then parameters, then metrics; a name that could be two things is an error that names both. An absent value matches nothing. Repeats compare by their mean.
`;

export const editors = `## Editors

\`journal schema run\`, \`journal schema journal\` and \`journal schema study\` print JSON Schemas (2020-12). For \`journal.yaml\`, write one beside it and name it on the first
line: \`# yaml-language-server: $schema=journal.schema.json\`. In VS Code the YAML extension completes the front matter of runs once its settings name a schema for it:

\`\`\`json
{ "yaml.schemas": { "./run.schema.json": "experiments/**/*.md" } }
\`\`\`
`;
