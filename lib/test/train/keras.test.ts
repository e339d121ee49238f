import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { lstmHitPredictor, predictProbability } from "../../src/models/networks";
import { random } from "../../src/random";
import { type Matrix, matrix, takeRows } from "../../src/samples";
import { fit } from "../../src/train";
import { engines } from "./toy";

// Golden values of Keras 3 on the same weights, inputs and batches (x, y, weights written out as JSON by a script with
// the lines of `sameCase` below):
//
//   m = keras.Sequential([L.Input((14, 2)), L.LSTM(64, return_sequences=True), L.Dropout(0.0), L.LSTM(32),
//                         L.Dropout(0.0), L.Dense(16, activation="relu"), L.Dense(1, activation="sigmoid")])
//   m.set_weights([np.array(w["data"], "float32").reshape(w["shape"]) for w in case["weights"]])
//   m.compile(optimizer, "binary_crossentropy", metrics=["accuracy"])  # keras.optimizers.SGD(0.5), then .Adam(0.01)
//   m.predict(x[:4])
//   for i in (0, 32, 64): m.train_on_batch(x[i:i+32], y[i:i+32])
//   m.predict(x[:4]); m.evaluate(x, y)
const before = [0.5165354013442993, 0.5012046694755554, 0.5022745132446289, 0.5160906910896301];
const keras = {
  "gradient descent": {
    optimizer: () => tf.train.sgd(0.5),
    after: [0.48062852025032043, 0.48304760456085205, 0.4795084595680237, 0.4809395372867584],
    loss: 0.6905512809753418,
    accuracy: 0.5416666865348816,
    digits: 6,
  },
  Adam: {
    optimizer: () => tf.train.adam(0.01),
    after: [0.42210179567337036, 0.40161439776420593, 0.49132633209228516, 0.47056707739830017],
    loss: 0.6738612055778503,
    accuracy: 0.5833333134651184,
    // A slope near zero makes a step of a whole learning rate in its direction, and has few digits.
    digits: 4,
  },
};

function sameCase() {
  const rng = random(1, "keras parity");
  const x = Float64Array.from({ length: 96 * 28 }, () => rng.normal());
  const y = Float64Array.from({ length: 96 }, () => rng.integer(0, 2));
  return { x: matrix(96, 28, x), y, model: lstmHitPredictor({ lookBack: 14, features: 2, seed: 42 }) };
}

beforeAll(async () => {
  await openBackend();
});

const near = (ours: ArrayLike<number>, theirs: number[], digits = 6) => {
  theirs.forEach((value, at) => {
    expect(ours[at]).toBeCloseTo(value, digits);
  });
};

const predictions = {
  tfjs: (model: tf.LayersModel, x: Matrix) => {
    const output = model.predict(tf.tensor(new Float32Array(x.data), [x.rows, 14, 2])) as tf.Tensor;
    return output.dataSync();
  },
  kernels: predictProbability,
};

const cases = engines.flatMap((engine) => Object.entries(keras).map(([how, theirs]) => ({ engine, how, ...theirs })));

it.each(cases)("by $engine predicts, and learns in three steps of $how, what Keras does", async (theirs) => {
  const { engine, digits } = theirs;
  const { x, y, model } = sameCase();
  const samples = { x, y, info: {} };
  // Dropout draws other masks in Keras: without it both do the same.
  for (const layer of model.layers) if (layer.getClassName() === "Dropout") Reflect.set(layer, "rate", 0);
  const compile = (optimizer: tf.Optimizer) =>
    model.compile({ optimizer, loss: "binaryCrossentropy", metrics: ["accuracy"] });

  near(predictions[engine](model, x), before);
  compile(theirs.optimizer());
  for (const from of [0, 32, 64]) {
    // One batch, so that its order does not matter.
    const batch = takeRows(
      samples,
      Array.from({ length: 32 }, (_, at) => from + at),
    );
    await fit(model, batch, { epochs: 1, batchSize: 32, engine });
  }
  near(predictions[engine](model, x), theirs.after, digits);
  compile(tf.train.sgd(0));
  const { last } = await fit(model, samples, { epochs: 1, validation: samples, engine });
  near([last.valLoss, last.valAccuracy], [theirs.loss, theirs.accuracy], digits);
});
