// A fully connected network with ReLU and softmax, trained by gradient descent: plain arrays, one thread, the same numbers everywhere.

/** Small and seeded (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function network(sizes, next) {
  return sizes.slice(1).map((outputs, at) => {
    const inputs = sizes[at];
    const scale = Math.sqrt(6 / inputs);
    const weights = Float64Array.from({ length: inputs * outputs }, () => (2 * next() - 1) * scale);
    const zeros = () => ({ weights: new Float64Array(inputs * outputs), biases: new Float64Array(outputs) });
    return { inputs, outputs, weights, biases: new Float64Array(outputs), gradient: zeros(), moment: zeros(), square: zeros() };
  });
}

/** The activations of every layer; the last are probabilities. `keep` gives a factor for each hidden unit. */
export function forward(layers, image, keep = () => 1) {
  const all = [image];
  for (const [at, layer] of layers.entries()) {
    const input = all[at];
    const output = Float64Array.from(layer.biases);
    for (let from = 0; from < layer.inputs; from++) {
      const value = input[from];
      if (value === 0) continue;
      const row = from * layer.outputs;
      for (let to = 0; to < layer.outputs; to++) output[to] += value * layer.weights[row + to];
    }
    if (at < layers.length - 1) for (let to = 0; to < layer.outputs; to++) output[to] = output[to] > 0 ? output[to] * keep() : 0;
    all.push(output);
  }
  softmax(all.at(-1));
  return all;
}

function softmax(values) {
  const top = values.reduce((highest, value) => Math.max(highest, value), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let at = 0; at < values.length; at++) {
    values[at] = Math.exp(values[at] - top);
    sum += values[at];
  }
  for (let at = 0; at < values.length; at++) values[at] /= sum;
}

/** Adds the gradient of one image's cross entropy. */
export function backward(layers, all, label, factor) {
  let error = Float64Array.from(all.at(-1));
  error[label] -= 1;
  for (let at = layers.length - 1; at >= 0; at--) {
    const { inputs, outputs, weights, gradient } = layers[at];
    const input = all[at];
    const below = new Float64Array(inputs);
    for (let to = 0; to < outputs; to++) gradient.biases[to] += error[to];
    for (let from = 0; from < inputs; from++) {
      const value = input[from];
      if (value === 0) continue;
      const row = from * outputs;
      let sum = 0;
      for (let to = 0; to < outputs; to++) {
        gradient.weights[row + to] += value * error[to];
        sum += weights[row + to] * error[to];
      }
      below[from] = sum * factor;
    }
    error = below;
  }
}

/** One step along the mean gradient of `count` images; `rule` is sgd, momentum or adam. */
export function step(layers, { rule, rate, count, time }) {
  for (const layer of layers)
    for (const part of ["weights", "biases"]) {
      const [values, gradient, moment, square] = [layer[part], layer.gradient[part], layer.moment[part], layer.square[part]];
      for (let at = 0; at < values.length; at++) {
        const slope = gradient[at] / count;
        gradient[at] = 0;
        if (rule === "sgd") values[at] -= rate * slope;
        else if (rule === "momentum") {
          moment[at] = 0.9 * moment[at] + slope;
          values[at] -= rate * moment[at];
        } else {
          moment[at] = 0.9 * moment[at] + 0.1 * slope;
          square[at] = 0.999 * square[at] + 0.001 * slope * slope;
          values[at] -= (rate * (moment[at] / (1 - 0.9 ** time))) / (Math.sqrt(square[at] / (1 - 0.999 ** time)) + 1e-8);
        }
      }
    }
}
