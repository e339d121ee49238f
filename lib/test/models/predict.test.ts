import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openBackend } from "../../src/backend";
import { KernelNetwork } from "../../src/kernels";
import { lstmHitPredictor, portable } from "../../src/models/networks";
import { inputTensor, predict } from "../../src/models/predict";
import { readNetwork } from "../../src/models/read-network";
import { random } from "../../src/random";
import { type Matrix, matrix } from "../../src/samples";

beforeAll(async () => {
  await openBackend();
});

afterEach(() => {
  vi.restoreAllMocks();
});

const { dense, lstm, dropout, activation, flatten } = tf.layers;
const gates = { recurrentActivation: "sigmoid" as const };

/** A sequential model with random weights and biases. */
function model(...layers: tf.layers.Layer[]): tf.Sequential {
  const made = tf.sequential({ layers });
  const rng = random(3, "weights");
  const weights = made.getWeights().map(({ shape, size }) =>
    tf.tensor(
      Float32Array.from({ length: size }, () => 0.4 * rng.normal()),
      shape,
    ),
  );
  made.setWeights(weights);
  tf.dispose(weights);
  return made;
}

function rowsFor(made: tf.LayersModel, rows: number): Matrix {
  const columns = made.inputs[0].shape.slice(1).reduce<number>((product, size) => product * (size as number), 1);
  const rng = random(4, "rows");
  return matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => rng.normal()),
  );
}

function byTfjs(made: tf.LayersModel, x: Matrix): Float32Array {
  return tf.tidy(() => (made.predict(inputTensor(made, x)) as tf.Tensor).dataSync<"float32">());
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  const worst = Array.from(expected, (value, i) => Math.abs(value - actual[i]) / Math.max(1, Math.abs(value)));
  expect(Math.max(0, ...worst)).toBeLessThan(1e-5);
}

const supported: [string, () => tf.LayersModel][] = [
  ["a perceptron", () => model(dense({ units: 1, inputShape: [3], activation: "sigmoid" }))],
  [
    "hidden layers of each activation",
    () =>
      model(
        dense({ units: 7, inputShape: [5], activation: "relu" }),
        dense({ units: 6, activation: "tanh", useBias: false }),
        dropout({ rate: 0.5 }),
        dense({ units: 5 }),
        activation({ activation: "sigmoid" }),
        dense({ units: 2 }),
      ),
  ],
  [
    "softmax",
    () => model(dense({ units: 9, inputShape: [4], activation: "relu" }), dense({ units: 3, activation: "softmax" })),
  ],
  [
    "an LSTM of one feature and unit",
    () => model(lstm({ units: 1, inputShape: [3, 1], ...gates }), dense({ units: 1 })),
  ],
  [
    "stacked LSTMs",
    () =>
      model(
        lstm({ units: 6, returnSequences: true, inputShape: [5, 2], ...gates }),
        dropout({ rate: 0.2 }),
        lstm({ units: 5, returnSequences: true, ...gates }),
        lstm({ units: 3, ...gates }),
        dense({ units: 1, activation: "sigmoid" }),
      ),
  ],
  [
    "dense layers on each step",
    () =>
      model(
        dense({ units: 6, inputShape: [4, 3], activation: "relu" }),
        dense({ units: 5, activation: "softmax" }),
        lstm({ units: 4, ...gates }),
        dense({ units: 2 }),
      ),
  ],
  [
    "an LSTM at the end",
    () => model(lstm({ units: 8, inputShape: [3, 2], ...gates }), activation({ activation: "softmax" })),
  ],
  [
    "flattened input",
    () => model(flatten({ inputShape: [4, 3] }), dense({ units: 5, activation: "tanh" }), dense({ units: 1 })),
  ],
];

describe("predict", () => {
  it.each(supported)("by the kernels gives what tfjs gives: %s", (_what, make) => {
    const made = make();
    const kernels = vi.spyOn(KernelNetwork.prototype, "predict");
    for (const rows of [1, 5, 33]) {
      const x = rowsFor(made, rows);
      expectClose(predict(made, x), byTfjs(made, x));
    }
    expect(kernels).toHaveBeenCalledTimes(3);
  });

  it("gives each row the same digits, whatever rows come with it", () => {
    const made = lstmHitPredictor({ lookBack: 6, features: 2 });
    const x = rowsFor(made, 2500);
    const together = predict(made, x);
    expectClose(together, byTfjs(made, x));
    for (const row of [0, 1, 1023, 1024, 2499]) {
      const data = x.data.slice(row * x.columns, (row + 1) * x.columns);
      expect(predict(made, matrix(1, x.columns, data))[0]).toBe(together[row]);
    }
  });

  it.each([
    ["a layer", () => model(tf.layers.gru({ units: 3, inputShape: [4, 2] }), dense({ units: 2 }))],
    ["sequences as output", () => model(dense({ units: 3, inputShape: [4, 2] }))],
  ])("goes to tfjs where the kernels do not know the model: %s", (_what, make) => {
    const kernels = vi.spyOn(KernelNetwork.prototype, "predict");
    const made = make();
    const x = rowsFor(made, 7);
    expect(predict(made, x)).toEqual(Float64Array.from(byTfjs(made, x)));
    expect(kernels).not.toHaveBeenCalled();
  });

  it("gives the same digits on the cpu backend", async () => {
    const made = lstmHitPredictor({ lookBack: 4 });
    const x = rowsFor(made, 9);
    const onWasm = predict(made, x);
    await tf.setBackend("cpu");
    try {
      expect(predict(made, x)).toEqual(onWasm);
    } finally {
      await tf.setBackend("wasm");
    }
  });

  it("keeps no tensors, and gives its instance back when a prediction fails", () => {
    const made = lstmHitPredictor({ lookBack: 4 });
    const x = rowsFor(made, 9);
    predict(made, x);
    const before = tf.memory().numTensors;
    predict(made, x);
    expect(tf.memory().numTensors).toBe(before);
    const close = vi.spyOn(KernelNetwork.prototype, "close");
    vi.spyOn(KernelNetwork.prototype, "predict").mockImplementation(() => {
      throw new Error("out of memory");
    });
    expect(() => predict(made, x)).toThrow("out of memory");
    expect(close).toHaveBeenCalledTimes(1);
  });

  it("gives no rows for no rows, and says what does not fit", () => {
    const made = model(dense({ units: 2, inputShape: [3] }));
    expect(predict(made, matrix(0, 3, new Float64Array(0)))).toEqual(new Float64Array(0));
    expect(() => predict(made, rowsFor(model(dense({ units: 1, inputShape: [4] })), 2))).toThrow(
      /takes \[3\] = 3 numbers per row, the data have 4 columns/,
    );
    expect(() => predict(made, matrix(1, 3, Float64Array.of(1, 2, Number.NaN), ["a", "b", "c"]))).toThrow(
      /column "c".*NaN/,
    );
    const input = tf.input({ shape: [3] });
    const outputs = [1, 1].map((units) => dense({ units }).apply(input) as tf.SymbolicTensor);
    const two = tf.model({ inputs: input, outputs });
    expect(() => predict(two, rowsFor(two, 1))).toThrow(/1 inputs and 2 outputs/);
  });
});

describe("readNetwork and the kernels", () => {
  /** A layer after one with `steps` (0: rows of features), and the steps after it. */
  type Step = (steps: number) => [tf.layers.Layer, number];
  const units = fc.integer({ min: 1, max: 9 });
  const kinds = fc.constantFrom("linear", "relu", "sigmoid", "tanh", "softmax") as fc.Arbitrary<"relu">;
  const layer: fc.Arbitrary<Step> = fc.oneof(
    fc.tuple(units, kinds, fc.boolean()).map(([size, kind, useBias]): Step => {
      return (steps) => [dense({ units: size, activation: kind, useBias }), steps];
    }),
    fc.tuple(units, fc.boolean()).map(([size, returnSequences]): Step => {
      return (steps) =>
        steps > 0
          ? [lstm({ units: size, returnSequences, ...gates }), returnSequences ? steps : 0]
          : [dense({ units: size }), 0];
    }),
    kinds.map(
      (kind): Step =>
        (steps) => [activation({ activation: kind }), steps],
    ),
    fc.constant<Step>((steps) => [dropout({ rate: 0.5 }), steps]),
  );

  it("agree on any chain: what is read is computed as tfjs computes it", () => {
    const chains = fc.record({
      steps: fc.integer({ min: 0, max: 4 }),
      features: units,
      rows: fc.integer({ min: 1, max: 40 }),
      layers: fc.array(layer, { minLength: 1, maxLength: 4 }),
    });
    let read = 0;
    fc.assert(
      fc.property(chains, ({ steps, features, rows, layers }) => {
        const made = chainModel(steps, features, layers);
        const x = rowsFor(made, rows);
        if ("spec" in readNetwork(made)) read++;
        expectClose(predict(made, x), byTfjs(made, x));
        made.dispose();
      }),
      { numRuns: 150, seed: 1 },
    );
    expect(read).toBeGreaterThan(50);
  });

  function chainModel(steps: number, features: number, layers: readonly Step[]): tf.Sequential {
    const input = tf.layers.inputLayer({ inputShape: steps > 0 ? [steps, features] : [features] });
    let left = steps;
    const made = layers.map((next) => {
      const [one, after] = next(left);
      left = after;
      return one;
    });
    // Most sequences end in one row: the kernels know no others.
    if (left > 0 && features > 1) made.push(lstm({ units: 4, ...gates }));
    return model(input, ...made);
  }
});

describe("portable", () => {
  it("predicts to the same digits after a way through JSON, without the model", () => {
    const made = lstmHitPredictor({ lookBack: 4 });
    const x = rowsFor(made, 9);
    const { spec, weights } = JSON.parse(JSON.stringify(portable(made))) as ReturnType<typeof portable>;
    const network = new KernelNetwork(
      spec,
      weights.map((numbers) => Float32Array.from(numbers)),
    );
    try {
      expect(Float64Array.from(network.predict(Float32Array.from(x.data), x.rows))).toEqual(predict(made, x));
    } finally {
      network.close();
    }
  });

  it("names the layer that the kernels do not know", () => {
    const made = model(tf.layers.gru({ units: 3, inputShape: [4, 2], name: "memory" }));
    expect(() => portable(made)).toThrow(/cannot compute this model: layer "memory" \(GRU\)/);
  });
});
