// Learns to read handwritten digits. Says after every epoch how well, one JSON line each.
//   node bench/digits/train.mjs --batch-size 32 --learning-rate 0.05 --dense-units 32 --epochs 6 --seed 1

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { backward, forward, network, random, step } from "./network.mjs";

const defaults = {
  "batch-size": "32",
  "learning-rate": "0.05",
  "dense-units": "32",
  epochs: "6",
  "train-samples": "3000",
  dropout: "0",
  augment: "none",
  optimizer: "sgd",
  seed: "1",
  data: relative(process.cwd(), fileURLToPath(new URL("data/digits.bin", import.meta.url))),
};
const options = Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, { type: "string", default: value }]));
const { values } = parseArgs({ options });
const config = {
  batch_size: Number(values["batch-size"]),
  learning_rate: Number(values["learning-rate"]),
  dense_units: values["dense-units"].split(",").map(Number),
  epochs: Number(values.epochs),
  train_samples: Number(values["train-samples"]),
  dropout: Number(values.dropout),
  augment: values.augment,
  optimizer: values.optimizer,
  seed: Number(values.seed),
};
if (process.env.JOURNAL_DIR) writeFileSync(join(process.env.JOURNAL_DIR, "config.json"), JSON.stringify(config));

const side = 14;
if (!existsSync(values.data)) {
  console.error(`${values.data} is missing; fetch it with \`node bench/digits/data.mjs\``);
  process.exit(2);
}
const digits = read(values.data);
const held = 2000;
const [validation, test, pool] = [digits.slice(0, held), digits.slice(held, 2 * held), digits.slice(2 * held)];
const training = pool.slice(0, config.train_samples);
const next = random(config.seed);
const layers = network([side * side, ...config.dense_units, 10], next);
const factor = 1 / (1 - config.dropout);
const keep = config.dropout === 0 ? () => 1 : () => (next() < config.dropout ? 0 : factor);

let time = 0;
let learning = 0;
for (let epoch = 1; epoch <= config.epochs; epoch++) {
  const before = process.cpuUsage();
  const loss = learn();
  const { user, system } = process.cpuUsage(before);
  learning += (user + system) / 1e6;
  const seen = judge(validation);
  console.log(JSON.stringify({ epoch, train_loss: round(loss), val_loss: round(seen.loss), val_accuracy: round(seen.accuracy) }));
  if (!Number.isFinite(loss)) {
    console.error(`the loss is ${loss} after epoch ${epoch}: the learning rate of ${config.learning_rate} is too high`);
    process.exit(1);
  }
}
console.log(`METRIC test_accuracy=${round(judge(test).accuracy)}`);
// Of the learning alone, without start, reading and judging: what other work on the machine does to it is little.
console.log(`METRIC cpu_time=${learning.toFixed(3)}`);

function learn() {
  let loss = 0;
  const order = training.map((_, at) => at);
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    [order[at], order[other]] = [order[other], order[at]];
  }
  for (let start = 0; start < order.length; start += config.batch_size) {
    const batch = order.slice(start, start + config.batch_size);
    for (const at of batch) {
      const { label, image } = training[at];
      const all = forward(layers, config.augment === "shift" ? shift(image) : image, keep);
      loss -= Math.log(all.at(-1)[label]);
      backward(layers, all, label, factor);
    }
    time += 1;
    step(layers, { rule: config.optimizer, rate: config.learning_rate, count: batch.length, time });
  }
  return loss / order.length;
}

function judge(images) {
  let [loss, right] = [0, 0];
  for (const { label, image } of images) {
    const said = forward(layers, image).at(-1);
    loss -= Math.log(Math.max(said[label], 1e-12));
    if (said.indexOf(Math.max(...said)) === label) right += 1;
  }
  return { loss: loss / images.length, accuracy: right / images.length };
}

/** By at most one pixel each way. */
function shift(image) {
  const [right, down] = [Math.floor(next() * 3) - 1, Math.floor(next() * 3) - 1];
  return image.map((_, at) => {
    const [x, y] = [(at % side) - right, Math.floor(at / side) - down];
    return x < 0 || y < 0 || x >= side || y >= side ? 0 : image[y * side + x];
  });
}

function read(path) {
  const bytes = readFileSync(path);
  const size = 1 + side * side;
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, at) => {
    const row = bytes.subarray(at * size, (at + 1) * size);
    return { label: row[0], image: Float64Array.from(row.subarray(1), (value) => value / 255) };
  });
}

function round(value) {
  return Number(value.toPrecision(6));
}
