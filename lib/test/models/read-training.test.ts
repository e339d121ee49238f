import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { lstmHitPredictor } from "../../src/models/networks";
import { readTraining } from "../../src/models/read-training";
import { setLearningRate } from "../../src/train/learning-rate";

beforeAll(async () => {
  await openBackend();
});

const { dense, lstm, dropout } = tf.layers;
const gates = { recurrentActivation: "sigmoid" as const };
const epsilon = 1e-7;

/** A model with so many outputs, compiled as told. */
function compiled(outputs: number, options: Partial<tf.ModelCompileArgs> = {}, ...layers: tf.layers.Layer[]) {
  const model = tf.sequential({
    layers: [...layers, dense({ units: outputs, name: "last", ...(layers.length === 0 ? { inputShape: [3] } : {}) })],
  });
  const loss = outputs === 1 ? "meanSquaredError" : "categoricalCrossentropy";
  model.compile({ optimizer: "sgd", loss, ...options });
  return model;
}

describe("readTraining", () => {
  it("reads study 1's", () => {
    expect(readTraining(lstmHitPredictor({ lookBack: 14 }))).toEqual({
      loss: { kind: "binaryCrossentropy" },
      optimizer: { kind: "adam", learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon },
      metrics: ["accuracy"],
    });
  });

  const { metrics, losses } = tf;
  const huber = { kind: "huber", delta: 1 };
  it.each([
    [1, "binaryCrossentropy", { kind: "binaryCrossentropy" }],
    [1, "meanSquaredError", { kind: "meanSquaredError" }],
    [1, "meanAbsoluteError", { kind: "meanAbsoluteError" }],
    [3, "categoricalCrossentropy", { kind: "categoricalCrossentropy" }],
    [3, "sparseCategoricalCrossentropy", { kind: "sparseCategoricalCrossentropy" }],
    [1, ["meanSquaredError"], { kind: "meanSquaredError" }],
    [1, { last: "meanAbsoluteError" }, { kind: "meanAbsoluteError" }],
    [1, metrics.binaryCrossentropy, { kind: "binaryCrossentropy" }],
    [2, metrics.categoricalCrossentropy, { kind: "categoricalCrossentropy" }],
    [1, metrics.meanSquaredError, { kind: "meanSquaredError" }],
    [1, losses.meanSquaredError, { kind: "meanSquaredError" }],
    [1, metrics.meanAbsoluteError, { kind: "meanAbsoluteError" }],
    [1, losses.absoluteDifference, { kind: "meanAbsoluteError" }],
    [1, losses.huberLoss, huber],
    [1, [losses.huberLoss], huber],
  ])("reads the loss of %i output(s): %s", (outputs, loss, spec) => {
    expect(readTraining(compiled(outputs, { loss: loss as never }))).toMatchObject({ loss: spec });
  });

  const { adam, rmsprop, sgd, momentum } = tf.train;
  it.each([
    [() => "adam", { kind: "adam", learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon }],
    [() => adam(0.1, 0.8, 0.7, 1e-3), { kind: "adam", learningRate: 0.1, beta1: 0.8, beta2: 0.7, epsilon: 1e-3 }],
    [() => "rmsprop", { kind: "rmsprop", learningRate: 0.001, rho: 0.9, momentum: 0, epsilon, centered: false }],
    [
      () => rmsprop(0.1, 0.8, 0.7, 1e-3, true),
      { kind: "rmsprop", learningRate: 0.1, rho: 0.8, momentum: 0.7, epsilon: 1e-3, centered: true },
    ],
    [() => "sgd", { kind: "sgd", learningRate: 0.01, momentum: 0, nesterov: false }],
    [() => sgd(0.5), { kind: "sgd", learningRate: 0.5, momentum: 0, nesterov: false }],
    [() => momentum(0.5, 0.9), { kind: "sgd", learningRate: 0.5, momentum: 0.9, nesterov: false }],
    [() => momentum(0.5, 0.9, true), { kind: "sgd", learningRate: 0.5, momentum: 0.9, nesterov: true }],
  ])("reads an optimizer: %s", (make, spec) => {
    expect(readTraining(compiled(1, { optimizer: make() }))).toMatchObject({ optimizer: spec });
  });

  it.each([() => sgd(0.5), () => adam(0.5)])("reads the rate that was set last", (make) => {
    const model = compiled(1, { optimizer: make() });
    setLearningRate(model, 0.125);
    expect(readTraining(model)).toMatchObject({ optimizer: { learningRate: 0.125 } });
  });

  const sparse = "sparseCategoricalCrossentropy";
  it.each([
    [1, {}, []],
    [1, { metrics: "accuracy" }, ["accuracy"]],
    [1, { metrics: ["acc", "mae"] }, ["accuracy", "mae"]],
    [1, { metrics: ["MAE", "binaryAccuracy"] }, ["mae", "accuracy"]],
    [1, { metrics: { last: ["mae"] } }, ["mae"]],
    [1, { metrics: [metrics.meanAbsoluteError, metrics.binaryAccuracy] }, ["mae", "accuracy"]],
    [3, { metrics: ["accuracy", "mae"] }, ["accuracy", "mae"]],
    [3, { metrics: ["categoricalAccuracy", metrics.categoricalAccuracy] }, ["accuracy", "accuracy"]],
    [3, { metrics: ["accuracy", metrics.sparseCategoricalAccuracy], loss: sparse }, ["accuracy", "accuracy"]],
  ])("reads the metrics of %i output(s): %o", (outputs, options, read) => {
    expect(readTraining(compiled(outputs, options as never))).toMatchObject({ metrics: read });
  });

  const custom = (y: tf.Tensor, p: tf.Tensor) => y.sub(p).abs().sum();
  const unsupported: [string, () => tf.LayersModel, RegExp][] = [
    ["nothing compiled", () => tf.sequential({ layers: [dense({ units: 1, inputShape: [3] })] }), /not compiled/],
    ["a loss", () => compiled(1, { loss: "hinge" }), /the loss "hinge" is none that the kernels know/],
    ["a loss of one's own", () => compiled(1, { loss: custom as never }), /the loss function "custom" is none/],
    ["one output for classes", () => compiled(1, { loss: sparse }), /needs two outputs or more here, the model has 1/],
    [
      "several outputs for one target",
      () => compiled(2, { loss: "binaryCrossentropy" }),
      /the loss "binaryCrossentropy" needs one output here, the model has 2/,
    ],
    ["Huber's loss of several", () => compiled(3, { loss: losses.huberLoss as never }), /"huberLoss.*needs one output/],
    ["Adagrad", () => compiled(1, { optimizer: "adagrad" }), /the optimizer Adagrad is none/],
    ["Adadelta", () => compiled(1, { optimizer: "adadelta" }), /the optimizer Adadelta is none/],
    ["Adamax", () => compiled(1, { optimizer: "adamax" }), /the optimizer Adamax is none/],
    [
      "an epsilon of 0",
      () => compiled(1, { optimizer: adam(0.1, 0.9, 0.999, 0) }),
      /the optimizer Adam has epsilon: 0; the kernels need one above 0/,
    ],
    ["a metric", () => compiled(1, { metrics: ["mse"] }), /the metric "mse" is none/],
    [
      "a metric of one's own",
      () => compiled(1, { metrics: [custom as never] }),
      /the metric function "custom" is none/,
    ],
    ["each class by itself", () => compiled(3, { metrics: ["binaryAccuracy"] }), /the metric "binaryAccuracy" is none/],
    ["class numbers as errors", () => compiled(3, { loss: sparse, metrics: ["mae"] }), /the metric "mae" is none/],
    [
      "a sequence as output",
      () => {
        const model = tf.sequential({ layers: [dense({ units: 1, inputShape: [4, 3] })] });
        model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
        return model;
      },
      /the model's output is \[n, 4, 1\]/,
    ],
    [
      "a frozen layer",
      () => compiled(1, {}, dense({ units: 2, inputShape: [3], trainable: false, name: "base" })),
      /layer "base" \(Dense\) is frozen/,
    ],
    [
      "a layer frozen later",
      () => {
        const model = compiled(1, {}, lstm({ units: 2, inputShape: [4, 3], name: "base", ...gates }));
        model.layers[0].trainable = false;
        return model;
      },
      /layer "base" \(LSTM\) is frozen/,
    ],
    [
      "a frozen model",
      () => {
        const model = compiled(1);
        model.trainable = false;
        return model;
      },
      /the model is frozen/,
    ],
    [
      "a constraint",
      () => compiled(1, {}, dense({ units: 2, inputShape: [3], kernelConstraint: "maxNorm" })),
      /\(Dense\) has kernelConstraint/,
    ],
    [
      "a constraint of an LSTM",
      () => compiled(1, {}, lstm({ units: 2, inputShape: [4, 3], recurrentConstraint: "nonNeg", ...gates })),
      /\(LSTM\) has recurrentConstraint/,
    ],
    [
      "a penalty on activity",
      () => {
        const model = compiled(1);
        // tfjs refuses to build such a layer.
        Reflect.set(model.layers[0], "activityRegularizer", tf.regularizers.l2());
        return model;
      },
      /\(Dense\) has activityRegularizer/,
    ],
    [
      "dropout in an LSTM",
      () => compiled(1, {}, lstm({ units: 2, inputShape: [4, 3], dropout: 0.25, ...gates })),
      /\(LSTM\) has dropout: 0.25; the kernels know dropout between layers only/,
    ],
    [
      "dropout of an LSTM's state",
      () => compiled(1, {}, lstm({ units: 2, inputShape: [4, 3], recurrentDropout: 0.5, ...gates })),
      /\(LSTM\) has recurrentDropout: 0.5/,
    ],
    [
      "shared dropout masks",
      () => compiled(1, {}, dropout({ rate: 0.5, noiseShape: [null, 1] as never, inputShape: [3] })),
      /\(Dropout\) has noiseShape/,
    ],
    ["nothing left", () => compiled(1, {}, dropout({ rate: 1, inputShape: [3] })), /\(Dropout\) has rate: 1/],
  ];

  it.each(unsupported)("does not know %s, and says so", (_what, make, sentence) => {
    expect(readTraining(make())).toEqual({ unsupported: expect.stringMatching(sentence) });
  });
});
