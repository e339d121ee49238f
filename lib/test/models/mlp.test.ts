import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { loadModel, saveModel } from "../../src/models/files";
import { initializeWeights } from "../../src/models/initialize";
import { type MlpOptions, mlp, predict, summary } from "../../src/models/networks";
import { readNetwork } from "../../src/models/read-network";
import { readTraining } from "../../src/models/read-training";
import { matrix, type Samples } from "../../src/samples";
import { fit } from "../../src/train";
import { chooseEngine } from "../../src/train/engine";
import { fingerprint } from "../../src/train/fingerprint";
import { setWeights } from "../../src/train/weights";
import cases from "./golden/mlp-cases.json";
import keras from "./golden/mlp-keras.json";

beforeAll(async () => {
  await openBackend();
});

const [rows, inputs, epochs] = [30, 4, 12];

/** The same numbers are drawn in golden/mlp-keras.py. None is 0: there tfjs takes -1 for the slope of |w|, Keras 0. */
function fractions(count: number, salt: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => (((k * 37 + salt * 11) % 23) - 11.25) / 16);
}

function samplesFor(output: MlpOptions["output"]): Samples {
  const x = fractions(rows * inputs, 1);
  const noise = fractions(rows, 5);
  const y = noise.map((e, row) => {
    const [a, b, c] = x.subarray(row * inputs, (row + 1) * inputs);
    const z = 2 * a - b * c + e;
    return output === "linear" ? 3 * z : Number(z > 0);
  });
  return { x: matrix(rows, inputs, x), y, info: {} };
}

describe.each(Object.keys(keras) as (keyof typeof keras)[])("mlp trains as Keras: %s", (name) => {
  it.each(["kernels", "tfjs"] as const)("by %s", async (engine) => {
    const options = { output: "linear", inputs, ...cases[name] } as MlpOptions;
    const model = mlp(options);
    setWeights(
      model,
      model.getWeights().map((weight, at) => new Float32Array(fractions(weight.size, at))),
    );
    const samples = samplesFor(options.output);
    const history = await fit(model, samples, { epochs, batchSize: rows, validation: samples, engine });
    const ours = [...history.loss, history.last.valLoss];
    expect(ours).toHaveLength(keras[name].length);
    keras[name].forEach((loss, epoch) => {
      expect(Math.abs(ours[epoch] / loss - 1), `epoch ${epoch + 1}`).toBeLessThan(3e-6);
    });
  });
});

/** A fingerprint without the data's part: what mlp built and how it compiled it. */
function fingerprintOf(model: tf.LayersModel): string {
  return fingerprint(model, samplesFor("sigmoid"), { epochs: 2 }, chooseEngine(model, "kernels"));
}

describe("mlp", () => {
  it("without the options for numbers builds what it always built: logs and saved models stay good", () => {
    const zeros = { kernelInitializer: "zeros" as const };
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 8, activation: "relu", ...zeros, inputShape: [inputs] }),
        tf.layers.dropout({ rate: 0.2 }),
        tf.layers.dense({ units: 1, activation: "sigmoid", ...zeros }),
      ],
    });
    initializeWeights(model, 7);
    model.compile({ optimizer: tf.train.adam(0.01), loss: "binaryCrossentropy", metrics: ["accuracy"] });
    const options = { inputs, hidden: [8], output: "sigmoid", learningRate: 0.01, seed: 7 } as const;
    expect(fingerprintOf(mlp({ ...options, dropout: 0.2 }))).toBe(fingerprintOf(model));
    expect(fingerprintOf(mlp({ ...options, dropout: [0.2], l1: 0, l2: [0] }))).toBe(fingerprintOf(model));
    expect(fingerprintOf(mlp({ ...options, dropout: 0.3 }))).not.toBe(fingerprintOf(model));
    expect(fingerprintOf(mlp({ ...options, dropout: 0.2, l2: 1e-4 }))).not.toBe(fingerprintOf(model));
  });

  it("has dropout after the layers that are to have it, and penalties on their kernels", () => {
    const options = { inputs, hidden: [6, 5, 4], output: "softmax", classes: 3, activation: "tanh" } as const;
    const model = mlp({ ...options, dropout: [0.5, 0, 0.2], l1: [0, 0.01, 0], l2: 0.02 });
    const layers = [
      "Dense 6 tanh l2 0.02",
      "Dropout 0.5",
      "Dense 5 tanh l1 0.01 l2 0.02",
      "Dense 4 tanh l2 0.02",
      "Dropout 0.2",
      "Dense 3 softmax",
    ];
    expect(summary(model).map(({ layer }) => layer)).toEqual(layers);
    const read = readNetwork(model);
    const penalties =
      "spec" in read && read.spec.layers.map((layer) => "kernelPenalty" in layer && layer.kernelPenalty);
    const both = { l1: 0.01, l2: 0.02 };
    expect(penalties).toEqual([{ l1: 0, l2: 0.02 }, false, both, { l1: 0, l2: 0.02 }, false, false]);
  });

  it.each([
    [{}, { kind: "adam", learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }],
    [
      { optimizer: "rmsprop" },
      { kind: "rmsprop", learningRate: 0.001, rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false },
    ],
    [{ optimizer: "sgd" }, { kind: "sgd", learningRate: 0.01, momentum: 0, nesterov: false }],
    [
      { optimizer: "sgd", learningRate: 0.5 },
      { kind: "sgd", learningRate: 0.5, momentum: 0, nesterov: false },
    ],
  ] as const)("has the optimizers of Keras: %j", (options, optimizer) => {
    const read = readTraining(mlp({ inputs, hidden: [3], output: "linear", ...options }));
    expect(read).toEqual({ loss: { kind: "meanSquaredError" }, optimizer, metrics: ["mae"] });
  });

  it("predicts numbers of any size, and is read back with its penalties", async () => {
    const model = mlp({ inputs, hidden: [6], output: "linear", l1: 0.01, loss: "huber", seed: 3 });
    const { x } = samplesFor("linear");
    model.layers[1].setWeights([tf.fill([6, 1], 100), tf.tensor1d([-1000])]);
    const predicted = predict(model, x);
    expect(Math.min(...predicted)).toBeLessThan(-900);
    const folder = mkdtempSync(join(tmpdir(), "hitlab-mlp-"));
    await saveModel(model, join(folder, "net"));
    const { model: loaded } = await loadModel(join(folder, "net"));
    rmSync(folder, { recursive: true });
    expect(predict(loaded, x)).toEqual(predicted);
    expect(readNetwork(loaded)).toEqual(readNetwork(model));
  });

  it.each([
    [{ dropout: 1 }, /dropout must be from 0 and below 1.*1/],
    [{ dropout: [0.2] }, /dropout must be one number, or one for each of the 2 hidden layers.*\[0.2\]/],
    [{ l1: -0.1 }, /l1 must be a finite number from 0.*-0.1/],
    [{ l2: [0, Number.NaN] }, /l2 must be a finite number from 0.*NaN/],
    [{ learningRate: 0 }, /learningRate must be a positive number/],
    [{ hidden: [0] }, /a layer has no such number of units.*4, 0, 2/],
    [{ output: "sigmoid", loss: "huber" }, /a sigmoid output is trained by its cross-entropy.*huber/],
  ] as const)("refuses %j", (options, message) => {
    expect(() => mlp({ inputs, hidden: [6, 5], output: "linear", ...options })).toThrow(message);
  });
});
