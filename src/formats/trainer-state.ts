// The Hugging Face Trainer's `trainer_state.json`: its whole log in one file, written anew at each save.

import type { Decoder } from "./item.ts";
import { unreadable } from "./json.ts";
import { parseLooseJson } from "./loose-json.ts";
import { isDict, parametersIn, pointsOf } from "./record-items.ts";
import { openWhole } from "./whole.ts";

const largest = 64_000_000;
const settings = ["max_steps", "num_train_epochs", "train_batch_size"];

export function openTrainerState(): Decoder {
  return openWhole(largest, (text) => {
    const state = parseLooseJson(text);
    if (!isDict(state)) return unreadable(text);
    const history = state["log_history"];
    const known = settings.flatMap((name) => (typeof state[name] === "number" ? [[name, state[name]] as const] : []));
    const trial = state["trial_params"];
    return [
      ...parametersIn({ ...Object.fromEntries(known), ...(isDict(trial) ? trial : {}) }, "logger"),
      ...(Array.isArray(history) ? history.flatMap((record) => (isDict(record) ? pointsOf(record) : [])) : []),
    ];
  });
}
