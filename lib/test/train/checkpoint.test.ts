import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { fit } from "../../src/train";
import { weightsOf } from "../../src/train/weights";
import { engines, killAfter, toyModel, toySamples } from "./toy";

const folder = mkdtempSync(join(tmpdir(), "hitlab-checkpoint-"));
beforeAll(async () => {
  await openBackend();
});
afterAll(() => rmSync(folder, { recursive: true }));

const train = toySamples(150, 3);
const validation = toySamples(60, 4);

describe.each(engines)("a checkpoint of a training by %s", (engine) => {
  it("goes on after a kill with the weights of an unbroken training", async () => {
    const options = { epochs: 6, validation, earlyStopping: { patience: 20 }, engine };
    const unbroken = toyModel();
    const whole = await fit(unbroken, train, options);

    const killed = toyModel();
    const saved = { ...options, checkpoint: folder };
    await expect(fit(killed, train, { ...saved, progress: killAfter(4) })).rejects.toThrow("killed");
    const resumed = toyModel();
    const told: [number, number, string][] = [];
    const rest = await fit(resumed, train, { ...saved, progress: (...state) => told.push(state) });

    expect(rest.note).toBe("resumed after epoch 4");
    expect(rest.loss).toEqual(whole.loss);
    expect(weightsOf(resumed)).toEqual(weightsOf(unbroken));
    expect(told[0]).toEqual([4, 6, "resumed after epoch 4"]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is not taken up for other data, outlives their training, and is refused when damaged", async () => {
    const options = { epochs: 4, checkpoint: folder, engine };
    await expect(fit(toyModel(), train, { ...options, progress: killAfter(2) })).rejects.toThrow("killed");
    const files = readdirSync(folder);
    expect(files).toEqual([expect.stringMatching(/^training-[0-9a-f]{12}\.checkpoint$/)]);

    const other = await fit(toyModel(), toySamples(150, 9), options);
    expect(other.note).toBeUndefined();
    expect(readdirSync(folder)).toEqual(files);

    const file = join(folder, files[0]);
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, -8));
    await expect(fit(toyModel(), train, options)).rejects.toThrow(/checkpoint is damaged/);
    writeFileSync(file, whole);
    expect((await fit(toyModel(), train, options)).note).toBe("resumed after epoch 2");
  });

  it("is not taken up by the other engine", async () => {
    const options = { epochs: 3, checkpoint: folder, engine };
    await expect(fit(toyModel(), train, { ...options, progress: killAfter(1) })).rejects.toThrow("killed");
    const others = await fit(toyModel(), train, { ...options, engine: engine === "tfjs" ? "kernels" : "tfjs" });
    expect(others.note).toBeUndefined();
    expect((await fit(toyModel(), train, options)).note).toBe("resumed after epoch 1");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("keeps a training that itself went on from another", async () => {
    const options = { epochs: 3, engine };
    const run = async (kill: boolean) => {
      const model = toyModel();
      await fit(model, train, { ...options, seed: 1 });
      const more = { ...options, checkpoint: folder };
      if (kill) {
        const killed = toyModel();
        await fit(killed, train, { ...options, seed: 1 });
        await expect(fit(killed, train, { ...more, progress: killAfter(2) })).rejects.toThrow("killed");
      }
      const { note } = await fit(model, train, more);
      return { note, weights: weightsOf(model) };
    };
    const [whole, resumed] = [await run(false), await run(true)];
    expect([whole.note, resumed.note]).toEqual([undefined, "resumed after epoch 2"]);
    expect(resumed.weights).toEqual(whole.weights);
  });
});

describe("a checkpoint", () => {
  it("is refused before the training for an optimizer that cannot tell its state", async () => {
    const model = toyModel(1, tf.train.adamax(0.01));
    const before = weightsOf(model);
    const training = fit(model, train, { epochs: 1, checkpoint: folder });
    await expect(training).rejects.toThrow(/cannot be checkpointed.*Adamax.*use Adam, or leave out checkpoint/);
    expect(weightsOf(model)).toEqual(before);
  });
});
