import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { categories, categoryOf, directionOf, isDuration, isSize, unitOfName } from "../../src/record/guess.ts";
import { fastest } from "../support/fastest.ts";

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

describe("directionOf", () => {
  const lower = words(`
    loss val_loss valLoss trainloss Loss/train train/loss eval_loss cross_entropy_loss error val_error error_rate top1_err wer CER mae RMSE test-mse mape val_bpb
    perplexity val_ppl nll training_time time wall_time latency p95_latency latency_ms seconds_per_step s/it ms/token peak_memory peak_gpu_memory gpu_mem fid train_runtime epoch_loss validation/epoch_loss epoch_time step_time`);
  const higher = words(`
    acc accuracy val_acc val_accuracy Accuracy/val valAcc top1_acc f1 F1 macro_f1 F1Score f1-score auc AUROC roc_auc bleu BLEU4 sacrebleu map mAP mAP50 mAP@0.5
    metrics/mAP50-95(B) precision recall mIoU dice psnr reward mean_reward score test_score throughput tok/s it/s samples_per_second train_steps_per_second fps speedup
    r2 success_rate win_rate ndcg@10 rougeL exact_em`);
  const unknown = words(`
    accident_rate timestamp maples accountant lossless erratum timely scored_by memorial mapping aucklanders learning_rate lr epoch best_epoch step grad_norm
    time_to_accuracy memory_accuracy error_score accuracy_loss loss_scale loss_weight accuracy_std time_step reward_scale loss_per_second x n s / _ -`);

  test("is down for what should shrink", () => {
    for (const name of lower) assert.deepEqual(directionOf(name), { direction: "min", guessed: true }, name);
  });
  test("is up for what should grow", () => {
    for (const name of higher) assert.deepEqual(directionOf(name), { direction: "max", guessed: true }, name);
  });
  test("is nothing where words only look alike, contradict each other, or speak of something else", () => {
    for (const name of [...unknown, "", "__proto__", "constructor", "精度"]) assert.deepEqual(directionOf(name), { guessed: false }, name);
  });
  test("is no guess where the settings say it", () => {
    assert.deepEqual(directionOf("val_loss", { name: "val_loss", from: [], goal: "max" }), { direction: "max", guessed: false });
    assert.deepEqual(directionOf("val_loss", { name: "val_loss", from: [] }), { direction: "min", guessed: true });
  });
});

describe("isDuration, isSize and unitOfName", () => {
  test("know whose bare numbers are seconds", () => {
    for (const name of words(
      "time training_time trainingTime wall_time duration elapsed latency seconds seconds_per_step s/it train_runtime time_s epoch_time",
    ))
      assert.equal(isDuration(name), true, name);
    for (const name of words("latency_ms time_min ms/token timestamp steps_per_second tok/s time_step accuracy val_loss"))
      assert.equal(isDuration(name), false, name);
  });
  test("know whose bare numbers are bytes", () => {
    for (const name of words("memory peak_memory peak_gpu_memory gpu_mem vram bytes")) assert.equal(isSize(name), true, name);
    for (const name of words("peak_memory_mb memory_gib memorial bytes_per_second memory_ratio val_loss"))
      assert.equal(isSize(name), false, name);
  });
  test("know the unit a name ends in", () => {
    const pairs = {
      latency_ms: "ms",
      ms_per_token: "ms",
      peak_memory_mb: "MB",
      memory_gib: "GiB",
      acc_pct: "%",
      train_hours: "h",
      hours: "h",
      time_min: "min",
    };
    for (const [name, unit] of Object.entries(pairs)) assert.equal(unitOfName(name), unit, name);
    for (const name of words("loss_min reward_min min h training_time time_s bytes val_loss items"))
      assert.equal(unitOfName(name), undefined, name);
  });
});

describe("categoryOf", () => {
  const table: Readonly<Record<string, string>> = {
    "Batch Size": "batch_size batchSize train_batch_size data.batch_size per_device_train_batch_size bs gradient_accumulation_steps",
    "Learning Rate": "lr learning_rate learningRate optimizer.lr lr_scheduler warmup_steps warmup lr_decay min_lr scheduler.name",
    Architecture: "num_layers hidden_size dense_units model.n_head kernel_size backbone activation batch_norm conv_filters model",
    Regularization: "dropout model.dropout weight_decay optimizer.weight_decay wd l2 label_smoothing",
    Optimizer: "optimizer optimizer.name momentum adam_beta1 beta2 grad_clip max_grad_norm",
    Data: "dataset data.path train_data val_split num_classes tokenizer",
    Augmentation: "augmentation aug.flip mixup random_erase_prob color_jitter data_augmentation",
    Training: "epochs num_epochs max_steps early_stopping patience seed loss_fn pretrained",
    "Image Size": "img_size image_size imgsz input_shape resolution crop_size data.image_size",
    Hardware: "gpus num_workers device mixed_precision bf16 data.num_workers",
    Other: "foo name x comment __proto__ constructor",
  };
  for (const [category, names] of Object.entries(table)) {
    test(`finds ${category}`, () => {
      for (const name of words(names)) assert.equal(categoryOf(name), category, name);
    });
  }
  test("has the categories of the log template, in its order", () => assert.deepEqual([...categories], Object.keys(table)));
  test("takes the settings' own word", () => assert.equal(categoryOf("lr", { name: "lr", category: "My knobs" }), "My knobs"));
});

describe("names of 100 KB", () => {
  test("cost less than 50 ms", () => {
    for (const piece of ["a", "a_", "_", "aB", "1", "/", "s/", "train", " ", "per_s_"]) {
      const name = piece.repeat(100_000 / piece.length);
      const spent = fastest(() => [directionOf(name), isDuration(name), unitOfName(name), categoryOf(name)]);
      assert.ok(spent < 50, piece);
    }
  });
});
