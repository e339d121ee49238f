import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { lstmHitPredictor, predictProbability } from "../../src/models/networks";
import { random } from "../../src/random";
import { matrix } from "../../src/samples";

// Golden values of Keras 3 on the same weights, inputs and batches (x, y, weights written out as JSON by a script with
// the lines of `sameCase` below):
//
//   m = keras.Sequential([L.Input((14, 2)), L.LSTM(64, return_sequences=True), L.Dropout(0.0), L.LSTM(32),
//                         L.Dropout(0.0), L.Dense(16, activation="relu"), L.Dense(1, activation="sigmoid")])
//   m.set_weights([np.array(w["data"], "float32").reshape(w["shape"]) for w in case["weights"]])
//   m.compile(keras.optimizers.SGD(0.5), "binary_crossentropy", metrics=["accuracy"])
//   m.predict(x[:4])
//   for i in (0, 32, 64): m.train_on_batch(x[i:i+32], y[i:i+32])
//   m.predict(x[:4]); m.evaluate(x, y)
const keras = {
  before: [0.5165354013442993, 0.5012046694755554, 0.5022745132446289, 0.5160906910896301],
  after: [0.48062852025032043, 0.48304760456085205, 0.4795084595680237, 0.4809395372867584],
  loss: 0.6905512809753418,
  accuracy: 0.5416666865348816,
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

// Plain gradient descent, so that all of the comparison is the gradient's: tfjs' Adam adds its epsilon after the bias
// correction and Keras' before, which moves these predictions by up to 0.003 in three steps of 0.01.
it("predicts, and learns in three steps of gradient descent, what Keras does", async () => {
  const { x, y, model } = sameCase();
  const inputs = tf.tensor3d(Float32Array.from(x.data), [96, 14, 2]);
  const targets = tf.tensor2d(Float32Array.from(y), [96, 1]);
  // Dropout draws other masks in Keras: without it both do the same.
  for (const layer of model.layers) if (layer.getClassName() === "Dropout") Reflect.set(layer, "rate", 0);
  model.compile({ optimizer: tf.train.sgd(0.5), loss: "binaryCrossentropy", metrics: ["accuracy"] });

  const firstFour = () => Array.from(predictProbability(model, x).subarray(0, 4));
  const near = (ours: number[], theirs: number[]) => {
    ours.forEach((value, at) => {
      expect(value).toBeCloseTo(theirs[at], 6);
    });
  };
  near(firstFour(), keras.before);
  for (const from of [0, 32, 64]) {
    await model.trainOnBatch(inputs.slice(from, 32), targets.slice(from, 32));
  }
  near(firstFour(), keras.after);
  const [loss, accuracy] = (model.evaluate(inputs, targets) as tf.Scalar[]).map((scalar) => scalar.dataSync()[0]);
  near([loss, accuracy], [keras.loss, keras.accuracy]);
});
