import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { mlp } from "../../src/models/mlp";
import { random } from "../../src/random";
import { matrix } from "../../src/samples";
import { fit } from "../../src/train";
import { halveEvery } from "../../src/train/schedules";
import { weightsOf } from "../../src/train/weights";
import { engines, toyModel, toySamples } from "./toy";

beforeAll(async () => {
  await openBackend();
});

// Golden values of Keras 3.15 from the same weights on the same rows (written out as JSON: 96 rows of 28 numbers):
//
//   m = keras.Sequential([L.Input((28,)), L.Dense(8, activation="relu"), L.Dense(1, activation="sigmoid")])
//   m.set_weights([np.array(w["data"], "float32").reshape(w["shape"]) for w in case["weights"]])
//   m.compile(keras.optimizers.Adam(0.01, 0.8, 0.99, epsilon=epsilon), "binary_crossentropy")
//   for step in range(50): m.train_on_batch(x, y)
//   m.predict(x[:4]); [w.sum() for w in m.get_weights()]
const keras = [
  {
    epsilon: 1e-7,
    predicted: [0.7479498386383057, 0.057155709713697433, 0.14412365853786469, 0.9627987742424011],
    sums: [2.354306936264038, -0.10301002860069275, -0.41575467586517334, -0.0743107944726944],
  },
  // Where epsilon is added shows in such a one.
  {
    epsilon: 1e-3,
    predicted: [0.6672964096069336, 0.11550162732601166, 0.17235657572746277, 0.9065446257591248],
    sums: [3.207267999649048, 0.16603028774261475, -0.3880152702331543, -0.02487729862332344],
  },
];

function sameCase() {
  const rng = random(1, "keras parity");
  const x = Float64Array.from({ length: 96 * 28 }, () => rng.normal());
  const y = Float64Array.from({ length: 96 }, () => rng.integer(0, 2));
  return { x: matrix(96, 28, x), y, info: {} };
}

const train = toySamples(150, 3);

const plain = (optimizer: tf.Optimizer) => {
  const model = toyModel(1, optimizer);
  // The engines draw other masks.
  Reflect.set(model.layers[1], "rate", 0);
  return model;
};

function expectNear(ours: Float32Array[], theirs: Float32Array[], digits: number): void {
  expect(ours.map(({ length }) => length)).toEqual(theirs.map(({ length }) => length));
  ours.forEach((values, at) => {
    for (const [i, value] of values.entries()) expect(value).toBeCloseTo(theirs[at][i], digits);
  });
}

describe("Adam by tfjs", () => {
  it.each(keras)(
    "learns in fifty steps what Keras does with epsilon $epsilon",
    async ({ epsilon, predicted, sums }) => {
      const samples = sameCase();
      const model = mlp({ inputs: 28, hidden: [8], output: "sigmoid", seed: 7 });
      model.compile({ optimizer: tf.train.adam(0.01, 0.8, 0.99, epsilon), loss: "binaryCrossentropy" });
      await fit(model, samples, { epochs: 50, batchSize: 96, engine: "tfjs" });
      const output = model.predict(tf.tensor2d(new Float32Array(samples.x.data), [96, 28])) as tf.Tensor;
      for (const [at, value] of predicted.entries()) expect(output.dataSync()[at]).toBeCloseTo(value, 4);
      const ours = weightsOf(model).map((values) => values.reduce((sum, value) => sum + value, 0));
      for (const [at, sum] of sums.entries()) expect(ours[at]).toBeCloseTo(sum, 3);
    },
  );

  it("takes the same steps as the kernels, also where the rate changes", async () => {
    const trained = [];
    for (const engine of engines) {
      const model = plain(tf.train.adam(0.01, 0.9, 0.999, 1e-4));
      // One batch: the engines shuffle differently.
      await fit(model, train, {
        epochs: 50,
        batchSize: 150,
        schedule: halveEvery(20),
        engine,
      });
      trained.push(weightsOf(model));
    }
    expectNear(trained[0], trained[1], 5);
  });

  it("hands its memory back to tfjs, which goes on with it, and takes it up from there", async () => {
    // An epsilon so small that it is no matter where tfjs adds it.
    const [parts, whole] = [1, 2].map(() => plain(tf.train.adam(0.01, 0.9, 0.999, 1e-12)));
    const options = { epochs: 2, batchSize: 150, engine: "tfjs" } as const;
    const x = tf.tensor2d(new Float32Array(train.x.data), [150, 3]);
    const y = tf.tensor2d(new Float32Array(train.y), [150, 1]);
    await fit(parts, train, options);
    expect(parts.optimizer.iterations).toBe(2);
    const before = tf.memory().numTensors;
    await parts.fit(x, y, { epochs: 2, batchSize: 150, verbose: 0 });
    expect(tf.memory().numTensors).toBe(before);
    await fit(parts, train, options);
    expect(parts.optimizer.iterations).toBe(6);
    await fit(whole, train, { ...options, epochs: 6 });
    expectNear(weightsOf(parts), weightsOf(whole), 5);
    const names = (await parts.optimizer.getWeights()).map(({ name, tensor }) => [
      name.split("/").at(-1),
      tensor.shape,
    ]);
    const shapes = parts.getWeights().map(({ shape }) => shape);
    expect(names).toEqual([["iter", []], ...["m", "v"].flatMap((slot) => shapes.map((shape) => [slot, shape]))]);
  });

  it("starts anew on another model's weights", async () => {
    const shared = tf.train.adam(0.01);
    const other = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
    other.compile({ optimizer: shared, loss: "meanSquaredError" });
    await fit(other, train, { epochs: 1, engine: "tfjs" });
    const [second, alone] = [plain(shared), plain(tf.train.adam(0.01))];
    for (const model of [second, alone]) await fit(model, train, { epochs: 2, engine: "tfjs" });
    expect(weightsOf(second)).toEqual(weightsOf(alone));
  });

  it("leaves a frozen layer as it is", async () => {
    const model = plain(tf.train.adam(0.01));
    await fit(model, train, { epochs: 2, engine: "tfjs" });
    const [first, , last] = model.layers;
    const kernels = () => [first, last].map((layer) => layer.getWeights()[0].dataSync().slice());
    first.trainable = false;
    const [frozen, free] = kernels();
    await fit(model, train, { epochs: 2, engine: "tfjs" });
    expect(kernels()[0]).toEqual(frozen);
    expect(kernels()[1]).not.toEqual(free);
  });

  it("is left to a class of its own, and gives every tensor back", async () => {
    class Still extends tf.AdamOptimizer {
      override applyGradients(): void {}
    }
    const still = plain(new Still(0.01, 0.9, 0.999));
    const before = weightsOf(still);
    await fit(still, train, { epochs: 1, engine: "tfjs" });
    expect(weightsOf(still)).toEqual(before);

    const model = plain(tf.train.adam(0.01));
    await fit(model, train, { epochs: 1, engine: "tfjs" });
    const tensors = tf.memory().numTensors;
    await fit(model, train, { epochs: 3, engine: "tfjs" });
    const bad = { ...train, y: new Float64Array(150).fill(1e38) };
    model.compile({ optimizer: model.optimizer, loss: "meanSquaredError" });
    await expect(fit(model, bad, { epochs: 3, engine: "tfjs" })).rejects.toThrow(/stopped being a finite number/);
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
