import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { loadModel, predictProbability } from "../../src/models/networks";
import { type Scaler, standard } from "../../src/prepare/scalers";
import { type FitOrLoadOptions, fit, fitOrLoad } from "../../src/train";
import { weightsOf } from "../../src/train/weights";
import { toyModel, toySamples } from "./toy";

const folder = mkdtempSync(join(tmpdir(), "hitlab-fit-or-load-"));
beforeAll(async () => {
  await openBackend();
});
afterAll(() => rmSync(folder, { recursive: true }));

const train = toySamples(150, 3);
const validation = toySamples(60, 4);

describe("fitOrLoad", () => {
  const options = { epochs: 2, folder: join(folder, "model") };

  it("trains and saves first, then loads with the same predictions and no history", async () => {
    const first = await fitOrLoad(toyModel(), train, options);
    const second = await fitOrLoad(toyModel(), train, options);
    expect([first.loaded, second.loaded]).toEqual([false, true]);
    expect(second.history.epochs).toBe(0);
    expect(second.history.note).toMatch(/training skipped/);
    expect(predictProbability(second.model, validation.x)).toEqual(predictProbability(first.model, validation.x));
  });

  it("loads into the given model, which stays compiled and can be trained further", async () => {
    const model = toyModel();
    const tensors = tf.memory().numTensors;
    const result = await fitOrLoad(model, train, options);
    expect([result.loaded, result.model]).toEqual([true, model]);
    expect(tf.memory().numTensors).toBe(tensors);
    expect((await fit(result.model, train, { epochs: 1 })).epochs).toBe(1);
  });

  it("trains although the saved model fits when asked to, and does not call that one stale", async () => {
    const result = await fitOrLoad(toyModel(), train, { ...options, retrain: true });
    expect(result.loaded).toBe(false);
    expect(result.history.epochs).toBe(2);
    expect(result.history.note).toBeUndefined();
    expect((await fitOrLoad(toyModel(), train, options)).loaded).toBe(true);
  });

  it("saves the preparation with the model, and trains anew for another one", async () => {
    const at = { ...options, folder: join(folder, "prepared") };
    const run = (pipeline: Scaler) => fitOrLoad(toyModel(), pipeline.apply(train), { ...at, pipeline });
    const pipeline = standard(train);
    expect((await run(pipeline)).loaded).toBe(false);
    expect((await run(pipeline)).loaded).toBe(true);
    const saved = await loadModel(at.folder);
    expect(JSON.stringify(saved.pipeline)).toBe(JSON.stringify(pipeline));
    expect((await fitOrLoad(toyModel(), pipeline.apply(train), at)).loaded).toBe(false);
    const x = { ...train.x, names: ["a", "b", "c"] };
    const other = fitOrLoad(toyModel(), { ...train, x }, { ...at, pipeline });
    await expect(other).rejects.toThrow(/gives the columns c0, c1, c2, the train rows have others.*a, b, c/);
  });

  it("tells a loss given as a function from another", async () => {
    const half = (labels: tf.Tensor, output: tf.Tensor) => tf.losses.meanSquaredError(labels, output).mul(0.5);
    const whole = (labels: tf.Tensor, output: tf.Tensor) => tf.losses.meanSquaredError(labels, output);
    const run = (loss: typeof half) => {
      const model = toyModel();
      model.compile({ optimizer: tf.train.adam(0.01), loss: loss as never });
      return fitOrLoad(model, train, { ...options, folder: join(folder, "loss") });
    };
    expect((await run(half)).loaded).toBe(false);
    expect((await run(half)).loaded).toBe(true);
    expect((await run(whole)).loaded).toBe(false);
  });

  it("finds what would keep the model from being saved before it trains", async () => {
    const mine = join(folder, "mine");
    mkdirSync(mine);
    writeFileSync(join(mine, "notes.txt"), "mine");
    const model = toyModel();
    const before = weightsOf(model);
    await expect(fitOrLoad(model, train, { ...options, folder: mine })).rejects.toThrow(/"notes.txt"/);
    const checkpoint = join(options.folder, "checkpoint");
    await expect(fitOrLoad(model, train, { ...options, checkpoint })).rejects.toThrow(/another folder/);
    expect(weightsOf(model)).toEqual(before);
  });

  it("refuses a model that is not compiled", async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
    await expect(fitOrLoad(model, train, options)).rejects.toThrow(/compile the model first/);
  });

  it("says by what it was trained, and takes no model of the other engine or of other sample weights", async () => {
    const settings = { ...options, folder: join(folder, "engines") };
    const run = async (more: Partial<FitOrLoadOptions>) => {
      const { loaded, history } = await fitOrLoad(toyModel(), train, { ...settings, ...more });
      return [loaded, history.engine];
    };
    const sampleWeights = new Float64Array(150).fill(2);
    expect(await run({})).toEqual([false, "kernels"]);
    expect(await run({ engine: "kernels" })).toEqual([true, "kernels"]);
    expect(await run({ engine: "tfjs" })).toEqual([false, "tfjs wasm"]);
    expect(await run({ engine: "tfjs" })).toEqual([true, "tfjs wasm"]);
    expect(await run({ engine: "tfjs", sampleWeights })).toEqual([false, "tfjs wasm"]);
  });

  it("trains a stale model anew and says why", async () => {
    const result = await fitOrLoad(toyModel(), toySamples(150, 8), options);
    expect(result.loaded).toBe(false);
    expect(result.history.note).toMatch(/other data or settings/);
  });

  it("refuses damaged weights", async () => {
    const file = join(options.folder, "weights.bin");
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, whole.length - 4));
    await expect(fitOrLoad(toyModel(), toySamples(150, 8), options)).rejects.toThrow(/the shapes ask for/);
  });
});
