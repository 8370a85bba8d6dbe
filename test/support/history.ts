// What other tools leave behind of two short trainings, for the pages that begin there: the numbers are computed, the files are as their tools write them.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { double, eventFile, float, int, message, wandbLog } from "../formats/binary.ts";

interface Training {
  readonly name: string;
  readonly lr: number;
  readonly epochs: readonly { readonly val_loss: number; readonly val_accuracy: number }[];
}

/** A folder per tool, with what it has of a training with a small and of one with a large learning rate. */
export function writeHistory(folder: string): void {
  for (const [order, training] of [train("slow", 0.001), train("fast", 0.1)].entries())
    for (const [path, bytes] of Object.entries({
      ...tensorboard(training, order),
      ...wandb(training, order),
      ...mlflow(training, order),
    })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
}

/** Logistic regression on 400 noisy points, judged on 400 others. */
function train(name: string, lr: number): Training {
  let state = 1;
  const random = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const points = Array.from({ length: 800 }, () => {
    const [x, y] = [2 * random() - 1, 2 * random() - 1];
    return { input: [1, x, y, y * y], label: x + y * y + 0.6 * random() > 0.7 ? 1 : 0 };
  });
  const [held, seen] = [points.slice(0, 400), points.slice(400)];
  const weights = [0, 0, 0, 0];
  const guess = (input: readonly number[]): number =>
    1 / (1 + Math.exp(-input.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0)));
  const epochs = Array.from({ length: 8 }, () => {
    for (const { input, label } of seen) {
      const step = lr * (label - guess(input));
      for (const [at, value] of input.entries()) weights[at] = (weights[at] ?? 0) + step * value;
    }
    const loss = held.reduce((sum, { input, label }) => sum - Math.log(label === 1 ? guess(input) : 1 - guess(input)), 0) / held.length;
    const right = held.filter(({ input, label }) => guess(input) > 0.5 === (label === 1)).length / held.length;
    return { val_loss: Number(loss.toFixed(4)), val_accuracy: right };
  });
  return { name, lr, epochs };
}

type Files = Readonly<Record<string, string | Uint8Array>>;

/** The evening of 28 November 2026, in seconds; one training a minute. */
const began = (order: number): number => Date.UTC(2026, 10, 28, 19, order) / 1000;

function tensorboard({ name, lr, epochs }: Training, order: number): Files {
  const content = message(3, message(1, message(1, "lr"), message(2, double(2, lr))));
  const plugin = message(9, message(1, message(1, "hparams"), message(2, content)));
  const events = epochs.map(({ val_loss, val_accuracy }, at) => [
    double(1, began(order) + at),
    int(2, at + 1),
    message(5, message(1, message(1, "val/loss"), float(2, val_loss)), message(1, message(1, "val/accuracy"), float(2, val_accuracy))),
  ]);
  const hparams = [double(1, began(order)), message(5, message(1, message(1, "_hparams_/session_start_info"), plugin))];
  return { [`tensorboard/runs/${name}/events.out.tfevents.${began(order)}.box.1.0`]: eventFile(hparams, ...events) };
}

function wandb({ name, lr, epochs }: Training, order: number): Files {
  const item = (key: string, value: unknown) => message(1, message(1, key), message(16, JSON.stringify(value)));
  const id = `a1b2c3d${order}`;
  const run = message(
    17,
    message(1, id),
    message(4, item("lr", lr)),
    message(8, name),
    message(10, "first-try"),
    message(17, int(1, began(order))),
  );
  const history = epochs.map((values, at) =>
    message(
      2,
      item("_step", at + 1),
      item("_timestamp", began(order) + at),
      ...Object.entries(values).map(([key, value]) => item(key, value)),
    ),
  );
  const log = wandbLog(run, ...history, message(18, int(1, 0), int(2, 8)));
  return { [`wandb/wandb/offline-run-20261128_190${order}00-${id}/run-${id}.wandb`]: log };
}

function mlflow({ name, lr, epochs }: Training, order: number): Files {
  const id = String(order).repeat(32);
  const run = `mlflow/mlruns/0/${id}`;
  const ms = began(order) * 1000;
  const line = (value: number, at: number): string => `${ms + at * 1000} ${value} ${at + 1}\n`;
  return {
    "mlflow/mlruns/0/meta.yaml": "experiment_id: '0'\nname: Default\nlifecycle_stage: active\n",
    [`${run}/meta.yaml`]: `run_id: ${id}\nrun_uuid: ${id}\nrun_name: ${name}\nexperiment_id: '0'\nlifecycle_stage: active\nstatus: 3\nstart_time: ${ms}\nend_time: ${ms + 8000}\n`,
    [`${run}/params/lr`]: String(lr),
    [`${run}/metrics/val_loss`]: epochs.map(({ val_loss }, at) => line(val_loss, at)).join(""),
    [`${run}/metrics/val_accuracy`]: epochs.map(({ val_accuracy }, at) => line(val_accuracy, at)).join(""),
    [`${run}/tags/mlflow.note.content`]: "A first try.",
  };
}
