// What a name says: which way is better, whether it is a time or a size, which category a parameter belongs to. Settings win over guesses.

import type { Direction } from "./experiment.ts";
import type { MetricSettings, ParameterSettings } from "./settings.ts";

interface NameWords {
  /** Lower case, with the words inside them: `valLoss/train_F1` → valloss, val, loss, train, f1. */
  readonly words: readonly string[];
  /** Something per time: `tok/s`, `samples_per_second`. `words` are then what is counted. */
  readonly rate: boolean;
}

/** All that a name says by itself. */
interface NameFacts extends NameWords {
  readonly unit: string | undefined;
  readonly duration: boolean;
  readonly spent: boolean;
  readonly size: boolean;
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}

/** "ms ms, us us" as a map. */
function pairs(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(", ").map((pair): [string, string] => [pair.split(" ")[0] ?? "", pair.split(" ")[1] ?? ""]));
}

const down = /* @__PURE__ */ set(
  `loss losses error errors err errs time times duration runtime walltime elapsed seconds secs sec hours minutes ms latency delay memory mem vram ram rss
  perplexity ppl bpb bpc wer cer ter mae mse rmse mape smape msle nll nlpd kl fid lpips brier ece regret cost overhead energy failures crashes`,
);
const up = /* @__PURE__ */ set(
  `acc accs accuracy accuracies f1 fscore fbeta auc auroc auprc rocauc prauc bleu sacrebleu rouge meteor map ap precision recall iou miou dice psnr ssim score scores
  reward rewards return returns throughput bandwidth speedup fps mrr ndcg mcc kappa r2 specificity sensitivity tpr tnr success successes win wins elo em`,
);
/** The name is about something else than the value of the word before it: `loss_scale`, `accuracy_std`, `time_step`; not `epoch_loss`. */
const neutral = /* @__PURE__ */ set(
  "scale weight weights coef coefficient std stddev var variance epoch step steps ratio factor threshold schedule",
);
const rates = set("s sec second seconds min minute minutes h hr hour hours day");
/** `s/it`, `ms/step`: a time per something. */
const timePer: ReadonlyMap<string, string> = pairs("s seconds, sec seconds, secs seconds, ms ms, us ms");
const splits = "training train validation valid val testing test eval dev best final mean avg total macro micro".split(" ");

const cache = new Map<string, NameFacts>();
const longest = 200;

/** Names are few and asked often: remembered, up to a limit. */
function factsOf(name: string): NameFacts {
  const part = name.slice(0, longest);
  const known = cache.get(part);
  if (known) return known;
  const { words, rate } = splitName(part);
  const unit = unitIn(part);
  const isPlainly = (kind: ReadonlySet<string>): boolean =>
    !rate && words.some((word) => kind.has(word)) && !isNeutral(words, (word) => kind.has(word)) && unit === undefined;
  const found = { words, rate, unit, duration: isPlainly(durations), spent: isPlainly(spent), size: isPlainly(sizes) };
  if (cache.size >= 2000) cache.clear();
  cache.set(part, found);
  return found;
}

function splitName(name: string): NameWords {
  const pieces = name.split(/([^\p{L}\p{N}]+)/u);
  const tokens = pieces
    .map((text, index) => ({ text, word: text.toLowerCase(), over: pieces[index - 1] === "/" }))
    .filter(({ text }, index) => index % 2 === 0 && text !== "");
  const [first, second] = tokens;
  const timed = tokens.length === 2 && second?.over ? timePer.get(first?.word ?? "") : undefined;
  if (timed) return { words: [timed], rate: false };
  const perAt = tokens.findIndex(({ word }) => word === "per");
  const last = tokens.at(-1);
  const end = perAt > 0 ? perAt : last?.over && rates.has(last.word) ? tokens.length - 1 : tokens.length;
  const over = perAt > 0 ? tokens[perAt + 1] : tokens[end];
  return { words: tokens.slice(0, end).flatMap(({ text }) => wordForms(text)), rate: over !== undefined && rates.has(over.word) };
}

/** One written word as the words it may hold: itself, its camelCase parts, itself without a split in front or digits behind. */
function wordForms(word: string): readonly string[] {
  const forms = new Set([word.toLowerCase()]);
  for (const piece of word.split(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/u)) forms.add(piece.toLowerCase());
  for (const form of [...forms]) {
    const split = splits.find((prefix) => form.startsWith(prefix) && form.length > prefix.length);
    if (split) forms.add(form.slice(split.length));
    const bare = form.replace(/\d+$/, "");
    if (bare !== "" && bare !== form && bare.length > 1) forms.add(bare);
  }
  return [...forms];
}

/** Which way is better: by the settings, else by the words of the name; nothing when they say nothing or contradict each other. */
export function directionOf(name: string, settings?: MetricSettings): { direction?: Direction; guessed: boolean } {
  if (settings?.goal) return { direction: settings.goal, guessed: false };
  const { words, rate } = factsOf(name);
  if (!rate && isNeutral(words, (word) => down.has(word) || up.has(word))) return { guessed: false };
  const lower = words.some((word) => down.has(word));
  const higher = rate || words.some((word) => up.has(word));
  if (lower === higher) return { guessed: false };
  return { direction: higher ? "max" : "min", guessed: true };
}

const durations = set("time times duration runtime walltime wallclock elapsed seconds secs sec latency delay eta");
const spent = /* @__PURE__ */ set("cost costs overhead energy failures crashes regret");
const sizes = set("memory mem vram ram rss bytes filesize disk");

/** A name that ends in a unit holds bare numbers in that unit: `latency_ms`, `peak_memory_mb`, `acc_pct`. Seconds and bytes are canonical anyway. */
const unitNames: ReadonlyMap<string, string> = pairs(
  "ms ms, us us, ns ns, min min, mins min, minutes min, h h, hrs h, hours h, days d, kb kB, mb MB, gb GB, tb TB, kib KiB, mib MiB, gib GiB, pct %, percent %",
);

/** The unit a name ends in, when that is not the canonical one. `loss_min` is a minimum: minutes must follow a word for time. */
export function unitOfName(name: string): string | undefined {
  return factsOf(name).unit;
}

function unitIn(name: string): string | undefined {
  const tokens = name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  const perAt = tokens.indexOf("per");
  const measured = perAt > 0 ? tokens.slice(0, perAt) : tokens;
  const last = measured.at(-1) ?? "";
  if (last === "min" && !measured.some((word) => durations.has(word))) return undefined;
  return last.length > 1 || measured.length > 1 ? unitNames.get(last) : undefined;
}

/** Its bare numbers are seconds. */
export function isDuration(name: string): boolean {
  return factsOf(name).duration;
}

/** It adds up while a run goes on: its lowest point is its start. */
export function isSpent(name: string): boolean {
  return factsOf(name).spent;
}

/** Its bare numbers are bytes. */
export function isSize(name: string): boolean {
  return factsOf(name).size;
}

function isNeutral(words: readonly string[], about: (word: string) => boolean): boolean {
  return words.findLastIndex((word) => neutral.has(word)) > words.findLastIndex(about);
}

/** The log template's categories, in its order. */
export const categories = [
  "Batch Size",
  "Learning Rate",
  "Architecture",
  "Regularization",
  "Optimizer",
  "Data",
  "Augmentation",
  "Training",
  "Image Size",
  "Hardware",
  "Other",
] as const;
export type Category = (typeof categories)[number];

const phrases: Readonly<Partial<Record<Category, string>>> = {
  "Batch Size":
    "batch_size, batchsize, batch, bs, bsz, grad_accum, gradient_accumulation, accumulation_steps, grad_accum_steps, tokens_per_batch",
  "Learning Rate":
    "learning_rate, lr, lrs, lr_decay, learning_rate_decay, decay_steps, decay_rate, warmup, cooldown, warmdown, warmup_steps, warmup_epochs, warmup_iters, cooldown_steps, warmdown_iters, scheduler, schedule, lr_schedule, cosine, annealing, lr0, lrf, eta, gamma",
  Architecture:
    "architecture, arch, model, backbone, layer, layers, hidden, hidden_size, units, width, depth, heads, head, dim, dims, embed, embedding, kernel, kernel_size, filters, channels, stride, padding, activation, pool, pooling, conv, dense, attention, block, blocks, norm, batch_norm, layer_norm, rank, vocab_size, context_length, sequence_length, seq_len, block_size, encoder, decoder, experts, mlp, window, bias, n_layer, n_head, n_embd",
  Regularization:
    "dropout, weight_decay, wd, decay, l1, l2, label_smoothing, smoothing, drop_path, droppath, stochastic_depth, regularization, regularizer, max_norm, ema, noise",
  Optimizer:
    "optimizer, optim, opt, momentum, beta, betas, beta1, beta2, adam, adamw, sgd, muon, nesterov, epsilon, eps, adam_eps, clip, grad_clip, clip_grad, clipnorm, clipvalue, max_grad_norm",
  Data: "data, dataset, datasets, train_data, val_data, split, val_split, test_split, fold, folds, samples, n_samples, n_train, subset, tokenizer, shuffle, sampler, corpus, classes, num_classes, class_weights, balance",
  Augmentation:
    "augmentation, augmentations, augment, aug, flip, hflip, vflip, rotation, rotate, crop, mixup, cutmix, cutout, mosaic, jitter, color_jitter, random_erase, erasing, randaugment, autoaugment, zoom, shear, brightness, contrast, hue, saturation, specaugment",
  Training:
    "epoch, epochs, step, steps, iterations, iters, max_steps, max_iters, train_steps, patience, early_stopping, loss, loss_fn, criterion, seed, freeze, frozen, pretrained, pretraining, finetune, fine_tuning, checkpoint, eval_interval, budget",
  "Image Size":
    "img_size, image_size, input_size, input_shape, imgsz, img_width, img_height, image_width, image_height, resolution, crop_size, patch_size, tile_size",
  Hardware:
    "gpu, gpus, n_gpus, device, devices, cpu, cpus, workers, num_workers, threads, nodes, precision, mixed_precision, amp, fp16, bf16, fp8, tf32, dtype, compile, distributed, world_size, pin_memory",
};

/** Phrase ("learning_rate") → category. */
const categoryByPhrase: ReadonlyMap<string, Category> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ categories.flatMap((category) =>
    (phrases[category] ?? "").split(",").map((phrase): [string, Category] => [phrase.trim(), category]),
  ),
);

/** The settings' own word, else the category whose longest phrase is in the name; the part behind the last dot speaks first, later words before earlier. */
export function categoryOf(parameter: string, settings?: ParameterSettings): string {
  if (settings?.category) return settings.category;
  for (const part of parameter.slice(0, longest).split(".").reverse()) {
    const found = categoryOfPart(part);
    if (found) return found;
  }
  return "Other";
}

function categoryOfPart(part: string): Category | undefined {
  const words = part
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, "_")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  for (let length = Math.min(3, words.length); length > 0; length--) {
    for (let start = words.length - length; start >= 0; start--) {
      const found = categoryByPhrase.get(words.slice(start, start + length).join("_"));
      if (found) return found;
    }
  }
  return undefined;
}
