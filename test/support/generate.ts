// A deterministic journal of any size, as a busy group would have written it: ~2.2 KB a run, bases, repeats, decisions,
// prose. Used by tests and benches; `node --import tsx test/support/generate.ts <folder> <runs> [studies]` makes one by hand.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { slug } from "../../src/base/path.ts";

export interface Plan {
  readonly runs: number;
  /** Besides the default one. */
  readonly studies?: number;
  readonly seed?: number;
  /** Bodies of unique sentences with links, bold words and nested lists instead of a few that come again. */
  readonly prose?: boolean;
}

export interface Generated {
  readonly path: string;
  readonly id: string;
  readonly text: string;
}

/** Everything the journal holds, settings included, path → text. */
export function generate(plan: Plan): ReadonlyMap<string, string> {
  const files = new Map<string, string>([["journal.yaml", settings]]);
  for (let study = 1; study <= (plan.studies ?? 0); study++)
    files.set(`experiments/study-${study}/study.yaml`, `title: Study ${study}\nquestion: Does idea ${study} pay?\nprimary: val_accuracy\n`);
  for (const { path, text } of generateRuns(plan)) files.set(path, text);
  return files;
}

export function* generateRuns({ runs, studies = 0, seed = 1, prose = false }: Plan): Generator<Generated> {
  const random = makeRandom(seed);
  const made: Run[][] = Array.from({ length: studies + 1 }, () => []);
  for (let number = 1; number <= runs; number++) {
    const study = number % (studies + 1);
    const before = made[study] ?? [];
    const run = makeRun(number, before, random, prose ? proseBody : body);
    before.push(run);
    yield { id: run.id, text: run.text, path: `experiments/${study === 0 ? "" : `study-${study}/`}${run.id}-${slug(run.title)}.md` };
  }
}

/** Writes it below `folder`, plainly. */
export function writeJournal(folder: string, plan: Plan): readonly string[] {
  const files = generate(plan);
  const made = new Set<string>();
  for (const [path, text] of files) {
    const above = join(folder, path, "..");
    if (!made.has(above)) mkdirSync(above, { recursive: true });
    made.add(above);
    writeFileSync(join(folder, path), text);
  }
  return [...files.keys()];
}

type Random = () => number;

/** mulberry32: small, seeded, the same everywhere. */
function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}
const hex = (random: Random, length: number): string => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");
const crockford = "0123456789abcdefghjkmnpqrstvwxyz";

const settings = `title: A busy journal
metrics:
  val_accuracy: { goal: max, unit: "%", min_effect: 0.3pp, label: Validation accuracy }
  val_loss: { goal: min }
parameters:
  batch_size: { category: Batch Size, scale: log }
  learning_rate: { category: Optimizer, scale: log }
ignore: [seed]
study:
  primary: val_accuracy
  goals: { accuracy: max val_accuracy, speed: { min: training_time, where: val_accuracy >= best - 1pp } }
`;

const knobs = [
  { name: "batch_size", values: ["16", "32", "64", "128", "256"], verb: "Batch of" },
  { name: "learning_rate", values: ["1.0e-4", "3.0e-4", "1.0e-3", "3.0e-3"], verb: "Learning rate" },
  { name: "dropout", values: ["0.0", "0.1", "0.25", "0.5"], verb: "Dropout" },
  { name: "img_size", values: ["128", "160", "192", "224"], verb: "Image size" },
  { name: "epochs", values: ["10", "20", "40", "80"], verb: "Epochs" },
] as const;
const nouns = ["the head", "the optimiser", "augmentation", "the schedule", "the backbone", "label smoothing", "the warmup"] as const;
const worked = [
  "Validation accuracy rises steadily until epoch 14 and stays there.",
  "The curve is smoother than in the base run.",
  "Memory stays below 11 GB on the T4, so a larger batch would fit.",
  "Training is faster because the loader no longer waits.",
] as const;
const failed = [
  "The loss spikes after the third warm restart and takes two epochs to recover.",
  "Test accuracy does not follow validation accuracy.",
  "Gains vanish when the seed changes, see the repeats.",
  "The last ten epochs bring nothing but cost 20 minutes.",
] as const;
const surprise = [
  "The first epoch is slower than all others by a factor of two.",
  "Precision drops for the smallest class only.",
  "GPU utilisation is higher with fewer workers.",
] as const;
const next = [
  "Try the same change with a longer warmup",
  "Repeat with three more seeds before deciding",
  "Profile the data loader with 2, 4 and 8 workers",
  "Look at the confusion matrix of the smallest class",
] as const;

interface Run {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly config: Readonly<Record<string, string>>;
  /** As written under `after`. */
  readonly accuracy: string;
}

/** Most runs change one knob of a recent run. */
function makeRun(number: number, before: readonly Run[], random: Random, write: typeof body): Run {
  const id = `EXP${String(number).padStart(3, "0")}-${Array.from({ length: 4 }, () => crockford[Math.floor(random() * 32)]).join("")}`;
  const base = before[Math.max(0, before.length - 1 - Math.floor(random() ** 2 * 30))];
  const knob = pick(random, knobs);
  const from = base?.config[knob.name] ?? knob.values[0];
  const to = pick(
    random,
    knob.values.filter((value) => value !== from),
  );
  const config = { ...(base?.config ?? Object.fromEntries(knobs.map(({ name, values }) => [name, values[1]]))), [knob.name]: to };
  const title = `${knob.verb} ${to} for ${pick(random, nouns)}`;
  const repeats = random() < 0.3 ? 3 : 1;
  const level = 80 + random() * 12;
  const accuracy = many(repeats, () => `${(level + random()).toFixed(1)}%`);
  const run = { id, title, config, accuracy };
  const text = `---\n${frontMatter({ run, base, knob: knob.name, from, to, number, repeats }, random)}---\n\n${write(number, random)}`;
  return { ...run, text };
}

function many(count: number, value: () => string): string {
  return count === 1 ? value() : `[${Array.from({ length: count }, value).join(", ")}]`;
}

interface Facts {
  readonly run: Omit<Run, "text">;
  readonly base: Run | undefined;
  readonly knob: string;
  readonly from: string;
  readonly to: string;
  readonly number: number;
  readonly repeats: number;
}

function frontMatter({ run, base, knob, from, to, number, repeats }: Facts, random: Random): string {
  const date = startOf(number).toISOString().slice(0, 19);
  const words = knob.replace("_", "-");
  return [
    `id: ${run.id}`,
    `title: ${run.title}`,
    `date: ${date}+01:00`,
    `experimenter: ${pick(random, ["Ada", "Grace", "Alan"])}`,
    `status: ${random() < 0.06 ? "failed" : "finished"}`,
    `tags: [${words}, ${pick(random, ["sweep", "idea", "ablation"])}]`,
    `hypothesis: ${run.title} trains faster at the same accuracy.`,
    `assumptions: [The ${pick(random, ["loader", "seed", "split"])} does not matter, ${pick(random, ["Ten epochs suffice to see a trend", "The validation split is large enough"])}]`,
    ...(base === undefined ? [] : [`base: ${base.id}`]),
    "config:",
    ...Object.entries(run.config).map(([name, value]) => `  ${name}: ${value}`),
    "  dense_units: [512, 256]",
    "  optimizer: { name: adam, weight_decay: 1.0e-4 }",
    ...(base === undefined ? [] : ["changes:", `  ${knob}: { from: ${from}, to: ${to} }`]),
    "metrics:",
    `  val_accuracy: { ${base === undefined ? "" : `before: ${base.accuracy}, `}after: ${run.accuracy} }`,
    `  val_loss: { after: ${many(repeats, () => (0.2 + random() / 50).toFixed(4))} }`,
    `  training_time: { after: ${many(repeats, () => `${(1 + random() * 2).toFixed(1)} h`)} }`,
    ...(repeats === 1
      ? []
      : [
          "repeats:",
          ...Array.from(
            { length: repeats },
            (_, index) => `  - { seed: ${index + 1}, seconds: ${5000 + Math.floor(random() * 3000)}, exit: 0 }`,
          ),
        ]),
    "hardware: { gpu: NVIDIA T4, ram: 16 GB, cpu: Xeon 2.2 GHz, class: t4 }",
    `software: { python: 3.11.7, tensorflow: 2.15.0, cuda: "12.2" }`,
    `run: { command: [python, train.py, --${words}, "${to}"], cwd: ., commit: "${hex(random, 40)}", started: ${date}+01:00, seconds: ${5000 + Math.floor(random() * 3000)}, exit: 0 }`,
    ...decision(random()),
    "",
  ].join("\n");
}

function decision(chance: number): readonly string[] {
  if (chance < 0.35) return ["decision: keep", "reason: Better by more than the noise and no dearer."];
  return chance < 0.7 ? ["decision: discard", "reason: No gain that survives the repeats."] : [];
}

function startOf(number: number): Date {
  return new Date(Date.UTC(2024, 0, 2, 8) + number * 37 * 60_000);
}

function body(number: number, random: Random): string {
  const day = startOf(number).toISOString().slice(0, 10);
  const rows = [1, 5, 10, 15, 20].map((epoch) => `| ${epoch} | ${random().toFixed(3)} | ${random().toFixed(3)} |`).join("\n");
  return `## Observations
### What worked
- ${pick(random, worked)}
- Run ${number} reaches its best epoch at ${5 + Math.floor(random() * 30)}, ${pick(random, ["earlier", "later"])} than the base.
### What didn't work
- ${pick(random, failed)}
### Unexpected behaviors
- ${pick(random, surprise)}

## Training curves
Loss falls from ${(2 + random()).toFixed(2)} to ${(0.2 + random() / 5).toFixed(3)}; see \`curves.csv\` beside this file.

| epoch | train | val |
|------:|------:|----:|
${rows}

## Next steps
- [ ] ${pick(random, next)}
- [${random() < 0.5 ? "x" : " "}] ${pick(random, next)}

## Run notes
### ${day}
Motivation: the base left open whether **${pick(random, nouns)}** or the data limits us.
- Out of memory at the first try: fixed by halving the eval batch, which leaves the metrics as they are.
- The loader hung once after ${Math.floor(random() * 900)} steps: fixed by \`pin_memory: false\`, not seen again.
### Follow-up questions
- Does the effect hold for ${pick(random, ["dogs", "the small class", "night images"])}?
`;
}

const words =
  "accuracy again although another attention average backbone balance batch because before behaves between branch cache careful change check class clear cluster cold compare configuration converges corpus cosine curve data decay depth differs drift dropout early effect encoder epoch error estimate evaluation evidence expected explains factor fails faster feature few figure final finding first flat floor fold four gain general gradient grows half head heavy higher holdout idea image improves increase inside kernel label large last later layer learns less level likely limit linear little long looks loss lower machine margin matters mean measure memory method metric middle minor model momentum most narrow nearly never next noise normal number often older only optimum order other output overfits pattern peak plain plateau policy pool precision previous problem profile quick random range rather reaches reason recall reduces repeat report result rises sample scale schedule score second seed seems sequence shallow shape sharp short shows signal similar simple single slope slow small smooth split stable stage start steady step still strong subset suggests surprise system target tail tensor test than third threshold times token training transfer trend tries tuning under unit update usual validation value variance vector verify visible warmup weight while wide width window within without worse".split(
    " ",
  );

function sentence(random: Random): string {
  const count = 7 + Math.floor(random() * 11);
  const text = Array.from({ length: count }, () => {
    const word = pick(random, words);
    const chance = random();
    if (chance < 0.05) return `**${word} ${pick(random, words)}**`;
    if (chance < 0.08) return `[${word} ${pick(random, words)}](https://example.org/${word}/${Math.floor(random() * 1e6)})`;
    if (chance < 0.11) return `\`${word}_${pick(random, words)}\``;
    if (chance < 0.13) return `*${word}*`;
    return chance < 0.16 ? `${word},` : word;
  }).join(" ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/,$/, "")}.`;
}

const sentences = (random: Random, count: number): string => Array.from({ length: count }, () => sentence(random)).join(" ");
const item = (random: Random): string =>
  random() < 0.4 ? `- ${sentence(random)}\n  - ${sentence(random)}\n  - ${sentence(random)}` : `- ${sentence(random)}`;
const items = (random: Random, count: number): string => Array.from({ length: count }, () => item(random)).join("\n");

function proseBody(number: number, random: Random): string {
  return `## Observations
### What worked
${items(random, 2)}
### What didn't work
${items(random, 2)}
### Unexpected behaviors
${items(random, 1)}

## Training curves
${sentences(random, 2)}

## Next steps
- [ ] ${sentence(random)}
- [${random() < 0.5 ? "x" : " "}] ${sentence(random)}

## Run notes
### ${startOf(number).toISOString().slice(0, 10)}
${sentences(random, 3)}

${sentences(random, 2)}
### Follow-up questions
${items(random, 1)}
`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder, runs = "10000", studies = "0", prose] = process.argv.slice(2);
  if (folder === undefined) throw new Error("usage: generate.ts <folder> [runs] [studies] [prose]");
  const plan = { runs: Number(runs), studies: Number(studies), prose: prose === "prose" };
  process.stdout.write(`${writeJournal(folder, plan).length} files\n`);
}
