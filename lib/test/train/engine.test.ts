import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { fit } from "../../src/train";
import { chooseEngine } from "../../src/train/engine";
import { engines, toyModel, toySamples } from "./toy";

beforeAll(async () => {
  await openBackend();
});

const train = toySamples(60, 3);

/** A layer that the kernels do not know. */
function strangeModel(): tf.Sequential {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 4, inputShape: [3] }),
      tf.layers.batchNormalization({ name: "norm" }),
      tf.layers.dense({ units: 1, activation: "sigmoid" }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.01), loss: "binaryCrossentropy", metrics: ["accuracy"] });
  return model;
}

describe("the engine", () => {
  it("is the kernels for what they support, else tfjs, or the one asked for; the history says which", async () => {
    expect((await fit(toyModel(), train, { epochs: 1 })).engine).toBe("kernels");
    expect((await fit(strangeModel(), train, { epochs: 1 })).engine).toBe("tfjs wasm");
    expect((await fit(toyModel(), train, { epochs: 1, engine: "tfjs" })).engine).toBe("tfjs wasm");
    const huber = toyModel();
    huber.compile({ optimizer: tf.train.adagrad(0.01), loss: "meanSquaredError" });
    expect(chooseEngine(huber).name).toBe("tfjs wasm");
  });

  it.each(engines)("by %s trains a model once at a time", async (engine) => {
    const model = toyModel();
    const first = fit(model, train, { epochs: 1, engine });
    await expect(fit(model, train, { epochs: 1, engine })).rejects.toThrow(/is being trained already/);
    await first;
    await fit(model, train, { epochs: 1, engine });
  });

  it("says what of a model the kernels do not support, and what names there are", async () => {
    const training = fit(strangeModel(), train, { epochs: 1, engine: "kernels" });
    await expect(training).rejects.toThrow(/the kernels cannot train this model: .*"norm".*BatchNormalization/);
    await expect(fit(toyModel(), train, { epochs: 1, engine: "wasm" as never })).rejects.toThrow(
      /no such engine.*"wasm".*auto, kernels or tfjs/,
    );
  });

  it("is not tfjs where tfjs would train something else than the model says", () => {
    const penalised = tf.sequential({
      layers: [
        tf.layers.lstm({
          units: 4,
          recurrentActivation: "sigmoid",
          kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }),
          inputShape: [3, 1],
          name: "memory",
        }),
        tf.layers.dense({ units: 1, activation: "sigmoid" }),
      ],
    });
    penalised.compile({ optimizer: tf.train.adam(0.01), loss: "binaryCrossentropy" });
    expect(chooseEngine(penalised).name).toBe("kernels");
    expect(() => chooseEngine(penalised, "tfjs")).toThrow(/penalties of the recurrent layer memory/);
    const centered = toyModel();
    centered.compile({ optimizer: tf.train.rmsprop(0.01, 0.9, 0, 1e-7, true), loss: "binaryCrossentropy" });
    expect(chooseEngine(centered).name).toBe("kernels");
    expect(() => chooseEngine(centered, "tfjs")).toThrow(/centered RMSprop/);
  });

  it.each(engines)("by %s refuses targets that the loss makes no sense of", async (engine) => {
    const far = { ...train, y: train.y.map((y, r) => (r === 9 ? -1 : y)) };
    await expect(fit(toyModel(), far, { epochs: 1, engine })).rejects.toThrow(/row 9 lies outside 0 to 1.*found -1/);
    const wide = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
    wide.compile({ optimizer: tf.train.adam(0.01), loss: "meanSquaredError" });
    const remedy = engine === "tfjs" ? /2 numbers per row, but there is one target/ : /needs one output/;
    await expect(fit(wide, train, { epochs: 1, engine })).rejects.toThrow(remedy);
    const narrow = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
    narrow.compile({ optimizer: tf.train.adam(0.01), loss: "categoricalCrossentropy" });
    const why = engine === "tfjs" ? /needs an output per class/ : /needs two outputs or more/;
    await expect(fit(narrow, train, { epochs: 1, engine })).rejects.toThrow(why);
  });

  it("is none for a model of several outputs", async () => {
    const input = tf.input({ shape: [3] });
    const outputs = [1, 2].map(() => tf.layers.dense({ units: 1 }).apply(input) as tf.SymbolicTensor);
    const model = tf.model({ inputs: input, outputs });
    model.compile({ optimizer: tf.train.adam(0.01), loss: "meanSquaredError" });
    const before = tf.memory().numTensors;
    await expect(fit(model, train, { epochs: 1 })).rejects.toThrow(
      /several inputs or outputs.*1 and 2.*one input and one output/,
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});
